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

-- What each day brought a story. It is counted as it happens: nothing is kept of who it was beyond what they keep
-- themselves (places, marks, letters), and nothing of those who do not want to be counted, nor of its authors.
CREATE TABLE daily (
    archive_id INTEGER NOT NULL REFERENCES archives,
    story_id   INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    day        INTEGER NOT NULL,            -- since 1970-01-01, UTC
    reads      INTEGER NOT NULL DEFAULT 0,  -- a reader counts once a day
    readers    INTEGER NOT NULL DEFAULT 0,  -- who read it for the first time
    likes      INTEGER NOT NULL DEFAULT 0,
    letters    INTEGER NOT NULL DEFAULT 0,
    writers    INTEGER NOT NULL DEFAULT 0,  -- who wrote about it for the first time
    newcomers  INTEGER NOT NULL DEFAULT 0,  -- whose first story of the archive it was
    PRIMARY KEY (story_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX daily_by_archive ON daily (archive_id, day);

CREATE TRIGGER daily_begins AFTER INSERT ON places
WHEN NOT EXISTS (SELECT 1 FROM reader_settings WHERE reader_id = new.reader_id AND NOT counted)
    AND NOT EXISTS (SELECT 1 FROM story_authors sa JOIN authors a ON a.id = sa.author_id
        WHERE sa.story_id = new.story_id AND a.user_id = new.reader_id)
BEGIN
    INSERT INTO daily (archive_id, story_id, day, reads, readers, newcomers)
        SELECT s.archive_id, s.id, CAST(new.read_at / 86400 AS INTEGER), 1, 1, NOT EXISTS (SELECT 1 FROM places p
            JOIN stories o ON o.id = p.story_id WHERE p.reader_id = new.reader_id AND p.story_id <> s.id
            AND o.archive_id = s.archive_id)
        FROM stories s WHERE s.id = new.story_id
        ON CONFLICT (story_id, day) DO UPDATE SET reads = reads + 1, readers = readers + 1,
            newcomers = newcomers + excluded.newcomers;
END;

CREATE TRIGGER daily_goes_on AFTER UPDATE OF read_at ON places
WHEN CAST(new.read_at / 86400 AS INTEGER) > CAST(old.read_at / 86400 AS INTEGER)
    AND NOT EXISTS (SELECT 1 FROM reader_settings WHERE reader_id = new.reader_id AND NOT counted)
    AND NOT EXISTS (SELECT 1 FROM story_authors sa JOIN authors a ON a.id = sa.author_id
        WHERE sa.story_id = new.story_id AND a.user_id = new.reader_id)
BEGIN
    INSERT INTO daily (archive_id, story_id, day, reads)
        SELECT archive_id, id, CAST(new.read_at / 86400 AS INTEGER), 1 FROM stories WHERE id = new.story_id
        ON CONFLICT (story_id, day) DO UPDATE SET reads = reads + 1;
END;

CREATE TRIGGER daily_likes_come AFTER INSERT ON marks
WHEN new.mark = 'liked' AND NOT EXISTS (SELECT 1 FROM reader_settings WHERE reader_id = new.reader_id AND NOT counted)
BEGIN
    INSERT INTO daily (archive_id, story_id, day, likes)
        SELECT archive_id, id, CAST(new.made_at / 86400 AS INTEGER), 1 FROM stories WHERE id = new.story_id
        ON CONFLICT (story_id, day) DO UPDATE SET likes = likes + 1;
END;

CREATE TRIGGER daily_likes_go AFTER DELETE ON marks
WHEN old.mark = 'liked' AND NOT EXISTS (SELECT 1 FROM reader_settings WHERE reader_id = old.reader_id AND NOT counted)
BEGIN
    UPDATE daily SET likes = max(0, likes - 1)
        WHERE story_id = old.story_id AND day = CAST(old.made_at / 86400 AS INTEGER);
END;

CREATE TRIGGER daily_letters_come AFTER INSERT ON letters
WHEN new.direction = 'to_author' AND new.kind = 'letter' AND new.story_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM reader_settings WHERE reader_id = new.writer_id AND NOT counted)
BEGIN
    INSERT INTO daily (archive_id, story_id, day, letters, writers)
        SELECT new.archive_id, new.story_id, CAST(new.stored_at / 86400 AS INTEGER), 1, NOT EXISTS (SELECT 1
            FROM letters WHERE writer_id = new.writer_id AND archive_id = new.archive_id AND direction = 'to_author'
            AND story_id = new.story_id AND id <> new.id)
        FROM stories WHERE id = new.story_id
        ON CONFLICT (story_id, day) DO UPDATE SET letters = letters + 1, writers = writers + excluded.writers;
END;

-- Where new stories are announced, by whose wish, and why that stopped.
ALTER TABLE archives ADD COLUMN announcement_channel_id INTEGER;
ALTER TABLE archives ADD COLUMN announcement_role_id INTEGER;  -- whoever wants to hear of them has it
ALTER TABLE archives ADD COLUMN announcement_pings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE archives ADD COLUMN announcement_problem TEXT NOT NULL DEFAULT '';

-- Stories that came while they are announced somewhere. What was there before is nothing new.
CREATE TABLE announcements (
    story_id   INTEGER PRIMARY KEY REFERENCES stories ON DELETE CASCADE,
    archive_id INTEGER NOT NULL REFERENCES archives,
    noted_at   REAL,  -- when it was first seen to wait
    sent_at    REAL,
    batch      TEXT   -- the nonce of its message
) STRICT;

CREATE INDEX announcements_due ON announcements (archive_id, noted_at) WHERE sent_at IS NULL;
CREATE INDEX announcements_by_batch ON announcements (batch) WHERE batch IS NOT NULL;

CREATE TRIGGER news_of_imports AFTER INSERT ON stories
WHEN new.state = 'published'
    AND EXISTS (SELECT 1 FROM archives WHERE id = new.archive_id AND announcement_channel_id IS NOT NULL)
BEGIN
    INSERT INTO announcements (story_id, archive_id) VALUES (new.id, new.archive_id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER news_of_reviews AFTER UPDATE OF state ON stories
WHEN new.state = 'published' AND old.state = 'withheld'
    AND EXISTS (SELECT 1 FROM archives WHERE id = new.archive_id AND announcement_channel_id IS NOT NULL)
BEGIN
    INSERT INTO announcements (story_id, archive_id) VALUES (new.id, new.archive_id) ON CONFLICT DO NOTHING;
END;

-- Files that authors sent in: they lie at the desk as an upload, and come in when a moderator takes them.
CREATE TABLE submissions (
    id           INTEGER PRIMARY KEY,
    archive_id   INTEGER NOT NULL REFERENCES archives,
    upload_id    INTEGER REFERENCES uploads ON DELETE SET NULL,
    user_id      INTEGER NOT NULL,
    name         TEXT NOT NULL,  -- the pen name that its stories come in under, whatever the file says
    file         TEXT NOT NULL,
    state        TEXT NOT NULL,  -- store.submissions.State
    submitted_at REAL NOT NULL,
    decided_at   REAL
) STRICT;

CREATE INDEX submissions_by_user ON submissions (user_id, id);
CREATE UNIQUE INDEX submissions_by_upload ON submissions (upload_id) WHERE upload_id IS NOT NULL;
CREATE INDEX submissions_by_age ON submissions (decided_at) WHERE decided_at IS NOT NULL;
