"""This room is import at the desk: files are read on trial, and come in story by story as a moderator says."""

import asyncio
import os
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from bot.domain.desk_refusals import NothingToImport, UploadRefused, UploadSettled, UploadUnread
from bot.domain.errors import ArchiveError
from bot.domain.fields import Field, Texts
from bot.domain.people import Actor
from bot.domain.refusals import NoReason
from bot.formats import fields
from bot.formats.markdown import escape
from bot.services.acting import Acting
from bot.services.intake import Intake, Options, Outcome, Stage, is_export, stage
from bot.services.intake.amending import amended_work
from bot.services.intake.binding import Bound
from bot.services.intake.files import File, Progress
from bot.services.intake.rows import is_doubtful, texts
from bot.services.intake.staging import Row
from bot.store import amendments, outbox, submissions, uploads
from bot.store.database import Database, Reader, Writer, copy_unchanged, open_database
from bot.store.ledger import Act, Change
from bot.store.uploads import State, Upload, Work

ROWS = 10
"""Stories of an upload on one page."""
TOLD = 50
"""Refusals that are told in words; of more, their number."""
NEWEST = 1 << 62

BROKEN = "Something broke on our side while it was read; read it again."

Found = tuple[dict[str, Any], list[tuple[dict[str, Any], bool]]]
"""What a trial found: its summary, and the rows of its stories with whether somebody should look at them."""


class Page(NamedTuple):
    """An upload with some of its stories."""

    upload: Upload
    works: list[Work]
    after: int


class Uploads:
    """What moderators send, from the first reading to the import."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._database = acting.database

    async def recover(self) -> None:
        """After a restart: what was being imported waits for a word again; to import it twice changes nothing."""
        async with self._database.write() as db:
            await uploads.recover(db)

    async def send(self, actor: Actor, files: Sequence[tuple[str, bytes]], interaction_id: int) -> int:
        """Keeps files for `read`; returns the upload's number."""

        async def act(db: Writer) -> str:
            named = list(zip(names([name for name, _ in files]), (content for _, content in files), strict=True))
            return str(await uploads.add(db, actor.archive_id, actor.user, named, self._acting.now()))

        return int(await self._acting.once(actor, interaction_id, act))

    async def read(self, actor: Actor, upload_id: int, progress: Progress) -> None:
        """Reads an upload on trial, on a copy of the database; nothing of it is in the archive then.

        Raises:
            UploadSettled: it is not waiting to be read.
        """
        await self.check(actor, upload_id, State.SENT, State.FAILED)
        upload = await self._upload(actor, upload_id)
        try:
            summary, found = await self._tried(upload, progress)
        except Exception as error:
            problem = str(error) if isinstance(error, ArchiveError) else BROKEN
            async with self._database.write() as db:
                await uploads.move(db, upload_id, upload.state, State.FAILED, problem)
            raise
        async with self._database.write() as db:
            await uploads.told(db, upload_id, summary, found)
            await submissions.name_works(db, upload_id)

    async def _tried(
        self, upload: Upload, progress: Progress
    ) -> tuple[dict[str, Any], list[tuple[dict[str, Any], bool]]]:
        async with AsyncExitStack() as stack:
            copy = await stack.enter_async_context(_trial(self._database))
            files = await stack.enter_async_context(self._unpacked(upload.id))
            await asyncio.to_thread(_no_export, files)
            staged = stack.enter_context(stage())
            intake = Intake(copy, upload.archive_id)
            options = Options(progress=progress, jobs=_jobs(), is_shared=lambda: False)
            outcome = await intake.take_files(files, staged, self._acting.now(), options)
            return await _summed(intake, outcome, staged)

    @asynccontextmanager
    async def _unpacked(self, upload_id: int) -> AsyncGenerator[list[File]]:
        """The files of an upload on disk, each by its number: their names are whatever somebody called them."""
        with TemporaryDirectory(prefix="talebearer-") as folder:
            files = await uploads.files(self._database.reader, upload_id)
            yield await asyncio.to_thread(_written, Path(folder), files)

    async def listed(self, actor: Actor, before: int = 0) -> list[Upload]:
        """The newest uploads, older than upload `before`."""
        db = await self._acting.reading(actor)
        return await uploads.newest(db, actor.archive_id, before=before or NEWEST, limit=ROWS)

    async def page(self, actor: Actor, upload_id: int, after: int = 0) -> Page:
        """An upload with its stories from beyond place `after` on."""
        upload = await self._upload(actor, upload_id)
        if upload.state is State.SENT:
            raise UploadUnread(upload_id)
        return Page(upload, await uploads.works(self._database.reader, upload_id, after=after, limit=ROWS), after)

    async def _upload(self, actor: Actor, upload_id: int) -> Upload:
        upload = await uploads.get(await self._acting.reading(actor), actor.archive_id, upload_id)
        if upload is None:
            raise UploadSettled
        return upload

    async def check(self, actor: Actor, upload_id: int, *states: State) -> Upload:
        """The upload, if it is in one of these states: asked before work that takes long is announced.

        Raises:
            UploadSettled: it is not.
        """
        upload = await self._upload(actor, upload_id)
        if upload.state not in states:
            raise UploadSettled
        return upload

    # Story by story

    async def work(self, actor: Actor, upload_id: int, position: int) -> Work:
        """A story that waits for a word.

        Raises:
            UploadSettled: the upload is settled, or has no such story.
        """
        db = await self._acting.reading(actor)
        return await self._work(db, actor, upload_id, position)

    @staticmethod
    async def _work(db: Reader, actor: Actor, upload_id: int, position: int) -> Work:
        upload = await uploads.get(db, actor.archive_id, upload_id)
        found = await uploads.work(db, upload_id, position)
        if upload is None or upload.state is not State.READ or found is None:
            raise UploadSettled
        return found

    async def next(self, actor: Actor, upload_id: int, position: int) -> Work:
        """The story after a place; after the last one comes the first."""
        await self._upload(actor, upload_id)
        found = await uploads.works(self._database.reader, upload_id, after=position, limit=1)
        return found[0] if found else await self.work(actor, upload_id, 1)

    async def skip(self, actor: Actor, upload_id: int, position: int, *, skipped: bool) -> Work:
        """Leaves a story out of the import, or takes it after all."""
        async with self._database.write() as db:
            await self._acting.admit(db, actor)
            work = await self._work(db, actor, upload_id, position)
            await uploads.skip(db, upload_id, position, skipped=skipped)
        return work._replace(skipped=skipped)

    async def fix(self, actor: Actor, upload_id: int, position: int, typed: Texts) -> Work:
        """Has a story come in with other values in some fields; what is as it was read is no fix.

        Raises:
            FieldRefused: something typed cannot be what its field holds.
        """
        async with self._database.write() as db:
            await self._acting.admit(db, actor)
            work = await self._work(db, actor, upload_id, position)
            read = texts(work.told)
            fixes = {**work.fixes, **fields.tidied(typed)}
            kept = {name: text for name, text in fixes.items() if read.get(Field(name), "") != text}
            await uploads.fix(db, upload_id, position, kept)
        return work._replace(fixes=kept)

    async def drop(self, actor: Actor, upload_id: int, reason: str, interaction_id: int) -> str:
        """Lets go of an upload for a reason, which an author who sent it in is told; nothing of it comes in.

        Raises:
            NoReason: none is given.
            UploadSettled: it was imported or dropped already.
        """
        why = reason.strip()

        async def act(db: Writer) -> str:
            if not why:
                raise NoReason
            upload = await self._move(db, actor, upload_id, State.DROPPED)
            await uploads.clear(db, upload_id)
            await submissions.drop(db, upload_id, escape(why), self._acting.now())
            # Why somebody's file was not taken is about them, and goes when they are forgotten.
            whom = upload.user_id if upload.user_id != actor.user else None
            dropped = Act(actor.archive_id, f"upload {upload_id} dropped", actor.user, why, user_id=whom)
            await self._acting.record(db, dropped)
            return f"Upload {upload_id} is dropped; nothing of it is in the archive."

        return await self._acting.once(actor, interaction_id, act)

    @staticmethod
    async def _move(db: Writer, actor: Actor, upload_id: int, state: State) -> Upload:
        """Settles an upload.

        Raises:
            UploadSettled: somebody was faster, or it is another archive's.
        """
        upload = await uploads.get(db, actor.archive_id, upload_id)
        if upload is None or upload.state not in (State.READ, State.FAILED):
            raise UploadSettled
        await uploads.move(db, upload_id, upload.state, state)
        return upload

    # All of it

    async def take(self, actor: Actor, upload_id: int, progress: Progress, *, withhold: bool) -> str:
        """Imports what is not skipped; two moderators who press at once import it once.

        Raises:
            UploadSettled: it was imported or dropped already.
            NothingToImport: every story of it is skipped.
        """
        async with self._database.write() as db:
            await self._acting.admit(db, actor)
            upload = await self._move(db, actor, upload_id, State.TAKEN)
            if not upload.taken:
                raise NothingToImport
        try:
            return await self._import(actor, upload, progress, withhold=withhold)
        except BaseException:
            async with self._database.write() as db:
                await uploads.move(db, upload_id, State.TAKEN, State.READ)
            raise

    async def _import(self, actor: Actor, upload: Upload, progress: Progress, *, withhold: bool) -> str:
        works = await uploads.works(self._database.reader, upload.id, after=0, limit=upload.works)
        intake = Intake(self._database, upload.archive_id)
        options = Options(withhold=withhold, progress=progress, jobs=_jobs(), choose=_chooser(works))
        async with self._unpacked(upload.id) as files:
            with stage() as staged:
                outcome = await intake.take_files(files, staged, self._acting.now(), options)
                ids = {_first(row): row["id"] for row in staged.rows() if row["error"] is None}
        async with self._database.write() as db:
            await self._remember(db, actor, upload, outcome, works, ids)
        self._acting.wake()
        return f"{_counted(outcome)} Run {outcome.run_id}; /desk import takes it back."

    async def _remember(
        self,
        db: Writer,
        actor: Actor,
        upload: Upload,
        outcome: Outcome,
        works: Sequence[Work],
        ids: dict[tuple[int, int], int],
    ) -> None:
        """Puts a run on record, and what was fixed in its stories: that stands over what a later file says."""
        act = f"upload {upload.id} imported: {_counted(outcome)}"
        await self._acting.record(db, Act(actor.archive_id, act, actor.user, run_id=outcome.run_id))
        for work in works:
            story_id = ids.get(work.piece)
            if not work.fixes or work.skipped or story_id is None:
                continue
            read = texts(work.told)
            told = {Field(name): text for name, text in work.fixes.items()}
            await amendments.put(db, actor.archive_id, story_id, told)
            values = [Change(name, read[name], text) for name, text in told.items()]
            fixed = Act(actor.archive_id, "edited", actor.user, story_id=story_id, run_id=outcome.run_id, values=values)
            await self._acting.record(db, fixed)
        await submissions.take(db, upload.id, [number for number in ids.values() if number], self._acting.now())
        await uploads.imported(db, upload.id, outcome.run_id)

    async def tell(self, actor: Actor, upload_id: int, said: str) -> None:
        """Tells whoever sent an upload what came of it by direct message: an interaction is answered for 15 min."""
        text = f"{said} /desk import shows it."
        key, now = f"upload {upload_id} {said[:20]}", self._acting.now()
        async with self._database.write() as db:
            await outbox.notice(db, actor.archive_id, actor.user, key, title=f"Upload {upload_id}", text=text, now=now)
        self._acting.wake()


def _no_export(files: Sequence[File]) -> None:
    """Its books would come in as new stories that have lost what only the export tells."""
    found = next((file.name for file in files if is_export(file.path)), None)
    if found is not None:
        cure = "whoever runs the bot brings it back whole with `talebearer import`"
        raise UploadRefused(found, "it is the export of an archive", cure)


def _written(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[File]:
    made: list[File] = []
    for position, (name, content) in enumerate(files):
        path = folder / str(position)
        path.write_bytes(content)
        made.append(File(path, path, name))
    return made


@asynccontextmanager
async def _trial(database: Database) -> AsyncGenerator[Database]:
    """A copy to read an upload on: what it would do to the archive is what it does there."""
    with TemporaryDirectory(prefix="talebearer-") as folder:
        copy = Path(folder, "copy.db")
        await copy_unchanged(database.path, copy)
        async with open_database(copy) as opened:
            yield opened


def _jobs() -> int:
    """At least two: what is worth processes of its own must not be read in the one that answers people."""
    return max(2, os.cpu_count() or 1)


async def _summed(intake: Intake, outcome: Outcome, staged: Stage) -> Found:
    """The doubtful stories first; what cannot come in is told beside them."""
    found = [row async for row in intake.told(staged)]
    works = [(row, is_doubtful(row)) for row in found if row["error"] is None]
    refusals = [row["error"] for row in found if row["error"] is not None]
    others = [f"{row['path']}: {row['kind']}" for row in outcome.documents]
    totals = {status.value: count for status, count in outcome.totals.items()}
    summary = {
        "totals": totals,
        "refusals": refusals[:TOLD],
        "refused": len(refusals),
        "others": others[:TOLD],
        "documents": len(others),
    }
    return summary, sorted(works, key=lambda work: not work[1])


def _chooser(works: Sequence[Work]) -> Callable[[Bound], Bound | None]:
    said = {work.piece: work for work in works}

    def choose(bound: Bound) -> Bound | None:
        first = min(bound.shown.pieces)
        work = said.get((first.document, first.story))
        if work is None or work.skipped:
            return None
        return amended_work(bound, {Field(name): text for name, text in work.fixes.items()})

    return choose


def _first(row: Row) -> tuple[int, int]:
    document, story = min(row["pieces"])
    return document, story


def _counted(outcome: Outcome) -> str:
    told = ", ".join(f"{count:,} {status.value}" for status, count in outcome.totals.items() if count)
    return f"{told or 'nothing new'}.".capitalize()


def names(given: Sequence[str]) -> list[str]:
    """Names for documents out of what files were called: no folders, nothing unprintable, each once."""
    found: list[str] = []
    for name in given:
        plain = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[/\\]", name)[-1]).strip(". ")[:200] or "file"
        number, unique = 1, plain
        while unique in found:
            number += 1
            unique = f"{plain} ({number})"
        found.append(unique)
    return found
