"""This room cuts a web page into its tags, by bytes; no library tells where in the bytes a tag stands."""

import re
from collections.abc import Iterable
from html import unescape
from itertools import groupby

BLOCKS = frozenset(
    b"""
    address article aside base blockquote body br caption center col colgroup dd dir div dl dt fieldset figcaption
    figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html isindex legend li link listing main menu
    meta nav noframes noscript ol optgroup option p plaintext pre section table tbody td textarea tfoot th thead
    title tr ul xmp
    """.split()
)
INLINE = frozenset(
    b"""
    a abbr acronym applet area audio b basefont bdo bgsound big blink button canvas cite code data del dfn em embed
    font i iframe ilayer image img input ins kbd keygen label layer map mark marquee multicol nobr noembed nolayer
    object output param picture q rp rt ruby s samp script select small source spacer span strike strong style sub
    sup svg time tt u var video wbr xml
    """.split()
)
# Most tags need the first form; then quoted values with a mark inside, a quote never closed, a tag never closed.
REST = rb"""(?:
    [^<>"']*+>
  | (?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>
  | (?:[^<>"'=]++|=\s*+"[^"\n]{0,500}+"(?=[\s/>])|=\s*+'[^'\n]{0,500}+'(?=[\s/>])|=)*+>
  | [^<>]{0,2000}+>
  | [^<>\n]{0,200}+(?=<|\Z)
)"""
ATTRIBUTE = re.compile(
    rb"""([a-zA-Z_:][\w:.-]{0,60}+)\s{0,9}+=\s{0,9}+(?:"([^"]*+)"|'([^']*+)'|"?([^\s>"']*+))""", re.ASCII
)


def _either_case(letters: str) -> str:
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in letters)


def _choice(names: Iterable[str]) -> str:
    """An alternation that looks at each letter once: names by their first letter."""
    branches: list[str] = []
    for letter, group in groupby(sorted(names), key=lambda name: name[0]):
        rests = sorted((name[1:] for name in group), key=len, reverse=True)
        branches.append(f"{_either_case(letter)}(?:{'|'.join(map(_either_case, rests))})")
    return "|".join(branches)


BLOCK = re.compile(
    rb"<(/?)(" + _choice(name.decode() for name in BLOCKS).encode() + rb")(?![a-zA-Z0-9:_-])" + REST, re.VERBOSE
)  # group 1: "/", group 2: the name


def attributes(tag: bytes) -> dict[str, str]:
    """Names in small letters; values with their entities read, the first of two alike."""
    found: dict[str, str] = {}
    if b"=" not in tag:
        return found
    for match in ATTRIBUTE.finditer(tag):
        value = next((group for group in match.groups()[1:] if group is not None), b"")
        found.setdefault(match[1].decode("ascii").lower(), _decoded(value))
    return found


def _decoded(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("cp1252", "replace").replace("\N{REPLACEMENT CHARACTER}", "")
    return unescape(text).replace("\N{REPLACEMENT CHARACTER}", "").strip() if "&" in text else text.strip()
