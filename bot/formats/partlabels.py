"""This room reads which part of a story something is: out of a heading, a title or the name of a file."""

import math
import posixpath
import re

from bot.domain.documents import PartLabel

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
WORDS = (
    {word: number for number, word in enumerate(ONES, 1)}
    | {word: number for number, word in enumerate(ORDINALS, 1)}
    | {word: 20 + 10 * number for number, word in enumerate(TENS)}
)
ROMANS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
HUGE_ROMAN = 89
SINGLE = "|".join(sorted((*ONES, *ORDINALS), key=len, reverse=True))
WORD = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES[:9])}))?|(?:{SINGLE}))"
DIGITS = r"\d{1,4}(?:\.\d{1,2})?\s?[a-z]?"
NUMBER = rf"(?:{DIGITS}|{WORD}|[ivxl]{{1,8}})(?![\w’'])"
DIVISION = r"(?:part|chapter|episode|act|book|canto|section|volume|installment|instalment)"
SHORT = r"(?:ch(?:ap)?|pt|ep|vol|no)\.?"
TOTAL = rf"\s*(?:/|\bof\b|\bout\sof\b)\s*(?P<total>\d{{1,4}}|{WORD}|[x?]+)\s?\??"
BETWEEN = r"\s*(?:[:.–—~]|-{1,3})[\s:.–—~-]*"
NUMBERED = rf"(?:the\s+)?(?:{DIVISION}|{SHORT})\s{{0,3}}\#?\s?(?P<number>{NUMBER})(?:{TOTAL})?"
NAMED = r"(?P<named>prologue|epilogue|prelude|postlude|interlude|intermission|coda|foreword|teaser|tag)"
WHOLE = re.compile(
    rf"[\s(\[]*(?:{NUMBERED}|{NAMED})[)\]]*(?:(?:{BETWEEN}|\s*(?=[\"“(]))(?P<title>\S.*?)?)?\s*", re.IGNORECASE
)
FRACTION = r"(?P<number>\d{1,3}(?:\.\d)?[a-z]?)\s?(?:/|\bof\b)\s?(?P<total>\d{1,3}|[x?]+)\s?\??"
TAIL = re.compile(
    rf"""(?:\s*[(\[]\s*|\s*(?:[,:;–—~]|-{{1,3}})\s*|(?<=\S)\s+)
    (?:{NUMBERED}|{NAMED}|{FRACTION.replace("<number>", "<part>").replace("<total>", "<of>")})\s*[)\]]?
    (?:{BETWEEN}(?P<title>\S.*?))?\s*\Z""",
    re.IGNORECASE | re.VERBOSE,
)
STARTS = re.compile(
    rf"\s[(\[]?(?=(?:the\s+)?(?:{DIVISION}|{SHORT})\b|\d|{NAMED})|[(\[](?=\w)|[,:;–—~-](?=\s*\w)", re.IGNORECASE
)
FIRST_WORD = re.compile(r"(?:prologue|prelude|foreword|teaser)", re.IGNORECASE)
LAST_WORD = re.compile(r"(?:epilogue|postlude|coda|tag)", re.IGNORECASE)
FILE = re.compile(
    rf"""(?:(?:^|[\s_.\[(-])(?:part|pt|chapter|chap|ch|episode|ep|act|book|vol)|(?<=[a-z])(?:Part|Pt|PT|Chapter|Chap|Ch|Ep|Episode|Act|Book))
    [\s_.-]?(?P<number>\d{{1,3}}(?:\.\d)?[a-z]?|[ivxIVX]{{1,6}}|{WORD})(?=$|[\s_.)\]-])(?!\.\d)""",
    re.VERBOSE,
)
FILE_ANY = re.compile(
    FILE.pattern.replace("(?:part|", "(?:[Pp]art|PART|Pt|PT|Chapter|CHAPTER|Ch|CH|Ep|EP|"), re.VERBOSE
)
COUNTED = re.compile(r"(?P<stem>.*[A-Za-z_-])\.(?P<number>\d{1,3})")
LETTERED = re.compile(r".*?[A-Za-z_-](?P<number>\d{1,2})\.(?P<letter>[a-z])")
FILE_NAMED = re.compile(r"(?:^|[\s_.-])(?P<named>prologue|epilogue)(?=$|[\s_.-])", re.IGNORECASE)
ENDINGS = frozenset(("txt", "text", "htm", "html", "xhtml", "shtml", "md", "markdown", "eml", "msg", "asc", "doc"))


def of_number(text: str) -> tuple[float, str] | None:
    """ "2.5b", "IV", "twenty-one" as what sorts; None for what is no number."""
    text = text.strip().lower().replace("-", " ")
    if match := re.fullmatch(r"(\d{1,4}(?:\.\d{1,2})?)\s?([a-z]?)", text):
        return float(match[1]), match[2]
    if text and all(word in WORDS for word in text.split()):
        return float(sum(WORDS[word] for word in text.split())), ""
    value = _roman(text)
    return (float(value), "") if value else None


def _roman(text: str) -> int:
    if not text or not set(text) <= set(ROMANS) or text in {"l", "c"}:
        return 0
    values = [ROMANS[sign] for sign in text]
    total = sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))
    return total if total <= HUGE_ROMAN and text == _as_roman(total) else 0


def _as_roman(number: int) -> str:
    signs = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written


def made(number: str, total: str | None = None, title: str = "") -> PartLabel | None:
    """The label of a number as it is written."""
    value = of_number(number)
    if value is None:
        return None
    whole = of_number(total or "")
    return PartLabel(value, f"{value[0]:g}{value[1]}", int(whole[0]) if whole else None, title.strip())


def named(word: str, title: str = "") -> PartLabel | None:
    """The label of a part that a word places; None where the word places it nowhere, as "Interlude"."""
    word = word.strip().capitalize()
    if FIRST_WORD.fullmatch(word):
        return PartLabel((-1, ""), word, None, title.strip())
    return PartLabel((math.inf, ""), word, None, title.strip()) if LAST_WORD.fullmatch(word) else None


def of_heading(text: str) -> PartLabel | None:
    """The label where a whole line is a part's heading: "Part 2 of 26", "Chapter One: The Weir", "Epilogue"."""
    match = WHOLE.fullmatch(text.strip(" \t*~=_<>#+"))
    if match is None:
        return None
    title = (match["title"] or "").strip()
    return named(match["named"], title) if match["named"] else made(match["number"], match["total"], title)


def of_title(text: str) -> tuple[str, PartLabel | None]:
    """A title without the part that stands behind it, and that part."""
    for start in STARTS.finditer(text):
        match = TAIL.match(text, start.start()) if start.start() else None
        label = _of_tail(match) if match else None
        if match and label is not None and text[: match.start()].strip():
            return text[: match.start()].rstrip(" \t,:;–—~-([*_="), label
    return text, None


def _of_tail(match: re.Match[str]) -> PartLabel | None:
    title = (match["title"] or "").strip()
    if match["named"]:
        return named(match["named"], title)
    if match["number"]:
        return made(match["number"], match["total"], title)
    label = made(match["part"], match["of"], title)
    if label is None or (label.total is not None and (label.number[0] > label.total or label.total < 2)):
        return None
    return label


def of_path(path: str) -> PartLabel | None:
    """The label that a file's name gives: `x1.a`, `k.07`, `name-ch3.html`, `_Part_3_Final`; a guess."""
    name = posixpath.basename(path.replace("\\", "/"))
    if match := LETTERED.fullmatch(name):
        return made(match["number"] + match["letter"])
    if match := COUNTED.fullmatch(name):
        return made(str(int(match["number"])))
    stem = stem_of(name)
    found = [*FILE.finditer(stem), *FILE_ANY.finditer(stem)]
    if found:
        return made(found[-1]["number"].lower())
    match = FILE_NAMED.search(stem)
    return named(match["named"]) if match else None


def stem_of(path: str) -> str:
    name = posixpath.basename(path.replace("\\", "/"))
    stem, dot, ending = name.rpartition(".")
    return stem if dot and ending.lower() in ENDINGS else name


def title_of_path(path: str) -> str:
    """A title that a file's name suggests: `the_lamp_Part_2.txt` may be "The lamp"."""
    stem = stem_of(path)
    for pattern in (FILE, FILE_ANY, FILE_NAMED):
        if match := pattern.search(stem):
            stem = stem[: match.start()]
    if match := COUNTED.fullmatch(stem):
        stem = match["stem"]
    words = re.sub(r"[\s_.+-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)).strip()
    return words[:1].upper() + words[1:] if any(map(str.isalpha, words)) else ""
