"""This room is the people: what they can do in Discord's client, and what they see."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from . import offers
from .backend import Backend
from .controls import find_button, find_menu, refuse_disabled
from .drawing import items
from .errors import CommandRefused, Json, Refusal, Unchecked
from .forms import check_count, choose, submission
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction, Outcome
from .options import Resolved, command_options, typed_options
from .permissions import READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL
from .screens import BUTTON, Message, Modal
from .world import DM, Channel, Guild, StoredMessage, User

LINK = 5
Place = Channel | Literal["dm"] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What autocomplete offers."""

    name: str
    value: str | int | float


class Person:
    """Somebody with Discord's client before them."""

    def __init__(self, backend: Backend, user: User) -> None:
        self._backend = backend
        self._world = backend.world
        self._place: Channel | None = None
        self._reloaded_at = 0
        self.user = user
        self.modal: Modal | None = None

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def display_name(self) -> str:
        return self.user.display_name

    @property
    def guilds(self) -> list[Guild]:
        return [guild for guild in self._world.guilds.values() if self.id in guild.members]

    # What they see

    @property
    def place(self) -> Channel:
        """Where they last acted; before that, the first channel of their first guild."""
        return self._place or self._first_channel()

    @property
    def screen(self) -> Message:
        """The newest message they see where they last acted."""
        return Message(self._newest(self.place))

    @property
    def dm(self) -> Channel:
        """Their DM channel with the bot."""
        return self._world.dm(self.user)

    @property
    def dms(self) -> list[Message]:
        """What the bot has written to them."""
        channel = self._world.known_dm(self.user)
        if channel is None:
            return []
        bot = str(self._world.bot.id)
        return [Message(stored) for stored in self._visible(channel) if stored.raw["author"]["id"] == bot]

    def sees(self, channel: Place = None) -> list[Message]:
        return [Message(stored) for stored in self._visible(self._channel(channel))]

    def offered(self, channel: Place = None) -> list[Json]:
        """The commands that the client's picker lists."""
        where = self._channel(channel)
        return list(offers.offered(self._commands(where), self.user, where, self._backend.overwrites))

    async def receives(self, count: int = 1, *, timeout: float = 10.0) -> Message:
        """The `count`-th message in their DM from the bot, once it is there."""
        await self.until(lambda: len(self.dms) >= count, timeout=timeout)
        return self.dms[count - 1]

    async def until(self, seen: Callable[[], bool], *, timeout: float = 10.0) -> None:
        """Waits until `seen` is true; it is asked again after each change before their eyes."""
        with self._backend.watchers.watching(self.id) as changes:
            async with asyncio.timeout(timeout):
                while not seen():
                    await changes.get()

    def _visible(self, channel: Channel) -> Iterable[StoredMessage]:
        if not self.may_see(channel):
            return ()
        return (stored for stored in channel.messages.values() if self._sees(stored))

    def may_see(self, channel: Channel) -> bool:
        """Whether they can open the place and read what was said there."""
        if channel.kind == DM:
            return channel.recipient is self.user
        member = channel.guild.members.get(self.id) if channel.guild else None
        needed = VIEW_CHANNEL | READ_MESSAGE_HISTORY
        return member is not None and member.permissions(channel) & needed == needed

    def _sees(self, stored: StoredMessage) -> bool:
        return stored.viewer is None or (stored.viewer == self.id and stored.id > self._reloaded_at)

    def _newest(self, channel: Channel) -> StoredMessage:
        if self.may_see(channel):
            for stored in reversed(channel.messages.values()):
                if self._sees(stored):
                    return stored
        raise CommandRefused(f"{self.name} sees no message in {channel.name}.")

    # Where they are

    def _first_channel(self) -> Channel:
        for guild in self.guilds:
            for channel in guild.channels:
                if self.may_see(channel):
                    return channel
        return self.dm

    def _channel(self, place: Place) -> Channel:
        if place == "dm":
            return self.dm
        return self._first_channel() if place is None else place

    def goes(self, place: Channel | Literal["dm"]) -> None:
        """Looks at another place without doing anything there."""
        self._place = self._channel(place)

    # What they do

    async def runs(
        self,
        command: str,
        options: Mapping[str, Unchecked] | None = None,
        *,
        channel: Place = None,
        **named: Unchecked,
    ) -> Message | Modal:
        """Runs a slash command ("/read", "/desk import"); options by name, choices by name or value."""
        where = self._channel(channel)
        found, path, declared = self._find(command, offers.CHAT_INPUT, where)
        resolved = self._resolved(where)
        filled = command_options(declared, {**(options or {}), **named}, resolved)
        data = _command_data(found, path, filled, resolved)
        return await self._shown(self._act(COMMAND, where, data, command=found))

    async def uses(self, menu: str, on: "Message | Person | User", *, channel: Place = None) -> Message | Modal:
        """Uses a command from the *Apps* menu of a message, or of a person seen in `channel`."""
        where = on.channel if isinstance(on, Message) else self.place if channel is None else self._channel(channel)
        found, _, _ = self._find(menu, offers.MESSAGE if isinstance(on, Message) else offers.USER, where)
        resolved = self._resolved(where)
        target = resolved.message(self._public(on)) if isinstance(on, Message) else resolved.user(_user(on))
        data = _command_data(found, [], [], resolved) | {"target_id": target}
        return await self._shown(self._act(COMMAND, where, data, command=found))

    async def types(
        self,
        command: str,
        options: Mapping[str, Unchecked] | None = None,
        *,
        channel: Place = None,
        **named: Unchecked,
    ) -> list[Choice]:
        """What autocomplete offers while the last option named is being typed."""
        given = {**(options or {}), **named}
        if not given:
            raise CommandRefused("Name at least the option that is being typed.")
        where = self._channel(channel)
        found, path, declared = self._find(command, offers.CHAT_INPUT, where)
        resolved = self._resolved(where)
        data = _command_data(found, path, typed_options(declared, given, resolved), resolved)
        outcome = await self._act(AUTOCOMPLETE, where, data, command=found).outcome
        return [Choice(choice["name"], choice["value"]) for choice in items(outcome)]

    async def clicks(self, button: str, *, message: Message | Modal | None = None) -> Message | Modal:
        """Presses the button of that label, custom id or emoji."""
        stored = self._target(message)
        component = find_button(stored, button)
        if component["style"] == LINK:
            raise CommandRefused(f"{button!r} is a link to {component['url']}, not a button of the bot.")
        refuse_disabled(component, button)
        data: Json = {"custom_id": component["custom_id"], "component_type": BUTTON, "id": component["id"]}
        return await self._shown(self._act(COMPONENT, stored.channel, data, source=stored))

    async def chooses(
        self, *options: Unchecked, message: Message | Modal | None = None, menu: str | None = None
    ) -> Message | Modal:
        """Chooses options of a menu, by label or value; or persons, roles, channels. The menu by id or placeholder."""
        stored = self._target(message)
        select = find_menu(stored, menu, options)
        name = select.get("placeholder") or select["custom_id"]
        refuse_disabled(select, name)
        resolved = self._resolved(stored.channel)
        values = choose(select, options, resolved, name)
        check_count(select, values, name)
        data: Json = {"custom_id": select["custom_id"], "component_type": select["type"], "values": values}
        data["id"] = select["id"]
        if resolved.objects:
            data["resolved"] = resolved.objects
        return await self._shown(self._act(COMPONENT, stored.channel, data, source=stored))

    async def submits(self, fields: Mapping[str, Unchecked] | None = None, **named: Unchecked) -> Message | Modal:
        """Sends the open form; fields by label or custom id, what is not named keeps its value."""
        modal = self.modal
        if modal is None:
            raise CommandRefused(f"{self.name} has no form open.")
        data = submission(modal, {**(fields or {}), **named}, self._resolved(modal.channel))
        cause: Interaction = modal.opened_by
        interaction = self._act(MODAL_SUBMIT, modal.channel, data, source=cause.source, cause=cause)
        outcome = await self._shown(interaction)
        if self.modal is modal:
            self.modal = None
        return outcome

    def dismisses_form(self) -> None:
        """Closes the form; the bot never hears of it."""
        self.modal = None

    def says(self, content: str, *, channel: Place = None) -> Message:
        """Types a plain message."""
        where = self._channel(channel)
        member = where.guild.members.get(self.id) if where.guild else None
        if where.kind != DM and not (member and member.permissions(where) & SEND_MESSAGES):
            raise CommandRefused(f"{self.name} may not write in {where.name}.")
        self._place = where
        return Message(self._backend.composer.said(where, self.user, content))

    def reacts(self, emoji: str, message: Message) -> None:
        """Reacts to a message, or takes the same reaction back."""
        stored = self._public(message)
        try:
            if self.id in stored.reactions.get(emoji, ()):
                self._backend.reactions.remove(stored, emoji, self.user)
            else:
                self._backend.reactions.add(stored, emoji, self.user)
        except Refusal as refusal:
            raise CommandRefused(f"{self.name} cannot react with {emoji!r}: {refusal}.") from refusal

    def closes_dms(self) -> None:
        self.user.dms_open = False

    def opens_dms(self) -> None:
        self.user.dms_open = True

    def installs(self) -> None:
        """Installs the app for themselves, to have it everywhere."""
        self.user.installed = True

    def leaves(self, guild: Guild) -> None:
        guild.members.pop(self.id, None)

    def reloads(self) -> None:
        """Reloads the client: ephemeral messages and an open form are gone."""
        self._reloaded_at = self._world.ids.last
        self.modal = None

    # How it is done

    def _commands(self, where: Channel) -> list[Json]:
        return self._backend.commands.offered(where.guild.id if where.guild else None)

    def _find(self, line: str, kind: int, where: Channel) -> tuple[Json, list[Json], list[Json]]:
        found, path = offers.find(self._commands(where), line, kind, self.user, where, self._backend.overwrites)
        return found, path, items((path[-1] if path else found).get("options"))

    def _resolved(self, where: Channel) -> Resolved:
        return Resolved(self._world, self._backend.attachments, where)

    def _live(self, message: Message) -> StoredMessage:
        """The message as it is now, if they can still see it."""
        stored = message.stored
        if stored.deleted or not self._sees(stored) or not self.may_see(stored.channel):
            raise CommandRefused(f"{self.name} does not see message {message.id}.")
        return stored

    def _public(self, message: Message) -> StoredMessage:
        """The client has neither menu nor reactions for what only one person sees."""
        stored = self._live(message)
        if stored.viewer is not None:
            raise CommandRefused(f"Message {message.id} is for {self.name} alone: it has neither menu nor reactions.")
        return stored

    def _target(self, message: Message | Modal | None) -> StoredMessage:
        if isinstance(message, Modal):
            raise CommandRefused(f"The form {message.title!r} is no message; fill it in or dismiss it.")
        return self._newest(self.place) if message is None else self._live(message)

    def _act(
        self,
        kind: int,
        where: Channel,
        data: Json,
        *,
        command: Json | None = None,
        source: StoredMessage | None = None,
        cause: Interaction | None = None,
    ) -> Interaction:
        self._place = where
        return self._backend.interactions.open(
            kind, self.user, where, data, command=command, source=source, cause=cause
        )

    async def _shown(self, interaction: Interaction) -> Message | Modal:
        outcome: Outcome = await interaction.outcome
        if isinstance(outcome, Modal):
            self.modal = outcome
        assert not isinstance(outcome, list)
        return outcome


def _command_data(command: Json, path: list[Json], filled: list[Json], resolved: Resolved) -> Json:
    """The command with its options, wrapped in its subcommands from the inside out."""
    options = filled
    for step in reversed(path):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if options:
        data["options"] = options
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    if resolved.objects:
        data["resolved"] = resolved.objects
    return data


def _user(person: Person | User) -> User:
    return person.user if isinstance(person, Person) else person
