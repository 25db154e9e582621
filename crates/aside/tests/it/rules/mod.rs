//! The ten rules that never break, one file each; the third, which needs a process to kill, is in
//! `process`. The tests' names are those that `aside_model::sabotage` gives them: each goes red under the
//! switches that break its rule.

mod rule_1;
mod rule_10;
mod rule_2;
mod rule_4;
mod rule_5;
mod rule_6;
mod rule_7;
mod rule_8;
mod rule_9;
