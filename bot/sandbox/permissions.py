"""This room names Discord's permission bits and works out who has which (Topics, "Permissions")."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .world import Channel, Member

ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
SEND_MESSAGES_IN_THREADS = 1 << 38
MODERATE_MEMBERS = 1 << 40
PIN_MESSAGES = 1 << 51

EVERYTHING = (1 << 53) - 1
EVERYONE = (
    ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | SEND_MESSAGES_IN_THREADS
)


class PermissionSet(Protocol):
    """Anything that carries its bits in `value`, as `discord.Permissions` does."""

    value: int


def bits(permissions: "int | PermissionSet") -> int:
    return permissions if isinstance(permissions, int) else permissions.value


def granted(member: "Member", channel: "Channel | None" = None) -> int:
    """What `member` may do in its guild, or in `channel` of it once overwrites are applied."""
    guild = member.guild
    if guild.owner is member.user:
        return EVERYTHING
    base = guild.everyone.permissions
    for role in member.roles:
        base |= role.permissions
    if base & ADMINISTRATOR:
        return EVERYTHING
    return base if channel is None else _overwritten(base, member, channel)


def _overwritten(base: int, member: "Member", channel: "Channel") -> int:
    overwrites = (channel.parent or channel).overwrites
    allow, deny = overwrites.get(member.guild.everyone.id, (0, 0))
    base = base & ~deny | allow
    pairs = [overwrites[role.id] for role in member.roles if role.id in overwrites]
    for _, deny in pairs:
        base &= ~deny
    for allow, _ in pairs:
        base |= allow
    allow, deny = overwrites.get(member.user.id, (0, 0))
    return base & ~deny | allow
