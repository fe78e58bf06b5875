"""This room keeps what belongs on a reader's shelf: bookmarks, marks, and which of it is hidden."""

from typing import LiteralString, NamedTuple

from bot.domain.access import Audience
from bot.domain.models import Leaf, Place
from bot.domain.shelf import EXCLUDES, Board, Count, Item, Mark
from bot.store.sqlite import Reader, Row, Writer
from bot.store.stories import LISTED, STORY, gate, story_of


class Bookmark(NamedTuple):
    """A place that a reader marked."""

    id: int
    place: Place
    note: str


class State(NamedTuple):
    """What a reader keeps of one story."""

    marks: frozenset[Mark]
    likes: int  # of all readers
    bookmarks: int


_BOARDS: dict[Board, LiteralString] = {
    Board.HISTORY: (
        "SELECT story_id AS item, story_id, read_at AS at, '' AS note, part, paragraph, within, hidden"
        " FROM places WHERE reader_id = :reader"
    ),
    Board.BOOKMARKS: (
        "SELECT id AS item, story_id, made_at AS at, note, part, paragraph, within, hidden"
        " FROM bookmarks WHERE reader_id = :reader"
    ),
}
_MARKED: LiteralString = (
    "SELECT story_id AS item, story_id, made_at AS at, '' AS note, NULL AS part, NULL AS paragraph, NULL AS within,"
    " hidden FROM marks WHERE reader_id = :reader AND mark = :mark"
)
_HIDES: dict[Board, LiteralString] = {
    Board.HISTORY: "UPDATE places SET hidden = :hidden WHERE reader_id = :reader AND story_id = :item",
    Board.BOOKMARKS: "UPDATE bookmarks SET hidden = :hidden WHERE reader_id = :reader AND id = :item",
}
_HIDES_MARK: LiteralString = (
    "UPDATE marks SET hidden = :hidden WHERE reader_id = :reader AND story_id = :item AND mark = :mark"
)
_PAGE: LiteralString = (
    "(SELECT number FROM pages p WHERE p.story_id = s.id AND (p.part, p.paragraph, p.within) <="
    " (b.part, b.paragraph, b.within) ORDER BY number DESC LIMIT 1)"
)


def _board(board: Board) -> tuple[LiteralString, dict[str, str]]:
    if board in _BOARDS:
        return _BOARDS[board], {}
    return _MARKED, {"mark": board.mark}


async def items(db: Reader, audience: Audience, board: Board, start: int, limit: int, *, hidden: bool) -> list[Item]:
    """Things on a reader's board, newest first, from number `start`; with `hidden` also what is hidden."""
    source, more = _board(board)
    rows = await db.all(
        f"SELECT b.item, b.at, b.note AS own_note, {_PAGE} AS page, s.*"
        f" FROM ({source}) b JOIN ({STORY} WHERE{LISTED}) s ON s.id = b.story_id"
        " WHERE b.hidden <= :hidden ORDER BY b.at DESC, b.item DESC LIMIT :limit OFFSET :start",
        reader=audience.reader,
        hidden=int(hidden),
        limit=limit,
        start=start,
        **more,
        **gate(audience),
    )
    return [_item(row) for row in rows]


def _item(row: Row) -> Item:
    fields = dict(row)
    item, at, note, page = (fields.pop(name) for name in ("item", "at", "own_note", "page"))
    return Item(item, story_of(fields), at, note, page)


async def count(db: Reader, audience: Audience, board: Board) -> Count:
    """How much there is on a board, as far as this audience may know of the stories."""
    source, more = _board(board)
    row = await db.one(
        f"SELECT coalesce(sum(b.hidden = 0), 0), coalesce(sum(b.hidden = 1), 0) FROM ({source}) b"
        f" JOIN stories s ON s.id = b.story_id WHERE{LISTED}",
        reader=audience.reader,
        **more,
        **gate(audience),
    )
    assert row is not None
    return Count(*row)


async def state(db: Reader, reader_id: int, story_id: int) -> State:
    rows = await db.all(
        "SELECT mark FROM marks WHERE reader_id = :reader AND story_id = :story", reader=reader_id, story=story_id
    )
    likes = await db.value("SELECT count(*) FROM marks WHERE story_id = :story AND mark = 'liked'", story=story_id)
    bookmarks = await db.value(
        "SELECT count(*) FROM bookmarks WHERE reader_id = :reader AND story_id = :story",
        reader=reader_id,
        story=story_id,
    )
    return State(frozenset(Mark(row["mark"]) for row in rows), likes, bookmarks)


async def mark(db: Writer, reader_id: int, story_id: int, mark: Mark, now: float) -> None:
    """Marks a story; the marks that this one excludes go."""
    for other in EXCLUDES[mark]:
        await unmark(db, reader_id, story_id, other)
    await db.run(
        "INSERT INTO marks (reader_id, story_id, mark, made_at) VALUES (:reader, :story, :mark, :now)"
        " ON CONFLICT DO NOTHING",
        reader=reader_id,
        story=story_id,
        mark=mark,
        now=now,
    )


async def unmark(db: Writer, reader_id: int, story_id: int, mark: Mark) -> None:
    await db.run(
        "DELETE FROM marks WHERE reader_id = :reader AND story_id = :story AND mark = :mark",
        reader=reader_id,
        story=story_id,
        mark=mark,
    )


async def set_bookmark(db: Writer, reader_id: int, story_id: int, at: Leaf, note: str, now: float) -> None:
    """Sets a bookmark at the beginning of a page; a second one there takes the note of the first's place."""
    await db.run(
        "INSERT INTO bookmarks (reader_id, story_id, part, paragraph, within, anchor, note, made_at)"
        " VALUES (:reader, :story, :part, :paragraph, :within, :anchor, :note, :now)"
        " ON CONFLICT (reader_id, story_id, part, paragraph, within)"
        " DO UPDATE SET note = excluded.note, made_at = excluded.made_at",
        reader=reader_id,
        story=story_id,
        part=at.part,
        paragraph=at.paragraph,
        within=at.within,
        anchor=at.anchor,
        note=note,
        now=now,
    )


async def bookmark(db: Reader, reader_id: int, bookmark_id: int) -> Bookmark | None:
    """A bookmark of this reader's; nobody else's."""
    row = await db.one(
        "SELECT id, reader_id, story_id, part, paragraph, within, anchor, made_at, note FROM bookmarks"
        " WHERE id = :id AND reader_id = :reader",
        id=bookmark_id,
        reader=reader_id,
    )
    return None if row is None else Bookmark(row["id"], Place(*tuple(row)[1:8]), row["note"])


async def drop_bookmark(db: Writer, reader_id: int, bookmark_id: int) -> None:
    await db.run("DELETE FROM bookmarks WHERE id = :id AND reader_id = :reader", id=bookmark_id, reader=reader_id)


async def bookmarks(db: Reader, reader_id: int) -> int:
    """How many a reader has, in all archives."""
    return await db.value("SELECT count(*) FROM bookmarks WHERE reader_id = :reader", reader=reader_id)


async def hide(db: Writer, reader_id: int, board: Board, item: int, *, hidden: bool) -> None:
    """Hides one thing on a reader's own board, or shows it again; what it counts for elsewhere stays."""
    more = {} if board in _BOARDS else {"mark": board.mark}
    await db.run(_HIDES.get(board, _HIDES_MARK), reader=reader_id, item=item, hidden=int(hidden), **more)
