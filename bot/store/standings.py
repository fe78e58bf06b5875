"""This room keeps whether readers may see a story, and what hangs on that."""

from typing import LiteralString, NamedTuple

from bot.domain import names
from bot.domain.models import Rating, Standing
from bot.store.sqlite import Reader, Row, Writer


class Stood(NamedTuple):
    """A story as moderators see it, whatever its state."""

    id: int
    archive_id: int
    title: str
    author: str
    rating: Rating
    words: int
    state: Standing
    reason: str  # for its state
    told: str  # what readers are told of it


class Concerned(NamedTuple):
    """Who and what a story's going would concern, in numbers."""

    readers: int  # with a place in it
    bookmarks: int
    letters: int
    links: int  # from other stories


_STOOD: LiteralString = (
    "SELECT s.id, s.archive_id, s.title, iif(s.authors = '', a.name, s.authors) AS author, s.rating, s.words, s.state,"
    " s.state_reason AS reason, s.state_note AS told FROM stories s JOIN authors a ON a.id = s.author_id"
)


async def get(db: Reader, archive_id: int, story_id: int) -> Stood | None:
    """A story of this archive; of another's nobody learns that it is there."""
    row = await db.one(f"{_STOOD} WHERE s.archive_id = :archive AND s.id = :id", archive=archive_id, id=story_id)
    return None if row is None else _stood(row)


async def listed(db: Reader, archive_id: int, state: Standing, *, after: int, limit: int) -> list[Stood]:
    """The stories of a state from beyond number `after` on, in the order they came."""
    rows = await db.all(
        f"{_STOOD} WHERE s.archive_id = :archive AND s.state = :state AND s.id > :after ORDER BY s.id LIMIT :limit",
        archive=archive_id,
        state=state,
        after=after,
        limit=limit,
    )
    return [_stood(row) for row in rows]


async def named(db: Reader, archive_id: int, text: str, limit: int) -> list[Stood]:
    """Stories whose titles hold what was typed, whatever their state; those that begin with it first."""
    rows = await db.all(
        f"{_STOOD} WHERE s.archive_id = :archive AND s.state <> 'withdrawn' AND instr(s.title_key, :key) > 0"
        " ORDER BY instr(s.title_key, :key) > 1, s.sort_key, s.id LIMIT :limit",
        archive=archive_id,
        key=names.key(text) if text.strip() else "",
        limit=limit,
    )
    return [_stood(row) for row in rows]


def _stood(row: Row) -> Stood:
    return Stood._make(row)._replace(rating=Rating(row["rating"]), state=Standing(row["state"]))


async def put(db: Writer, story_id: int, state: Standing, reason: str, told: str) -> None:
    """Puts a story into a state; `told` is what readers are told who come for it."""
    await db.run(
        "UPDATE stories SET state = :state, state_reason = :reason, state_note = :told WHERE id = :id",
        id=story_id,
        state=state,
        reason=reason,
        told=told,
    )


async def concerned(db: Reader, story_id: int) -> Concerned:
    row = await db.one(
        "SELECT (SELECT count(*) FROM places WHERE story_id = :id),"
        " (SELECT count(*) FROM bookmarks WHERE story_id = :id),"
        " (SELECT count(*) FROM letters WHERE story_id = :id),"
        " (SELECT count(*) FROM links WHERE target_id = :id)",
        id=story_id,
    )
    assert row is not None
    return Concerned(*row)


async def accounts(db: Reader, story_id: int) -> list[int]:
    """Of those of its authors who are known."""
    rows = await db.all(
        "SELECT DISTINCT a.user_id FROM story_authors sa JOIN authors a ON a.id = sa.author_id"
        " WHERE sa.story_id = :id AND a.user_id IS NOT NULL",
        id=story_id,
    )
    return [row["user_id"] for row in rows]


async def before_hiding(db: Reader, story_id: int) -> Standing:
    """The state a hidden story was in, as far as the record tells; else it was published."""
    former = await db.value(
        "SELECT v.former FROM ledger e JOIN ledger_values v ON v.ledger_id = e.id AND v.field = 'state'"
        " WHERE e.story_id = :id ORDER BY e.id DESC LIMIT 1",
        id=story_id,
    )
    return Standing(former) if former in (Standing.PUBLISHED, Standing.WITHHELD) else Standing.PUBLISHED
