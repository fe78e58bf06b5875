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


def rows(command: Raw, choices_of: ChoicesOf, locale: str = "") -> Iterator[Drawn]:
    """A command, or each of its subcommands with the names of those above it; `shown` is the name in a language."""
    yield from _rows(command["name"], said(command, "name", locale), command, choices_of, locale)


def _rows(name: str, shown: str, raw: Raw, choices_of: ChoicesOf, locale: str) -> Iterator[Drawn]:
    options: list[Raw] = raw.get("options", [])
    inner = [option for option in options if option["type"] in (SUBCOMMAND, GROUP)]
    if not inner:
        drawn = [_option(option, choices_of, locale) for option in options]
        yield {"name": name, "shown": shown, "description": said(raw, "description", locale), "options": drawn}
    for option in inner:
        further = f"{shown} {said(option, 'name', locale)}"
        yield from _rows(f"{name} {option['name']}", further, option, choices_of, locale)


def said(raw: Raw, what: str, locale: str) -> str:
    """A name or description in a language, where the bot has given it one (Application Commands, "Localization")."""
    versions: dict[str, str] = raw.get(f"{what}_localizations") or {}
    return versions.get(locale) or str(raw[what])


def _option(raw: Raw, choices_of: ChoicesOf, locale: str) -> Drawn:
    kind: int = raw["type"]
    return {
        "name": raw["name"],
        "shown": said(raw, "name", locale),
        "description": said(raw, "description", locale),
        "kind": KINDS[kind],
        "required": bool(raw.get("required")),
        "autocomplete": bool(raw.get("autocomplete")),
        "choices": _choices(raw, kind, choices_of, locale),
        "least": raw.get("min_value", raw.get("min_length")),
        "most": raw.get("max_value", raw.get("max_length")),
    }


def _choices(raw: Raw, kind: int, choices_of: ChoicesOf, locale: str) -> list[Drawn]:
    if kind == 5:
        return [{"label": "True", "value": True}, {"label": "False", "value": False}]
    if kind in _SELECTS:
        return of_types(choices_of(_SELECTS[kind]), raw)
    return [{"label": said(choice, "name", locale), "value": choice["value"]} for choice in raw.get("choices", [])]
