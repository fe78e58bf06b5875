"""This room reads what stands ahead of a story: its heading and its labelled fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.models import Kind, Link, LinkKind, Rating
from bot.formats import furniture, heading, ratings
from bot.formats.prose import is_rule

LABEL = re.compile(
    r"""[\s*_\[]{0,6}(?P<label>[A-Za-z](?:[A-Za-z'’`/.() -]{0,28}[A-Za-z)])?)[*_]{0,3}
    (?:\s?[:=]|\s-{1,2}(?=\s)|\s[–—](?=\s))[*_]{0,3}\s*(?P<value>.*)""",
    re.VERBOSE | re.DOTALL,
)
RATED = re.compile(r"[\s*_]*(?:rated|rating)\s+(?P<value>\S.{0,30})", re.IGNORECASE)
MEANINGS = {
    "title": ("title", "story title"),
    "author": ("author", "authors", "written by", "writer"),
    "series": ("series", "series name"),
    "rating": ("rating", "rated"),
    "description": ("description", "summary", "synopsis", "blurb", "teaser"),
    "spoilers": ("spoiler", "spoilers", "spoiler warning"),
    "disclaimer": ("disclaimer", "disclaimers"),
    "note": ("note", "notes", "author note", "author notes", "authors note", "authors notes", "an"),
    "status": ("status",),
    "address": ("email", "email address", "e mail", "e mail address", "mail", "contact"),
}
OTHERS = (
    "acknowledgements|archive|archived|archiving|beta|beta reader|betas|categories|category|challenge|"
    "character|characters|classification|companion to|content|content warning|content warnings|"
    "continuity|copyright|credits|date|date finished|date posted|date written|dedicated to|dedication|"
    "distribution|fandom|fandoms|feedback|from|genre|genres|homepage|inspired by|key words|keywords|"
    "language|length|location|notice|pairing|pairings|part|parts|permission|posted|prequel to|published|"
    "relationship|relationships|sequel to|setting|subject|tags|thanks|thanks to|time frame|timeframe|"
    "timeline|trigger warning|trigger warnings|type|universe|updated|url|warning|warnings|website|"
    "word count|words"
)
LABELS = {name: meaning for meaning, names in MEANINGS.items() for name in names} | dict.fromkeys(OTHERS.split("|"), "")
ANONYMOUS = "Anonymous"
UNRATED = re.compile(r"\b(?:not (?:yet )?rated|unrated|none)\b", re.IGNORECASE)
MAIL = frozenset({"from", "subject"})
WITHHELD = "[address withheld]"
NOTE_SPOILERS = re.compile(r"(?:contains\s+)?spoilers?\s*(?:for\b|:|--?|[–—])[\s:–—-]*", re.IGNORECASE)
SPOILERS_END = re.compile(r"(?<=[a-z]{3})[.!]\s+(?=[A-Z])|\n")
SPOILER = re.compile(r'\s*(?:and\s+)?("[^"]{0,200}"|“[^”]{0,200}”|[^,;]+)')
LINK = re.compile(
    r"""\b(?P<kind>sequel|prequel|companion)(?:\s+(?:piece|story|fic))?\s+to:?\s+
    (?:my\s+(?:\w+\s+)?(?:story|fic|tale),?\s+)?
    (?:"(?P<straight>[^"]{1,200})"|“(?P<curly>[^”]{1,200})”
      |(?P<bare>(?:(?!\s+(?:--?|[–—])\s|\s+and\s+(?:an?\s+)?(?:sequel|prequel|companion)\b)[^.,;:!?()\n])+))""",
    re.IGNORECASE | re.VERBOSE,
)
QUOTES = " \t\"'“”‘’*_"


class Field(NamedTuple):
    """A labelled field: what it means to us ("" for a label we only keep), the label as written, its value."""

    meaning: str
    label: str
    value: str


@dataclass(slots=True)
class Header:
    """All that was found ahead of the text; `kinds` are those of the lines that it took."""

    title: str = ""
    author: str = ""
    series: str = ""
    rating: Rating = Rating.UNRATED
    rating_raw: str = ""
    description: str = ""
    spoilers: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    disclaimer: str = ""
    status: str = ""
    links: tuple[Link, ...] = ()
    kinds: list[Kind] = field(default_factory=list[Kind])
    warnings: list[str] = field(default_factory=list[str])


def read(texts: Sequence[str]) -> Header:
    """Reads until the first paragraph that is no field; labels further down are text."""
    scan = _Scan(texts)
    scan.run()
    header = Header(kinds=scan.kinds)
    _fill(header, scan.fields)
    _entitle(header, scan)
    header.links = tuple(links("\n".join((header.description, *header.notes))))
    return header


class _Scan:
    """Walks down the lines, one kind noted for each it passes."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.kinds: list[Kind] = []
        self.heading = ""
        self.byline = ""
        self.fields: list[Field] = []

    def run(self) -> None:
        self._skip()
        self._take_heading()
        self._skip()
        self._take_byline()
        self._skip()
        while found := self._label(len(self.kinds)):
            self._take_field(found)
            if self._skip():
                break

    def _text(self, index: int) -> str:
        return self.texts[index] if index < len(self.texts) else ""

    def _take(self, kind: Kind = Kind.FIELDS) -> str:
        self.kinds.append(kind)
        return self.texts[len(self.kinds) - 1]

    def _skip(self) -> bool:
        """Passes blank lines and furniture; true where a rule closed the fields."""
        ruled = False
        while len(self.kinds) < len(self.texts):
            text = self._text(len(self.kinds))
            blank = not text or text.isspace()
            if not blank and not is_rule(text) and not furniture.is_navigation(text):
                break
            ruled = ruled or (not blank and is_rule(text))
            self._take(Kind.BLANK if blank else Kind.FURNITURE)
        return ruled

    def _take_heading(self) -> None:
        place = len(self.kinds)
        text = self._text(place)
        if self._label(place):
            return
        if heading.has_byline(text) or (heading.is_bare(text) and self._stands_alone(place)):
            self.heading = self._take()

    def _stands_alone(self, place: int) -> bool:
        below = self._text(place + 1)
        return not below.strip() or is_rule(below) or bool(self._label(place + 1)) or heading.byline(below) is not None

    def _take_byline(self) -> None:
        if not self.heading or heading.has_byline(self.heading):
            return
        place = len(self.kinds)
        author = heading.byline(self._text(place))
        if author is not None:
            self._take()
            self.byline = author or (self._take() if self._text(place + 1).strip() else "")

    def _label(self, place: int) -> Field | None:
        text = self._text(place)
        rated = RATED.fullmatch(text.rstrip())
        if rated and ratings.read(rated["value"]) is not Rating.UNRATED:
            return Field("rating", "Rating", rated["value"])
        match = LABEL.match(text)
        name = _folded(match["label"]) if match else ""
        if match is None or name not in LABELS or (name in MAIL and self.fields):
            return None
        return Field(LABELS[name], match["label"], match["value"])

    def _take_field(self, found: Field) -> None:
        self._take()
        values = [found.value]
        if not found.value.strip() and self._is_value_below():
            self._skip()
        while (text := self._text(len(self.kinds))).strip() and not is_rule(text) and not self._label(len(self.kinds)):
            values.append(self._take())
        self.fields.append(found._replace(value=" ".join(map(str.strip, values)).strip()))

    def _is_value_below(self) -> bool:
        """A label with nothing behind it owns the next paragraph if another label comes after that."""
        place = len(self.kinds)
        for blank in (True, False, True):
            while place < len(self.texts) and (not self.texts[place].strip()) is blank:
                if self._label(place):
                    return False
                place += 1
        return bool(self._label(place))


def _folded(label: str) -> str:
    return re.sub(r"\(s\)", "s", re.sub(r"['’`.]|(?<=\ba)/(?=n$)", "", label.lower()).replace("-", " ")).strip()


def _fill(header: Header, fields: Sequence[Field]) -> None:
    for found in fields:
        value = heading.name_of(found.value) if found.meaning == "author" else _private(found.value)
        if not value or found.meaning == "address":
            continue
        if found.meaning == "spoilers":
            header.spoilers += _spoilers(value)
        elif found.meaning == "note":
            _note(header, value)
        elif not _claim(header, found.meaning, value):
            header.notes.append(f"{found.label}: {value}")


def _claim(header: Header, meaning: str, value: str) -> bool:
    """Whether the value found its place; the first of a kind counts, and a later one joins the notes."""
    places = {
        "title": header.title,
        "author": header.author,
        "series": header.series,
        "rating": header.rating_raw,
        "description": header.description,
        "disclaimer": header.disclaimer,
        "status": header.status,
    }
    if places.get(meaning, " "):
        return False
    setattr(header, "rating_raw" if meaning == "rating" else meaning, value)
    return True


def _private(value: str) -> str:
    """Without addresses, which stay in the original alone; "" for a value that was nothing else."""
    if "@" not in value:
        return value
    shown = heading.EMAIL.sub(WITHHELD, value)
    return shown if re.search(r"\w", shown.replace(WITHHELD, "")) else ""


def _note(header: Header, value: str) -> None:
    """A note may be, or begin with, the spoilers: `Spoilers -- A, B. And more.`"""
    match = NOTE_SPOILERS.match(value)
    if match is None:
        header.notes.append(value)
        return
    named, *rest = SPOILERS_END.split(value[match.end() :], maxsplit=1)
    header.spoilers += _spoilers(named)
    header.notes += rest


def _spoilers(value: str) -> list[str]:
    named = (match[1].strip(QUOTES).rstrip(".").strip(QUOTES) for match in SPOILER.finditer(value))
    return [name for name in named if name and name.lower() not in {"none", "no", "n/a"}]


def _entitle(header: Header, scan: _Scan) -> None:
    """The heading's own words win over the labels, which only say where to cut it."""
    author = heading.name_of(scan.byline) or header.author
    found = heading.read(scan.heading, series=header.series, title=header.title, author=author)
    header.title, header.author = found.title, found.author
    header.series = heading.series_name(found.series)
    header.warnings += found.warnings
    if not header.author:
        header.author = ANONYMOUS
        header.warnings.append("No author is named; the story is kept as by Anonymous.")
    header.rating = ratings.read(header.rating_raw)
    if header.rating_raw and header.rating is Rating.UNRATED and not UNRATED.search(header.rating_raw):
        header.warnings.append(f"The rating “{header.rating_raw}” is unknown and counts as the strictest.")


def links(text: str) -> list[Link]:
    """The stories that a description or note says this one belongs to, each once."""
    named: dict[Link, None] = {}
    for match in LINK.finditer(text):
        target = (match["straight"] or match["curly"] or match["bare"]).strip(QUOTES).rstrip(".,")
        if target:
            named[Link(LinkKind(match["kind"].lower()), target)] = None
    return list(named)
