"""This room reads what stands outside a text: mail headers, a page's own metadata, the package of a book."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.documents import Contact, ContactKind, Format, Kind, RawField, Role, Source
from bot.domain.models import Rating
from bot.formats import addresses, heading, labels, people, ratings
from bot.formats.scan import Found
from bot.formats.sheet import Sheet

SURE = {Format.MARKDOWN: 0.97, Format.HTML: 0.55, Format.TEXT: 0.6, Format.MAIL: 0.6}
PACKAGE = 0.95
SENDERS = frozenset(("from", "sender", "reply-to", "x-sender", "return-path"))
TOLD = frozenset((*SENDERS, "subject", "date"))
OF_PACKAGE = {
    "creator": "authors",
    "subject": "tags",
    "date": "written",
    "series number": "series_number",
    "title": "title",
}
OF_META = {
    "author": "authors",
    "title": "title",
    "description": "description",
    "keywords": "tags",
    "date": "written",
    "rating": "rating_raw",
}
LIBRARY = frozenset(("title", "authors", "language"))
SUFFIX = re.compile(r"\s*(?P<said>\[[^\[\]]{1,40}\]|\((?:PG|NC|R|G|PG-?13|NC-?17)\b[^()]{0,20}\))\s*$")
ATTRIBUTION = re.compile(r".{0,200}\b(?:wrote|writes|said|says|schrieb|écrit)\s?:\s*", re.IGNORECASE)
SENDER = re.compile(
    r"(?P<address>[^\s()<>]+@[^\s()<>]+)\s*\((?P<behind>[^()]{1,80})\)|\"?(?P<ahead>[^<>\"]{1,80})\"?\s*<[^<>]*>"
)


class Outside(NamedTuple):
    """Fields, the title that the container is sure of, the part's title, and ways to people."""

    found: tuple[Found, ...]
    title: str
    part_title: str
    contacts: tuple[Contact, ...]


def read(source: Source, sheet: Sheet) -> Outside:
    """Marks the lines that hold what is read here: mail headers, front matter, a quoted message on top."""
    _mark(source, sheet)
    found = tuple(each for raw in source.fields for each in _found(raw, source.format))
    package = next((each.value for each in source.fields if _is_package(each) and each.label == "title"), "")
    part = next((each.value for each in source.fields if each.label == "part title"), "")
    contacts = tuple(each for raw in source.fields if source.format is Format.MAIL for each in _senders(raw))
    return Outside(found, package, part, contacts)


def of_library(sheet: Sheet, end: int) -> tuple[Found, ...]:
    """What a digital library says of a book above its START line (lines 0 to `end`); the rest there is furniture."""
    found: list[Found] = []
    for index in range(end):
        for said in labels.read(sheet.texts[index]):
            if said.meaning in LIBRARY and said.confidence == 1.0:
                found.append(Found(said.meaning, said.label, said.value.strip(), index, PACKAGE))
                sheet.kinds[index] = Kind.FIELDS
    sheet.fill(0, end, Kind.FURNITURE)
    return tuple(found)


def _is_package(raw: RawField) -> bool:
    return raw.line == 0 or bool(raw.path)


def _found(raw: RawField, form: Format) -> Iterator[Found]:
    label = raw.label.lower()
    line = max(raw.line - 1, 0)
    if _is_package(raw):
        meaning = OF_PACKAGE.get(label) or labels.meaning_of(label)
        if meaning and label != "part title":
            yield Found(meaning, raw.label, raw.value, line, PACKAGE, raw.path)
    elif form is Format.MAIL:
        yield from _of_mail(raw, label, line)
    else:
        meaning = OF_META.get(label.rpartition(":")[2].rpartition(".")[2]) or labels.meaning_of(label)
        if meaning and meaning != "other":
            yield Found(meaning, raw.label, raw.value, line, SURE[form], raw.path)


def _of_mail(raw: RawField, label: str, line: int) -> Iterator[Found]:
    """The sender may be only the poster, and names are for moderators: no author is made of them."""
    if label == "date":
        yield Found("written", raw.label, raw.value, line, 0.5)
    elif label == "subject":
        title, rating = _subject(raw.value)
        yield Found("title", raw.label, title, line, SURE[Format.MAIL])
        if rating:
            yield Found("rating_raw", raw.label, rating, line, 0.5)


def _subject(text: str) -> tuple[str, str]:
    """A subject without what mailing lists put before and behind the title, and the rating among that."""
    rating = ""
    while match := heading.PREFIX.match(text):
        rating = rating or _rated(match[0])
        text = text[match.end() :]
    while match := SUFFIX.search(text):
        rating = rating or _rated(match["said"])
        text = text[: match.start()]
    return text.strip(), rating


def _rated(text: str) -> str:
    raw = text.strip(" []():")
    return raw if ratings.read(raw) is not Rating.UNRATED else ""


def _senders(raw: RawField) -> Iterator[Contact]:
    if raw.label.lower() not in SENDERS:
        return
    for each in addresses.find(raw.value):
        yield Contact(each.kind, each.value, raw.line)
    match = SENDER.search(raw.value)
    name = (match["behind"] or match["ahead"] or "").strip() if match else ""
    if people.is_name(name) and "@" not in name:
        yield Contact(ContactKind.NAME, name, raw.line)


def _mark(source: Source, sheet: Sheet) -> None:
    place = sheet.next(0)
    if source.format is Format.MARKDOWN:
        while sheet.role(place) is Role.CELL:
            sheet.kinds[place] = Kind.FIELDS
            place += 1
        return
    last = Kind.FURNITURE
    while sheet.role(place) is Role.MAIL or (
        place < len(sheet) and place > 0 and sheet.role(place - 1) is Role.MAIL and not sheet.is_blank(place)
    ):
        label = sheet.texts[place].partition(":")[0].lower()
        if not sheet.texts[place][:1].isspace():
            last = Kind.FIELDS if label in TOLD else Kind.FURNITURE
        sheet.kinds[place] = last
        place += 1
    _mark_quotation(sheet, sheet.next(place))


def _mark_quotation(sheet: Sheet, place: int) -> None:
    """What is answered, quoted ahead of the text."""
    begin = place
    if ATTRIBUTION.fullmatch(sheet.text(place)):
        place = sheet.next(place + 1)
    quoted = place
    while place < len(sheet) and (
        sheet.role(place) is Role.QUOTE or (sheet.is_blank(place) and sheet.role(place + 1) is Role.QUOTE)
    ):
        place += 1
    if place > quoted and sheet.next(place) < len(sheet):
        sheet.mark(sheet.written(begin, place), Kind.FURNITURE)
