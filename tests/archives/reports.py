"""This room compares the report of a whole import with what is true of the archive."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.documents import DocumentKind
from bot.domain.models import Link, Rating
from tests.archives.compare import Verdict, judged, notes
from tests.archives.truth import TrueDocument, TrueStory, Truth

Json = Mapping[str, Any]
LISTS = ("authors", "spoilers", "fandom")
TEXTS = ("title", "rating_raw", "description", "disclaimer")


def judge(truth: Truth, report: Json, folder: str) -> Iterator[tuple[str, Verdict]]:
    """Verdicts under the path of the story or document they are about; `folder` is what was imported."""
    rows = [row for row in report["stories"] if not row.get("error")]
    yield folder, judged("stories", len(truth.stories), len(rows))
    by_path = {_within(path, folder): row for row in rows for path in _paths(row)}
    for story in truth.stories:
        row = next((by_path[path] for path in _copies(story) if path in by_path), None)
        found = _story(story, row, folder) if row else [Verdict("found", False, repr(story.paths), "no story")]
        yield from ((story.paths[0], verdict) for verdict in found)
    yield from _structure(truth.documents, report, folder)


def _within(path: str, folder: str) -> str:
    return path.removeprefix(f"{folder}/")


def _paths(row: Json) -> set[str]:
    return {row["path"], *(part["path"] for part in row["parts"])}


def _copies(story: TrueStory) -> tuple[str, ...]:
    """Of two copies that are the same either may be shown."""
    return (*story.paths, *(path for path, relation in story.duplicates if relation == "same"))


def _story(story: TrueStory, row: Json, folder: str) -> Iterator[Verdict]:
    for name in (*TEXTS, *LISTS):
        if name in story.fields:
            yield judged(name, story.fields[name], tuple(row[name]) if name in LISTS else row[name])
    rating = story.fields["rating"]
    assert isinstance(rating, Rating)
    yield judged("rating", rating.label, row["rating"])
    if "links" in story.fields:
        yield judged("links", _links(story.fields["links"]), [(each["kind"], each["target"]) for each in row["links"]])
    yield from _parts(story, row, folder)
    if {"before", "after"} <= story.fields.keys():
        both = [*_tuple(story.fields["before"]), *_tuple(story.fields["after"])]
        yield notes("notes", tuple(both), [_text(each) for each in row["notes"]])
    yield adds_up(row["accounting"])


def _tuple(value: object) -> Sequence[object]:
    assert isinstance(value, tuple)
    return value  # pyright: ignore[reportUnknownVariableType]


def _text(note: "str | dict[str, str]") -> str:
    return note["text"] if isinstance(note, dict) else note


def _links(links: object) -> list[tuple[str, str]]:
    return [(each.kind.value, each.target) for each in _tuple(links) if isinstance(each, Link)]


def _parts(story: TrueStory, row: Json, folder: str) -> Iterator[Verdict]:
    """Every part in order, the copies named, the missing ones too."""
    parts = [_within(part["path"], folder) for part in row["parts"]]
    copies = {
        (_within(each["path"], folder), each["relation"])
        for each in row["duplicates"]
        if _within(each["path"], folder) not in story.doubled
    }
    named = " | ".join((*row["warnings"], *(each["path"] for each in row["duplicates"])))
    yield judged("doubled", [], [path for path in story.doubled if path not in named])
    if story.duplicates and story.duplicates[0][1] == "same":
        paths = {path for path, _ in story.duplicates} | set(story.paths)
        yield judged("parts", True, len(parts) == 1 and parts[0] in paths)
        yield judged("duplicates", {(path, "same") for path in paths - set(parts)}, copies)
    else:
        yield judged("parts", list(story.paths), parts)
        yield judged("duplicates", set(story.duplicates), copies)
    yield judged("missing_parts", list(story.missing), list(row["missing_parts"]))


def _structure(documents: Sequence[TrueDocument], report: Json, folder: str) -> Iterator[tuple[str, Verdict]]:
    """Index and author pages stand beside the stories, each accounted for."""
    listed = {_within(each["path"], folder): each for each in report["documents"]}
    for document in documents:
        if document.kind is not DocumentKind.STORY:
            row = listed.get(document.path)
            yield document.path, judged("structure", document.kind.value, row and row["kind"])
            if row:
                yield document.path, adds_up(row["accounting"])
                yield document.path, judged("bytes", len(document.data), row["accounting"]["bytes"])


def adds_up(accounting: Mapping[str, int]) -> Verdict:
    kinds = sum(number for kind, number in accounting.items() if kind != "bytes")
    return judged("accounting", accounting["bytes"], kinds)
