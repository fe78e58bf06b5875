"""This room decides which commands Discord's client offers to whom and where (Application Commands, "Contexts")."""

from collections.abc import Iterator

from .drawing import items
from .errors import CommandRefused, Json
from .overwrites import Overwrites
from .permissions import ADMINISTRATOR, USE_APPLICATION_COMMANDS
from .world import DM, Channel, User

GUILD_CONTEXT, BOT_DM_CONTEXT, GUILD_INSTALL, USER_INSTALL = 0, 1, 0, 1
CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2


def find(
    commands: list[Json], line: str, kind: int, user: User, channel: Channel, overwrites: Overwrites
) -> tuple[Json, list[Json]]:
    """The command named by `line` ("/desk import") and its subcommands on the way down."""
    words = line.removeprefix("/").split() if kind == CHAT_INPUT else [line]
    reason = f"There is no command {line!r}"
    for command in commands:
        if (command["type"], command["name"]) == (kind, words[0]):
            refusal = why_not(command, user, channel, overwrites)
            if refusal is None:
                return command, _down(command, words)
            reason = f"{line} {refusal}"
    raise CommandRefused(f"{reason} (for {user.name} in {channel.name}).")


def _down(command: Json, words: list[str]) -> list[Json]:
    path: list[Json] = []
    here = command
    for word in words[1:]:
        nested = (option for option in items(here.get("options")) if option["type"] in (SUBCOMMAND, GROUP))
        here = next((option for option in nested if option["name"] == word), None)
        if here is None:
            raise CommandRefused(f"/{' '.join(words)} does not exist: there is no {word!r} in it.")
        path.append(here)
    if any(option["type"] in (SUBCOMMAND, GROUP) for option in items(here.get("options"))):
        names = ", ".join(option["name"] for option in items(here["options"]))
        raise CommandRefused(f"/{' '.join(words)} is not a command by itself; it has {names}.")
    return path


def offered(commands: list[Json], user: User, channel: Channel, overwrites: Overwrites) -> Iterator[Json]:
    """What the command picker lists."""
    seen: set[tuple[int, str]] = set()
    for command in commands:
        key = (command["type"], command["name"])
        if key not in seen and why_not(command, user, channel, overwrites) is None:
            seen.add(key)
            yield command


def why_not(command: Json, user: User, channel: Channel, overwrites: Overwrites) -> str | None:
    """Why the client does not offer the command, or None."""
    context = BOT_DM_CONTEXT if channel.kind == DM else GUILD_CONTEXT
    contexts = command["contexts"]
    if context not in contexts if contexts is not None else context and command.get("dm_permission") is False:
        return "is not for this kind of place"
    if not _installed(command, user, channel):
        return "is not installed here"
    if command["nsfw"] and not channel.age_restricted:
        return "is for age-restricted channels"
    return None if channel.guild is None else _lacks_permission(command, user, channel, overwrites)


def _installed(command: Json, user: User, channel: Channel) -> bool:
    kinds = command["integration_types"]
    if USER_INSTALL in kinds and user.installed:
        return True
    return GUILD_INSTALL in kinds and (channel.guild is None or channel.guild.has_bot)


def _lacks_permission(command: Json, user: User, channel: Channel, overwrites: Overwrites) -> str | None:
    assert channel.guild is not None
    member = channel.guild.members.get(user.id)
    if member is None:
        return "is in a server they are not a member of"
    permissions = member.permissions(channel)
    if not permissions & USE_APPLICATION_COMMANDS:
        return "is not allowed: application commands are off here"
    if permissions & ADMINISTRATOR:
        return None
    allowed = overwrites.allows(int(command["id"]), member, channel)
    if allowed is None:
        allowed = _by_default(command["default_member_permissions"], permissions)
    return None if allowed else "needs permissions they do not have"


def _by_default(needed: str | None, permissions: int) -> bool:
    return needed is None or (int(needed) != 0 and permissions & int(needed) == int(needed))
