//! An installation as an agent would see it, read without a server and without changing anything.

use super::place::Place;
use crate::database::Database;
use aside::{SystemClock, SystemRandom, http_client};
use aside_app::{
    App, Detect, Keys, Networks, Parts, Settings, SilentMailer,
    views::{ConversationView, Piece, TimelineItem},
};
use aside_ledger::leaf::{Leaf, Value};
use aside_model::{Author, BrandId, ConversationId, Finding, Network, Raw};
use aside_rules::Rules;
use aside_store::{FolderTiles, Store};
use aside_store_postgres::PostgresStore;
use aside_store_sqlite::SqliteStore;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, LazyLock},
};

/// Nothing is taken in here, so nothing is detected.
struct NoDetector;

impl Detect for NoDetector {
    fn detect(&self, _text: &str) -> Vec<Finding> {
        unreachable!("a folder that is only read takes nothing in")
    }
}

/// Reading certificates takes longer than everything else here.
static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(|| http_client().unwrap());

/// A data folder, opened for reading.
pub(super) struct Look<'a> {
    place: &'a Place,
    /// The use cases over it.
    pub(super) app: App,
    store: Arc<dyn Store>,
}

impl<'a> Look<'a> {
    /// The place's own folder and database.
    pub(super) async fn at(place: &'a Place) -> Self {
        match place.database() {
            Database::Sqlite(_) => Self::into_folder(place, &place.data()),
            Database::Postgres(own) => {
                let options = aside_store_postgres::Options::new(Arc::new(SystemClock));
                let store = PostgresStore::connect(&own.url(), options).await.unwrap();
                Self::with(place, Arc::new(store), &place.data())
            }
        }
    }

    /// A copy of the place's folder, or what would have been left of it.
    pub(super) fn into_folder(place: &'a Place, data: &Path) -> Self {
        Self::with(place, Arc::new(SqliteStore::open_read_only(data).unwrap()), data)
    }

    fn with(place: &'a Place, store: Arc<dyn Store>, data: &Path) -> Self {
        let tiles = data.join("ledger");
        let app = App::new(Parts {
            store: Arc::<dyn Store>::clone(&store),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            detector: Arc::new(NoDetector),
            rules: Arc::new(Rules::with_packs(&[]).unwrap()),
            keys: Arc::new(Keys::open(&place.data().join("keys"), None, &SystemRandom).unwrap()),
            networks: Networks::new(CLIENT.clone()),
            mailer: Arc::new(SilentMailer),
            tiles: Box::new(move |brand| Arc::new(FolderTiles::new(tiles.join(brand.to_string())))),
            settings: Settings::default(),
        });
        Self { place, app, store }
    }

    /// What a person on the network has written, message by message, as the agent reads it.
    pub(super) async fn said_by(&self, person: &str) -> Vec<String> {
        let Some(view) = self.conversation_of(self.place.brand, person).await else { return vec![] };
        let messages = view.timeline.into_iter().filter_map(|item| match item {
            TimelineItem::Message(message) if message.author == Author::Customer => Some(message),
            _ => None,
        });
        messages
            .map(|message| {
                assert!(!message.unchecked, "a message was not checked");
                let texts = message.pieces.into_iter().filter_map(|piece| match piece {
                    Piece::Text { text } => Some(text),
                    _ => None,
                });
                texts.collect()
            })
            .collect()
    }

    /// A person's conversation with a brand, as an agent sees it.
    pub(super) async fn conversation_of(&self, brand: BrandId, person: &str) -> Option<ConversationView> {
        let person = Raw::new(person.to_owned());
        let conversation = self.app.conversation_at(brand, Network::Facebook, &person).await.unwrap()?;
        self.app.conversation(&self.place.acting(brand), conversation).await.unwrap()
    }

    /// How often each of a conversation's values was opened, as the ledger's entries say.
    pub(super) async fn openings(&self, conversation: ConversationId) -> HashMap<String, usize> {
        let mut openings = HashMap::new();
        for row in self.store.entries_of(self.place.brand, conversation).await.unwrap() {
            let leaf = Leaf::parse(&row.leaf).unwrap();
            if row.kind == "revealed"
                && let Some(Value::Text(value)) = leaf.facts.get("value")
            {
                *openings.entry(value.clone()).or_default() += 1;
            }
        }
        openings
    }

    /// How often each of the network's message ids is in the store: every sealed text is opened for it.
    pub(super) async fn message_ids(&self) -> HashMap<String, usize> {
        self.message_ids_of(self.place.brand).await
    }

    /// The same of a brand of which there may be several.
    pub(super) async fn message_ids_of(&self, brand: BrandId) -> HashMap<String, usize> {
        let mut ids = HashMap::new();
        let mut look = |place: &str, text: &str| {
            if place == "messages.provider" {
                *ids.entry(text.to_owned()).or_default() += 1;
            }
        };
        self.app.open_everything(brand, &mut look).await.unwrap();
        ids
    }
}
