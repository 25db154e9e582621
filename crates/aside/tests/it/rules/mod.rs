//! The ten rules that never break, one file each. The names of the tests are those of the switches that
//! break them (`aside_model::sabotage`).
