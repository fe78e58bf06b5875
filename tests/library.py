"""This room makes stories for tests: one line each where only a title, author or rating matters."""

from collections.abc import Sequence

from bot.domain.access import Archive, Audience
from bot.domain.models import Link, Manuscript, Page, Paragraph, Part, Rating, Span
from bot.store import intake
from bot.store.database import Database
from bot.store.intake import Edition, Original

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
    blocks = tuple(Paragraph((Span(text),)) for text in texts)
    manuscript = Manuscript(
        title=title, author=author, series=series, rating=rating, links=tuple(links), parts=(Part("", blocks),)
    )
    cut = [Page(0, number, 0, f"anchor {number}", text) for number, text in enumerate(texts)]
    return Edition(manuscript, ["\n\n".join(texts)], cut, words=3 * pages)


async def add(database: Database, made: Edition, *, archive_id: int = 1, now: float = 1.0) -> int:
    """Adds a story to an archive; returns its id."""
    name = made.manuscript.title
    async with database.write() as db:
        original = Original(f"/{archive_id}/{name}", name.encode(), repr((archive_id, made)).encode())
        return await intake.add(db, archive_id, made, original, now)


async def open_archive(database: Database, guild_id: int) -> int:
    """Gives a server an archive of its own; returns the archive's id."""
    async with database.write() as db:
        return await db.insert("INSERT INTO archives (name, guild_id) VALUES ('Other', :guild)", guild=guild_id)
