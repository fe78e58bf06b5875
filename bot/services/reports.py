"""This room is what readers and authors brought before the moderators, and the answer they get."""

from typing import NamedTuple

from bot.domain.people import Actor
from bot.domain.refusals import NothingAtDesk
from bot.formats.markdown import escape, shorten
from bot.services.acting import Acting
from bot.store import letters, outbox, reports, standings
from bot.store.database import Reader, Writer
from bot.store.ledger import Act
from bot.store.letters import Received
from bot.store.reports import Report
from bot.store.standings import Stood

ROWS = 5
"""Reports on one page of the list."""


class Context(NamedTuple):
    """A report with the conversation that its letter is of, or with the story that it is about."""

    report: Report
    thread: list[Received]
    story: Stood | None


class Reports:
    """Reports, as moderators settle them; who made one, and who wrote what it is about, nobody learns here."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def listed(self, actor: Actor, after: int = 0) -> list[Report]:
        """The oldest open reports, from beyond number `after` on."""
        return await reports.open_ones(await self._acting.reading(actor), actor.archive_id, after=after, limit=ROWS)

    async def view(self, actor: Actor, report_id: int) -> Context:
        """A report with what it is about.

        Raises:
            NothingAtDesk: it is settled, or another archive's.
        """
        db = await self._acting.reading(actor)
        report = await self._open(db, actor, report_id)
        if report.conversation_id is not None:
            return Context(report, await letters.thread(db, report.conversation_id, self._acting.now()), None)
        assert report.story_id is not None
        return Context(report, [], await standings.get(db, actor.archive_id, report.story_id))

    @staticmethod
    async def _open(db: Reader, actor: Actor, report_id: int) -> Report:
        report = await reports.get(db, actor.archive_id, report_id)
        if report is None:
            raise NothingAtDesk("report")
        return report

    async def check(self, actor: Actor, report_id: int) -> Report:
        """An open report, about to be settled."""
        return await self._open(await self._acting.reading(actor), actor, report_id)

    async def settle(self, actor: Actor, report_id: int, interaction_id: int, *, acted: bool, said: str = "") -> str:
        """Closes a report and tells whoever made it what came of it, with what the moderator says to them.

        Raises:
            NothingAtDesk: another moderator was faster.
        """

        async def act(db: Writer) -> str:
            report = await self._open(db, actor, report_id)
            reporter = await reports.settle(db, report_id, actor.user, self._acting.now())
            done = Act(
                actor.archive_id,
                f"report {report_id} {'settled' if acted else 'dismissed'}",
                actor.user,
                said.strip(),
                letter_id=report.letter_id,
                story_id=report.story_id,
            )
            await self._acting.record(db, done)
            if reporter is None:
                return f"Report {report_id} is {'settled' if acted else 'dismissed'}; who made it has been forgotten."
            await self._tell(db, actor, report, reporter, said.strip(), acted=acted)
            return f"Report {report_id} is {'settled' if acted else 'dismissed'}, and whoever made it is told."

        return await self._acting.once(actor, interaction_id, act)

    async def _tell(self, db: Writer, actor: Actor, report: Report, reporter: int, said: str, *, acted: bool) -> None:
        what = f"letter {report.letter_id}" if report.letter_id is not None else "the story"
        verdict = "They did something about it." if acted else "They found nothing to be done about it."
        words = f" They say: {escape(said)}" if said else ""
        text = f"The moderators looked at your report of {what} **{escape(shorten(report.title, 200))}**."
        await outbox.notice(
            db,
            actor.archive_id,
            reporter,
            f"report {report.id}",
            title="Your report",
            text=f"{text} {verdict}{words}",
            now=self._acting.now(),
        )
