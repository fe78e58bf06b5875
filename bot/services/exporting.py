"""This room takes a whole archive out: zips of stories as JSON, which come back with nothing lost, and as EPUBs."""

import asyncio
import zipfile
import zlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.domain.access import Archive, Audience
from bot.domain.books import Book
from bot.domain.desk_refusals import ExportTooLarge
from bot.domain.exports import Exported
from bot.domain.models import Rating
from bot.domain.people import Actor
from bot.formats import exports as files
from bot.formats.books import epub, filenames
from bot.formats.books.binding import Binding
from bot.services.acting import Acting
from bot.store import exports, outbox, stories
from bot.store.database import Database, Writer
from bot.store.ledger import Act

AT_ONCE = 20
"""Stories that are read together."""
ROOM = 1_000
"""Bytes that a zip needs beside a story's two members, their names and the manifest."""
VOLUMES = 10
"""Files of one export at the desk, each a message."""
REQUEST = 24 * 1024 * 1024
"""Bytes of a message with all that is attached, a little below docs.discord.com, Create Message: Limitations."""

Progress = Callable[[str, int, int], None]


class Made(NamedTuple):
    """An export: its files, how many stories are in them, how many did not fit and how many do not open there."""

    files: Sequence[Path]
    stories: int
    too_large: int
    closed: int = 0


class Volumes:
    """Zips in a folder, each of at most `limit` bytes and good by itself; runs in a thread."""

    def __init__(self, folder: Path, archive: Archive, now: float, limit: int | None = None) -> None:
        self._folder = folder
        self._archive = archive
        self._now = now
        self._limit = limit
        self._zip: zipfile.ZipFile | None = None
        self._held = self._size = 0
        self.files: list[Path] = []
        self.stories = self.too_large = 0

    def add(self, some: Sequence[Exported]) -> None:
        for exported in some:
            book = self._book(exported)
            self._put(exported, files.encode(exported), epub.write(book), filenames.named(book, Binding.EPUB))

    def _book(self, exported: Exported) -> Book:
        return Book(
            identifier=f"archive:{self._archive.id}/story:{exported.number}",
            title=exported.story.title,
            authors=exported.story.authors,
            stories=(files.bound(exported),),
            archive=self._archive.name,
            made_at=self._now,
        )

    def _put(self, exported: Exported, told: bytes, book: bytes, name: str) -> None:
        """A story that fits into no file even without its book is counted alone."""
        weight = len(zlib.compress(told)) + ROOM
        with_book = self._limit is None or weight + len(book) + ROOM <= self._limit
        weight += len(book) if with_book else 0
        if self._limit is not None and weight + ROOM > self._limit:
            self.too_large += 1
            return
        opened = self._volume(weight)
        opened.writestr(f"{files.FOLDER}{exported.number:06}.json", told, zipfile.ZIP_DEFLATED)
        if with_book:
            opened.writestr(f"books/{exported.number:06}-{name}", book)
        self._held += 1
        self._size += weight
        self.stories += 1

    def _volume(self, weight: int) -> zipfile.ZipFile:
        if self._zip is not None and self._limit is not None and self._size + weight + ROOM > self._limit:
            self.close()
        if self._zip is None:
            self.files.append(self._folder / f"export-{len(self.files) + 1}.zip")
            self._zip = zipfile.ZipFile(self.files[-1], "w")
        return self._zip

    def close(self) -> None:
        """Ends the file that is being written."""
        if self._zip is not None:
            made_at = datetime.fromtimestamp(self._now, UTC).isoformat()
            self._zip.writestr(files.MANIFEST, files.manifest(self._archive.name, made_at, self._held))
            self._zip.close()
        self._zip, self._held, self._size = None, 0, 0


async def write(
    database: Database,
    archive_id: int,
    most: Rating,
    volumes: Volumes,
    progress: Progress,
    check: Callable[[], None] = lambda: None,
) -> Made:
    """Fills volumes with the stories of an archive up to a rating; `check` may stop it after some of them."""
    db = database.reader
    numbers = await exports.numbers(db, archive_id, most)
    for place in range(0, len(numbers), AT_ONCE):
        found = [await exports.read(db, number) for number in numbers[place : place + AT_ONCE]]
        await asyncio.to_thread(volumes.add, [each for each in found if each is not None])
        progress("Exporting", min(place + AT_ONCE, len(numbers)), len(numbers))
        check()
    await asyncio.to_thread(volumes.close)
    everything = await exports.numbers(db, archive_id, max(Rating))
    return Made(volumes.files, volumes.stories, volumes.too_large, len(everything) - len(numbers))


async def write_to(database: Database, archive_id: int, target: Path, now: float, progress: Progress) -> Made:
    """Writes all of an archive into one file, which is there only once it is whole."""
    archive = await stories.archive(database.reader, archive_id)
    with TemporaryDirectory(prefix=".talebearer-", dir=target.parent) as folder:
        volumes = Volumes(Path(folder), archive, now)
        made = await write(database, archive_id, max(Rating), volumes, progress)
        for file in made.files:
            file.replace(target)
    return made


class Exporting:
    """The export of an archive by its moderators, one at a time."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._press = asyncio.Lock()

    async def check(self, actor: Actor) -> None:
        """Lets moderators through, before work that takes long is announced."""
        await self._acting.reading(actor)

    @asynccontextmanager
    async def made(
        self, actor: Actor, audience: Audience, limit: int, interaction_id: int, progress: Progress
    ) -> AsyncGenerator[Made]:
        """Files of at most `limit` bytes, as long as the block lasts, with what opens where they are asked for.

        Raises:
            ExportTooLarge: they are more than one answer takes.
        """
        await self.check(actor)
        async with self._press:
            with TemporaryDirectory(prefix="talebearer-") as folder:
                volumes = Volumes(Path(folder), audience.archive, self._acting.now(), min(limit, REQUEST))

                def few() -> None:
                    if len(volumes.files) > VOLUMES:
                        raise ExportTooLarge(audience.archive.name, VOLUMES)

                try:
                    made = await write(self._acting.database, actor.archive_id, audience.opens, volumes, progress, few)
                finally:
                    volumes.close()
                await self._record(actor, made, interaction_id)
                yield made

    async def _record(self, actor: Actor, made: Made, interaction_id: int) -> None:
        async def act(db: Writer) -> str:
            await self._acting.record(db, Act(actor.archive_id, f"exported, {made.stories} stories", actor.user))
            return ""

        await self._acting.once(actor, interaction_id, act)

    async def tell_late(self, actor: Actor, interaction_id: int) -> None:
        """Tells by direct message that files were not ready in the 15 minutes for which Discord takes an answer."""
        text = (
            "The export was not ready in the 15 minutes for which Discord takes an answer; ask whoever runs the bot for"
            " `talebearer export`."
        )
        async with self._acting.database.write() as db:
            key = f"export {interaction_id}"
            await outbox.notice(
                db, actor.archive_id, actor.user, key, title="Your export", text=text, now=self._acting.now()
            )
        self._acting.wake()
