"""This room makes parcels: what one direct message carries, fixed before its first try."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from bot.domain.delivery import LEASE, RETRIES, Delivered, Kind, State, Step
from bot.store import corrections, doors, lines, outbox
from bot.store.sqlite import Reader, Writer

AT_MOST = 10
"""Letters in one message: each has an embed (docs.discord.com, Message: at most 10 embeds)."""


class Enclosure(NamedTuple):
    """A letter, or a piece of one, in a parcel."""

    item_id: int
    letter_id: int
    conversation_id: int
    direction: str
    kind: Kind
    story_id: int | None
    title: str
    author: str
    part: int | None
    page: int | None
    quote: str
    sender_name: str
    email: str  # empty where none may be shown
    has_email: bool  # there is one, which its sender may let be shown later
    comments: str
    stored_at: float
    begins: int  # the characters of the comments that are in it
    ends: int


class Drawn(NamedTuple):
    """A message as it will be sent: JSON {embeds, components, emails: {letter: embed}}, in which no address stands."""

    payload: str
    mark: str
    ends: tuple[int, ...]
    """For each enclosure that found room, from the first: where its piece ends."""


class Parcel(NamedTuple):
    """A leased parcel with everything its delivery needs."""

    id: int
    line_id: int
    attempt: int
    failures: int
    user_id: int
    channel_id: int | None
    nonce: str
    mark: str
    payload: str  # empty: drawn by a version that did not keep it; it can be looked for, not sent
    first_try_at: float
    holds: bool  # as it is: it is drawn, and its line still leads to whom it was made for
    load: int  # how many letters or notices it carries
    emails: Mapping[int, str]  # by letter

    @property
    def repeated(self) -> bool:
        """Whether an earlier try may have arrived: where it surely did not, there is no such parcel any more."""
        return self.attempt > 1


class Draw(NamedTuple):
    """Who draws: letters or pieces of them, as many as fit; or a notice, from its content."""

    letters: Callable[[int, Sequence[Enclosure]], Drawn]
    notice: Callable[[int, str], Drawn]


async def claim(db: Writer, line_id: int, draw: Draw, nonce: str, now: float) -> Parcel | None:
    """Leases what a line has to send: the parcel that is on its way, or a new one of what stands at its head.

    None where nothing can go; the line then rests until something joins it.
    """
    parcel_id = await db.value(
        "SELECT id FROM parcels WHERE line_id = :line AND state IN ('leased', 'unknown')", line=line_id
    )
    if parcel_id is None:
        parcel_id = await _pack(db, line_id, draw, nonce, now)
    else:
        await _take_up(db, parcel_id, line_id, now)
    if parcel_id is None:
        await outbox.set_line_aside(db, line_id)
        return None
    await lines.plan(db, line_id, now + LEASE)
    return await _leased(db, parcel_id, now)


async def _take_up(db: Writer, parcel_id: int, line_id: int, now: float) -> int:
    """Leases a parcel again that may have arrived: one whose outcome is unknown, or a parked one that was let go on."""
    await db.run(
        "UPDATE parcels SET state = 'leased', attempt = attempt + 1, lease_until = :until, line_id = :line"
        " WHERE id = :id",
        id=parcel_id,
        line=line_id,
        until=now + LEASE,
    )
    await db.run(
        "UPDATE outbox SET state = 'sending' WHERE state = 'ready'"
        " AND id IN (SELECT item_id FROM enclosures WHERE parcel_id = :id)",
        id=parcel_id,
    )
    return parcel_id


async def _pack(db: Writer, line_id: int, draw: Draw, nonce: str, now: float) -> int | None:
    """Makes a parcel of the head of a line: several whole letters, or what has to go by itself."""
    user_id = await lines.recipient(db, line_id)
    if user_id is None or await doors.is_closed(db, user_id, now):
        return None
    rows = await db.all(
        "SELECT id, alone OR sent > 0 OR notice_id IS NOT NULL OR tried IS NOT NULL AS single, notice_id, sent, tried"
        " FROM (SELECT o.*, (SELECT p.id FROM enclosures e JOIN parcels p ON p.id = e.parcel_id"
        " WHERE e.item_id = o.id AND p.state = 'parked') AS tried FROM outbox o"
        " WHERE o.line_id = :line AND o.state = 'ready' ORDER BY o.id LIMIT :limit)",
        line=line_id,
        limit=AT_MOST,
    )
    if not rows:
        return None
    if rows[0]["tried"] is not None:
        return await _take_up(db, rows[0]["tried"], line_id, now)
    parcel_id = await db.insert(
        "INSERT INTO parcels (archive_id, line_id, user_id, state, payload, mark, nonce, first_try_at, lease_until)"
        " SELECT archive_id, id, :user, 'leased', '', '', :nonce, :now, :until FROM lines WHERE id = :line",
        line=line_id,
        user=user_id,
        nonce=nonce,
        now=now,
        until=now + LEASE,
    )
    if rows[0]["notice_id"] is not None:
        await _enclose_notice(db, parcel_id, rows[0]["id"], draw)
        return parcel_id
    count = 1 if rows[0]["single"] else next((n for n, row in enumerate(rows) if row["single"]), len(rows))
    await _enclose_letters(db, parcel_id, [(row["id"], row["sent"]) for row in rows[:count]], draw, now)
    return parcel_id


async def _enclose_notice(db: Writer, parcel_id: int, item_id: int, draw: Draw) -> None:
    content = await db.value(
        "SELECT n.content FROM outbox o JOIN notices n ON n.id = o.notice_id WHERE o.id = :id", id=item_id
    )
    await _enclose(db, parcel_id, [(item_id, 0)], draw.notice(parcel_id, content))


async def _enclose_letters(
    db: Writer, parcel_id: int, items: Sequence[tuple[int, int]], draw: Draw, now: float
) -> None:
    letters = [await _enclosure(db, item, sent, now) for item, sent in items]
    await _enclose(db, parcel_id, items, draw.letters(parcel_id, letters))


async def _enclose(db: Writer, parcel_id: int, items: Sequence[tuple[int, int]], drawn: Drawn) -> None:
    await db.run(
        "UPDATE parcels SET payload = :payload, mark = :mark WHERE id = :id",
        id=parcel_id,
        payload=drawn.payload,
        mark=drawn.mark,
    )
    for (item, begins), ends in zip(items, drawn.ends, strict=False):
        await db.run(
            "INSERT INTO enclosures (parcel_id, item_id, begins, ends) VALUES (:parcel, :item, :begins, :ends)",
            parcel=parcel_id,
            item=item,
            begins=begins,
            ends=ends,
        )
        await db.run("UPDATE outbox SET state = 'sending' WHERE id = :id", id=item)


async def _enclosure(db: Reader, item_id: int, begins: int, now: float, ends: int | None = None) -> Enclosure:
    row = await db.one(
        "SELECT o.id AS item_id, l.id AS letter_id, l.conversation_id, l.direction, l.kind, l.story_id, l.title,"
        " l.author, l.part, l.page, iif(s.rating > a.rating_limit, '', l.quote) AS quote, l.sender_name, l.comments,"
        " l.stored_at,"
        " iif(l.email_withheld OR l.email_until <= :now, '', l.email) AS email, l.email <> '' AS has_email"
        " FROM outbox o JOIN letters l ON l.id = o.letter_id JOIN archives a ON a.id = l.archive_id"
        " LEFT JOIN stories s ON s.id = l.story_id WHERE o.id = :id",
        id=item_id,
        now=now,
    )
    assert row is not None
    letter = Enclosure(**dict(row), begins=begins, ends=len(row["comments"]) if ends is None else ends)
    return letter._replace(kind=Kind(letter.kind))


async def _leased(db: Reader, parcel_id: int, now: float) -> Parcel:
    row = await db.one(
        "SELECT p.id, p.line_id, p.attempt, max(o.failures) AS failures, p.user_id, d.channel_id, p.nonce, p.mark,"
        " p.payload, p.first_try_at, count(*) AS load,"
        " p.payload <> '' AND coalesce(n.reader_id, a.user_id) IS p.user_id AS holds"
        " FROM parcels p JOIN enclosures e ON e.parcel_id = p.id JOIN outbox o ON o.id = e.item_id"
        " JOIN lines n ON n.id = p.line_id LEFT JOIN authors a ON a.id = n.author_id"
        " LEFT JOIN doors d ON d.user_id = p.user_id WHERE p.id = :id GROUP BY p.id",
        id=parcel_id,
    )
    assert row is not None
    return Parcel(**dict(row), emails=await emails(db, parcel_id, now))


async def emails(db: Reader, parcel_id: int, now: float) -> Mapping[int, str]:
    """The addresses that a parcel's message may show, by letter: to the present account of their author alone."""
    rows = await db.all(
        "SELECT l.id, l.email FROM enclosures e JOIN outbox o ON o.id = e.item_id JOIN letters l ON l.id = o.letter_id"
        " JOIN parcels p ON p.id = e.parcel_id JOIN authors a ON a.id = l.author_id AND a.user_id = p.user_id"
        " WHERE e.parcel_id = :id AND e.begins = 0 AND l.email <> '' AND NOT l.email_withheld AND l.email_until > :now",
        id=parcel_id,
        now=now,
    )
    return {row["id"]: row["email"] for row in rows}


async def redrawn(db: Reader, parcel_id: int, draw: Draw, now: float) -> str:
    """The payload of a message of letters, drawn again from what it carries."""
    rows = await db.all(
        "SELECT item_id, begins, ends FROM enclosures WHERE parcel_id = :id ORDER BY item_id", id=parcel_id
    )
    pieces = [await _enclosure(db, row["item_id"], row["begins"], now, row["ends"]) for row in rows]
    return draw.letters(parcel_id, pieces).payload


async def release(db: Writer, now: float) -> None:
    """Takes back the leases of a process that is gone: each of its parcels may or may not have arrived."""
    await db.run(
        "UPDATE lines SET due_at = :now"
        " WHERE id IN (SELECT line_id FROM parcels WHERE state IN ('leased', 'unknown') AND state = 'leased')",
        now=now,
    )
    await db.run(
        "UPDATE parcels SET state = 'unknown', lease_until = NULL"
        " WHERE state IN ('leased', 'unknown') AND state = 'leased'"
    )


async def settle(db: Writer, parcel: Parcel, step: Step, now: float) -> bool:
    """Writes what became of a try; False where another postman has taken the parcel over since."""
    line = await db.value(
        "UPDATE parcels SET state = coalesce(:trip, state), lease_until = NULL, problem = :problem"
        " WHERE id = :id AND attempt = :attempt AND state = 'leased' RETURNING line_id",
        id=parcel.id,
        attempt=parcel.attempt,
        trip=step.trip,
        problem=step.problem,
    )
    if line is None:
        return False
    if step.counts:
        await db.run(
            "UPDATE outbox SET failures = failures + 1"
            " WHERE id IN (SELECT item_id FROM enclosures WHERE parcel_id = :id)",
            id=parcel.id,
        )
    if step.trip is None:
        await _take_apart(db, parcel, step)
    elif step.state is not State.DELIVERED:
        await _move(db, parcel.id, step)
    await _plan(db, line, step, now)
    return True


async def _move(db: Writer, parcel_id: int, step: Step) -> None:
    await db.run(
        "UPDATE outbox SET state = :state, problem = :problem, due_at = NULL"
        " WHERE id IN (SELECT item_id FROM enclosures WHERE parcel_id = :id)",
        id=parcel_id,
        state=step.state,
        problem=step.problem,
    )


async def _take_apart(db: Writer, parcel: Parcel, step: Step) -> None:
    """It surely did not arrive: what it carried is free again. One bad letter must not take the others along."""
    if step.counts and step.state is State.PARKED:
        await _park_the_oldest(db, parcel.id, step)
    elif parcel.load > 1 and step.state in (State.REFUSED, State.PARKED):
        await db.run(
            "UPDATE outbox SET alone = 1 WHERE id IN (SELECT item_id FROM enclosures WHERE parcel_id = :id)",
            id=parcel.id,
        )
        await _move(db, parcel.id, Step(None, State.READY, problem=step.problem))
    else:
        await _move(db, parcel.id, step)
    await db.run("DELETE FROM parcels WHERE id = :id", id=parcel.id)


async def _park_the_oldest(db: Writer, parcel_id: int, step: Step) -> None:
    """Those that failed as often as they may; what joined them later has tries left."""
    await db.run(
        "UPDATE outbox SET state = iif(failures > :most, 'parked', 'ready'), problem = :problem"
        " WHERE id IN (SELECT item_id FROM enclosures WHERE parcel_id = :id)",
        id=parcel_id,
        most=len(RETRIES),
        problem=step.problem,
    )


async def _plan(db: Writer, line: int, step: Step, now: float) -> None:
    """When the line wants its next turn: as the step says, or at once where more of it is ready."""
    if step.due_at is not None:
        await lines.plan(db, line, step.due_at, int(step.counts) if step.silent else None)
        return
    ready = await db.value("SELECT 1 FROM outbox WHERE line_id = :line AND state = 'ready' LIMIT 1", line=line)
    await lines.plan(db, line, None if ready is None else now)


async def delivered(db: Writer, parcel: Parcel, outcome: Delivered, now: float) -> None:
    """Remembers the message a parcel became and the way there; what waited because the account was closed follows."""
    await db.run(
        "UPDATE parcels SET channel_id = :channel, message_id = :message, payload = '' WHERE id = :id",
        id=parcel.id,
        channel=outcome.channel_id,
        message=outcome.message_id,
    )
    await _deliver_letters(db, parcel.id)
    await corrections.may_start(db, parcel.id, now)
    await doors.opened(db, parcel.user_id, outcome.channel_id, now)
    if await db.value("SELECT closed_at FROM doors WHERE user_id = :user", user=parcel.user_id) is not None:
        await outbox.knock(db, parcel.user_id, now)
    line = await db.value("SELECT line_id FROM parcels WHERE id = :id", id=parcel.id)
    if await db.value("SELECT 1 FROM outbox WHERE line_id = :line AND state = 'ready' LIMIT 1", line=line) is not None:
        await lines.wake(db, line, now)


async def _deliver_letters(db: Writer, parcel_id: int) -> None:
    """A letter whose last piece arrived is delivered; one that has more goes on."""
    await db.run(
        "UPDATE outbox SET sent = e.ends, failures = 0, problem = '', state = iif(e.ends >= coalesce((SELECT"
        " length(l.comments) FROM letters l WHERE l.id = outbox.letter_id), 0), 'delivered', 'ready')"
        " FROM enclosures e WHERE e.parcel_id = :id AND outbox.id = e.item_id",
        id=parcel_id,
    )


async def closed(db: Writer, parcel: Parcel, now: float) -> None:
    """Remembers that an account takes no direct messages; all that stands ready for it waits as well.

    Where the line leads to somebody else since, what came back goes there.
    """
    await doors.closed(db, parcel.user_id, now)
    await outbox.set_aside(db, parcel.user_id)
    if await lines.recipient(db, parcel.line_id) != parcel.user_id:
        await outbox.place_waiting(db, parcel.line_id, now)
