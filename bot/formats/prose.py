"""This room turns lines into paragraphs and scene breaks, and keeps them as markup.

Markup is how a part's text is stored: blocks parted by one blank line, `*italic*` and `**bold**`, a backslash
ahead of each literal `*` and backslash, a scene break as the block `***`. It gives back exactly what it was made of
as long as that is in normal form, which `normal` brings about: no empty span, no neighbours of one style, no
blank line within a paragraph nor a newline at its ends, no paragraph of nothing but white space.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from bot.domain.documents import Line
from bot.domain.models import Block, Paragraph, SceneBreak, Span, Style
from bot.formats.flow import Flowed, Layout, groups_of, layout_of, paragraphs

BREAK = SceneBreak()
MARKS = {Style.PLAIN: "", Style.ITALIC: "*", Style.BOLD: "**"}
BREAK_MARKUP = "***"
TOKENS = re.compile(r"\\(.)|(\*)|([^\\*]+|\\)", re.DOTALL)
EMPHASIS = re.compile(
    r"""[*_/](?<![\w*\\/].)(?:
      (?<=\*)(?:
          \*\*(?=[^\s*])(?P<both>[^*]++)(?<!\s)\*\*\*
        | \*(?=[^\s*])(?P<bold>[^*]++)(?<!\s)\*\*
        | (?=[^\s*])(?P<star>[^*]++)(?<!\s)\*)
    | (?<=_)(?=[^\s_])(?P<line>[^_]++)(?<!\s)_
    | (?<=/)(?<![.:~<>&]/)(?P<slash>[A-Za-zÀ-ÿ"“‘'][A-Za-zÀ-ÿ’',.!? \n-]{1,200}+)(?<![\s,])/(?![/<>])
    )(?![\w*])""",
    re.VERBOSE | re.DOTALL,
)


def read(lines: Sequence[Line], layout: Layout | None = None) -> tuple[Block, ...]:
    """The blocks of a part; `layout` is that of the whole document where the part is one of several."""
    layout = layout or layout_of(lines)
    blocks: list[Block] = []
    broken = False
    for group in groups_of(lines, layout.leading):
        broken = broken or group.is_rule or group.gap > layout.gap
        if group.is_rule:
            continue
        if broken and blocks:
            blocks.append(BREAK)
        broken = False
        blocks += [Paragraph(_styled(each)) for each in paragraphs(group.lines, layout)]
    return tuple(blocks)


def _styled(flowed: Flowed) -> tuple[Span, ...]:
    """What the document sets in a style, and what its plain text marks itself."""
    if not flowed.runs:
        return spans(flowed.text)
    found: list[Span] = []
    place = 0
    for start, end, style in flowed.runs:
        found += (*spans(flowed.text[place:start]), Span(flowed.text[start:end], style))
        place = end
    return _joined([*found, *spans(flowed.text[place:])])


def spans(text: str) -> tuple[Span, ...]:
    """Emphasis that begins and ends at word boundaries; other stars, underscores and slashes stay text."""
    if "*" not in text and "_" not in text and "/" not in text:
        return (Span(text),)
    found: list[Span] = []
    place = 0
    for match in EMPHASIS.finditer(text):
        found.append(Span(text[place : match.start()]))
        bold = match["both"] or match["bold"]
        found.append(
            Span(bold, Style.BOLD) if bold else Span(match["star"] or match["line"] or match["slash"], Style.ITALIC)
        )
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
    if len(paragraph.spans) == 1 and paragraph.spans[0].text and "\n" not in paragraph.spans[0].text:
        return paragraph  # as most are
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
