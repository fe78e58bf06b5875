"""This room is the Fiction Index and the search: lists of stories by any filters, words and order, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.access import Audience, Sight, may_see
from bot.domain.errors import Gone
from bot.domain.models import Story
from bot.domain.search import Order, Query, Step, Total
from bot.formats.query import parse, render
from bot.services.catalogue.meaning import selected
from bot.services.catalogue.paging import ROWS, Paging, Turn
from bot.services.catalogue.spelling import meant
from bot.store import listings, lists, snippets, stories
from bot.store.database import Database
from bot.store.orders import at_letter

__all__ = ["ROWS", "Catalogue", "Listing", "Turn", "line"]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list. `start` is None where nobody has counted how many stand before it."""

    id: int
    query: Query
    order: Order
    rows: list[Story]
    total: Total
    start: int | None = None
    has_before: bool = False
    has_after: bool = False
    stands_in: bool = False  # the newest matches, for those in order were not found in time
    snippets: Mapping[int, str] = field(default_factory=dict[int, str])
    meant: tuple[int, str] | None = None  # number and words of the list that a misspelt search was to be


class Catalogue:
    """Every list of stories, as an audience may see it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, audience: Audience, query: Query) -> Listing:
        """The first page of what is asked for.

        Raises:
            QueryRefused: it names what the archive does not know.
        """
        query = _ordered(query)
        return await self._shown(audience, await self._number(audience, query), query, Turn())

    async def search(self, audience: Audience, text: str) -> Listing:
        """The first page of what a line of search asks for.

        Raises:
            QueryRefused: it cannot be read, or names what the archive does not know.
        """
        return await self.open(audience, parse(text))

    async def index(self, audience: Audience, turn: Turn) -> Listing:
        """A page of the whole archive by title."""
        query = _ordered(Query())
        return await self._shown(audience, await self._number(audience, query), query, turn)

    async def turn(self, audience: Audience, listing_id: int, turn: Turn) -> Listing:
        """Another page of a list.

        Raises:
            Gone: this archive has no such list.
        """
        return await self._shown(audience, listing_id, await self._query(audience, listing_id), turn)

    async def sort(self, audience: Audience, listing_id: int, order: Order) -> Listing:
        """The first page of the same stories in another order.

        Raises:
            Gone: this archive has no such list.
        """
        return await self.open(audience, replace(await self._query(audience, listing_id), order=order))

    async def letter(self, audience: Audience, listing_id: int, letter: str) -> Listing:
        """The page of a list by title or author that begins with a letter.

        Raises:
            Gone: this archive has no such list.
        """
        query = await self._query(audience, listing_id)
        assert query.order is not None
        paging = await self._paging(audience, query)
        before = await paging.before(at_letter(letter))
        turn = Turn() if before is None else Turn(Step.NEXT, before)
        return await self._drawn(audience, listing_id, query, paging, turn)

    async def _number(self, audience: Audience, query: Query) -> int:
        text = render(query)
        known = await listings.number(self._database.reader, audience.archive.id, text)
        if known is not None:
            return known
        return await self._database.transact(lambda db: listings.keep(db, audience.archive.id, text))

    async def _query(self, audience: Audience, listing_id: int) -> Query:
        text = await listings.text(self._database.reader, audience.archive.id, listing_id)
        if text is None:
            raise Gone("list")
        return parse(text)

    async def _shown(self, audience: Audience, listing_id: int, query: Query, turn: Turn) -> Listing:
        return await self._drawn(audience, listing_id, query, await self._paging(audience, query), turn)

    async def _paging(self, audience: Audience, query: Query) -> Paging:
        assert query.order is not None
        selection = await selected(self._database, audience, query)
        sieve = await lists.sieve(self._database.reader, audience, selection)
        return Paging(self._database, audience, selection, sieve, query.order)

    async def _drawn(self, audience: Audience, listing_id: int, query: Query, paging: Paging, turn: Turn) -> Listing:
        assert query.order is not None
        page = await paging.page(turn)
        rows = await stories.some(self._database.reader, page.ids)
        open_here = [story.id for story in rows if may_see(story, audience) is Sight.OPEN]
        return Listing(
            listing_id,
            query,
            query.order,
            rows,
            *page[1:],
            snippets=await snippets.of(self._database.search, paging.sieve, open_here),
            meant=None if rows else await self._meant(audience, query),
        )

    async def _meant(self, audience: Audience, query: Query) -> tuple[int, str] | None:
        guess = await meant(self._database, audience, query)
        return None if guess is None else (await self._number(audience, guess), line(guess))


def line(query: Query) -> str:
    """A query as its asker would write it: without the order that it has anyway."""
    return render(replace(query, order=None) if query.order is _usual(query) else query)


def _usual(query: Query) -> Order:
    """What fits best comes first; words that must not be there fit no better or worse."""
    return Order.BEST if any(not words.negated for words in query.words) else Order.TITLE


def _ordered(query: Query) -> Query:
    """A query that names its order; only words can fit better or worse."""
    order = _usual(query) if query.order in (None, Order.BEST) else query.order
    return replace(query, order=order)
