"""This room writes the rows of the report: a story, a document that is none, a refusal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.documents import Evidence, Kind, Manuscript, Moment
from bot.domain.fields import LISTED, Field, Texts
from bot.domain.models import Rating
from bot.services.intake.binding import Bound, Copy
from bot.services.intake.judging import Fate, Status
from bot.services.intake.preparing import Prepared, Refusal
from bot.services.intake.staging import Row
from bot.store.editions import Edition

FIELDS = (
    "title", "series", "series_number", "author", "authors", "rating", "rating_raw", "description", "spoilers",
    "cautions", "tags", "fandom", "language", "written", "notes", "disclaimer", "progress", "links", "words", "pages",
    "scene_breaks", "accounting", "parts", "missing_parts", "duplicates", "repairs", "furniture", "fields", "state",
    "reason",
)  # fmt: skip
"""Of a story; in a row of a document that could not be read each is null."""
DOUBTFUL = 0.75
"""Confidence below which a field is worth a look."""


def story(bound: Bound, fate: Fate, state: str, reason: str) -> Row:
    """The row of a story that was read."""
    copy = bound.shown
    documents = _each(copy)
    return {
        "path": copy.edition.path,
        "status": fate.status.value,
        "id": fate.story_id,
        **_told(copy.edition.manuscript),
        "links": [{"kind": link.kind, "target": link.target} for link in copy.edition.manuscript.links],
        "words": copy.edition.words,
        "pages": len(copy.edition.pages),
        "scene_breaks": copy.edition.scene_breaks,
        "accounting": _sum(document.accounting for document in documents),
        "parts": _parts(copy),
        "missing_parts": list(copy.edition.missing),
        "duplicates": [{"path": each.edition.path, "relation": each.relation} for each in bound.copies[1:]],
        "repairs": _united(document.repairs for document in documents),
        "furniture": _united(document.furniture for document in documents),
        "fields": _fields(copy.edition.manuscript.evidence),
        "state": state,
        "reason": reason,
        "documents": [{"path": document.path, "accounting": document.accounting} for document in documents],
        "pieces": [list(piece) for piece in copy.pieces],
        "warnings": [*copy.edition.manuscript.warnings, *_united(d.warnings for d in documents), *fate.remarks],
        "error": None,
    }


def _told(story: Manuscript) -> Row:
    lists = ("authors", "spoilers", "cautions", "tags", "fandom")
    plain = ("title", "series", "series_number", "author", "rating_raw", "description", "language", "written")
    return {
        **{name: getattr(story, name) for name in plain},
        **{name: list(getattr(story, name)) for name in lists},
        "rating": story.rating.label,
        "notes": [note._asdict() for note in story.notes],
        "disclaimer": story.disclaimer,
        "progress": story.status,
    }


def _each(copy: Copy) -> list[Prepared]:
    """Its documents, each once."""
    return list({document.path: document for document in copy.documents}.values())


def _parts(copy: Copy) -> list[Row]:
    """Every part in order: the label it bears (else its place), its title, and the document it is from."""
    edition = copy.edition
    return [
        {"number": label or str(number), "title": part.title, "path": path}
        for number, (part, label, path) in enumerate(
            zip(edition.manuscript.parts, edition.labels, copy.paths, strict=True), start=1
        )
    ]


def _sum(accountings: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """A story's documents together."""
    counted: Counter[str] = Counter()
    for each in accountings:
        counted.update(each)
    return dict(counted)


def _united(lists: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(each for found in lists for each in found))


def _fields(evidence: Mapping[str, Evidence]) -> Row:
    """Where each field was read; what is read out of another field stands where that does."""
    known = dict(evidence)
    for name, origin in (("rating", "rating_raw"), ("author", "authors")):
        if origin in known:
            known[name] = known[origin]
    return {
        name: {"line": found.line, "confidence": found.confidence, **({"path": found.path} if found.path else {})}
        for name, found in known.items()
    }


def refused(path: str, reason: str, status: Status = Status.REFUSED) -> Row:
    """The row of what does not come in; `reason` is a clause."""
    sentence = f"{path} was not imported: {reason}."
    return {
        "path": path,
        "status": status.value,
        "id": None,
        **dict.fromkeys(FIELDS),
        "warnings": [],
        "error": sentence,
    }


def held(edition: Edition, reason: str) -> Row:
    return {
        **refused(edition.path, reason, Status.HELD),
        "title": edition.manuscript.title,
        "author": edition.manuscript.author,
    }


def document(prepared: Prepared, number: int) -> Row:
    """The row of a document that is no story."""
    return {
        "path": prepared.path,
        "kind": prepared.kind.value,
        "accounting": prepared.accounting,
        "furniture": list(prepared.furniture),
        "repairs": list(prepared.repairs),
        "warnings": list(prepared.warnings),
        "pieces": [[number, 0]],
    }


def aside(refusal: Refusal) -> Row:
    """The row of a picture or style sheet: nothing is wrong with not reading it."""
    counted = {kind.value: refusal.size if kind is refusal.kind else 0 for kind in Kind}
    accounting = {"bytes": refusal.size, **counted}
    return {"path": refusal.path, "kind": "other", "accounting": accounting, "reason": refusal.reason}


def public(row: Row) -> Row:
    """A row as it is printed: without the places of its documents on the stage."""
    return {name: value for name, value in row.items() if name != "pieces"}


def is_doubtful(row: Row) -> bool:
    """Whether somebody should look at it before it goes in."""
    return bool(
        row["warnings"]
        or row["missing_parts"]
        or row["state"] != "published"
        or row["accounting"]["unclassified"]
        or any(each["confidence"] < DOUBTFUL for each in row["fields"].values())
    )


def texts(row: Row) -> Texts:
    """The fields of a story that was read, as they stand in a form."""
    raw = row["rating_raw"] or ("" if row["rating"] == Rating.UNRATED.label else row["rating"])
    notes = {moment: [note["text"] for note in row["notes"] if note["moment"] == moment] for moment in Moment}
    lists = {field: "\n".join(row[field]) for field in LISTED if field is not Field.LINKS}
    plain = {field: row[field] or "" for field in Field if field.value in FIELDS and field not in LISTED}
    return {
        **plain,
        **lists,
        Field.RATING: raw,
        Field.STATUS: row["progress"],
        Field.BEFORE: "\n\n".join(notes[Moment.BEFORE]),
        Field.AFTER: "\n\n".join(notes[Moment.AFTER]),
        Field.LINKS: "\n".join(f"{link['kind']}: {link['target']}" for link in row["links"]),
    }
