"""This room turns a message or a form, as Discord sends it, into what the page draws."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .inline import NameOf
from .markdown import nobody, render, render_line

Raw = dict[str, Any]
Drawn = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
_BUTTON_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}
_OF_A_MENU = 23
"""The type of a message that answers a command of a menu (Message, "Message Types")."""

_PICTURES = ("image/",)


def _no_choices(_kind: int) -> list[Drawn]:
    return []


@dataclass(frozen=True)
class View:
    """How one person sees things. `choices_of` lists whom or what a user, role, mentionable or channel
    select (component types 5 to 8) offers."""

    name_of: NameOf = nobody
    choices_of: Callable[[int], list[Drawn]] = _no_choices

    def message(self, raw: Raw) -> Drawn:
        """A message; `html` values are safe to put into the page as they stand."""
        flags: int = raw.get("flags", 0)
        return {
            "id": raw["id"],
            "author": _person(raw["author"]),
            "at": raw["timestamp"],
            "edited": raw.get("edited_timestamp") is not None,
            "used": _used(raw),
            "html": render(raw.get("content") or "", self.name_of),
            "embeds": [self.embed(each, raw.get("attachments", [])) for each in raw.get("embeds", [])],
            "parts": self.components(raw.get("components", [])),
            "files": [_file(each) for each in raw.get("attachments", []) if not _embedded(each, raw)],
            "reactions": [_reaction(each) for each in raw.get("reactions", [])],
            "pinned": bool(raw.get("pinned")),
            "ephemeral": bool(flags & EPHEMERAL),
            "thinking": bool(flags & LOADING),
        }

    def embed(self, raw: Raw, attachments: Iterable[Raw] = ()) -> Drawn:
        """An embed; a picture named `attachment://…` is the message's own file of that name."""
        named = {f"attachment://{each['filename']}": each["url"] for each in attachments}
        return {
            "colour": _colour(raw.get("color")),
            "author": _linked(raw.get("author"), "name"),
            "title": render_line(raw.get("title") or "", self.name_of),
            "url": _web(raw.get("url")),
            "html": render(raw.get("description") or "", self.name_of),
            "fields": [self._field(each) for each in raw.get("fields", [])],
            "image": _picture(raw.get("image"), named),
            "thumbnail": _picture(raw.get("thumbnail"), named),
            "footer": _part(raw, "footer").get("text"),
            "at": raw.get("timestamp"),
        }

    def _field(self, raw: Raw) -> Drawn:
        name, value = render_line(raw["name"], self.name_of), render(raw["value"], self.name_of)
        return {"name": name, "html": value, "inline": bool(raw.get("inline"))}

    def components(self, raws: Iterable[Raw]) -> list[Drawn]:
        """A message's components; what this page cannot draw says so instead of vanishing."""
        return [self.component(each) for each in raws]

    def component(self, raw: Raw) -> Drawn:
        draw = _DRAWINGS.get(raw["type"])
        return draw(self, raw) if draw else {"kind": "unknown", "type": raw["type"]}

    def row(self, raw: Raw) -> Drawn:
        return {"kind": "row", "parts": self.components(raw["components"])}

    def button(self, raw: Raw) -> Drawn:
        return {
            "kind": "button",
            "id": raw.get("custom_id"),
            "style": _BUTTON_STYLES.get(raw["style"], "secondary"),
            "label": raw.get("label") or "",
            "emoji": _emoji(raw),
            "url": _web(raw.get("url")),
            "disabled": bool(raw.get("disabled")),
        }

    def select(self, raw: Raw) -> Drawn:
        options = [_option(each) for each in raw.get("options", [])] or self._entities(raw)
        return {
            "kind": "select",
            "id": raw["custom_id"],
            "placeholder": raw.get("placeholder") or "Make a selection",
            "least": raw.get("min_values", 1),
            "most": raw.get("max_values", 1),
            "disabled": bool(raw.get("disabled")),
            "options": options,
        }

    def _entities(self, raw: Raw) -> list[Drawn]:
        """Whom or what the menu offers: places of its types, chosen what it has by default."""
        chosen = {each["id"] for each in raw.get("default_values", [])}
        offered = of_types(self.choices_of(raw["type"]), raw)
        return [each | {"default": each["value"] in chosen} for each in offered]

    def text(self, raw: Raw) -> Drawn:
        return {"kind": "text", "html": render(raw["content"], self.name_of)}

    def container(self, raw: Raw) -> Drawn:
        parts = self.components(raw["components"])
        return {"kind": "container", "colour": _colour(raw.get("accent_color")), "parts": parts}

    def section(self, raw: Raw) -> Drawn:
        beside = self.component(raw["accessory"])
        return {"kind": "section", "parts": self.components(raw["components"]), "beside": beside}

    def separator(self, raw: Raw) -> Drawn:
        return {"kind": "separator", "line": raw.get("divider", True)}

    def thumbnail(self, raw: Raw) -> Drawn:
        return {"kind": "pictures", "pictures": [_media(raw)]}

    def gallery(self, raw: Raw) -> Drawn:
        return {"kind": "pictures", "pictures": [_media(each) for each in raw["items"]]}

    def form(self, raw: Raw) -> Drawn:
        """A modal: its title and its fields, whether wrapped in labels (type 18) or in rows (type 1)."""
        return {"title": raw["title"], "fields": [self._form_part(each) for each in raw["components"]]}

    def _form_part(self, raw: Raw) -> Drawn:
        if raw["type"] == 10:
            return self.text(raw)
        inner: Raw = raw["component"] if raw["type"] == 18 else raw["components"][0]
        label = raw.get("label") or inner.get("label") or ""
        return {"label": label, "description": raw.get("description") or "", **self._input(inner)}

    def _input(self, raw: Raw) -> Drawn:
        required: bool = raw.get("required", True)
        if raw["type"] == 4:
            return _text_input(raw, required)
        if raw["type"] == 19:
            return {"kind": "upload", "id": raw["custom_id"], "required": required, **_bounds(raw)}
        if raw["type"] == 23:
            return {"kind": "tick", "id": raw["custom_id"], "ticked": bool(raw.get("default"))}
        return {**self.select(raw), **_bounds(raw), "kind": _choice_kind(raw), "required": required}


def of_types(choices: list[Drawn], raw: Raw) -> list[Drawn]:
    """Without the places that a menu or an option does not take."""
    types: list[int] = raw.get("channel_types") or []
    return [each for each in choices if not types or each.get("type") in (None, *types)]


def _part(raw: Raw, key: str) -> Raw:
    return raw.get(key) or {}


def _choice_kind(raw: Raw) -> str:
    if raw["type"] == 21:
        return "radios"
    many = raw["type"] == 22 or raw.get("max_values", 1) > 1
    return "ticks" if many else "menu"


def _bounds(raw: Raw) -> Drawn:
    every = len(raw.get("options", [])) if raw["type"] == 22 else 1
    return {"least": raw.get("min_values", 1), "most": raw.get("max_values", every)}


def _text_input(raw: Raw, required: bool) -> Drawn:
    return {
        "kind": "paragraph" if raw.get("style") == 2 else "short",
        "id": raw["custom_id"],
        "required": required,
        "least": raw.get("min_length") or 0,
        "most": raw.get("max_length") or 4000,
        "placeholder": raw.get("placeholder") or "",
        "value": raw.get("value") or "",
    }


def _person(raw: Raw) -> Drawn:
    name = raw.get("global_name") or raw["username"]
    return {"id": raw["id"], "name": name, "bot": bool(raw.get("bot"))}


def _used(raw: Raw) -> Drawn | None:
    """The line above an answer: who used which command. A component's answer has none."""
    metadata, command = _part(raw, "interaction_metadata"), _part(raw, "interaction")
    if metadata.get("type") != 2 or "name" not in command:
        return None
    return {"by": _person(metadata["user"]), "name": command["name"], "slash": raw.get("type") != _OF_A_MENU}


def _reaction(raw: Raw) -> Drawn:
    return {"emoji": raw["emoji"]["name"], "count": raw["count"]}


def _colour(number: int | None) -> str | None:
    return None if number is None else f"#{number:06x}"


def _web(address: str | None) -> str | None:
    return address if address and urlsplit(address).scheme in {"http", "https"} else None


def _linked(raw: Raw | None, key: str) -> Drawn | None:
    return {"name": raw[key], "url": _web(raw.get("url"))} if raw else None


def _local(address: str) -> str | None:
    """The address within this server; the page loads nothing from anywhere else."""
    parts = urlsplit(address)
    if parts.hostname != "127.0.0.1":
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _picture(raw: Raw | None, named: dict[str, str]) -> Drawn | None:
    return _media({"media": {"url": named.get(raw["url"], raw["url"])}}) if raw else None


def _media(raw: Raw) -> Drawn:
    address: str = raw["media"]["url"]
    name = urlsplit(address).path.rpartition("/")[2]
    return {"src": _local(address), "name": name or address, "alt": raw.get("description") or ""}


def _embedded(attachment: Raw, message: Raw) -> bool:
    """Whether an embed shows this file, so that it is not shown below a second time."""
    wanted = {f"attachment://{attachment['filename']}", attachment["url"]}
    return any(
        _part(embed, part).get("url") in wanted
        for embed in message.get("embeds", [])
        for part in ("image", "thumbnail")
    )


def _file(raw: Raw) -> Drawn:
    shown = (raw.get("content_type") or "").startswith(_PICTURES)
    return {
        "name": raw["filename"],
        "size": raw["size"],
        "src": _local(raw["url"]),
        "picture": shown,
        "alt": raw.get("description") or "",
    }


def _emoji(raw: Raw) -> str:
    return _part(raw, "emoji").get("name") or ""


def _option(raw: Raw) -> Drawn:
    return {
        "label": raw["label"],
        "value": raw["value"],
        "description": raw.get("description") or "",
        "emoji": _emoji(raw),
        "default": bool(raw.get("default")),
    }


_DRAWINGS: dict[int, Callable[[View, Raw], Drawn]] = {
    1: View.row,
    2: View.button,
    **dict.fromkeys((3, 5, 6, 7, 8), View.select),
    9: View.section,
    10: View.text,
    11: View.thumbnail,
    12: View.gallery,
    14: View.separator,
    17: View.container,
}
