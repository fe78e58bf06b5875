"""This room reads the date of a story in any of the forms that people wrote it in."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "januar", "janvier", "enero"),
            ("february", "februar", "février", "febrero"),
            ("march", "märz", "mars", "marzo"),
            ("april", "avril", "abril"),
            ("may", "mai", "mayo"),
            ("june", "juni", "juin", "junio"),
            ("july", "juli", "juillet", "julio"),
            ("august", "août", "agosto"),
            ("september", "septembre", "septiembre", "sept"),
            ("october", "oktober", "octobre", "octubre"),
            ("november", "novembre", "noviembre"),
            ("december", "dezember", "décembre", "diciembre"),
        ),
        1,
    )
    for full in names
    for name in (full, full[:3])
}
CENTURY = 70  # two digits from here on are of the 20th century
FIRST_YEAR, LAST_YEAR = 1800, 2100
MONTH = r"(?P<month>[A-Za-zäéû]{3,10})\.?"
YEAR = r"(?P<year>\d{4}|'?\d\d)"
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?!\d)")
SLASHED = re.compile(
    r"(?<![\d/])(?P<one>\d{1,2})\s?(?P<sign>[/.-])\s?(?P<two>\d{1,2})\s?(?P=sign)\s?(?P<year>\d{4}|\d\d)(?![\d/])"
)
YEAR_FIRST = re.compile(r"\b(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})\b")
MONTH_DAY = re.compile(
    rf"\b{MONTH}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?:\d\d:\d\d(?::\d\d)?\s+)?{YEAR}\b"
)
DAY_MONTH = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]{{1,3}}(?:of\s)?{MONTH},?[\s-]{{1,3}}{YEAR}\b")
MONTH_YEAR = re.compile(rf"\b{MONTH},?\s{{1,3}}(?:of\s)?{YEAR}\b")
ONLY_YEAR = re.compile(r"(?<![\d/.-])(?P<year>(?:18|19|20)\d\d)(?![\d/-])")
AROUND = re.compile(
    r"""\A(?:(?:posted|written|date|on|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[\s,:.]{1,3}){1,3}
    |[\s,]{1,3}(?:at\s|@\s?)?\d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?(?:\s?\(?[A-Z]{3,4}\)?)?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands around a date on a page that a program made: the day of the week, the hour."""
NONE = re.compile(r"\W*(?:none|unknown|n/?a|\?+|undated|no date|-+)?\W*", re.IGNORECASE)


class Date(NamedTuple):
    """A date as ISO 8601, as far as it is known, "" where it cannot be read; and a sentence where there is doubt."""

    iso: str = ""
    doubt: str = ""


def read(raw: str) -> Date:
    """The first date that `raw` names."""
    text = raw[:300]
    if match := SLASHED.search(text):
        return _slashed(match, raw)
    for pattern in (ISO, YEAR_FIRST, MONTH_DAY, DAY_MONTH, MONTH_YEAR, ONLY_YEAR):
        for match in pattern.finditer(text):
            named = match.groupdict()
            month = _month(named.get("month"))
            if month != 0:
                iso = _iso(_year(named["year"]), month, named.get("day"))
                return Date(iso) if iso else _unread(raw)
    return Date() if NONE.fullmatch(text) else _unread(raw)


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    if len(text) > 60 or not any(map(str.isdigit, text)):
        return False
    text = AROUND.sub("", text.strip(" \t()[]*_.,@"))
    patterns: Iterable[re.Pattern[str]] = (SLASHED, ISO, YEAR_FIRST, MONTH_DAY, DAY_MONTH, MONTH_YEAR)
    return any((match := each.fullmatch(text)) and bool(read(match[0]).iso) for each in patterns)


def _slashed(match: re.Match[str], raw: str) -> Date:
    """With slashes the month comes first, with dots the day, unless that cannot be."""
    one, two = int(match["one"]), int(match["two"])
    year = _year(match["year"])
    day_first = match["sign"] == "." or (one > 12 >= two)
    day, month = (one, two) if day_first and two <= 12 else (two, one)
    iso = _iso(year, month, str(day))
    if not iso:
        return _unread(raw)
    if max(one, two) > 12 or one == two or match["sign"] == ".":
        return Date(iso)
    doubt = f"The date “{raw.strip()}” has two readings; it was taken for {iso}, the month ahead of the day."
    return Date(iso, doubt)


def _unread(raw: str) -> Date:
    return Date("", f"The date “{raw.strip()[:80]}” cannot be read and was left open.")


def _year(text: str) -> int:
    digits = text.lstrip("'")
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= CENTURY else 2000)


def _month(text: str | None) -> int | None:
    """0 for a word or number that is no month, None where none is named."""
    if text is None:
        return None
    return int(text) if text.isdigit() else MONTHS.get(text.lower(), 0)


def _iso(year: int, month: int | None, day: str | None) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    try:
        whole = date(year, 1 if month is None else month, int(day or 1))
    except ValueError:
        return ""
    if month is None:
        return f"{year}"
    return whole.isoformat() if day else f"{year}-{month:02}"
