"""This room fills in a form as a person would, with the checks Discord's client makes before it sends."""

from collections.abc import Mapping, Sequence
from typing import cast

from .drawing import items
from .errors import CommandRefused, Json, Unchecked
from .options import Resolved
from .problems import length
from .screens import CHECKBOX, CHECKBOXES, FILE_UPLOAD, LABEL, RADIO, STRING_SELECT, TEXT_INPUT, Field, Modal
from .world import Channel, Role, User

ENTITIES: dict[int, tuple[type, ...]] = {5: (User,), 6: (Role,), 7: (User, Role), 8: (Channel,)}


def submission(modal: Modal, given: Mapping[str, Unchecked], resolved: Resolved) -> Json:
    """The `data` of the modal submit: each field with what was given, or with what it held already."""
    values: dict[str, Unchecked] = {}
    for name, value in given.items():
        values[modal.field(name).custom_id] = value
    filled = {
        field.custom_id: _fill(field, values.get(field.custom_id, field.value), resolved) for field in modal.fields
    }
    data: Json = {"custom_id": modal.custom_id, "components": [_mirror(shown, filled) for shown in modal.components]}
    if resolved.objects:
        data["resolved"] = resolved.objects
    return data


def _mirror(shown: Json, filled: Mapping[str, Json]) -> Json:
    """The form's own structure, with values where it had fields."""
    drawn: Json = {"type": shown["type"], "id": shown["id"]}
    if shown["type"] == LABEL:
        drawn["component"] = filled[shown["component"]["custom_id"]]
    elif shown["type"] == 1:
        drawn["components"] = [filled[child["custom_id"]] for child in items(shown["components"])]
    return drawn


def _fill(field: Field, value: Unchecked, resolved: Resolved) -> Json:
    raw = field.raw
    drawn: Json = {"type": raw["type"], "id": raw["id"], "custom_id": raw["custom_id"]}
    if raw["type"] == TEXT_INPUT:
        return drawn | {"value": _text(field, value)}
    if raw["type"] == CHECKBOX:
        return drawn | {"value": bool(value)}
    if raw["type"] == FILE_UPLOAD:
        return drawn | {"values": _counted(field, [resolved.file(*file) for file in value])}
    chosen = choose(raw, value, resolved, field.label)
    if raw["type"] == RADIO:
        if field.required and not chosen:
            raise CommandRefused(f"{field.label} is required.")
        return drawn | {"value": chosen[0] if chosen else None}
    return drawn | {"values": _counted(field, chosen)}


def _text(field: Field, value: Unchecked) -> str:
    text = str(value)
    if not text:
        if field.required:
            raise CommandRefused(f"{field.label} is required.")
        return text
    low, high = field.raw.get("min_length", 0), field.raw.get("max_length", 4_000)
    if not low <= length(text) <= high:
        raise CommandRefused(f"{field.label} takes {low} to {high} characters, not {length(text)}.")
    return text


def _counted(field: Field, values: list[str]) -> list[str]:
    if not values and not field.required:
        return values
    check_count(field.raw, values, field.label)
    return values


def check_count(raw: Json, values: Sequence[str], name: str) -> None:
    """As many as the menu asks for."""
    most = len(items(raw.get("options"))) if raw["type"] == CHECKBOXES else 1
    low, high = raw.get("min_values", 1), raw.get("max_values", most)
    if not low <= len(values) <= high:
        raise CommandRefused(f"{name} takes {low} to {high} choices, not {len(values)}.")


def choose(raw: Json, wanted: Unchecked, resolved: Resolved, name: str) -> list[str]:
    """The values of the options named by label or value, or the ids of what was chosen."""
    many = cast("Sequence[Unchecked]", wanted) if isinstance(wanted, list | tuple) else [wanted]
    if raw["type"] in ENTITIES:
        places = raw.get("channel_types") or ()
        return [resolved.entity(value, ENTITIES[raw["type"]], places) for value in many]
    return [_option_value(raw, value, name) for value in many]


def _option_value(raw: Json, wanted: Unchecked, name: str) -> str:
    offered = items(raw.get("options"))
    for key in ("label", "value"):
        for option in offered:
            if option[key] == wanted:
                return option["value"]
    labels = ", ".join(option["label"] for option in offered)
    kind = "menu" if raw["type"] == STRING_SELECT else "field"
    raise CommandRefused(f"The {kind} {name} has no option {wanted!r}; it has {labels}.")
