-- What moderators have ruled about what a story names: it holds whatever the importer thinks of it later.
CREATE TABLE link_rulings (
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    kind       TEXT NOT NULL,  -- domain.models.LinkKind
    target_key TEXT NOT NULL,
    archive_id INTEGER NOT NULL REFERENCES archives,
    target_id  INTEGER REFERENCES stories ON DELETE CASCADE,  -- NULL: no story of this archive
    PRIMARY KEY (story_id, kind, target_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_rulings_by_target ON link_rulings (target_id) WHERE target_id IS NOT NULL;
CREATE INDEX link_rulings_by_archive ON link_rulings (archive_id);
