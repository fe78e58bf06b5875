"""This room is what moderators see of the importer's runs, and how they take one back."""

import asyncio
from typing import NamedTuple

from bot.domain.desk_refusals import RunGone, RunUndone
from bot.domain.people import Actor
from bot.domain.refusals import NoReason
from bot.services.acting import Acting
from bot.services.intake import Intake
from bot.services.intake.undoing import Undone, on_record
from bot.store import effects, runs
from bot.store.database import Writer
from bot.store.runs import Listed

ROWS = 10
NEWEST = 1 << 62


class View(NamedTuple):
    """A run, and what taking it back would concern."""

    listed: Listed
    stays: list[tuple[str, int]]  # stories that a later run changed again, and that run
    letters: int  # about the stories that would go
    readers: int  # who are in them


class Runs:
    """The runs of an archive, whoever had them."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._one = asyncio.Lock()

    async def listed(self, actor: Actor, before: int = 0) -> list[Listed]:
        db = await self._acting.reading(actor)
        return await runs.listed(db, actor.archive_id, before=before or NEWEST, limit=ROWS)

    async def view(self, actor: Actor, run_id: int) -> View:
        """A run that could be taken back.

        Raises:
            RunGone: it did nothing here, or was taken back.
        """
        db = await self._acting.reading(actor)
        found = await runs.listed(db, actor.archive_id, before=run_id + 1, limit=1)
        if not found or found[0].run.id != run_id:
            raise RunGone(run_id)
        stays = [(each.title, each.later_run) for each in await runs.to_undo(db, run_id) if each.later_run is not None]
        return View(found[0], stays, *await runs.concerned(db, run_id))

    async def undoable(self, actor: Actor, run_id: int) -> View:
        """A run that stands.

        Raises:
            RunGone: this archive has none of that number.
            RunUndone: it was taken back already.
        """
        view = await self.view(actor, run_id)
        if view.listed.run.undone_at is not None:
            raise RunUndone(run_id)
        return view

    async def undo(self, actor: Actor, run_id: int, reason: str, interaction_id: int) -> str:
        """Takes a run back: what it added goes, what it replaced is shown again.

        One after another: a press that Discord sends again waits for the first, and is answered like it.

        Raises:
            RunGone: this archive has none of that number.
            NoSuchRun: it was taken back already.
            NoReason: none was given.
        """
        if not reason.strip():
            raise NoReason
        async with self._one:
            said = await effects.recall(await self._acting.reading(actor), interaction_id)
            if said is not None:
                return said
            await self.view(actor, run_id)
            moderator = _Moderator(self._acting, actor, reason.strip(), interaction_id)
            intake = Intake(self._acting.database, actor.archive_id)
            undone = await intake.undo(run_id, self._acting.now(), moderator)
        self._acting.wake()
        return _answer(undone)


class _Moderator:
    """Whoever pressed: their rights are asked before anything goes, the answer is stored with the last of it."""

    def __init__(self, acting: Acting, actor: Actor, reason: str, interaction_id: int) -> None:
        self._acting = acting
        self._actor = actor
        self._reason = reason
        self._interaction = interaction_id

    async def begin(self, db: Writer, undone: Undone) -> None:
        await self._acting.admit(db, self._actor)
        await self._acting.record(db, on_record(undone, self._actor.archive_id, self._actor.user, self._reason))

    async def end(self, db: Writer, undone: Undone) -> None:
        await effects.record(db, self._interaction, _answer(undone), self._acting.now())


def _answer(undone: Undone) -> str:
    return f"Run {undone.run_id} is taken back: {undone.counts}."
