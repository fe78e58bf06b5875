"""This room lists a bot's slash commands as the picker shows them: one row for each that can be run."""

from collections.abc import Callable, Iterator

from .view import Drawn, Raw, of_types

CHAT_INPUT = 1
SUBCOMMAND, GROUP = 1, 2
KINDS = {3: "string", 4: "integer", 5: "boolean", 6: "user", 7: "channel", 8: "role", 9: "mentionable"} | {
    10: "number",
    11: "attachment",
}
_SELECTS = {6: 5, 7: 8, 8: 6, 9: 7}
"""Option types that offer somebody or something, and the select type that offers the same."""

ChoicesOf = Callable[[int], list[Drawn]]


def rows(command: Raw, choices_of: ChoicesOf) -> Iterator[Drawn]:
    """A command, or each of its subcommands with the names of those above it."""
    yield from _rows(command["name"], command, choices_of)


def _rows(name: str, raw: Raw, choices_of: ChoicesOf) -> Iterator[Drawn]:
    options: list[Raw] = raw.get("options", [])
    inner = [option for option in options if option["type"] in (SUBCOMMAND, GROUP)]
    if not inner:
        drawn = [_option(option, choices_of) for option in options]
        yield {"name": name, "description": raw["description"], "options": drawn}
    for option in inner:
        yield from _rows(f"{name} {option['name']}", option, choices_of)


def _option(raw: Raw, choices_of: ChoicesOf) -> Drawn:
    kind: int = raw["type"]
    return {
        "name": raw["name"],
        "description": raw["description"],
        "kind": KINDS[kind],
        "required": bool(raw.get("required")),
        "autocomplete": bool(raw.get("autocomplete")),
        "choices": _choices(raw, kind, choices_of),
        "least": raw.get("min_value", raw.get("min_length")),
        "most": raw.get("max_value", raw.get("max_length")),
    }


def _choices(raw: Raw, kind: int, choices_of: ChoicesOf) -> list[Drawn]:
    if kind == 5:
        return [{"label": "True", "value": True}, {"label": "False", "value": False}]
    if kind in _SELECTS:
        return of_types(choices_of(_SELECTS[kind]), raw)
    return [{"label": choice["name"], "value": choice["value"]} for choice in raw.get("choices", [])]
