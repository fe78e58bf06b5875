"""This room finds a book's list of contents, and where in the book its titles stand again as headings."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.domain import names
from bot.domain.documents import Role
from bot.formats import furniture, partlabels
from bot.formats.sheet import Sheet

FEWEST = 3  # titles that make a list, and
FEWEST_NAMED = 2  # one that is called so
REACH = 400  # lines with letters in which a list may begin
LONGEST_TITLE = 120
LONGEST_LINE = LONGEST_TITLE + 80  # with its numeral, its page and the blanks between
LONGEST_GAP = 3  # blank lines between two titles of a list
NUMERAL = re.compile(
    rf"\s*(?:(?P<word>{partlabels.DIVISION}|adventure|story|tale|case|fable|poem|no\.?)\s+)?(?P<number>\d{{1,3}}|[ivxlIVXL]{{1,8}}|{partlabels.WORD})(?:\s*[.):–—-]+\s*|\s{{2,}}|\s*$)",
    re.IGNORECASE,
)
MARKED = re.compile(
    rf"""\s{{0,40}}(?:\(?(?:\d{{1,3}}|[ivxl]{{1,8}})[.):][\s\xa0]
    |(?:{partlabels.DIVISION}|adventure|story|tale|case|fable|poem|no\.?)\s{{1,3}}(?:\d|[ivxl]{{1,8}}\b|{partlabels.WORD}\b))""",
    re.IGNORECASE | re.VERBOSE,
)
LISTED = (Role.CELL, Role.LINKS)
FRAME = re.compile(r"(?:table\s+of\s+)?contents:?", re.IGNORECASE)
DOTS = re.compile(r"[\s.·_]{3,}\d{1,4}\s*$|\s{2,}\d{1,4}\s*$")


class Title(NamedTuple):
    """A title in a list of contents, and the lines that it stands on."""

    text: str
    word: str  # what it is called there: "chapter", ""
    start: int
    end: int
    is_marked: bool  # whether a numeral, a page number or a link says that it is of a list


class Headed(NamedTuple):
    """A title of the list, and where it stands again as a heading."""

    title: Title
    line: int
    word: str  # what the heading calls it: "adventure", ""


class Contents(NamedTuple):
    """A list of contents, on lines `start` to `end` (exclusive), and the headings it leads to."""

    start: int
    end: int
    headed: tuple[Headed, ...]


def find(sheet: Sheet, start: int, end: int) -> Contents | None:
    """The first list, all of whose titles stand again below it as headings, in its order."""
    if not _may_list(sheet, start, end):
        return None
    for titles in _lists(sheet, start, end):
        if not _is_list(sheet, titles):
            continue
        headed = _headed(sheet, titles, titles[-1].end, end)
        if len(headed) == len(titles):
            return Contents(titles[0].start, titles[-1].end, tuple(headed))
    return None


def _may_list(sheet: Sheet, start: int, end: int) -> bool:
    """A quick no: near the top of most documents there are no three lines with a number or link, nor the word."""
    reach = range(start, _reach(sheet, start, end))
    short = [index for index in reach if 0 < len(sheet.texts[index]) < LONGEST_LINE]
    found = sum(MARKED.match(sheet.texts[index]) is not None or sheet.lines[index][3] in LISTED for index in short)
    return found >= FEWEST or any(is_frame(sheet.texts[index]) for index in short)


def is_frame(text: str) -> bool:
    """Whether a line is the heading of a list of contents."""
    return 7 < len(text) < 40 and FRAME.fullmatch(text.strip()) is not None


def _lists(sheet: Sheet, start: int, end: int) -> Iterator[list[Title]]:
    """Runs of short lines with titles on them, near the top."""
    titles: list[Title] = []
    blanks, gap = 0, None
    for index in range(start, _reach(sheet, start, end)):
        if sheet.is_blank(index):
            blanks += 1
            continue
        title = _title(sheet, index)
        if title is not None and not title.text:
            continue
        if title is None or blanks > LONGEST_GAP or (gap is not None and blanks != gap):
            if len(titles) >= FEWEST_NAMED:
                yield titles
            titles = titles[-1:] if title is not None and blanks <= LONGEST_GAP else []
            gap = blanks if titles else None
        elif titles:
            gap = blanks
        if title is not None:
            titles.append(_joined(sheet, title, index))
        blanks = 0
    if len(titles) >= FEWEST_NAMED:
        yield titles


def _is_list(sheet: Sheet, titles: Sequence[Title]) -> bool:
    """Whether most titles are marked as those of a list, or a line above says that it is one."""
    above = sheet.previous(titles[0].start)
    named = above >= 0 and is_frame(sheet.texts[above])
    is_marked = 3 * sum(title.is_marked for title in titles) >= 2 * len(titles)
    return named or (len(titles) >= FEWEST and is_marked)


def _reach(sheet: Sheet, start: int, end: int) -> int:
    """The line behind the last one in which a list may go on."""
    return next(islice(sheet.written(start, end), REACH, None), end)


def _title(sheet: Sheet, index: int) -> Title | None:
    """A line of the list, with "" where it has the numeral alone; None where it is no such line."""
    text = sheet.texts[index].strip()
    if len(text) > LONGEST_TITLE or sheet.is_rule(index) or furniture.is_navigation(text) or is_frame(text):
        return None
    text = DOTS.sub("", text)
    match = NUMERAL.match(text)
    name = text[match.end() :].strip() if match else text
    if match and match["word"] and not name:
        name = text
    if not name and sheet.role(index) is not Role.CELL:
        return None
    if name.endswith((".", ",", ";")) and not name.isupper() and len(name) > 60:
        return None
    marked = match is not None or text != sheet.texts[index].strip() or sheet.role(index) in (Role.CELL, Role.LINKS)
    return Title(name, ((match["word"] or "") if match else "").lower(), index, index + 1, marked)


def _joined(sheet: Sheet, title: Title, index: int) -> Title:
    """With the cell that holds its numeral."""
    above = index - 1
    return (
        title._replace(start=above)
        if sheet.role(above) is Role.CELL and not sheet.is_blank(above) and _is_numeral(sheet.texts[above])
        else title
    )


def _is_numeral(text: str) -> bool:
    match = NUMERAL.fullmatch(text.strip())
    return match is not None


def _headed(sheet: Sheet, titles: Sequence[Title], start: int, end: int) -> list[Headed]:
    """The titles in their order, each at the first line below the last one that is its heading."""
    keys = [names.key(title.text) for title in titles]
    found: list[Headed] = []
    if not all(keys):
        return found
    telling = [max(key.split(), key=len) for key in keys]
    for index in range(start, end):
        if len(found) == len(keys):
            break
        text = sheet.texts[index]
        if not text or len(text) > LONGEST_TITLE + 40 or not _may_hold(text, telling[len(found)]):
            continue
        if not _stands_alone(sheet, index, start, end):
            continue
        word = _word(text, keys[len(found)])
        if word is not None:
            found.append(Headed(titles[len(found)], index, word))
    return found


def _may_hold(text: str, word: str) -> bool:
    """A quick no: most lines do not even have the longest word of the title."""
    return not text.isascii() or word in text.lower().replace("'", "")


def _stands_alone(sheet: Sheet, index: int, start: int, end: int) -> bool:
    return (index <= start or sheet.is_gap(index - 1)) and (index + 1 >= end or sheet.is_gap(index + 1))


def _word(text: str, key: str) -> str | None:
    """What a heading calls the title with this key: "" for nothing; None where it is not this title's heading."""
    found = names.key(text)
    if found == key:
        return ""
    if not found.endswith(f" {key}"):
        return None
    match = NUMERAL.match(text.strip().replace("\xa0", " ") + " ")
    ahead = found.removesuffix(key).split()
    if match is None or len(ahead) > 3 or not all(word in names.key(match[0]).split() for word in ahead):
        return None
    return (match["word"] or "").lower()


def numeral_of(text: str) -> tuple[float, str] | None:
    """The number of a line that is a numeral and nothing else."""
    match = NUMERAL.fullmatch(text.strip())
    return partlabels.of_number(match["number"]) if match and not match["word"] else None
