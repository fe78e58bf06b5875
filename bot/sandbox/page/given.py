"""This room turns what the page sends into what persons take: ids become numbers, base 64 becomes files."""

import mimetypes
from base64 import b64decode
from collections.abc import Callable

from ..drawing import walk
from ..errors import Unchecked
from ..screens import FILE_UPLOAD, SELECTS, STRING_SELECT, Message, Modal
from .seat import Seat
from .view import Drawn

_ENTITIES = ("user", "channel", "role", "mentionable")


def options(seat: Seat, body: Drawn) -> Drawn:
    """Values of a command's options; ids come as text because they are too great for JavaScript's numbers."""
    row = next((row for row in seat.commands(body["place"]) if row["name"] == body["command"]), None)
    kinds = {option["name"]: option["kind"] for option in row["options"]} if row else {}
    values: Drawn = body["values"]
    return {name: _CASTS.get(kinds.get(name, ""), _as_it_is)(value) for name, value in values.items()}


def chosen(message: Message, custom_id: str, values: list[str]) -> list[Unchecked]:
    kinds = {component.get("custom_id"): component["type"] for component in walk(message.components)}
    return _chosen(kinds.get(custom_id, STRING_SELECT), values)


def filled(modal: Modal, values: Drawn) -> Drawn:
    kinds = {field.custom_id: field.raw["type"] for field in modal.fields}
    return {custom_id: _filled(kinds.get(custom_id, 0), value) for custom_id, value in values.items()}


def _filled(kind: int, value: Unchecked) -> Unchecked:
    if kind == FILE_UPLOAD:
        return [_file(each) for each in value]
    return _chosen(kind, value) if kind in SELECTS else value


def _chosen(kind: int, values: list[str]) -> list[Unchecked]:
    return list(values) if kind == STRING_SELECT else [_number(value) for value in values]


def _as_it_is(value: Unchecked) -> Unchecked:
    return value


def _number(value: Unchecked) -> Unchecked:
    return int(value) if str(value).isdigit() else value


def _file(value: Drawn) -> tuple[str, bytes, str]:
    name: str = value["name"]
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return name, b64decode(value["base64"], validate=True), kind


_CASTS: dict[str, Callable[[Unchecked], Unchecked]] = {**dict.fromkeys(_ENTITIES, _number), "attachment": _file}
