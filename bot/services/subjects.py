"""This room finds what readers follow and take home, by number or by whatever was typed."""

import asyncio

from bot.domain.access import Audience
from bot.domain.errors import Gone, NotFound
from bot.domain.search import Field
from bot.domain.subjects import Kind, Subject
from bot.formats.spelling import nearest
from bot.store import naming, subjects
from bot.store.database import Database

FIELDS = {Kind.AUTHOR: Field.AUTHOR, Kind.SERIES: Field.SERIES}
COMPARED = 5_000
"""Names that a misspelt one is compared with."""
PATIENCE = 0.03
"""Seconds to fetch those."""


class Subjects:
    """Authors, series and stories, as far as an audience may know of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, audience: Audience, kind: Kind, subject_id: int) -> Subject:
        """The subject of a number.

        Raises:
            Gone: no story of it is listed here.
        """
        found = await subjects.get(self._database.reader, audience, kind, subject_id)
        if found is None:
            raise Gone(kind.noun)
        return found

    async def find(self, audience: Audience, kind: Kind, text: str) -> Subject:
        """The author or series of a name, or the first whose name begins so.

        Raises:
            NotFound: none here is called so; the sentence names the nearest.
        """
        field, db = FIELDS[kind], self._database.reader
        found = await naming.exactly(db, audience, field, text)
        if not found and text.strip():
            found = await naming.beginning(db, audience, field, text, 1)
        if not found:
            every = await naming.some(self._database.search, audience, field, COMPARED, PATIENCE)
            raise NotFound(kind.noun, text, await asyncio.to_thread(nearest, text, every))
        return Subject(kind, int(found[0].key), found[0].name)
