"""This room reads who wrote a story out of a byline, and who only stands beside them."""

import re
from functools import lru_cache
from typing import NamedTuple

from bot.formats import addresses

HELP = re.compile(
    r"""(?:\s*[,;(–—-]+\s*|\s+)(?P<role>(?:with\s+(?:the\s+|much\s+|some\s+|a\s+lot\s+of\s+)?(?:help|thanks|assistance|input|apologies|encouragement)
    (?:\s+(?:from|of|to|by))?|(?:re)?posted|archived|forwarded|submitted|uploaded|sent\s+in|edited|beta(?:'?e?d|-?read)?|translated|illustrated|html\s+by|converted)
    (?:\s+(?:here\s+)?by)?)\s*:?\s+(?P<who>\S[^;)]{0,160})\)?""",
    re.IGNORECASE | re.VERBOSE,
)
BY = re.compile(
    r"[\s*_~(\[-]*(?:(?:written|story|fic|fanfic|created|a\s+(?:story|fic)|authored)\s+)?by\b\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
ALIAS = re.compile(r"\s*[,(]?\s*\b(?:a\.?k\.?a\.?|also known as)\s+(?P<alias>[^,;()&]{1,60})\)?", re.IGNORECASE)
REAL = re.compile(r"\s*\((?P<name>[^()]{1,60})\)")
AND = re.compile(r"\s*(?:&|\+|;|/|,?\s+and\s|,?\s+und\s|,?\s+et\s)\s*", re.IGNORECASE)
LATER = re.compile(r"\s*,(?!\s*(?:jr|sr|md|m\.d|phd|ph\.d|esq|ii|iii|iv)\b)\s*", re.IGNORECASE)
NOBODY = re.compile(r"\W*(?:none|unknown|n/?a|not\s+(?:known|given|named)|nobody|\?+|-+)?\W*", re.IGNORECASE)
MAIL_HOST = re.compile(r"\s*[<(\[]\s*[>)\]]")
LONGEST = 120
ANONYMOUS = "Anonymous"
NAMELESS = "No author is named; the story is kept as by Anonymous."


class People(NamedTuple):
    """Authors in the order they stand in; notes about helpers and posters; other names of theirs, for moderators."""

    authors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=1_000)  # bylines repeat all over an archive, and within a document
def read(raw: str, *, listed: bool = False) -> People:
    """Who `raw` names; `listed` where commas are known to part names."""
    text = _unaddressed(raw[:600])
    if NOBODY.fullmatch(text):
        return People()
    if match := BY.match(text):
        text = text[match.end() :]
    notes: list[str] = []
    while match := HELP.search(text):
        notes.append(_tidy(f"{match['role'][:1].upper()}{match['role'][1:]} {match['who']}"))
        text = text[: match.start()] + text[match.end() :]
    aliases = [_tidy(match["alias"]) for match in ALIAS.finditer(text)]
    text = ALIAS.sub("", text)
    aliases += [_tidy(match["name"]) for match in REAL.finditer(text) if text[: match.start()].strip()]
    text = REAL.sub("", text) if REAL.sub("", text).strip() else text
    return People(tuple(dict.fromkeys(_names(text, listed=listed))), tuple(notes), tuple(filter(None, aliases)))


def _unaddressed(text: str) -> str:
    """Without e-mail addresses, home pages and the brackets that held them."""
    for found in reversed(addresses.find(text)):
        text = text[: found.start] + text[found.end :]
    return MAIL_HOST.sub("", text)


def _names(text: str, *, listed: bool) -> list[str]:
    pieces = [piece for piece in AND.split(text) if piece.strip()]
    several = listed or len(pieces) > 1 or _is_list(text)
    found = [name for piece in pieces for name in (LATER.split(piece) if several else [piece])]
    return [name for name in map(_tidy, found) if is_name(name)]


def _is_list(text: str) -> bool:
    """Whether commas part whole names, and not a family name from a given one."""
    pieces = LATER.split(text)
    return len(pieces) > 2 or (len(pieces) == 2 and all(len(piece.split()) > 1 for piece in pieces))


def is_name(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST and NOBODY.fullmatch(text) is None and any(map(str.isalnum, text))


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(' \t*_~,;:()<>[]|"“”=-–—').removesuffix("'s ")
