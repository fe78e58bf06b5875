"""This room reads what stands inside a line: spoilers, underlines, code, links, mentions and timestamps."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from .blocks import FENCE

NameOf = Callable[[str, int], str | None]
"""The name of a user ("@"), role ("&") or channel ("#"); None where nobody knows the id."""

_PLAIN = re.compile(r"(?:(?!https?://|@everyone|@here)[^\n\\`*_~|\[\]<])++")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_FENCE = re.compile(FENCE)
_SPOILER = re.compile(r"\|\|(?s:(.+?))\|\|")
_STRIKE = re.compile(r"~~(?s:(.+?))~~")
_UNDERLINE = re.compile(r"__((?:\\(?s:.)|[^\\])+?)__(?!_)")
_MENTION = re.compile(r"<(?P<kind>@&|@!?|#)(?P<id>\d{1,20})>")
_COMMAND = re.compile(r"</(?P<name>[^\s:<>/]+(?: [^\s:<>/]+){0,2}):(?P<id>\d{1,20})>")
_TIME = re.compile(r"<t:(?P<seconds>-?\d{1,13})(?::(?P<style>[tTdDfFR]))?>")
_EMOJI = re.compile(r"<a?(?P<name>:\w{2,32}:)\d{1,20}>")
_EVERYONE = re.compile(r"@(?:everyone|here)")
_URL = re.compile(r"<(?P<quiet>https?://[^\s<>]+)>|(?P<bare>https?://[^\s<]+)")
_URL_END = re.compile(r"[.,:;\"'\]*_~|!?]+$")

Rule = Callable[[StateInline, bool], bool]


def _rule(pattern: re.Pattern[str], draw: Callable[[StateInline, re.Match[str]], bool]) -> Rule:
    """An inline rule for what `pattern` finds; `draw` may still refuse it by answering False."""

    def rule(state: StateInline, silent: bool) -> bool:
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None or not (silent or draw(state, found)):
            return False
        state.pos = found.end()
        return True

    return rule


def _wrap(name: str, tag: str, **attributes: str) -> Callable[[StateInline, re.Match[str]], bool]:
    """Draws a tag around the match's first group, which is read for markup of its own."""

    def draw(state: StateInline, found: re.Match[str]) -> bool:
        end = state.posMax
        state.push(f"{name}_open", tag, 1).attrs = dict(attributes)
        state.pos, state.posMax = found.span(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push(f"{name}_close", tag, -1)
        return True

    return draw


def _leaf(state: StateInline, tag: str, content: str, **attributes: str) -> bool:
    state.push("leaf_open", tag, 1).attrs = {
        key.strip("_").replace("_", "-"): value for key, value in attributes.items()
    }
    token = state.push("text", "", 0)
    token.content = content
    state.push("leaf_close", tag, -1)
    return True


def _plain(state: StateInline, found: re.Match[str]) -> bool:
    state.pending += found[0]
    return True


def _escaped(state: StateInline, found: re.Match[str]) -> bool:
    state.pending += found[1]
    return True


def _newline(state: StateInline, _found: re.Match[str]) -> bool:
    state.push("break", "br", 0)
    return True


def _fence(state: StateInline, found: re.Match[str]) -> bool:
    return _leaf(state, "pre", found["code"], tabindex="0", **_language(found))


def _language(found: re.Match[str]) -> dict[str, str]:
    return {"data_language": found["language"]} if found["language"] else {}


def _mention(state: StateInline, found: re.Match[str]) -> bool:
    kind = found["kind"].replace("@&", "&")[0]
    name = _name_of(state, kind, int(found["id"]))
    if kind == "#":
        return _channel(state, found["id"], name)
    return _leaf(state, "span", f"@{name or ('unknown-role' if kind == '&' else 'unknown-user')}", class_="mention")


def _name_of(state: StateInline, kind: str, number: int) -> str | None:
    names: NameOf = state.env["name_of"]
    return names(kind, number)


def _channel(state: StateInline, number: str, name: str | None) -> bool:
    if name is None:
        return _leaf(state, "span", "# No Access", class_="mention")
    return _leaf(state, "button", f"# {name}", type="button", class_="mention", data_place=number)


def _command(state: StateInline, found: re.Match[str]) -> bool:
    name = found["name"]
    return _leaf(state, "button", f"/{name}", type="button", class_="mention", data_command=name)


def _time(state: StateInline, found: re.Match[str]) -> bool:
    try:
        moment = datetime.fromtimestamp(int(found["seconds"]), UTC)
    except (OverflowError, ValueError):
        return False
    # The browser rewrites it in the reader's own zone; without script this still reads.
    written = moment.strftime("%d %B %Y %H:%M UTC").lstrip("0")
    return _leaf(state, "time", written, datetime=moment.isoformat(), data_style=found["style"] or "f")


def _emoji(state: StateInline, found: re.Match[str]) -> bool:
    return _leaf(state, "span", found["name"], class_="emoji")


def _everyone(state: StateInline, found: re.Match[str]) -> bool:
    return _leaf(state, "span", found[0], class_="mention")


def _url(state: StateInline, silent: bool) -> bool:
    found = _URL.match(state.src, state.pos, state.posMax)
    if found is None or state.linkLevel:
        return False
    address = found["quiet"] or _without_tail(found["bare"])
    if not state.md.validateLink(address):
        return False
    state.pos += len(found[0]) if found["quiet"] else len(address)
    return silent or _leaf(state, "a", address, href=state.md.normalizeLink(address), **LINK)


def _without_tail(address: str) -> str:
    """A sentence's own punctuation, and a bracket opened before the address, are not part of it."""
    address = _URL_END.sub("", address)
    while address.endswith(")") and address.count("(") < address.count(")"):
        address = _URL_END.sub("", address[:-1])
    return address


LINK = {"target": "_blank", "rel": "noopener noreferrer nofollow"}
SPOILER = {"class": "spoiler", "role": "button", "tabindex": "0", "aria-label": "Spoiler, press to reveal"}


def _spoiler(state: StateInline, found: re.Match[str]) -> bool:
    state.push("spoiler_open", "span", 1).attrs = dict(SPOILER)
    _wrap("veiled", "span", inert="")(state, found)
    state.push("spoiler_close", "span", -1)
    return True


RULES: dict[str, Rule] = {
    "plain": _rule(_PLAIN, _plain),
    "break": _rule(re.compile(r"\n"), _newline),
    "escaped": _rule(_ESCAPED, _escaped),
    "fence": _rule(_FENCE, _fence),
    "spoiler": _rule(_SPOILER, _spoiler),
    "strike": _rule(_STRIKE, _wrap("strike", "s")),
    "underline": _rule(_UNDERLINE, _wrap("underline", "u")),
    "mention": _rule(_MENTION, _mention),
    "command": _rule(_COMMAND, _command),
    "time": _rule(_TIME, _time),
    "custom_emoji": _rule(_EMOJI, _emoji),
    "everyone": _rule(_EVERYONE, _everyone),
    "url": _url,
}


def open_in_a_window(tokens: list[Token]) -> None:
    """Gives masked links the same attributes as bare ones."""
    for token in tokens:
        if token.type == "link_open":
            token.attrs.update(LINK)
