"""This room finds out which stories the links of headers mean, once everything has come in."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar

from bot.domain import names
from bot.formats.graph import BY, Named, judge
from bot.services.intake.shelving import Writing
from bot.store import links, series
from bot.store.links import Judged, OpenLink
from bot.store.sqlite import Reader

AT_ONCE = 50
"""Links that are written in one transaction."""
NOT_HERE = "the moderators say that it is no story of this archive"
T = TypeVar("T")


async def settle(
    writing: Writing, reader: Reader, archive_id: int, story_ids: Iterable[int], title_keys: Iterable[str]
) -> None:
    """Judges every link that the coming, going or renaming of these stories may concern, and orders their series."""
    story_ids = list(story_ids)
    found = await links.affected(reader, archive_id, story_ids, title_keys)
    for some in _chunks(found):
        judged = [await judged_anew(reader, archive_id, each) for each in some]
        async with writing.write() as db:
            await links.settle(db, judged)
    await _place(writing, reader, {*story_ids, *(each.story_id for each in found)})


async def _place(writing: Writing, reader: Reader, story_ids: Iterable[int]) -> None:
    """Puts the series of stories into the order they are read in."""
    for series_id in await series.to_place(reader, story_ids):
        for rows in _chunks(await series.places(reader, series_id)):
            async with writing.write() as db:
                await series.place(db, rows)


async def judged_anew(reader: Reader, archive_id: int, found: OpenLink) -> Judged:
    """What a link means: what a moderator has ruled, or else what the stories that are here tell."""
    if found.ruled:
        return ruled(found.id, found.ruling)
    titles, people = _meant(found.link.target)
    near = [Named(*each) for each in await links.near(reader, archive_id, found.story_id, titles, people)]
    story = next(each for each in near if each.id == found.story_id)
    verdict = judge(found.link, story, near)
    return Judged(found.id, verdict.target, verdict.candidates, verdict.confidence, verdict.why)


def ruled(link_id: int, target_id: int | None) -> Judged:
    """A link as a moderator has ruled."""
    return Judged(link_id, target_id, (), 1.0, "" if target_id else NOT_HERE)


def _meant(target: str) -> tuple[list[str], list[str]]:
    """Keys of the titles and authors that a link may name: "Stand by Me" is a title, or one by Me."""
    named = BY.match(target)
    if named is None:
        return [names.key(target)], []
    return [names.key(target), names.key(named["title"])], [names.key(named["author"])]


def _chunks(items: Sequence[T]) -> Iterable[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk
