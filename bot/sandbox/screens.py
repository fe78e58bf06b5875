"""This room is what a person has before their eyes: messages and forms, as they were when looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .drawing import items, mapping, walk
from .errors import CommandRefused, Json, Unchecked
from .world import EPHEMERAL, LOADING, Channel, StoredMessage

BUTTON, STRING_SELECT, TEXT_INPUT, SELECTS = 2, 3, 4, (3, 5, 6, 7, 8)
LABEL, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 18, 19, 21, 22, 23
FIELDS = (TEXT_INPUT, *SELECTS, FILE_UPLOAD, RADIO, CHECKBOXES, CHECKBOX)


class Message:
    """A message as it stood when it was looked at; later edits make later messages."""

    def __init__(self, stored: StoredMessage) -> None:
        self.stored = stored
        self.raw: Json = stored.raw
        self.id = stored.id
        self.channel: Channel = stored.channel
        self.channel_id = stored.channel.id

    def __repr__(self) -> str:
        return f"<Message {self.id} {self.text[:60]!r}>"

    @property
    def content(self) -> str:
        return self.raw["content"]

    @property
    def embeds(self) -> list[Json]:
        return self.raw["embeds"]

    @property
    def components(self) -> list[Json]:
        return self.raw["components"]

    @property
    def attachments(self) -> list[Json]:
        return self.raw["attachments"]

    @property
    def flags(self) -> int:
        return self.raw["flags"]

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def thinking(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def author(self) -> Json:
        return self.raw["author"]

    @property
    def deleted(self) -> bool:
        return self.stored.deleted

    @property
    def reactions(self) -> dict[str, int]:
        return {each["emoji"]["name"]: each["count"] for each in items(self.raw.get("reactions"))}

    @property
    def pinned(self) -> bool:
        return self.raw["pinned"]

    @property
    def mentions(self) -> list[str]:
        """Names of those the message pings, "@everyone" among them."""
        names = [user["username"] for user in items(self.raw["mentions"])]
        return [*names, "@everyone"] if self.raw["mention_everyone"] else names

    @property
    def text(self) -> str:
        """Everything that can be read on it but its buttons and menus, a line for each piece."""
        pieces = [self.content]
        for embed in self.embeds:
            pieces.extend(_embed_texts(embed))
        pieces.extend(component["content"] for component in walk(self.components) if component["type"] == 10)
        return "\n".join(piece for piece in pieces if piece)

    @property
    def buttons(self) -> list[str]:
        """Labels, or the emoji of a button that has none."""
        return [label_of(component) for component in walk(self.components) if component["type"] == BUTTON]

    @property
    def options(self) -> list[str]:
        """Labels of what its menus offer."""
        selects = [component for component in walk(self.components) if component["type"] == STRING_SELECT]
        return [option["label"] for select in selects for option in items(select["options"])]


def _embed_texts(embed: Json) -> Iterator[str]:
    yield mapping(embed.get("author")).get("name", "")
    yield embed.get("title", "")
    yield embed.get("description", "")
    for entry in items(embed.get("fields")):
        yield entry["name"]
        yield entry["value"]
    yield mapping(embed.get("footer")).get("text", "")


def label_of(component: Json) -> str:
    return component.get("label") or mapping(component.get("emoji")).get("name", "")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; `raw` is the component inside the label."""

    label: str
    description: str
    raw: Json

    @property
    def custom_id(self) -> str:
        return self.raw["custom_id"]

    @property
    def value(self) -> Unchecked:
        """What it holds before anybody types: a text input's text, a menu's default values, ids as numbers."""
        kind = self.raw["type"]
        if kind == TEXT_INPUT:
            return self.raw.get("value", "")
        if kind == CHECKBOX:
            return bool(self.raw.get("default"))
        if self.raw.get("default_values"):
            return [int(each["id"]) for each in items(self.raw["default_values"])]
        return [option["value"] for option in items(self.raw.get("options")) if option.get("default")]

    @property
    def required(self) -> bool:
        return self.raw.get("required") is not False and self.raw["type"] != CHECKBOX


@dataclass(eq=False)
class Modal:
    """A form the bot has opened. It answers like a message with nothing but text, so that scenes read alike."""

    raw: Json
    channel: Channel
    opened_by: Unchecked = None
    """The interaction it is the answer to."""
    content: str = ""
    embeds: list[Json] = field(default_factory=list[Json])
    buttons: list[str] = field(default_factory=list[str])
    options: list[str] = field(default_factory=list[str])
    ephemeral: bool = True
    id: int = 0

    @property
    def title(self) -> str:
        return self.raw["title"]

    @property
    def custom_id(self) -> str:
        return self.raw["custom_id"]

    @property
    def components(self) -> list[Json]:
        return self.raw["components"]

    @property
    def fields(self) -> list[Field]:
        found: list[Field] = []
        for component in self.components:
            if component["type"] == LABEL:
                found.append(Field(component["label"], component.get("description", ""), component["component"]))
            elif component["type"] == 1:
                found += [Field(child.get("label", ""), "", child) for child in items(component["components"])]
        return found

    @property
    def text(self) -> str:
        """Title, texts, labels and descriptions, a line for each."""
        texts = [component["content"] for component in self.components if component["type"] == 10]
        for entry in self.fields:
            texts += [entry.label, entry.description]
        return "\n".join(piece for piece in [self.title, *texts] if piece)

    def field(self, name: str) -> Field:
        for entry in self.fields:
            if name in (entry.label, entry.custom_id):
                return entry
        labels = ", ".join(entry.label for entry in self.fields)
        raise CommandRefused(f"The form {self.title!r} has no field {name!r}; it has {labels}.")
