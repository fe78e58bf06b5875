"""This room keeps which story names which, and what is still to be found out about that."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import LiteralString, NamedTuple

from bot.domain.models import Link, LinkKind
from bot.store.sqlite import Reader, Row, Writer


class OpenLink(NamedTuple):
    """A link that has to be judged, and the story it stands in."""

    id: int
    story_id: int
    link: Link
    ruled: bool = False  # by a moderator
    ruling: int | None = None  # the story they say it means


class Question(NamedTuple):
    """A link as a moderator sees it."""

    id: int
    story_id: int
    title: str
    link: Link
    why: str  # it is open, a clause
    candidates: tuple[int, ...]
    ruled: bool
    target_id: int | None
    target: str | None  # the title of what it leads to


class Found(NamedTuple):
    """A story that a link may mean."""

    id: int
    title: str
    authors: tuple[str, ...]
    series: str | None


class Judged(NamedTuple):
    """What was found out about a link; without a target it stands on the to-do list, for the reason `why`."""

    id: int
    target_id: int | None
    candidates: Sequence[int]
    confidence: float
    why: str


_RULING: LiteralString = (
    " LEFT JOIN link_rulings r ON r.story_id = l.story_id AND r.kind = l.kind AND r.target_key = l.target_key"
)


async def affected(db: Reader, archive_id: int, story_ids: Iterable[int], title_keys: Iterable[str]) -> list[OpenLink]:
    """The links to judge again since stories came, went or changed their titles (`title_keys`: former ones too).

    They stand in these stories, lead to them, name a title of theirs, or are open and may mean one of them: of
    the same author or series, or naming an author themselves.
    """
    rows = await db.all(
        "WITH touched AS MATERIALIZED (SELECT value AS id FROM json_each(:ids)),"
        " keys AS MATERIALIZED (SELECT value AS key FROM json_each(:keys)),"
        " people AS MATERIALIZED (SELECT DISTINCT author_id FROM story_authors WHERE story_id IN touched),"
        " rows AS MATERIALIZED (SELECT DISTINCT series_id FROM stories WHERE id IN touched AND series_id IS NOT NULL)"
        " SELECT l.id, l.story_id, l.kind, l.target, r.story_id IS NOT NULL AS ruled, r.target_id AS ruling"
        f" FROM links l JOIN stories s ON s.id = l.story_id{_RULING} WHERE s.archive_id = :archive AND l.id IN ("
        "  SELECT id FROM links WHERE story_id IN touched"
        "  UNION SELECT id FROM links WHERE target_id IN touched"
        "  UNION SELECT id FROM links WHERE target_key IN keys"
        "  UNION SELECT id FROM links WHERE target_id IS NULL AND instr(target_key, ' by ') > 0"
        "  UNION SELECT o.id FROM links o JOIN stories os ON os.id = o.story_id WHERE o.target_id IS NULL"
        "   AND (os.series_id IN rows OR EXISTS"
        "    (SELECT 1 FROM story_authors sa WHERE sa.story_id = os.id AND sa.author_id IN people)))"
        " ORDER BY l.id",
        archive=archive_id,
        ids=json.dumps(list(story_ids)),
        keys=json.dumps(list(title_keys)),
    )
    return [
        OpenLink(
            row["id"], row["story_id"], Link(LinkKind(row["kind"]), row["target"]), bool(row["ruled"]), row["ruling"]
        )
        for row in rows
    ]


async def titles(db: Reader, story_ids: Iterable[int]) -> list[str]:
    """The keys of their titles."""
    rows = await db.all(
        "SELECT title_key FROM stories WHERE id IN (SELECT value FROM json_each(:ids))", ids=json.dumps(list(story_ids))
    )
    return [row["title_key"] for row in rows]


async def near(
    db: Reader, archive_id: int, story_id: int, title_keys: Sequence[str], author_keys: Sequence[str]
) -> list[Found]:
    """The story itself, all of the same authors, of those named, of the same series, and all of these titles."""
    rows = await db.all(
        "WITH found AS (SELECT id FROM stories WHERE id = :id"
        " UNION SELECT other.story_id FROM story_authors mine JOIN story_authors other"
        "  ON other.author_id = mine.author_id WHERE mine.story_id = :id"
        " UNION SELECT sa.story_id FROM authors a JOIN story_authors sa ON sa.author_id = a.id"
        "  WHERE a.archive_id = :archive AND a.name_key IN (SELECT value FROM json_each(:authors))"
        " UNION SELECT other.id FROM stories mine JOIN stories other ON other.series_id = mine.series_id"
        "  WHERE mine.id = :id"
        " UNION SELECT id FROM stories WHERE archive_id = :archive"
        "  AND title_key IN (SELECT value FROM json_each(:titles)))"
        " SELECT s.id, s.title, a.name AS author, r.name AS series FROM found f JOIN stories s ON s.id = f.id"
        " JOIN story_authors sa ON sa.story_id = s.id JOIN authors a ON a.id = sa.author_id"
        " LEFT JOIN series r ON r.id = s.series_id"
        " WHERE s.archive_id = :archive ORDER BY s.id, sa.position",
        archive=archive_id,
        id=story_id,
        titles=json.dumps(list(title_keys)),
        authors=json.dumps(list(author_keys)),
    )
    people: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        people[row["id"]].append(row["author"])
    by_id = {row["id"]: row for row in rows}
    return [Found(number, row["title"], tuple(people[number]), row["series"]) for number, row in by_id.items()]


async def settle(db: Writer, judged: Sequence[Judged]) -> None:
    await db.many(
        "UPDATE links SET target_id = :target_id, candidates = :candidates, confidence = :confidence, why = :why"
        " WHERE id = :id",
        [{**each._asdict(), "candidates": json.dumps(list(each.candidates))} for each in judged],
    )


_QUESTIONS: LiteralString = (
    "SELECT l.id, l.story_id, s.title, l.kind, l.target AS named, l.why, l.candidates, r.story_id IS NOT NULL AS ruled,"
    " l.target_id, t.title AS target"
    f" FROM links l JOIN stories s ON s.id = l.story_id{_RULING} LEFT JOIN stories t ON t.id = l.target_id"
    " WHERE s.archive_id = :archive"
)


async def to_do(db: Reader, archive_id: int, *, after: int, limit: int) -> list[Question]:
    """What has to be decided, from beyond number `after` on."""
    rows = await db.all(
        f"{_QUESTIONS} AND l.target_id IS NULL AND r.story_id IS NULL AND l.id > :after ORDER BY l.id LIMIT :limit",
        archive=archive_id,
        after=after,
        limit=limit,
    )
    return [_question(row) for row in rows]


async def ruled(db: Reader, archive_id: int, *, after: int, limit: int) -> list[Question]:
    """What moderators have ruled, from beyond number `after` on."""
    rows = await db.all(
        f"{_QUESTIONS} AND r.archive_id = :archive AND l.id > :after ORDER BY l.id LIMIT :limit",
        archive=archive_id,
        after=after,
        limit=limit,
    )
    return [_question(row) for row in rows]


async def get(db: Reader, archive_id: int, link_id: int) -> Question | None:
    """A link of this archive; of another's nobody learns that it is there."""
    row = await db.one(f"{_QUESTIONS} AND l.id = :id", archive=archive_id, id=link_id)
    return None if row is None else _question(row)


def _question(row: Row) -> Question:
    link = Link(LinkKind(row["kind"]), row["named"])
    candidates = tuple(json.loads(row["candidates"]))
    ruled = bool(row["ruled"])
    return Question(
        row["id"], row["story_id"], row["title"], link, row["why"], candidates, ruled, row["target_id"], row["target"]
    )


async def rule(db: Writer, link_id: int, target_id: int | None) -> None:
    """A link means this story from now on, or none that is here, whatever comes in."""
    await db.run(
        "INSERT INTO link_rulings (story_id, kind, target_key, archive_id, target_id)"
        " SELECT l.story_id, l.kind, l.target_key, s.archive_id, :target FROM links l"
        " JOIN stories s ON s.id = l.story_id WHERE l.id = :id",
        id=link_id,
        target=target_id,
    )


async def lift(db: Writer, link_id: int) -> None:
    """The importer judges it again."""
    await db.run(
        "DELETE FROM link_rulings WHERE (story_id, kind, target_key) ="
        " (SELECT story_id, kind, target_key FROM links WHERE id = :id)",
        id=link_id,
    )
