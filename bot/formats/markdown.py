"""This room knows chat Markdown as Discord reads it: what must be escaped, and how long a text is."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from bot.domain.models import Block, Paragraph, SceneBreak, Span, Style

SCENE_BREAK = "\N{EM SPACE}" * 8 + "\N{ASTERISM}"
ELLIPSIS = "…"

SPECIAL = r"\*`_~|<@:/("  # what Discord may take for a mark begins with one of these
ALWAYS = r"(?<=[*`])"
FREE = rf"""{ALWAYS} | (?<=\\)(?![0-9A-Za-z\s])          # a backslash that would escape what follows
    | (?<=_)(?:(?<![0-9A-Za-z]_)|(?![0-9A-Za-z]))           # snake_case is left alone, as by Discord"""
BOUND = rf"{ALWAYS} | (?<=[_\\])"


def _inline(emphasis: str) -> re.Pattern[str]:
    """One class of characters ahead, then the reason: the regex engine skips ordinary text at full speed."""
    return re.compile(
        rf"""[{re.escape(SPECIAL)}](?: {emphasis}
    | (?<=~)(?:(?=~)|(?<=~~))                               # strikethrough takes two
    | (?<=\|)(?:(?=\|)|(?<=\|\|))                           # a spoiler takes two
    | (?<=<)(?=[@\#:/+]|[^\s<>:@]{{1,64}}[:@])              # mentions, timestamps, custom emoji, <links>
    | (?<=@)(?=everyone|here)
    | (?<=:)(?=[\w+-]{{1,64}}:)                              # :shortcode:
    | (?<=:/)(?=/)                                          # http://
    | (?<=\]\()                                             # [masked](link)
    )""",
        re.VERBOSE,
    )


INLINE = _inline(FREE)
INLINE_BOUND = _inline(BOUND)
MARKER = r"""([^\S\n]*+(?:[0-9]++(?=[.)](?:\s|\Z)))?)       # what may stand ahead of a marker
    ( (?<=[0-9])[.)]                                        # 1.
    | -(?=\#|\s|\Z) | \+(?=\s|\Z)                           # - and + lists, -# small print
    | >                                                     # quotation
    | \#(?=\#{0,5}(?:\s|\Z))                                # heading
    )"""
LINE_START = re.compile("^" + MARKER, re.VERBOSE | re.MULTILINE)
TEXT_START = re.compile(r"\A" + MARKER, re.VERBOSE)
LONE_COLON = re.compile(r"(?<!\\):")
LETTER = re.compile(r"[0-9A-Za-z]")
HALF_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*+\\\Z")


def escape(text: str) -> str:
    """Markdown that is shown as `text` stands, wherever on a line it is put."""
    return _escape(text, INLINE)


def _escape(text: str, inline: re.Pattern[str]) -> str:
    if any(map(text.__contains__, SPECIAL)):
        text = inline.sub(r"\\\g<0>", text)
    return LINE_START.sub(r"\1\\\2", text) if "\n" in text else escape_start(text)


def _escape_bound(text: str) -> str:
    """As `escape`, also where marks stand beside the text or it is cut: emphasis reaches over paragraphs."""
    return _escape(text, INLINE_BOUND)


def escape_start(markdown: str) -> str:
    """Neutralises what makes a list, heading or quotation of the line that `markdown` begins."""
    match = TEXT_START.match(markdown)
    return f"{match[1]}\\{markdown[match.start(2) :]}" if match else markdown


def units(text: str) -> int:
    """UTF-16 code units, in which Discord counts its limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def within(text: str, limit: int) -> int:
    """How many code points from the start of `text` are at most `limit` units, no surrogate pair halved."""
    head = text[:limit]
    if head.isascii():
        return len(head)
    raw = head.encode("utf-16-le", "surrogatepass")
    if len(raw) <= 2 * limit:
        return len(head)
    return _whole(raw[: 2 * limit])


def _whole(raw: bytes) -> int:
    halved = raw[-1] & 0xFC == 0xD8
    return len(raw[: -2 if halved else None].decode("utf-16-le", "surrogatepass"))


def whole_escapes(markdown: str) -> int:
    """The length of `markdown` without a backslash at its end that was to escape what came next."""
    return len(markdown) - bool(HALF_ESCAPE.search(markdown))


def shorten(text: str, limit: int) -> str:
    """At most `limit` units of text or Markdown, ended at a word with an ellipsis where it was longer."""
    if units(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = within(text, limit - 1)
    head = text[:end]
    if not text[end].isspace() and (words := head.rsplit(maxsplit=1))[1:]:
        head = words[0]
    return head[: whole_escapes(head)].rstrip() + ELLIPSIS


def render(blocks: Iterable[Block]) -> str:
    """Blocks as Discord shows them: a blank line between paragraphs, an asterism for a scene break."""
    return "\n\n".join(map(render_block, blocks))


def render_block(block: Block) -> str:
    if isinstance(block, SceneBreak):
        return SCENE_BREAK
    if len(block.spans) == 1 and block.spans[0].style is Style.PLAIN:
        return _escape_bound(block.spans[0].text)
    return "".join(text for text, _ in runs(block))


def runs(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Pieces of Markdown in order, each with the mark it stands in ("" for plain text)."""
    spans = (None, *paragraph.spans, None)
    marked = ((_mark(*around), around[1].text) for around in zip(spans, paragraph.spans, spans[2:], strict=False))
    for mark, run in groupby(marked, key=itemgetter(0)):
        text = "".join(text for _, text in run)
        if mark:
            yield from _lines(text, mark)
        else:
            yield _escape_bound(text), ""


def _mark(before: Span | None, span: Span, after: Span | None) -> str:
    """`*a***b**` would collapse, so italics beside bold take underscores; ahead of a letter those do not hold."""
    if span.style is not Style.ITALIC:
        return "**" if span.style is Style.BOLD else ""
    if after and after.style is Style.BOLD:
        return "_"
    if before and before.style is Style.BOLD:
        return "" if after and LETTER.match(after.text) else "_"
    return "*"


def _lines(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """A style never reaches over a line's end or a space at its edge: Discord would not take the mark."""
    for index, line in enumerate(text.split("\n")):
        core = line.strip()
        lead, trail = line[: line.find(core)], line[line.find(core) + len(core) :]
        yield "\n" * (index > 0) + lead, ""
        if core:
            yield mark + _escape_in(mark, core) + mark, mark
        yield trail, ""


def _escape_in(mark: str, text: str) -> str:
    """A shortcode's name may hold underscores, so that a mark of one would not keep two colons apart."""
    inner = _escape_bound(text)
    return LONE_COLON.sub(r"\\:", inner) if mark == "_" else inner
