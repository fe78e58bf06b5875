-- The order that moderators gave a series by hand: it holds over the numbers and sequels of its headers.
CREATE TABLE series_rulings (
    series_id  INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    archive_id INTEGER NOT NULL REFERENCES archives,
    place      INTEGER NOT NULL,  -- from 1
    PRIMARY KEY (series_id, story_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX series_rulings_by_story ON series_rulings (story_id);
CREATE INDEX series_rulings_by_archive ON series_rulings (archive_id);
