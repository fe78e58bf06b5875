"""This room tells of every change in the world: the bot over the gateway, onlookers in their queues."""

from collections.abc import Callable
from typing import Any

from . import payloads
from .errors import Json
from .gateway import Gateway
from .overwrites import Overwrites
from .screens import Message
from .watching import Change, Kind, Watchers
from .world import DM, Channel, Guild, Member, Role, StoredMessage, World

SEEN_AS: dict[str, Kind] = {
    "MESSAGE_CREATE": "new",
    "MESSAGE_UPDATE": "edited",
    "MESSAGE_MARKED": "edited",
    "MESSAGE_DELETE": "deleted",
}


class Announcer:
    """An observer of the world."""

    def __init__(self, world: World, gateway: Gateway, watchers: Watchers) -> None:
        self._world = world
        self._gateway = gateway
        self._watchers = watchers
        self._tellers: dict[type, Callable[[str, Any], None]] = {
            Guild: self._guild,
            Channel: self._channel,
            Role: self._role,
            Member: self._member,
            StoredMessage: self._message,
        }

    def __call__(self, event: str, subject: Guild | Channel | Role | Member | StoredMessage) -> None:
        self._tellers[type(subject)](event, subject)

    def _guild(self, event: str, guild: Guild) -> None:
        if event == "GUILD_DELETE":
            self._gateway.dispatch(event, {"id": str(guild.id)}, guild.id)
        elif guild.has_bot:
            self._gateway.dispatch(event, payloads.guild_create(guild, self._world), guild.id)

    def permissions(self, guild: Guild, overwrites: Overwrites, target: int) -> None:
        """A server has changed whom a command is for; clients ask for their commands again."""
        drawn = next((rules for rules in overwrites.all(guild) if rules["id"] == str(target)), None)
        none: Json = {"id": str(target), "application_id": str(overwrites.application_id), "guild_id": str(guild.id)}
        self._to_guild("APPLICATION_COMMAND_PERMISSIONS_UPDATE", guild, drawn or none | {"permissions": []})
        for user_id in self._watchers.watched():
            self._watchers.tell(user_id, Change("commands"))

    def _to_guild(self, event: str, guild: Guild, data: Json) -> None:
        if guild.has_bot:
            self._gateway.dispatch(event, data, guild.id)

    def _channel(self, event: str, channel: Channel) -> None:
        """A bot hears nothing of a DM channel being opened."""
        if channel.guild is not None:
            data = payloads.channel(channel)
            if event == "THREAD_CREATE":
                data["newly_created"] = True
            self._to_guild(event, channel.guild, data)
        for user_id in self._watchers.watched():
            self._watchers.tell(user_id, Change("channel", channel))

    def _role(self, event: str, role: Role) -> None:
        self._to_guild(event, role.guild, {"guild_id": str(role.guild.id), "role": payloads.role(role)})

    def _member(self, event: str, member: Member) -> None:
        data = payloads.member(member) | {"guild_id": str(member.guild.id)}
        self._to_guild(event, member.guild, data)

    def _message(self, event: str, message: StoredMessage) -> None:
        if message.viewer is None:
            guild = message.channel.guild
            if event != "MESSAGE_MARKED" and (guild is None or guild.has_bot):
                data = self._message_data(event, message)
                self._gateway.dispatch(event, data, guild.id if guild else None, self._without_text(message, data))
            for user_id in self._watchers.watched():
                if self._may_see(user_id, message.channel):
                    self._show(event, message, user_id)
        else:
            self._show(event, message, message.viewer)

    def _message_data(self, event: str, message: StoredMessage) -> Json:
        guild = message.channel.guild
        where: Json = {"guild_id": str(guild.id)} if guild else {}
        if event == "MESSAGE_DELETE":
            return {"id": str(message.id), "channel_id": str(message.channel.id)} | where
        member = guild.members.get(int(message.raw["author"]["id"])) if guild else None
        if member is not None:
            where["member"] = {key: value for key, value in payloads.member(member).items() if key != "user"}
        return message.raw | where

    def _without_text(self, message: StoredMessage, data: Json) -> Json | None:
        """What a session without the message content intent gets, where that differs."""
        bot = str(self._world.bot.id)
        raw = message.raw
        named = raw["author"]["id"] == bot or any(user["id"] == bot for user in raw["mentions"])
        if named or message.channel.kind == DM or "content" not in data:
            return None
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}

    def _show(self, event: str, message: StoredMessage, user_id: int) -> None:
        self._watchers.tell(user_id, Change(SEEN_AS[event], message.channel, message=Message(message)))

    def _may_see(self, user_id: int, channel: Channel) -> bool:
        if channel.kind == DM:
            return channel.recipient is not None and channel.recipient.id == user_id
        return channel.guild is not None and user_id in channel.guild.members
