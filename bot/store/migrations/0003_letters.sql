ALTER TABLE archives ADD COLUMN nudges INTEGER NOT NULL DEFAULT 0;           -- may authors with closed DMs be nudged in a channel?
ALTER TABLE archives ADD COLUMN moderator_role_id INTEGER;                   -- whoever has it looks after the archive, as managers do
ALTER TABLE archives ADD COLUMN hold_first INTEGER NOT NULL DEFAULT 0;       -- a sender's first letter waits for a moderator
ALTER TABLE archives ADD COLUMN hold_anonymous INTEGER NOT NULL DEFAULT 0;   -- so does one without a name
ALTER TABLE archives ADD COLUMN account_days INTEGER NOT NULL DEFAULT 0;     -- how old an account must be to write
ALTER TABLE archives ADD COLUMN member_days INTEGER NOT NULL DEFAULT 0;      -- and how long it must have been in the server
ALTER TABLE archives ADD COLUMN sender_limit INTEGER NOT NULL DEFAULT 30;    -- letters a day from one sender
ALTER TABLE archives ADD COLUMN author_limit INTEGER NOT NULL DEFAULT 1000;  -- to one author
ALTER TABLE archives ADD COLUMN archive_limit INTEGER NOT NULL DEFAULT 10000;

DROP INDEX outbox_lines;
ALTER TABLE outbox RENAME TO former_outbox;
ALTER TABLE letters RENAME TO former_letters;

-- What one letter began, between a pen name and whoever wrote. One for each first letter: two letters of one
-- reader, one of them anonymous, must not be known for one reader's.
CREATE TABLE conversations (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    author_id  INTEGER NOT NULL REFERENCES authors,
    reader_id  INTEGER NOT NULL,  -- Discord account, shown to nobody
    began_at   REAL NOT NULL,
    ended_at   REAL,
    ended_by   TEXT               -- author or reader
) STRICT;

CREATE INDEX conversations_by_author ON conversations (author_id, id);
CREATE INDEX conversations_by_reader ON conversations (reader_id, id);

CREATE TABLE letters (
    id              INTEGER PRIMARY KEY,
    archive_id      INTEGER NOT NULL REFERENCES archives,
    conversation_id INTEGER NOT NULL REFERENCES conversations,
    direction       TEXT NOT NULL,  -- domain.delivery.Direction
    kind            TEXT NOT NULL,  -- domain.delivery.Kind
    answers_id      INTEGER REFERENCES letters,
    author_id       INTEGER NOT NULL REFERENCES authors,
    story_id        INTEGER REFERENCES stories ON DELETE SET NULL,
    title           TEXT NOT NULL,  -- as story and author were called when it was written: what is sent never changes
    author          TEXT NOT NULL,
    part            INTEGER,        -- where the form was opened
    page            INTEGER,
    quote           TEXT NOT NULL,  -- the passage it is about; empty: none, or none that may be shown in a DM
    writer_id       INTEGER NOT NULL,
    sender_name     TEXT NOT NULL,  -- empty: anonymous
    email           TEXT NOT NULL,  -- empty: none given, or forgotten
    email_until     REAL,
    email_withheld  INTEGER NOT NULL DEFAULT 0,  -- older than the author's link: not shown before its sender says yes
    comments        TEXT NOT NULL,
    interaction_id  INTEGER NOT NULL UNIQUE,  -- a form that arrives twice is one letter
    stored_at       REAL NOT NULL
) STRICT;

CREATE INDEX letters_by_conversation ON letters (conversation_id, id);
-- Each form counts the letters of a day: from these alone, whatever the letters themselves hold.
CREATE INDEX letters_by_writer ON letters (writer_id, archive_id, direction, stored_at);
CREATE INDEX letters_by_author ON letters (author_id, direction, stored_at);
CREATE INDEX letters_by_archive ON letters (archive_id, direction, stored_at);
CREATE INDEX letters_by_answer ON letters (answers_id) WHERE answers_id IS NOT NULL;
CREATE INDEX letters_by_email ON letters (email_until) WHERE email <> '';

-- What goes out to one author or reader, one message after another.
CREATE TABLE lines (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    author_id  INTEGER UNIQUE REFERENCES authors,  -- a pen name's; its account may not be known yet
    reader_id  INTEGER,                            -- an account's
    opens      INTEGER NOT NULL DEFAULT 1,  -- its DM channel has to be opened first
    due_at     REAL,                        -- when it next wants a try; NULL: nothing in it is to go out
    silent     INTEGER,                     -- nobody answered the last try: for how many failures that counted
    CHECK ((author_id IS NULL) <> (reader_id IS NULL)),
    UNIQUE (reader_id, archive_id)
) STRICT;

CREATE INDEX lines_due ON lines (opens, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX lines_silent ON lines (due_at) WHERE silent IS NOT NULL;

-- A message that a part of Talebearer sends of its own accord: a question, a result, an announcement.
CREATE TABLE notices (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    user_id    INTEGER NOT NULL,
    key        TEXT NOT NULL,  -- a second one of that key is the first
    content    TEXT NOT NULL,  -- JSON {title, text, buttons: [[label, verb, number, …], …]}
    stored_at  REAL NOT NULL,
    UNIQUE (user_id, archive_id, key)
) STRICT;

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,  -- the order of storing
    archive_id INTEGER NOT NULL REFERENCES archives,
    line_id    INTEGER NOT NULL REFERENCES lines,
    letter_id  INTEGER UNIQUE REFERENCES letters ON DELETE CASCADE,
    notice_id  INTEGER UNIQUE REFERENCES notices ON DELETE CASCADE,
    state      TEXT NOT NULL,  -- domain.delivery.State
    due_at     REAL,           -- of one that waits for a date: when it joins its line
    alone      INTEGER NOT NULL DEFAULT 0,  -- it was refused with others and now goes by itself
    sent       INTEGER NOT NULL DEFAULT 0,  -- characters of a letter's comments that earlier messages brought
    failures   INTEGER NOT NULL DEFAULT 0,
    problem    TEXT NOT NULL DEFAULT '',
    CHECK ((letter_id IS NULL) <> (notice_id IS NULL))
) STRICT;

CREATE INDEX outbox_ready ON outbox (line_id, id) WHERE state = 'ready';
CREATE INDEX outbox_waiting ON outbox (line_id, id) WHERE state = 'waiting';
CREATE INDEX outbox_dated ON outbox (due_at) WHERE state = 'waiting' AND due_at IS NOT NULL;
CREATE INDEX outbox_desk ON outbox (archive_id, state, id) WHERE state IN ('held', 'parked', 'refused');

-- What one direct message carries, fixed before its first try; numbers are never used again, they are its mark.
CREATE TABLE parcels (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    archive_id   INTEGER NOT NULL REFERENCES archives,
    line_id      INTEGER NOT NULL REFERENCES lines,
    user_id      INTEGER NOT NULL,
    state        TEXT NOT NULL,  -- domain.delivery.Trip
    payload      TEXT NOT NULL,  -- JSON {embeds, components} as drawn, without e-mail addresses; empty once it is delivered
    mark         TEXT NOT NULL,  -- the custom id of a button by which its message is known
    nonce        TEXT NOT NULL UNIQUE,
    attempt      INTEGER NOT NULL DEFAULT 1,  -- fences: only who holds the newest may settle
    first_try_at REAL NOT NULL,
    lease_until  REAL,
    channel_id   INTEGER,
    message_id   INTEGER,
    problem      TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE UNIQUE INDEX parcels_open ON parcels (line_id) WHERE state IN ('leased', 'unknown');

CREATE TABLE enclosures (
    parcel_id INTEGER NOT NULL REFERENCES parcels ON DELETE CASCADE,
    item_id   INTEGER NOT NULL REFERENCES outbox ON DELETE CASCADE,
    begins    INTEGER NOT NULL,  -- which characters of the letter's comments this message brings
    ends      INTEGER NOT NULL,
    PRIMARY KEY (parcel_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX enclosures_by_item ON enclosures (item_id);

-- Messages that must be brought up to date: an e-mail address is forgotten, or may now be shown.
CREATE TABLE corrections (
    parcel_id  INTEGER PRIMARY KEY REFERENCES parcels ON DELETE CASCADE,
    archive_id INTEGER NOT NULL REFERENCES archives,
    act        TEXT NOT NULL,              -- edit, or delete where it can be edited no more
    wanted     INTEGER NOT NULL DEFAULT 1, -- counts the wishes: what was done for an older one is done again
    failures   INTEGER NOT NULL DEFAULT 0,
    due_at     REAL                        -- NULL while the message is not delivered yet
) STRICT;

CREATE INDEX corrections_due ON corrections (due_at) WHERE due_at IS NOT NULL;

-- The way to an account.
CREATE TABLE doors (
    user_id      INTEGER PRIMARY KEY,
    channel_id   INTEGER,
    opened_at    REAL,
    closed_at    REAL,  -- when it last refused a direct message; NULL: it is not known to
    announced_at REAL,  -- when it was last told that something waits for it
    knocked_at   REAL,  -- when it last had its direct messages tried again
    nudged_at    REAL
) STRICT;

CREATE INDEX doors_by_opening ON doors (opened_at) WHERE opened_at IS NOT NULL;

-- Whether, when and how letters reach an author; one row for everything, and one for each story that is an exception.
CREATE TABLE wishes (
    id               INTEGER PRIMARY KEY,
    archive_id       INTEGER NOT NULL REFERENCES archives,
    author_id        INTEGER NOT NULL REFERENCES authors,
    story_id         INTEGER REFERENCES stories ON DELETE CASCADE,
    letters          TEXT NOT NULL,  -- domain.delivery.Wish
    away_until       REAL,
    nudge_channel_id INTEGER
) STRICT;

CREATE UNIQUE INDEX wishes_by_story ON wishes (author_id, coalesce(story_id, 0));

-- Blind: the author names a letter, never its writer.
CREATE TABLE blocks (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    author_id  INTEGER REFERENCES authors,  -- NULL: a moderator's, for the whole archive
    user_id    INTEGER NOT NULL,
    letter_id  INTEGER REFERENCES letters,
    blocked_at REAL NOT NULL,
    until      REAL
) STRICT;

CREATE INDEX blocks_by_user ON blocks (user_id, archive_id);
CREATE INDEX blocks_by_author ON blocks (author_id, id);

CREATE TABLE reports (
    id          INTEGER PRIMARY KEY,
    archive_id  INTEGER NOT NULL REFERENCES archives,
    letter_id   INTEGER REFERENCES letters,
    story_id    INTEGER REFERENCES stories ON DELETE CASCADE,
    page        INTEGER,  -- of the story, as it is stored; NULL: all of it
    reporter_id INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    reported_at REAL NOT NULL,
    settled_at  REAL,
    settled_by  INTEGER,
    CHECK ((letter_id IS NULL) <> (story_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX reports_of_letters ON reports (letter_id, reporter_id) WHERE letter_id IS NOT NULL;
CREATE UNIQUE INDEX reports_of_stories ON reports (story_id, reporter_id) WHERE story_id IS NOT NULL AND settled_at IS NULL;
CREATE INDEX reports_open ON reports (archive_id, id) WHERE settled_at IS NULL;

CREATE TABLE claims (
    id         INTEGER PRIMARY KEY,
    archive_id INTEGER NOT NULL REFERENCES archives,
    author_id  INTEGER NOT NULL REFERENCES authors,
    user_id    INTEGER NOT NULL,
    proof      TEXT NOT NULL,  -- what the claimant says for it; a code of the archive's
    state      TEXT NOT NULL,  -- domain.claims.ClaimState
    asked_at   REAL NOT NULL,
    decided_at REAL,
    decided_by INTEGER,
    answered_at REAL
) STRICT;

CREATE INDEX claims_by_state ON claims (archive_id, state, id);
CREATE INDEX claims_by_author ON claims (author_id, id);
CREATE INDEX claims_by_user ON claims (user_id, id);

-- What an author who claimed a name chose for what stands under it.
ALTER TABLE authors ADD COLUMN choice TEXT NOT NULL DEFAULT '';
ALTER TABLE authors ADD COLUMN linked_at REAL;
CREATE INDEX authors_by_user ON authors (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE drafts (
    id             INTEGER PRIMARY KEY,
    archive_id     INTEGER NOT NULL REFERENCES archives,
    user_id        INTEGER NOT NULL,
    story_id       INTEGER REFERENCES stories ON DELETE CASCADE,
    letter_id      INTEGER REFERENCES letters ON DELETE CASCADE,  -- the one it answers
    page           INTEGER,
    about          TEXT NOT NULL,
    quote          TEXT NOT NULL,
    name           TEXT NOT NULL,
    email          TEXT NOT NULL,
    comments       TEXT NOT NULL,
    interaction_id INTEGER NOT NULL UNIQUE,
    kept_at        REAL NOT NULL
) STRICT;

CREATE INDEX drafts_by_age ON drafts (kept_at);

-- What was done for an interaction: one that is replayed is answered from here.
CREATE TABLE effects (
    interaction_id INTEGER PRIMARY KEY,
    answer         TEXT NOT NULL,
    stored_at      REAL NOT NULL
) STRICT;

CREATE INDEX effects_by_age ON effects (stored_at);

-- What 0001 held. A letter becomes a conversation of one letter; what is or may be with Discord becomes a parcel.
INSERT INTO conversations (id, archive_id, author_id, reader_id, began_at)
SELECT l.id, a.archive_id, l.author_id, l.sender_id, l.stored_at
FROM former_letters l JOIN authors a ON a.id = l.author_id;

INSERT INTO letters (id, archive_id, conversation_id, direction, kind, author_id, story_id, title, author, page, quote,
    writer_id, sender_name, email, email_until, comments, interaction_id, stored_at)
SELECT l.id, a.archive_id, l.id, 'to_author', 'letter', l.author_id, l.story_id, l.title, l.author, l.page, '',
    l.sender_id, l.sender_name, l.email, iif(l.email = '', NULL, l.stored_at + 180 * 86400.0), l.comments,
    l.interaction_id, l.stored_at
FROM former_letters l JOIN authors a ON a.id = l.author_id;

INSERT INTO doors (user_id, channel_id, opened_at)
SELECT user_id, channel_id, NULL FROM dm_channels;

INSERT INTO doors (user_id, closed_at)
SELECT user_id, max(closed_at) FROM authors WHERE user_id IS NOT NULL AND closed_at IS NOT NULL GROUP BY user_id
ON CONFLICT (user_id) DO UPDATE SET closed_at = excluded.closed_at;

INSERT INTO lines (id, archive_id, author_id, opens, due_at)
SELECT a.id, a.archive_id, a.id, d.channel_id IS NULL,
    (SELECT iif(o.state = 'leased', o.lease_until, o.due_at) FROM former_outbox o
     WHERE o.author_id = a.id AND o.state IN ('ready', 'leased', 'unknown') ORDER BY o.letter_id LIMIT 1)
FROM authors a LEFT JOIN doors d ON d.user_id = a.user_id;

INSERT INTO outbox (id, archive_id, line_id, letter_id, state, sent, failures, problem)
SELECT o.letter_id, l.archive_id, l.author_id, l.id, iif(o.state IN ('leased', 'unknown'), 'sending', o.state),
    iif(o.state = 'delivered', length(l.comments), 0), o.failures, o.problem
FROM former_outbox o JOIN letters l ON l.id = o.letter_id;

INSERT INTO parcels (id, archive_id, line_id, user_id, state, payload, mark, nonce, attempt, first_try_at,
    lease_until, channel_id, message_id, problem)
SELECT l.id, l.archive_id, l.author_id, o.user_id, o.state, '', 'v1:mail:' || l.id || ':' || l.story_id, o.nonce,
    o.attempt, o.first_try_at, o.lease_until, o.channel_id, o.message_id, o.problem
FROM former_outbox o JOIN letters l ON l.id = o.letter_id
WHERE o.state IN ('leased', 'unknown', 'delivered') AND o.user_id IS NOT NULL AND o.first_try_at IS NOT NULL;

INSERT INTO enclosures (parcel_id, item_id, begins, ends)
SELECT p.id, p.id, 0, length(l.comments) FROM parcels p JOIN letters l ON l.id = p.id;

DROP TABLE former_outbox;
DROP TABLE former_letters;
DROP TABLE dm_channels;
ALTER TABLE authors DROP COLUMN closed_at;
UPDATE authors SET linked_at = 0 WHERE user_id IS NOT NULL;
