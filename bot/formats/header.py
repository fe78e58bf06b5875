"""This room reads what stands ahead of a story: its heading and its labelled fields."""

from collections.abc import Sequence

from bot.domain.documents import Kind, Role
from bot.formats import asides, dates, furniture, heading, labels, lead, partlabels, parts
from bot.formats.labels import Said
from bot.formats.scan import Found, Header, Headline, Scan, key_of
from bot.formats.sheet import Sheet

NOTED = frozenset(("note", "after"))
LONGEST_VALUE = 60  # lines that a field goes on for


def read(sheet: Sheet, start: int, end: int, titles: Sequence[str] = (), *, sure: str = "") -> Header:
    """Reads until the first paragraph that is no field; labels further down are text.

    `titles` are what is said of the title elsewhere: a first line that stands alone is then no title if it is none
    of them; where `sure`, a heading that says something else is none either.
    """
    scan = _Fields(sheet, start, end, titles, sure)
    scan.run()
    return scan.header


class _Fields(Scan):
    """Reads the fields, one after the other."""

    def run(self) -> None:
        self._skip()
        self._headline()
        while True:
            ruled = self._skip()
            if self._again():
                continue
            if self.place >= self.end or (ruled and self._is_closed()) or self._begins_parts():
                break
            if not (
                self._field() or self._byline() or self._heading() or self._aside() or self._unknown() or self._lead()
            ):
                break
        self.header.end = self.place

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
        elif key_of(text) != key_of(self.header.headline.text):
            self.header.found.append(Found("other", "", text, place, 0.5))
        return True

    def _begins_parts(self) -> bool:
        """Whether a part's heading is the first of several: the note below it is that part's alone."""
        text = self._text(self.place).strip()
        if not text or len(text) > parts.LONGEST or partlabels.of_heading(text) is None:
            return False
        below = self.place + 1
        while below < self.end and self.sheet.is_gap(below):
            below += 1
        said = self._said(below)
        return bool(said) and said[0].meaning in NOTED and bool(parts.headings(self.sheet, below, self.end))

    def _aside(self) -> bool:
        """Prose that speaks of the story and not in it."""
        text = self._text(self.place).strip()
        is_dated = dates.is_date(text)
        if not (is_dated or self.header.headline or self.header.found or self.header.byline or self.titles):
            return False
        is_line = is_dated or (len(text) <= heading.LONGEST and asides.TUNE.fullmatch(text) is not None)
        lines = range(self.place, self.place + 1) if is_line else self.sheet.paragraph(self.place, self.end)
        meaning = asides.meaning_of(self.sheet, lines, is_between=self._is_between(lines.stop))
        if not meaning:
            return False
        text = " ".join(self._text(index).strip() for index in lines)
        kind = Kind.NOTES if meaning == "note" else Kind.FIELDS
        self.header.found.append(Found(meaning, "", text, self.place, 0.7, end=lines.stop))
        self._take(kind, len(lines))
        return True

    def _lead(self) -> bool:
        """What a poster says ahead of the fields: a greeting, why it is late."""
        if self.header.found or self.header.byline:
            return False
        block = lead.block(self.sheet, self.place, self.end, self._said)
        if block is None:
            return False
        lines = list(self.sheet.written(self.place, block))
        text = " ".join(self._text(index).strip() for index in lines if not self.sheet.is_rule(index))
        self.header.found.append(Found("note", "", text, self.place, 0.6, end=block))
        self.sheet.mark(lines, Kind.NOTES)
        self.place = block
        if self.header.headline is None:
            self._headline()
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
        value = "" if self._is_bare_measure(said[-1], place) else self._value(said[-1].value, place)
        for each in said[:-1]:
            self._add(each, each.value, place, place + 1)
        self._add(said[-1], value, place, self.place)
        self.sheet.mark(range(place, self.place), Kind.NOTES if said[0].meaning in ("note", "after") else Kind.FIELDS)
        return True

    def _is_bare_measure(self, said: Said, place: int) -> bool:
        """Whether a measure stands on its own line: only in a table is it in the cell beside its label."""
        beside = self.sheet.next(self.place, self.end)
        return said.meaning == "measure" and (self.sheet.role(place) is not Role.CELL or bool(self._said(beside)))

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
