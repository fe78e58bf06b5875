"""This room holds a document's lines, and for each of them what it was found to be."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.documents import Kind, Line, Range, Role
from bot.formats.making import make
from bot.formats.rules import is_rule, suspects


class Sheet:
    """Lines from 0 on; `kinds` has None where nothing is known of a line yet."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.texts = [line[0] for line in lines]
        self._blanks = [False] * len(lines)
        self._rules = [False] * len(lines)
        for index in suspects(self.texts):
            text = self.texts[index]
            self._blanks[index] = not text or text.isspace()
            self._rules[index] = is_rule(text)
        self._gaps = [blank or rule for blank, rule in zip(self._blanks, self._rules, strict=True)]
        self.kinds: list[Kind | None] = [None] * len(lines)

    def __len__(self) -> int:
        return len(self.texts)

    def text(self, index: int) -> str:
        """The line's text, "" beyond either end."""
        return self.texts[index] if 0 <= index < len(self.texts) else ""

    def role(self, index: int) -> Role:
        return self.lines[index].role if 0 <= index < len(self.lines) else Role.PLAIN

    def is_blank(self, index: int) -> bool:
        """Whether nothing can be read there; so it is beyond either end."""
        return not 0 <= index < len(self._blanks) or self._blanks[index]

    def is_rule(self, index: int) -> bool:
        return 0 <= index < len(self._rules) and self._rules[index]

    def is_gap(self, index: int) -> bool:
        return not 0 <= index < len(self._gaps) or self._gaps[index]

    def next(self, index: int, end: int | None = None) -> int:
        """The first line at or after `index` that can be read, or `end`."""
        end = len(self.texts) if end is None else end
        blanks = self._blanks
        while index < end and blanks[index]:
            index += 1
        return index

    def previous(self, index: int, start: int = 0) -> int:
        """The last line before `index` that can be read, or `start - 1`."""
        index -= 1
        blanks = self._blanks
        while index >= start and blanks[index]:
            index -= 1
        return index

    def written(self, start: int, end: int) -> Iterator[int]:
        """The lines from `start` to `end` (exclusive) that can be read."""
        blanks = self._blanks
        return (index for index in range(start, end) if not blanks[index])

    def mark(self, indices: Iterable[int], kind: Kind) -> None:
        for index in indices:
            self.kinds[index] = kind

    def fill(self, start: int, end: int, kind: Kind) -> None:
        """Gives its kind to every line from `start` to `end` (exclusive) of which nothing is known yet."""
        for index in range(start, end):
            if self.kinds[index] is None:
                self.kinds[index] = kind

    def paragraph(self, index: int, end: int | None = None) -> range:
        """The lines from `index` to the next blank one, rule or heading."""
        end = len(self.texts) if end is None else end
        close = index + 1
        while close < end and not self.is_gap(close) and self.role(close) is not Role.HEADING:
            close += 1
        return range(index, close)


def ranges(lines: Sequence[Line], kinds: Sequence[Kind | None]) -> tuple[Range, ...]:
    """What each byte is; tags and the like are markup wherever they stand, and what cannot be read is blank."""
    bounds: list[tuple[int, Kind]] = []  # where each range begins, and its kind
    last: Kind | None = None
    for line, known in zip(lines, kinds, strict=True):
        text = line[0]
        kind = (known or Kind.UNCLASSIFIED) if text and not text.isspace() else Kind.BLANK
        place = line[1]
        for begin, end in line[8]:
            if place < begin and kind is not last:
                bounds.append((place, kind))
                last = kind
            if begin < end and last is not Kind.MARKUP:
                bounds.append((begin, Kind.MARKUP))
                last = Kind.MARKUP
            place = max(place, end)
        if place < line[2] and kind is not last:
            bounds.append((place, kind))
            last = kind
    ends = [*(place for place, _ in bounds[1:]), lines[-1].end if lines else 0]
    return tuple(make(Range, (place, end, kind)) for (place, kind), end in zip(bounds, ends, strict=False))
