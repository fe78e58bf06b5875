"""This room knows the orders of a list: by what columns, through which index, and where a page of it begins."""

from collections.abc import Sequence
from typing import LiteralString, NamedTuple

from bot.domain.models import Rating
from bot.domain.search import Order
from bot.store.sqlite import Reader, Value

DIGITS: dict[Rating, LiteralString] = {
    Rating.G: "0", Rating.PG: "1", Rating.PG_13: "2", Rating.R: "3", Rating.NC_17: "4", Rating.UNRATED: "5",
}  # fmt: skip


class Ordering(NamedTuple):
    """An order in SQL: what a story is sorted by ahead of its number, and whether the greatest comes first."""

    through: LiteralString  # an index
    first: LiteralString
    second: LiteralString = ""
    falls: bool = False

    @property
    def keys(self) -> tuple[LiteralString, ...]:
        return (self.first, self.second) if self.second else (self.first,)

    @property
    def columns(self) -> LiteralString:
        """What an arm of the statement gives of each story."""
        return f"{self.first} AS first, {self.second or '0'} AS second, s.id AS id"

    def sorted(self, *, forward: bool) -> LiteralString:
        """ORDER BY inside an arm."""
        end = " DESC" if forward is self.falls else ""
        return ", ".join([key + end for key in (*self.keys, "s.number")])

    def merged(self, *, forward: bool) -> LiteralString:
        """ORDER BY over all arms."""
        end = " DESC" if forward is self.falls else ""
        return ", ".join([key + end for key in ("first", "second", "id")])

    def beyond(self, *, forward: bool) -> LiteralString:
        """What stands on the far side of a boundary."""
        sign = "<" if forward is self.falls else ">"
        bounds = ":first, :second, :id" if self.second else ":first, :id"
        return f" AND ({', '.join([*self.keys, 's.number'])}) {sign} ({bounds})"


ORDERS: dict[Order, Ordering] = {
    Order.TITLE: Ordering("list_by_title", "s.sort_key"),
    Order.AUTHOR: Ordering("list_by_author", "s.author_key", "s.sort_key"),
    Order.NEWEST: Ordering("list_by_newest", "s.added_at", falls=True),
    Order.UPDATED: Ordering("list_by_updated", "s.updated_at", falls=True),
    Order.LENGTH: Ordering("list_by_length", "s.words", falls=True),
    Order.READ: Ordering("list_by_readers", "s.readers", falls=True),
    Order.LIKED: Ordering("list_by_likes", "s.likes", falls=True),
}


class Boundary(NamedTuple):
    """Where in an order a page ends or begins: at a story, or at where one stood."""

    first: Value
    second: Value
    id: int


async def boundary(db: Reader, archive_id: int, order: Order, story_id: int) -> Boundary | None:
    """The place of a story in an order, whether it may be seen or not and even where it was deleted."""
    ordering = ORDERS[order]
    row = await db.one(
        f"SELECT {ordering.columns} FROM stories s WHERE s.id = :id AND s.archive_id = :archive"
        f" UNION ALL SELECT {_buried(ordering)} FROM tombstones s WHERE s.story_id = :id AND s.archive_id = :archive"
        " LIMIT 1",
        id=story_id,
        archive=archive_id,
    )
    return None if row is None else Boundary(*row)


def _buried(ordering: Ordering) -> LiteralString:
    return f"{ordering.first}, {ordering.second or '0'}, s.story_id"


def at_letter(letter: str) -> Boundary:
    """Ahead of everything in an order by title or author that begins so."""
    return Boundary(letter, "", -1)


def gathered(arms: Sequence[LiteralString], ordering: Ordering, *, forward: bool) -> LiteralString:
    """The ids of all arms, in order; each arm is in order and limited itself."""
    every = " UNION ALL ".join([f"SELECT * FROM ({arm})" for arm in arms])
    return f"SELECT id FROM ({every}) ORDER BY {ordering.merged(forward=forward)} LIMIT :limit"
