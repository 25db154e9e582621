-- What is past its time is found without looking at all that is not.

CREATE INDEX once_keys_by_time ON once_keys (brand, used_at);
CREATE INDEX counters_by_end ON counters (brand, (window_start + window_length));
CREATE INDEX links_by_expiry ON links (brand, expires_at);
CREATE INDEX codes_by_expiry ON codes (brand, expires_at);
CREATE INDEX sessions_by_expiry ON sessions (brand, expires_at, session);
CREATE INDEX jobs_done ON jobs (brand, touched_at) WHERE state = 'done';
