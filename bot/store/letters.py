"""This room keeps what readers and authors write to each other."""

from typing import Any, LiteralString, NamedTuple

from bot.domain.delivery import EMAIL_KEPT, Direction, Kind, State, Waits, Wish, why_it_waits
from bot.store import corrections, outbox
from bot.store.outbox import Placed
from bot.store.rules import Rules
from bot.store.sqlite import Reader, Row, Writer


class NewLetter(NamedTuple):
    """A letter about a story as its sender wrote it; empty strings stand for what was left out."""

    story_id: int
    writer_id: int
    sender_name: str
    email: str
    comments: str
    page: int | None
    interaction_id: int
    part: int | None = None
    quote: str = ""


class NewReply(NamedTuple):
    """An answer to a letter, by either side of its conversation."""

    answers_id: int
    direction: Direction
    writer_id: int
    comments: str
    interaction_id: int
    kind: Kind = Kind.REPLY
    sender_name: str = ""


class Receipt(NamedTuple):
    """What a writer may know of a letter."""

    letter_id: int
    conversation_id: int
    direction: Direction
    kind: Kind
    title: str
    author: str
    sender_name: str
    comments: str
    has_email: bool
    email_withheld: bool
    state: State
    replies: int
    ended: bool
    stored_at: float
    waits: Waits | None
    due_at: float | None  # when it goes out, where that is known


class Received(NamedTuple):
    """A letter as whoever it is for may read it; `email` is empty where it must not be shown."""

    letter_id: int
    conversation_id: int
    direction: Direction
    kind: Kind
    story_id: int | None
    title: str
    author: str
    part: int | None
    page: int | None
    quote: str
    sender_name: str
    email: str
    comments: str
    state: State
    stored_at: float


_RECEIPTS: LiteralString = (
    "SELECT l.id AS letter_id, l.conversation_id, l.direction, l.kind, l.title, l.author, l.sender_name, l.comments,"
    " l.email <> '' AS has_email, l.email_withheld, o.state, (SELECT count(*) FROM letters r WHERE r.answers_id = l.id)"
    " AS replies, c.ended_at IS NOT NULL AS ended, l.stored_at, o.due_at,"
    " l.direction = 'to_reader' OR a.user_id IS NOT NULL AS is_here, d.closed_at IS NOT NULL AS is_closed,"
    " coalesce(one.letters, every.letters, 'on') AS wish FROM letters l JOIN outbox o ON o.letter_id = l.id"
    " JOIN conversations c ON c.id = l.conversation_id JOIN authors a ON a.id = l.author_id"
    " LEFT JOIN doors d ON d.user_id = iif(l.direction = 'to_author', a.user_id, c.reader_id)"
    " LEFT JOIN wishes every ON every.author_id = a.id AND coalesce(every.story_id, 0) = 0"
    " LEFT JOIN wishes one ON one.author_id = a.id AND coalesce(one.story_id, 0) = l.story_id"
)
_RECEIVED: LiteralString = (
    "SELECT l.id AS letter_id, l.conversation_id, l.direction, l.kind, l.story_id, l.title, l.author, l.part, l.page,"
    " iif(s.rating > a.rating_limit, '', l.quote) AS quote, l.sender_name,"
    " iif(l.email_withheld OR l.email_until <= :now, '', l.email) AS email, l.comments, o.state, l.stored_at"
    " FROM letters l JOIN outbox o ON o.letter_id = l.id JOIN archives a ON a.id = l.archive_id"
    " LEFT JOIN stories s ON s.id = l.story_id"
)


_SEEN: LiteralString = (
    "(o.state NOT IN ('held', 'declined', 'withdrawn') OR o.state = 'declined' AND o.problem = 'blocked')"
)
"""What stands in an author's inbox: also what their block of a sender keeps from going out. If it went from there, they
would know it for the same person's."""


async def store(db: Writer, letter: NewLetter, now: float, *, held: bool = False) -> Receipt:
    """Stores a letter and puts it into the outbox, where `of_interaction` knows of none yet."""
    conversation_id = await db.insert(
        "INSERT INTO conversations (archive_id, author_id, reader_id, began_at)"
        " SELECT archive_id, author_id, :reader, :now FROM stories WHERE id = :story",
        reader=letter.writer_id,
        story=letter.story_id,
        now=now,
    )
    stored = await db.one(
        "INSERT INTO letters (archive_id, conversation_id, direction, kind, author_id, story_id, title, author, part,"
        " page, quote, writer_id, sender_name, email, email_until, comments, interaction_id, stored_at)"
        " SELECT s.archive_id, :conversation, 'to_author', 'letter', a.id, s.id, s.title, a.name, :part, :page, :quote,"
        " :writer_id, :sender_name, :email, iif(:email = '', NULL, :until), :comments, :interaction_id, :now"
        " FROM stories s JOIN authors a ON a.id = s.author_id WHERE s.id = :story_id RETURNING id, title, author",
        conversation=conversation_id,
        until=now + EMAIL_KEPT,
        now=now,
        **letter._asdict(),
    )
    assert stored is not None
    placed = await outbox.put_letter(db, stored["id"], now, held=held)
    return _first_receipt(letter, conversation_id, stored, placed, now)


def _first_receipt(letter: NewLetter, conversation_id: int, stored: Row, placed: Placed, now: float) -> Receipt:
    """What `receipt` would read of a letter that was just stored."""
    return Receipt(
        stored["id"],
        conversation_id,
        Direction.TO_AUTHOR,
        Kind.LETTER,
        stored["title"],
        stored["author"],
        letter.sender_name,
        letter.comments,
        has_email=bool(letter.email),
        email_withheld=False,
        replies=0,
        ended=False,
        stored_at=now,
        **placed._asdict(),
    )


async def of_interaction(db: Reader, interaction_id: int) -> int | None:
    """The letter that a form became, where it has come before."""
    return await db.value("SELECT id FROM letters WHERE interaction_id = :interaction", interaction=interaction_id)


async def reply(db: Writer, reply: NewReply, now: float) -> int:
    """Stores an answer and puts it into the outbox, where `of_interaction` knows of none yet. Returns its id."""
    letter_id = await db.insert(
        "INSERT INTO letters (archive_id, conversation_id, direction, kind, answers_id, author_id, story_id, title,"
        " author, quote, writer_id, sender_name, email, comments, interaction_id, stored_at)"
        " SELECT l.archive_id, l.conversation_id, :direction, :kind, l.id, l.author_id, l.story_id, l.title, l.author,"
        " '', :writer_id, :sender_name, '', :comments, :interaction_id, :now FROM letters l WHERE l.id = :answers_id",
        now=now,
        **reply._asdict(),
    )
    await outbox.put_letter(db, letter_id, now)
    return letter_id


async def receipt(db: Reader, letter_id: int) -> Receipt:
    row = await db.one(
        f"{_RECEIPTS} WHERE l.id = :id",
        id=letter_id,
    )
    assert row is not None
    return _receipt(dict(row))


def _receipt(row: dict[str, Any]) -> Receipt:
    here, closed, wish = bool(row.pop("is_here")), bool(row.pop("is_closed")), Wish(row.pop("wish"))
    state, direction = State(row["state"]), Direction(row["direction"])
    dated = row["due_at"] is not None
    waits = why_it_waits(direction, wish, here=here, dated=dated, closed=closed) if state is State.WAITING else None
    row |= {"state": state, "direction": direction, "kind": Kind(row["kind"]), "waits": waits}
    row |= {name: bool(row[name]) for name in ("has_email", "email_withheld", "ended")}
    return Receipt(**row)


async def receipts(db: Reader, archive_id: int, writer_id: int, *, before: int, limit: int) -> list[Receipt]:
    """A writer's own letters to authors, newest first, from below letter number `before` on."""
    rows = await db.all(
        f"{_RECEIPTS} WHERE l.writer_id = :writer AND l.archive_id = :archive AND l.direction = 'to_author'"
        " AND l.id < :before ORDER BY l.id DESC LIMIT :limit",
        writer=writer_id,
        archive=archive_id,
        before=before,
        limit=limit,
    )
    return [_receipt(dict(row)) for row in rows]


async def writer(db: Reader, letter_id: int) -> int | None:
    """The account that wrote a letter: for checks, and for a moderator who unmasks."""
    return await db.value("SELECT writer_id FROM letters WHERE id = :id", id=letter_id)


async def inbox(db: Reader, author_id: int, now: float, *, before: int, limit: int) -> list[Received]:
    """An author's letters, whether they went out or wait, newest first, from below letter number `before` on."""
    rows = await db.all(
        f"{_RECEIVED} WHERE l.author_id = :author AND l.direction = 'to_author' AND l.id < :before"
        f" AND {_SEEN} ORDER BY l.id DESC LIMIT :limit",
        author=author_id,
        now=now,
        before=before,
        limit=limit,
    )
    return [_received(dict(row)) for row in rows]


async def at_door(db: Reader, user_id: int, *, limit: int) -> list[Received]:
    """Answers to an account's letters that have not reached it, oldest first."""
    rows = await db.all(
        f"{_RECEIVED} WHERE o.line_id IN (SELECT id FROM lines WHERE reader_id = :user) AND l.direction = 'to_reader'"
        " AND o.state IN ('waiting', 'ready', 'parked', 'refused') ORDER BY l.id LIMIT :limit",
        user=user_id,
        now=0.0,
        limit=limit,
    )
    return [_received(dict(row)) for row in rows]


async def for_reader(db: Reader, user_id: int, letter_id: int) -> Received | None:
    """An answer to a letter of the account's; None where there is none of that number."""
    row = await db.one(
        f"{_RECEIVED} JOIN conversations c ON c.id = l.conversation_id"
        " WHERE l.id = :id AND l.direction = 'to_reader' AND c.reader_id = :user AND o.state <> 'declined'",
        id=letter_id,
        user=user_id,
        now=0.0,
    )
    return None if row is None else _received(dict(row))


async def count_at_door(db: Reader, user_id: int) -> int:
    """How many letters wait for the pen names of an account."""
    return await db.value(
        "SELECT count(*) FROM outbox WHERE state = 'waiting' AND line_id IN"
        " (SELECT l.id FROM lines l JOIN authors a ON a.id = l.author_id WHERE a.user_id = :user)",
        user=user_id,
    )


async def thread(db: Reader, conversation_id: int, now: float) -> list[Received]:
    """A conversation from its first letter on; what was held back or withdrawn is not in it."""
    rows = await db.all(
        f"{_RECEIVED} WHERE l.conversation_id = :conversation AND {_SEEN} ORDER BY l.id",
        conversation=conversation_id,
        now=now,
    )
    return [_received(dict(row)) for row in rows]


def _received(row: dict[str, object]) -> Received:
    return Received(
        **{  # pyright: ignore[reportArgumentType]
            **row,
            "direction": Direction(str(row["direction"])),
            "kind": Kind(str(row["kind"])),
            "state": State(str(row["state"])),
        }
    )


async def forget_email(db: Writer, letter_id: int, writer_id: int, now: float) -> bool:
    """Forgets the address here at once, and in the author's direct message as soon as it can be edited."""
    forgotten = await db.run(
        "UPDATE letters SET email = '', email_until = NULL, email_withheld = 0"
        " WHERE id = :id AND writer_id = :writer AND email <> ''",
        id=letter_id,
        writer=writer_id,
    )
    if forgotten:
        await corrections.want(db, letter_id, now)
    return bool(forgotten)


async def expire_emails(db: Writer, now: float, *, limit: int) -> int:
    """Forgets addresses whose 180 days are over; returns how many."""
    over = await db.all(
        "SELECT id, writer_id FROM letters WHERE email <> '' AND email_until <= :now ORDER BY email_until LIMIT :limit",
        now=now,
        limit=limit,
    )
    for row in over:
        await forget_email(db, row["id"], row["writer_id"], now)
    return len(over)


async def share_email(db: Writer, letter_id: int, writer_id: int, now: float) -> bool:
    """The sender says yes: an address that was withheld from an author who came later is shown."""
    shared = await db.run(
        "UPDATE letters SET email_withheld = 0 WHERE id = :id AND writer_id = :writer AND email_withheld",
        id=letter_id,
        writer=writer_id,
    )
    if shared:
        await corrections.want(db, letter_id, now)
    return bool(shared)


class Counts(NamedTuple):
    """Letters to authors stored since a moment, as limits count them: no further than to the limit."""

    of_sender: int
    to_author: int
    of_archive: int


async def counts(db: Reader, archive_id: int, writer_id: int, author_id: int, since: float, limits: Rules) -> Counts:
    """Those of a large archive are counted only where they may be too many: letters are numbered in turn, so that
    between the first since then and the last there are at most so many."""
    row = await db.one(
        "SELECT (SELECT count(*) FROM (SELECT 1 FROM letters WHERE writer_id = :writer AND stored_at > :since"
        " AND archive_id = :archive AND direction = 'to_author' LIMIT :sender_limit)),"
        " (SELECT count(*) FROM (SELECT 1 FROM letters WHERE author_id = :author AND stored_at > :since"
        " AND direction = 'to_author' LIMIT :author_limit)),"
        " (SELECT iif(most < :archive_limit, most, (SELECT count(*) FROM (SELECT 1 FROM letters"
        " WHERE archive_id = :archive AND stored_at > :since AND direction = 'to_author' LIMIT :archive_limit)))"
        " FROM (SELECT coalesce((SELECT max(id) FROM letters) + 1 - (SELECT id FROM letters WHERE archive_id = :archive"
        " AND stored_at > :since AND direction = 'to_author' ORDER BY stored_at LIMIT 1), 0) AS most))",
        archive=archive_id,
        writer=writer_id,
        author=author_id,
        since=since,
        sender_limit=limits.sender_limit,
        author_limit=limits.author_limit,
        archive_limit=limits.archive_limit,
    )
    assert row is not None
    return Counts(*row)


async def answers(db: Reader, author_id: int, conversation_id: int, since: float) -> tuple[int, int]:
    """How much an author has answered since a moment: everybody, and in one conversation."""
    row = await db.one(
        "SELECT (SELECT count(*) FROM letters"
        " WHERE author_id = :author AND direction = 'to_reader' AND stored_at > :since), (SELECT count(*) FROM letters"
        " WHERE conversation_id = :conversation AND direction = 'to_reader' AND stored_at > :since)",
        author=author_id,
        conversation=conversation_id,
        since=since,
    )
    assert row is not None
    return row[0], row[1]


async def wrote_before(db: Reader, archive_id: int, writer_id: int) -> bool:
    """Whether a letter of this account has got past the moderators of the archive."""
    found = await db.value(
        "SELECT 1 FROM letters l JOIN outbox o ON o.letter_id = l.id WHERE l.writer_id = :writer"
        " AND l.archive_id = :archive AND l.direction = 'to_author'"
        " AND o.state NOT IN ('held', 'declined', 'withdrawn') LIMIT 1",
        writer=writer_id,
        archive=archive_id,
    )
    return found is not None


async def taken_up(db: Reader, letter_id: int) -> bool:
    """Whether somebody has answered a letter, or shown it to the moderators."""
    found = await db.value(
        "SELECT EXISTS (SELECT 1 FROM letters WHERE answers_id = :id)"
        " OR EXISTS (SELECT 1 FROM reports WHERE letter_id = :id)",
        id=letter_id,
    )
    return bool(found)


async def thanked(db: Reader, letter_id: int) -> bool:
    """Whether the author has thanked for a letter."""
    found = await db.value("SELECT 1 FROM letters WHERE answers_id = :id AND kind = 'thanks' LIMIT 1", id=letter_id)
    return found is not None
