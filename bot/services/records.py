"""This room is the record of the desk for moderators: who did what, when and why, to search and to take along."""

from typing import NamedTuple

from bot.domain.desk_refusals import NoSuchEntry
from bot.domain.people import Actor
from bot.services.acting import Acting
from bot.store import ledger
from bot.store.ledger import Entry, Wanted

ROWS = 8
NEWEST = 1 << 62
AT_ONCE = 500
"""Entries that are read together for an export."""


class Search(NamedTuple):
    """What of the record is looked at; the numbers stand in ids of buttons, 0 where nothing is asked."""

    before: int = 0
    actor: int = 0
    story: int = 0
    words: int = 0  # number of the words


class Page(NamedTuple):
    """Some entries, the newest first, and what was searched for."""

    entries: list[Entry]
    search: Search
    words: str

    @property
    def has_more(self) -> bool:
        return len(self.entries) == ROWS


class Records:
    """The record of an archive; nobody changes or removes an entry here."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def search(self, actor: Actor, words: str, by: int, story: int) -> Page:
        """Entries that hold words, were made by somebody, or concern a story."""
        await self._acting.reading(actor)
        number = 0
        if words.strip():
            async with self._acting.database.write() as db:
                number = await ledger.searched(db, actor.archive_id, words.strip())
        return await self.page(actor, Search(0, by, story, number))

    async def page(self, actor: Actor, search: Search) -> Page:
        db = await self._acting.reading(actor)
        words = await ledger.words(db, actor.archive_id, search.words) if search.words else ""
        wanted = Wanted(words, search.actor or None, search.story or None)
        before = search.before or NEWEST
        found = await ledger.entries(db, actor.archive_id, before=before, limit=ROWS, wanted=wanted)
        return Page(found, search, words)

    async def entry(self, actor: Actor, entry_id: int) -> Entry:
        """An entry with what it changed.

        Raises:
            NoSuchEntry: this archive has none of that number.
        """
        found = await ledger.get(await self._acting.reading(actor), actor.archive_id, entry_id)
        if found is None:
            raise NoSuchEntry(entry_id)
        return found

    async def everything(self, actor: Actor) -> list[Entry]:
        """The whole record, the oldest first; whom an act was about stays out of it."""
        db = await self._acting.reading(actor)
        found: list[Entry] = []
        before = NEWEST
        while some := await ledger.entries(db, actor.archive_id, before=before, limit=AT_ONCE):
            found += some
            before = some[-1].id
        return [entry._replace(user_id=None) for entry in reversed(found)]
