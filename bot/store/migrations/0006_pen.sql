-- What was forgotten for good: a copy of the database that is brought back forgets it again before it serves.
CREATE TABLE forgettings (
    id           INTEGER PRIMARY KEY,
    archive_id   INTEGER REFERENCES archives,  -- NULL: of a person, in all archives
    key          TEXT NOT NULL UNIQUE,         -- one that came back is the same one
    kind         TEXT NOT NULL,                -- domain.forgetting.Subject
    told         TEXT NOT NULL,                -- JSON: how to find it in an older copy
    forgotten_at REAL NOT NULL
) STRICT;

CREATE INDEX forgettings_by_archive ON forgettings (archive_id) WHERE archive_id IS NOT NULL;

-- What is kept for a time only, by its age.
CREATE INDEX notices_by_age ON notices (stored_at);
CREATE INDEX parcels_by_age ON parcels (first_try_at) WHERE state = 'delivered';
CREATE INDEX parcels_by_user ON parcels (user_id);
CREATE INDEX reports_settled ON reports (settled_at) WHERE settled_at IS NOT NULL AND reason <> '';
CREATE INDEX claims_decided ON claims (decided_at) WHERE decided_at IS NOT NULL AND proof <> '';
CREATE INDEX drafts_by_user ON drafts (user_id);

-- When the bot was no longer found in an archive's server: the archive is kept for a while, and then erased.
ALTER TABLE archives ADD COLUMN left_at REAL;
