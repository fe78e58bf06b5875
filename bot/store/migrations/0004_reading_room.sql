-- What readers keep. Their number is that of their Discord account.
ALTER TABLE places ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;  -- from the history on their own shelf

CREATE TABLE bookmarks (
    id        INTEGER PRIMARY KEY,
    reader_id INTEGER NOT NULL,
    story_id  INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    part      INTEGER NOT NULL,
    paragraph INTEGER NOT NULL,
    within    INTEGER NOT NULL,
    anchor    TEXT NOT NULL,
    note      TEXT NOT NULL,
    made_at   REAL NOT NULL,
    hidden    INTEGER NOT NULL DEFAULT 0,
    UNIQUE (reader_id, story_id, part, paragraph, within)
) STRICT;

CREATE INDEX bookmarks_by_time ON bookmarks (reader_id, made_at, id);
CREATE INDEX bookmarks_by_story ON bookmarks (story_id);

CREATE TABLE marks (
    reader_id INTEGER NOT NULL,
    story_id  INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    mark      TEXT NOT NULL,  -- domain.shelf.Mark
    made_at   REAL NOT NULL,
    hidden    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (reader_id, story_id, mark)
) STRICT, WITHOUT ROWID;

CREATE INDEX marks_by_time ON marks (reader_id, mark, made_at);
CREATE INDEX marks_by_story ON marks (story_id, mark);
CREATE INDEX places_by_story ON places (story_id);

-- How each reader wants to be served; who has set nothing has no row.
CREATE TABLE reader_settings (
    reader_id   INTEGER PRIMARY KEY,
    page_length INTEGER NOT NULL,  -- domain.settings.PageLength, as every default below
    plain       INTEGER NOT NULL,
    shared      INTEGER NOT NULL,
    counted     INTEGER NOT NULL,
    new_parts   TEXT NOT NULL,  -- domain.settings.Notice
    new_stories TEXT NOT NULL
) STRICT;

CREATE INDEX stories_by_rating ON stories (archive_id, rating, id);  -- any story that opens somewhere
