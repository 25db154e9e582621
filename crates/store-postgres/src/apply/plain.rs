//! Commands that only add: those that messages bring, by the thousand. Many of them are carried out by one
//! statement per table, each with a list per column.

use super::{
    conversations::{self, Change},
    insert,
    numbers::Numbers,
};
use crate::{cells::Stored, conn::Step};
use aside_model::{
    BrandId, Command, ConversationId, Effect, Guard, ThreadId, Time,
    rows::{ConversationRow, HoldRow, JobRow, LinkRow, MessageRow, ThreadRow, ValueRow},
};
use std::collections::{BTreeMap, HashSet};

/// Whether the command only adds, and its guards can be judged beside those of others.
pub(crate) fn is_plain(command: &Command) -> bool {
    let guards = command.guards.iter().all(|guard| {
        matches!(guard, Guard::Once(_) | Guard::KeyAlive(_) | Guard::VersionIs(..) | Guard::Take { .. })
    });
    guards
        && names_what_is_there(command)
        && command.effects.iter().all(|effect| {
            matches!(
                effect,
                Effect::AddConversation(_)
                    | Effect::AddThread(_)
                    | Effect::AddMessage(_)
                    | Effect::AddValue(_)
                    | Effect::AddHold(_)
                    | Effect::AddLink(_)
                    | Effect::AddJob(_)
                    | Effect::AddEntry(_)
                    | Effect::UpdateConversation(_)
                    | Effect::ThreadHeard(..)
                    | Effect::Announce(..)
            )
        })
}

/// Whether each effect comes after those that add what it names: then their order within the command does not
/// matter when they are carried out table by table.
fn names_what_is_there(command: &Command) -> bool {
    // What later effects add, walking from the last to the first.
    let mut later = HashSet::new();
    command.effects.iter().rev().all(|effect| {
        let (named, added) = match effect {
            Effect::AddConversation(row) => (vec![], Some(row.conversation.bytes())),
            Effect::AddThread(row) => (vec![row.conversation.bytes()], Some(row.thread.bytes())),
            Effect::AddMessage(row) => {
                (vec![row.conversation.bytes(), row.thread.bytes()], Some(row.message.bytes()))
            }
            Effect::AddValue(row) => (vec![row.conversation.bytes(), row.message.bytes()], None),
            Effect::AddHold(row) => (vec![row.conversation.bytes(), row.message.bytes()], None),
            Effect::AddLink(row) => (vec![row.conversation.bytes()], None),
            Effect::AddJob(row) => {
                (vec![row.conversation.bytes(), row.thread.bytes(), row.message.bytes()], None)
            }
            Effect::AddEntry(row) => (row.conversation.iter().map(|id| id.bytes()).collect(), None),
            Effect::UpdateConversation(change) => (vec![change.conversation.bytes()], None),
            Effect::ThreadHeard(thread, _) => (vec![thread.bytes()], None),
            Effect::Announce(conversation, message, _) => {
                let named = conversation.iter().map(|id| id.bytes());
                (named.chain(message.iter().map(|id| id.bytes())).collect(), None)
            }
            _ => (vec![], None),
        };
        let there = named.iter().all(|id| !later.contains(id));
        later.extend(added);
        there
    })
}

/// Many plain commands' effects, by table.
#[derive(Default)]
pub(crate) struct Gathered<'a> {
    conversations: Vec<&'a ConversationRow>,
    threads: Vec<&'a ThreadRow>,
    messages: Vec<&'a MessageRow>,
    values: Vec<&'a ValueRow>,
    holds: Vec<&'a HoldRow>,
    links: Vec<&'a LinkRow>,
    jobs: Vec<&'a JobRow>,
    changes: BTreeMap<ConversationId, Change>,
    heard: BTreeMap<ThreadId, Time>,
    pub(crate) numbers: Numbers,
}

impl<'a> Gathered<'a> {
    /// Takes a command's effects in.
    pub(crate) fn add(&mut self, command: &'a Command, now: Time) {
        for effect in &command.effects {
            match effect {
                Effect::AddConversation(row) => self.conversations.push(row),
                Effect::AddThread(row) => self.threads.push(row),
                Effect::AddMessage(row) => {
                    self.messages.push(row);
                    self.change(Change::said(row));
                }
                Effect::AddValue(row) => self.values.push(row),
                Effect::AddHold(row) => self.holds.push(row),
                Effect::AddLink(row) => self.links.push(row),
                Effect::AddJob(row) => self.jobs.push(row),
                Effect::AddEntry(row) => self.numbers.entry(row),
                Effect::UpdateConversation(change) => self.change(Change::of(change)),
                Effect::ThreadHeard(thread, at) => {
                    let heard = self.heard.entry(*thread).or_insert(*at);
                    *heard = (*heard).max(*at);
                }
                Effect::Announce(conversation, message, kind) => {
                    self.numbers.event(*conversation, *message, kind, now);
                }
                _ => debug_assert!(false, "not a plain effect: {effect:?}"),
            }
        }
    }

    fn change(&mut self, change: Change) {
        match self.changes.entry(change.conversation()) {
            std::collections::btree_map::Entry::Occupied(mut known) => known.get_mut().and(change),
            std::collections::btree_map::Entry::Vacant(new) => drop(new.insert(change)),
        }
    }

    /// The statements, what is named before what names it, and what is to be numbered.
    pub(crate) fn steps(self, brand: BrandId) -> (Vec<Step>, Numbers) {
        let mut steps = Vec::new();
        some(&mut steps, &self.conversations);
        some(&mut steps, &self.threads);
        some(&mut steps, &self.messages);
        some(&mut steps, &self.values);
        some(&mut steps, &self.links);
        some(&mut steps, &self.holds);
        some(&mut steps, &self.jobs);
        if !self.changes.is_empty() {
            steps.push(conversations::changed(brand, self.changes.into_values()));
        }
        if !self.heard.is_empty() {
            steps.push(conversations::heard(brand, self.heard));
        }
        (steps, self.numbers)
    }
}

fn some<T: Stored>(steps: &mut Vec<Step>, rows: &[&T]) {
    if !rows.is_empty() {
        steps.push(insert(rows));
    }
}
