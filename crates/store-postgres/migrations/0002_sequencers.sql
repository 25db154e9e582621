-- Who gives the entries of a brand's log their places. Each new holder has a higher fence; whoever comes with
-- an older one (a process that slept through the end of its lease, say) writes nothing any more.

CREATE TABLE sequencers (
    brand uuid NOT NULL PRIMARY KEY REFERENCES brands,
    holder bytea NOT NULL,
    fence bigint NOT NULL,
    until bigint NOT NULL
);
