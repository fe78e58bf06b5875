-- One call of the importer, so that it can be taken back as a whole.
CREATE TABLE runs (
    id          INTEGER PRIMARY KEY,
    archive_id  INTEGER NOT NULL REFERENCES archives,
    started_at  REAL NOT NULL,
    finished_at REAL,
    undone_at   REAL
) STRICT;

-- Every document that ever came in, byte for byte, also those that are no stories.
CREATE TABLE documents (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    path       TEXT NOT NULL,
    digest     BLOB NOT NULL,  -- SHA-256 of its bytes
    size       INTEGER NOT NULL,
    kind       TEXT NOT NULL,  -- domain.documents.DocumentKind
    content    BLOB NOT NULL,  -- zstd
    ranges     BLOB NOT NULL,  -- what each byte is: store.packing
    contacts   TEXT NOT NULL DEFAULT '[]',  -- JSON [[kind, value, line], …]; for moderators alone
    repairs    TEXT NOT NULL DEFAULT '[]',  -- JSON lists of sentences
    warnings   TEXT NOT NULL DEFAULT '[]',
    UNIQUE (archive_id, path, digest)
) STRICT;

CREATE TABLE document_runs (
    run_id      INTEGER NOT NULL REFERENCES runs,
    document_id INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (run_id, document_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_runs_by_document ON document_runs (document_id);

-- Every copy of a story that came in, whole: what is shown can be changed for another one at any time.
CREATE TABLE editions (
    id       INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    run_id   INTEGER REFERENCES runs,  -- NULL: it came before runs were counted
    path     TEXT NOT NULL,            -- of its first document
    digest   BLOB NOT NULL,            -- SHA-256 over the digests of its documents
    relation TEXT NOT NULL,            -- shown | same | edition: what it is to the one that is shown
    words    INTEGER NOT NULL,
    repairs  INTEGER NOT NULL,
    emphasis INTEGER NOT NULL,
    prints   BLOB,                     -- formats.likeness; NULL until they are first asked for
    snapshot BLOB,                     -- zstd of JSON: store.packing; NULL: to be read from its documents again
    added_at REAL NOT NULL
) STRICT;

CREATE INDEX editions_by_story ON editions (story_id);
CREATE INDEX editions_by_digest ON editions (digest);
CREATE INDEX editions_by_path ON editions (path);
CREATE INDEX editions_by_run ON editions (run_id) WHERE run_id IS NOT NULL;
CREATE UNIQUE INDEX editions_shown ON editions (story_id) WHERE relation = 'shown';

CREATE TABLE edition_documents (
    edition_id  INTEGER NOT NULL REFERENCES editions ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    document_id INTEGER NOT NULL REFERENCES documents,
    story       INTEGER NOT NULL,  -- which of the document's stories, from 0
    parts       INTEGER NOT NULL,  -- how many parts of the edition are from it
    PRIMARY KEY (edition_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX edition_documents_by_document ON edition_documents (document_id);

-- What a run did to a story. A story's id is never given to another one while a row here names it.
CREATE TABLE changes (
    run_id            INTEGER NOT NULL REFERENCES runs,
    story_id          INTEGER NOT NULL,
    act               TEXT NOT NULL,  -- added | updated | kept: another edition beside the one that is shown
    former_edition_id INTEGER REFERENCES editions ON DELETE SET NULL,
    former_state      TEXT,
    undone            INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run_id, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX changes_by_story ON changes (story_id);
CREATE INDEX changes_by_edition ON changes (former_edition_id) WHERE former_edition_id IS NOT NULL;

ALTER TABLE stories ADD COLUMN authors TEXT NOT NULL DEFAULT '';  -- as shown; empty: the one author's name
ALTER TABLE stories ADD COLUMN series_number TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN cautions TEXT NOT NULL DEFAULT '[]';  -- JSON lists, as far as not said otherwise
ALTER TABLE stories ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN written TEXT NOT NULL DEFAULT '';  -- ISO 8601 as far as it is known
ALTER TABLE stories ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';  -- [[before | after, text], …]
ALTER TABLE stories ADD COLUMN missing_parts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE stories ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';
ALTER TABLE stories ADD COLUMN evidence TEXT NOT NULL DEFAULT '{}';  -- {field: [line, confidence, path]}
ALTER TABLE stories ADD COLUMN state TEXT NOT NULL DEFAULT 'published';  -- domain.models.Standing
ALTER TABLE stories ADD COLUMN state_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE stories ADD COLUMN approved TEXT NOT NULL DEFAULT '';  -- the misgiving over which a moderator published it

CREATE INDEX stories_by_title_key ON stories (archive_id, title_key);

UPDATE stories SET notes = json_array(json_array('before', note)) WHERE note <> '';

CREATE TABLE story_authors (
    story_id  INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    author_id INTEGER NOT NULL REFERENCES authors,
    PRIMARY KEY (story_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_authors_by_author ON story_authors (author_id, story_id);

INSERT INTO story_authors (story_id, position, author_id) SELECT id, 0, author_id FROM stories;

CREATE TABLE story_tags (
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    archive_id INTEGER NOT NULL REFERENCES archives,
    kind       TEXT NOT NULL,  -- tag | fandom
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    PRIMARY KEY (story_id, kind, name_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX story_tags_by_name ON story_tags (archive_id, kind, name_key, story_id);

-- A few of the prints of each story, by which stories with a common text are found.
CREATE TABLE sketches (
    archive_id INTEGER NOT NULL REFERENCES archives,
    print      INTEGER NOT NULL,
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    PRIMARY KEY (archive_id, print, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sketches_by_story ON sketches (story_id);

ALTER TABLE links ADD COLUMN confidence REAL NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN candidates TEXT NOT NULL DEFAULT '[]';  -- JSON list of story ids: the to-do list
ALTER TABLE links ADD COLUMN why TEXT NOT NULL DEFAULT '';  -- it has no target, a clause

UPDATE links SET confidence = 1 WHERE target_id IS NOT NULL;

CREATE INDEX links_open ON links (story_id) WHERE target_id IS NULL;

ALTER TABLE parts ADD COLUMN label TEXT NOT NULL DEFAULT '';  -- "2", "1a", "Epilogue"; empty where the story is in one piece

-- Authors and works that must not be imported.
CREATE TABLE barred (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    kind       TEXT NOT NULL,  -- author | work
    names      TEXT NOT NULL,  -- JSON list: every spelling of the author; the title of the work
    prints     BLOB,           -- of the work's paragraphs
    barred_at  REAL NOT NULL
) STRICT;

CREATE INDEX barred_by_archive ON barred (archive_id);

-- What the first schema kept of documents goes on as documents and editions.
INSERT INTO documents (archive_id, path, digest, size, kind, content, ranges)
    SELECT s.archive_id, o.path, o.digest, length(o.content), 'story', zstd(max(o.content)), packed_ranges(max(o.ranges))
    FROM originals o JOIN stories s ON s.id = o.story_id
    GROUP BY s.archive_id, o.path, o.digest ORDER BY min(o.id);

INSERT INTO editions (id, story_id, path, digest, relation, words, repairs, emphasis, snapshot, added_at)
    SELECT o.id, o.story_id, o.path, o.digest, iif(o.digest = s.digest, 'shown', 'edition'),
        iif(o.digest = s.digest, s.words, 0), 0, 0,
        iif(o.digest = s.digest, zstd(json_object(
            'title', s.title, 'authors', json_array(a.name), 'series', r.name, 'rating', s.rating,
            'rating_raw', s.rating_raw, 'description', s.description, 'spoilers', json(s.spoilers),
            'notes', json(s.notes), 'disclaimer', s.disclaimer, 'status', s.status,
            'links', (SELECT json_group_array(json_array(l.kind, l.target)) FROM links l WHERE l.story_id = s.id),
            'parts', (SELECT json_group_array(json_array(p.title, p.label, p.text))
                FROM (SELECT * FROM parts WHERE story_id = s.id ORDER BY number) p))), NULL),
        o.imported_at
    FROM originals o JOIN stories s ON s.id = o.story_id JOIN authors a ON a.id = s.author_id
    LEFT JOIN series r ON r.id = s.series_id;

INSERT INTO edition_documents (edition_id, position, document_id, story, parts)
    SELECT o.id, 0, d.id, 0, s.parts
    FROM originals o JOIN stories s ON s.id = o.story_id
    JOIN documents d ON d.archive_id = s.archive_id AND d.path = o.path AND d.digest = o.digest;

DROP TABLE originals;
DROP INDEX stories_by_digest;
ALTER TABLE stories DROP COLUMN digest;
