"""This room writes a story of an export as JSON, and reads it again with nothing lost; what it reads may be hostile."""

import enum
from collections.abc import Iterator
from typing import Any, TypeVar, cast

import orjson

from bot.domain import names
from bot.domain.books import BoundStory
from bot.domain.documents import Evidence, Manuscript, Moment, Note
from bot.domain.errors import Unreadable
from bot.domain.exports import STANDINGS, Exported, ExportedPart
from bot.domain.fields import Field
from bot.domain.models import Link, LinkKind, Part, Rating, Standing
from bot.formats import prose

MANIFEST = "talebearer.json"
"""The member by which a zip is known for an export."""
FORMAT, VERSION = "talebearer-export", 1
FOLDER = "stories/"
TEXTS = ("title", "series_number", "rating_raw", "description", "language", "written", "disclaimer", "status")
LISTS = ("authors", "spoilers", "cautions", "tags", "fandom", "warnings")
RATINGS = {rating.label: rating for rating in Rating}
LAST = 253_402_300_800.0
"""The year 10000, from which on no moment can be shown."""

Told = dict[str, Any]
E = TypeVar("E", bound=enum.StrEnum)


def manifest(archive: str, made_at: str, stories: int) -> bytes:
    """What the export is of; `made_at` is ISO 8601."""
    told = {"format": FORMAT, "version": VERSION, "archive": archive, "made_at": made_at, "stories": stories}
    return orjson.dumps({**told, "markup": MARKUP}, option=orjson.OPT_INDENT_2)


MARKUP = (
    "Texts of parts are paragraphs parted by one blank line; *italic*, **bold**, a backslash ahead of each literal *"
    " and backslash, *** alone is a scene break."
)


def check(data: bytes) -> tuple[str, str]:
    """Lets the manifest of an export through that can be read here; returns whose it is and when it was made.

    Raises:
        Unreadable: it is none, or one of a newer Talebearer.
    """
    told = _object(data)
    if told.get("format") != FORMAT:
        raise Unreadable(f"its {MANIFEST} is not that of an export")
    if told.get("version") != VERSION:
        raise Unreadable("it was made by a newer Talebearer; bring this one up to date")
    return _text(told, "archive"), _text(told, "made_at")


def encode(exported: Exported) -> bytes:
    story = exported.story
    told: Told = {
        "number": exported.number,
        **{name: getattr(story, name) for name in (*TEXTS, *LISTS)},
        "series": story.series,
        "rating": story.rating.label,
        "notes": [[note.moment, note.text] for note in story.notes],
        "links": [[*link, lead] for link, lead in zip(story.links, exported.leads, strict=True)],
        "evidence": [[name, *found] for name, found in story.evidence.items()],
        "missing": exported.missing,
        "amended": list(exported.amended.items()),
        "state": exported.state,
        "reason": exported.reason,
        "told": exported.told,
        "approved": exported.approved,
        "added_at": exported.added_at,
        "updated_at": exported.updated_at,
        "parts": [[part.title, *text] for part, text in zip(story.parts, exported.parts, strict=True)],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2)


def decode(data: bytes) -> Exported:
    """A story of an export.

    Raises:
        Unreadable: it is not what `encode` makes; with a clause.
    """
    told = _object(data)
    links = _rows(told, "links", str, str, (int, type(None)))
    parts = _rows(told, "parts", str, str, str)
    return Exported(
        number=_number(told, "number"),
        story=_manuscript(told),
        parts=tuple(ExportedPart(label, prose.to_markup(prose.from_markup(text))) for _, label, text in parts),
        missing=_list(told, "missing"),
        leads=tuple(lead for _, _, lead in links),
        amended={_one(Field, name): text for name, text in _rows(told, "amended", str, str)},
        state=_state(told),
        reason=_text(told, "reason"),
        told=_text(told, "told"),
        approved=_text(told, "approved"),
        added_at=_moment(told, "added_at"),
        updated_at=_moment(told, "updated_at"),
    )


def _manuscript(told: Told) -> Manuscript:
    series = told.get("series")
    fields: Told = {name: _text(told, name) for name in TEXTS} | {name: _list(told, name) for name in LISTS}
    _named("title", fields["title"])
    for name in fields["authors"] or ("",):
        _named("authors", name)
    if _text(told, "rating") not in RATINGS:
        raise _wrong("rating")
    return Manuscript(
        **fields,
        series=None if series is None else _named("series", series),
        rating=RATINGS[told["rating"]],
        notes=tuple(Note(_one(Moment, moment), text) for moment, text in _rows(told, "notes", str, str)),
        links=tuple(
            Link(_one(LinkKind, kind), target) for kind, target, _ in _rows(told, "links", str, str, (int, type(None)))
        ),
        evidence={
            name: Evidence(line, sure, path)
            for name, line, sure, path in _rows(told, "evidence", str, int, (int, float), str)
        },
        parts=tuple(Part(title, ()) for title, _, _ in _rows(told, "parts", str, str, str)),
    )


def bound(exported: Exported) -> BoundStory:
    """A story of an export as it is bound into a book."""
    story = exported.story
    return BoundStory(
        title=story.title,
        authors=story.authors,
        parts=tuple(_parts(exported)),
        series=story.series or "",
        series_number=story.series_number,
        rating=story.rating.label,
        words=sum(prose.words(part.blocks) for part in _parts(exported)),
        status=story.status,
        language=story.language,
        written=story.written,
        description=story.description,
        disclaimer=story.disclaimer,
        spoilers=story.spoilers,
        notes_before=tuple(note.text for note in story.notes if note.moment is Moment.BEFORE),
        notes_after=tuple(note.text for note in story.notes if note.moment is Moment.AFTER),
    )


def _parts(exported: Exported) -> Iterator[Part]:
    for part, text in zip(exported.story.parts, exported.parts, strict=True):
        yield Part(part.title, prose.from_markup(text.markup))


def _object(data: bytes) -> Told:
    try:
        told: object = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"it is no JSON ({error})") from error
    if not isinstance(told, dict):
        raise Unreadable("it is no JSON object")
    return cast("Told", told)


def _wrong(name: str) -> Unreadable:
    return Unreadable(f"its “{name}” is not what an export says there")


def _text(told: Told, name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise _wrong(name)
    return value


def _named(field: str, value: object) -> str:
    """A name: something of it must be left where only letters and digits count."""
    if not isinstance(value, str) or not names.key(value):
        raise _wrong(field)
    return value


def _number(told: Told, name: str) -> int:
    value = told.get(name)
    if not isinstance(value, int) or value is True or not 0 < value < 1 << 62:
        raise _wrong(name)
    return value


def _moment(told: Told, name: str) -> float:
    value = told.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < LAST:
        raise _wrong(name)
    return float(value)


def _list(told: Told, name: str) -> tuple[str, ...]:
    return tuple(text for (text,) in _rows({name: [[each] for each in _items(told, name)]}, name, str))


def _items(told: Told, name: str) -> list[object]:
    value = told.get(name, [])
    if not isinstance(value, list):
        raise _wrong(name)
    return cast("list[object]", value)


def _rows(told: Told, name: str, *kinds: type | tuple[type, ...]) -> list[tuple[Any, ...]]:
    """Lists of as many things, each of its kind; True and False are no numbers."""
    rows: list[tuple[Any, ...]] = []
    for row in _items(told, name):
        if not isinstance(row, list):
            raise _wrong(name)
        things = tuple(cast("list[object]", row))
        if len(things) != len(kinds) or not all(map(_is, things, kinds)):
            raise _wrong(name)
        rows.append(things)
    return rows


def _is(thing: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(thing, kind) and not isinstance(thing, bool)


def _one(kinds: type[E], value: str) -> E:
    if value not in set(kinds):
        raise Unreadable(f"“{value[:40]}” is nothing that an export says")
    return kinds(value)


def _state(told: Told) -> Standing:
    state = _one(Standing, _text(told, "state"))
    if state not in STANDINGS:
        raise _wrong("state")
    return state
