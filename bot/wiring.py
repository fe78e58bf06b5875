"""This room builds every service once, and hands each cog just the services it uses."""

from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

from discord.app_commands import ContextMenu
from discord.ext import commands

from bot.config import Settings
from bot.domain.clocks import PlanClock
from bot.domain.pacing import Pace
from bot.domain.tally import Tally
from bot.forgotten import forgetter
from bot.services.acting import Acting
from bot.services.announcing import Announcements, Announcer, Crier
from bot.services.archives import Archives
from bot.services.bell import Bell
from bot.services.blocks import Blocks
from bot.services.catalogue import Catalogue
from bot.services.claims import Claims
from bot.services.corrections import Corrections
from bot.services.correspondence import Correspondence
from bot.services.desk import Desk
from bot.services.doorstep import Doorsteps
from bot.services.downloads import Downloads
from bot.services.episodes import Episodes
from bot.services.exporting import Exporting
from bot.services.feedback import Feedback
from bot.services.follows import Follows
from bot.services.herald import Herald
from bot.services.intake.arranging import Arranging
from bot.services.intake.editing import Editing
from bot.services.intake.history import Runs
from bot.services.intake.owning import OwnEditing, Owning
from bot.services.intake.ruling import Rulings
from bot.services.intake.uploads import Uploads
from bot.services.library import Library
from bot.services.pen import Pen
from bot.services.personal import PersonalData
from bot.services.postman import Clocks, Postman, watch
from bot.services.publishing import Publishing
from bot.services.reading import Reading
from bot.services.records import Records
from bot.services.reporting import Reporting
from bot.services.reports import Reports
from bot.services.settings import Preferences
from bot.services.shelf import Shelves
from bot.services.spoilers import Spoilers
from bot.services.statistics import Statistics
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
from bot.ui.mail import DRAW
from bot.ui.subcommands import Group
from cogs.announcements import AnnouncementsCog
from cogs.archives import ArchivesCog
from cogs.arranging import ArrangingCog
from cogs.bell import BellCog
from cogs.blocks import BlocksCog
from cogs.catalogue import CatalogueCog
from cogs.desk import DeskCog
from cogs.doorstep import DoorstepCog
from cogs.downloads import DownloadsCog
from cogs.editing import EditingCog
from cogs.exports import ExportsCog
from cogs.feedback import FeedbackCog
from cogs.follows import FollowsCog
from cogs.letters import LettersCog
from cogs.library import LibraryCog
from cogs.links import LinksCog
from cogs.menus import MenusCog
from cogs.pen import PenCog
from cogs.personal import PersonalCog
from cogs.publishing import PublishingCog
from cogs.reading import ReadingCog
from cogs.records import RecordsCog
from cogs.reports import ReportsCog
from cogs.settings import SettingsCog
from cogs.shelf import ShelfCog
from cogs.spoilers import SpoilersCog
from cogs.statistics import StatisticsCog
from cogs.submitting import SubmittingCog
from cogs.uploads import UploadsCog
from cogs.withdrawal import WithdrawalCog
from cogs.works import WorksCog

Work = Callable[[], Coroutine[Any, Any, None]]


class Moderation:
    """What moderators do about their archive."""

    def __init__(self, acting: Acting, library: Library) -> None:
        self.bell = Bell(acting)
        self.desk = Desk(acting)
        self.reports = Reports(acting)
        self.blocks = Blocks(acting)
        self.exporting = Exporting(acting)
        self.statistics = Statistics(acting)
        self.runs = Runs(acting)
        self.rulings = Rulings(acting)
        self.uploads = Uploads(acting)
        self.publishing = Publishing(acting)
        self.editing = Editing(acting)
        self.arranging = Arranging(acting, self.editing)
        self.records = Records(acting)
        self.archives = Archives(acting, library.forget)
        self.episodes = Episodes(acting)
        self.announcements = Announcements(acting)


class Services:
    """What people do here, and who is woken by whom."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        courier: DiscordCourier,
        crier: Crier,
        pace: Pace,
        clocks: Clocks,
        planned: PlanClock,
        tally: Tally,
        servers: Callable[[], Awaitable[set[int]]],
    ) -> None:
        """`planned`: what the courier plans by; `servers` asks Discord where the bot is."""
        clock = clocks.now
        self._database = database
        self.library = Library(database)
        self.subjects = Subjects(database)
        self.catalogue = Catalogue(database)
        self.preferences = Preferences(database)
        self.reading = Reading(database, clock)
        self.shelves = Shelves(database, self.reading.flush, clock)
        self.spoilers = Spoilers(database, self.reading.flush)
        self.reporting = Reporting(database, clock)
        self.downloads = Downloads(database, self.wake, clock)
        self.follows = Follows(database, clock)
        self.herald = Herald(database, self.wake, clock)
        self.corrections = Corrections(database, courier, DRAW, pace, self.wake, clock)
        self.postman = Postman(database, courier, DRAW, pace, clocks, self.arrived, planned=planned, tally=tally)
        self.feedback = Feedback(database, self.postman.wake, clock)
        self.correspondence = Correspondence(database, self.wake, clock)
        self.doorsteps = Doorsteps(database, self.wake, clock)
        self.forgetter = forgetter(database)
        self.withdrawals = Withdrawals(database, self.forgetter.wake, clock)
        self.personal = PersonalData(database, self.reading.flush, self.forgot, clock)
        self.pen = Pen(database, self.wake, clock)
        self.works = Works(database, clock)
        self.own_editing = OwnEditing(Owning(database, None, self.wake, clock))
        self.submitting = Submitting(database, self.wake, clock)
        self.claims = Claims(database, self.withdrawals.of_author, self.forgot, clock)
        self.moderation = Moderation(Acting(database, settings.discord_home_guild, self.wake, clock), self.library)
        self.announcer = Announcer(database, crier, clock)
        self.upkeep = Upkeep(database, self.forgot, clock)
        self.tenancy = Tenancy(database, servers, self.library.forget, clock)

    def wake(self) -> None:
        """There may be something to send or to correct."""
        self.postman.wake()
        self.corrections.wake()

    def arrived(self) -> None:
        """A message was brought, or refused."""
        self.corrections.wake()
        self.doorsteps.changed()

    def forgot(self) -> None:
        """Something was forgotten for good."""
        self.wake()
        self.forgetter.wake()

    def written_elsewhere(self) -> None:
        """Another process has written: an import, a link."""
        self.library.forget()
        self.preferences.forget()
        self.wake()

    async def recover(self) -> None:
        """Before anybody is served: what the last process left half done, and what a copy brought back."""
        await self.moderation.uploads.recover()
        await self.forgetter.again()

    def background(self) -> Iterator[Work]:
        """What goes on as long as the bot does; the postman, who is drained, is the client's to start."""
        yield self.reading.keep_writing
        yield self.corrections.run
        yield self.upkeep.run
        yield self.herald.run
        yield self.forgetter.run
        yield self.tenancy.run
        yield self.announcer.run
        yield lambda: watch(self._database, self.written_elsewhere)


def cogs(
    services: Services, board: Switchboard, audiences: Audiences, add: Callable[[ContextMenu], None]
) -> Iterator[commands.Cog]:
    """Every cog; those that add commands to another's group come after it. `add` takes the menus of messages."""
    its = services
    yield LibraryCog(board, audiences, its.library, its.catalogue, its.reading)
    yield CatalogueCog(board, audiences, its.library, its.catalogue)
    yield ReadingCog(board, audiences, its.library, its.reading, its.correspondence, its.preferences, its.spoilers)
    yield ShelfCog(board, audiences, its.reading, its.shelves, its.follows)
    yield MenusCog(board, add, audiences, its.reading, its.reporting)
    yield FollowsCog(board, audiences, its.library, its.subjects, its.follows)
    yield DownloadsCog(board, audiences, its.library, its.subjects, its.downloads)
    yield FeedbackCog(board, audiences, its.library, its.feedback, its.correspondence)
    yield LettersCog(board, audiences, its.correspondence, its.doorsteps)
    yield DoorstepCog(board, its.doorsteps)
    yield SettingsCog(board, its.preferences)
    yield PersonalCog(board, its.personal)
    yield (pen := PenCog(board, audiences, its.library, its.pen, its.claims))
    yield WorksCog(board, pen.group, its.works)
    yield SubmittingCog(board, pen.group, audiences, its.submitting)
    yield WithdrawalCog(board, pen.group, its.withdrawals)
    yield BellCog(audiences, its.moderation.bell)
    yield (desk := DeskCog(board, audiences, its.moderation.desk))
    yield from _at_desk(its, board, desk.group, audiences)
    headers = its.moderation.editing, its.own_editing
    yield EditingCog(board, desk.group, pen.group, audiences, *headers, its.moderation.publishing, its.works)


def _at_desk(services: Services, board: Switchboard, group: Group, audiences: Audiences) -> Iterator[commands.Cog]:
    its = services.moderation
    yield ReportsCog(board, group, audiences, its.reports)
    yield LinksCog(board, group, audiences, its.rulings)
    yield ArrangingCog(board, group, audiences, its.arranging)
    yield BlocksCog(board, group, audiences, its.desk, its.blocks)
    yield UploadsCog(board, group, audiences, its.uploads, its.runs)
    yield SpoilersCog(board, group, audiences, services.spoilers, its.episodes)
    yield AnnouncementsCog(board, group, audiences, its.announcements)
    yield PublishingCog(board, group, audiences, its.publishing)
    yield RecordsCog(board, group, audiences, its.records, its.publishing)
    yield ExportsCog(group, audiences, its.exporting)
    yield StatisticsCog(group, audiences, its.statistics)
    yield ArchivesCog(group, audiences, its.archives)
