"""This room is finding: the front page, a story by whatever was typed, a series, an author."""

import asyncio
import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain import names
from bot.domain.access import Archive, Audience, Sight, admit, may_see
from bot.domain.errors import ArchiveError, Gone, NotFound
from bot.domain.models import LinkKind, Story
from bot.domain.order import Branch, Related, gaps, outline
from bot.domain.search import CHOICES, GLANCE, Field
from bot.formats.spelling import nearest
from bot.store import authors, naming, series, stories, suggestions, tallies
from bot.store.database import Database
from bot.store.naming import Name
from bot.store.series import Member, OfAuthor
from bot.store.stories import Relation
from bot.store.suggestions import Suggested
from bot.store.tallies import Counts

ROWS = 10
"""Stories on one page of a series."""

COMPARED = 5_000
"""Names that a misspelt one is compared with."""
PATIENCE = 0.03
"""Seconds to fetch those."""

BESIDE = LinkKind.COMPANION, LinkKind.UNIVERSE
"""What two stories are to each other, whichever of them says it."""

_WORD = re.compile(r"\w")
"""Without a word in it, what is typed would fit everything."""


class Front(NamedTuple):
    """What the front page shows."""

    archive: Archive
    counts: Counts
    newest: list[Story]


class Shelf(NamedTuple):
    """One page of a series: its rows, how many stand before and in all."""

    rows: list[Story]
    start: int
    total: int

    @property
    def has_before(self) -> bool:
        return self.start > 0

    @property
    def has_after(self) -> bool:
        return self.start + len(self.rows) < self.total


class Neighbours(NamedTuple):
    """Where a reader may go on after a story; `beside` and `works` open here, of the others all but the `closed`."""

    next: Story | None
    sequels: list[Story]
    beside: list[Relation]  # companions, and what happens after it or in its world
    works: list[Story]  # others by its authors
    author_id: int
    closed: frozenset[int]

    @property
    def told(self) -> set[int]:
        """All of them but the works."""
        after = [*self.sequels, *(relation.story for relation in self.beside), *([self.next] if self.next else [])]
        return {story.id for story in after}


class Shown(NamedTuple):
    """A story with the links of its header, as far as this audience may see their targets."""

    story: Story
    links: list[tuple[LinkKind, str, Story | None]]
    closed: frozenset[int] = frozenset()  # of their targets, those that do not open here


class SeriesView(NamedTuple):
    """A page of a series in reading order; `missing` are numbers and titles its stories name that are not here."""

    id: int
    name: str
    shelf: Shelf
    missing: list[str]
    labels: Sequence[tuple[int, int]]  # of each row: how deep it is indented, and its number in the series or 0


class AuthorView(NamedTuple):
    """An author, and the series they have stories in."""

    id: int
    name: str
    series: list[OfAuthor]


class Library:
    """What can be found in an archive, as an audience may see it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._db = database.reader
        self._archives: dict[int | None, Archive] = {}

    def forget(self) -> None:
        """Drops what is remembered: another process has written to the database."""
        self._archives.clear()

    async def archive(self, guild_id: int | None) -> Archive:
        """The archive that is read in a server, or in direct messages (None)."""
        if guild_id not in self._archives:
            self._archives[guild_id] = await stories.archive_of(self._db, guild_id)
        return self._archives[guild_id]

    async def front(self, audience: Audience) -> Front:
        return Front(
            audience.archive,
            await tallies.counts(self._db, audience),
            await stories.newest(self._db, audience, 5),
        )

    async def story(self, audience: Audience, story_id: int) -> Story:
        """The story, to be opened here.

        Raises:
            Gone: there is none of that number in this archive.
            TooMature: it does not open in this place.
        """
        story = await stories.get(self._db, story_id)
        if story is None:
            raise Gone
        admit(story, audience)
        return story

    async def find(self, audience: Audience, text: str) -> list[Story]:
        """The stories that what was typed may mean: one where it is clear, several where it is not.

        Raises:
            NotFound: nothing here is called so; the sentence names the nearest title.
        """
        if text.startswith("#") and text[1:].isdecimal() and text.isascii() and len(text) < 19:
            return await self._numbered(audience, text)
        found = await stories.titled(self._db, audience, text)
        if not found and _WORD.search(text):
            found = await stories.named(self._db, audience, text, 25)
        if not found:
            raise NotFound("story", text, await self._nearest(audience, text))
        return found

    async def _numbered(self, audience: Audience, text: str) -> list[Story]:
        """The story that a choice of autocomplete stands for, behind any whose title happens to read the same."""
        called = [story for story in await stories.titled(self._db, audience, text) if story.title == text]
        try:
            meant = await self.story(audience, int(text[1:]))
        except ArchiveError:
            if not called:
                raise
            return called
        return [*(story for story in called if story != meant), meant]

    async def suggest(self, audience: Audience, typed: str) -> list[Suggested]:
        """Stories that open here: whose title begins as is typed, or has the words, ahead of author and series."""
        db, glance = self._database.reader, self._database.glance
        found = await suggestions.beginning(db, audience, typed, CHOICES)
        further = (
            lambda: suggestions.with_words(glance, audience, typed, CHOICES, GLANCE, in_title=True),
            lambda: suggestions.by_author(db, audience, typed, CHOICES),
            lambda: suggestions.with_words(glance, audience, typed, CHOICES, GLANCE),
        )
        for more in further if typed.strip() else ():
            if len(found) < CHOICES:
                found = list(dict.fromkeys([*found, *await more()]))
        return found[:CHOICES]

    async def suggest_names(self, audience: Audience, field: Field, typed: str) -> list[Name]:
        """Authors, series, tags or others with a story to list here, by what is being typed of their names."""
        found = await naming.beginning(self._database.reader, audience, field, typed, CHOICES)
        if typed.strip() and len(found) < CHOICES:
            found += await naming.within(self._database.glance, audience, field, typed, CHOICES, GLANCE)
        return list(dict.fromkeys(found))[:CHOICES]

    async def _nearest(self, audience: Audience, text: str) -> str | None:
        titles = await stories.titles(self._db, audience, names.sort_key(text)[:2], COMPARED // 2)
        return await asyncio.to_thread(nearest, text, titles)

    async def shown(self, audience: Audience, story: Story) -> Shown:
        """The story with its links; a target that must not be known of here counts as missing."""
        links: list[tuple[LinkKind, str, Story | None]] = []
        for link, target_id in await stories.links(self._db, story.id):
            target = await stories.get(self._db, target_id) if target_id else None
            if target and may_see(target, audience) is Sight.ABSENT:
                target = None
            links.append((link.kind, link.target, target))
        return Shown(story, links, _closed(audience, [target for _, _, target in links if target]))

    async def neighbours(self, audience: Audience, story_id: int) -> Neighbours:
        """What comes after a story, each once: in its series, as a sequel, beside it, by its authors."""
        story = await stories.get(self._db, story_id)
        if story is None:
            raise Gone
        following = await self._following(audience, story)
        named_by, names = await stories.named_by(self._db, audience, story.id), await self._named(audience, story)
        known = {story.id} if following is None else {story.id, following.id}
        sequels = [each.story for each in _but(_sequels(named_by, names), known)]
        known |= {sequel.id for sequel in sequels}
        beside = _but(_beside(named_by, names, audience), known | _earlier(names))
        closed = _closed(audience, [*sequels, *([following] if following else [])])
        ways = Neighbours(following, sequels, beside, [], story.author_id, closed)
        works = await stories.also_by(self._db, audience, story.id, CHOICES)
        return ways._replace(works=[work for work in works if work.id not in ways.told])

    async def _named(self, audience: Audience, story: Story) -> list[Relation]:
        """The stories that its header names, as far as they are here."""
        links = (await self.shown(audience, story)).links
        return [Relation(kind, target) for kind, _, target in links if target]

    async def _following(self, audience: Audience, story: Story) -> Story | None:
        if story.series_id is None:
            return None
        _, order, _ = await self._ordered(audience, story.series_id)
        later = order.index(story.id) + 1 if story.id in order else len(order)
        return await stories.get(self._db, order[later]) if later < len(order) else None

    async def find_series(self, audience: Audience, text: str) -> list[Name]:
        """The series that what was typed may mean.

        Raises:
            NotFound: none is called so; the sentence names the nearest.
        """
        return await self._find_name(audience, Field.SERIES, text)

    async def _find_name(self, audience: Audience, field: Field, text: str) -> list[Name]:
        exact = await naming.exactly(self._db, audience, field, text) if text.strip() else []
        found = exact or (await self.suggest_names(audience, field, text) if _WORD.search(text) else [])
        if not found:
            every = await naming.some(self._database.search, audience, field, COMPARED, PATIENCE)
            raise NotFound(field, text, await asyncio.to_thread(nearest, text, every))
        return found

    async def series(self, audience: Audience, series_id: int, first: int = 0) -> SeriesView:
        """The page of the series' tree that has row `first` (from 0), or the last page.

        Raises:
            Gone: no story of it is listed here.
        """
        name = await series.name(self._db, audience.archive.id, series_id)
        members, order, related = await self._ordered(audience, series_id)
        if not order or name is None:
            raise Gone("series")
        outside = await series.outsiders(self._db, audience, series_id, order)
        branches = outline(order, [*related, *outside], list(dict.fromkeys(each.story_id for each in outside)))
        start = min(first, len(branches) - 1) // ROWS * ROWS
        page = branches[start : start + ROWS]
        shelf = Shelf(await stories.some(self._db, [branch.story_id for branch in page]), start, len(branches))
        missing = [f"no. {number}" for number in gaps(member.number for member in members)]
        missing += await series.missing(self._db, order)
        return SeriesView(series_id, name, shelf, missing, _labels(branches, page))

    async def _ordered(self, audience: Audience, series_id: int) -> tuple[list[Member], list[int], list[Related]]:
        """The stories of a series, their ids in the order they are read in, and what their headers say of others."""
        members = await series.members(self._db, audience, series_id)
        ids = [member.id for member in members]
        related = await series.related(self._db, ids)
        return members, await series.in_order(self._db, series_id, ids, related), related

    async def find_author(self, audience: Audience, text: str) -> list[Name]:
        """The authors that what was typed may mean.

        Raises:
            NotFound: none is called so; the sentence names the nearest.
        """
        return await self._find_name(audience, Field.AUTHOR, text)

    async def author(self, audience: Audience, author_id: int) -> AuthorView:
        """An author with their series.

        Raises:
            Gone: no story of theirs is listed here.
        """
        author = await authors.get(self._db, author_id)
        known = author and await naming.exactly(self._db, audience, Field.AUTHOR, author.name)
        if author is None or not known:
            raise Gone("author")
        found = await series.of_author(self._database.search, audience, author_id, CHOICES, PATIENCE)
        return AuthorView(author.id, author.name, found)


def _closed(audience: Audience, listed: Sequence[Story]) -> frozenset[int]:
    """Of stories that have a row here, those that do not open here."""
    return frozenset(story.id for story in listed if may_see(story, audience) is not Sight.OPEN)


def _sequels(named_by: Sequence[Relation], names: Sequence[Relation]) -> list[Relation]:
    """What says that it is the sequel of a story, and what that one says it is the prequel of."""
    sequels = [relation for relation in named_by if relation.kind is LinkKind.SEQUEL]
    return sequels + [relation for relation in names if relation.kind is LinkKind.PREQUEL]


def _beside(named_by: Sequence[Relation], names: Sequence[Relation], audience: Audience) -> list[Relation]:
    """What opens here of all else that stories say of each other, but what came before this one."""
    after = [relation for relation in named_by if relation.kind in (*BESIDE, LinkKind.FOLLOWS)]
    found = after + [relation for relation in names if relation.kind in BESIDE]
    return [relation for relation in found if may_see(relation.story, audience) is Sight.OPEN]


def _earlier(names: Sequence[Relation]) -> set[int]:
    return {each.story.id for each in names if each.kind in (LinkKind.SEQUEL, LinkKind.FOLLOWS)}


def _but(found: Sequence[Relation], known: set[int]) -> list[Relation]:
    """Each story once, without those that are known."""
    others = {relation.story.id: relation for relation in reversed(found) if relation.story.id not in known}
    return list(reversed(others.values()))


def _labels(branches: Sequence[Branch], page: Sequence[Branch]) -> list[tuple[int, int]]:
    """Depth, and the number in the series' own order (0 beneath it), of each row of a page."""
    numbers = {branch: number for number, branch in enumerate((b for b in branches if not b.depth), start=1)}
    return [(branch.depth, numbers.get(branch, 0)) for branch in page]
