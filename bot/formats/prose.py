"""This room turns lines into paragraphs and scene breaks, and keeps them as markup.

Markup is how a part's text is stored: blocks parted by one blank line, `*italic*` and `**bold**`, a backslash
ahead of each literal `*` and backslash, a scene break as the block `***`. It gives back exactly what it was made of
as long as that is in normal form, which `normal` brings about: no empty span, no neighbours of one style, no
blank line within a paragraph nor a newline at its ends, no paragraph of nothing but white space.
"""

import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from bot.domain.models import Block, Paragraph, SceneBreak, Span, Style

BREAK = SceneBreak()
MARKS = {Style.PLAIN: "", Style.ITALIC: "*", Style.BOLD: "**"}
BREAK_MARKUP = "***"
TOKENS = re.compile(r"\\(.)|(\*)|([^\\*]+|\\)", re.DOTALL)
EMPHASIS = re.compile(
    r"""[*_](?<![\w*\\].)(?:
      (?<=\*)(?:
          \*\*(?=[^\s*])(?P<both>[^*]++)(?<!\s)\*\*\*
        | \*(?=[^\s*])(?P<bold>[^*]++)(?<!\s)\*\*
        | (?=[^\s*])(?P<star>[^*]++)(?<!\s)\*)
    | (?<=_)(?=[^\s_])(?P<line>[^_]++)(?<!\s)_
    )(?![\w*])""",
    re.VERBOSE | re.DOTALL,
)
STRONG = "*#~•·§⁂★☆✦❖◊♦†‡"
WEAK = "-_=+<^–—%@"
RULE_STARTS = frozenset(STRONG + WEAK)
RULE = re.compile(
    rf"""(?:
      [{re.escape(STRONG + WEAK)}>.:\s]*[{re.escape(STRONG)}][{re.escape(STRONG + WEAK)}>.:\s]*   # one star is enough
    | (?:\s*[{re.escape(WEAK)}>]){{3,}}\s*
    | (?:[{re.escape(STRONG + WEAK)}>]+\s*[oOxX0]{{1,5}}\s*)+[{re.escape(STRONG + WEAK)}>]+        # -o-, <x>
    )""",
    re.VERBOSE,
)
LETTER_RULES = frozenset({"oOo", "OoO", "o0o", "oOoOo"})
LONGEST_RULE = 200
LONGEST_LETTERS = max(map(len, LETTER_RULES))
WRAPPED = range(45, 101)  # columns that hand-made pages and mailers wrapped at, with room on both sides


class Parting(enum.Enum):
    """What parts two paragraphs in a document."""

    GAP = enum.auto()
    INDENT = enum.auto()
    LINE = enum.auto()


class Layout(NamedTuple):
    """How a document sets its paragraphs; `width` is 0 where its lines are not hard-wrapped."""

    parting: Parting
    gap: int
    width: int


class Group(NamedTuple):
    """Lines with no blank one between them, and how many blank ones stood ahead."""

    gap: int
    lines: list[str]
    is_rule: bool


def is_rule(text: str) -> bool:
    """A line that draws a scene break: a row of stars, `~*~`, `###`, `-o-`, a lone `*`."""
    text = text.strip()
    if not text or len(text) > LONGEST_RULE:
        return len(text) > LONGEST_RULE and set(text) <= RULE_STARTS
    if text[0] not in RULE_STARTS:
        return text in LETTER_RULES
    return RULE.fullmatch(text) is not None


def read(lines: Sequence[str], layout: Layout | None = None) -> tuple[Block, ...]:
    """The blocks of a part; `layout` is that of the whole document where the part is one of several."""
    layout = layout or layout_of(lines)
    blocks: list[Block] = []
    broken = False
    for group in _groups(lines):
        broken = broken or group.is_rule or group.gap > layout.gap
        if group.is_rule:
            continue
        if broken and blocks:
            blocks.append(BREAK)
        broken = False
        blocks += [Paragraph(spans(_flow(part, layout.width))) for part in _paragraphs(group.lines, layout)]
    return tuple(blocks)


def layout_of(lines: Sequence[str]) -> Layout:
    groups = [group for group in _groups(lines) if not group.is_rule]
    column = _column(groups)
    width = column if column in WRAPPED else 0
    parting = _parting(groups, column)
    if parting is not Parting.GAP:
        return Layout(parting, 0, width)
    gaps = Counter(group.gap for group in groups if group.gap)
    return Layout(parting, min(gaps, key=lambda gap: (-gaps[gap], gap), default=1), width)


def _groups(lines: Sequence[str]) -> Iterator[Group]:
    """A gap at the start or beside a rule says nothing of its own and counts as 0."""
    gap, group, bare = 0, list[str](), True
    for line in lines:
        text = line.strip()
        blank = not text
        rule = not blank and (text[0] in RULE_STARTS or len(text) <= LONGEST_LETTERS) and is_rule(text)
        if group and (blank or rule):
            yield Group(gap, group, is_rule=False)
            gap, group, bare = 0, [], False
        if rule:
            yield Group(0, [line], is_rule=True)
            bare = True
        elif not blank:
            group.append(line)
        gap = 0 if bare else gap + blank
    if group:
        yield Group(gap, group, is_rule=False)


def _column(groups: Iterable[Group]) -> int:
    """The length that nineteen of twenty lines keep to."""
    lengths = sorted(len(line) for group in groups for line in group.lines)
    return lengths[len(lengths) * 19 // 20] if lengths else 0


def _parting(groups: Sequence[Group], column: int) -> Parting:
    gaps = sum(group.gap > 0 for group in groups)
    indents = sum(_indents(now, after) for group in groups for now, after in pairwise(group.lines))
    if indents > 3 * gaps + 2:
        return Parting.INDENT
    lines = sum(len(group.lines) for group in groups)
    endless = column >= WRAPPED.stop and lines > 6 * len(groups)
    return Parting.LINE if endless or not gaps else Parting.GAP


def _indents(now: str, after: str) -> bool:
    return after.startswith(("  ", "\t")) and not now.startswith(("  ", "\t"))


def _paragraphs(lines: list[str], layout: Layout) -> Iterator[list[str]]:
    if layout.parting is Parting.LINE:
        yield from ([line] for line in lines)
    elif layout.parting is Parting.INDENT:
        starts = [0, *(index for index in range(1, len(lines)) if lines[index].startswith(("  ", "\t"))), len(lines)]
        yield from (lines[start:end] for start, end in pairwise(starts))
    else:
        yield lines


def _flow(lines: list[str], width: int) -> str:
    """One string, with a newline wherever the author, not the wrapping, ended the line."""
    if len(lines) == 1:
        return lines[0].strip()
    lines = _dedented(lines)
    if not width:
        return "\n".join(lines)
    target = max(width * 3 // 4, *map(len, lines))
    pieces = [lines[0]]
    full = True
    for line, after in pairwise(lines):
        was_full, full = full and len(pieces) > 1, _is_full(line, after, target)
        kept = (not full and not was_full) or after.startswith(">")
        pieces += ("\n", after) if kept else (" ", after.lstrip())
    return "".join(pieces).lstrip()


def _dedented(lines: list[str]) -> list[str]:
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    return [line[indent:].rstrip() for line in lines]


def _is_full(line: str, after: str, target: int) -> bool:
    """Whether the first word of the next line had no room on this one."""
    word = after.split(maxsplit=1)[0] if len(line) < target else ""
    return len(line) + 1 + len(word) > target


def spans(text: str) -> tuple[Span, ...]:
    """Emphasis that begins and ends at word boundaries; other stars and underscores stay text."""
    if "*" not in text and "_" not in text:
        return (Span(text),)
    found: list[Span] = []
    place = 0
    for match in EMPHASIS.finditer(text):
        found.append(Span(text[place : match.start()]))
        bold = match["both"] or match["bold"]
        found.append(Span(bold, Style.BOLD) if bold else Span(match["star"] or match["line"], Style.ITALIC))
        place = match.end()
    return _joined([*found, Span(text[place:])])


def _joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Without empty spans, and neighbours of one style as one."""
    kept: list[tuple[list[str], Style]] = []
    for span in found:
        if kept and kept[-1][1] is span.style:
            kept[-1][0].append(span.text)
        elif span.text:
            kept.append(([span.text], span.style))
    return tuple(Span("".join(texts), style) for texts, style in kept)


def normal(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks in the form that markup gives back exactly."""
    tidy = (block if isinstance(block, SceneBreak) else _tidy(block) for block in blocks)
    return tuple(block for block in tidy if isinstance(block, SceneBreak) or plain(block).strip())


def _tidy(paragraph: Paragraph) -> Paragraph:
    found: list[Span] = []
    ended = True
    for span in _joined(paragraph.spans):
        text = re.sub(r"\n{2,}", "\n", span.text)
        text = text.removeprefix("\n") if ended else text
        ended = text.endswith("\n") if text else ended
        found.append(span._replace(text=text))
    return Paragraph(_joined(_unended(found)))


def _unended(found: list[Span]) -> list[Span]:
    while found and not found[-1].text.rstrip("\n"):
        found.pop()
    if found:
        found[-1] = found[-1]._replace(text=found[-1].text.removesuffix("\n"))
    return found


def plain(paragraph: Paragraph) -> str:
    return "".join(span.text for span in paragraph.spans)


def to_markup(blocks: Iterable[Block]) -> str:
    """The stored form of blocks; any that are not in normal form are brought into it."""
    return "\n\n".join(map(_markup, normal(blocks)))


def _markup(block: Block) -> str:
    if isinstance(block, SceneBreak):
        return BREAK_MARKUP
    return "".join(MARKS[span.style] + _guarded(span.text) + MARKS[span.style] for span in block.spans)


def _guarded(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*")


def from_markup(markup: str) -> tuple[Block, ...]:
    """Blocks in normal form; a mark that is never closed styles the rest of its paragraph."""
    return normal(BREAK if chunk == BREAK_MARKUP else Paragraph(_spans(chunk)) for chunk in markup.split("\n\n"))


def _spans(chunk: str) -> tuple[Span, ...]:
    if "*" not in chunk and "\\" not in chunk:
        return (Span(chunk),)
    found: list[Span] = []
    style = Style.PLAIN
    place = 0
    while match := TOKENS.match(chunk, place):
        place = match.end()
        if match[2]:
            style, width = _turn(style, doubled=chunk.startswith("*", place))
            place += width - 1
        else:
            found.append(Span(match[1] or match[3], style))
    return _joined(found)


def _turn(style: Style, *, doubled: bool) -> tuple[Style, int]:
    """The style after a mark, and how many stars it took: inside italics one always closes them."""
    if style is Style.PLAIN:
        return (Style.BOLD, 2) if doubled else (Style.ITALIC, 1)
    return Style.PLAIN, 2 if doubled and style is Style.BOLD else 1


def words(blocks: Iterable[Block]) -> int:
    return sum(len(plain(block).split()) for block in blocks if isinstance(block, Paragraph))


def digest(block: Block) -> str:
    """Sixteen hex digits that stay the same whatever becomes of white space and style."""
    text = BREAK_MARKUP if isinstance(block, SceneBreak) else " ".join(plain(block).split())
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
