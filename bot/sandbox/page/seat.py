"""This room is one person at the page: the places they see, what lies there, and the commands they may use."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..offers import MESSAGE, USER
from ..permissions import VIEW_CHANNEL
from ..persons import Person, Place
from ..screens import Message
from ..world import DM, THREAD, Channel, User, World
from .catalogue import CHAT_INPUT, rows
from .marks import Marks
from .view import Drawn, View

if TYPE_CHECKING:
    from ..server import Sandbox

CHANNEL_SELECT = 8
DIRECT: Literal["dm"] = "dm"
"""The place of a person's messages with the bot, which has no channel before the first of them."""


class Gone(Exception):
    """There is no such person, place or message, or not for this person; the sentence says which."""


def place_of(channel: Channel) -> str:
    return DIRECT if channel.kind == DM else str(channel.id)


@dataclass(frozen=True)
class Seat:
    sandbox: "Sandbox"
    person: Person
    marks: Marks

    @property
    def world(self) -> World:
        return self.sandbox.backend.world

    @property
    def view(self) -> View:
        return View(self.name_of, self.choices_of)

    def name_of(self, kind: str, number: int) -> str | None:
        world = self.world
        if kind == "#":
            channel = world.channels.get(number)
            return channel.name if channel and channel in self.channels() else None
        if kind == "@":
            user = world.users.get(number)
            return user.display_name if user else None
        roles = (role for guild in world.guilds.values() for role in guild.roles)
        return next((role.name for role in roles if role.id == number), None)

    def choices_of(self, kind: int) -> list[Drawn]:
        """What a user (5), role (6), mentionable (7) or channel (8) select offers here."""
        guilds = self.person.guilds
        if kind == CHANNEL_SELECT:
            return [_choice(channel.id, channel.name) | {"type": channel.kind} for channel in self.channels()]
        users = [(member.user.id, member.user.display_name) for guild in guilds for member in guild.members.values()]
        roles = [(role.id, role.name) for guild in guilds for role in guild.roles]
        pairs = {5: users, 6: roles, 7: [*users, *roles]}[kind]
        return [_choice(number, name) for number, name in dict(pairs).items()]

    def channels(self) -> Iterator[Channel]:
        """A guild's channels, each followed by its threads, where this person may look in."""
        for guild in self.person.guilds:
            member = guild.members[self.person.id]
            for channel in guild.channels:
                if member.permissions(channel) & VIEW_CHANNEL:
                    yield channel
                    yield from (thread for thread in guild.threads if thread.parent is channel)

    def channel(self, place: str) -> Place:
        """What the person's acts take as `channel`."""
        if place == DIRECT:
            return DIRECT
        for channel in self.channels():
            if str(channel.id) == place:
                return channel
        raise Gone(f"{self.person.display_name} has no place {place!r}; choose one from the list.")

    def sees(self, place: str) -> list[Message]:
        channel = self.world.known_dm(self.person.user) if place == DIRECT else self.channel(place)
        found = self.person.sees(channel) if channel else []
        return [message for message in found if not self.marks.dismissed(self.person.id, message)]

    def message(self, message_id: str, place: str) -> Message:
        for message in self.sees(place):
            if str(message.id) == message_id:
                return message
        raise Gone("This message is gone; choose the place anew.")

    def places(self) -> list[Drawn]:
        found = [self._place(channel) for channel in self.channels()]
        direct = {"id": DIRECT, "name": self.sandbox.bot_user.name, "kind": "dm", "guild": "Direct messages"}
        return [*found, {**direct, "adult": False, "unread": self.unread(DIRECT) > 0}]

    def _place(self, channel: Channel) -> Drawn:
        assert channel.guild is not None
        place = place_of(channel)
        return {
            "id": place,
            "name": channel.name,
            "kind": "thread" if channel.kind == THREAD else "channel",
            "guild": channel.guild.name,
            "adult": channel.age_restricted,
            "unread": self.unread(place) > 0,
        }

    def unread(self, place: str) -> int:
        return self.marks.unread(self.person.id, place, self.sees(place))

    def read(self, place: str) -> None:
        self.marks.read(self.person.id, place, self.sees(place))

    def commands(self, place: str) -> list[Drawn]:
        """A row of the picker for each command that can be run there."""
        offered = self.person.offered(self.channel(place))
        slash = [command for command in offered if command["type"] == CHAT_INPUT]
        return [row for command in slash for row in rows(command, self.choices_of, self.person.user.locale)]

    def menus(self, place: str) -> Drawn:
        """Names of the commands in a message's *Apps* menu, and in a person's."""
        offered = self.person.offered(self.channel(place))
        return {
            kind: [command["name"] for command in offered if command["type"] == number]
            for kind, number in (("message", MESSAGE), ("person", USER))
        }

    def user(self, user_id: str) -> User:
        """Somebody this person meets: the bot, or a member of a server they share."""
        members = (member.user for guild in self.person.guilds for member in guild.members.values())
        for user in (self.sandbox.bot_user, self.person.user, *members):
            if str(user.id) == user_id:
                return user
        raise Gone(f"{self.person.display_name} meets nobody with the id {user_id!r} here.")

    def messages(self, place: str) -> list[Drawn]:
        """The last hundred, oldest first."""
        return [self.view.message(message.raw) for message in self.sees(place)[-100:]]

    def form(self) -> Drawn | None:
        modal = self.person.modal
        return self.view.form(modal.raw) if modal else None


def _choice(number: int, name: str) -> Drawn:
    return {"label": name, "value": str(number), "description": "", "emoji": "", "default": False}
