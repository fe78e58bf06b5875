"""This room keeps letters and the outbox they leave by."""

from typing import NamedTuple

from bot.domain.delivery import LEASE, Delivered, State, Step
from bot.domain.models import Rating
from bot.store.sqlite import Reader, Row, Writer


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
    """A leased letter with everything its delivery needs; it stays the same over all tries."""

    letter_id: int
    attempt: int
    user_id: int
    nonce: str
    first_try_at: float
    repeated: bool  # an earlier try may have arrived
    channel_id: int | None
    author: str
    story_id: int
    title: str
    rating: Rating
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
        "INSERT INTO letters (story_id, author_id, sender_id, sender_name, email, comments, page, interaction_id,"
        " stored_at) SELECT :story_id, author_id, :sender_id, :sender_name, :email, :comments, :page,"
        " :interaction_id, :now FROM stories WHERE id = :story_id",
        now=now,
        **letter._asdict(),
    )
    await db.run(
        "INSERT INTO outbox (letter_id, state, nonce, due_at) SELECT :id, iif(a.user_id IS NULL, :waiting, :ready),"
        " :nonce, :now FROM letters l JOIN authors a ON a.id = l.author_id WHERE l.id = :id",
        id=letter_id,
        nonce=nonce,
        now=now,
        waiting=State.WAITING,
        ready=State.READY,
    )
    return letter_id


async def receipt(db: Reader, letter_id: int) -> Receipt:
    row = await db.one(
        "SELECT l.id, s.title, a.name, o.state FROM letters l JOIN stories s ON s.id = l.story_id"
        " JOIN authors a ON a.id = l.author_id JOIN outbox o ON o.letter_id = l.id WHERE l.id = :id",
        id=letter_id,
    )
    assert row is not None
    return Receipt(row["id"], row["title"], row["name"], State(row["state"]))


async def link(db: Writer, author_id: int, user_id: int, now: float) -> int:
    """Ties a pen name to an account and sends what waited for it; returns how many letters that are.

    A letter whose outcome is unknown stays with the account it was tried at.
    """
    await db.run("UPDATE authors SET user_id = :user WHERE id = :id", id=author_id, user=user_id)
    return await db.run(
        "UPDATE outbox SET state = :ready, due_at = :now, attempt = 0, problem = '', user_id = NULL,"
        " first_try_at = NULL WHERE state = :waiting"
        " AND letter_id IN (SELECT id FROM letters WHERE author_id = :id)",
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


async def next_due(db: Reader) -> float | None:
    """When the next letter wants a try, in seconds since the epoch."""
    return await db.value(
        "SELECT min(iif(state = 'leased', lease_until, due_at)) FROM outbox"
        " WHERE state IN ('ready', 'leased', 'unknown')"
    )


async def claim(db: Writer, now: float) -> Parcel | None:
    """Leases the letter that has been due longest, oldest first for each author.

    The account it goes to is fixed with the first try and stays until the outcome is known.
    """
    letter_id = await db.value(
        "SELECT letter_id FROM outbox WHERE state IN ('ready', 'leased', 'unknown')"
        " AND iif(state = 'leased', lease_until, due_at) <= :now ORDER BY letter_id LIMIT 1",
        now=now,
    )
    if letter_id is None:
        return None
    repeated = await db.value("SELECT state <> 'ready' FROM outbox WHERE letter_id = :id", id=letter_id)
    await db.run(
        "UPDATE outbox SET state = :leased, attempt = attempt + 1, lease_until = :until,"
        " first_try_at = coalesce(first_try_at, :now), user_id = coalesce(user_id, (SELECT a.user_id"
        " FROM letters l JOIN authors a ON a.id = l.author_id WHERE l.id = :id)) WHERE letter_id = :id",
        id=letter_id,
        leased=State.LEASED,
        until=now + LEASE,
        now=now,
    )
    return await _parcel(db, letter_id, repeated=bool(repeated))


async def _parcel(db: Reader, letter_id: int, *, repeated: bool) -> Parcel:
    row = await db.one(
        "SELECT o.letter_id, o.attempt, o.user_id, o.nonce, o.first_try_at, :repeated AS repeated, d.channel_id,"
        " a.name AS author, s.id, s.title, s.rating, l.page, l.sender_name, l.email, l.comments, l.stored_at"
        " FROM outbox o JOIN letters l ON l.id = o.letter_id JOIN authors a ON a.id = l.author_id"
        " JOIN stories s ON s.id = l.story_id LEFT JOIN dm_channels d ON d.user_id = o.user_id"
        " WHERE o.letter_id = :id",
        id=letter_id,
        repeated=repeated,
    )
    assert row is not None
    return _as_parcel(row)


def _as_parcel(row: Row) -> Parcel:
    return Parcel(*row)._replace(rating=Rating(row["rating"]), repeated=bool(row["repeated"]))


async def settle(db: Writer, parcel: Parcel, step: Step) -> bool:
    """Writes what became of a try; False where another postman has taken the letter over since.

    An outcome that is known frees the letter from the account it was tried at.
    """
    changed = await db.run(
        "UPDATE outbox SET state = :state, due_at = :due, lease_until = NULL, problem = :problem,"
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


async def delivered(db: Writer, parcel: Parcel, outcome: Delivered) -> None:
    """Remembers the message a letter became, and the way to its author."""
    await db.run(
        "UPDATE outbox SET channel_id = :channel, message_id = :message WHERE letter_id = :id",
        id=parcel.letter_id,
        channel=outcome.channel_id,
        message=outcome.message_id,
    )
    await remember_channel(db, parcel.user_id, outcome.channel_id)


async def remember_channel(db: Writer, user_id: int, channel_id: int) -> None:
    """Keeps the id of a DM channel: opening it again costs a request and looks like spam."""
    await db.run(
        "INSERT INTO dm_channels (user_id, channel_id) VALUES (:user, :channel)"
        " ON CONFLICT (user_id) DO UPDATE SET channel_id = :channel",
        user=user_id,
        channel=channel_id,
    )
