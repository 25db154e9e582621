//! The commands, run as people run them: the built program, its output, its exit code.

mod agents;
mod channels;
mod detect;
mod doctor;
mod keys;
mod ledger;
mod stage;
mod tampering;
