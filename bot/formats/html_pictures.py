"""This room tells the pictures that draw a rule from those that show something."""

import re
from collections.abc import Iterator

from bot.formats.html_tags import REST, attributes

PICTURE = re.compile(rb"<[iI][mM](?:[gG]|[aA][gG][eE])(?![a-zA-Z0-9:_-])" + REST, re.VERBOSE)
RULE_NAME = re.compile(
    r"(?:^|[^a-z])(?:(?:h|horizontal|blue|red|gold|black|thin)?[ _-]?(?:line|bar|rule|divider|dividers|separator|hr))"
    r"[ _-]?\d{0,4}(?:$|[^a-z])",
    re.IGNORECASE,
)


def rules(raw: bytes) -> Iterator[tuple[int, int]]:
    """Where the pictures of rules stand; one that is a link is none."""
    if b"<i" not in raw and b"<I" not in raw:
        return
    small = raw.lower()
    for match in PICTURE.finditer(raw):
        if is_rule(attributes(match[0])) and small.rfind(b"<a ", 0, match.start()) <= small.rfind(
            b"</a", 0, match.start()
        ):
            yield match.span()


def is_rule(told: dict[str, str]) -> bool:
    """A picture much wider than high, or named after what it draws."""
    width, height = told.get("width", ""), told.get("height", "")
    if height.isdecimal() and len(height) < 6:
        if width.endswith("%"):
            return int(height) <= 30
        if width.isdecimal() and len(width) < 6:
            return int(height) <= 40 and int(width) >= 6 * int(height)
    name = told.get("src", "").replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return any(RULE_NAME.search(each) for each in (name, told.get("alt", "")[:40]) if each)
