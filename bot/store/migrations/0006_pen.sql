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
