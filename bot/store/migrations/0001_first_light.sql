CREATE TABLE archives (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,
    guild_id       INTEGER UNIQUE,
    rating_limit   INTEGER NOT NULL DEFAULT 2,  -- domain.models.Rating: PG-13
    directory_safe INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO archives (id, name) VALUES (1, 'Story Archive');

CREATE TABLE authors (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    user_id    INTEGER,  -- Discord account, once it is known
    closed_at  REAL,     -- when it last refused a direct message
    UNIQUE (archive_id, name_key)
) STRICT;

CREATE TABLE series (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    UNIQUE (archive_id, name_key)
) STRICT;

CREATE TABLE stories (
    id           INTEGER PRIMARY KEY,
    archive_id   INTEGER NOT NULL REFERENCES archives,
    author_id    INTEGER NOT NULL REFERENCES authors,
    series_id    INTEGER REFERENCES series,
    title        TEXT NOT NULL,
    title_key    TEXT NOT NULL,
    sort_key     TEXT NOT NULL,  -- the title without a leading article
    rating       INTEGER NOT NULL,
    rating_raw   TEXT NOT NULL,
    description  TEXT NOT NULL,
    spoilers     TEXT NOT NULL,  -- JSON list of names
    note         TEXT NOT NULL,
    disclaimer   TEXT NOT NULL,
    status       TEXT NOT NULL,
    words        INTEGER NOT NULL,
    parts        INTEGER NOT NULL,
    pages        INTEGER NOT NULL,
    part_starts  TEXT NOT NULL,  -- JSON [[first page, title], …]: every page turn shows them
    scene_breaks INTEGER NOT NULL,
    digest       BLOB NOT NULL,  -- of the original that is shown
    added_at     REAL NOT NULL,  -- seconds since the epoch, as every …_at
    updated_at   REAL NOT NULL
) STRICT;

CREATE INDEX stories_by_title ON stories (archive_id, sort_key, id);
CREATE INDEX stories_by_age ON stories (archive_id, added_at, id);
CREATE INDEX stories_by_digest ON stories (digest);
CREATE INDEX stories_by_author ON stories (author_id, title_key);
CREATE INDEX stories_by_series ON stories (series_id) WHERE series_id IS NOT NULL;

CREATE VIRTUAL TABLE story_names USING fts5 (
    title, author, series, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TABLE parts (
    story_id INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,  -- formats.prose markup
    PRIMARY KEY (story_id, number)
) STRICT;

CREATE TABLE pages (
    story_id  INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    part      INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    within    INTEGER NOT NULL,  -- characters into it
    anchor    TEXT NOT NULL,
    text      TEXT NOT NULL,  -- Discord Markdown as it is sent
    PRIMARY KEY (story_id, number)
) STRICT;

CREATE TABLE links (
    id         INTEGER PRIMARY KEY,
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    target     TEXT NOT NULL,
    target_key TEXT NOT NULL,
    target_id  INTEGER REFERENCES stories ON DELETE SET NULL,
    UNIQUE (story_id, kind, target_key)
) STRICT;

CREATE INDEX links_by_key ON links (target_key);
CREATE INDEX links_by_target ON links (target_id) WHERE target_id IS NOT NULL;

-- Every edition that was ever imported, byte for byte; the story's digest tells which is shown.
CREATE TABLE originals (
    id          INTEGER PRIMARY KEY,
    story_id    INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    path        TEXT NOT NULL,
    digest      BLOB NOT NULL,
    content     BLOB NOT NULL,
    ranges      TEXT NOT NULL,  -- JSON [[start, end, kind], …] without gap or overlap
    imported_at REAL NOT NULL,
    UNIQUE (story_id, digest)
) STRICT;

CREATE INDEX originals_by_path ON originals (path);

CREATE TABLE places (
    reader_id INTEGER NOT NULL,
    story_id  INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    part      INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    within    INTEGER NOT NULL,  -- characters into it
    anchor    TEXT NOT NULL,
    read_at   REAL NOT NULL,
    PRIMARY KEY (reader_id, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX places_by_time ON places (reader_id, read_at);

CREATE TABLE letters (
    id             INTEGER PRIMARY KEY,
    story_id       INTEGER NOT NULL REFERENCES stories,
    author_id      INTEGER NOT NULL REFERENCES authors,
    title          TEXT NOT NULL,  -- as story and author were called when it was written: what is sent never changes
    author         TEXT NOT NULL,
    sender_id      INTEGER NOT NULL,
    sender_name    TEXT NOT NULL,  -- empty: anonymous
    email          TEXT NOT NULL,  -- empty: none given
    comments       TEXT NOT NULL,
    page           INTEGER,        -- where the form was opened
    interaction_id INTEGER NOT NULL UNIQUE,  -- a form that arrives twice is one letter
    stored_at      REAL NOT NULL
) STRICT;

CREATE TABLE outbox (
    letter_id    INTEGER PRIMARY KEY REFERENCES letters ON DELETE CASCADE,
    author_id    INTEGER NOT NULL REFERENCES authors,
    state        TEXT NOT NULL,  -- domain.delivery.State
    nonce        TEXT NOT NULL UNIQUE,
    attempt      INTEGER NOT NULL DEFAULT 0,  -- fences: only who holds the newest may settle; it only grows
    failures     INTEGER NOT NULL DEFAULT 0,  -- since the last link: how long to the next try
    due_at       REAL,
    lease_until  REAL,
    user_id      INTEGER,  -- the account of the first try; it stays until the outcome is known
    first_try_at REAL,
    channel_id   INTEGER,
    message_id   INTEGER,
    problem      TEXT NOT NULL DEFAULT ''
) STRICT;

-- The letters that are to go out, as each author's line.
CREATE INDEX outbox_lines ON outbox (author_id, letter_id) WHERE state IN ('ready', 'leased', 'unknown');

CREATE TABLE dm_channels (
    user_id    INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL
) STRICT;

CREATE TABLE memory (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
