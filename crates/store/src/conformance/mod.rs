//! The suite that every backend must pass.
//!
//! A backend's test binary names an async function that opens an empty store, and calls the macro:
//!
//! ```ignore
//! async fn open(clock: Arc<dyn Clock>) -> MyBackend { /* an empty store that nobody else uses */ }
//! aside_store::conformance_suite!(open);
//! ```
//!
//! Every feature is an async function here that takes the [`Ground`]; to add one, write it in the file of its
//! area and name it in the macro's list.

pub mod commands;
pub mod erasing;
pub mod erasure;
mod every_read;
pub mod guards;
pub mod isolation;
pub mod leading;
pub mod messages;
pub mod moving;
pub mod numbered;
pub mod outbox;
pub mod people;
pub mod purging;
pub mod random;
pub mod reading;
pub mod together;
pub mod waits;
mod world;

pub use world::{World, id};

use crate::Store;
use aside_model::{Applied, BrandId, Clock, Command, CustomerId, Effect, Guard, Outcome, Time};
use async_trait::async_trait;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// A backend under test.
#[async_trait]
pub trait Backend: Send + Sync {
    /// The store.
    fn store(&self) -> Arc<dyn Store>;
    /// Every row of every table, with the table's name and all the row's bytes: ids as their 16 bytes, texts
    /// as they are. In a fixed order, so that two dumps can be compared.
    async fn dump(&self) -> Vec<(String, Vec<u8>)>;
}

/// A clock that stands until it is told otherwise.
#[derive(Debug, Default)]
pub struct StandingClock(AtomicI64);

impl StandingClock {
    /// It is this moment from now on.
    pub fn set(&self, now: Time) {
        self.0.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for StandingClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}

/// What a test stands on: an empty store of its own and its clock.
pub struct Ground {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The backend, for dumps.
    pub backend: Box<dyn Backend>,
    /// The store's clock.
    pub clock: Arc<StandingClock>,
}

impl Ground {
    /// A ground on this backend.
    pub fn new(backend: impl Backend + 'static, clock: Arc<StandingClock>) -> Self {
        Self { store: backend.store(), backend: Box::new(backend), clock }
    }

    /// A world in which one customer has written, and everything hangs on that.
    pub async fn world(&self, number: u64) -> World {
        let world = World::numbered(number);
        world.settle(&*self.store).await;
        world
    }

    /// Applies effects that must not be refused.
    pub async fn change(&self, brand: BrandId, effects: Vec<Effect>) -> Applied {
        match self.store.apply(Command { brand, guards: vec![], effects }).await {
            Ok(Outcome::Applied(applied)) => applied,
            other => panic!("not applied: {other:?}"),
        }
    }

    /// Erases a customer to the end.
    pub async fn erase(&self, brand: BrandId, customer: CustomerId) {
        self.change(brand, vec![Effect::EraseCustomer(customer)]).await;
        while self.store.erase_more(brand, 500).await.unwrap() > 0 {}
    }

    /// Gives the brand's next entries their places, leading for one more hour.
    pub async fn sequence(&self, brand: BrandId, limit: u32) -> u32 {
        let now = self.clock.now();
        let fence = self.store.lead(brand, [1; 16], now, Duration::from_hours(1)).await.unwrap();
        self.store.sequence(brand, fence.expect("nobody else leads"), limit).await.unwrap()
    }

    /// Whether a command with this guard alone is applied.
    pub async fn holds(&self, brand: BrandId, guard: Guard) -> bool {
        let outcome = self.store.apply(Command::new(brand).guard(guard)).await.unwrap();
        matches!(outcome, Outcome::Applied(_))
    }

    /// Sees that the command is refused by this guard and that nothing at all has changed.
    pub async fn refuses(&self, command: Command, by: &Guard) {
        let before = self.backend.dump().await;
        match self.store.apply(command).await {
            Ok(Outcome::Refused(refusal)) => assert_eq!(&refusal.guard, by),
            other => panic!("not refused by {by:?}: {other:?}"),
        }
        assert_eq!(self.backend.dump().await, before, "a command refused by {by:?} changed something");
    }

    /// Sees that the effects fail and that nothing at all has changed.
    pub async fn fails(&self, brand: BrandId, effects: Vec<Effect>) {
        let before = self.backend.dump().await;
        let asked = format!("{effects:?}");
        let outcome = self.store.apply(Command { brand, guards: vec![], effects }).await;
        assert!(outcome.is_err(), "{asked} was applied");
        assert_eq!(self.backend.dump().await, before, "{asked} failed, and left something behind");
    }

    /// Sees that the effects are applied and change nothing.
    pub async fn changes_nothing(&self, brand: BrandId, effect: Effect) {
        let before = self.backend.dump().await;
        let asked = format!("{effect:?}");
        self.change(brand, vec![effect]).await;
        assert_eq!(self.backend.dump().await, before, "{asked} changed something");
    }
}

/// Makes the suite's tests for a backend: takes the path of an `async fn(Arc<dyn Clock>) -> impl Backend` that
/// opens an empty store.
#[macro_export]
macro_rules! conformance_suite {
    ($open:path) => {
        $crate::conformance_suite! { @tests $open;
            reading: every_read_finds_what_was_written, rows_are_read_as_they_were_written,
                the_inbox_is_paged_newest_first_and_filtered, messages_are_paged_in_the_order_they_were_stored,
                previews_come_in_the_order_asked, the_newest_thread_at_an_address_is_found,
                a_watermark_finds_what_was_sent_and_not_read, a_message_is_known_by_its_network_on_one_channel_alone,
                the_doorway_finds_whose_a_secret_is;
            isolation: a_second_brand_sees_none_of_it, a_command_reaches_no_row_of_another_brand,
                a_command_may_not_carry_a_row_of_another_brand;
            guards: each_guard_holds_and_refuses, a_counter_is_taken_from_window_by_window,
                what_a_refused_command_took_is_given_back, a_key_is_used_once,
                a_repeated_provider_event_changes_nothing, a_link_is_open_until_it_is_used_or_expires,
                a_code_is_open_until_it_is_used_or_expires, a_hold_is_open_until_it_expires_or_is_dropped,
                no_key_is_alive_after_erasure;
            commands: a_command_whose_third_effect_fails_leaves_nothing_of_the_first_two,
                a_change_of_what_is_not_there_changes_nothing, a_row_that_names_a_missing_one_fails;
            messages: a_new_message_moves_its_conversation, a_change_to_a_conversation_leaves_the_rest_as_it_is,
                reports_never_move_a_message_backwards, the_networks_id_is_kept_even_from_a_late_report,
                an_edited_message_says_something_else, a_message_taken_back_loses_text_values_and_holds,
                a_thread_was_heard_last_when_it_was_heard_last;
            people: a_handle_is_added_once, a_second_put_replaces, a_login_belongs_to_one_agent,
                sessions_end, handles_and_conversations_move_between_customers,
                values_and_holds_are_dropped_and_resealed, keyrings_are_wrapped_anew;
            numbered: entries_enter_the_log_in_the_order_they_were_committed,
                sequencing_never_moves_an_earlier_entry, live_events_are_numbered_without_gaps,
                the_newest_checkpoint_is_the_largest, a_restored_entry_has_the_place_that_the_log_gave_it,
                a_new_log_begins_with_what_is_said_about_the_old_one;
            leading: one_process_leads_a_brands_sequencing_until_its_lease_is_over,
                whoever_lost_the_lead_gives_no_places, a_checkpoint_is_added_by_whoever_leads,
                a_lead_far_in_the_future_is_taken_over, a_lead_that_is_given_back_is_free_at_once, each_brand_has_a_leader_of_its_own,
                of_thirty_two_processes_one_leads;
            outbox: a_due_job_is_handed_out_once, a_lease_that_is_over_makes_a_job_unknown,
                a_finished_job_keeps_no_payload, the_next_due_moment_is_known, workers_are_woken,
                a_later_message_of_a_thread_waits_while_an_earlier_one_is_being_sent,
                a_later_message_of_a_thread_waits_while_an_earlier_one_is_to_be_tried_again,
                what_sends_no_message_and_other_threads_wait_for_nothing,
                messages_created_at_once_go_out_one_by_one, a_busy_channel_is_passed_over;
            moving: a_brand_leaves_and_comes_back_as_it_was, rows_of_another_brand_are_not_put_there;
            purging: what_is_past_its_time_goes, a_purge_ends_however_much_there_is, event_numbers_go_on_after_a_purge;
            together: thirty_two_writers_take_a_budget_exactly, a_handle_raced_for_is_one_handle_with_one_keyring,
                thirty_two_workers_get_each_job_once, thirty_two_writers_number_their_events_without_gaps;
            erasing: from_the_first_command_on_nothing_of_the_customer_is_read,
                no_destroyed_key_comes_back, an_erasure_that_was_interrupted_goes_on_where_it_was,
                whoever_writes_while_being_erased_is_somebody_new, nothing_is_moved_to_or_from_an_erased_customer,
                what_comes_in_about_an_erased_customer_goes_as_well,
                others_write_while_ten_thousand_messages_are_erased, each_brand_erases_its_own;
            erasure: after_erasure_no_row_names_the_customer, erasure_leaves_everybody_else_alone,
                erasure_follows_a_merge, erasing_twice_is_erasing_once, entries_keep_their_leaf_and_place;
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn random_commands_agree_with_a_model() {
            $crate::conformance::random::random_commands_agree_with_a_model(|clock| Box::pin(async move {
                let backend: Box<dyn $crate::conformance::Backend> = Box::new($open(clock).await);
                backend
            }));
        }
    };
    (@tests $open:path; $($area:ident: $($feature:ident),+;)+) => {$($(
        #[tokio::test(flavor = "multi_thread")]
        async fn $feature() {
            let clock = std::sync::Arc::new($crate::conformance::StandingClock::default());
            let backend = $open(clock.clone()).await;
            $crate::conformance::$area::$feature(&$crate::conformance::Ground::new(backend, clock)).await;
        }
    )+)+};
}
