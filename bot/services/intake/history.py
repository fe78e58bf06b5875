"""This room is what moderators see of the importer's runs, and how they take one back."""

from typing import NamedTuple

from bot.domain.desk_refusals import RunGone
from bot.domain.people import Actor
from bot.services.acting import Acting
from bot.services.intake import Intake
from bot.store import runs
from bot.store.ledger import Act
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

    async def undo(self, actor: Actor, run_id: int) -> str:
        """Takes a run back: what it added goes, what it replaced is shown again.

        Raises:
            NoSuchRun: there is none, or it was taken back already.
        """
        await self._acting.reading(actor)
        database = self._acting.database
        undone = await Intake(database, actor.archive_id).undo(run_id, self._acting.now())
        counts = f"{len(undone.removed)} removed, {len(undone.restored)} shown as before, {len(undone.stay)} stay"
        async with database.write() as db:
            act = f"run {run_id} taken back: {counts}"
            await self._acting.record(db, Act(actor.archive_id, act, actor.user, run_id=run_id))
        return f"Run {run_id} is taken back: {counts}."
