"""This room turns embeds and components as a bot sends them into what Discord gives back."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import cast

from .errors import Json, Unchecked

Attachments = Mapping[str, Json]
"""File name → attachment, for `attachment://` links."""


def items(value: Unchecked) -> list[Json]:
    """The objects in `value`; what is no list counts as empty (null clears a list)."""
    if not isinstance(value, list):
        return []
    return [cast("Json", item) for item in cast("list[Unchecked]", value) if isinstance(item, dict)]


def mapping(value: Unchecked) -> Json:
    return cast("Json", value) if isinstance(value, dict) else {}


def walk(components: Unchecked) -> Iterator[Json]:
    """Every component of a message or a form in the order it is drawn, containers before what is in them."""
    for component in items(components):
        yield component
        yield from walk(component.get("components"))
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk([component[key]])


def _present(source: Json, *keys: str) -> Json:
    return {key: source[key] for key in keys if source.get(key) is not None}


# Embeds


def embeds(sent: Unchecked, attachments: Attachments) -> list[Json]:
    return [_embed(embed, attachments) for embed in items(sent)]


def _embed(sent: Json, attachments: Attachments) -> Json:
    drawn: Json = {"type": "rich"} | _present(sent, "url", "color", "timestamp")
    for key in ("title", "description"):
        if text := (sent.get(key) or "").strip():
            drawn[key] = text
    if fields := items(sent.get("fields")):
        drawn["fields"] = [_field(field) for field in fields]
    if author := mapping(sent.get("author")):
        drawn["author"] = _with_icon(author, attachments, "name", "url")
    if footer := mapping(sent.get("footer")):
        drawn["footer"] = _with_icon(footer, attachments, "text")
    for key in ("image", "thumbnail"):
        if picture := mapping(sent.get(key)):
            drawn[key] = _picture(picture, attachments)
    return drawn


def _field(sent: Json) -> Json:
    return {"name": sent["name"].strip(), "value": sent["value"].strip(), "inline": bool(sent.get("inline"))}


def _with_icon(sent: Json, attachments: Attachments, *keys: str) -> Json:
    drawn = _present(sent, *keys)
    if icon := sent.get("icon_url"):
        drawn["icon_url"] = drawn["proxy_icon_url"] = _resolved(icon, attachments)
    return drawn


def _picture(sent: Json, attachments: Attachments) -> Json:
    address = _resolved(sent["url"], attachments)
    return {"url": address, "proxy_url": address, "width": 0, "height": 0, "flags": 0}


def _resolved(address: str, attachments: Attachments) -> str:
    known = attachments.get(address.removeprefix("attachment://"))
    return known["url"] if known else address


# Components


def components(sent: Unchecked, attachments: Attachments) -> list[Json]:
    """Each gets an `id`: its own, or the next free number in the order of drawing."""
    taken = {component["id"] for component in walk(sent) if component.get("id")}
    numbers = (number for number in count(1) if number not in taken)
    return [_component(component, numbers, attachments) for component in items(sent)]


def _component(sent: Json, numbers: Iterator[int], attachments: Attachments) -> Json:
    drawn: Json = {"type": sent["type"], "id": sent.get("id") or next(numbers)}
    draw = DRAWERS.get(sent["type"])
    if draw is not None:
        drawn |= draw(sent, attachments)
    if "components" in sent:
        drawn["components"] = [_component(child, numbers, attachments) for child in items(sent["components"])]
    for key in ("accessory", "component"):
        if child := mapping(sent.get(key)):
            drawn[key] = _component(child, numbers, attachments) | _present(child, "required")  # in forms alone
    return drawn


def _button(sent: Json, _: Attachments) -> Json:
    drawn = _present(sent, "style", "label", "custom_id", "url", "sku_id", "disabled")
    return drawn | _emoji_of(sent)


def _emoji_of(sent: Json) -> Json:
    emoji = mapping(sent.get("emoji"))
    return {"emoji": _present(emoji, "id", "name", "animated")} if emoji else {}


def _select(sent: Json, _: Attachments) -> Json:
    drawn = _present(sent, "custom_id", "placeholder", "disabled", "channel_types", "default_values")
    drawn |= {"min_values": _or(sent, "min_values", 1), "max_values": _or(sent, "max_values", 1)}
    if "options" in sent:
        drawn["options"] = [_choice(option) for option in items(sent["options"])]
    return drawn


def _or(sent: Json, key: str, default: int) -> int:
    value = sent.get(key)
    return default if value is None else value


def _choice(sent: Json) -> Json:
    return _present(sent, "label", "value", "description", "default") | _emoji_of(sent)


def _text_input(sent: Json, _: Attachments) -> Json:
    return _present(sent, "custom_id", "style", "label", "value", "placeholder", "required", "min_length", "max_length")


def _options(sent: Json, _: Attachments) -> Json:
    drawn = _present(sent, "custom_id", "required", "min_values", "max_values", "default")
    if "options" in sent:
        drawn["options"] = [_choice(option) for option in items(sent["options"])]
    return drawn


def _media(sent: Unchecked, attachments: Attachments) -> Json:
    address = str(mapping(sent).get("url", ""))
    known = attachments.get(address.removeprefix("attachment://"))
    link = known["url"] if known else address
    drawn: Json = {"id": known["id"] if known else "0", "url": link, "proxy_url": link, "width": None, "height": None}
    if known:
        drawn |= {"attachment_id": known["id"], "content_type": known.get("content_type")}
    return drawn


def _described(sent: Json, attachments: Attachments) -> Json:
    return {
        "media": _media(sent.get("media"), attachments),
        "description": sent.get("description"),
        "spoiler": bool(sent.get("spoiler")),
    }


def _gallery(sent: Json, attachments: Attachments) -> Json:
    return {"items": [_described(item, attachments) for item in items(sent.get("items"))]}


def _file(sent: Json, attachments: Attachments) -> Json:
    name = str(mapping(sent.get("file")).get("url", "")).removeprefix("attachment://")
    known = attachments.get(name)
    size = known["size"] if known else None
    media = _media(sent.get("file"), attachments)
    return {"file": media, "name": name or None, "size": size, "spoiler": bool(sent.get("spoiler"))}


def _separator(sent: Json, _: Attachments) -> Json:
    return {"spacing": sent.get("spacing") or 1, "divider": sent.get("divider") is not False}


def _container(sent: Json, _: Attachments) -> Json:
    return {"accent_color": sent.get("accent_color"), "spoiler": bool(sent.get("spoiler"))}


def _text_display(sent: Json, _: Attachments) -> Json:
    return {"content": sent["content"]}


def _label(sent: Json, _: Attachments) -> Json:
    return _present(sent, "label", "description")


DRAWERS: dict[int, Callable[[Json, Attachments], Json]] = {
    2: _button,
    3: _select,
    4: _text_input,
    5: _select,
    6: _select,
    7: _select,
    8: _select,
    10: _text_display,
    11: _described,
    12: _gallery,
    13: _file,
    14: _separator,
    17: _container,
    18: _label,
    19: _options,
    21: _options,
    22: _options,
    23: _options,
}
"""By component type (Components, "Component Reference"); a row and a section are nothing but what is in them."""
