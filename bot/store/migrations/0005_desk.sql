-- What was done at the desk: ids alone, which stay when what they name is gone. Whoever did it, whom it was about, why,
-- and what stood there before stand in rows of their own: they can be erased, and the act stays on record.
CREATE TABLE ledger (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    at         REAL NOT NULL,
    act        TEXT NOT NULL,
    author_id  INTEGER,
    story_id   INTEGER,
    letter_id  INTEGER,
    run_id     INTEGER,
    undoes_id  INTEGER REFERENCES ledger  -- the entry that this one takes back
) STRICT;

CREATE INDEX ledger_by_archive ON ledger (archive_id, id);
CREATE INDEX ledger_by_author ON ledger (author_id, id) WHERE author_id IS NOT NULL;
CREATE INDEX ledger_by_story ON ledger (story_id, id) WHERE story_id IS NOT NULL;
CREATE INDEX ledger_by_undone ON ledger (undoes_id) WHERE undoes_id IS NOT NULL;

CREATE TABLE ledger_persons (
    ledger_id  INTEGER NOT NULL REFERENCES ledger,
    role       TEXT NOT NULL,  -- actor | subject
    archive_id INTEGER NOT NULL REFERENCES archives,
    user_id    INTEGER,        -- NULL: erased
    erased_at  REAL,
    PRIMARY KEY (ledger_id, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_persons_by_user ON ledger_persons (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE reasons (
    ledger_id  INTEGER PRIMARY KEY REFERENCES ledger,
    archive_id INTEGER NOT NULL REFERENCES archives,
    reason     TEXT NOT NULL,
    erased_at  REAL
) STRICT;

CREATE TABLE ledger_values (
    ledger_id  INTEGER NOT NULL REFERENCES ledger,
    field      TEXT NOT NULL,
    archive_id INTEGER NOT NULL REFERENCES archives,
    former     TEXT,  -- NULL: there was none, or it is erased
    present    TEXT,
    erased_at  REAL,
    PRIMARY KEY (ledger_id, field)
) STRICT, WITHOUT ROWID;

-- Files that were sent to the desk, and what reading them on trial found; they wait for a moderator's word.
CREATE TABLE uploads (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    user_id    INTEGER,        -- who sent them; NULL: forgotten
    state      TEXT NOT NULL,  -- store.uploads.State
    sent_at    REAL NOT NULL,
    run_id     INTEGER REFERENCES runs,
    told       TEXT NOT NULL DEFAULT '{}',  -- JSON: {"totals": {status: count}, "documents": [row, …]}
    problem    TEXT NOT NULL DEFAULT ''     -- why it could not be read, a sentence
) STRICT;

CREATE INDEX uploads_by_archive ON uploads (archive_id, id);
CREATE INDEX uploads_by_age ON uploads (sent_at);
CREATE INDEX uploads_by_run ON uploads (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX runs_by_archive ON runs (archive_id, id);

CREATE TABLE upload_files (
    upload_id INTEGER NOT NULL REFERENCES uploads ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    content   BLOB NOT NULL,
    PRIMARY KEY (upload_id, position)
) STRICT;

CREATE TABLE upload_works (
    upload_id INTEGER NOT NULL REFERENCES uploads ON DELETE CASCADE,
    position  INTEGER NOT NULL,  -- from 1, as the report tells them
    document  INTEGER NOT NULL,  -- the first piece of the work among the documents of these files
    story     INTEGER NOT NULL,
    told      BLOB NOT NULL,     -- zstd of JSON: its row of the report
    doubtful  INTEGER NOT NULL,
    skipped   INTEGER NOT NULL DEFAULT 0,
    fixes     TEXT NOT NULL DEFAULT '{}',  -- JSON {field: text}
    PRIMARY KEY (upload_id, position)
) STRICT;

-- What a person said of a story's fields; it stands over what any file says.
CREATE TABLE amendments (
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    field      TEXT NOT NULL,  -- domain.fields.Field
    archive_id INTEGER NOT NULL REFERENCES archives,
    value      TEXT NOT NULL,  -- as it stands in a form
    PRIMARY KEY (story_id, field)
) STRICT, WITHOUT ROWID;

CREATE INDEX letters_by_story ON letters (story_id) WHERE story_id IS NOT NULL;

ALTER TABLE stories ADD COLUMN state_note TEXT NOT NULL DEFAULT '';  -- what readers are told of its state
CREATE INDEX stories_by_state ON stories (archive_id, state, id) WHERE state <> 'published';

-- Other values for fields of a header that somebody typed; they wait to be saved for a day.
CREATE TABLE proposals (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    user_id    INTEGER NOT NULL,
    form       INTEGER NOT NULL,  -- place in domain.fields.FORMS
    seen       TEXT NOT NULL,     -- JSON {field: what stood there when it was typed}; null: nobody knows
    typed      TEXT NOT NULL,     -- JSON {field: what shall stand there}
    made_at    REAL NOT NULL,
    saved_at   REAL
) STRICT;

CREATE INDEX proposals_by_story ON proposals (story_id);
CREATE INDEX proposals_by_age ON proposals (made_at);

-- What the record was searched for: ids of buttons hold its number alone.
CREATE TABLE ledger_searches (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    words      TEXT NOT NULL,
    UNIQUE (archive_id, words)
) STRICT;
