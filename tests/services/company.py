"""This room is the company of one archive: a reader, two who may be the author, a moderator; and what they do."""

from bot.domain.access import HOME, Archive, Audience
from bot.domain.models import Rating
from bot.domain.people import Actor, Sender
from bot.services.acting import Acting
from bot.services.blocks import Blocks
from bot.services.claims import Claims
from bot.services.correspondence import Correspondence
from bot.services.desk import Desk
from bot.services.feedback import Feedback, Form
from bot.services.pen import Pen
from bot.services.reports import Reports
from bot.services.withdrawal import Withdrawals
from bot.store.database import Database
from tests.store.relay import MARA, NOW, RUBY

SERVER = 10
OTHER = RUBY + 5
MO = Actor(9, HOME, SERVER, manages=True, roles=frozenset(), owns_bot=False)
ARCHIVE = Archive(HOME, "Home", Rating.PG, directory_safe=False)


def audience(user: int) -> Audience:
    return Audience(ARCHIVE, user)


def sender(user: int, member_since: float | None = 0.0) -> Sender:
    return Sender(audience(user), 0.0, member_since)


class Company:
    """The services about letters over one database, at a moment that the test sets."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self.database = database
        self.letters = Correspondence(database, clock=self._clock)
        self.pen = Pen(database, clock=self._clock)
        self.claims = Claims(database, Withdrawals(database).of_author, clock=self._clock)
        self.feedback = Feedback(database, clock=self._clock)
        acting = Acting(database, SERVER, clock=self._clock)
        self.desk = Desk(acting)
        self.reports = Reports(acting)
        self.blocks = Blocks(acting)
        self._interactions = 1_000

    def _clock(self) -> float:
        return self.now

    def another(self) -> int:
        """The number of one more interaction."""
        self._interactions += 1
        return self._interactions

    async def writes(self, story: int, comments: str, name: str = "", *, user: int = MARA, email: str = "") -> int:
        form = Form(name, email, comments)
        receipt = await self.feedback.submit(sender(user), story, form, page=None, interaction_id=self.another())
        return receipt.letter_id

    async def offers(self, user: int, name: str = "Ruby") -> int:
        """A claim to which the moderator has said yes; returns its number."""
        await self.claims.ask(audience(user), name, "", self.another())
        claim = (await self.desk.claims(MO))[-1].id
        await self.desk.decide(MO, claim, self.another(), yes=True)
        return claim
