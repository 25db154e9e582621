-- The first schema: the same tables and columns as SQLite's. Ids are uuids, times are microseconds since 1970
-- in UTC, words are text, what is sealed or hashed is bytea. Every primary and every foreign key starts with the
-- brand, so that no row can point into another brand and the tables can be distributed by it. Columns that
-- refer to rows which erasure removes are indexed, because children of every row that goes are looked for there.

CREATE TABLE brands (
    brand uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    created_at bigint NOT NULL,
    -- The numbers given out last; they outlive the rows that carried them.
    last_event bigint NOT NULL DEFAULT 0,
    last_entry bigint NOT NULL DEFAULT 0
);

CREATE TABLE connections (
    brand uuid NOT NULL REFERENCES brands,
    connection uuid NOT NULL,
    network text NOT NULL,
    name text NOT NULL,
    secrets_sealed bytea NOT NULL,
    epoch bigint NOT NULL,
    api_base text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (brand, connection)
);
-- The doorway: a webhook names its connection and no brand.
CREATE UNIQUE INDEX connections_anywhere ON connections (connection);

CREATE TABLE channels (
    brand uuid NOT NULL REFERENCES brands,
    channel uuid NOT NULL,
    connection uuid,
    network text NOT NULL,
    account text NOT NULL,
    rung text NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (brand, channel),
    FOREIGN KEY (brand, connection) REFERENCES connections (brand, connection)
);
CREATE INDEX channels_of_connection ON channels (brand, connection);

CREATE TABLE notices (
    brand uuid NOT NULL,
    channel uuid NOT NULL,
    language text NOT NULL,
    text text NOT NULL,
    checked_at bigint,
    present boolean,
    PRIMARY KEY (brand, channel),
    FOREIGN KEY (brand, channel) REFERENCES channels (brand, channel)
);

CREATE TABLE agents (
    brand uuid NOT NULL REFERENCES brands,
    agent uuid NOT NULL,
    -- Sorted byte by byte, whatever language the database was made for.
    login text COLLATE "C" NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    totp_sealed bytea,
    epoch bigint NOT NULL,
    enabled boolean NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (brand, agent)
);
-- The doorway: a login names its agent and no brand.
CREATE UNIQUE INDEX agents_anywhere ON agents (login);

CREATE TABLE customers (
    brand uuid NOT NULL REFERENCES brands,
    customer uuid NOT NULL,
    PRIMARY KEY (brand, customer)
);

CREATE TABLE keyrings (
    brand uuid NOT NULL REFERENCES brands,
    keyring uuid NOT NULL,
    epoch bigint NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (brand, keyring)
);
CREATE INDEX keyrings_by_epoch ON keyrings (brand, epoch);

CREATE TABLE handles (
    brand uuid NOT NULL,
    handle uuid NOT NULL,
    customer uuid NOT NULL,
    keyring uuid NOT NULL,
    network text NOT NULL,
    address_index bytea NOT NULL,
    address_sealed bytea NOT NULL,
    name_sealed bytea,
    created_at bigint NOT NULL,
    PRIMARY KEY (brand, handle),
    FOREIGN KEY (brand, customer) REFERENCES customers (brand, customer),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
);
CREATE UNIQUE INDEX handles_by_address ON handles (brand, network, address_index);
CREATE UNIQUE INDEX handles_by_keyring ON handles (brand, keyring);
CREATE INDEX handles_of_customer ON handles (brand, customer, created_at);

CREATE TABLE conversations (
    brand uuid NOT NULL,
    conversation uuid NOT NULL,
    customer uuid NOT NULL,
    state text NOT NULL,
    rung text NOT NULL,
    assurance text NOT NULL,
    assurance_at bigint NOT NULL,
    assurance_until bigint,
    language text NOT NULL,
    assigned uuid,
    invited_at bigint,
    created_at bigint NOT NULL,
    last_message_at bigint NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (brand, conversation),
    FOREIGN KEY (brand, customer) REFERENCES customers (brand, customer),
    FOREIGN KEY (brand, assigned) REFERENCES agents (brand, agent)
);
CREATE INDEX conversations_of_customer ON conversations (brand, customer, created_at);
CREATE INDEX inbox ON conversations (brand, last_message_at, conversation);
CREATE INDEX inbox_by_state ON conversations (brand, state, last_message_at, conversation);
CREATE INDEX inbox_by_agent ON conversations (brand, assigned, last_message_at, conversation)
    WHERE assigned IS NOT NULL;

CREATE TABLE threads (
    brand uuid NOT NULL,
    thread uuid NOT NULL,
    conversation uuid NOT NULL,
    channel uuid NOT NULL,
    handle uuid NOT NULL,
    rung text NOT NULL,
    address_index bytea NOT NULL,
    address_sealed bytea NOT NULL,
    heard_at bigint,
    created_at bigint NOT NULL,
    PRIMARY KEY (brand, thread),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, channel) REFERENCES channels (brand, channel),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle)
);
CREATE INDEX threads_of_conversation ON threads (brand, conversation, created_at);
CREATE INDEX threads_by_address ON threads (brand, channel, address_index, created_at);
CREATE INDEX threads_of_handle ON threads (brand, handle);

CREATE TABLE messages (
    brand uuid NOT NULL,
    message uuid NOT NULL,
    conversation uuid NOT NULL,
    thread uuid NOT NULL,
    handle uuid NOT NULL,
    keyring uuid NOT NULL,
    author text NOT NULL,
    agent uuid,
    direction text NOT NULL,
    rung text NOT NULL,
    body_sealed bytea NOT NULL,
    checks text NOT NULL,
    state text NOT NULL,
    reason text,
    provider_index bytea,
    provider_sealed bytea,
    written_at bigint NOT NULL,
    stored_at bigint NOT NULL,
    edited_at bigint,
    removed_at bigint,
    PRIMARY KEY (brand, message),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, thread) REFERENCES threads (brand, thread),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring),
    FOREIGN KEY (brand, agent) REFERENCES agents (brand, agent)
);
CREATE INDEX messages_of_conversation ON messages (brand, conversation, stored_at, message);
CREATE INDEX messages_of_thread ON messages (brand, thread, stored_at, message);
CREATE INDEX messages_of_handle ON messages (brand, handle);
CREATE INDEX messages_of_keyring ON messages (brand, keyring);
CREATE INDEX messages_by_provider ON messages (brand, provider_index) WHERE provider_index IS NOT NULL;

CREATE TABLE vault_values (
    brand uuid NOT NULL,
    value uuid NOT NULL,
    message uuid NOT NULL,
    conversation uuid NOT NULL,
    keyring uuid NOT NULL,
    data_type text NOT NULL,
    kind text NOT NULL,
    value_sealed bytea NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (brand, value),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
);
CREATE INDEX vault_values_of_conversation ON vault_values (brand, conversation, created_at, value);
CREATE INDEX vault_values_of_message ON vault_values (brand, message);
CREATE INDEX vault_values_of_keyring ON vault_values (brand, keyring);

CREATE TABLE holds (
    brand uuid NOT NULL,
    hold uuid NOT NULL,
    message uuid NOT NULL,
    conversation uuid NOT NULL,
    keyring uuid NOT NULL,
    data_type text NOT NULL,
    kind text NOT NULL,
    drop_box bytea NOT NULL,
    value_sealed bytea NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (brand, hold),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
);
CREATE INDEX holds_of_conversation ON holds (brand, conversation, hold);
CREATE INDEX holds_of_message ON holds (brand, message);
CREATE INDEX holds_of_keyring ON holds (brand, keyring);
CREATE INDEX holds_by_expiry ON holds (brand, expires_at);

CREATE TABLE links (
    brand uuid NOT NULL,
    link uuid NOT NULL,
    digest bytea NOT NULL,
    conversation uuid NOT NULL,
    handle uuid NOT NULL,
    drop_box bytea NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    redeemed_at bigint,
    PRIMARY KEY (brand, link),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle)
);
-- The doorway: a link's secret names the link and no brand.
CREATE UNIQUE INDEX links_anywhere ON links (digest);
CREATE INDEX links_of_conversation ON links (brand, conversation, created_at);
CREATE INDEX links_of_handle ON links (brand, handle);

CREATE TABLE sessions (
    brand uuid NOT NULL,
    session uuid NOT NULL,
    digest bytea NOT NULL,
    -- Either an agent's, or a customer's with conversation, handle and drop box.
    agent uuid,
    conversation uuid,
    handle uuid,
    drop_box bytea,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (brand, session),
    FOREIGN KEY (brand, agent) REFERENCES agents (brand, agent),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle),
    CHECK ((agent IS NULL) = (conversation IS NOT NULL)),
    CHECK ((conversation IS NULL) = (handle IS NULL) AND (conversation IS NULL) = (drop_box IS NULL))
);
-- The doorway: a session's secret names the session and no brand.
CREATE UNIQUE INDEX sessions_anywhere ON sessions (digest);
CREATE INDEX sessions_of_conversation ON sessions (brand, conversation, created_at)
    WHERE conversation IS NOT NULL;
CREATE INDEX sessions_of_handle ON sessions (brand, handle) WHERE handle IS NOT NULL;
CREATE INDEX sessions_of_agent ON sessions (brand, agent) WHERE agent IS NOT NULL;

CREATE TABLE codes (
    brand uuid NOT NULL,
    code uuid NOT NULL,
    conversation uuid NOT NULL,
    handle uuid NOT NULL,
    session uuid NOT NULL,
    code_index bytea NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint,
    PRIMARY KEY (brand, code),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, handle) REFERENCES handles (brand, handle),
    FOREIGN KEY (brand, session) REFERENCES sessions (brand, session)
);
CREATE INDEX codes_of_conversation ON codes (brand, conversation);
CREATE INDEX codes_of_handle ON codes (brand, handle);
CREATE INDEX codes_of_session ON codes (brand, session, expires_at, code);

CREATE TABLE entries (
    brand uuid NOT NULL REFERENCES brands,
    entry uuid NOT NULL,
    -- The order in which entries were committed, which is the order they enter the log.
    inserted bigint NOT NULL,
    conversation uuid,
    keyring uuid,
    kind text NOT NULL,
    at bigint NOT NULL,
    leaf bytea NOT NULL,
    details_sealed bytea,
    -- The place in the log; empty until the sequencer gives it.
    log_index bigint,
    PRIMARY KEY (brand, entry),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
);
CREATE UNIQUE INDEX entries_in_log ON entries (brand, log_index) WHERE log_index IS NOT NULL;
CREATE UNIQUE INDEX entries_unsequenced ON entries (brand, inserted) WHERE log_index IS NULL;
CREATE INDEX entries_of_conversation ON entries (brand, conversation, inserted)
    WHERE conversation IS NOT NULL;
CREATE INDEX entries_of_keyring ON entries (brand, keyring) WHERE keyring IS NOT NULL;

CREATE TABLE checkpoints (
    brand uuid NOT NULL REFERENCES brands,
    size bigint NOT NULL,
    note text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (brand, size)
);

CREATE TABLE jobs (
    brand uuid NOT NULL,
    job uuid NOT NULL,
    kind text NOT NULL,
    conversation uuid NOT NULL,
    thread uuid NOT NULL,
    message uuid NOT NULL,
    keyring uuid NOT NULL,
    payload_sealed bytea,
    state text NOT NULL,
    attempts bigint NOT NULL,
    due_at bigint NOT NULL,
    error text,
    created_at bigint NOT NULL,
    -- Until when a worker may keep it.
    leased_until bigint,
    -- When its state last changed, by the store's clock; empty while nobody has touched it.
    touched_at bigint,
    PRIMARY KEY (brand, job),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, thread) REFERENCES threads (brand, thread),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message),
    FOREIGN KEY (brand, keyring) REFERENCES keyrings (brand, keyring)
);
CREATE INDEX jobs_due ON jobs (due_at, job) WHERE state = 'due';
CREATE INDEX jobs_leased ON jobs (leased_until) WHERE state = 'running';
CREATE INDEX jobs_by_state ON jobs (brand, state, created_at, job);
CREATE INDEX jobs_of_conversation ON jobs (brand, conversation);
CREATE INDEX jobs_of_thread ON jobs (brand, thread);
CREATE INDEX jobs_of_message ON jobs (brand, message);
CREATE INDEX jobs_of_keyring ON jobs (brand, keyring);

-- Guards: how often something was taken in each window, and which keys were used.
CREATE TABLE counters (
    brand uuid NOT NULL,
    -- Sorted byte by byte: those that count for somebody are found between two names.
    counter text COLLATE "C" NOT NULL,
    window_length bigint NOT NULL,
    window_start bigint NOT NULL,
    taken bigint NOT NULL,
    PRIMARY KEY (brand, counter, window_length, window_start)
);

CREATE TABLE once_keys (
    brand uuid NOT NULL,
    key bytea NOT NULL,
    used_at bigint NOT NULL,
    PRIMARY KEY (brand, key)
);

CREATE TABLE events (
    brand uuid NOT NULL REFERENCES brands,
    number bigint NOT NULL,
    conversation uuid,
    message uuid,
    kind text NOT NULL,
    announced_at bigint NOT NULL,
    PRIMARY KEY (brand, number),
    FOREIGN KEY (brand, conversation) REFERENCES conversations (brand, conversation),
    FOREIGN KEY (brand, message) REFERENCES messages (brand, message)
);
CREATE INDEX events_of_conversation ON events (brand, conversation) WHERE conversation IS NOT NULL;
CREATE INDEX events_of_message ON events (brand, message) WHERE message IS NOT NULL;
