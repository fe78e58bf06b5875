"""This room recognises what an archive page has around its story: navigation, end marks, the feedback form."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.models import Kind
from bot.formats.prose import is_rule

LONGEST = 120  # characters of a row of furniture; a paragraph that looks like one is text
LONGEST_MARK = 60
AFTERWORD = 2_000  # characters that may follow an end mark, however short the story
NUMBER = r"(?:\d+[a-z]?|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
DIVISION = r"(?:part|chapter|book|act|episode|section|volume|story|tale)"
ORNAMENT = r"[\s*~=_<>#+.!?()\[\]|:^•·–—-]*+"
CONTINUED = r"(?:t\.?b\.?c\b|to\s+be\s+continued(?:\s+(?:in|on|next|soon)\b[^.]*)?)"
END = re.compile(
    rf"""{ORNAMENT}(?:
      (?:the\s+)?end(?:\s+of)?(?:\s+(?:this\s+)?{DIVISION}(?:\s+{NUMBER})?)?(?:[\s,(]+for\s+now)?
    | fin(?:is|ito)? | owari | (?P<continued>{CONTINUED})
    ){ORNAMENT}""",
    re.IGNORECASE | re.VERBOSE,
)
PIECE = re.compile(
    rf"""(?:(?:return|back|onwards?|on|forward|go|continue|proceed|up)(?:\s+back)?\s+to\s+.+
    | (?:next|previous|prev|first|last)(?:\s+(?:{DIVISION}|page))?(?:\s+{NUMBER})?
    | {DIVISION}\s+{NUMBER}
    | (?:main|home|index|contents|table\s+of\s+contents|top|links|guestbook|e?-?mail(?:\s+the\s+author|\s+me)?
      |(?:fiction|story|author|series|main|site|archive)s?(?:\s+(?:index|page|menu|list))?))""",
    re.IGNORECASE | re.VERBOSE,
)
LONE_ROW = re.compile(
    rf"""(?:return|back|onwards?|on|forward|go\s+back|continue|proceed)\s+to\s+[^.!?,;"“”]{{0,60}}?
    \b(?:index|main|home|page|homepage|menu|archive|fiction|stories|contents|top|{DIVISION}\s+{NUMBER})""",
    re.IGNORECASE | re.VERBOSE,
)
SEPARATOR = re.compile(r"[|\[\]•·]|<-+|-+>")
BLANK_FIELD = re.compile(
    r"""(?:your\s+|full\s+)?(?:name|e-?mail(?:\s+address)?|comments?|feedback|message|subject|url|home\s?page
    |web\s?site|story(?:\s+title)?|title)\s*(?:\((?:optional|required)\)\s*)?:[\s_.]*""",
    re.IGNORECASE | re.VERBOSE,
)
BUTTON = re.compile(
    r"[\[\]()\s]*(?:(?:submit|send|reset|clear)(?:\s+(?:form|feedback|comments|it))?[\[\]()\s]*)+", re.IGNORECASE
)
PROMPT = re.compile(
    r"""(?=.*\b(?:author|feedback|comments?|reviews?|think|thought|opinion|liked?|enjoy(?:ed)?)\b)
    (?:please|tell|let|send|leave|write|e-?mail|drop|give|did|feedback|comments?|reviews?|what|want|questions?)\b.*""",
    re.IGNORECASE | re.VERBOSE,
)


class Tail(NamedTuple):
    """What follows a story's text: `kinds` are those of the lines from `start` on."""

    start: int
    kinds: tuple[Kind, ...]
    status: str
    warnings: tuple[str, ...]


def is_navigation(text: str) -> bool:
    """A row of links: `| Return to Fiction Index | Return to Main |`, `Back to Part 2`."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return False
    pieces = [piece.strip(" *~") for piece in SEPARATOR.split(text)]
    if len(pieces) > 1:
        named = [piece for piece in pieces if piece]
        return bool(named) and all(PIECE.fullmatch(piece) for piece in named)
    return LONE_ROW.fullmatch(pieces[0]) is not None


def is_end(text: str) -> bool:
    """A line that is an end mark and nothing else; `"The end," she said.` is none, nor is one in quotes."""
    return len(text) <= LONGEST_MARK and END.fullmatch(text) is not None


def is_continued(text: str) -> bool:
    match = END.fullmatch(text) if len(text) <= LONGEST_MARK else None
    return bool(match and match["continued"])


def tail(texts: Sequence[str], start: int, headings: frozenset[int] = frozenset()) -> Tail:
    """The furniture under a story whose text begins at line `start`; `headings` are lines that begin a part."""
    form = _form(texts, start)
    anchors = [place for place in (_end_mark(texts, start, headings), min(form, default=None)) if place is not None]
    close = min((place for place in anchors if _is_the_end(texts, start, place, form)), default=len(texts))
    close = _upward(texts, start, close)
    kinds = tuple(_kind(texts[index], is_form=index in form) for index in range(close, len(texts)))
    continued = any(is_continued(text) for text in texts[close:])
    return Tail(close, kinds, "To be continued" if continued else "", _left_over(kinds, close))


def _end_mark(texts: Sequence[str], start: int, headings: frozenset[int]) -> int | None:
    """The last end mark, unless it ends a part that another one follows."""
    for index in range(len(texts) - 1, start - 1, -1):
        if index in headings:
            return None
        if is_end(texts[index]):
            return index
    return None


def _form(texts: Sequence[str], start: int) -> frozenset[int]:
    """The lines of the last feedback form: two or more fields with nothing in them, buttons, the prompt above."""
    found: list[int] = []
    for index in range(len(texts) - 1, start - 1, -1):
        text = texts[index].strip()
        if _is_blank_field(text) or _is_button(text):
            found.append(index)
        elif text and found:
            break
    if sum(_is_blank_field(texts[index].strip()) for index in found) < 2:
        return frozenset()
    prompt = next((index for index in range(found[-1] - 1, start - 1, -1) if texts[index].strip()), None)
    if prompt is not None and _is_prompt(texts[prompt].strip()):
        found.append(prompt)
    return frozenset(found)


def _is_blank_field(text: str) -> bool:
    return ":" in text and len(text) <= LONGEST and BLANK_FIELD.fullmatch(text) is not None


def _is_button(text: str) -> bool:
    return 0 < len(text) <= LONGEST_MARK and BUTTON.fullmatch(text) is not None


def _is_prompt(text: str) -> bool:
    return len(text) <= LONGEST and PROMPT.fullmatch(text) is not None


def _is_the_end(texts: Sequence[str], start: int, place: int, form: frozenset[int]) -> bool:
    """Notes may follow an end mark, but not a second story: then the mark was a line of the text."""
    after = sum(
        len(texts[index])
        for index in range(place, len(texts))
        if _kind(texts[index], is_form=index in form) is Kind.UNCLASSIFIED
    )
    return after <= AFTERWORD or 4 * after <= sum(map(len, texts[start:place]))


def _upward(texts: Sequence[str], start: int, close: int) -> int:
    """Takes in the furniture right above, which an anchor or the document's end stands under."""
    index = close
    while index > start:
        kind = _kind(texts[index - 1], is_form=False)
        if kind is Kind.UNCLASSIFIED:
            break
        index -= 1
        if kind is Kind.FURNITURE:
            close = index
    return close


def _kind(text: str, *, is_form: bool) -> Kind:
    if not text or text.isspace():
        return Kind.BLANK
    known = is_form or is_navigation(text) or is_end(text) or is_rule(text)
    return Kind.FURNITURE if known else Kind.UNCLASSIFIED


def _left_over(kinds: Sequence[Kind], start: int) -> tuple[str, ...]:
    lines = [start + index + 1 for index, kind in enumerate(kinds) if kind is Kind.UNCLASSIFIED]
    if not lines:
        return ()
    first, last = lines[0], lines[-1]
    where = f"Line {first}" if first == last else f"Lines {first} to {last}"
    return (f"{where} after the end of the story could not be classified; readers are not shown this.",)
