-- The first schema. Ids are 16 bytes, times are microseconds since 1970 in UTC, words are text.
-- Every primary and every foreign key starts with the brand, so that no row can point into another brand
-- and the tables can be distributed by it. Columns that refer to rows which erasure removes are indexed,
-- because SQLite looks there for children of every row that goes.

CREATE TABLE brands (
    brand BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The numbers given out last; they outlive the rows that carried them.
    last_event INTEGER NOT NULL DEFAULT 0,
    last_entry INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE connections (
    brand BLOB NOT NULL REFERENCES brands,
    connection BLOB NOT NULL,
    network TEXT NOT NULL,
    name TEXT NOT NULL,
    secrets_sealed BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    api_base TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand, connection)
) STRICT, WITHOUT ROWID;
-- The doorway: a webhook names its connection and no brand.
CREATE UNIQUE INDEX connections_anywhere ON connections (connection);

CREATE TABLE channels (
    brand BLOB NOT NULL REFERENCES brands,
    channel BLOB NOT NULL,
    connection BLOB,
    network TEXT NOT NULL,
    account TEXT NOT NULL,
    rung TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (brand, channel),
    FOREIGN KEY (brand, connection) REFERENCES connections (brand, connection)
) STRICT, WITHOUT ROWID;
CREATE INDEX channels_of_connection ON channels (brand, connection);

CREATE TABLE notices (
    brand BLOB NOT NULL,
    channel BLOB NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    checked_at INTEGER,
    present INTEGER,
    PRIMARY KEY (brand, channel),
    FOREIGN KEY (brand, channel) REFERENCES channels (brand, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE agents (
    brand BLOB NOT NULL REFERENCES brands,
    agent BLOB NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp_sealed BLOB,
    epoch INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand, agent)
) STRICT, WITHOUT ROWID;
-- The doorway: a login names its agent and no brand.
CREATE UNIQUE INDEX agents_anywhere ON agents (login);

CREATE TABLE customers (
    brand BLOB NOT NULL REFERENCES brands,
    customer BLOB NOT NULL,
    PRIMARY KEY (brand, customer)
) STRICT, WITHOUT ROWID;

CREATE TABLE keyrings (
    brand BLOB NOT NULL REFERENCES brands,
    keyring BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (brand, keyring)
) STRICT, WITHOUT ROWID;
CREATE INDEX keyrings_by_epoch ON keyrings (brand, epoch);

CREATE TABLE handles (
    brand BLOB NOT NULL,
    handle BLOB NOT NULL,
    customer BLOB NOT NULL,
    keyring BLOB NOT NULL,
    network TEXT NOT NULL,
    address_index BLOB NOT NULL,
    address_sealed BLOB NOT NULL,
    name_sealed BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand, handle),
    FOREIGN KEY (brand, customer) REFERENCES customers (brand, customer),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX handles_by_address ON handles (brand, network, address_index);
CREATE UNIQUE INDEX handles_by_keyring ON handles (brand, keyring);
CREATE INDEX handles_of_customer ON handles (brand, customer, created_at);

CREATE TABLE conversations (
    brand BLOB NOT NULL,
    conversation BLOB NOT NULL,
    customer BLOB NOT NULL,
    state TEXT NOT NULL,
    rung TEXT NOT NULL,
    assurance TEXT NOT NULL,
    assurance_at INTEGER NOT NULL,
    assurance_until INTEGER,
    language TEXT NOT NULL,
    assigned BLOB,
    invited_at INTEGER,
    created_at INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (brand, conversation),
    FOREIGN KEY (brand, customer) REFERENCES customers (brand, customer),
    FOREIGN KEY (brand, assigned) REFERENCES agents (brand, agent)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_of_customer ON conversations (brand, customer, created_at);
CREATE INDEX inbox ON conversations (brand, last_message_at, conversation);
CREATE INDEX inbox_by_state ON conversations (brand, state, last_message_at, conversation);
CREATE INDEX inbox_by_agent ON conversations (brand, assigned, last_message_at, conversation)
    WHERE assigned IS NOT NULL;

CREATE TABLE threads (
    brand BLOB NOT NULL,
    thread BLOB NOT NULL,
    conversation BLOB NOT NULL,
    channel BLOB NOT NULL,
    handle BLOB NOT NULL,
    rung TEXT NOT NULL,
    address_index BLOB NOT NULL,
    address_sealed BLOB NOT NULL,
    heard_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand, thread),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, channel) REFERENCES channels (brand, channel),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle)
) STRICT, WITHOUT ROWID;
CREATE INDEX threads_of_conversation ON threads (brand, conversation, created_at);
CREATE INDEX threads_by_address ON threads (brand, channel, address_index, created_at);
CREATE INDEX threads_of_handle ON threads (brand, handle);

CREATE TABLE messages (
    brand BLOB NOT NULL,
    message BLOB NOT NULL,
    conversation BLOB NOT NULL,
    thread BLOB NOT NULL,
    handle BLOB NOT NULL,
    keyring BLOB NOT NULL,
    author TEXT NOT NULL,
    agent BLOB,
    direction TEXT NOT NULL,
    rung TEXT NOT NULL,
    body_sealed BLOB NOT NULL,
    checks TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    provider_index BLOB,
    provider_sealed BLOB,
    written_at INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    edited_at INTEGER,
    removed_at INTEGER,
    PRIMARY KEY (brand, message),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, thread) REFERENCES threads (brand, thread),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring),
    FOREIGN KEY (brand, agent) REFERENCES agents (brand, agent)
) STRICT;
CREATE INDEX messages_of_conversation ON messages (brand, conversation, stored_at, message);
CREATE INDEX messages_of_thread ON messages (brand, thread, stored_at, message);
CREATE INDEX messages_of_handle ON messages (brand, handle);
CREATE INDEX messages_of_keyring ON messages (brand, keyring);
CREATE INDEX messages_by_provider ON messages (brand, provider_index) WHERE provider_index IS NOT NULL;

CREATE TABLE vault_values (
    brand BLOB NOT NULL,
    value BLOB NOT NULL,
    message BLOB NOT NULL,
    conversation BLOB NOT NULL,
    keyring BLOB NOT NULL,
    data_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    value_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand, value),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
) STRICT;
CREATE INDEX vault_values_of_conversation ON vault_values (brand, conversation, created_at, value);
CREATE INDEX vault_values_of_message ON vault_values (brand, message);
CREATE INDEX vault_values_of_keyring ON vault_values (brand, keyring);

CREATE TABLE holds (
    brand BLOB NOT NULL,
    hold BLOB NOT NULL,
    message BLOB NOT NULL,
    conversation BLOB NOT NULL,
    keyring BLOB NOT NULL,
    data_type TEXT NOT NULL,
    kind TEXT NOT NULL,
    drop_box BLOB NOT NULL,
    value_sealed BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (brand, hold),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
) STRICT;
CREATE INDEX holds_of_conversation ON holds (brand, conversation, hold);
CREATE INDEX holds_of_message ON holds (brand, message);
CREATE INDEX holds_of_keyring ON holds (brand, keyring);
CREATE INDEX holds_by_expiry ON holds (brand, expires_at);

CREATE TABLE links (
    brand BLOB NOT NULL,
    link BLOB NOT NULL,
    digest BLOB NOT NULL,
    conversation BLOB NOT NULL,
    handle BLOB NOT NULL,
    drop_box BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    redeemed_at INTEGER,
    PRIMARY KEY (brand, link),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle)
) STRICT, WITHOUT ROWID;
-- The doorway: a link's secret names the link and no brand.
CREATE UNIQUE INDEX links_anywhere ON links (digest);
CREATE INDEX links_of_conversation ON links (brand, conversation, created_at);
CREATE INDEX links_of_handle ON links (brand, handle);

CREATE TABLE sessions (
    brand BLOB NOT NULL,
    session BLOB NOT NULL,
    digest BLOB NOT NULL,
    -- Either an agent's, or a customer's with conversation, handle and drop box.
    agent BLOB,
    conversation BLOB,
    handle BLOB,
    drop_box BLOB,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (brand, session),
    FOREIGN KEY (brand, agent) REFERENCES agents (brand, agent),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle),
    CHECK ((agent IS NULL) = (conversation IS NOT NULL)),
    CHECK ((conversation IS NULL) = (handle IS NULL) AND (conversation IS NULL) = (drop_box IS NULL))
) STRICT, WITHOUT ROWID;
-- The doorway: a session's secret names the session and no brand.
CREATE UNIQUE INDEX sessions_anywhere ON sessions (digest);
CREATE INDEX sessions_of_conversation ON sessions (brand, conversation, created_at)
    WHERE conversation IS NOT NULL;
CREATE INDEX sessions_of_handle ON sessions (brand, handle) WHERE handle IS NOT NULL;
CREATE INDEX sessions_of_agent ON sessions (brand, agent) WHERE agent IS NOT NULL;

CREATE TABLE codes (
    brand BLOB NOT NULL,
    code BLOB NOT NULL,
    conversation BLOB NOT NULL,
    handle BLOB NOT NULL,
    session BLOB NOT NULL,
    code_index BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (brand, code),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle),
    FOREIGN KEY (brand, session) REFERENCES sessions (brand, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX codes_of_conversation ON codes (brand, conversation);
CREATE INDEX codes_of_handle ON codes (brand, handle);
CREATE INDEX codes_of_session ON codes (brand, session, expires_at, code);

CREATE TABLE entries (
    brand BLOB NOT NULL REFERENCES brands,
    entry BLOB NOT NULL,
    -- The order in which entries were committed, which is the order they enter the log.
    inserted INTEGER NOT NULL,
    conversation BLOB,
    keyring BLOB,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    leaf BLOB NOT NULL,
    details_sealed BLOB,
    -- The place in the log; empty until the sequencer gives it.
    log_index INTEGER,
    PRIMARY KEY (brand, entry),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
) STRICT;
CREATE UNIQUE INDEX entries_in_log ON entries (brand, log_index) WHERE log_index IS NOT NULL;
CREATE UNIQUE INDEX entries_unsequenced ON entries (brand, inserted) WHERE log_index IS NULL;
CREATE INDEX entries_of_conversation ON entries (brand, conversation, inserted)
    WHERE conversation IS NOT NULL;
CREATE INDEX entries_of_keyring ON entries (brand, keyring) WHERE keyring IS NOT NULL;

CREATE TABLE checkpoints (
    brand BLOB NOT NULL REFERENCES brands,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (brand, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    brand BLOB NOT NULL,
    job BLOB NOT NULL,
    kind TEXT NOT NULL,
    conversation BLOB NOT NULL,
    thread BLOB NOT NULL,
    message BLOB NOT NULL,
    keyring BLOB NOT NULL,
    payload_sealed BLOB,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    error TEXT,
    created_at INTEGER NOT NULL,
    -- Until when a worker may keep it.
    leased_until INTEGER,
    -- When its state last changed, by the store's clock; empty while nobody has touched it.
    touched_at INTEGER,
    PRIMARY KEY (brand, job),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, thread) REFERENCES threads (brand, thread),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
) STRICT;
CREATE INDEX jobs_due ON jobs (due_at, job) WHERE state = 'due';
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE state = 'running';
CREATE INDEX jobs_by_state ON jobs (brand, state, created_at, job);
CREATE INDEX jobs_of_conversation ON jobs (brand, conversation);
CREATE INDEX jobs_of_thread ON jobs (brand, thread);
CREATE INDEX jobs_of_message ON jobs (brand, message);
CREATE INDEX jobs_of_keyring ON jobs (brand, keyring);

-- Guards: how often something was taken in each window, and which keys were used.
CREATE TABLE counters (
    brand BLOB NOT NULL,
    counter TEXT NOT NULL,
    window_length INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    PRIMARY KEY (brand, counter, window_length, window_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE once_keys (
    brand BLOB NOT NULL,
    key BLOB NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (brand, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    brand BLOB NOT NULL REFERENCES brands,
    number INTEGER NOT NULL,
    conversation BLOB,
    message BLOB,
    kind TEXT NOT NULL,
    announced_at INTEGER NOT NULL,
    PRIMARY KEY (brand, number),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_of_conversation ON events (brand, conversation) WHERE conversation IS NOT NULL;
CREATE INDEX events_of_message ON events (brand, message) WHERE message IS NOT NULL;
