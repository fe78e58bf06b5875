"""This room recognises prose above or below a story that speaks of the story and not in it."""

import re

from bot.domain.documents import Role
from bot.formats import addresses, dates, relations
from bot.formats.sheet import Sheet

LONGEST = 1_500  # characters of such prose
OPENINGS = ('"', "“", "'", "‘", "«")
OWNERSHIP = re.compile(
    r"""\b(?:no\s+(?:copyright\s+|trademark\s+)?infringement
    | (?:do(?:es)?\s+not|don['’]?t|doesn['’]?t)\s+own\b.{0,80}\b
      (?:characters?|rights?|them|these|any(?:thing|one)?\s+of|people|show|series|names?)
    | (?:characters?|rights?|names?|people|places|show|series)\b.{0,160}\b
      (?:belongs?\s+to|(?:are|is)\s+(?:the\s+)?(?:property|owned|copyright|©|trademarks?)|property\s+of)
    | (?:belongs?\s+to|property\s+of)\b.{0,120}\b
      (?:Productions?|Pictures|Studios?|Television|Entertainment|Inc|Ltd|Company|Corporation|Network|creators?)
    | (?:not|no|without)\s+(?:being\s+)?(?:making|made|make|for)?\s*(?:any\s+)?(?:money|profit)\b
    | used\s+(?:here\s+)?without\s+permission)\b""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
COPYRIGHT = re.compile(r"\s*(?:copyright\b|\(c\)|©).{0,160}", re.IGNORECASE)
SPEAKS = re.compile(
    r"""\s*(?:(?:many\s+|special\s+|my\s+)?thanks?\b|thank\s+you\b|feedback\b|please\s+(?:do\s+not|don['’]?t|send|r\s?&\s?r|review|read|let|e-?mail|ask)
    |this\s+(?:story|fic|fanfic|piece|tale|part|chapter|is\s+(?:a|an|my|the)\s+(?:\w+\s+){0,3}(?:story|fic|sequel|prequel|series|part|response|vignette|attempt))\b
    |(?:constructive\s+)?criticism\b|reviews?\b.{0,30}\bwelcome|(?:please\s+)?(?:archive|distribute)\b|dedicated\s+to\b|all\s+(?:usual\s+)?disclaimers\b|not\s+beta
    |(?:please\s+)?(?:see|refer\s+to|look\s+at)\s+(?:the\s+)?(?:first\s+part|(?:part|chapter|section)\s+\w{1,5}\b|prologue|previous).{0,80}\b(?:disclaim|header|notes?|info|rating|warning|detail|etc))""",
    re.IGNORECASE | re.VERBOSE,
)
OF_WRITING = re.compile(
    r"\b(?:story|fic|fanfic|characters?|feedback|reviews?|thanks?|archives?|please|chapters?|series|episodes?|season|wrote|written|readers?|own"
    r"|copyright|rated|rating|spoilers?|e-?mail|beta)\b",
    re.IGNORECASE,
)
TUNE = re.compile(
    r"""[\s(\[*_]*(?:(?:(?:sung|set|filked)\s+)?to\s+(?:the\s+)?(?:tune|melody|music|air)\s+of\b|(?:tune|melody|ttto)\s*:).{1,160}(?<![.!?,;])""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a song that borrows another one's music says below its title."""
DEDICATION = re.compile(r"\s*[*_(]*(?:for|to|dedicated\s+to|in\s+memory\s+of)\s+\S.{0,80}", re.IGNORECASE)
ALONE = re.compile(
    r"[\W\d_]*(?:e-?mail|mail\s?to|homepage|home\s?page|url|web\s?site|at|or|and|me|by|contact|write|to|from)?[\W\d_]*",
    re.IGNORECASE,
)


def meaning_of(sheet: Sheet, lines: range, *, is_between: bool) -> str:
    """What a paragraph of the header says: "disclaimer", "note", "written", "contact"; "" where it may be the text."""
    text = " ".join(sheet.texts[index].strip() for index in lines)
    if len(text) > LONGEST or text.startswith(OPENINGS):
        return ""
    if sheet.role(lines.start) is Role.CELL:
        return "other"
    if len(lines) <= 3 and all(is_contact(sheet.texts[index]) for index in lines):
        return "contact"
    if OWNERSHIP.search(text) or COPYRIGHT.fullmatch(text):
        return "disclaimer"
    if len(lines) == 1 and dates.is_date(text):
        return "written"
    return "note" if _is_note(sheet, lines, text, is_between=is_between) else ""


def _is_note(sheet: Sheet, lines: range, text: str, *, is_between: bool) -> bool:
    if relations.is_relation(text) or SPEAKS.match(text) or (len(lines) == 1 and TUNE.fullmatch(text)):
        return True
    if is_between:
        return OF_WRITING.search(text) is not None
    return sheet.lines[lines.start].centred and len(lines) == 1 and DEDICATION.fullmatch(text) is not None


def is_contact(text: str) -> bool:
    """Whether a line is an address, with next to nothing beside it."""
    if not text or len(text) > 300 or not addresses.is_suspicious(text):
        return False
    found = addresses.find(text)
    for each in reversed(found):
        text = text[: each.start] + text[each.end :]
    return bool(found) and ALONE.fullmatch(text) is not None
