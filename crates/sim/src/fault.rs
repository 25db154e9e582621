//! How the network's API can fail on demand.

use std::time::Duration;

/// What happens to a call instead of, or around, what should.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is refused with this error, and nothing is done.
    Error {
        /// The HTTP status.
        status: u16,
        /// The error's number.
        code: i64,
        /// The number below it.
        subcode: Option<i64>,
    },
    /// It is answered with this status and no JSON, and nothing is done.
    Status(u16),
    /// It is done, this much later.
    Delay(Duration),
    /// It is not done, and the connection is cut.
    CutBefore,
    /// It is done, and the connection is cut before the answer is out.
    CutAfter,
}
