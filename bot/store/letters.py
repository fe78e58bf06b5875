"""This room keeps letters and the outbox they leave by."""

from typing import LiteralString, NamedTuple

from bot.domain.delivery import CLOSED, LEASE, Delivered, State, Step
from bot.store.sqlite import Reader, Writer


class NewLetter(NamedTuple):
    """A letter as its sender wrote it; empty strings stand for what was left out."""

    story_id: int
    sender_id: int
    sender_name: str
    email: str
    comments: str
    page: int | None
    interaction_id: int


class Parcel(NamedTuple):
    """A leased letter with everything its delivery needs; what is sent stays the same over all tries."""

    letter_id: int
    attempt: int
    failures: int
    user_id: int
    nonce: str
    first_try_at: float
    repeated: bool  # an earlier try may have arrived
    channel_id: int | None
    author: str
    story_id: int
    title: str
    page: int | None
    sender_name: str
    email: str
    comments: str
    stored_at: float


class Receipt(NamedTuple):
    """What a sender may know of a letter."""

    letter_id: int
    title: str
    author: str
    state: State


async def store(db: Writer, letter: NewLetter, nonce: str, now: float) -> int:
    """Stores a letter with its outbox row; the same form sent twice is one letter. Returns its id."""
    known = await db.value(
        "SELECT id FROM letters WHERE interaction_id = :interaction", interaction=letter.interaction_id
    )
    if known is not None:
        return known
    letter_id = await db.insert(
        "INSERT INTO letters (story_id, author_id, title, author, sender_id, sender_name, email, comments, page,"
        " interaction_id, stored_at) SELECT s.id, a.id, s.title, a.name, :sender_id, :sender_name, :email, :comments,"
        " :page, :interaction_id, :now FROM stories s JOIN authors a ON a.id = s.author_id WHERE s.id = :story_id",
        now=now,
        **letter._asdict(),
    )
    await db.run(
        "INSERT INTO outbox (letter_id, author_id, state, nonce, due_at) SELECT l.id, a.id,"
        " iif(a.user_id IS NULL OR a.closed_at > :now - :closed, :waiting, :ready), :nonce, :now"
        " FROM letters l JOIN authors a ON a.id = l.author_id WHERE l.id = :id",
        id=letter_id,
        nonce=nonce,
        now=now,
        closed=CLOSED,
        waiting=State.WAITING,
        ready=State.READY,
    )
    return letter_id


async def receipt(db: Reader, letter_id: int) -> Receipt:
    row = await db.one(
        "SELECT l.id, l.title, l.author, o.state FROM letters l JOIN outbox o ON o.letter_id = l.id WHERE l.id = :id",
        id=letter_id,
    )
    assert row is not None
    return Receipt(row["id"], row["title"], row["author"], State(row["state"]))


async def link(db: Writer, author_id: int, user_id: int, now: float) -> int:
    """Ties a pen name to an account and sends what waited for it; returns how many letters that are.

    A letter whose outcome is unknown stays with the account it was tried at.
    """
    await db.run("UPDATE authors SET user_id = :user, closed_at = NULL WHERE id = :id", id=author_id, user=user_id)
    return await send_waiting(db, author_id, now)


async def send_waiting(db: Writer, author_id: int, now: float) -> int:
    """Puts what waits for an author into the line; returns how many letters that are."""
    return await db.run(
        "UPDATE outbox SET state = :ready, due_at = :now, failures = 0, problem = ''"
        " WHERE state = :waiting AND author_id = :id",
        id=author_id,
        now=now,
        ready=State.READY,
        waiting=State.WAITING,
    )


async def release(db: Writer, now: float) -> None:
    """Takes back the leases of a process that is gone: each of its letters may or may not have arrived."""
    await db.run(
        "UPDATE outbox SET state = :unknown, due_at = :now, lease_until = NULL WHERE state = :leased",
        unknown=State.UNKNOWN,
        leased=State.LEASED,
        now=now,
    )


# A letter is at the head of its author's line where no older one of that author is still to go out.
_HEADS: LiteralString = (
    " FROM outbox o WHERE o.state IN ('ready', 'leased', 'unknown') AND NOT EXISTS"
    " (SELECT 1 FROM outbox older WHERE older.author_id = o.author_id AND older.letter_id < o.letter_id"
    " AND older.state IN ('ready', 'leased', 'unknown'))"
)
_DUE: LiteralString = "iif(o.state = 'leased', o.lease_until, o.due_at)"


async def next_due(db: Reader) -> float | None:
    """When the next letter wants a try, in seconds since the epoch."""
    return await db.value(f"SELECT min({_DUE}){_HEADS}")


async def claim(db: Writer, now: float) -> Parcel | None:
    """Leases a letter that is due, of one author always the oldest: letters arrive in the order of storing.

    The account it goes to is fixed with the first try and stays until the outcome is known.
    """
    head = await db.one(
        f"SELECT o.letter_id, o.state <> 'ready' AS repeated{_HEADS} AND {_DUE} <= :now ORDER BY {_DUE} LIMIT 1",
        now=now,
    )
    if head is None:
        return None
    await db.run(
        "UPDATE outbox SET state = :leased, attempt = attempt + 1, lease_until = :until,"
        " first_try_at = coalesce(first_try_at, :now), user_id = coalesce(user_id, (SELECT a.user_id"
        " FROM authors a WHERE a.id = author_id)) WHERE letter_id = :id",
        id=head["letter_id"],
        leased=State.LEASED,
        until=now + LEASE,
        now=now,
    )
    return await _parcel(db, head["letter_id"], repeated=bool(head["repeated"]))


async def _parcel(db: Reader, letter_id: int, *, repeated: bool) -> Parcel:
    row = await db.one(
        "SELECT o.letter_id, o.attempt, o.failures, o.user_id, o.nonce, o.first_try_at, d.channel_id, l.author,"
        " l.story_id, l.title, l.page, l.sender_name, l.email, l.comments, l.stored_at"
        " FROM outbox o JOIN letters l ON l.id = o.letter_id LEFT JOIN dm_channels d ON d.user_id = o.user_id"
        " WHERE o.letter_id = :id",
        id=letter_id,
    )
    assert row is not None
    return Parcel(**dict(row), repeated=repeated)


async def settle(db: Writer, parcel: Parcel, step: Step) -> bool:
    """Writes what became of a try; False where another postman has taken the letter over since.

    An outcome that is known frees the letter from the account it was tried at.
    """
    changed = await db.run(
        "UPDATE outbox SET state = :state, due_at = :due, lease_until = NULL, problem = :problem,"
        " failures = failures + 1,"
        " first_try_at = iif(:state IN ('unknown', 'delivered'), first_try_at, NULL),"
        " user_id = iif(:state IN ('unknown', 'delivered'), user_id, NULL)"
        " WHERE letter_id = :id AND attempt = :attempt AND state = :leased",
        id=parcel.letter_id,
        attempt=parcel.attempt,
        state=step.state,
        due=step.due_at,
        problem=step.problem,
        leased=State.LEASED,
    )
    return bool(changed)


async def delivered(db: Writer, parcel: Parcel, outcome: Delivered, now: float) -> None:
    """Remembers the message a letter became and the way to its author; what waited because it was closed follows."""
    await db.run(
        "UPDATE outbox SET channel_id = :channel, message_id = :message WHERE letter_id = :id",
        id=parcel.letter_id,
        channel=outcome.channel_id,
        message=outcome.message_id,
    )
    await remember_channel(db, parcel.user_id, outcome.channel_id)
    author_id = await db.value("SELECT author_id FROM outbox WHERE letter_id = :id", id=parcel.letter_id)
    await db.run("UPDATE authors SET closed_at = NULL WHERE id = :id", id=author_id)
    await send_waiting(db, author_id, now)


async def closed(db: Writer, parcel: Parcel, now: float) -> None:
    """Remembers that an author takes no direct messages; the letters that stand in the line wait as well."""
    await db.run(
        "UPDATE authors SET closed_at = :now WHERE user_id = :user",
        user=parcel.user_id,
        now=now,
    )
    await db.run(
        "UPDATE outbox SET state = :waiting WHERE state = :ready"
        " AND author_id IN (SELECT id FROM authors WHERE user_id = :user)",
        user=parcel.user_id,
        waiting=State.WAITING,
        ready=State.READY,
    )


async def remember_channel(db: Writer, user_id: int, channel_id: int) -> None:
    """Keeps the id of a DM channel: opening it again costs a request and looks like spam."""
    await db.run(
        "INSERT INTO dm_channels (user_id, channel_id) VALUES (:user, :channel)"
        " ON CONFLICT (user_id) DO UPDATE SET channel_id = :channel",
        user=user_id,
        channel=channel_id,
    )
