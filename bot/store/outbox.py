"""This room keeps what is to go out, letters and notices alike, and where each of it is."""

import json
from collections.abc import Sequence
from typing import LiteralString, NamedTuple

from bot.domain.delivery import Direction, State, Waits, Wish, joins_at, why_it_waits
from bot.store import doors, lines, wishes
from bot.store.lines import Way
from bot.store.sqlite import Reader, Row, Writer
from bot.store.wishes import Wishes

Button = tuple[str | int, ...]
"""Label, verb, and the numbers of the custom id; the number of the message comes behind them."""


class Placed(NamedTuple):
    """Where something stands in the outbox, and why and until when it waits."""

    state: State
    waits: Waits | None
    due_at: float | None


_WISHED: LiteralString = (
    "CASE WHEN :story IS NOT NULL THEN letter_id IN (SELECT id FROM letters WHERE author_id = :author"
    " AND story_id = :story) ELSE letter_id NOT IN (SELECT l.id FROM letters l JOIN wishes w"
    " ON w.author_id = l.author_id AND w.story_id = l.story_id WHERE l.author_id = :author) END"
)
"""Of what stands in an author's line, that which a wish holds for."""


_BOUND: LiteralString = (
    "SELECT l.archive_id, l.author_id, c.reader_id, l.direction = 'to_author' AS to_author, d.closed_at,"
    " coalesce(one.letters, every.letters, 'on') AS wish, coalesce(one.away_until, every.away_until) AS away_until,"
    " CASE l.direction WHEN 'to_author' THEN a.user_id ELSE c.reader_id END AS account,"
    " CASE l.direction WHEN 'to_author' THEN (SELECT id FROM lines WHERE author_id = l.author_id) ELSE"
    " (SELECT id FROM lines WHERE reader_id = c.reader_id AND archive_id = l.archive_id) END AS line_id"
    " FROM letters l JOIN conversations c ON c.id = l.conversation_id JOIN authors a ON a.id = l.author_id"
    " LEFT JOIN doors d ON d.user_id = CASE l.direction WHEN 'to_author' THEN a.user_id ELSE c.reader_id END"
    " LEFT JOIN wishes every ON every.author_id = l.author_id AND coalesce(every.story_id, 0) = 0"
    " LEFT JOIN wishes one ON one.author_id = l.author_id AND coalesce(one.story_id, 0) = l.story_id"
    " WHERE l.id = :id"
)
"""Where a letter goes, and what its author wishes: for its story, or in general."""


async def put_letter(db: Writer, letter_id: int, now: float, *, held: bool = False) -> Placed:
    """Puts a letter that was just stored where it belongs: into its line, or to wait."""
    bound = await db.one(_BOUND, id=letter_id)
    assert bound is not None
    way = await _way(db, bound)
    at = joins_at(Wish(bound["wish"]), bound["away_until"], now) if bound["to_author"] else now
    reachable = way.account is not None and not doors.still_holds(way.closed_at, now)
    goes = reachable and at is not None and at <= now
    state = State.HELD if held else State.READY if goes else State.WAITING
    due_at = at if state is State.WAITING and reachable else None
    await db.run(
        "INSERT INTO outbox (archive_id, line_id, letter_id, state, due_at)"
        " VALUES (:archive, :line, :letter, :state, :due_at)",
        archive=bound["archive_id"],
        line=way.line_id,
        letter=letter_id,
        state=state,
        due_at=due_at,
    )
    if state is State.READY:
        await _join(db, way, now)
    return Placed(state, _why(bound, way, due_at) if state is State.WAITING else None, due_at)


def _why(bound: Row, way: Way, due_at: float | None) -> Waits:
    direction = Direction.TO_AUTHOR if bound["to_author"] else Direction.TO_READER
    here, closed = way.account is not None, way.closed_at is not None
    return why_it_waits(direction, Wish(bound["wish"]), here=here, dated=due_at is not None, closed=closed)


async def _way(db: Writer, bound: Row) -> Way:
    line_id = bound["line_id"]
    if line_id is None and bound["to_author"]:
        line_id = await lines.of_author(db, bound["author_id"])
    elif line_id is None:
        line_id = await lines.of_reader(db, bound["archive_id"], bound["reader_id"])
    return Way(line_id, bound["account"], bound["closed_at"])


async def _reachable(db: Reader, line_id: int, now: float) -> bool:
    account = await lines.recipient(db, line_id)
    return account is not None and not await doors.is_closed(db, account, now)


async def _join(db: Writer, way: Way, now: float) -> None:
    """Wakes a line; what waited because the account was closed goes ahead of what came after it."""
    if way.closed_at is not None:
        await place_waiting(db, way.line_id, now)
    await lines.wake(db, way.line_id, now)


async def notice(
    db: Writer,
    archive_id: int,
    user_id: int,
    key: str,
    *,
    title: str,
    text: str,
    now: float,
    buttons: Sequence[Button] = (),
) -> None:
    """Sends an account a direct message of Talebearer's own: `text` is Markdown, escaped by whoever wrote it.

    A second notice of the same key is the first one, also where that has gone out long ago.
    """
    known = await db.value(
        "SELECT 1 FROM notices WHERE user_id = :user AND archive_id = :archive AND key = :key",
        user=user_id,
        archive=archive_id,
        key=key,
    )
    if known is not None:
        return
    notice_id = await db.insert(
        "INSERT INTO notices (archive_id, user_id, key, content, stored_at)"
        " VALUES (:archive, :user, :key, :content, :now)",
        archive=archive_id,
        user=user_id,
        key=key,
        content=json.dumps({"title": title, "text": text, "buttons": list(buttons)}),
        now=now,
    )
    way = await lines.to_reader(db, archive_id, user_id)
    state = State.WAITING if doors.still_holds(way.closed_at, now) else State.READY
    await db.run(
        "INSERT INTO outbox (archive_id, line_id, notice_id, state) VALUES (:archive, :line, :notice, :state)",
        archive=archive_id,
        line=way.line_id,
        notice=notice_id,
        state=state,
    )
    if state is State.READY:
        await _join(db, way, now)


async def place_waiting(db: Writer, line_id: int, now: float) -> int:
    """Places all that waits in a line anew, after a link, a wish or an open door; returns how much goes out now.

    What stands ready waits as well where its author wants no letters, or none for a while.
    """
    if not await _reachable(db, line_id, now):
        return 0
    author = await db.value("SELECT author_id FROM lines WHERE id = :id", id=line_id)
    if author is None:
        moved = await _release(db, line_id)
    else:
        general, *exceptions = await wishes.of_author(db, author)
        moved = await _place_stories(db, line_id, author, general, now)
        for exception in exceptions:
            held = exception._replace(away_until=exception.away_until or general.away_until)
            moved += await _place_stories(db, line_id, author, held, now)
    if moved:
        await lines.wake(db, line_id, now)
    return moved


async def _release(db: Writer, line_id: int) -> int:
    return await db.run(
        "UPDATE outbox SET state = 'ready', due_at = NULL, failures = 0, problem = ''"
        " WHERE line_id = :line AND state = 'waiting'",
        line=line_id,
    )


async def _place_stories(db: Writer, line_id: int, author_id: int, wished: Wishes, now: float) -> int:
    """Places what stands in a line about the story of a wish, or about all that no wish of its own is for."""
    at = wished.joins_at(now)
    if at is None or (wished.away_until or 0.0) > now:
        await db.run(
            f"UPDATE outbox SET state = 'waiting' WHERE line_id = :line AND state = 'ready' AND sent = 0"
            f" AND NOT EXISTS (SELECT 1 FROM enclosures WHERE item_id = outbox.id) AND {_WISHED}",
            line=line_id,
            author=author_id,
            story=wished.story_id,
        )
    changed = await db.run(
        "UPDATE outbox SET state = iif(:at <= :now, 'ready', 'waiting'), due_at = iif(:at <= :now, NULL, :at),"
        f" failures = 0, problem = '' WHERE line_id = :line AND state = 'waiting' AND {_WISHED}",
        line=line_id,
        author=author_id,
        story=wished.story_id,
        at=at,
        now=now,
    )
    return changed if at is not None and at <= now else 0


async def join_lines(db: Writer, now: float) -> None:
    """Those whose date has come join their lines."""
    dated = await db.all(
        "SELECT DISTINCT line_id FROM outbox WHERE state = 'waiting' AND due_at IS NOT NULL AND due_at <= :now", now=now
    )
    for row in dated:
        await db.run(
            "UPDATE outbox SET state = 'ready', due_at = NULL"
            " WHERE line_id = :line AND state = 'waiting' AND due_at <= :now",
            line=row["line_id"],
            now=now,
        )
        await lines.wake(db, row["line_id"], now)


async def next_date(db: Reader) -> float | None:
    """When the next of those that wait for a date joins its line."""
    return await db.value("SELECT min(due_at) FROM outbox WHERE state = 'waiting' AND due_at IS NOT NULL")


async def set_aside(db: Writer, user_id: int) -> None:
    """Whatever stands ready for an account waits: it takes no direct messages, or is no longer the author."""
    for line in await lines.of_account(db, user_id):
        await set_line_aside(db, line)


async def set_line_aside(db: Writer, line_id: int) -> None:
    await db.run("UPDATE outbox SET state = 'waiting' WHERE line_id = :line AND state = 'ready'", line=line_id)
    await db.run(
        "UPDATE lines SET due_at = NULL WHERE id = :line"
        " AND NOT EXISTS (SELECT 1 FROM parcels WHERE line_id = :line AND state IN ('leased', 'unknown'))",
        line=line_id,
    )


async def knock(db: Writer, user_id: int, now: float) -> int:
    """Tries an account again that took no direct messages; returns how much goes out."""
    await doors.reopened(db, user_id)
    return sum([await place_waiting(db, line, now) for line in await lines.of_account(db, user_id)])


async def hand_over(db: Writer, letter_id: int) -> None:
    """Whom it is for has seen a letter by another way; one that is on its way goes on."""
    await db.run(
        "UPDATE outbox SET state = 'delivered', problem = '' WHERE letter_id = :id"
        " AND state IN ('waiting', 'ready', 'parked', 'refused')",
        id=letter_id,
    )


async def withdraw(db: Writer, letter_id: int, writer_id: int) -> bool:
    """Takes a letter back that has not gone out, not even perhaps; False where it is too late."""
    return bool(
        await db.run(
            "UPDATE outbox SET state = 'withdrawn', due_at = NULL WHERE letter_id = :id AND sent = 0"
            " AND state IN ('waiting', 'held', 'ready')"
            " AND NOT EXISTS (SELECT 1 FROM enclosures WHERE item_id = outbox.id)"
            " AND EXISTS (SELECT 1 FROM letters WHERE id = :id AND writer_id = :writer)",
            id=letter_id,
            writer=writer_id,
        )
    )


async def turn_away(db: Writer, archive_id: int, author_id: int | None, writer_id: int) -> int:
    """What a writer who was just blocked wrote, to an author or (None) to any, and is not on its way yet, stays here.

    Returns how many letters that are.
    """
    return await db.run(
        "UPDATE outbox SET state = 'declined', due_at = NULL, problem = iif(:author IS NULL, 'barred', 'blocked')"
        " WHERE sent = 0"
        " AND state IN ('waiting', 'held', 'ready') AND letter_id IN (SELECT id FROM letters"
        " WHERE writer_id = :writer AND archive_id = :archive"
        " AND (:author IS NULL OR author_id = :author AND direction = 'to_author'))"
        " AND NOT EXISTS (SELECT 1 FROM enclosures WHERE item_id = outbox.id)",
        archive=archive_id,
        author=author_id,
        writer=writer_id,
    )


async def allow(db: Writer, letter_id: int, now: float) -> bool:
    """A moderator says yes to a held letter."""
    line = await db.value("SELECT line_id FROM outbox WHERE letter_id = :id AND state = 'held'", id=letter_id)
    if line is None:
        return False
    await db.run("UPDATE outbox SET state = 'waiting' WHERE letter_id = :id", id=letter_id)
    await place_waiting(db, line, now)
    return True


async def decline(db: Writer, letter_id: int) -> bool:
    """A moderator says no to a held letter."""
    return bool(
        await db.run("UPDATE outbox SET state = 'declined' WHERE letter_id = :id AND state = 'held'", id=letter_id)
    )


async def retry(db: Writer, letter_id: int, now: float) -> bool:
    """A moderator has a parked letter tried again; its place in the line is the one it had.

    One that may have arrived goes on with those it went out with: their message is looked for before it is sent again.
    """
    line = await db.value(
        "SELECT line_id FROM outbox WHERE letter_id = :id AND state IN ('parked', 'refused')", id=letter_id
    )
    if line is None:
        return False
    await db.run(
        "UPDATE outbox SET state = 'waiting', failures = 0 WHERE letter_id = :id OR state = 'parked' AND id IN"
        " (SELECT b.item_id FROM outbox o JOIN enclosures a ON a.item_id = o.id"
        " JOIN parcels p ON p.id = a.parcel_id AND p.state = 'parked' JOIN enclosures b ON b.parcel_id = p.id"
        " WHERE o.letter_id = :id)",
        id=letter_id,
    )
    await place_waiting(db, line, now)
    return True


class AtDesk(NamedTuple):
    """A letter that waits for a moderator."""

    letter_id: int
    state: State
    problem: str
    author: str
    title: str
    sender_name: str
    comments: str
    stored_at: float


async def at_desk(db: Reader, archive_id: int, state: State, *, after: int, limit: int) -> list[AtDesk]:
    """The oldest letters that are held, parked or refused, from beyond letter number `after` on."""
    rows = await db.all(
        "SELECT l.id AS letter_id, o.state, o.problem, l.author, l.title, l.sender_name, l.comments, l.stored_at"
        " FROM outbox o JOIN letters l ON l.id = o.letter_id"
        " WHERE o.archive_id = :archive AND o.state = :state AND o.state IN ('held', 'parked', 'refused')"
        " AND l.id > :after ORDER BY o.id LIMIT :limit",
        archive=archive_id,
        state=state,
        after=after,
        limit=limit,
    )
    return [AtDesk(**dict(row))._replace(state=State(row["state"])) for row in rows]
