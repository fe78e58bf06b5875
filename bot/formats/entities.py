"""This room reads the entities of web pages as browsers and hasty authors meant them."""

from functools import lru_cache
from html.entities import html5, name2codepoint
from typing import NamedTuple

from bot.formats.decoding import CP1252, UNKNOWN_TO_CP1252

PATTERN = rb"&(?:\#[xX][0-9a-fA-F]{1,8}+;?|\#[0-9]{1,8}+;?|[a-zA-Z][a-zA-Z0-9]{1,31}+;?)"
OPEN = frozenset(name for name in html5 if not name.endswith(";"))  # HTML 5 reads these with letters right behind them
LONGEST_OPEN = max(map(len, OPEN))


class Entity(NamedTuple):
    """What an entity means: it takes `length` bytes, of which `content` are what its text is worth."""

    text: str
    length: int
    content: int


@lru_cache(maxsize=4096)
def read(raw: bytes) -> Entity | None:
    """None where it only looks like an entity ("AT&T;")."""
    found = _numeric(raw) if raw[1:2] == b"#" else _named(raw[1:].decode("ascii"))
    return Entity(*found, min(len(found[0].encode()), found[1])) if found else None


def _numeric(raw: bytes) -> tuple[str, int] | None:
    digits = raw[2:].removesuffix(b";")
    code = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    if code in CP1252:
        return CP1252[code], len(raw)
    if code in UNKNOWN_TO_CP1252 or code < 9 or 14 <= code < 32 or code == 127:
        return "", len(raw)
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFD:
        return None
    return chr(code), len(raw)


def _named(name: str) -> tuple[str, int] | None:
    if name.endswith(";"):
        text = html5.get(name)
        return (text, len(name) + 1) if text else _begun(name)
    if name in name2codepoint:
        return chr(name2codepoint[name]), len(name) + 1
    return _begun(name)


def _begun(name: str) -> tuple[str, int] | None:
    """The longest name that needs no semicolon and that this begins with."""
    for length in range(min(len(name), LONGEST_OPEN), 1, -1):
        if name[:length] in OPEN:
            return html5[name[:length]], length + 1
    return None
