"""This room reads what stands ahead of a story: its heading and its labelled fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.domain.documents import Kind, PartLabel, Role
from bot.formats import asides, furniture, heading, labels, partlabels, parts
from bot.formats.labels import Said
from bot.formats.sheet import Sheet

LONGEST_VALUE = 60  # lines that a field goes on for
LONGEST_LINE = 4_000  # characters of a line that may be a field
RIGHT = frozenset(("title", "authors", "series", "rating_raw", "description"))
MAIL = frozenset(("from", "subject"))
FRAME = re.compile(r"(?:preface|afterword|(?:table\s+of\s+)?contents|chapters?)", re.IGNORECASE)
SERIES_HEADING = re.compile(r"(?:the\s+)?(?P<name>\S.*?)\s+(?:series|cycle|saga|trilogy)", re.IGNORECASE)


class Found(NamedTuple):
    """A field: what it means ("other" where only its label is kept), its label, its value, its line (from 0)."""

    meaning: str
    label: str
    value: str
    line: int
    confidence: float = 1.0
    path: str = ""
    end: int = 0  # line behind the last one that it stands on


class Headline(NamedTuple):
    """The line that names the story."""

    text: str
    line: int
    confidence: float


@dataclass(slots=True)
class Header:
    """All that was found ahead of the text, which begins at line `end`."""

    end: int
    headline: Headline | None = None
    page_title: Headline | None = None  # <title>
    byline: Found | None = None
    found: list[Found] = field(default_factory=list[Found])
    part: PartLabel | None = None


def read(sheet: Sheet, start: int, end: int, titles: Sequence[str] = (), *, sure: str = "") -> Header:
    """Reads until the first paragraph that is no field; labels further down are text.

    `titles` are what is said of the title elsewhere: a first line that stands alone is then no title if it is none
    of them; where `sure`, a heading that says something else is none either.
    """
    scan = _Scan(sheet, start, end, titles, sure)
    scan.run()
    return scan.header


class _Scan:
    """Walks down the lines, a kind noted for each that it passes."""

    def __init__(self, sheet: Sheet, start: int, end: int, titles: Sequence[str], sure: str) -> None:
        self.sheet = sheet
        self.place = start
        self.end = end
        self.titles = [_key(title) for title in titles]
        self.sure = _key(sure)
        self.header = Header(start)

    def run(self) -> None:
        self._skip()
        self._headline()
        while True:
            ruled = self._skip()
            if self.place >= self.end or (ruled and self._is_closed()):
                break
            if not (self._field() or self._byline() or self._heading() or self._aside() or self._unknown()):
                break
        self.header.end = self.place

    def _text(self, index: int) -> str:
        return self.sheet.text(index) if index < self.end else ""

    def _take(self, kind: Kind = Kind.FIELDS, count: int = 1) -> str:
        first = self.place
        self.sheet.mark(range(first, first + count), kind)
        self.place += count
        return self.sheet.texts[first]

    def _said(self, index: int) -> tuple[Said, ...]:
        """The fields that a line begins with; those of mail count at the top alone."""
        text = self._text(index)
        if not text or len(text) > LONGEST_LINE or self.sheet.role(index) is Role.TITLE:
            return ()
        said = labels.read(text, is_cell=self.sheet.role(index) is Role.CELL)
        if said and labels.folded(said[0].label) in MAIL and self.header.found:
            return ()
        return said

    def _skip(self) -> bool:
        """Passes blank lines and furniture; true where a rule closed the fields."""
        ruled = False
        while self.place < self.end:
            index = self.place
            if self.sheet.is_blank(index):
                self.place += 1
            elif box := furniture.box(self.sheet, index):
                self._take(Kind.FURNITURE, len(box))
            elif self.sheet.is_rule(index):
                ruled = True
                self._take(Kind.FURNITURE)
            elif self.sheet.role(index) is Role.TITLE:
                self.header.page_title = Headline(self._take(), index, 0.6)
            elif self.sheet.kinds[index] is not None or (
                not self._said(index) and (furniture.is_furniture(self.sheet, index) or self._is_frame(index))
            ):
                self._take(self.sheet.kinds[index] or Kind.FURNITURE)
            else:
                break
        return ruled

    def _is_frame(self, index: int) -> bool:
        """A heading that a program put above what it knows of a story."""
        text = self._text(index).strip()
        return self.sheet.role(index) is Role.HEADING and FRAME.fullmatch(text) is not None and not self.header.headline

    def _is_closed(self) -> bool:
        """Whether a rule below the fields is their end: two more fields, or one and a rule, tell otherwise."""
        if not self.header.found:
            return False
        first = self._said(self.place)
        if not first:
            return True
        below = self.sheet.next(self.sheet.paragraph(self.place, self.end).stop, self.end)
        return not (self._said(below) or (below < self.end and self.sheet.is_rule(below)))

    def _headline(self) -> None:
        place = self.place
        text = self._text(place)
        if (
            place >= self.end
            or self._said(place)
            or parts.title_of(text)
            or (self.sure and self.sure not in _key(text))
        ):
            return
        if self.sheet.role(place) is Role.HEADING:
            series = SERIES_HEADING.fullmatch(text.strip())
            if series and self._is_heading(self.sheet.next(place + 1, self.end)):
                self.header.found.append(Found("series", "", series["name"], place, 0.6))
                self._take()
                self._skip()
            self._take_heading(0.95)
        elif heading.has_byline(text):
            self.header.headline = Headline(self._take(), place, 0.95)
        elif self._is_banner(place):
            self._take(Kind.FURNITURE)
            self._skip()
            self._headline()
        elif heading.is_bare(text) and self._stands_alone(place) and self._is_expected(place):
            self.header.headline = Headline(self._take(), place, 0.8)

    def _is_banner(self, place: int) -> bool:
        """Whether a line says what the page's <title> does not, and the next one says just that."""
        title = _key(self.header.page_title.text) if self.header.page_title else ""
        below = self.sheet.next(place + 1, self.end)
        if not title or below >= self.end or _key(self._text(place)) in title or not self.sheet.is_gap(place + 1):
            return False
        return len(self._text(below)) <= heading.LONGEST and title.startswith(_key(self._text(below)) or "?")

    def _is_heading(self, index: int) -> bool:
        return index < self.end and self.sheet.role(index) is Role.HEADING and heading.byline(self._text(index)) is None

    def _take_heading(self, confidence: float) -> None:
        """A heading broken over several lines is one."""
        first = self.place
        level = self.sheet.lines[first].level
        words = [self._take()]
        while (
            self._is_heading(self.place)
            and self.sheet.lines[self.place].level == level
            and not parts.title_of(self._text(self.place))
        ):
            words.append(self._take())
        self.header.headline = Headline(" ".join(map(str.strip, words)), first, confidence)
        self._linked_byline(first)

    def _linked_byline(self, place: int) -> None:
        """Where "by" stands in the heading and a link right behind it, that is its author's."""
        line = self.sheet.lines[place]
        link = next((each for each in line.links if heading.ends_in_by(line.text[: each.start])), None)
        if link is not None:
            name = line.text[: link.start].rstrip()[:-2].rstrip(" ,-–—")
            self.header.headline = Headline(name, place, 0.95)
            self.header.byline = Found("authors", "", line.text[link.start :].strip(), place, 0.95)

    def _stands_alone(self, place: int) -> bool:
        below = place + 1
        named = parts.title_of(self._text(below)) is not None and self._names(below + 1)
        return self.sheet.is_gap(below) or bool(self._said(below)) or self._names(below) or named

    def _is_expected(self, place: int) -> bool:
        """Whether a line may be the title where one is known already: it is that, or a byline or field follows."""
        if not self.titles:
            return True
        key = _key(self._text(place))
        if any(key and (key in title or title in key) for title in self.titles if title):
            return True
        below = self.sheet.next(place + 1, self.end)
        return self._names(below) or bool(self._said(below))

    def _names(self, index: int) -> bool:
        """Whether a byline stands there, alone on its line."""
        told = heading.byline(self._text(index)) if self._text(index) else None
        return told is not None and (not told.author or self._closes(index))

    def _closes(self, index: int) -> bool:
        below = index + 1
        return (
            below >= self.end
            or self.sheet.is_gap(below)
            or bool(self._said(below))
            or self.sheet.role(index) in (Role.HEADING, Role.CELL)
            or asides.is_contact(self._text(below))
            or (self.sheet.lines[index].centred and not self.sheet.lines[below].centred)
        )

    def _byline(self) -> bool:
        place = self.place
        told = heading.byline(self._text(place)) if len(self._text(place)) <= heading.LONGEST else None
        if (
            told is None
            or self.header.byline
            or not (self.header.headline or self.header.found or self.header.page_title)
        ):
            return False
        if not told.author:
            return self._lone_by()
        if not self._closes(place):
            return False
        self._take()
        self.header.byline = Found("authors", "", told.author, place, 0.9)
        if told.series:
            self.header.found.append(Found("series", "", told.series, place, 0.9))
        return True

    def _lone_by(self) -> bool:
        """The name stands on the next line."""
        below = self.sheet.next(self.place + 1, self.end)
        name = self._text(below).strip()
        if not name or not heading.is_named(name) or not self._closes(below):
            return False
        self._take(count=below - self.place + 1)
        self.header.byline = Found("authors", "", name, below, 0.9)
        return True

    def _heading(self) -> bool:
        """A line that names the part, or a second heading, where more of the header follows."""
        place = self.place
        text = self._text(place).strip()
        below = place + 1
        while below < self.end and self.sheet.is_gap(below):
            below += 1
        label = partlabels.of_heading(text) if len(text) <= parts.LONGEST else None
        if label is None and self.sheet.role(place) is not Role.HEADING:
            return False
        if not (self._said(below) or self._names(below)):
            return False
        self._take()
        if label is not None:
            self.header.part = self.header.part or label
        elif self.header.headline is None:
            self.header.headline = Headline(text, place, 0.9)
        elif _key(text) != _key(self.header.headline.text):
            self.header.found.append(Found("other", "", text, place, 0.5))
        return True

    def _aside(self) -> bool:
        """Prose that speaks of the story and not in it."""
        if not (self.header.headline or self.header.found or self.header.byline):
            return False
        lines = self.sheet.paragraph(self.place, self.end)
        meaning = asides.meaning_of(self.sheet, lines, is_between=self._is_between(lines.stop))
        if not meaning:
            return False
        text = " ".join(self._text(index).strip() for index in lines)
        kind = Kind.NOTES if meaning == "note" else Kind.FIELDS
        self.header.found.append(Found(meaning, "", text, self.place, 0.7, end=lines.stop))
        self._take(kind, len(lines))
        return True

    def _is_between(self, place: int) -> bool:
        """Whether a paragraph that ends at `place` stands between two fields."""
        return bool(self.header.found) and bool(self._said(self.sheet.next(place, self.end)))

    def _field(self) -> bool:
        place = self.place
        said = self._said(place)
        if not said:
            return False
        self.place += 1
        value = "" if said[-1].meaning == "measure" else self._value(said[-1].value, place)
        for each in said[:-1]:
            self._add(each, each.value, place, place + 1)
        self._add(said[-1], value, place, self.place)
        self.sheet.mark(range(place, self.place), Kind.NOTES if said[0].meaning in ("note", "after") else Kind.FIELDS)
        return True

    def _unknown(self) -> bool:
        """A field whose label nobody knows counts where fields stand on both sides, or a wider gap below."""
        place = self.place
        said = labels.unknown(self._text(place))
        lines = self.sheet.paragraph(place, self.end)
        if said is None or not self.header.found or not (self._is_between(lines.stop) or self._is_parted(lines)):
            return False
        text = " ".join(self._text(index).strip() for index in lines)
        self.header.found.append(Found("other", "", text, place, 0.5, end=lines.stop))
        self._take(count=len(lines))
        return True

    def _is_parted(self, lines: range) -> bool:
        """Whether the gap below is wider than the one above, as it is between a header and its text."""
        above = lines.start - self.sheet.previous(lines.start)
        below = self.sheet.next(lines.stop, self.end) - lines.stop + 1
        ruled = lines.stop + below - 1 < self.end and self.sheet.is_rule(lines.stop + below - 1)
        return ruled or 1 < above < below

    def _add(self, said: Said, value: str, place: int, end: int) -> None:
        text = " ".join(value.split()) if said.meaning not in ("note", "after") else value.strip()
        self.header.found.append(Found(said.meaning, said.label, text, place, said.confidence, end=end))

    def _value(self, first: str, place: int) -> str:
        """The rest of a value that goes on below its label."""
        values = [first.strip()]
        if not values[0] and self.sheet.role(place) is Role.CELL:
            self._cells(values)
            return "\n".join(filter(None, values))
        if not values[0] and self._is_value_below():
            self.place = self.sheet.next(self.place, self.end)
        begin = self.place
        while self.place < self.end and self.place - begin < LONGEST_VALUE and self._goes_on(self.place, values):
            values.append(self._text(self.place).strip())
            self.place += 1
        return " ".join(filter(None, values))

    def _goes_on(self, index: int, values: Sequence[str]) -> bool:
        """Whether a line is still of the value above it: no gap, no field, no first line of an indented text."""
        text = self._text(index)
        if self.sheet.is_gap(index) or self._said(index) or self.sheet.role(index) in (Role.HEADING, Role.TITLE):
            return False
        if furniture.is_navigation(text):
            return False
        indented = text.startswith(("   ", "\t")) and not self.sheet.text(index + 1).startswith(("   ", "\t"))
        return not (indented and values[-1].endswith((".", "!", "?", '"', "”")) and len(text) > 50)

    def _cells(self, values: list[str]) -> None:
        """What stands in the cells beside or below a label's; the first beside it is its value whatever it says."""
        while self.place < self.end and not self.sheet.is_blank(self.place):
            if len(values) > 1 and self._is_label_cell(self.place):
                break
            values.append(self._text(self.place).strip())
            self.place += 1
        if len(values) > 1:
            return
        below = self.sheet.next(self.place, self.end)
        while below < self.end and self.sheet.role(below) is Role.CELL and not self._is_label_cell(below):
            values.append(self._text(below).strip())
            self.place = below + 1
            below = self.sheet.next(self.place, self.end)

    def _is_label_cell(self, index: int) -> bool:
        return self.sheet.role(index) is Role.CELL and (
            bool(self._said(index)) or self._text(index).endswith(":") or self._names(index)
        )

    def _is_value_below(self) -> bool:
        """A label with nothing behind it owns the next paragraph if another label comes after that."""
        first = self.sheet.next(self.place, self.end)
        if first >= self.end or self._said(first) or self.sheet.is_rule(first):
            return False
        last = self.sheet.paragraph(first, self.end)
        if any(self._said(index) for index in last):
            return False
        below = self.sheet.next(last.stop, self.end)
        return below < self.end and (bool(self._said(below)) or self.sheet.is_rule(below))


def _key(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))
