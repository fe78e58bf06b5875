"""This room says what is forgotten for good, so that it can be forgotten again in an older copy."""

import enum
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

PERSONS_KEPT = 30 * 86_400.0
"""Seconds for which a person's account stays on the list: no copy of the database is kept for longer."""


class Subject(enum.StrEnum):
    """What a forgetting is about."""

    STORY = "story"
    PERSON = "person"


class Forgetting(NamedTuple):
    """One thing that was forgotten; `told` is what finds it in an older copy, and holds no text of it."""

    key: str
    kind: Subject
    archive_id: int | None
    told: dict[str, Any]
    at: float


def story(archive_id: int, story_id: int, title: str, digests: Sequence[str], prints: bytes, at: float) -> Forgetting:
    """A story that its author withdrew: the digests of its editions, and the prints of its paragraphs."""
    told = {"story": story_id, "title": title, "digests": sorted(digests), "prints": prints.hex()}
    return Forgetting(f"story {archive_id}:{story_id}:{at:.6f}", Subject.STORY, archive_id, told, at)


def person(user_id: int, at: float) -> Forgetting:
    """Somebody who asked that nothing about them be kept."""
    return Forgetting(f"person {user_id}:{at:.6f}", Subject.PERSON, None, {"user": user_id}, at)


def to_line(forgetting: Forgetting) -> str:
    """A line of the list that is kept beside the database: plain ASCII, so that nothing in it ends a line."""
    return json.dumps(forgetting._asdict(), separators=(",", ":"))


def from_line(line: str) -> Forgetting:
    """
    Raises:
        ValueError, KeyError, TypeError: it is no such line.
    """
    told: dict[str, Any] = json.loads(line)
    return Forgetting(
        str(told["key"]), Subject(told["kind"]), told["archive_id"], dict(told["told"]), float(told["at"])
    )
