"""This room walks down the top of a document: its heading and its byline, and what is passed over on the way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from bot.domain.documents import Kind, PartLabel, Role
from bot.formats import asides, dates, furniture, heading, labels, partlabels, parts, people
from bot.formats.labels import Said
from bot.formats.sheet import Sheet

LONGEST_LINE = 4_000  # characters of a line that may be a field
MOST_TITLE_LINES = 3
MAIL = frozenset(("from", "subject"))
LISTED = frozenset((",", "&", "and", ", and"))
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


class Scan:
    """Walks down the lines, a kind noted for each that it passes."""

    def __init__(self, sheet: Sheet, start: int, end: int, titles: Sequence[str], sure: str) -> None:
        self.sheet = sheet
        self.place = start
        self.end = end
        self.titles = titles
        self.sure = key_of(sure)
        self.header = Header(start)

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
            or (self.sure and self.sure not in key_of(text))
        ):
            return
        if self.sheet.role(place) is Role.HEADING:
            series = SERIES_HEADING.fullmatch(text.strip())
            if series and self._is_heading(self.sheet.next(place + 1, self.end)):
                self.header.found.append(Found("series", "", series["name"], place, 0.6))
                self._take()
                self._skip()
            if self._is_above_a_post(place):
                self._take(Kind.FURNITURE)
                self._skip()
            self._take_heading(0.95)
        elif heading.has_byline(text):
            self.header.headline = Headline(self._take(), place, 0.95)
        elif self._is_banner(place):
            self._take(Kind.FURNITURE)
            self._skip()
            self._headline()
        elif (
            heading.is_bare(text)
            and not dates.is_date(text.strip())
            and self._stands_alone(place)
            and self._is_expected(place)
        ):
            self.header.headline = Headline(self._take(), place, 0.8)
        elif self._is_broken(place):
            lines = self.sheet.paragraph(place, self.end)
            title = " ".join(self._text(index).strip() for index in lines)
            self._take(count=len(lines))
            self.header.headline = Headline(title, place, 0.7)

    def _is_broken(self, place: int) -> bool:
        """Whether a title goes on on a second or third line: short ones, with a byline alone below them."""
        lines = self.sheet.paragraph(place, self.end)
        if not 1 < len(lines) <= MOST_TITLE_LINES or any(map(self._said, lines)):
            return False
        title = [self._text(index).strip() for index in lines]
        below = self.sheet.next(lines.stop, self.end)
        return all(map(heading.is_bare, title)) and sum(map(len, title)) <= heading.LONGEST_BARE and self._names(below)

    def _is_above_a_post(self, place: int) -> bool:
        """Whether a heading is a journal's name: behind its links stands another, of something that was posted."""
        below = place + 1
        while below < self.end and (self.sheet.is_gap(below) or furniture.is_link_row(self.sheet, below)):
            below += 1
        text = self._text(below)
        return self._is_heading(below) and heading.posted(text) != text

    def _is_banner(self, place: int) -> bool:
        """Whether a line says what the page's <title> does not, and the next one says just that."""
        title = key_of(self.header.page_title.text) if self.header.page_title else ""
        below = self.sheet.next(place + 1, self.end)
        if not title or below >= self.end or key_of(self._text(place)) in title or not self.sheet.is_gap(place + 1):
            return False
        return len(self._text(below)) <= heading.LONGEST and title.startswith(key_of(self._text(below)) or "?")

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
        self.header.headline = Headline(heading.posted(" ".join(map(str.strip, words))), first, confidence)
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
        tuned = asides.TUNE.fullmatch(self._text(below)) is not None
        return self.sheet.is_gap(below) or bool(self._said(below)) or self._names(below) or named or tuned

    def _is_expected(self, place: int) -> bool:
        """Whether a line may be the title where one is known already: it is that, or a byline or field follows."""
        if not self.titles:
            return True
        key = key_of(self._text(place))
        if any(key and (key in title or title in key) for title in map(key_of, self.titles) if title):
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
            or partlabels.of_heading(self._text(below)) is not None
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
        self.header.byline = Found("authors", "", self._linked_names(place) or told.author, place, 0.9)
        if told.series:
            self.header.found.append(Found("series", "", told.series, place, 0.9))
        return True

    def _linked_names(self, place: int) -> str:
        """The authors where each is a link: whatever parts them then, a comma parts two people."""
        line = self.sheet.lines[place]
        between = [line.text[one.end : other.start].strip().lower() for one, other in pairwise(line.links)]
        if not between or not all(each in LISTED for each in between):
            return ""
        return " & ".join(line.text[link.start : link.end].strip() for link in line.links)

    def _lone_by(self) -> bool:
        """The name stands on the next line."""
        below = self.sheet.next(self.place + 1, self.end)
        name = self._text(below).strip()
        if not name or not heading.is_named(name) or not self._closes(below):
            return False
        self._take(count=below - self.place + 1)
        self.header.byline = Found("authors", "", name, below, 0.9)
        return True

    def _again(self) -> bool:
        """A line that says nothing but the title, the part or the author once more, above the text."""
        place = self.place
        if place >= self.end or not (self.header.found or self.titles) or self._said(place):
            return False
        text = self._text(place).strip()
        if len(text) > heading.LONGEST_BARE or not self._is_known(text):
            return False
        self._take()
        return True

    def _is_known(self, text: str) -> bool:
        titles = [each.value for each in self.header.found if each.meaning == "title"]
        titles += [self.header.headline.text] if self.header.headline else []
        read = [heading.read(each) for each in (*titles, *self.titles)]
        if _base(text) in {_base(each.title) for each in read}:
            return True
        byline = heading.byline(text)
        said = people.read(byline.author if byline else text).authors
        told = [each.value for each in (*self.header.found, self.header.byline) if each and each.meaning == "authors"]
        told += [each.author for each in read if each.author]
        return bool(said) and any(said == people.read(each).authors for each in told)


def _base(title: str) -> str:
    """The key of a title without the part behind it."""
    return key_of(partlabels.of_title(heading.unquoted(title))[0])


def key_of(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))
