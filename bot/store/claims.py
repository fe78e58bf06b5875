"""This room ties pen names to accounts, and keeps who asked for that."""

from typing import LiteralString, NamedTuple

from bot.domain.claims import Choice, ClaimState
from bot.store import doors, lines, outbox
from bot.store.sqlite import Reader, Writer


class Claim(NamedTuple):
    """An account that says a pen name is its own."""

    id: int
    archive_id: int
    author_id: int
    author: str
    user_id: int
    proof: str
    state: ClaimState
    asked_at: float


async def ask(db: Writer, archive_id: int, author_id: int, user_id: int, proof: str, now: float) -> int:
    """Stores a claim; one that is open already is the same one. Returns its id."""
    known = await db.value(
        "SELECT id FROM claims WHERE author_id = :author AND user_id = :user AND state IN ('asked', 'offered')",
        author=author_id,
        user=user_id,
    )
    if known is not None:
        return known
    return await db.insert(
        "INSERT INTO claims (archive_id, author_id, user_id, proof, state, asked_at)"
        " VALUES (:archive, :author, :user, :proof, 'asked', :now)",
        archive=archive_id,
        author=author_id,
        user=user_id,
        proof=proof,
        now=now,
    )


_CLAIMS: LiteralString = (
    "SELECT c.id, c.archive_id, c.author_id, a.name AS author, c.user_id, c.proof, c.state, c.asked_at"
    " FROM claims c JOIN authors a ON a.id = c.author_id"
)


async def get(db: Reader, claim_id: int) -> Claim | None:
    row = await db.one(f"{_CLAIMS} WHERE c.id = :id", id=claim_id)
    return None if row is None else _claim(dict(row))


def _claim(row: dict[str, object]) -> Claim:
    return Claim(**{**row, "state": ClaimState(str(row["state"]))})  # pyright: ignore[reportArgumentType]


async def open_ones(db: Reader, archive_id: int, *, after: int, limit: int) -> list[Claim]:
    """The oldest claims that a moderator has to look at, from beyond number `after` on."""
    rows = await db.all(
        f"{_CLAIMS} WHERE c.archive_id = :archive AND c.state = 'asked' AND c.id > :after ORDER BY c.id LIMIT :limit",
        archive=archive_id,
        after=after,
        limit=limit,
    )
    return [_claim(dict(row)) for row in rows]


async def offered(db: Reader, author_id: int, user_id: int) -> int | None:
    """The number of the claim that an account has been asked about and has not answered."""
    return await db.value(
        "SELECT id FROM claims WHERE author_id = :author AND user_id = :user AND state = 'offered'",
        author=author_id,
        user=user_id,
    )


async def decide(db: Writer, claim_id: int, state: ClaimState, moderator_id: int, now: float) -> bool:
    """A moderator's yes (OFFERED) or no (DECLINED); False where another has decided."""
    return bool(
        await db.run(
            "UPDATE claims SET state = :state, decided_at = :now, decided_by = :moderator"
            " WHERE id = :id AND state = 'asked'",
            id=claim_id,
            state=state,
            moderator=moderator_id,
            now=now,
        )
    )


async def answer(db: Writer, claim_id: int, user_id: int, state: ClaimState, now: float) -> bool:
    """What the account says to the offer: TAKEN, DENIED or NEVER; False where it was not asked or has said."""
    return bool(
        await db.run(
            "UPDATE claims SET state = :state, answered_at = :now"
            " WHERE id = :id AND user_id = :user AND state = 'offered'",
            id=claim_id,
            user=user_id,
            state=state,
            now=now,
        )
    )


async def lapse(db: Writer, author_id: int, user_id: int, now: float) -> list[Claim]:
    """Closes what everybody else claims of a name that is this account's now; returns what was closed."""
    rows = await db.all(
        f"{_CLAIMS} WHERE c.author_id = :author AND c.user_id <> :user AND c.state IN ('asked', 'offered')",
        author=author_id,
        user=user_id,
    )
    await db.run(
        "UPDATE claims SET state = 'lapsed', answered_at = :now"
        " WHERE author_id = :author AND user_id <> :user AND state IN ('asked', 'offered')",
        author=author_id,
        user=user_id,
        now=now,
    )
    return [_claim(dict(row)) for row in rows]


async def denied_for_good(db: Reader, author_id: int, user_id: int) -> bool:
    """Whether the account has said that this name is never to be offered to it again."""
    found = await db.value(
        "SELECT 1 FROM claims WHERE author_id = :author AND user_id = :user AND state = 'never' LIMIT 1",
        author=author_id,
        user=user_id,
    )
    return found is not None


async def waiting(db: Reader, author_id: int) -> int:
    """How many letters wait for a pen name."""
    return await db.value(
        "SELECT count(*) FROM outbox WHERE state = 'waiting'"
        " AND line_id = (SELECT id FROM lines WHERE author_id = :author)",
        author=author_id,
    )


async def link(db: Writer, author_id: int, user_id: int, now: float) -> int:
    """Ties a pen name to an account and sends what waited for it; returns how many letters that are.

    Their e-mail addresses stay back until each sender says yes. A letter whose outcome is unknown stays with the
    account it was tried at.
    """
    former = await db.value("SELECT user_id FROM authors WHERE id = :id", id=author_id)
    if former != user_id:
        await _withhold(db, author_id)
    return await move(db, author_id, user_id, now)


async def move(db: Writer, author_id: int, user_id: int, now: float) -> int:
    """Ties a pen name to the account that stands behind its letters already; returns how many go out."""
    await db.run(
        "UPDATE authors SET user_id = :user, linked_at = :now WHERE id = :id", id=author_id, user=user_id, now=now
    )
    await doors.reopened(db, user_id)
    line = await lines.of_author(db, author_id)
    await lines.readdress(db, line)
    return await outbox.place_waiting(db, line, now)


async def _withhold(db: Writer, author_id: int) -> None:
    """Letters were written to a name; whether its account may see the addresses in them is for their senders to say."""
    await db.run(
        "UPDATE letters SET email_withheld = 1 WHERE author_id = :author AND direction = 'to_author' AND email <> ''",
        author=author_id,
    )


async def choose(db: Writer, author_id: int, choice: Choice) -> None:
    """Writes down what the author wants of the stories under the name."""
    await db.run("UPDATE authors SET choice = :choice WHERE id = :id", id=author_id, choice=choice)


async def inherit(db: Writer, former_id: int, heir_id: int) -> None:
    """Hands everything written to one pen name to another that has no account yet, each letter in its place."""
    for statement in _INHERITED:
        await db.run(statement, heir=heir_id, former=former_id)
    line = await lines.of_author(db, heir_id)
    former = await lines.of_author(db, former_id)
    await db.run("UPDATE outbox SET line_id = :line WHERE line_id = :former", line=line, former=former)
    await db.run("UPDATE parcels SET line_id = :line WHERE line_id = :former", line=line, former=former)
    await lines.plan(db, line, await db.value("SELECT due_at FROM lines WHERE id = :id", id=former))
    await lines.plan(db, former, None)


_INHERITED: tuple[LiteralString, ...] = (
    "UPDATE letters SET author_id = :heir WHERE author_id = :former",
    "UPDATE conversations SET author_id = :heir WHERE author_id = :former",
    "UPDATE blocks SET author_id = :heir WHERE author_id = :former",
    "UPDATE OR IGNORE wishes SET author_id = :heir WHERE author_id = :former",
)
