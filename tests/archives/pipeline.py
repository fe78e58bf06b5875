"""This room reads a whole archive in memory: containers, readers and assembly, without the database."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot.domain.documents import DocumentKind, Manuscript, Reading, Source
from bot.formats import assembly, containers, manuscript, merging, source
from bot.formats.assembly import Work
from bot.formats.containers import Member
from bot.formats.summary import Summary
from tests.archives import families
from tests.archives.compare import Verdict, field, judge, judged, text
from tests.archives.matrix import Finding
from tests.archives.truth import TrueStory, Truth
from tests.formats.summaries import summarised

FAMILIES = ("pages", "texts", "messages")


class Document(NamedTuple):
    """One of the archive, as its reader gives it and as it was read."""

    path: str
    source: Source
    member: Member
    reading: Reading


class Imported(NamedTuple):
    """A story of the archive as it would be stored."""

    story: Manuscript
    work: Work
    paths: tuple[str, ...]


class Archive(NamedTuple):
    """All that came of a folder."""

    documents: Sequence[Document]
    stories: Sequence[Imported]


def read(folder: Path) -> Archive:
    documents = list(_documents(folder))
    repeats = assembly.repeated(_summaries(documents))
    documents = [_again(each, repeats.get(each.path.rpartition("/")[0], frozenset())) for each in documents]
    works = assembly.plan(_summaries(documents)).works
    return Archive(documents, [_imported(work, documents) for work in works])


def _documents(folder: Path) -> Iterator[Document]:
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        for member in containers.members(file.relative_to(folder).as_posix(), file):
            if isinstance(member, Member) and member.structure != "contents":
                found = source.read(member.data)
                found = replace(found, fields=(*member.fields, *found.fields))
                yield Document(member.path, found, member, _read(member, found))


def _read(member: Member, found: Source) -> Reading:
    """A page of a book's structure is no story, whatever stands on it; its header is the book's."""
    reading = manuscript.read(found, name=member.path)
    if not member.structure:
        return reading
    fronts = tuple(replace(story, parts=()) for story in reading.manuscripts)
    return replace(reading, kind=DocumentKind.OTHER, manuscripts=fronts)


def _again(document: Document, repeated: frozenset[int]) -> Document:
    """What repeats over a folder is its furniture."""
    if not repeated & set(document.reading.edges):
        return document
    return document._replace(reading=manuscript.read(document.source, name=document.path, repeated=repeated))


def _summaries(documents: Sequence[Document]) -> list[Summary]:
    return [
        summary
        for number, each in enumerate(documents)
        for summary in summarised(number, each.path, each.reading, group=each.member.group, order=each.member.order)
    ]


def _imported(work: Work, documents: Sequence[Document]) -> Imported:
    parts = [documents[piece.document].reading.manuscripts[piece.story] for piece in work.pieces]
    paths = tuple(dict.fromkeys(documents[piece.document].path for piece in work.pieces))
    fronts = [documents[piece.document].reading.manuscripts[piece.story] for piece in work.fronts]
    return Imported(merging.merge(work, parts, fronts), work, paths)


def findings(seeds: Iterable[int]) -> Iterator[Finding]:
    """Whole archives, from a folder on disk to stories put together."""
    for seed in seeds:
        with tempfile.TemporaryDirectory() as name:
            truth = families.build(seed, Path(name))
            found = verdicts(truth, read(Path(name)))
            yield from (Finding(f"archive of {FAMILIES[seed % 3]}", seed, path, verdict) for path, verdict in found)


def verdicts(truth: Truth, archive: Archive) -> Iterator[tuple[str, Verdict]]:
    """Of each story and each document that is none, under its path."""
    yield ".", judged("stories", len(truth.stories), len(archive.stories))
    by_path = {path: each for each in archive.stories for path in each.paths}
    for told in truth.stories:
        copies = [*told.paths, *(path for path, relation in told.duplicates if relation == "same")]
        found = next((by_path[path] for path in copies if path in by_path), None)
        yield from ((told.paths[0], each) for each in _story(told, found))
    readings = {each.path: each.reading for each in archive.documents}
    for document in truth.documents:
        if document.kind is not DocumentKind.STORY:
            yield from ((document.path, each) for each in judge(document, readings[document.path]))


def _story(told: TrueStory, found: Imported | None) -> Iterator[Verdict]:
    if found is None:
        yield Verdict("found", False, repr(told.paths), "no story")
        return
    yield from (field(name, expected, found.story) for name, expected in told.fields.items())
    yield from text(told.chapters, [block for part in found.story.parts for block in part.blocks])
    yield from _whole(told, found)


def _whole(told: TrueStory, found: Imported) -> Iterator[Verdict]:
    """Parts in order, the missing and the copies named."""
    copies = {(each.path, each.relation.value) for each in found.work.duplicates if each.path not in told.doubled}
    same = [path for path, relation in told.duplicates if relation == "same"]
    named = " | ".join((*found.story.warnings, *(each.path for each in found.work.duplicates)))
    yield judged("doubled", [], [path for path in told.doubled if path not in named])
    if same:
        both = {*same, *told.paths}
        yield judged("parts", [], [path for path in found.paths if path not in both])
        yield judged("duplicates", {(path, "same") for path in both - set(found.paths)}, copies)
    else:
        yield judged("parts", told.paths, found.paths)
        yield judged("duplicates", set(told.duplicates), copies)
    yield judged("missing_parts", told.missing, found.work.missing)
