"""This room is how an archive is run: its moderators set that, and a server opens an archive of its own."""

from collections.abc import Callable, Mapping

from bot.domain.access import HOME
from bot.domain.desk_refusals import HasArchive, NoArchiveName, NotYourServer
from bot.domain.people import Actor
from bot.services.acting import Acting
from bot.store import desks, effects
from bot.store.database import Writer
from bot.store.desks import Wanted
from bot.store.ledger import Act, Change

NAME_LIMIT = 100


class Archives:
    """Settings of archives; `forget` drops what is remembered of them."""

    def __init__(self, acting: Acting, forget: Callable[[], None]) -> None:
        self._acting = acting
        self._forget = forget

    async def wanted(self, actor: Actor) -> Wanted:
        return await desks.wanted(await self._acting.reading(actor), actor.archive_id)

    async def change(self, actor: Actor, changes: Mapping[str, str | int | None], interaction_id: int) -> Wanted:
        """Changes some settings, named as those of `Wanted`, and returns all of them.

        Raises:
            NoArchiveName: the archive would have none.
        """

        async def act(db: Writer) -> str:
            held = await desks.wanted(db, actor.archive_id)
            made = held._replace(**changes)
            if not made.name.strip():
                raise NoArchiveName
            await desks.change(db, actor.archive_id, made._replace(name=made.name.strip()[:NAME_LIMIT]))
            values = list(_differences(held, made))
            if values:
                await self._acting.record(db, Act(actor.archive_id, "settings changed", actor.user, values=values))
            return ""

        await self._acting.once(actor, interaction_id, act)
        self._forget()
        return await self.wanted(actor)

    async def open(self, actor: Actor, name: str, interaction_id: int) -> str:
        """Gives the server an archive of its own, which is then its moderators' alone.

        Raises:
            NotYourServer: the actor does not manage it.
            HasArchive: it has one, or keeps the home archive.
            NoArchiveName: the archive would have none.
        """
        server = actor.server
        if server is None or not actor.manages:
            raise NotYourServer
        if not name.strip():
            raise NoArchiveName
        if actor.archive_id != HOME or server == self._acting.home_server:
            raise HasArchive

        async def act(db: Writer) -> str:
            made = await desks.open_archive(db, server, name.strip()[:NAME_LIMIT])
            if made is None:
                raise HasArchive
            await self._acting.record(db, Act(made, "archive opened", actor.user))
            return (
                f"{name.strip()} is open, and empty: /desk import brings stories in. What is read here from now on is"
                " this archive; the home archive is read elsewhere."
            )

        async with self._acting.database.write() as db:
            said = await effects.once(db, interaction_id, self._acting.now(), lambda: act(db))
        self._forget()
        return said


def _differences(held: Wanted, made: Wanted) -> list[Change]:
    pairs = zip(held._asdict().items(), made, strict=True)
    return [Change(name, _text(former), _text(present)) for (name, former), present in pairs if former != present]


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(int(value) if isinstance(value, bool) else value)
