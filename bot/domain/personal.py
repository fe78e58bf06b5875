"""This room lists everything that is kept about people: which columns, why, for how long, and what *forget* does.

`PRIVACY.md` says the same, and a test insists; another one compares the list with the schema, so that no column of
a table goes without a word about what it holds.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Holding(NamedTuple):
    """What one table holds about people."""

    table: str
    what: str
    why: str
    seen_by: str
    kept: str
    forget: str
    accounts: tuple[str, ...] = ()  # columns that hold a Discord id of somebody's
    told: tuple[str, ...] = ()  # columns that hold what somebody typed, did or chose; the export has them all
    apart: tuple[str, ...] = ()  # columns about people that an export leaves out: no account of theirs stands beside


PLACE = ("story_id", "part", "paragraph", "within", "anchor")

HOLDINGS = (
    Holding(
        "places", "where you are in each story", "to open a story where you left it", "nobody else",
        "until the story goes", "goes", ("reader_id",), (*PLACE, "read_at", "hidden"),
    ),
    Holding(
        "bookmarks", "your bookmarks and the notes on them", "to find a passage again", "nobody else",
        "until you remove them", "goes", ("reader_id",), (*PLACE, "note", "made_at", "hidden"),
    ),
    Holding(
        "marks", "what you liked, finished, dropped or want to read", "your shelf; likes are counted",
        "nobody else; the number of likes everybody", "until you take them back", "goes", ("reader_id",),
        ("story_id", "mark", "made_at", "hidden"),
    ),
    Holding(
        "reader_settings",
        "how you want to be served: page length, plain text, shared pages, notices, whether you are counted and"
        " spoiled, and whether you were told what becomes of a private page",
        "to serve you so", "nobody else", "until you change it", "goes", ("reader_id",),
        ("page_length", "plain", "shared", "counted", "new_parts", "new_stories", "spoiled", "told"),
    ),
    Holding(
        "seen", "how far you have seen what stories may spoil", "to keep those folded that would tell you more",
        "nobody else", "until you change it", "goes", ("reader_id",), ("list_id", "line"),
    ),
    Holding(
        "follows", "the authors, series and stories you follow", "to tell you what is new", "nobody else",
        "until you let go of them", "goes", ("reader_id",), ("kind", "subject_id", "made_at"),
    ),
    Holding(
        "tidings", "what is new of what you follow and not on its way to you yet",
        "to tell you of it once, and together", "nobody else", "until it is on its way", "goes", ("reader_id",),
        ("story_id", "parts", "due_at", "notice_key"),
    ),
    Holding(
        "letters",
        "what you wrote, with the name you gave (or none), an e-mail address if you gave one, story, page and time",
        "to bring it to whom it is for",
        "whom it is for: name, address and words, never your Discord id; moderators what is held, stuck or reported",
        "the address for 180 days, the rest until you or its reader's archive goes",
        "what did not go out yet goes as a whole; what did stays in its reader's inbox without your account,"
        " name and address",
        ("writer_id",),
        ("kind", "direction", "story_id", "title", "author", "part", "page", "quote", "sender_name", "email",
         "email_until", "email_withheld", "comments", "stored_at"),
        ("interaction_id",),
    ),
    Holding(
        "conversations", "that you and an author write to each other, and whether one of you ended it",
        "so that an answer finds its way", "nobody", "as long as its letters",
        "is ended, and your account is taken out", ("reader_id",), ("began_at", "ended_at", "ended_by"),
    ),
    Holding(
        "lines", "that answers and notices go out to you", "to send them one after another", "nobody",
        "as long as you use the archive", "your account is taken out, and what waited is not sent", ("reader_id",),
    ),
    Holding(
        "notices", "what the bot told you of its own accord", "to deliver it exactly once", "nobody else",
        "180 days", "goes", ("user_id",), ("key", "content", "stored_at"),
    ),
    Holding(
        "parcels",
        "direct messages to you: channel and message id, tries, and the message as drawn until it has arrived",
        "to deliver them exactly once, and to take an e-mail address out of one later", "nobody", "180 days",
        "goes; of a message that holds somebody's address the channel and message id stay until that is out of it",
        ("user_id",), ("channel_id", "message_id", "first_try_at", "payload"),
    ),
    Holding(
        "doors", "the id of your direct message channel, and when it was opened or refused",
        "opening it anew each time looks like spam to Discord, and not to try in vain", "nobody",
        "as long as the bot writes to you", "goes", ("user_id",),
        ("channel_id", "opened_at", "closed_at", "announced_at", "nudged_at", "knocked_at"),
    ),
    Holding(
        "authors", "which pen names are yours, since when, and what you chose for their stories",
        "to deliver letters, and to let you look after your stories", "nobody; the pen name everybody",
        "until you give the name up",
        "your account is taken off the name; name and stories stay (withdraw them first with /pen withdraw)",
        ("user_id",), ("name", "linked_at", "choice"),
    ),
    Holding(
        "wishes", "how an author wants letters, and until when they are away", "to send them so", "the author",
        "as long as the name is yours", "goes", (), ("story_id", "letters", "away_until", "nudge_channel_id"),
    ),
    Holding(
        "blocks", "that an author or moderator takes no letters from you",
        "so that an author need not learn who you are", "nobody; the author sees which letter it was about",
        "until it is lifted or over", "blocks of your own go; a block on you stays, since it protects somebody else",
        ("user_id",), ("blocked_at", "until"), ("author_id", "letter_id"),
    ),
    Holding(
        "reports", "that you reported a letter or a story, and what you said", "for the moderators to look at",
        "moderators see what you said, not your id", "what you said until 180 days after it was settled",
        "your account is taken out; what you said stays while the report is open", ("reporter_id", "settled_by"),
        ("letter_id", "story_id", "page", "reason", "reported_at", "settled_at"),
    ),
    Holding(
        "claims", "that you claimed a pen name, what you said for it, and what came of it",
        "for the moderators to decide", "moderators", "what you said until 180 days after it was decided", "goes",
        ("user_id", "decided_by"), ("proof", "state", "asked_at", "decided_at", "answered_at"),
    ),
    Holding(
        "drafts", "a form that was refused, and what you typed into it", "to open it again", "nobody else", "a day",
        "goes", ("user_id",),
        ("story_id", "letter_id", "page", "about", "quote", "name", "email", "comments", "kept_at"),
        ("interaction_id",),
    ),
    Holding(
        "effects", "what a press did and what was answered", "not to do it twice", "nobody", "a day",
        "goes within a day; no account stands beside it, so that no export can find yours", (), (),
        ("interaction_id", "answer", "stored_at"),
    ),
    Holding(
        "uploads", "files that you sent to the desk, and what reading them found", "to import them story by story",
        "moderators", "7 days, or as the run that took them in; the files themselves until they are settled",
        "your account is taken off them", ("user_id",), ("state", "sent_at", "told", "problem"),
    ),
    Holding(
        "upload_files", "how those files are called", "to tell them apart", "moderators", "as the uploads",
        "stays, without your account", (), ("name",),
    ),
    Holding(
        "submissions", "files that you sent in with /pen submit: name of the file, pen name, what came of it",
        "to lay them before the moderators, and to tell you what they decide", "moderators",
        "180 days after it was decided; the file until then stands with the uploads",
        "goes; a file that waits goes with it", ("user_id",), ("name", "file", "state", "submitted_at", "decided_at"),
    ),
    Holding(
        "proposals", "what you typed into a form about a story, before it is saved",
        "to show it first, and to show it back where somebody else was faster", "you", "a day", "goes", ("user_id",),
        ("story_id", "form", "seen", "typed", "made_at", "saved_at"),
    ),
    Holding(
        "ledger", "what moderators and authors did", "so that it can be answered for",
        "moderators; the author it concerns", "as long as the archive", "the entry stays, without your account", (),
        ("at", "act"),
    ),
    Holding(
        "ledger_persons", "who did it, and the account it was about", "so that it can be answered for",
        "moderators; the author it concerns; neither sees the account it was about", "as the ledger",
        "your account is erased; the entry then says when", ("user_id",), ("role",),
    ),
    Holding(
        "reasons", "the reason that was given for an act on record", "so that it can be answered for",
        "as the ledger", "as the ledger", "is erased where the act was yours or about you", (), ("reason",),
    ),
    Holding(
        "documents", "imported pages as they came, with whatever addresses stood in them, and the addresses found",
        "nothing of an archive is lost, and moderators can find an author", "nobody; the addresses moderators",
        "until the story is withdrawn", "goes with the story: /pen withdraw", (), (), ("content", "contacts"),
    ),
    Holding(
        "listings", "what was looked for in the Fiction Index and by search: filters and words, each once",
        "so that the buttons under a list lead on for ever", "whoever turns its pages", "as long as the archive",
        "stays: nobody's account stands beside it", (), (), ("text",),
    ),
    Holding(
        "ledger_searches", "what moderators looked for in the record: the words, each once",
        "so that the buttons under a page of it lead on for ever", "moderators", "as long as the archive",
        "stays: nobody's account stands beside it", (), (), ("words",),
    ),
    Holding(
        "barred", "authors and stories that must not be imported: names, numbers made from paragraphs",
        "what somebody took back does not come in again", "nobody; moderators where an import is refused",
        "for good", "stays, since it keeps out what you took back", (), (), ("names", "prints"),
    ),
    Holding(
        "forgettings",
        "that somebody asked to be forgotten (the account's id), or withdrew a story (its title, and numbers"
        " made from it)",
        "so that a copy of the database that is brought back forgets it again", "nobody",
        "an account's id for 30 days, as long as a copy may be", "is made by it, and goes by itself after 30 days",
        (), (), ("key", "told", "forgotten_at"),
    ),
)  # fmt: skip

_ID = frozenset({"id", "archive_id"})

IMPERSONAL: Mapping[str, frozenset[str]] = {
    "archives": frozenset({
        "id", "name", "guild_id", "rating_limit", "directory_safe", "moderator_role_id", "nudges", "hold_first",
        "hold_anonymous", "account_days", "member_days", "sender_limit", "author_limit", "archive_limit", "left_at",
        "announcement_channel_id", "announcement_role_id", "announcement_pings", "announcement_problem",
    }),
    "announcements": frozenset({"story_id", "archive_id", "noted_at", "sent_at", "batch"}),
    "authors": _ID | {"name_key"},
    "barred": _ID | {"kind", "barred_at"},
    "blocks": _ID,
    "bookmarks": frozenset({"id"}),
    "changes": frozenset({"run_id", "story_id", "act", "former_edition_id", "former_state", "undone"}),
    "claims": _ID | {"author_id"},
    "conversations": _ID | {"author_id"},
    "corrections": frozenset({"parcel_id", "archive_id", "act", "wanted", "failures", "due_at"}),
    "daily": frozenset({
        "archive_id", "story_id", "day", "reads", "readers", "likes", "letters", "writers", "newcomers",
    }),
    "document_runs": frozenset({"run_id", "document_id"}),
    "documents": _ID | {"path", "digest", "size", "kind", "ranges", "repairs", "warnings"},
    "doors": frozenset(),
    "drafts": _ID,
    "edition_documents": frozenset({"edition_id", "position", "document_id", "story", "parts"}),
    "editions": frozenset({
        "id", "story_id", "run_id", "path", "digest", "relation", "words", "repairs", "emphasis", "prints", "snapshot",
        "added_at",
    }),
    "enclosures": frozenset({"parcel_id", "item_id", "begins", "ends"}),
    "follows": _ID,
    "seen": frozenset({"archive_id"}),
    "episode_lists": _ID | {"name", "name_key"},
    "episodes": frozenset({"list_id", "number", "archive_id", "line"}),
    "forgettings": _ID | {"kind"},
    "amendments": frozenset({"story_id", "field", "archive_id", "value"}),
    "ledger": _ID | {"author_id", "story_id", "letter_id", "run_id", "undoes_id"},
    "ledger_persons": frozenset({"ledger_id", "archive_id", "erased_at"}),
    "ledger_values": frozenset({"ledger_id", "field", "archive_id", "former", "present", "erased_at"}),
    "uploads": _ID | {"run_id"},
    "upload_files": frozenset({"upload_id", "position", "content"}),
    "upload_works": frozenset({
        "upload_id", "position", "document", "story", "told", "doubtful", "skipped", "fixes",
    }),
    "letters": _ID | {"conversation_id", "answers_id", "author_id"},
    "lines": _ID | {"author_id", "opens", "due_at", "silent"},
    "links": frozenset({
        "id", "story_id", "kind", "target", "target_key", "target_id", "confidence", "candidates", "why",
    }),
    "link_rulings": frozenset({"story_id", "kind", "target_key", "archive_id", "target_id"}),
    "memory": frozenset({"key", "value"}),
    "migrations": frozenset({"number", "name", "digest"}),
    "news": _ID | {"story_id", "parts"},
    "notices": _ID,
    "outbox": _ID | {"line_id", "letter_id", "notice_id", "state", "due_at", "alone", "sent", "failures", "problem"},
    "pages": frozenset({"story_id", "number", "part", "paragraph", "within", "anchor", "text"}),
    "parcels": _ID | {"line_id", "state", "mark", "nonce", "attempt", "lease_until", "problem"},
    "parts": frozenset({"story_id", "number", "title", "label", "text"}),
    "reasons": frozenset({"ledger_id", "archive_id", "erased_at"}),
    "reports": _ID,
    "runs": _ID | {"started_at", "finished_at", "undone_at"},
    "series_rulings": frozenset({"series_id", "story_id", "archive_id", "place"}),
    "series": _ID | {"name", "name_key"},
    "sketches": frozenset({"archive_id", "print", "story_id"}),
    "stories": _ID | {
        "author_id", "authors", "series_id", "series_number", "title", "title_key", "sort_key", "rating", "rating_raw",
        "description", "spoilers", "cautions", "note", "notes", "disclaimer", "status", "language", "written", "words",
        "parts", "pages", "part_starts", "scene_breaks", "missing_parts", "warnings", "evidence", "state",
        "state_reason", "state_note", "approved", "added_at", "updated_at", "author_key", "readers", "likes",
        "series_place",
    },
    "presences": frozenset({"archive_id", "kind", "rating", "things"}),
    "tallies": frozenset({"archive_id", "kind", "key", "rating", "name", "stories"}),
    "tombstones": frozenset({
        "story_id", "archive_id", "sort_key", "author_key", "added_at", "updated_at", "words", "readers", "likes",
    }),
    "listings": _ID,
    "tidings": _ID,
    "ledger_searches": _ID,
    "proposals": _ID,
    "submissions": _ID | {"upload_id"},
    "story_authors": frozenset({"story_id", "position", "author_id"}),
    "story_tags": frozenset({"story_id", "archive_id", "kind", "name", "name_key"}),
    "wishes": _ID | {"author_id"},
}  # fmt: skip
"""The columns that say nothing about a person who uses the archive: what stories are made of, and how things hang
together."""
