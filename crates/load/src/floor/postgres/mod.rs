//! PostgreSQL's floor: what each of the server's connections said in a run, replayed over as many connections, each
//! transaction as soon as all those are done that were done when it began.
//!
//! `recorder.rs` stands between the server and its database and writes down what it forwards; `session.rs` cuts
//! that into transactions; `replay.rs` says them again to a copy of the database as it was before.

mod recorder;
mod replay;
mod session;

pub(crate) use recorder::Recorder;
pub(crate) use replay::replay;
