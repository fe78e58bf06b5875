"""This room cuts a message into headings, quotes, lists and runs of text, as Discord's client does."""

import re
from collections.abc import Callable, Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# A fence may open and close anywhere in a line, and the newline after it is part of it.
FENCE = r"```(?:(?P<language>[\w+\-.#]+)\n)?\n*(?P<code>[^\n](?s:.*?))\n*```\n?"

_HEADING = re.compile(r"(?P<marks>#{1,3})[ \t]+(?P<text>\S[^\n]*)(?:\n|\Z)")
_SUBTEXT = re.compile(r"-#[ \t]+(?P<text>\S[^\n]*)(?:\n|\Z)")
_QUOTE = re.compile(r"(?: *>(?!>>) [^\n]*(?:\n|\Z))+")
_QUOTE_TO_THE_END = re.compile(r" *>>> (?s:(?P<text>.+))\Z")
_QUOTE_MARK = re.compile(r"^ *> ", re.MULTILINE)
_LIST = re.compile(r" *(?:[-*]|\d{1,9}\.) +\S[^\n]*(?:\n(?: *(?:[-*]|\d{1,9}\.) +\S| {2,}\S)[^\n]*)*\n*")
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*]|\d{1,9}\.) +(?P<text>\S.*)")
# Without groups: CPython 3.11 can lose their ends in a possessive repetition, and then raises SystemError.
_TEXT = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', FENCE)}|[^\n])*+(?:\n|\Z)")
_DEPTH = 10

Blocks = Iterator[Token]


def discord_blocks(state: StateCore) -> None:
    """The core rule that stands in for CommonMark's paragraphs."""
    state.tokens.extend(_blocks(state.src.rstrip("\n"), 0))


def _blocks(text: str, depth: int) -> Blocks:
    at = pending = 0
    while at < len(text):
        found = _block_at(text, at, depth)
        if found is None:
            at = _end_of_text(text, at)
            continue
        yield from _inline(text[pending:at])
        yield from found[1]
        at = pending = found[0]
    yield from _inline(text[pending:])


def _end_of_text(text: str, at: int) -> int:
    run = _TEXT.match(text, at)
    return run.end() if run else len(text)


def _block_at(text: str, at: int, depth: int) -> tuple[int, Blocks] | None:
    if depth >= _DEPTH:
        return None
    for pattern, draw in _RULES:
        if found := pattern.match(text, at):
            return found.end(), draw(found, depth + 1)
    return None


def _inline(text: str) -> Blocks:
    if text:
        token = Token("inline", "", 0)
        token.content, token.children = text, []
        yield token


def _wrapped(name: str, tag: str, inside: Blocks, **attributes: str | int | float) -> Blocks:
    yield Token(f"{name}_open", tag, 1, attrs=dict(attributes))
    yield from inside
    yield Token(f"{name}_close", tag, -1)


def _heading(found: re.Match[str], _depth: int) -> Blocks:
    # Two levels lower than written: the page's own headings stand above those of a message.
    return _wrapped("heading", f"h{len(found['marks']) + 2}", _inline(found["text"].rstrip()))


def _subtext(found: re.Match[str], _depth: int) -> Blocks:
    return _wrapped("subtext", "small", _inline(found["text"].rstrip()))


def _quote(found: re.Match[str], depth: int) -> Blocks:
    inside = _QUOTE_MARK.sub("", found[0].rstrip("\n"))
    return _wrapped("blockquote", "blockquote", _blocks(inside, depth))


def _quote_to_the_end(found: re.Match[str], depth: int) -> Blocks:
    return _wrapped("blockquote", "blockquote", _blocks(found["text"], depth))


def _list(found: re.Match[str], depth: int) -> Blocks:
    items = _items(found[0].rstrip("\n").split("\n"))
    while items:
        first = items[0][0]
        same = next((at for at, item in enumerate(items) if _ordered(item[0]) != _ordered(first)), len(items))
        yield from _one_list(first, [body for _mark, body in items[:same]], depth)
        items = items[same:]


def _one_list(first_mark: str, bodies: list[str], depth: int) -> Blocks:
    inside = (token for body in bodies for token in _wrapped("item", "li", _blocks(body, depth)))
    if _ordered(first_mark):
        return _wrapped("list", "ol", inside, start=int(first_mark[:-1]))
    return _wrapped("list", "ul", inside)


def _ordered(mark: str) -> bool:
    return mark.endswith(".")


def _items(lines: list[str]) -> list[tuple[str, str]]:
    """Each item's mark and body; deeper items stay in the body of the one above them."""
    base = len(lines[0]) - len(lines[0].lstrip(" "))
    items: list[tuple[str, str]] = []
    for line in lines:
        found = _ITEM.fullmatch(line)
        if found and len(found["indent"]) < base + 2:
            items.append((found["mark"], found["text"]))
        else:
            mark, body = items[-1]
            items[-1] = (mark, f"{body}\n{line[min(base + 2, len(line) - len(line.lstrip(' '))) :]}")
    return items


_RULES: list[tuple[re.Pattern[str], Callable[[re.Match[str], int], Blocks]]] = [
    (_HEADING, _heading),
    (_SUBTEXT, _subtext),
    (_QUOTE_TO_THE_END, _quote_to_the_end),
    (_QUOTE, _quote),
    (_LIST, _list),
]
