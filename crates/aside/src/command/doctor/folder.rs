//! The data folder and the key folder, as files.

use super::Check;
use crate::command::keys::escrow;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Below this much free space something must be done soon, and below the second at once; in bytes.
const LITTLE_SPACE: (u64, u64) = (2 << 30, 200 << 20);

/// What the folders tell.
pub(super) fn look(data: &Path) -> Vec<Check> {
    let mut checks = vec![writable(data), private(data), key_files(data)];
    checks.extend(root_key(data));
    checks.extend(space(data));
    checks
}

fn writable(data: &Path) -> Check {
    let shown = data.display();
    let probe = data.join(format!(".doctor-{}", std::process::id()));
    let written = fs::OpenOptions::new().write(true).create_new(true).open(&probe);
    match written.and_then(|_| fs::remove_file(&probe)) {
        Ok(()) => Check::ok("data folder", format!("{shown} can be written to")),
        Err(e) => {
            let advice = "run as the user whose folder it is, or make room";
            Check::bad("data folder", format!("{shown} cannot be written to: {e}"), advice)
        }
    }
}

/// Whether others may look into the data folder or the database.
fn private(data: &Path) -> Check {
    let open: Vec<String> = ["", "aside.db", "aside.db-wal"]
        .iter()
        .map(|name| data.join(name))
        .filter(|path| others_may(path))
        .map(|path| path.display().to_string().trim_end_matches('/').to_owned())
        .collect();
    if open.is_empty() {
        return Check::ok("privacy", "only its owner can look into it");
    }
    let advice = format!("run `chmod -R go= {}`", data.display());
    Check::bad("privacy", format!("other users can look into {}", open.join(", ")), advice)
}

fn key_files(data: &Path) -> Check {
    let files = match files_below(&data.join("keys")) {
        Ok(files) => files,
        Err(e) => {
            return Check::bad("key files", format!("the key folder does not read: {e}"), "see its owner");
        }
    };
    let open: Vec<String> =
        files.iter().filter(|path| others_may(path)).map(|path| path.display().to_string()).collect();
    if open.is_empty() {
        return Check::ok("key files", format!("{}, each readable by its owner alone", files.len()));
    }
    let advice = "run `chmod 600` on them, and `aside keys rotate` if others may have read them";
    Check::bad("key files", format!("other users can read {}", open.join(", ")), advice)
}

/// The root key: there, kept apart, sealed, in escrow.
fn root_key(data: &Path) -> Vec<Check> {
    let path = data.join("keys").join("root.key");
    let fingerprint = match escrow::fingerprint_in(&path) {
        Ok(Some(fingerprint)) => fingerprint,
        Ok(None) => {
            let advice =
                "put the escrow copy in its place (mode 600); without it nothing that is stored opens";
            return vec![Check::bad("root key", format!("{} is not there", path.display()), advice)];
        }
        Err(failure) => return vec![Check::bad("root key", failure.to_string(), "take the escrow copy")],
    };
    let mut checks = vec![];
    let same_place = match (fs::canonicalize(&path), fs::canonicalize(data)) {
        (Ok(path), Ok(data)) => path.starts_with(data),
        _ => true,
    };
    checks.push(match (same_place, escrow::is_sealed(&path)) {
        (_, Some(true)) => Check::ok("root key", format!("{fingerprint}, sealed by a passphrase")),
        (false, _) => Check::ok("root key", format!("{fingerprint}, kept outside the data folder")),
        (true, _) => {
            let advice = "whoever copies the folder can open it: keep backups of `keys` apart from the rest";
            Check::warn("root key", format!("{fingerprint} lies unsealed beside the data"), advice)
        }
    });
    checks.push(match escrow::recorded(data, &fingerprint) {
        (Some(made), Some(checked)) => {
            Check::ok("escrow copy", format!("made {made}, last seen to open {checked}"))
        }
        (Some(made), None) => {
            let advice = "fetch it and run `aside keys check-escrow FILE`: a copy that was never tried is a hope";
            Check::warn("escrow copy", format!("made {made}, never tried"), advice)
        }
        (None, Some(checked)) => Check::ok("escrow copy", format!("seen to open {checked}")),
        (None, None) => {
            let advice = "run `aside keys escrow --to FILE` and keep FILE elsewhere: if the root key is lost, so is \
                          everything";
            Check::bad("escrow copy", "none was made of this root key", advice)
        }
    });
    checks
}

#[cfg(unix)]
fn space(data: &Path) -> Option<Check> {
    let about = rustix::fs::statvfs(data).ok()?;
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    let found = format!("{:.1} GiB free", free as f64 / f64::from(1 << 30));
    let advice = "make room: when the disk is full, webhooks are refused and networks give up after a while";
    Some(match free {
        free if free < LITTLE_SPACE.1 => Check::bad("disk", found, advice),
        free if free < LITTLE_SPACE.0 => Check::warn("disk", found, advice),
        _ => Check::ok("disk", found),
    })
}

#[cfg(not(unix))]
fn space(_: &Path) -> Option<Check> {
    None
}

#[cfg(unix)]
fn others_may(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_may(_: &Path) -> bool {
    false
}

fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = vec![];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
