//! The whole program, tested: in process with time and networks in the tests' hands, and as a process.

mod features;
mod process;
mod rules;
mod world;
