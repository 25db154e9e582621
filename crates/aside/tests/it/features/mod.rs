//! What the program does for customers and agents, feature by feature.

mod misses;
