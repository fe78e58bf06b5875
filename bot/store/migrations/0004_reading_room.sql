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
    new_stories TEXT NOT NULL,
    spoiled     INTEGER NOT NULL,
    told        INTEGER NOT NULL  -- what becomes of a private page
) STRICT;

-- What there is to be seen, in order, as moderators list it: the episodes of a fandom.
CREATE TABLE episode_lists (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    UNIQUE (archive_id, name_key)
) STRICT;

CREATE TABLE episodes (
    list_id    INTEGER NOT NULL REFERENCES episode_lists ON DELETE CASCADE,
    number     INTEGER NOT NULL,  -- from 1
    archive_id INTEGER NOT NULL REFERENCES archives,
    line       TEXT NOT NULL,     -- its names, with a bar between them
    PRIMARY KEY (list_id, number)
) STRICT, WITHOUT ROWID;

-- The last that a reader has seen of a list, as its line was then: lists are mended, and it is found again by name.
CREATE TABLE seen (
    reader_id  INTEGER NOT NULL,
    list_id    INTEGER NOT NULL REFERENCES episode_lists ON DELETE CASCADE,
    archive_id INTEGER NOT NULL REFERENCES archives,
    line       TEXT NOT NULL,
    PRIMARY KEY (reader_id, list_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX seen_by_list ON seen (list_id);

-- Whom and what readers want to have news of.
CREATE TABLE follows (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    kind       INTEGER NOT NULL,  -- domain.subjects.Kind
    subject_id INTEGER NOT NULL,
    reader_id  INTEGER NOT NULL,
    made_at    REAL NOT NULL,
    UNIQUE (archive_id, kind, subject_id, reader_id)
) STRICT;

CREATE INDEX follows_by_reader ON follows (reader_id, archive_id, id);

-- What happened in an archive that somebody follows something of; the herald makes tidings of it.
CREATE TABLE news (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    archive_id INTEGER NOT NULL REFERENCES archives,
    story_id   INTEGER NOT NULL UNIQUE REFERENCES stories ON DELETE CASCADE,
    parts      INTEGER  -- how many there were before; NULL: the story is new
) STRICT;

CREATE INDEX news_by_archive ON news (archive_id, id);

CREATE TRIGGER news_of_arrivals AFTER INSERT ON stories
WHEN new.state = 'published' AND EXISTS (SELECT 1 FROM follows WHERE archive_id = new.archive_id) BEGIN
    INSERT INTO news (archive_id, story_id) VALUES (new.archive_id, new.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER news_of_publishing AFTER UPDATE OF state ON stories
WHEN new.state = 'published' AND old.state = 'withheld'
    AND EXISTS (SELECT 1 FROM follows WHERE archive_id = new.archive_id) BEGIN
    INSERT INTO news (archive_id, story_id) VALUES (new.archive_id, new.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER news_of_parts AFTER UPDATE OF parts ON stories
WHEN new.state = 'published' AND old.state = 'published' AND new.parts > old.parts AND new.words > old.words
    AND EXISTS (SELECT 1 FROM follows WHERE archive_id = new.archive_id) BEGIN
    INSERT INTO news (archive_id, story_id, parts) VALUES (new.archive_id, new.id, old.parts) ON CONFLICT DO NOTHING;
END;

-- What a follower is to be told: kept until the notice that tells it is on its way, so that it can be taken back.
CREATE TABLE tidings (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    archive_id INTEGER NOT NULL REFERENCES archives,
    reader_id  INTEGER NOT NULL,
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    parts      INTEGER,
    due_at     REAL NOT NULL,
    notice_key TEXT NOT NULL DEFAULT ''  -- of the notice that tells it; empty: none does yet
) STRICT;

CREATE UNIQUE INDEX tidings_open ON tidings (reader_id, story_id) WHERE notice_key = '';
CREATE INDEX tidings_due ON tidings (due_at) WHERE notice_key = '';
CREATE INDEX tidings_told ON tidings (reader_id, archive_id, notice_key) WHERE notice_key <> '';
CREATE INDEX tidings_by_story ON tidings (story_id);

CREATE INDEX stories_by_rating ON stories (archive_id, rating, id);  -- any story that opens somewhere
-- What lists are sorted by and stands in other rows; triggers keep it.
ALTER TABLE stories ADD COLUMN author_key TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN readers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stories ADD COLUMN likes INTEGER NOT NULL DEFAULT 0;
-- The id once more: SQLite compares rows of values with an index, but not where one of them is the rowid's other name.
ALTER TABLE stories ADD COLUMN number INTEGER GENERATED ALWAYS AS (id) VIRTUAL;
ALTER TABLE stories ADD COLUMN series_place INTEGER;  -- in the order its series is read in, from 1

UPDATE stories SET author_key = (SELECT name_key FROM authors a WHERE a.id = author_id),
    readers = (SELECT count(*) FROM places p WHERE p.story_id = stories.id),
    likes = (SELECT count(*) FROM marks m WHERE m.story_id = stories.id AND m.mark = 'liked');

CREATE TRIGGER stories_named AFTER INSERT ON stories BEGIN
    UPDATE stories SET author_key = (SELECT name_key FROM authors WHERE id = new.author_id) WHERE id = new.id;
END;

CREATE TRIGGER stories_given AFTER UPDATE OF author_id ON stories WHEN old.author_id <> new.author_id BEGIN
    UPDATE stories SET author_key = (SELECT name_key FROM authors WHERE id = new.author_id) WHERE id = new.id;
END;

CREATE TRIGGER authors_renamed AFTER UPDATE OF name_key ON authors WHEN old.name_key <> new.name_key BEGIN
    UPDATE stories SET author_key = new.name_key WHERE author_id = new.id;
END;

CREATE TRIGGER places_come AFTER INSERT ON places BEGIN
    UPDATE stories SET readers = readers + 1 WHERE id = new.story_id;
END;

CREATE TRIGGER places_go AFTER DELETE ON places BEGIN
    UPDATE stories SET readers = readers - 1 WHERE id = old.story_id;
END;

CREATE TRIGGER likes_come AFTER INSERT ON marks WHEN new.mark = 'liked' BEGIN
    UPDATE stories SET likes = likes + 1 WHERE id = new.story_id;
END;

CREATE TRIGGER likes_go AFTER DELETE ON marks WHEN old.mark = 'liked' BEGIN
    UPDATE stories SET likes = likes - 1 WHERE id = old.story_id;
END;

-- One for each order of the Fiction Index. The rating stands ahead: a list is put together from the ratings that its
-- audience may see, each read from where the page begins, so that no page costs more than another.
DROP INDEX stories_by_title;
DROP INDEX stories_by_age;
CREATE INDEX list_by_title ON stories (archive_id, rating, sort_key, number) WHERE state = 'published';
CREATE INDEX list_by_author ON stories (archive_id, rating, author_key, sort_key, number) WHERE state = 'published';
CREATE INDEX list_by_newest ON stories (archive_id, rating, added_at, number) WHERE state = 'published';
CREATE INDEX list_by_updated ON stories (archive_id, rating, updated_at, number) WHERE state = 'published';
CREATE INDEX list_by_length ON stories (archive_id, rating, words, number) WHERE state = 'published';
CREATE INDEX list_by_readers ON stories (archive_id, rating, readers, number) WHERE state = 'published';
CREATE INDEX list_by_likes ON stories (archive_id, rating, likes, number) WHERE state = 'published';

-- A set of filters, an order and words that somebody asked for; buttons carry its number.
CREATE TABLE listings (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    text       TEXT NOT NULL,  -- formats.query: as it is written there
    UNIQUE (archive_id, text)
) STRICT;

-- Where a story stood in each order before it was deleted: buttons that name it still find its neighbours.
CREATE TABLE tombstones (
    story_id   INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    sort_key   TEXT NOT NULL,
    author_key TEXT NOT NULL,
    added_at   REAL NOT NULL,
    updated_at REAL NOT NULL,
    words      INTEGER NOT NULL,
    readers    INTEGER NOT NULL,
    likes      INTEGER NOT NULL
) STRICT;

-- How many published stories of each rating an archive has in all, and by, in, with or under each key.
CREATE TABLE tallies (
    archive_id INTEGER NOT NULL REFERENCES archives,
    kind       TEXT NOT NULL,  -- story | author | series | tag | fandom | status | language
    key        ANY NOT NULL,   -- the id of an author or series, the key of another name, 0 for the whole archive
    rating     INTEGER NOT NULL,
    name       TEXT NOT NULL,
    stories    INTEGER NOT NULL,
    PRIMARY KEY (archive_id, kind, key, rating)
) STRICT, WITHOUT ROWID;

-- How many authors and series there are whose mildest published story has a rating.
CREATE TABLE presences (
    archive_id INTEGER NOT NULL REFERENCES archives,
    kind       TEXT NOT NULL,  -- author | series
    rating     INTEGER NOT NULL,
    things     INTEGER NOT NULL,
    PRIMARY KEY (archive_id, kind, rating)
) STRICT, WITHOUT ROWID;

CREATE VIEW counted AS
    SELECT s.id AS story_id, s.archive_id, 'story' AS kind, 0 AS key, s.rating, '' AS name FROM stories s
        WHERE s.state = 'published'
    UNION ALL SELECT s.id, s.archive_id, 'author', a.author_id, s.rating, '' FROM stories s
        JOIN story_authors a ON a.story_id = s.id WHERE s.state = 'published'
    UNION ALL SELECT s.id, s.archive_id, 'series', s.series_id, s.rating, '' FROM stories s
        WHERE s.state = 'published' AND s.series_id IS NOT NULL
    UNION ALL SELECT s.id, s.archive_id, t.kind, t.name_key, s.rating, t.name FROM stories s
        JOIN story_tags t ON t.story_id = s.id WHERE s.state = 'published'
    UNION ALL SELECT s.id, s.archive_id, 'status', s.status, s.rating, s.status FROM stories s
        WHERE s.state = 'published' AND s.status <> ''
    UNION ALL SELECT s.id, s.archive_id, 'language', s.language, s.rating, s.language FROM stories s
        WHERE s.state = 'published' AND s.language <> '';

-- What is inserted here changes the counts by a step.
CREATE VIEW count_steps AS SELECT archive_id, kind, key, rating, name, 0 AS step FROM tallies;

CREATE TRIGGER count_step INSTEAD OF INSERT ON count_steps BEGIN
    UPDATE presences SET things = things - 1
        WHERE archive_id = new.archive_id AND kind = new.kind AND kind IN ('author', 'series')
        AND rating = (SELECT min(rating) FROM tallies
            WHERE archive_id = new.archive_id AND kind = new.kind AND key = new.key AND stories > 0);
    INSERT INTO tallies (archive_id, kind, key, rating, name, stories)
        VALUES (new.archive_id, new.kind, new.key, new.rating, new.name, new.step)
        ON CONFLICT (archive_id, kind, key, rating) DO UPDATE SET stories = stories + new.step, name = new.name;
    INSERT INTO presences (archive_id, kind, rating, things)
        SELECT new.archive_id, new.kind, min(rating), 1 FROM tallies
        WHERE archive_id = new.archive_id AND kind = new.kind AND key = new.key AND stories > 0
            AND kind IN ('author', 'series')
        HAVING count(*) > 0
        ON CONFLICT (archive_id, kind, rating) DO UPDATE SET things = things + 1;
END;

INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
    SELECT archive_id, kind, key, rating, name, 1 FROM counted;

CREATE TRIGGER stories_counted AFTER INSERT ON stories BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, 1 FROM counted WHERE story_id = new.id;
END;

CREATE TRIGGER stories_discounted BEFORE UPDATE OF archive_id, state, rating, series_id, status, language ON stories
BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, -1 FROM counted WHERE story_id = old.id;
END;

CREATE TRIGGER stories_recounted AFTER UPDATE OF archive_id, state, rating, series_id, status, language ON stories
BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, 1 FROM counted WHERE story_id = new.id;
END;

CREATE TRIGGER stories_go BEFORE DELETE ON stories BEGIN
    INSERT OR REPLACE INTO tombstones
        VALUES (old.id, old.archive_id, old.sort_key, old.author_key, old.added_at, old.updated_at, old.words,
            old.readers, old.likes);
    DELETE FROM story_authors WHERE story_id = old.id;
    DELETE FROM story_tags WHERE story_id = old.id;
    DELETE FROM story_words WHERE rowid = old.id;
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, -1 FROM counted WHERE story_id = old.id;
END;

CREATE TRIGGER story_authors_counted AFTER INSERT ON story_authors BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, 1 FROM counted
        WHERE story_id = new.story_id AND kind = 'author' AND key = new.author_id;
END;

CREATE TRIGGER story_authors_discounted BEFORE DELETE ON story_authors BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, -1 FROM counted
        WHERE story_id = old.story_id AND kind = 'author' AND key = old.author_id;
END;

CREATE TRIGGER story_authors_left BEFORE UPDATE OF author_id ON story_authors BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, -1 FROM counted
        WHERE story_id = old.story_id AND kind = 'author' AND key = old.author_id;
END;

CREATE TRIGGER story_authors_taken AFTER UPDATE OF author_id ON story_authors BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, 1 FROM counted
        WHERE story_id = new.story_id AND kind = 'author' AND key = new.author_id;
END;

CREATE TRIGGER story_tags_counted AFTER INSERT ON story_tags BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, 1 FROM counted
        WHERE story_id = new.story_id AND kind = new.kind AND key = new.name_key;
END;

CREATE TRIGGER story_tags_discounted BEFORE DELETE ON story_tags BEGIN
    INSERT INTO count_steps (archive_id, kind, key, rating, name, step)
        SELECT archive_id, kind, key, rating, name, -1 FROM counted
        WHERE story_id = old.story_id AND kind = old.kind AND key = old.name_key;
END;

-- All words of a story, one row each under its number; `store.words` fills it.
CREATE VIRTUAL TABLE story_words USING fts5 (
    title, author, series, tags, summary, text, tokenize = 'unicode61 remove_diacritics 2'
);

-- Bytes of new words that are gathered before they are written: an import commits dozens of stories at once.
INSERT INTO story_words (story_words, rank) VALUES ('hashsize', 4194304);

-- Its terms, to guess by what a misspelt word was meant to be.
CREATE VIRTUAL TABLE story_terms USING fts5vocab (story_words, row);

CREATE VIEW story_heads AS
    SELECT s.id, s.title, iif(s.authors = '', a.name, s.authors) AS author, coalesce(r.name, '') AS series,
        coalesce((SELECT group_concat(t.name, ', ') FROM story_tags t WHERE t.story_id = s.id), '') AS tags,
        s.description AS summary
    FROM stories s JOIN authors a ON a.id = s.author_id LEFT JOIN series r ON r.id = s.series_id;

INSERT INTO story_words (rowid, title, author, series, tags, summary, text)
    SELECT h.id, h.title, h.author, h.series, h.tags, h.summary, group_concat(p.text, char(10) || char(10))
    FROM story_heads h JOIN (SELECT story_id, text FROM parts ORDER BY story_id, number) p ON p.story_id = h.id
    GROUP BY h.id;

CREATE TRIGGER stories_reworded AFTER UPDATE OF title, authors, author_id, series_id, description ON stories BEGIN
    UPDATE story_words SET (title, author, series, summary) =
        (SELECT title, author, series, summary FROM story_heads WHERE id = new.id) WHERE rowid = new.id;
END;

CREATE TRIGGER authors_reworded AFTER UPDATE OF name ON authors WHEN old.name <> new.name BEGIN
    UPDATE story_words SET author = (SELECT author FROM story_heads h WHERE h.id = story_words.rowid)
        WHERE rowid IN (SELECT id FROM stories WHERE author_id = new.id);
END;

CREATE TRIGGER series_reworded AFTER UPDATE OF name ON series WHEN old.name <> new.name BEGIN
    UPDATE story_words SET series = new.name WHERE rowid IN (SELECT id FROM stories WHERE series_id = new.id);
END;
