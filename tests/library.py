"""This room makes stories for tests: one line each where only a title, author or rating matters."""

from collections.abc import Sequence

from bot.domain.access import Archive, Audience
from bot.domain.documents import Manuscript
from bot.domain.models import Link, Page, Part, Rating, Standing
from bot.services.intake.linking import settle
from bot.services.intake.shelving import Writing
from bot.store import intake, links
from bot.store.database import Database
from bot.store.editions import Edition, NewEdition, Relation, add_editions
from bot.store.intake import Shown

HOME = Archive(1, "Story Archive", Rating.PG_13, directory_safe=False)
HALL = Audience(HOME, reader=100)
DARK = Audience(HOME, reader=100, age_restricted=True)


def edition(
    title: str,
    author: str = "Ruby",
    *,
    series: str | None = None,
    rating: Rating = Rating.PG,
    links: Sequence[Link] = (),
    pages: int = 1,
) -> Edition:
    texts = [f"{title}, page {number}." for number in range(1, pages + 1)]
    manuscript = Manuscript(
        title=title, authors=(author,), series=series, rating=rating, links=tuple(links), parts=(Part("", ()),)
    )
    cut = [Page(0, number, 0, f"anchor {number}", text) for number, text in enumerate(texts)]
    return Edition(manuscript=manuscript, markup=["\n\n".join(texts)], pages=cut, words=3 * pages)


async def add(
    database: Database, made: Edition, *, archive_id: int = 1, now: float = 1.0, state: Standing = Standing.PUBLISHED
) -> int:
    """Adds a story to an archive; returns its id."""
    async with database.write() as db:
        story_id, edition_id, _ = await intake.numbers(db)
        await intake.show(db, archive_id, [Shown(story_id, made, state)], now)
        await add_editions(db, [NewEdition(edition_id, story_id, None, Relation.SHOWN, made)], now)
    await _settled(database, archive_id, story_id)
    return story_id


async def replace(database: Database, story_id: int, made: Edition, *, archive_id: int = 1, now: float = 2.0) -> None:
    """Gives a story another edition."""
    former = await links.titles(database.reader, [story_id])
    async with database.write() as db:
        await intake.show(db, archive_id, [Shown(story_id, made, Standing.PUBLISHED, is_new=False)], now)
    await _settled(database, archive_id, story_id, *former)


async def _settled(database: Database, archive_id: int, story_id: int, *former: str) -> None:
    keys = await links.titles(database.reader, [story_id])
    await settle(Writing(database, lambda: False), database.reader, archive_id, [story_id], [*keys, *former])


async def open_archive(database: Database, guild_id: int) -> int:
    """Gives a server an archive of its own; returns the archive's id."""
    async with database.write() as db:
        return await db.insert("INSERT INTO archives (name, guild_id) VALUES ('Other', :guild)", guild=guild_id)
