"""This room tells moderators who use the bot what has come to their desk since they were last told."""

from bot.domain import people
from bot.domain.people import Actor
from bot.services.acting import Acting
from bot.store import desks, tray
from bot.store.tray import Tray


class Bell:
    """What each moderator was told is in memory alone: after a start they are told once more."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._told: dict[tuple[int, int], Tray] = {}

    async def rings(self, actor: Actor) -> Tray | None:
        """What waits, where something of it is new to this moderator; None for everybody else."""
        db = self._acting.database.reader
        keepers = await desks.keepers(db, actor.archive_id)
        if not people.looks_after(actor, keepers, self._acting.home_server):
            return None
        waits, whose = await tray.of_archive(db, actor.archive_id), (actor.archive_id, actor.user)
        told = self._told.get(whose)
        self._told[whose] = waits
        if waits.is_empty or (told and all(now <= before for now, before in zip(waits, told, strict=True))):
            return None
        return waits
