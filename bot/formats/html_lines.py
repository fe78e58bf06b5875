"""This room lays the lines of a web page over its bytes, with blank lines where a reader sees a gap."""

from collections.abc import Iterator, Sequence

from bot.domain.documents import Extent, Line, Role
from bot.formats.html_inline import Row
from bot.formats.making import make

WIDEST_GAP = 20  # blank lines in a row; more say no more
LONGEST_PROMPT = 60  # characters of the words beside a form's field
NOTHING: tuple[Extent, ...] = ()


class Lines:
    """Lines in the making: the last one with a letter is held until its end is known."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._held: Line | None = None
        self._tail: list[Extent] = []  # tags since the held line
        self._place = 0  # bytes before it have their line
        self._blanks = 0
        self._margin = False
        self.letters = 0  # lines with letters so far
        self._is_trailing = False  # whether the last blank line only ends the text above, as a margin does too
        self._is_open = False  # whether a line stands in the block, which the next <br> only ends

    @property
    def number(self) -> int:
        """Of the line that the next letter stands in, from 1."""
        return len(self._lines) + (self._held is not None) + 1

    @property
    def upcoming(self) -> int:
        """The number of the line that is added next, behind the gap that is due."""
        due = min(self._blanks + self._margin, WIDEST_GAP) if self.number > 1 else 0
        return self.number + due

    def told(self) -> Iterator[Line]:
        """All lines, a quotation that is most of the page taken for what it is: its margin."""
        quoted = sum([len(line[0]) for line in self._lines if line[3] is Role.QUOTE])
        if quoted and 2 * quoted > sum([len(line[0]) for line in self._lines]):
            return (line._replace(role=Role.PLAIN) if line.role is Role.QUOTE else line for line in self._lines)
        return iter(self._lines)

    def tag(self, start: int, end: int) -> None:
        """Markup that stands between two lines."""
        self._tail.append(make(Extent, (start, end)))

    def break_line(self) -> None:
        if self._is_open:
            self._is_open, self._is_trailing = False, True
        else:
            self._blanks += 1

    def end_block(self, *, margin: bool) -> None:
        if margin:
            if self._is_trailing and self._blanks:
                self._blanks -= 1
            self._margin, self._is_trailing = True, False
        self._is_open = False

    def rule(self) -> None:
        """The tag right behind us draws a rule."""
        drawn = self._tail.pop()
        self._margin = True
        self.add(Row("***", costs=(drawn,)), drawn.start, drawn.end, Role.RULE, 0, centred=False)
        self.end_block(margin=True)

    def add_plain(self, text: str, start: int, end: int, role: Role, *, centred: bool) -> None:
        """A line with no markup in it."""
        begin = self._settle(start, min(self._blanks + self._margin, WIDEST_GAP))
        costs = (Extent(begin, start),) if begin < start else NOTHING
        self._held = make(Line, (text, begin, end, role, 0, centred, (), (), costs))
        self._blanks, self._margin, self._is_open, self._is_trailing = 0, False, True, False
        self.letters += 1

    def add(self, row: Row, start: int, end: int, role: Role, level: int, *, centred: bool) -> None:
        if not row.text:
            self._empty(row)
            return
        begin = self._settle(start, min(self._blanks + self._margin, WIDEST_GAP))
        costs = (Extent(begin, start), *row.costs) if begin < start else row.costs
        self._held = Line(row.text, begin, end, role, level, centred, row.runs, row.links, costs)
        self._blanks, self._margin, self._is_open, self._is_trailing = 0, False, True, False
        self.letters += 1

    def add_preformatted_text(self, text: str, start: int, end: int) -> None:
        """The same where no markup is in it."""
        if self._held or self._tail or text.isspace() or not text:
            self.add_preformatted(Row(text if text.strip() else ""), start, end, Role.PREFORMATTED)
            return
        self._lines.append(make(Line, (text, start, end, Role.PREFORMATTED, 0, False, (), (), ())))
        self._place = end
        self.letters += 1

    def add_preformatted(self, row: Row, start: int, end: int, role: Role) -> None:
        """A line that its newline ends."""
        costs = row.costs
        if self._held or self._tail:
            begin = self._settle(start, min(self._blanks + self._margin, WIDEST_GAP))
            costs = (Extent(begin, start), *costs) if begin < start else costs
            start, self._held = begin, None
        role = role if row.text else Role.PLAIN
        self._lines.append(Line(row.text, start, end, role, 0, False, row.runs, row.links, costs))
        self._blanks, self._margin, self._is_open, self._place = 0, False, False, end
        self.letters += bool(row.text)

    def _empty(self, row: Row) -> None:
        """What has no letter; one that a reader sees as a blank line is counted."""
        self._tail += row.costs
        if row.is_blank and not self._is_open:
            self._blanks += 1
            self._is_open, self._is_trailing = True, False

    def prompt(self) -> None:
        """The line above is of a form's field too, if it is as short as such words are."""
        held = self._held
        if held and held.role in (Role.PLAIN, Role.CELL) and len(held.text) <= LONGEST_PROMPT and not self._margin:
            self._held = held._replace(role=Role.CONTROL)

    def mark_cells(self, number: int) -> None:
        """The last `number` lines with letters are cells of one row."""
        if number and self._held:
            self._held = _as_cell(self._held)
            number -= 1
        index = len(self._lines)
        while number and index:
            index -= 1
            number -= bool(self._lines[index].text)
            self._lines[index] = _as_cell(self._lines[index])

    def finish(self, end: int) -> None:
        if self._held is not None:
            self._settle(end, 0, is_last=True)
        elif self._place < end or not self._lines:
            self._blank(end, self._tail)

    def _settle(self, start: int, gap: int, *, is_last: bool = False) -> int:
        """Lets the held line go and `gap` blank ones after it; where the one that begins at `start` then begins."""
        held, tail = self._held, self._tail
        self._tail = []
        if held is None:
            return self._begin(start, tail, gap)
        end, middle = held.end, 0
        if tail and tail[0][0] == end:
            end, middle = tail[0][1], 1
        begin = tail.pop()[0] if len(tail) > middle and tail[-1][1] == start and not is_last else start
        if not gap:
            self._lines.append(_closed(held, begin, tail))
            self._place = begin
            return begin
        self._lines.append(_closed(held, end, tail[:middle]))
        self._place = end
        self._blank(begin, tail[middle:])
        for _ in range(gap - 1):
            self._blank(begin, ())
        return begin

    def _begin(self, start: int, tail: list[Extent], gap: int) -> int:
        """Whatever stands ahead of a line is a blank one of its own, except its own tag."""
        begin = tail.pop()[0] if tail and tail[-1][1] == start else start
        if self._place < begin:
            self._blank(begin, tail)
            gap -= 1
        for _ in range(gap if self._lines else 0):
            self._blank(begin, ())
        return begin

    def _blank(self, end: int, costs: Sequence[Extent]) -> None:
        extents = merged(costs) if costs else NOTHING
        self._lines.append(make(Line, ("", self._place, end, Role.PLAIN, 0, False, (), (), extents)))
        self._place = end


def _as_cell(line: Line) -> Line:
    return line._replace(role=Role.CELL) if line.text and line.role is Role.PLAIN else line


def _closed(line: Line, end: int, costs: Sequence[Extent]) -> Line:
    text, start, _, role, level, centred, runs, links, markup = line
    extents = merged((*markup, *costs)) if costs else markup
    return make(Line, (text, start, end, role, level, centred, runs, links, extents))


def merged(costs: Sequence[Extent]) -> tuple[Extent, ...]:
    """In one where they touch."""
    place = -1
    for start, end in costs:
        if start <= place:
            return _merged(costs)
        place = end
    return tuple(costs)


def _merged(costs: Sequence[Extent]) -> tuple[Extent, ...]:
    found = [costs[0]]
    for each in costs[1:]:
        if found[-1].end >= each.start:
            found[-1] = Extent(found[-1].start, max(each.end, found[-1].end))
        else:
            found.append(each)
    return tuple(found)
