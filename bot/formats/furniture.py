"""This room recognises what a page has around its story: navigation, forms, banners, counters, boxes."""

import re

from bot.domain.documents import Role
from bot.formats.ends import DIVISION, NUMBER, is_end
from bot.formats.sheet import Sheet

LONGEST = 120  # characters of a row of furniture; a paragraph that looks like one is text
LONGEST_BUTTON = 60
PIECE = re.compile(
    rf"""(?:(?:(?:return|back|onwards?|on|forward|go|continue|proceed|up|skip|jump)(?:\s+back)?\s+)?to\s+.+
    | (?:(?:the\s+)?(?:next|previous|prev|first|last|random|list)|list|skip)
      (?:\s+(?:{DIVISION}|page|site|\d+|five))?(?:\s+{NUMBER})?(?:\s+sites?)?|list\s+sites
    | {DIVISION}\s+{NUMBER} | \d{{1,3}} | back | forward | up | onwards?
    | (?:main|home|index|contents|table\s+of\s+contents|top|links|guestbook|site\s?map|search|updates
      |what['’]?s\s+new|faq|feedback
      |e?-?mail(?:\s+the\s+author|\s+me|\s+\w{{1,20}})?|(?:sign|view)\s+(?:the\s+|my\s+)?guestbook|join|about
      |(?:fan\s?)?(?:fiction|fic|stories|story|author|series|main|site|archive)s?(?:\s+(?:index|page|menu|list|archive))?))""",
    re.IGNORECASE | re.VERBOSE,
)
ANSWERING = re.compile(
    r"""[\s(\[]*(?:reply(?:\s+to\s+this)?|(?:post|leave|add|write)\s+an?(?:\s+new)?\s+(?:comment|reply|review)
    |\d{1,5}\s+comments?)\b.{0,80}""",
    re.IGNORECASE | re.VERBOSE,
)
"""Links by which readers answer a text and each other."""
LONE_ROW = re.compile(
    rf"""(?:return|back|onwards?|on|forward|go\s+back|continue|proceed)\s+to\s+[^.!?,;"“”]{{0,80}}?
    \b(?:index|main|home|page|homepage|menu|archive|fiction|stories|contents|top|{DIVISION}\s+{NUMBER})
    |(?:(?:go\s+)?(?:on\s+)?to\s+)?(?:the\s+)?(?:next|previous)\s+(?:{DIVISION}|page)\W{{0,5}}(?:{NUMBER})?\W{{0,5}}""",
    re.IGNORECASE | re.VERBOSE,
)
SEPARATOR = re.compile(r"[|\[\]•·]|<-+|-+>|<<|>>|\s/\s|\s{3,}|\s[-–—~*]\s")
LONE_LETTERS = frozenset("rRbBoOfFgGcCpPtTnNsSjJuU")  # what a row of one way about begins with
BLANK_FIELD = re.compile(
    r"""(?:(?:your\s+|full\s+)?(?:name|e-?mail(?:\s+address)?|comments?|feedback|message|subject|url|home\s?page
    |web\s?site|story(?:\s+title)?|title)\s*(?:\((?:optional|required)\)\s*)?:[\s_.]*+){1,9}""",
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
SITE = re.compile(
    r"""(?:.{0,40}\bvisitors?\s+(?:number|no\.?|\#|since)|you\s+are\s+(?:visitor|number|the)\b|.{0,30}\b(?:hits?|visits?)\s+since\b
    |.{0,60}\bweb\s?-?ring\b|(?:(?:this|the)\s+(?:page|site|archive)\s+(?:is\s+)?|proudly\s+)?(?:hosted|powered)\s+by\b|best\s+viewed\s+(?:with|in|at)\b
    |.{0,30}\bfree\s+(?:web\s?)?(?:pages?|hosting|space)\b
    |(?:current\s+)?(?:mood|music|location)\s*:.{0,40}
    |(?:this\s+)?(?:page|site)\s+(?:was\s+)?(?:last\s+)?(?:updated|maintained|modified|created)\b|last\s+(?:updated|modified)\b
    |.{0,60}\ball\s+rights\s+reserved\b|(?:write|e-?mail|mail|send\s+(?:feedback|mail|comments))\s+(?:to\s+)?(?:the\s+)?(?:author|webmaster|webmistress|archivist|me)\b.{0,60}
    |(?:please\s+)?(?:visit|sign|view)\s+(?:my|our|the|his|her)\s+(?:guest\s?book|home\s?page|web\s?site)).{0,80}""",
    re.IGNORECASE | re.VERBOSE,
)
CREDITS = re.compile(
    r"(?:produced|transcribed|scanned|proofread|digiti[sz]ed|e-?text\s+(?:prepared|produced|scanned))\b.{0,80}\b(?:by|from)\b.{0,300}",
    re.IGNORECASE,
)
ARCHIVE = re.compile(
    r"\b(?:archived?|archivist|permission|re-?post|redistribut|distribut|posted (?:at|to|on|with)"
    r"|hosted|mailing list|newsgroup|copyright)\w*\b",
    re.IGNORECASE,
)
LIBRARY_START = re.compile(r"\*{3}\s?START OF\b.{0,200}", re.IGNORECASE)
LIBRARY_END = re.compile(r"\*{3}\s?END OF\b.{0,200}", re.IGNORECASE)
LIBRARY_LAST = re.compile(
    r"end of (?:the|this)\b.{0,200}\b(?:e-?book|e-?text|edition|project|library)\b.{0,200}", re.IGNORECASE
)


def is_navigation(text: str) -> bool:
    """A row of links: `| Return to Fiction Index | Return to Main |`, `Back to Part 2`."""
    text = text.strip()
    if not text or len(text) > LONGEST or (text[0] not in LONE_LETTERS and not SEPARATOR.search(text)):
        return False
    pieces = [piece.strip(" *~:<>!") for piece in SEPARATOR.split(text)]
    if len(pieces) > 1:
        named = [piece for piece in pieces if piece]
        return bool(named) and all(map(PIECE.fullmatch, named)) and any(map(_says, named))
    return LONE_ROW.fullmatch(pieces[0]) is not None


def is_signpost(text: str) -> bool:
    """One word of such a row alone, which is furniture where no text is expected any more."""
    return len(text) <= LONGEST_BUTTON and PIECE.fullmatch(text.strip(" *~:<>[]|-")) is not None


def _says(piece: str) -> bool:
    """A row of nothing but numbers leads nowhere."""
    return not piece.isdigit()


def is_link_row(sheet: Sheet, index: int) -> bool:
    """Whether a line is nothing but links that lead about the site."""
    line = sheet.lines[index]
    return line.role is Role.LINKS and len(line.text) <= 3 * LONGEST


def is_site(text: str) -> bool:
    """A counter, a ring of sites, a banner, what a web master says."""
    text = text.strip(" \t*|[]()")
    return len(text) <= 2 * LONGEST and (SITE.fullmatch(text) is not None or CREDITS.fullmatch(text) is not None)


def is_furniture(sheet: Sheet, index: int) -> bool:
    """Whether a line at a page's edge belongs to the page and not to its story."""
    text, role = sheet.texts[index], sheet.lines[index].role
    return (
        role is Role.CONTROL or is_navigation(text) or is_link_row(sheet, index) or is_site(text) or _is_picture(text)
    )


def _is_picture(text: str) -> bool:
    """The words of a picture stand in brackets."""
    return len(text) <= LONGEST and text.startswith("[") and text.endswith("]") and text.count("[") == 1


def is_edge(sheet: Sheet, index: int) -> bool:
    return sheet.is_gap(index) or is_end(sheet.texts[index]) or is_furniture(sheet, index)


def form(sheet: Sheet, start: int, end: int) -> frozenset[int]:
    """The lines of the last feedback form: two or more fields with nothing in them, buttons, the prompt above."""
    found: list[int] = []
    for index in range(end - 1, start - 1, -1):
        text = sheet.texts[index].strip()
        if is_blank_field(text) or is_button(text) or sheet.role(index) is Role.CONTROL:
            found.append(index)
        elif (text and found) or (text and len(text) > LONGEST):
            break
    if sum(_fields(sheet, index) for index in found) < 2:
        return frozenset()
    prompt = sheet.previous(found[-1], start)
    if prompt >= start and is_prompt(sheet.texts[prompt].strip()):
        found.append(prompt)
    return frozenset(found)


def _fields(sheet: Sheet, index: int) -> int:
    """How many empty fields a line has; paragraphs may have been made one of several."""
    text = sheet.texts[index]
    return 1 if sheet.role(index) is Role.CONTROL else text.count(":") if is_blank_field(text.strip()) else 0


def is_blank_field(text: str) -> bool:
    return ":" in text and len(text) <= LONGEST and BLANK_FIELD.fullmatch(text) is not None


def is_button(text: str) -> bool:
    return 0 < len(text) <= LONGEST_BUTTON and BUTTON.fullmatch(text) is not None


def is_prompt(text: str) -> bool:
    return len(text) <= LONGEST and PROMPT.fullmatch(text) is not None


def box(sheet: Sheet, index: int) -> range:
    """The lines of an archivist's box that begins at line `index`, empty where none does.

    A row of one sign, lines that speak of archives and permission, the same row again.
    """
    top = sheet.text(index).strip()
    if len(top) < 10 or len(set(top.replace(" ", ""))) > 2 or not sheet.is_rule(index):
        return range(index, index)
    for close in range(index + 2, min(index + 16, len(sheet))):
        if sheet.text(close).strip()[:10] == top[:10] and sheet.is_rule(close):
            inner = " ".join(sheet.texts[index + 1 : close])
            return range(index, close + 1) if len(ARCHIVE.findall(inner)) >= 1 else range(index, index)
    return range(index, index)


def library(sheet: Sheet) -> tuple[int, int]:
    """Where a digital library's frame lets the text begin and end: behind its START line, ahead of its END line."""
    stars = [index for index, text in enumerate(sheet.texts) if text.startswith("***")]
    start = next((index for index in stars if LIBRARY_START.match(sheet.texts[index])), None)
    end = next((index for index in stars if LIBRARY_END.match(sheet.texts[index])), None)
    if start is None or (end is not None and end <= start):
        start = None
    close = len(sheet) if end is None else _last_words(sheet, end)
    return (0 if start is None else start + 1), close


def _last_words(sheet: Sheet, end: int) -> int:
    """The library's own "End of the … eBook" right above its END line."""
    last = sheet.previous(end)
    top = last
    while top > 0 and not sheet.is_blank(top - 1):
        top -= 1
    words = " ".join(sheet.texts[max(top, 0) : last + 1])
    return top if last >= 0 and last - top < 5 and LIBRARY_LAST.match(words) else end
