//! Switches that break one rule each, so that the rule's test can be seen to go red.
//!
//! Without the cargo feature `sabotage` every switch is off at compile time. With it, the environment
//! variable `ASIDE_SABOTAGE` names the one that is on. Released programs are built without it.

macro_rules! switches {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $rule:literal, $test:literal;)+) => {
        /// A way to break a rule.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Switch { $($(#[$doc])* $variant,)+ }

        impl Switch {
            /// Every switch.
            pub const ALL: &'static [Switch] = &[$(Switch::$variant,)+];
            /// The name that `ASIDE_SABOTAGE` takes.
            pub const fn name(self) -> &'static str { match self { $(Switch::$variant => $name,)+ } }
            /// The rule that it breaks, 1 to 10.
            pub const fn rule(self) -> u8 { match self { $(Switch::$variant => $rule,)+ } }
            /// The test that must go red.
            pub const fn test(self) -> &'static str { match self { $(Switch::$variant => $test,)+ } }
        }
    };
}

switches! {
    /// A blocked value stays in the text.
    NoBlock = "no_block", 1, "rule_1_a_blocked_value_is_never_written_anywhere";
    /// A value is opened although its ledger entry was not recorded.
    RevealBeforeEntry = "reveal_before_entry", 2, "rule_2_no_value_leaves_the_vault_before_its_entry_is_durable";
    /// The reveal budget is not asked.
    BudgetIgnored = "budget_ignored", 2, "rule_2_a_spent_budget_opens_nothing";
    /// The network gets its 200 before the commit.
    AnswerBeforeCommit = "answer_before_commit", 3, "rule_3_a_webhook_is_acknowledged_only_after_the_sync_that_covers_it";
    /// The database does not sync.
    NoSync = "no_sync", 3, "rule_3_a_webhook_is_acknowledged_only_after_the_sync_that_covers_it";
    /// A reply goes to the customer's newest address instead of the thread's own.
    ReplyToNewest = "reply_to_newest", 4, "rule_4_a_reply_goes_to_the_address_of_the_thread_it_answers";
    /// Signatures are not checked.
    UnsignedAccepted = "unsigned_accepted", 5, "rule_5_an_unsigned_wrongly_signed_or_replayed_webhook_changes_nothing";
    /// A repeated provider event is taken again.
    ReplayAccepted = "replay_accepted", 5, "rule_5_an_unsigned_wrongly_signed_or_replayed_webhook_changes_nothing";
    /// A conversation is read without its brand.
    BrandIgnored = "brand_ignored", 6, "rule_6_nothing_of_one_brand_is_reachable_from_another";
    /// Erasure forgets the keyrings.
    KeyringKept = "keyring_kept", 7, "rule_7_after_erasure_no_key_opens_and_no_table_names_the_customer";
    /// The log starts anew instead of being extended.
    LogRestarted = "log_restarted", 8, "rule_8_every_new_checkpoint_extends_every_older_one";
    /// A text that could not be checked is shown.
    UncheckedShown = "unchecked_shown", 9, "rule_9_where_a_check_cannot_run_the_answer_is_no";
    /// A masked value shows in the inbox preview.
    MaskLost = "mask_lost", 10, "rule_10_masked_means_masked_everywhere";
}

/// Whether the switch is on: never, in a program that people run.
#[cfg(not(feature = "sabotage"))]
#[inline(always)]
#[expect(clippy::inline_always, reason = "so that the branch is gone from released programs")]
pub const fn on(_switch: Switch) -> bool {
    false
}

/// Whether the switch is on, as `ASIDE_SABOTAGE` says.
#[cfg(feature = "sabotage")]
pub fn on(switch: Switch) -> bool {
    std::env::var("ASIDE_SABOTAGE").is_ok_and(|name| name == switch.name())
}
