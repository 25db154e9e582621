//! The parameters that a scratch server is started with.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// The kernel's limit for the path of a socket, less the name that PostgreSQL gives it in its folder.
const LONGEST_SOCKET_FOLDER: usize = 107 - "/.s.PGSQL.65535.lock".len();

/// Small, but as durable as in earnest.
pub(crate) struct Settings<'a> {
    /// The folder of its socket.
    pub(crate) sockets: &'a Path,
}

impl Settings<'_> {
    /// Where its socket goes; nowhere if the path is longer than a socket's may be.
    fn sockets(&self) -> PathBuf {
        let fits = self.sockets.as_os_str().len() <= LONGEST_SOCKET_FOLDER;
        if fits { self.sockets.to_owned() } else { PathBuf::new() }
    }
}

impl fmt::Display for Settings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sockets = self.sockets().display().to_string().replace('\'', "''");
        write!(
            f,
            "
# A server for tests: what it promises it keeps.
fsync = on
full_page_writes = on
synchronous_commit = on
# On this machine alone, and for many tests at once.
listen_addresses = '127.0.0.1'
unix_socket_directories = '{sockets}'
max_connections = 300
shared_buffers = 64MB
max_wal_size = 512MB
# Tables of tests are small and young; tidying them up must not wait between pages.
autovacuum_vacuum_cost_delay = 0
jit = off
timezone = 'UTC'
lc_messages = 'C'
"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_too_long_for_a_socket_makes_a_server_without_one() {
        let long = PathBuf::from("/tmp").join("x".repeat(100));
        assert!(Settings { sockets: &long }.to_string().contains("unix_socket_directories = ''"));
        let short = Settings { sockets: Path::new("/tmp/it's") }.to_string();
        assert!(short.contains("unix_socket_directories = '/tmp/it''s'"), "{short}");
    }
}
