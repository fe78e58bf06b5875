"""This room says who writes a letter, and who looks after an archive."""

from typing import NamedTuple

from bot.domain.access import HOME, Audience
from bot.domain.refusals import NotYourDesk


class Sender(NamedTuple):
    """Whoever writes, with what the archive's rules for letters ask of them."""

    audience: Audience
    account_since: float  # seconds since the epoch
    member_since: float | None  # None outside the server, where nobody can tell


class Actor(NamedTuple):
    """Whoever wants to act for an archive, with all that their rights depend on."""

    user: int
    archive_id: int
    server: int | None  # the one they act in
    manages: bool  # may manage that server
    roles: frozenset[int]
    owns_bot: bool


class Keepers(NamedTuple):
    """Whom an archive belongs to: the server's managers, and those of a role."""

    server: int | None
    role: int | None


def looks_after(actor: Actor, keepers: Keepers, home_server: int | None) -> bool:
    """Whether an actor moderates their archive.

    The home archive is read in many servers, and its moderators come from the home server alone; an archive of a
    server's own is that server's, and not even the bot's owners have a say in it.
    """
    if actor.archive_id == HOME:
        keepers = keepers._replace(server=home_server)
        if actor.owns_bot:
            return True
    if keepers.server is None or actor.server != keepers.server:
        return False
    return actor.manages or keepers.role in actor.roles


def require(actor: Actor, keepers: Keepers, home_server: int | None) -> None:
    """Lets only moderators of the archive through.

    Raises:
        NotYourDesk: the actor is none.
    """
    if not looks_after(actor, keepers, home_server):
        raise NotYourDesk
