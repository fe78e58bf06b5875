"""This room makes stories as exports hold them, for tests."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.domain import names
from bot.domain.documents import Evidence, Manuscript, Moment, Note
from bot.domain.exports import STANDINGS, Exported, ExportedPart
from bot.domain.fields import Field
from bot.domain.models import Link, LinkKind, Part, Rating
from bot.formats import prose
from bot.services.exporting import Made, write_to
from bot.services.intake import Intake, Options, Returned
from bot.store import exports
from bot.store.database import Database
from tests.formats.strategies import marked_text, prose_parts

NOW = 1_000.0

_texts = marked_text
_names = st.text(alphabet="abé 1*_<@", max_size=12).map(lambda name: name.strip() or "x")
_lists = st.lists(_names, max_size=3, unique_by=names.key).map(tuple)


def _sorted(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(found, key=names.key))


def _exported(story: Manuscript, texts: Sequence[Part], **rest: Any) -> Exported:  # noqa: ANN401 - what hypothesis draws for the fields of its name
    """A story whose links lead nowhere yet; in its own row only titles of parts stand beside the header."""
    return Exported(
        story=replace(story, parts=tuple(Part("", ()) for _ in texts)),
        parts=tuple(ExportedPart("", prose.to_markup(part.blocks)) for part in texts),
        leads=(None,) * len(story.links),
        **rest,
    )


_links = st.lists(st.builds(Link, st.sampled_from(LinkKind), _names), max_size=2, unique_by=lambda link: (
    link.kind, names.key(link.target)
)).map(tuple)  # fmt: skip
_manuscripts = st.builds(
    Manuscript,
    title=_names,
    authors=st.lists(_names, min_size=1, max_size=3, unique_by=names.key).map(tuple),
    series=st.none() | _names,
    series_number=_texts,
    rating=st.sampled_from(Rating),
    rating_raw=_texts,
    description=_texts,
    spoilers=_lists,
    cautions=_lists,
    tags=_lists.map(_sorted),
    fandom=_lists.map(_sorted),
    language=_texts,
    written=_texts,
    notes=st.lists(st.builds(Note, st.sampled_from(Moment), _texts), max_size=2).map(tuple),
    disclaimer=_texts,
    links=_links,
    status=_texts,
    evidence=st.dictionaries(_names, st.builds(Evidence, st.integers(0, 999), st.floats(0, 1), _names), max_size=2),
    warnings=_lists,
)
STORIES = st.builds(
    _exported,
    _manuscripts,
    prose_parts,
    number=st.integers(1, (1 << 62) - 1),
    missing=_lists,
    amended=st.dictionaries(st.sampled_from(Field), _texts, max_size=2),
    state=st.sampled_from(STANDINGS),
    reason=_texts,
    told=_texts,
    approved=_texts,
    added_at=st.floats(0, 4e9),
    updated_at=st.floats(0, 4e9),
)


def _quiet(_what: str, _done: int, _total: int) -> None:
    pass


async def taken_out(database: Database, target: Path, archive_id: int = 1) -> Made:
    return await write_to(database, archive_id, target, NOW, _quiet)


async def brought_back(database: Database, *files: Path, archive_id: int = 1) -> Returned:
    return await Intake(database, archive_id).bring_back(files, NOW, Options(is_shared=lambda: False))


async def content(database: Database, archive_id: int = 1) -> list[Exported]:
    """All that an export of an archive would hold, in the order of its numbers."""
    found = [await exports.read(database.reader, number) for number in await exports.numbers(
        database.reader, archive_id, max(Rating)
    )]  # fmt: skip
    return [each for each in found if each is not None]
