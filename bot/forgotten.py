"""This room puts together what forgets again, for the bot before it serves and for a copy that is brought back."""

from bot.domain.forgetting import Subject
from bot.services.forgetting import Forgetter
from bot.services.personal import PersonalData
from bot.services.withdrawal import Withdrawals
from bot.store.database import Database


def forgetter(database: Database) -> Forgetter:
    persons = PersonalData(database, _nothing_in_memory)
    return Forgetter(database, {Subject.STORY: Withdrawals(database).again, Subject.PERSON: persons.again})


async def _nothing_in_memory() -> None:
    """Before it serves, a bot has no place of a reader's that is not on disk."""
