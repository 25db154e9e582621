//! The program as a process: what it promises the operating system and its files.
