//! The connectors against fixtures, hostile bodies, and a receiver that answers as the network does.

mod answers;
mod fixtures;
mod hostile;
mod shown;
mod signatures;
