//! Every read that takes the brand, asked about one world.

use super::World;
use super::world::{at, hash};
use crate::{InboxFilter, Store};
use aside_model::{BrandId, JobState, Network};

/// What every read says about the world's rows when it is asked in the name of `brand`, by the read's name.
/// Nothing is an empty text.
pub(super) async fn every_read(store: &dyn Store, brand: BrandId, w: &World) -> Vec<(&'static str, String)> {
    let mut said = Vec::new();
    macro_rules! ask {
        ($($method:ident($($argument:expr),*);)+) => {$(
            let answer = store.$method(brand $(, $argument)*).await;
            let text = format!("{:?}", answer.unwrap_or_else(|e| panic!("{}: {e}", stringify!($method))));
            let nothing = matches!(text.as_str(), "[]" | "None" | "0" | "(0, 0)");
            said.push((stringify!($method), if nothing { String::new() } else { text }));
        )+};
    }
    let (thread, message, handle) = (w.thread_row(), w.message_row(), w.handle_row());
    let provider = message.provider_index.unwrap_or_else(|| hash(0));
    let filter = InboxFilter::default();
    ask! {
        inbox(&filter, 10);
        conversation(w.conversation);
        conversations_of(w.customer);
        threads(w.conversation);
        thread(w.thread);
        thread_at(w.channel, thread.address_index);
        messages(w.conversation, None, 10);
        messages(w.conversation, Some(w.reply), 10);
        last_messages(&[w.conversation]);
        heard(w.thread, 10);
        message(w.message);
        message_by_provider(w.channel, provider);
        sent_until(w.thread, at(50));
        connections();
        channels();
        channel(w.channel);
        handle(w.handle);
        handle_at(Network::Facebook, handle.address_index);
        handle_of_keyring(w.keyring);
        handles(w.customer);
        agents();
        agent(w.agent);
        session(w.session);
        customer_sessions(w.conversation, at(50));
        open_links(w.conversation, at(50));
        link(w.link);
        code_of(w.session);
        code(w.code);
        notices();
        keyring(w.keyring);
        keyrings_not_at(2, 10);
        value(w.value);
        values(w.conversation);
        hold(w.hold);
        holds(w.conversation);
        expired_holds(at(100), 10);
        newest_entries(None, 10);
        entries_of(w.conversation);
        entry(w.entry);
        checkpoint();
        entry_counts();
        job(w.job);
        jobs(JobState::Due, 10);
        job_counts();
        events_after(0, 10);
        last_event();
    }
    said
}
