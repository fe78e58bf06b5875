"""This room finds the stories that a header names beside its own: what this one is the sequel of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.models import Link, LinkKind

QUOTES = " \t\"'“”‘’*_«»"
STORY = r"(?:(?:my|the|his|her|their|our)\s+)?(?:\w+\s+)?(?:story|fic|fanfic|tale|piece|vignette),?\s+"
TARGET = r"""(?:"(?P<straight{0}>[^"]{{1,200}})"|“(?P<curly{0}>[^”]{{1,200}})”|(?P<bare{0}>{1}))"""
PLAIN = r"""(?:(?!\s+(?:--?|[–—])\s|\s+and\s+(?:an?\s+|the\s+)?(?:sequel|prequel|companion|follows|takes)\b
    |\s+(?:but|so|because|which|where)\b)
    [^.,;:!?()\n]|(?<=\b[DM]r)\.|(?<=\bMrs)\.|(?<=\bSt)\.){1,120}"""
FIRST = r"(?:(?!\s+and\s)[^.,;:!?()\n]){1,100}"
NAMED = re.compile(
    rf"""\b(?:(?P<kind>sequel|prequel|companion(?:\s+(?:piece|story|fic|tale))?)\s+(?:to|of|for):?\s+
      | (?P<follows>(?:(?:takes?|taking|set|happens?|occurs?)\s+(?:place\s+)?
        (?:right\s+|directly\s+|immediately\s+|just\s+|shortly\s+)?after
        |follow(?:s|ing)(?:\s+on\s+from)?|follow-?up\s+to
        |continu(?:es|ation\s+of)|picks\s+up\s+after)):?\s+)
    (?:{STORY})?(?:the\s+events\s+(?:of|in)\s+)?{TARGET.format("", PLAIN)}""",
    re.IGNORECASE | re.VERBOSE,
)
BETWEEN = re.compile(
    rf"""\b(?:takes?|taking|set|happens?|occurs?|falls?|comes?)\s+(?:place\s+|somewhere\s+)?(?:in\s+)?between:?\s+
    {TARGET.format("1", FIRST)}\s+and\s+{TARGET.format("2", PLAIN)}""",
    re.IGNORECASE | re.VERBOSE,
)
UNIVERSE = re.compile(
    r"""\b(?i:set|takes?\s+place|part|written)\s+(?:in|within|of)\s+
    (?:(?P<whose>[A-Z][^.,;:!?()\n]{0,60}?)['’]s?|the\s+(?P<what>["“]?[A-Z][^.,;:!?()\n]{0,80}?["”]?))\s+
    (?:(?:own|shared|alternate|fictional)\s+)?(?:universe|world|verse|timeline|continuity)\b""",
    re.VERBOSE,
)
ORDINAL = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
SHORT = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "11th", "12th")
CARDINAL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: str(number) for words in (ORDINAL, SHORT, CARDINAL) for number, word in enumerate(words, 1)}
PLACED = re.compile(
    rf"""\b(?:(?P<ordinal>{"|".join((*ORDINAL, *SHORT))})
      (?:\s+(?:story|part|book|installment|instalment|fic|one|tale|piece|chapter))?\s+(?:in|of)
      | (?:part|book|story|number|no\.?|\#|installment|volume)\s*\#?
        (?P<number>\d{{1,3}}(?:\.\d)?[a-z]?|{"|".join(CARDINAL)})\s+(?:in|of))
    \s+(?:the|my|a|an)\s+["“]?(?P<series>[A-Z0-9][^.,;:!?()\n"”]{{0,80}}?)["”]?
    \s+(?:series|cycle|saga|trilogy|quartet|arc|sequence|universe)\b""",
    re.IGNORECASE | re.VERBOSE,
)
PRONOUNS = frozenset(
    ("it", "this", "that", "them", "him", "her", "me", "us", "you", "what", "all", "the", "a", "an", "is", "be", "come")
)
OVER = ("season", "episode", "the episode", "the show", "the end of", "the war", "the events")


class Place(NamedTuple):
    """A story's place in a series."""

    series: str
    number: str


def find(text: str) -> list[Link]:
    """The stories that a description or note says this one belongs to, each once."""
    found: list[tuple[int, Link]] = []
    for match in BETWEEN.finditer(text):
        found += [(match.start(), link) for link in _between(match)]
    found += [(match.start(), link) for match in NAMED.finditer(text) if (link := _named(match))]
    found += [(match.start(), Link(LinkKind.UNIVERSE, _universe(match))) for match in UNIVERSE.finditer(text)]
    return list(dict.fromkeys(link for _, link in sorted(found, key=lambda each: each[0]) if link.target))


def _between(match: re.Match[str]) -> tuple[Link, ...]:
    """After the one and before the other; of "A and B and C" nobody knows which two that are, so it stays whole."""
    first, second = _target(match, "1"), _target(match, "2")
    if match["bare2"] and " and " in second:
        return (Link(LinkKind.FOLLOWS, f"{first} and {second}"),)
    return (Link(LinkKind.FOLLOWS, first), Link(LinkKind.PREQUEL, second))


def _named(match: re.Match[str]) -> Link | None:
    target = _target(match, "")
    if match["kind"]:
        return Link(LinkKind(match["kind"].split()[0].lower()), target)
    is_title = target[:1].isupper() or target[:1].isdigit()
    vague = target.lower().startswith(OVER) or target.split(" ")[0].lower() in PRONOUNS - {"the", "a", "an"}
    whole = not re.search(r"(?<![.!?])\s[a-z]{4,}\s[a-z]{4,}\s[a-z]{4,}", target)
    return Link(LinkKind.FOLLOWS, target) if is_title and not vague and whole else None


def _target(match: re.Match[str], place: str) -> str:
    text = match[f"straight{place}"] or match[f"curly{place}"] or match[f"bare{place}"]
    return text.strip(QUOTES).rstrip(".,").strip(QUOTES)


def _universe(match: re.Match[str]) -> str:
    return (match["whose"] or match["what"] or "").strip(QUOTES)


def place(text: str) -> Place | None:
    """ "Third in the Salt Road series", "part 3 of the Salt Road cycle"."""
    match = PLACED.search(text)
    if match is None:
        return None
    said = (match["ordinal"] or match["number"]).lower()
    return Place(match["series"].strip(QUOTES), NUMBERS.get(said, said))


def is_relation(text: str) -> bool:
    """Whether a short line says nothing but how its story belongs to another, or to a series."""
    return len(text) < 200 and any(True for _ in _opening(text))


def _opening(text: str) -> Iterator[re.Match[str]]:
    start = re.match(
        r"[\s(\[*_]*(?:(?:this|it|the\s+story)\s+(?:story\s+)?(?:is|was|takes|follows)\s+)?(?:an?\s+|the\s+)?",
        text,
        re.IGNORECASE,
    )
    place = start.end() if start else 0
    for pattern in (NAMED, BETWEEN, UNIVERSE, PLACED):
        if (match := pattern.search(text)) and match.start() <= place:
            yield match
