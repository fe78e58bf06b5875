"""This room puts together what forgets again, for the bot before it serves and for a copy that is brought back."""

from bot.domain.forgetting import Subject
from bot.services.forgetting import Forgetter
from bot.services.withdrawal import Withdrawals
from bot.store.database import Database


def forgetter(database: Database) -> Forgetter:
    return Forgetter(database, {Subject.STORY: Withdrawals(database).again})
