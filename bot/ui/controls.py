"""This room is the switchboard: buttons, menus and forms carry what they mean in their id, for ever."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, NamedTuple, cast

import discord

from bot.domain.errors import UnknownControl

VERSION = "v1"
ID_LIMIT = 100
"""Characters of a custom id (docs.discord.com, Components: Custom ID)."""
_KIND = discord.ComponentType
OPTIONS_LIMIT = 25
LABEL_LIMIT = 80

ROW, BUTTON, MENU = (kind.value for kind in (_KIND.action_row, _KIND.button, _KIND.string_select))

Interaction = discord.Interaction[Any]
Control = dict[str, Any]
"""A button, a menu or an option, as Discord takes it (docs.discord.com, Component Reference)."""


class Press(NamedTuple):
    """What a button, menu or form says: the numbers of its id, what was chosen, what was typed."""

    numbers: tuple[int, ...]
    values: tuple[str, ...]
    fields: dict[str, str]

    def number(self, index: int) -> int:
        """The `index`-th number of the id.

        Raises:
            UnknownControl: the id is older, newer or forged.
        """
        if index >= len(self.numbers):
            raise UnknownControl
        return self.numbers[index]

    def choice(self) -> int:
        """The number that was chosen in a menu."""
        if not self.values or not _is_number(self.values[0]):
            raise UnknownControl
        return int(self.values[0])


Handler = Callable[[Interaction, Press], Awaitable[None]]


class Switchboard:
    """Finds the cog that owns a verb; asked for every press and every submitted form."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self._followers: list[Callable[[Interaction], Awaitable[None]]] = []

    def connect(self, verb: str, handler: Handler) -> None:
        """Gives a verb its owner; a second owner is a bug."""
        assert verb not in self._handlers, verb
        self._handlers[verb] = handler

    def follow(self, follower: Callable[[Interaction], Awaitable[None]]) -> None:
        """Has whoever pressed something told more, after they were answered."""
        self._followers.append(follower)

    async def dispatch(self, interaction: Interaction) -> None:
        """Hands a press to its owner.

        Raises:
            UnknownControl: nobody owns it, or its version is not ours.
        """
        data = cast("dict[str, Any]", interaction.data or {})
        verb, numbers = _read(str(data.get("custom_id", "")))
        handler = self._handlers.get(verb)
        if handler is None:
            raise UnknownControl
        fields = typed(interaction) | chosen(interaction)
        await handler(interaction, Press(numbers, tuple(data.get("values", ())), fields))
        for follower in self._followers:
            await follower(interaction)


def control_id(verb: str, *numbers: int) -> str:
    """The custom id of a button, menu or form."""
    made = ":".join((VERSION, verb, *map(str, numbers)))
    assert len(made) <= ID_LIMIT, made
    return made


def _read(custom_id: str) -> tuple[str, tuple[int, ...]]:
    version, _, rest = custom_id.partition(":")
    verb, *numbers = rest.split(":")
    if version != VERSION or not all(map(_is_number, numbers)):
        raise UnknownControl
    return verb, tuple(map(int, numbers))


def _is_number(text: str) -> bool:
    """Whether it is an id or count that SQLite can hold; anything else is forged."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def carried(message: discord.Message, verb: str) -> Press | None:
    """What the first control of a verb on a message says; None where there is none of it."""
    for row in message.components:
        for item in getattr(row, "children", ()):
            custom_id = str(getattr(item, "custom_id", ""))
            if custom_id.startswith(f"{VERSION}:{verb}:"):
                return Press(_read(custom_id)[1], (), {})
    return None


def typed(interaction: Interaction) -> dict[str, str]:
    """Custom id and value of each text field of a submitted form, whatever it is nested in; else nothing."""
    return {str(field["custom_id"]): str(field["value"]) for field in _fields(interaction) if "value" in field}


def chosen(interaction: Interaction) -> dict[str, str]:
    """Custom id and choice of each menu of a submitted form in which something was chosen."""
    return {str(field["custom_id"]): str(field["values"][0]) for field in _fields(interaction) if field.get("values")}


def _fields(interaction: Interaction) -> Iterator[dict[str, Any]]:
    data = cast("dict[str, Any]", interaction.data or {})
    for row in data.get("components", ()):
        yield from row.get("components", ()) or (row.get("component", {}),)


class Controls(discord.ui.View):
    """Rows of controls, of which nothing stays in memory: the switchboard answers them, not discord.py.

    They are drawn as discord.py's items would be (a test compares the two), without making those items anew for each
    page that is turned; and as a view that nobody listens to, it needs none of what `View` makes for listening: a
    future, a timer, a random id. Together they were a seventh of a turn's cost, and garbage in cycles.
    """

    def __init__(self, rows: Sequence[Sequence[Control]]) -> None:  # pyright: ignore[reportMissingSuperCall]
        self.rows = rows

    def to_components(self) -> list[dict[str, Any]]:
        return [{"type": ROW, "components": list(row)} for row in self.rows]

    @property
    def timeout(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """discord.py asks for it before it sends a message after the first answer."""

    def is_finished(self) -> bool:
        return True

    def is_dispatchable(self) -> bool:
        return False

    def has_components_v2(self) -> bool:
        return False


def board(*rows: Sequence[Control]) -> Controls:
    """The rows that have anything in them."""
    return Controls([row for row in rows if row])


def button(
    label: str,
    verb: str,
    *numbers: int,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
) -> Control:
    return {
        "type": BUTTON,
        "style": style.value,
        "label": label,
        "custom_id": control_id(verb, *numbers),
        "disabled": disabled,
    }


def menu(placeholder: str, verb: str, *numbers: int, options: Sequence[Control]) -> Control:
    """A menu of which one option is chosen; `options` are made by `option`."""
    return {
        "type": MENU,
        "placeholder": placeholder,
        "custom_id": control_id(verb, *numbers),
        "min_values": 1,
        "max_values": 1,
        "disabled": False,
        "required": True,
        "options": options[:OPTIONS_LIMIT],
    }


def option(label: str, value: int, description: str = "") -> Control:
    drawn: Control = {"label": label, "value": str(value), "default": False}
    return {**drawn, "description": description} if description else drawn
