//! `aside demo --once`.
