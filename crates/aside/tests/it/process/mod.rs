//! The program as a process: what it promises the operating system and its files.

mod acknowledged;
mod bad_database;
mod bad_store;
mod demo_once;
mod disk;
mod faults;
mod hard_stop;
mod killed;
mod load;
mod look;
mod migrated;
mod place;
mod restored;
mod server;
mod start;
mod tampered;
mod trace;
mod two;
mod wire;
