//! What is found in which text, and what is not.

mod accounts;
mod addresses;
mod addresses_as_typed;
mod cards;
mod context;
mod coordinates;
mod corpus;
mod credentials;
mod crypto;
mod dates;
mod dealings;
mod devices;
mod forms;
mod hostile;
mod in_conversation;
mod interface;
mod lexicon;
mod lexicon_in_other_scripts;
mod lexicon_of_distress;
mod marked;
#[cfg(feature = "names")]
mod names;
mod national;
mod patterns;
mod peers;
mod phones;
mod properties;
mod references;
mod spoken;
mod taggers;
mod writing;
