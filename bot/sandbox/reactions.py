"""This room keeps reactions on messages (Resources, "Message": Reaction Object)."""

from collections.abc import Callable

from . import payloads
from .errors import Json, Refusal
from .permissions import ADD_REACTIONS, READ_MESSAGE_HISTORY
from .snowflakes import timestamp
from .world import Channel, Guild, StoredMessage, User, World

MOST = 20
"""Different emoji on one message."""

Dispatch = Callable[[str, Json, int | None], None]


class Reactions:
    """Who reacted with what; the message's own `reactions` are drawn anew after each change."""

    def __init__(self, world: World, dispatch: Dispatch) -> None:
        self._world = world
        self._dispatch = dispatch

    def add(self, message: StoredMessage, emoji: str, user: User) -> None:
        """A custom emoji is known to no server here (10014)."""
        if not _is_emoji(emoji):
            raise Refusal(10014)
        if emoji not in message.reactions:
            _refuse_without(ADD_REACTIONS, message.channel, user)
            if len(message.reactions) >= MOST:
                raise Refusal(30010)
        _refuse_without(READ_MESSAGE_HISTORY, message.channel, user)
        users = message.reactions.setdefault(emoji, [])
        if user.id not in users:
            users.append(user.id)
            self._redraw(message)
            self._tell("MESSAGE_REACTION_ADD", message, _of(user, emoji) | self._member(message, user))

    def remove(self, message: StoredMessage, emoji: str, user: User) -> None:
        users = message.reactions.get(emoji, [])
        if user.id not in users:
            raise Refusal(10014)
        users.remove(user.id)
        if not users:
            del message.reactions[emoji]
        self._redraw(message)
        self._tell("MESSAGE_REACTION_REMOVE", message, _of(user, emoji))

    def clear(self, message: StoredMessage, emoji: str | None = None) -> None:
        """Takes one emoji off the message, or all."""
        if emoji is None:
            message.reactions.clear()
        else:
            message.reactions.pop(emoji, None)
        self._redraw(message)
        event = "MESSAGE_REACTION_REMOVE_ALL" if emoji is None else "MESSAGE_REACTION_REMOVE_EMOJI"
        self._tell(event, message, {} if emoji is None else {"emoji": _drawn(emoji)})

    def users(self, message: StoredMessage, emoji: str) -> list[User]:
        return [self._world.users[user_id] for user_id in message.reactions.get(emoji, ())]

    def _redraw(self, message: StoredMessage) -> None:
        own = self._world.bot.id
        drawn = [_counted(emoji, users, me=own in users) for emoji, users in message.reactions.items()]
        self._world.mark(message, {"reactions": drawn})

    def _member(self, message: StoredMessage, user: User) -> Json:
        guild = message.channel.guild
        drawn: Json = {"message_author_id": message.raw["author"]["id"]}
        return drawn | {"member": payloads.member(guild.members[user.id])} if guild else drawn

    def _tell(self, event: str, message: StoredMessage, more: Json) -> None:
        guild = message.channel.guild
        if guild is not None and not guild.has_bot:
            return
        where: Json = {"channel_id": str(message.channel.id), "message_id": str(message.id)} | _guild(guild)
        self._dispatch(event, where | more, guild.id if guild else None)


class Pins:
    """Which messages a channel keeps at hand, newest first (Resources, "Message": Pins)."""

    MOST = 250

    def __init__(self, world: World, dispatch: Dispatch) -> None:
        self._world = world
        self._dispatch = dispatch

    def of(self, channel: Channel) -> list[tuple[str, StoredMessage]]:
        """When it was pinned, and the message."""
        pinned = [(message.pinned_at, message) for message in channel.messages.values() if message.pinned_at]
        pinned.sort(key=lambda pair: pair[0], reverse=True)
        return [(timestamp(at), message) for at, message in pinned]

    def pin(self, message: StoredMessage) -> None:
        if message.pinned_at:
            return
        if len(self.of(message.channel)) >= self.MOST:
            raise Refusal(30003)
        message.pinned_at = self._world.now()
        self._changed(message, pinned=True)

    def unpin(self, message: StoredMessage) -> None:
        if message.pinned_at:
            message.pinned_at = 0.0
            self._changed(message, pinned=False)

    def _changed(self, message: StoredMessage, *, pinned: bool) -> None:
        self._world.mark(message, {"pinned": pinned})
        channel, guild = message.channel, message.channel.guild
        newest = self.of(channel)[0][0] if self.of(channel) else None
        data: Json = {"channel_id": str(channel.id), "last_pin_timestamp": newest} | _guild(guild)
        if guild is None or guild.has_bot:
            self._dispatch("CHANNEL_PINS_UPDATE", data, guild.id if guild else None)


def _guild(guild: Guild | None) -> Json:
    return {"guild_id": str(guild.id)} if guild else {}


def _is_emoji(text: str) -> bool:
    """Unicode's own; `#`, `*` and digits are ASCII and part of some."""
    letters = (character for character in text if character.isascii())
    return 0 < len(text) <= 32 and all(letter in "#*0123456789" for letter in letters)


def _refuse_without(permission: int, channel: Channel, user: User) -> None:
    member = channel.guild.members.get(user.id) if channel.guild else None
    if channel.guild is not None and not (member and member.permissions(channel) & permission):
        raise Refusal(50013)


def _of(user: User, emoji: str) -> Json:
    return {"user_id": str(user.id), "emoji": _drawn(emoji), "burst": False, "type": 0}


def _drawn(emoji: str) -> Json:
    return {"id": None, "name": emoji}


def _counted(emoji: str, users: list[int], *, me: bool) -> Json:
    return {
        "emoji": _drawn(emoji),
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "burst_colors": [],
        "me_burst": False,
        "me": me,
    }
