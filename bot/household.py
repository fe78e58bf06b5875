"""This room builds the services and hands them to the cogs."""

from collections.abc import Callable

from bot.config import Settings
from bot.connection import Connected
from bot.domain.pacing import Pace
from bot.domain.tally import Tally
from bot.forgotten import forgetter
from bot.lag import Lag
from bot.metrics import Counting
from bot.services.acting import Acting
from bot.services.announcing import Announcements, Announcer
from bot.services.catalogue import Catalogue
from bot.services.claims import Claims
from bot.services.corrections import Corrections
from bot.services.correspondence import Correspondence
from bot.services.desk import Desk
from bot.services.downloads import Downloads
from bot.services.feedback import Feedback
from bot.services.intake.history import Runs
from bot.services.intake.uploads import Uploads
from bot.services.library import Library
from bot.services.pen import Pen
from bot.services.personal import PersonalData
from bot.services.postman import Clocks, Postman
from bot.services.publishing import Publishing
from bot.services.reading import Reading
from bot.services.settings import Preferences
from bot.services.shelf import Shelves
from bot.services.subjects import Subjects
from bot.services.submitting import Submitting
from bot.services.tenancy import Tenancy
from bot.services.upkeep import Upkeep
from bot.services.withdrawal import Withdrawals
from bot.services.works import Works
from bot.store.database import Database
from bot.ui.audience import Audiences
from bot.ui.controls import Switchboard
from bot.ui.courier import DiscordCourier
from bot.ui.crier import DiscordCrier
from bot.ui.mail import DRAW
from cogs.announcements import AnnouncementsCog
from cogs.catalogue import CatalogueCog
from cogs.desk import DeskCog
from cogs.downloads import DownloadsCog
from cogs.feedback import FeedbackCog
from cogs.letters import LettersCog
from cogs.library import LibraryCog
from cogs.pen import PenCog
from cogs.personal import PersonalCog
from cogs.publishing import PublishingCog
from cogs.reading import ReadingCog
from cogs.settings import SettingsCog
from cogs.shelf import ShelfCog
from cogs.submitting import SubmittingCog
from cogs.uploads import UploadsCog
from cogs.withdrawal import WithdrawalCog
from cogs.works import WorksCog


class Household(Connected):
    """Everything the bot serves with; `furnish` comes first."""

    _pace: Pace

    def furnish(self, settings: Settings, database: Database, clocks: Clocks) -> None:
        self._database = database
        self._board = Switchboard()
        self.tally = Tally()
        self._serve_readers(database, clocks.now)
        self._carry_letters(database, clocks)
        self._serve_authors(database, clocks.now)
        self._look_after(database, settings, clocks.now)

    def _serve_readers(self, database: Database, clock: Callable[[], float]) -> None:
        self._library = Library(database)
        self.preferences = Preferences(database)
        self._catalogue = Catalogue(database)
        self._reading = Reading(database, clock)
        self._downloads = Downloads(database, clock)
        self._shelves = Shelves(database, self._reading.flush, clock)
        self._personal = PersonalData(database, self._reading.flush, self._forgot, clock)

    def _carry_letters(self, database: Database, clocks: Clocks) -> None:
        clock, courier = clocks.now, DiscordCourier(self, self._pace, clocks.now)
        self._corrections = Corrections(database, courier, DRAW, self._pace, self._wake, clock)
        self._postman = Postman(database, courier, DRAW, self._pace, clocks, self._corrections.wake, tally=self.tally)
        self._feedback = Feedback(database, self._postman.wake, clock)
        self._correspondence = Correspondence(database, self._wake, clock)

    def _serve_authors(self, database: Database, clock: Callable[[], float]) -> None:
        self._forgetter = forgetter(database)
        self._pen = Pen(database, self._wake, clock)
        self._works = Works(database, clock)
        self._submitting = Submitting(database, self._wake, clock)
        self._withdrawals = Withdrawals(database, self._forgetter.wake, clock)
        self._claims = Claims(database, self._withdrawals.of_author, self._forgot, clock)

    def _look_after(self, database: Database, settings: Settings, clock: Callable[[], float]) -> None:
        """What moderators and the operator ask for, and what is done unasked."""
        self._desk = Desk(database, settings.discord_home_guild, self._wake, clock)
        acting = Acting(database, settings.discord_home_guild, self._wake, clock)
        self._runs = Runs(acting)
        self._uploads = Uploads(acting)
        self._publishing = Publishing(acting)
        self._announcements = Announcements(acting)
        self._announcer = Announcer(database, DiscordCrier(self, self._pace), clock)
        self._upkeep = Upkeep(database, self._forgot, clock)
        self._tenancy = Tenancy(database, self._servers, self._library.forget, clock)
        self.lag = Lag()
        self.counting = Counting()

    async def _add_cogs(self) -> None:
        audiences = Audiences(self, self._library)
        subjects = Subjects(self._database)
        await self.add_cog(LibraryCog(self._board, audiences, self._library, self._catalogue, self._reading))
        await self.add_cog(CatalogueCog(self._board, audiences, self._library, self._catalogue))
        await self.add_cog(ReadingCog(self._board, audiences, self._library, self._reading, self._correspondence))
        await self.add_cog(ShelfCog(self._board, audiences, self._reading, self._shelves))
        await self.add_cog(FeedbackCog(self._board, audiences, self._library, self._feedback, self._correspondence))
        await self.add_cog(LettersCog(self._board, audiences, self._correspondence))
        await self.add_cog(desk := DeskCog(self._board, audiences, self._desk))
        await self.add_cog(UploadsCog(self._board, desk.group, audiences, self._uploads, self._runs))
        await self.add_cog(AnnouncementsCog(self._board, desk.group, audiences, self._announcements))
        await self.add_cog(pen := PenCog(self._board, audiences, self._library, self._pen, self._claims))
        await self.add_cog(WorksCog(self._board, pen.group, self._works))
        await self.add_cog(SubmittingCog(self._board, pen.group, audiences, self._submitting))
        await self.add_cog(WithdrawalCog(self._board, pen.group, self._withdrawals))
        await self.add_cog(PersonalCog(self._board, self._personal))
        await self.add_cog(DownloadsCog(self._board, audiences, self._library, subjects, self._downloads))
        await self.add_cog(PublishingCog(self._board, desk.group, audiences, self._publishing))
        await self.add_cog(SettingsCog(self._board, self.preferences))

    async def _servers(self) -> set[int]:
        """The servers the bot is in, as Discord says: after a resumed session nothing was read of them."""
        return {guild.id async for guild in self.fetch_guilds(limit=None, with_counts=False)}

    def _written_elsewhere(self) -> None:
        """Another process has written: an import, a link."""
        self._library.forget()
        self.preferences.forget()
        self._wake()

    def _wake(self) -> None:
        """There may be something to send or to correct."""
        self._postman.wake()
        self._corrections.wake()

    def _forgot(self) -> None:
        """Something was forgotten for good."""
        self._wake()
        self._forgetter.wake()
