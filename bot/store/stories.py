"""This room finds stories, pages and series, and lets the gate of `domain.access` decide in SQL too."""

import json
import re
from collections.abc import Sequence
from typing import Any, LiteralString, NamedTuple

import orjson

from bot.domain import names
from bot.domain.access import HOME, Archive, Audience
from bot.domain.models import Gated, Leaf, Link, LinkKind, Rating, Standing, Story
from bot.domain.search import Order
from bot.domain.settings import PageLength
from bot.store.orders import DIGITS, ORDERS, gathered
from bot.store.sqlite import Reader, Row, Value

STORY: LiteralString = (
    "SELECT s.id, s.archive_id, s.author_id, iif(s.authors = '', a.name, s.authors) AS author, s.series_id,"
    " r.name AS series, s.title,"
    " s.rating, s.rating_raw, s.description, s.spoilers, s.note, s.disclaimer, s.status,"
    " s.words, s.parts, s.pages, s.state, s.series_number, s.series_place, s.state_note AS told"
    " FROM stories s JOIN authors a ON a.id = s.author_id LEFT JOIN series r ON r.id = s.series_id"
)
LISTED: LiteralString = " s.archive_id = :archive AND s.state = 'published' AND s.rating <= :lists"
OPEN: LiteralString = " s.archive_id = :archive AND s.state = 'published' AND s.rating <= :opens"


Links = list[tuple[int, LinkKind, str, int | None]]
"""(story, kind, target's title as written, target's id or None) for each link of some headers."""


class Relation(NamedTuple):
    """A story that another one names in its header, or that names it."""

    kind: LinkKind
    story: Story


def gate(audience: Audience) -> dict[str, Value]:
    """The parameters that the gate's SQL asks for."""
    return {"archive": audience.archive.id, "lists": audience.lists, "opens": audience.opens}


async def archive_of(db: Reader, guild_id: int | None) -> Archive:
    """The archive a server reads: its own, else the home archive."""
    row = await db.one(
        "SELECT id, name, rating_limit, directory_safe FROM archives"
        " WHERE guild_id = :guild OR id = :home ORDER BY guild_id IS :guild DESC LIMIT 1",
        guild=guild_id,
        home=HOME,
    )
    return _archive(row)


async def archive(db: Reader, archive_id: int) -> Archive:
    return _archive(
        await db.one("SELECT id, name, rating_limit, directory_safe FROM archives WHERE id = :id", id=archive_id)
    )


def _archive(row: Row | None) -> Archive:
    assert row is not None
    return Archive(row["id"], row["name"], Rating(row["rating_limit"]), bool(row["directory_safe"]))


async def rating_limit(db: Reader, archive_id: int) -> Rating:
    return Rating(await db.value("SELECT rating_limit FROM archives WHERE id = :id", id=archive_id))


async def newest(db: Reader, audience: Audience, limit: int) -> list[Story]:
    """The stories that came last, each rating's through its index."""
    order = ORDERS[Order.NEWEST]
    arms: list[LiteralString] = [
        f"SELECT {order.columns} FROM stories s INDEXED BY {order.through} WHERE s.archive_id = :archive"
        f" AND s.state = 'published' AND s.rating = {DIGITS[rating]} ORDER BY {order.sorted(forward=True)} LIMIT :limit"
        for rating in Rating
        if rating <= audience.lists
    ]
    rows = await db.all(gathered(arms, order, forward=True), archive=audience.archive.id, limit=limit)
    return await some(db, [row["id"] for row in rows])


async def some(db: Reader, story_ids: Sequence[int]) -> list[Story]:
    """Stories by their numbers, in that order, whatever their rating: the caller asks the gate."""
    rows = await db.all(f"{STORY} WHERE s.id IN (SELECT value FROM json_each(:ids))", ids=json.dumps(list(story_ids)))
    found = {row["id"]: _story(row) for row in rows}
    return [found[story_id] for story_id in story_ids if story_id in found]


async def get(db: Reader, story_id: int) -> Story | None:
    """The story whatever its rating: the caller asks the gate."""
    row = await db.one(f"{STORY} WHERE s.id = :id", id=story_id)
    return None if row is None else _story(row)


async def gated(db: Reader, story_id: int) -> Gated | None:
    """As much of it as decides who may write about it, and to whom."""
    row = await db.one(
        "SELECT id, archive_id, author_id, title, rating, state, state_note FROM stories WHERE id = :id", id=story_id
    )
    if row is None:
        return None
    return Gated._make((*row[:4], Rating(row["rating"]), Standing(row["state"]), row["state_note"]))


async def dated(db: Reader, story_id: int) -> tuple[Story, float] | None:
    """The story whatever its rating, and when its text was last changed."""
    row = await db.one(
        f"SELECT x.*, (SELECT updated_at FROM stories WHERE id = x.id) AS updated_at FROM ({STORY} WHERE s.id = :id) x",
        id=story_id,
    )
    if row is None:
        return None
    fields = dict(row)
    updated_at = fields.pop("updated_at")
    return story_of(fields), updated_at


async def meant(db: Reader, archive_id: int, text: str) -> list[Story]:
    """The story of a number, or those of exactly this title, whatever their state: for the archive's owner."""
    rows = await db.all(
        f"{STORY} WHERE s.archive_id = :archive AND (s.id = :id OR s.title_key = :key) ORDER BY s.id = :id DESC, s.id",
        archive=archive_id,
        id=int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None,
        key=names.key(text),
    )
    found = [_story(row) for row in rows]
    return found[:1] if found and str(found[0].id) == text else found


async def every_title(db: Reader, archive_id: int) -> list[str]:
    rows = await db.all("SELECT title FROM stories WHERE archive_id = :archive", archive=archive_id)
    return [row["title"] for row in rows]


async def titled(db: Reader, audience: Audience, title: str) -> list[Story]:
    """The stories of exactly this title, case and punctuation aside."""
    rows = await db.all(
        f"{STORY} WHERE{LISTED} AND s.title_key = :key ORDER BY s.id LIMIT 25",
        key=names.key(title),
        **gate(audience),
    )
    return [_story(row) for row in rows]


async def named(db: Reader, audience: Audience, text: str, limit: int) -> list[Story]:
    """Stories whose title, author and series hold every word of `text`, the last one as a beginning.

    Of very many it is the first few hundred that are put in order.
    """
    rows = await db.all(
        "SELECT id FROM (SELECT s.id, s.title_key, s.sort_key FROM story_names n CROSS JOIN stories s ON s.id = n.rowid"
        f" WHERE story_names MATCH :match AND{LISTED} LIMIT 500)"
        " ORDER BY title_key LIKE :start || '%' DESC, sort_key, id LIMIT :limit",
        match=_match(text),
        start=names.key(text),
        limit=limit,
        **gate(audience),
    )
    return await some(db, [row["id"] for row in rows])


def _match(text: str) -> str:
    """An FTS5 query out of whatever was typed: each word quoted, so that nothing in it is syntax."""
    return " ".join(f'"{word}"*' for word in re.findall(r"\w+", text)[:12])


async def titles(db: Reader, audience: Audience, start: str, limit: int) -> list[str]:
    """Titles to compare a misspelt one with: so many of those that begin alike, and as many of all."""
    rows = await db.all(
        f"SELECT * FROM (SELECT s.title FROM stories s WHERE{LISTED} AND s.sort_key >= :start"
        " AND s.sort_key < :start || :end LIMIT :limit) UNION"
        f" SELECT * FROM (SELECT s.title FROM stories s WHERE{LISTED} LIMIT :limit)",
        start=start,
        end="\U0010ffff",
        limit=limit,
        **gate(audience),
    )
    return [row["title"] for row in rows]


async def leaf(db: Reader, story_id: int, number: int) -> Leaf | None:
    """Page `number` of a story, clipped to the pages it has."""
    row = await db.one(
        "SELECT s.id, s.archive_id, s.title, iif(s.authors = '', a.name, s.authors), p.number, s.pages, p.part,"
        " s.parts, t.title,"
        " p.paragraph, p.within, p.anchor, p.text, s.words, s.rating, s.part_starts, s.state,"
        " s.state_note"
        " FROM stories s JOIN authors a ON a.id = s.author_id"
        " JOIN pages p ON p.story_id = s.id AND p.number = max(1, min(:number, s.pages))"
        " JOIN parts t ON t.story_id = s.id AND t.number = p.part"
        " WHERE s.id = :id",
        id=story_id,
        number=number,
    )
    if row is None:
        return None
    part_starts = tuple((page, title) for page, title in orjson.loads(row["part_starts"]))
    more = Rating(row["rating"]), part_starts, Standing(row["state"]), PageLength.LONG, 0, row["state_note"]
    return Leaf._make((*row[:-4], *more))


async def page_of(db: Reader, story_id: int, part: int, paragraph: int, within: int = 0) -> int:
    """The number of the page that shows a place: `within` characters into a paragraph of a part."""
    number = await db.value(
        "SELECT number FROM pages WHERE story_id = :id AND (part, paragraph, within) <= (:part, :paragraph, :within)"
        " ORDER BY number DESC LIMIT 1",
        id=story_id,
        part=part,
        paragraph=paragraph,
        within=within,
    )
    return number or 1


async def page_starts(db: Reader, story_id: int) -> list[tuple[int, int, int]]:
    """The part, the paragraph and how far into it each stored page begins, in order."""
    rows = await db.all("SELECT part, paragraph, within FROM pages WHERE story_id = :id ORDER BY number", id=story_id)
    return [(row["part"], row["paragraph"], row["within"]) for row in rows]


async def part_texts(db: Reader, story_id: int) -> list[tuple[str, str]]:
    """Title and markup of each part, in order."""
    rows = await db.all("SELECT title, text FROM parts WHERE story_id = :id ORDER BY number", id=story_id)
    return [(row["title"], row["text"]) for row in rows]


async def links_of(db: Reader, story_ids: Sequence[int]) -> Links:
    rows = await db.all(
        "SELECT story_id, kind, target, target_id FROM links"
        " WHERE story_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=json.dumps(list(story_ids)),
    )
    return [(row["story_id"], LinkKind(row["kind"]), row["target"], row["target_id"]) for row in rows]


async def links(db: Reader, story_id: int) -> list[tuple[Link, int | None]]:
    """What the header of a story names, with the story it is, once that is known."""
    return [(Link(kind, target), found) for _, kind, target, found in await links_of(db, [story_id])]


async def named_by(db: Reader, audience: Audience, story_id: int) -> list[Relation]:
    """The stories to list here whose headers name this one: its sequels, prequels, companions."""
    rows = await db.all(
        f"SELECT l.kind, x.* FROM links l JOIN ({STORY} WHERE{LISTED}) x ON x.id = l.story_id"
        " WHERE l.target_id = :id ORDER BY l.id",
        id=story_id,
        **gate(audience),
    )
    return [Relation(LinkKind(row["kind"]), _story(row)) for row in rows]


async def also_by(db: Reader, audience: Audience, story_id: int, limit: int) -> list[Story]:
    """Other stories that open here by whoever wrote this one, the newest first; of very many, among the last 500."""
    rows = await db.all(
        "SELECT DISTINCT s.id FROM (SELECT o.story_id FROM story_authors o WHERE o.author_id IN"
        "  (SELECT author_id FROM story_authors WHERE story_id = :id) ORDER BY o.story_id DESC LIMIT 500) found"
        f" JOIN stories s ON s.id = found.story_id WHERE s.id <> :id AND{OPEN} ORDER BY s.id DESC LIMIT :limit",
        id=story_id,
        limit=limit,
        **gate(audience),
    )
    return await some(db, [row["id"] for row in rows])


def _story(row: Row) -> Story:
    fields = dict(row)
    fields.pop("kind", None)
    return story_of(fields)


def story_of(fields: dict[str, Any]) -> Story:
    """The story in the columns that `STORY` names."""
    fields["rating"] = Rating(fields["rating"])
    fields["state"] = Standing(fields["state"])
    fields["spoilers"] = tuple(json.loads(fields["spoilers"]))
    return Story(**fields)
