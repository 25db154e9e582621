-- What is still to be sent on a thread, in the order in which it was written: a later message waits for it.

CREATE INDEX jobs_to_be_sent ON jobs (brand, thread, created_at, job)
    WHERE state IN ('due', 'running') AND kind IN ('send', 'private_reply');
