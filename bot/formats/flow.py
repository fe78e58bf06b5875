"""This room finds the paragraphs of a document: what parts them, and which line ends are the author's own."""

import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.domain.documents import Line, Run
from bot.formats.rules import LONGEST_LETTERS, SUSPECT, is_rule

WRAPPED = range(45, 101)  # columns that hand-made pages and mailers wrapped at, with room on both sides
SAMPLE = 2_000  # lines that tell how a document is set
SCRIPT = re.compile(
    r"\s{0,9}(?:[A-Z][A-Z0-9.'’-]{1,30}(?: [A-Z0-9.'’&-]{1,30}){0,3}|[<\[][A-Z][^<>\[\]:]{0,30}[>\]]):(?:\s|$)"
)
WORD = re.compile(r"\S+")
SENTENCE = re.compile(r"[^\W\d_]{2} [^\W\d_]")  # where two words follow each other, a line is no drawing
STROKE = re.compile(r"[/\\|_(){}\[\]<>^=+~#@]")
LONGEST_TAGS = 20  # bytes of the tags around one run; more of them stand elsewhere
LARGEST_DRAWING = 20  # lines
BLANKS = (" ", "\t")


class Parting(enum.Enum):
    """What parts two paragraphs in a document."""

    GAP = enum.auto()
    INDENT = enum.auto()
    LINE = enum.auto()
    SHORT = enum.auto()  # a line that has room for the next one's first word


class Layout(NamedTuple):
    """How a document sets its paragraphs; `width` is 0 where its lines are not hard-wrapped."""

    parting: Parting
    gap: int
    width: int
    leading: int = 0  # blank lines after every line, which say nothing


class Group(NamedTuple):
    """Lines with no blank one between them, and how many blank ones stood ahead."""

    gap: int
    lines: list[Line]
    is_rule: bool


class Flowed(NamedTuple):
    """A paragraph's letters, and the runs in it that its document sets in one style."""

    text: str
    runs: tuple[Run, ...] = ()


def layout_of(lines: Sequence[Line]) -> Layout:
    groups = [group for group in groups_of(lines) if not group.is_rule]
    column = _column(line for group in groups for line in group.lines)
    leading = int(column in WRAPPED and _is_spread(groups, column))
    if leading:
        groups = [group for group in groups_of(lines, leading) if not group.is_rule]
    width = column if column in WRAPPED and _is_wrapped(groups, column) else 0
    parting = _parting(groups, column, width)
    if parting is not Parting.GAP:
        return Layout(parting, 0, width, leading)
    gaps = Counter(group.gap for group in groups if group.gap)
    return Layout(parting, min(gaps, key=lambda gap: (-gaps[gap], gap), default=1), width, leading)


def groups_of(lines: Sequence[Line], leading: int = 0) -> Iterator[Group]:
    """A gap at the start or beside a rule says nothing of its own and counts as 0."""
    gap, blanks, group, bare = 0, 0, list[Line](), True
    for index, line in enumerate(lines):
        text = line[0]
        rule = False
        if not text or text[0] in SUSPECT or len(text) <= LONGEST_LETTERS:
            if not text or text.isspace():
                blanks += 1
                continue
            rule = is_rule(text) and not _is_drawn(lines, index)
        if group and (rule or blanks > leading):
            yield Group(gap, group, is_rule=False)
            gap, group, bare = 0, [], False
        if not group:
            gap = 0 if bare else max(blanks - leading, 0)
        blanks = 0
        if rule:
            yield Group(0, [line], is_rule=True)
            bare = True
        else:
            group.append(line)
    if group:
        yield Group(gap, group, is_rule=False)


def _is_drawn(lines: Sequence[Line], index: int) -> bool:
    """Whether a rule is a stroke of a picture made of letters: others touch it, and not all of them are rules."""
    return any(_leads_to_stroke(lines, places) for places in (range(index - 1, -1, -1), range(index + 1, len(lines))))


def _leads_to_stroke(lines: Sequence[Line], places: range) -> bool:
    for place in places[:LARGEST_DRAWING]:
        text = lines[place].text
        if not text.strip() or not is_rule(text):
            return _is_stroke(text)
    return False


def _is_stroke(text: str) -> bool:
    """Fewer than half of its letters are letters, and one of the others draws."""
    if SENTENCE.search(text) or STROKE.search(text) is None:
        return False
    return 2 * sum(map(str.isalnum, text)) < sum(map(len, text.split()))


def _column(lines: Iterable[Line]) -> int:
    """The length that nineteen of twenty lines keep to."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 19 // 20] if lengths else 0


def _is_spread(groups: Sequence[Group], column: int) -> bool:
    """Whether a blank line follows every line: lines stand alone, and yet most are full."""
    alone = sum(len(group.lines) == 1 for group in groups)
    if len(groups) < 8 or alone * 10 < len(groups) * 9:
        return False
    pairs = [(one.lines[-1].text, other.lines[0].text) for one, other in pairwise(groups[:SAMPLE]) if other.gap == 1]
    return len(pairs) * 2 > len(groups[:SAMPLE]) and _fullness(pairs, column) >= 0.6


def _is_wrapped(groups: Sequence[Group], column: int) -> bool:
    """Whether most lines that another one follows had no room for its first word, as verse's have."""
    pairs = [(one.text, other.text) for group in groups[:SAMPLE] for one, other in pairwise(group.lines[:100])]
    return bool(pairs) and _fullness(pairs[:SAMPLE], column) >= 0.4


def _fullness(pairs: Sequence[tuple[str, str]], column: int) -> float:
    target = column * 9 // 10
    return sum(_is_full(len(one), other, target) for one, other in pairs) / len(pairs) if pairs else 0.0


def _parting(groups: Sequence[Group], column: int, width: int) -> Parting:
    gaps = sum(group.gap > 0 for group in groups)
    indents = sum(
        _indents(now.text, after.text)
        for group in groups
        if len(group.lines) > 1 and any(line.text.startswith(BLANKS) for line in group.lines)
        for now, after in pairwise(group.lines)
    )
    if indents >= 3 * gaps + 2:
        return Parting.INDENT
    if width and not gaps:
        return Parting.SHORT
    lines = sum(len(group.lines) for group in groups)
    endless = column >= WRAPPED.stop and lines > 6 * len(groups)
    return Parting.LINE if endless or not gaps else Parting.GAP


def _indents(now: str, after: str) -> bool:
    return after.startswith(("  ", "\t")) and not now.startswith(("  ", "\t"))


def paragraphs(group: Sequence[Line], layout: Layout) -> list[Flowed]:
    """The paragraphs of lines that no blank one parts."""
    if len(group) == 1:
        return [_alone(group[0])]
    return [_flow(lines, layout.width) for lines in _paragraphs(group, layout)]


def _paragraphs(lines: Sequence[Line], layout: Layout) -> Iterator[Sequence[Line]]:
    if layout.parting is Parting.GAP:
        yield lines
        return
    starts = [0, *(place for place in range(1, len(lines)) if _starts(lines, place, layout)), len(lines)]
    yield from (lines[start:end] for start, end in pairwise(starts))


def _starts(lines: Sequence[Line], place: int, layout: Layout) -> bool:
    """Whether a paragraph starts at line `place`, by what parts them in this document."""
    if layout.parting is Parting.LINE:
        return True
    if layout.parting is Parting.INDENT:
        return lines[place].text.startswith(("  ", "\t"))
    return not _is_full(len(lines[place - 1].text), lines[place].text, layout.width * 9 // 10)


def _flow(lines: Sequence[Line], width: int) -> Flowed:
    """One string, with a newline wherever the author, not the wrapping, ended the line."""
    if len(lines) == 1:
        return _alone(lines[0])
    texts = _dedented([line.text for line in lines])
    drawn = _is_drawing(texts)
    styled = any(line.runs for line in lines)
    sizes = list(map(_size, lines)) if styled else list(map(len, texts))
    flows = _flows(texts, sizes, 0 if drawn else width)
    pieces = [texts[0] if drawn else texts[0].lstrip()]
    for text, joined in zip(texts[1:], flows, strict=True):
        pieces += (" ", text.lstrip()) if joined else ("\n", text)
    runs = _shifted(lines, pieces[::2]) if styled else ()
    return Flowed("".join(pieces), runs)


def _dedented(texts: list[str]) -> list[str]:
    if not all(text.startswith(BLANKS) for text in texts):
        return [text.rstrip() for text in texts]
    indent = min(len(text) - len(text.lstrip()) for text in texts)
    return [text[indent:].rstrip() for text in texts]


def _alone(line: Line) -> Flowed:
    text = line.text.strip()
    return Flowed(text, _shifted([line], [text]) if line.runs else ())


def _shifted(lines: Sequence[Line], pieces: Sequence[str]) -> tuple[Run, ...]:
    """The runs of lines where their pieces stand in a paragraph, one character apart."""
    runs: list[Run] = []
    place = 0
    for line, piece in zip(lines, pieces, strict=True):
        cut = len(line.text.rstrip()) - len(piece)
        for run in line.runs:
            start, end = max(run.start - cut, 0), min(run.end - cut, len(piece))
            if start < end:
                _add(runs, Run(place + start, place + end, run.style))
        place += len(piece) + 1
    return tuple(runs)


def _add(runs: list[Run], run: Run) -> None:
    """A run that goes on over the end of a line stays one."""
    if runs and runs[-1].style is run.style and runs[-1].end + 1 == run.start:
        runs[-1] = Run(runs[-1].start, run.end, run.style)
    else:
        runs.append(run)


def _size(line: Line) -> int:
    """Columns that a line takes in its document, whose author wrapped it with its tags."""
    tags = sum(end - start for start, end in line.markup) if line.runs else 0
    return len(line.text.rstrip()) + min(tags, LONGEST_TAGS * len(line.runs))


def _flows(texts: Sequence[str], sizes: Sequence[int], width: int) -> list[bool]:
    """For each line but the first, whether it only goes on with the one before."""
    if not width or _is_verse(texts, width):
        return [False] * (len(texts) - 1)
    target = max(width * 3 // 4, *sizes)
    flows: list[bool] = []
    was_full = False
    for (line, after), size in zip(pairwise(texts), sizes, strict=False):
        full = _is_full(size, after, target)
        flows.append((full or was_full) and ">" not in (line[:1], after[:1]) and not _is_speech(after))
        was_full = full
    return flows


def _is_speech(text: str) -> bool:
    """A line of a script: `NAME: …`."""
    return ":" in text and SCRIPT.match(text) is not None


def _is_drawing(texts: Sequence[str]) -> bool:
    """Whether most lines are strokes of a picture made of letters, whose left margin is part of it."""
    if SENTENCE.search(texts[0]) and SENTENCE.search(texts[-1]):
        return False
    return sum(_is_stroke(text) or is_rule(text) for text in texts) * 2 > len(texts)


def _is_verse(texts: Sequence[str], width: int) -> bool:
    """Whether lines all begin large and end early."""
    short = sum(map(len, texts)) < len(texts) * width * 3 // 4
    return short and len(texts) > 3 and all(text.lstrip(" \"'“‘*_(—-")[:1].isupper() for text in texts)


def _is_full(size: int, after: str, target: int) -> bool:
    """Whether the first word of the next line had no room on one of `size` columns."""
    if size >= target:
        return True
    room = target - size - 1
    if room >= len(after):
        return False
    word = WORD.search(after)
    return word is not None and word.end() - word.start() > room
