"""This room turns the fields of a header into text for a form, and what was typed back into fields."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain import names
from bot.domain.desk_refusals import FieldRefused
from bot.domain.documents import Manuscript, Moment, Note
from bot.domain.fields import FILED, LABELS, LISTED, NAMED, Field, Texts
from bot.domain.models import Link, LinkKind, Rating
from bot.formats import ratings

_KINDS = "|".join(LinkKind)
_LINK = re.compile(rf"\s*({_KINDS})\s*:\s*(\S.*?)\s*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def texts(story: Manuscript) -> Texts:
    """Every field as it stands in a form."""
    return {
        Field.TITLE: story.title,
        Field.AUTHORS: "\n".join(story.authors),
        Field.SERIES: story.series or "",
        Field.NUMBER: story.series_number,
        Field.RATING: story.rating_raw or ("" if story.rating is Rating.UNRATED else story.rating.label),
        Field.SUMMARY: story.description,
        Field.FANDOM: "\n".join(story.fandom),
        Field.TAGS: "\n".join(story.tags),
        Field.CAUTIONS: "\n".join(story.cautions),
        Field.SPOILERS: "\n".join(story.spoilers),
        Field.BEFORE: _notes(story, Moment.BEFORE),
        Field.AFTER: _notes(story, Moment.AFTER),
        Field.DISCLAIMER: story.disclaimer,
        Field.STATUS: story.status,
        Field.LANGUAGE: story.language,
        Field.WRITTEN: story.written,
        Field.LINKS: "\n".join(f"{link.kind}: {link.target}" for link in story.links),
    }


def _notes(story: Manuscript, moment: Moment) -> str:
    return "\n\n".join(note.text for note in story.notes if note.moment is moment)


def tidied(typed: Mapping[Field, str]) -> Texts:
    """What was typed, as it is kept and compared: without blanks at its edges and empty lines in lists.

    Raises:
        FieldRefused: it cannot be what its field holds.
    """
    found = {field: _tidy(field, text) for field, text in typed.items()}
    for field in (Field.TITLE, Field.AUTHORS):
        if field in found and not re.search(r"\w", found[field]):
            raise FieldRefused(LABELS[field], found[field], "needs at least one letter or digit")
    if (date := found.get(Field.WRITTEN)) and not _DATE.fullmatch(date):
        raise FieldRefused(LABELS[Field.WRITTEN], date, "must be a date like 2001, 2001-05 or 2001-05-17")
    for line in found.get(Field.LINKS, "").splitlines():
        if not _LINK.fullmatch(line):
            raise FieldRefused(LABELS[Field.LINKS], line, "must say what it is, like “sequel: The Lamp”")
    return found


def _tidy(field: Field, text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if field not in LISTED:
        return text
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    kept: dict[str, str] = {}
    for line in lines:
        kept.setdefault(names.key(line) if field in NAMED else line, line)
    return "\n".join(sorted(kept.values(), key=names.key) if field in FILED else kept.values())


def told(story: Manuscript) -> Texts:
    """Every field as it is kept and compared."""
    return {field: _tidy(field, text) for field, text in texts(story).items()}


def digest(texts: Mapping[Field, str]) -> int:
    """A number that another text in any field changes; custom ids hold it."""
    held = "\0".join(f"{field}\1{texts[field]}" for field in sorted(texts))
    return int.from_bytes(hashlib.blake2b(held.encode("utf-8", "surrogatepass"), digest_size=7).digest())


def amended(story: Manuscript, told: Mapping[Field, str]) -> Manuscript:
    """The story with other values in some fields; `told` is tidy. Where a field was read is then no longer known."""
    changes: dict[str, Any] = {}
    for field, text in told.items():
        changes |= _change(field, text)
    if {Field.BEFORE, Field.AFTER} & told.keys():
        changes["notes"] = _with_notes(story, told)
    evidence = {name: each for name, each in story.evidence.items() if name not in changes}
    return replace(story, **changes, evidence=evidence)


def _change(field: Field, text: str) -> dict[str, Any]:
    match field:
        case Field.SERIES:
            return {"series": text or None}
        case Field.RATING:
            return {"rating": ratings.read(text), "rating_raw": text}
        case Field.LINKS:
            return {"links": tuple(map(_link, text.splitlines()))}
        case Field.BEFORE | Field.AFTER:
            return {}
        case _:
            return {field.value: tuple(text.splitlines()) if field in LISTED else text}


def _link(line: str) -> Link:
    found = _LINK.fullmatch(line)
    assert found is not None
    return Link(LinkKind(found[1].lower()), found[2])


def _with_notes(story: Manuscript, told: Mapping[Field, str]) -> tuple[Note, ...]:
    """All notes of a moment are one in a form; one that was not touched keeps its notes apart."""
    notes: list[Note] = []
    for moment, field in ((Moment.BEFORE, Field.BEFORE), (Moment.AFTER, Field.AFTER)):
        kept = [note for note in story.notes if note.moment is moment]
        if field in told:
            kept = [Note(moment, told[field])] if told[field] else []
        notes += kept
    return tuple(notes)
