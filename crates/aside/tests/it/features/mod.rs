//! What the program does for customers and agents, feature by feature.

mod accounts;
mod contacts;
mod drafts;
mod edits;
mod holds;
mod identify;
mod instagram;
mod invitations;
mod links;
mod misses;
mod notices;
mod odd_input;
mod odd_texts;
mod one_conversation;
mod outbox;
mod own_patterns;
mod reminders;
mod sign_in;
mod telegram;
mod way_out;
mod whatsapp;
mod windows;
