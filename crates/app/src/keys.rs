//! The key folder: the root key, and each brand's keys wrapped by it. None of it is ever in a table.
//!
//! ```text
//! keys/root.key                    the root key: random, mode 0600, optionally sealed by a passphrase
//! keys/<brand>/epoch-0.key         seals the brand's own secrets; never rotated
//! keys/<brand>/epoch-<n>.key       wraps keyrings; rotated, old epochs are deleted
//! keys/<brand>/index.key           keyed hashes of addresses and event ids
//! keys/<brand>/log.key             signs the brand's checkpoints; sealed under epoch 0
//! keys/making.lock                 held while a key is made, so that two processes do not make two
//! keys/in-use.lock                 held by all who work with the keys, and alone by whoever destroys some
//! ```
//!
//! Several processes may share the folder: what one has made the others read.

use aside_ledger::LogKey;
use aside_model::{BrandId, Random, Raw};
use aside_vault::{BrandKey, IndexKey, KeyFileError, RootKey};
use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

/// The key folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A file cannot be read or written.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// `read`, `write` or `lock`.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Other people can read the file.
    #[error("{0} can be read by other users; run `chmod 600 {0}` and consider its keys known to them")]
    Exposed(PathBuf),
    /// The root key file does not open.
    #[error("{path}: {source}")]
    Root {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: KeyFileError,
    },
    /// A brand's key file does not open under the root key.
    #[error("{0} does not open under this root key")]
    Foreign(PathBuf),
    /// Another process works with these keys.
    #[error("another aside is using the keys in {0}; stop it first")]
    InUse(PathBuf),
    /// The brand has no keys here.
    #[error("the key folder has no keys for brand {0}")]
    NoBrand(BrandId),
}

/// One brand's keys.
pub struct BrandKeys {
    epochs: BTreeMap<u32, BrandKey>,
    /// Keyed hashes of addresses and event ids.
    pub index: IndexKey,
    /// Signs checkpoints.
    pub log: LogKey,
}

impl BrandKeys {
    /// The key that seals the brand's own secrets.
    pub fn own(&self) -> &BrandKey {
        self.epochs.get(&0).expect("loading a brand's keys fails without epoch 0")
    }

    /// The key that wraps new keyrings.
    pub fn current(&self) -> &BrandKey {
        self.epochs.values().next_back().expect("loading a brand's keys fails without epoch 0")
    }

    /// The key of an epoch, unless it was destroyed.
    pub fn epoch(&self, epoch: u32) -> Option<&BrandKey> {
        self.epochs.get(&epoch)
    }

    /// Every epoch that is kept.
    pub fn epochs(&self) -> impl Iterator<Item = u32> + '_ {
        self.epochs.keys().copied()
    }
}

/// The key folder, opened.
pub struct Keys {
    folder: PathBuf,
    root: RootKey,
    brands: RwLock<HashMap<BrandId, Arc<BrandKeys>>>,
    in_use: Option<fs::File>,
}

impl Keys {
    /// Opens the folder, making it and a fresh root key if there is none. Of several processes that do so at
    /// once one makes the key, and the others read it.
    pub fn open(folder: &Path, passphrase: Option<&Raw>, random: &dyn Random) -> Result<Self, KeysError> {
        let path = folder.join("root.key");
        let read = || {
            let Some(bytes) = read_private(&path)? else { return Ok(None) };
            let root = RootKey::from_file(&bytes, passphrase);
            root.map(Some).map_err(|source| KeysError::Root { path: path.clone(), source })
        };
        let root = if let Some(root) = read()? {
            root
        } else {
            let _alone = lock(&folder.join(MAKING))?;
            // Somebody else may have made it while this process waited.
            if let Some(root) = read()? {
                root
            } else {
                let root = RootKey::generate(random);
                write_private(&path, &root.to_file(passphrase, random))?;
                root
            }
        };
        Ok(Self { folder: folder.to_owned(), root, brands: RwLock::default(), in_use: None })
    }

    /// Tells other processes that these keys are worked with, for as long as this lives. Fails with
    /// [`KeysError::InUse`] while somebody destroys some.
    pub fn share(&mut self) -> Result<(), KeysError> {
        self.take(fs::File::try_lock_shared)
    }

    /// The same for whoever destroys keys: nobody else may work with them, since what they seal meanwhile
    /// under a key that goes would be lost.
    pub fn take_alone(&mut self) -> Result<(), KeysError> {
        self.in_use = None;
        self.take(fs::File::try_lock)
    }

    fn take(&mut self, lock: fn(&fs::File) -> Result<(), fs::TryLockError>) -> Result<(), KeysError> {
        let path = self.folder.join(IN_USE);
        let file = lock_file(&path)?;
        match lock(&file) {
            Ok(()) => self.in_use = Some(file),
            Err(fs::TryLockError::WouldBlock) => return Err(KeysError::InUse(self.folder.clone())),
            Err(fs::TryLockError::Error(source)) => {
                return Err(KeysError::Io { doing: "lock", path, source });
            }
        }
        Ok(())
    }

    /// A secret of the whole installation for a purpose that seals nothing: the same in every process that
    /// shares the folder.
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        self.root.secret_for(purpose)
    }

    /// A short name for the root key, so that people can compare an escrow copy.
    pub fn fingerprint(&self) -> String {
        self.root.fingerprint()
    }

    /// Writes an escrow copy of the root key, sealed by a passphrase of its own.
    pub fn escrow(&self, to: &Path, passphrase: &Raw, random: &dyn Random) -> Result<(), KeysError> {
        write_private(to, &self.root.to_file(Some(passphrase), random))
    }

    /// Makes the keys of a new brand. Keys that exist already are kept.
    pub fn add_brand(&self, brand: BrandId, origin: &str, random: &dyn Random) -> Result<(), KeysError> {
        let folder = self.folder_of(brand);
        let _alone = lock(&self.folder.join(MAKING))?;
        if folder.join("epoch-0.key").exists() {
            return Ok(());
        }
        let own = BrandKey::generate(0, random);
        let log = LogKey::generate(origin, &mut |out| random.fill(out))
            .map_err(|_| KeysError::Foreign(folder.join("log.key")))?;
        let sealed = own.seal(brand.bytes(), "log", &log.to_bytes(), random);
        write_private(&folder.join("log.key"), &sealed)?;
        let index = IndexKey::generate(random).wrap(&self.root, brand.bytes(), random);
        write_private(&folder.join("index.key"), &index)?;
        self.write_epoch(brand, &BrandKey::generate(1, random), random)?;
        self.write_epoch(brand, &own, random)
    }

    /// Starts a new epoch and returns its number. Keyrings are then wrapped anew; once none is left under
    /// an old epoch, [`Keys::destroy_epoch`] makes every old copy of a destroyed keyring useless.
    pub fn start_epoch(&self, brand: BrandId, random: &dyn Random) -> Result<u32, KeysError> {
        let epoch = self.brand(brand)?.current().epoch() + 1;
        self.write_epoch(brand, &BrandKey::generate(epoch, random), random)?;
        self.forget(brand);
        Ok(epoch)
    }

    /// A new log key under a new name (`aside/<brand>`, then `aside/<brand>/2` and so on), for a log that begins
    /// anew because the old one's files are lost: two logs must never carry one name.
    pub fn start_log(&self, brand: BrandId, random: &dyn Random) -> Result<(), KeysError> {
        let keys = self.brand(brand)?;
        let path = self.folder_of(brand).join("log.key");
        let old = keys.log.name();
        let name = match old.rsplit_once('/').and_then(|(log, n)| Some((log, n.parse::<u32>().ok()?))) {
            Some((log, number)) if log != "aside" => format!("{log}/{}", number.saturating_add(1)),
            _ => format!("{old}/2"),
        };
        let log = LogKey::generate(&name, &mut |out| random.fill(out))
            .map_err(|_| KeysError::Foreign(path.clone()))?;
        let sealed = keys.own().seal(brand.bytes(), "log", &log.to_bytes(), random);
        write_private(&path, &sealed)?;
        self.forget(brand);
        Ok(())
    }

    /// Deletes an epoch's key for good.
    pub fn destroy_epoch(&self, brand: BrandId, epoch: u32) -> Result<(), KeysError> {
        let path = self.folder_of(brand).join(format!("epoch-{epoch}.key"));
        self.forget(brand);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                Err(KeysError::Io { doing: "write", path, source: e })
            }
            _ => Ok(()),
        }
    }

    /// The keys of a brand.
    pub fn brand(&self, brand: BrandId) -> Result<Arc<BrandKeys>, KeysError> {
        if let Some(keys) = self.brands.read().expect("no code panics while it holds the lock").get(&brand) {
            return Ok(Arc::clone(keys));
        }
        let keys = Arc::new(self.load(brand)?);
        self.brands.write().expect("no code panics while it holds the lock").insert(brand, Arc::clone(&keys));
        Ok(keys)
    }

    fn forget(&self, brand: BrandId) {
        self.brands.write().expect("no code panics while it holds the lock").remove(&brand);
    }

    fn load(&self, brand: BrandId) -> Result<BrandKeys, KeysError> {
        let folder = self.folder_of(brand);
        let files = match fs::read_dir(&folder) {
            Ok(files) => files,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(KeysError::NoBrand(brand)),
            Err(source) => return Err(KeysError::Io { doing: "read", path: folder, source }),
        };
        let mut epochs = BTreeMap::new();
        for file in files.flatten() {
            let name = file.file_name();
            let number =
                name.to_str().and_then(|n| n.strip_prefix("epoch-")?.strip_suffix(".key")?.parse().ok());
            let Some(number) = number else { continue };
            let wrapped = read_private(&file.path())?.ok_or(KeysError::NoBrand(brand))?;
            let key = BrandKey::unwrap(&self.root, brand.bytes(), &wrapped)
                .map_err(|_| KeysError::Foreign(file.path()))?;
            epochs.insert(number, key);
        }
        let own = epochs.get(&0).ok_or(KeysError::NoBrand(brand))?;
        let path = folder.join("log.key");
        let sealed = read_private(&path)?.ok_or(KeysError::NoBrand(brand))?;
        let log = own.open(brand.bytes(), "log", &sealed).map_err(|_| KeysError::Foreign(path.clone()))?;
        let log = LogKey::from_bytes(&log).map_err(|_| KeysError::Foreign(path))?;
        let path = folder.join("index.key");
        let wrapped = read_private(&path)?.ok_or(KeysError::NoBrand(brand))?;
        let index =
            IndexKey::unwrap(&self.root, brand.bytes(), &wrapped).map_err(|_| KeysError::Foreign(path))?;
        Ok(BrandKeys { epochs, index, log })
    }

    fn folder_of(&self, brand: BrandId) -> PathBuf {
        self.folder.join(brand.to_string())
    }

    fn write_epoch(&self, brand: BrandId, key: &BrandKey, random: &dyn Random) -> Result<(), KeysError> {
        let path = self.folder_of(brand).join(format!("epoch-{}.key", key.epoch()));
        write_private(&path, &key.wrap(&self.root, brand.bytes(), random))
    }
}

/// Reads a key file, refusing one that other users can read. `None` if it is not there.
fn read_private(path: &Path) -> Result<Option<Vec<u8>>, KeysError> {
    let failed = |source| KeysError::Io { doing: "read", path: path.to_owned(), source };
    match fs::metadata(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(e)),
        Ok(about) => {
            #[cfg(unix)]
            if std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 != 0 {
                return Err(KeysError::Exposed(path.to_owned()));
            }
            if about.len() > 64 * 1024 {
                return Err(failed(io::Error::new(io::ErrorKind::InvalidData, "too large for a key file")));
            }
        }
    }
    fs::read(path).map(Some).map_err(failed)
}

/// Held while a key is made.
const MAKING: &str = "making.lock";
/// Held by whoever works with the keys.
const IN_USE: &str = "in-use.lock";

/// Takes the lock for itself, waiting for whoever has it. It is given back when the file is dropped.
fn lock(path: &Path) -> Result<fs::File, KeysError> {
    let file = lock_file(path)?;
    file.lock().map_err(|source| KeysError::Io { doing: "lock", path: path.to_owned(), source })?;
    Ok(file)
}

/// An empty file to lock, and the folder around it if there is none.
fn lock_file(path: &Path) -> Result<fs::File, KeysError> {
    let failed = |source| KeysError::Io { doing: "write", path: path.to_owned(), source };
    make_private_folder(path).map_err(failed)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(failed)
}

/// Makes the folder of a file, for nobody else to look into.
fn make_private_folder(path: &Path) -> io::Result<&Path> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    Ok(folder)
}

/// Writes a key file with mode 0600, durable before it returns; never replaces one in place.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), KeysError> {
    let failed = |source| KeysError::Io { doing: "write", path: path.to_owned(), source };
    let folder = make_private_folder(path).map_err(failed)?;
    let scratch = path.with_extension("new");
    // Whatever was left there, a link included, is neither followed nor are its permissions taken over.
    match fs::remove_file(&scratch) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(e)),
        _ => {}
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&scratch).map_err(failed)?;
    io::Write::write_all(&mut file, bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&scratch, path).map_err(failed)?;
    fs::File::open(folder).and_then(|f| f.sync_all()).map_err(failed)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    /// Not random, but another one each time.
    struct Counting(std::sync::atomic::AtomicU64);

    impl Random for Counting {
        fn fill(&self, out: &mut [u8]) {
            let number = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            out.iter_mut().zip(number.to_le_bytes().iter().cycle()).for_each(|(out, byte)| *out = *byte);
        }
    }

    #[test]
    fn many_who_begin_at_once_make_one_root_key() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let random = Counting(1.into());
        let fingerprints: std::collections::BTreeSet<String> = std::thread::scope(|scope| {
            let begin = || Keys::open(&keys, None, &random).unwrap().fingerprint();
            let all: Vec<_> = (0..16).map(|_| scope.spawn(begin)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(fingerprints.len(), 1, "{fingerprints:?}");
    }

    #[test]
    fn keys_that_somebody_works_with_are_not_destroyed_and_while_they_are_nobody_begins() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Keys::open(folder.path(), None, &Counting(1.into())).unwrap();
        let (mut one, mut other, mut rotating) = (open(), open(), open());
        one.share().unwrap();
        other.share().unwrap();
        assert!(matches!(rotating.take_alone(), Err(KeysError::InUse(_))));
        drop((one, other));
        rotating.take_alone().unwrap();
        assert!(matches!(open().share(), Err(KeysError::InUse(_))));
        drop(rotating);
        open().share().unwrap();
    }

    #[test]
    fn a_key_is_not_written_into_what_lies_in_its_way() {
        let folder = tempfile::tempdir().unwrap();
        let (key, scratch) = (folder.path().join("root.key"), folder.path().join("root.new"));
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, "theirs").unwrap();
        symlink(&elsewhere, &scratch).unwrap();
        write_private(&key, b"one").unwrap();
        assert_eq!(fs::read(&elsewhere).unwrap(), b"theirs");
        fs::write(&scratch, "left over").unwrap();
        fs::set_permissions(&scratch, fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&key, b"two").unwrap();
        assert_eq!(read_private(&key).unwrap().unwrap(), b"two");
        assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
