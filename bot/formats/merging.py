"""This room makes one manuscript of the manuscripts of its parts, and of what an index page adds."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.documents import Evidence, Manuscript, PartLabel
from bot.domain.models import Part, Rating
from bot.formats import partlabels, ratings, relations
from bot.formats.assembly import Work
from bot.formats.joining import Joined
from bot.formats.people import ANONYMOUS, NAMELESS

FIRST = ("title", "series", "series_number", "description", "language", "written", "disclaimer")
EVEN = 0.5
"""How sure a title has to be to count more than what an index page calls the story."""
UNITED = ("spoilers", "cautions", "tags", "fandom", "notes", "links", "warnings")


def merge(work: Work, manuscripts: Sequence[Manuscript], fronts: Sequence[Manuscript] = ()) -> Manuscript:
    """The whole story; `manuscripts` and `fronts` are those of the work's pieces and fronts, in their order."""
    told = [*fronts, *manuscripts]
    whole = told[0] if len(told) == 1 else united(told)
    story = replace(whole, parts=tuple(_parts(work.labels, manuscripts)))
    return _joined(story, work.joined, work.warnings)


def located(story: Manuscript, path: str, known: str = "") -> Manuscript:
    """With the document that its evidence stands in, unless that is the one known by its path."""
    if path == known:
        return story
    return replace(
        story, evidence={name: each._replace(path=each.path or path) for name, each in story.evidence.items()}
    )


def united(manuscripts: Sequence[Manuscript]) -> Manuscript:
    """One of several, in the order of reading.

    Each field is from the first part that has it, lists have all that any part adds; the strictest rating counts.
    """
    fields: dict[str, Any] = {}
    evidence: dict[str, Evidence] = {}
    for story in reversed(manuscripts):
        evidence |= story.evidence
        fields |= {name: value for name in FIRST if (value := getattr(story, name))}
    for name in UNITED:
        fields[name] = tuple(dict.fromkeys(value for story in manuscripts for value in getattr(story, name)))
    strictest, doubts = _strictest(manuscripts)
    fields["warnings"] += doubts
    if any(story.authors != (ANONYMOUS,) for story in manuscripts):
        fields["warnings"] = _named(fields["warnings"])
    named = (story.authors for story in manuscripts if story.authors != (ANONYMOUS,))
    return replace(
        manuscripts[0],
        **fields,
        authors=next(named, (ANONYMOUS,)),
        rating=strictest.rating,
        rating_raw=strictest.rating_raw,
        status=_status(manuscripts),
        evidence=evidence,
    )


def _status(manuscripts: Sequence[Manuscript]) -> str:
    """The last part's, or that of a title page: "to be continued" under an earlier part says nothing of the whole."""
    told = (story.status for story in (manuscripts[-1], *manuscripts) if story is manuscripts[-1] or not story.parts)
    return next(filter(None, told), "")


def _strictest(manuscripts: Iterable[Manuscript]) -> tuple[Manuscript, tuple[str, ...]]:
    """The part whose rating counts for the whole: of those that name one, the strictest."""
    stories = list(manuscripts)
    rated = [story for story in stories if story.rating_raw] or stories
    strictest = max(rated, key=lambda story: story.rating)
    if len({story.rating for story in rated}) == 1:
        return strictest, ()
    return strictest, (f"The parts have different ratings; the strictest, {strictest.rating.label}, was taken.",)


def _parts(labels: Sequence[PartLabel | None], manuscripts: Sequence[Manuscript]) -> Iterator[Part]:
    for label, story in zip(labels, manuscripts, strict=True):
        if len(story.parts) == 1:
            yield story.parts[0]._replace(title=titled(label, story.parts[0].title, alone=len(manuscripts) == 1))
        else:
            yield from story.parts


def titled(label: PartLabel | None, own: str, *, alone: bool) -> str:
    """ "Part 2: The Harbour", "Epilogue"; a story in one piece needs none."""
    if label is None or (alone and label.total in (None, 1)):
        return own
    name = label.title or own
    own_label = partlabels.of_heading(name)
    if own_label and own_label.number == label.number:
        return name
    is_number = math.isfinite(label.number[0]) and label.label[:1].isdigit()
    head = f"Part {label.label}" if is_number else label.label
    if not name or name.casefold() == head.casefold():
        return head
    return name if head.casefold() in name.casefold() else f"{head}: {name}"


def _joined(story: Manuscript, told: Mapping[str, Joined], warnings: Iterable[str]) -> Manuscript:
    """Fills in what only an index page says; where both speak, the story's own word stands."""
    fields: dict[str, Any] = {}
    evidence = dict(story.evidence)
    doubts = list(warnings)
    for name, (value, found, rules) in told.items():
        if rules or not _has(story, name):
            fields[name] = value if name == "authors" else value[0]
            evidence[name] = found
    if fields.get("authors"):
        story = replace(story, warnings=_named(story.warnings))
    if "description" in fields:
        fields |= _of_description(story, fields, evidence)
    if "rating_raw" in told:
        fields |= _rating(story, told["rating_raw"], doubts)
    return replace(story, **fields, evidence=evidence, warnings=(*story.warnings, *doubts))


def _of_description(story: Manuscript, told: Mapping[str, Any], evidence: dict[str, Evidence]) -> dict[str, Any]:
    """What a description that stands on an index page alone says of other stories, and of the place in a series."""
    text = told["description"]
    fields: dict[str, Any] = {"links": tuple(dict.fromkeys((*story.links, *relations.find(text))))}
    series = told.get("series") or story.series
    place = relations.place(text)
    if place is None or (series and series.casefold() != place.series.casefold()):
        return fields
    for name, value in (("series", place.series), ("series_number", place.number)):
        if not (told.get(name) or getattr(story, name)):
            fields[name] = value
            evidence[name] = evidence["description"]._replace(confidence=0.7)
    return fields


def _named(warnings: Iterable[str]) -> tuple[str, ...]:
    """Once somebody is named."""
    return tuple(each for each in warnings if each != NAMELESS)


def _has(story: Manuscript, name: str) -> bool:
    """Whether the story itself says it; a title that was guessed from the name of a file says nothing."""
    value = getattr(story, name)
    if name == "title" and name in story.evidence:
        return story.evidence[name].confidence >= EVEN
    return bool(value) and value != (ANONYMOUS,)


def _rating(story: Manuscript, told: Joined, doubts: list[str]) -> dict[str, Any]:
    """The stricter of two ratings: an index that is wrong must not open what its story closes."""
    rating = ratings.read(told.value[0])
    if story.rating_raw and rating is not Rating.UNRATED and rating != story.rating:
        doubts.append(f"{told.evidence.path} rates the story {rating.label}; the stricter of the two was taken.")
    if not story.rating_raw or story.rating < rating < Rating.UNRATED:
        return {"rating": rating, "rating_raw": told.value[0]}
    return {}
