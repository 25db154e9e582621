//! WhatsApp's connector against fixtures, hostile bodies, a receiver that answers as the network does, and the
//! simulated network.

mod answers;
mod fixtures;
mod hostile;
mod signatures;
mod simulated;
