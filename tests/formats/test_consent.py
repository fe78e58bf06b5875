"""This room tests what is held back, and what a moderator has to see first."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.domain.models import Rating
from bot.formats.consent import Barred, held, minors
from bot.formats.likeness import prints
from tests.formats.summaries import manuscript


def test_a_barred_author_is_held_back_in_every_spelling() -> None:
    barred = Barred(frozenset({"ruby", "ruby the red"}))
    for author in ("RUBY", "Rúby", "Ruby the Red"):
        story = manuscript("Lamp", author)
        assert "do-not-import list" in (held(story, prints(story.parts), barred) or "")
    story = manuscript("Lamp", "Rubymara")
    assert held(story, prints(story.parts), barred) is None


def _barred(numbers: Sequence[int], common: int) -> Barred:
    return Barred(works=(("Lamp", frozenset([*numbers[:common], *range(10 - common)])),))


def test_sixty_percent_of_the_paragraphs_are_too_near() -> None:
    story = manuscript("Lamp under another name")
    numbers = prints(story.parts)
    assert "60% of its paragraphs are those of “Lamp”" in (held(story, numbers, _barred(numbers, 6)) or "")
    assert held(story, numbers, _barred(numbers, 5)) is None


@pytest.mark.parametrize(
    "told",
    [
        {"cautions": ("Underage",)},
        {"tags": ("angst", "Teenagers")},
        {"description": "Two high school friends meet."},
        {"cautions": ("contains MINORS",)},
    ],
)
def test_a_header_that_speaks_of_minors_is_seen(told: dict[str, Any]) -> None:
    story = manuscript("Lamp", rating=Rating.NC_17, **told)
    assert "its header says" in (minors(story, Rating.PG_13) or "")


def test_below_the_limit_nobody_asks() -> None:
    story = manuscript("Lamp", rating=Rating.PG, description="A child finds a lamp.")
    assert minors(story, Rating.PG_13) is None


@pytest.mark.parametrize("told", ["Minor spoilers.", "Childish pranks in a fourteenth century harbour."])
def test_words_that_only_resemble_are_not_taken(told: str) -> None:
    assert minors(manuscript("Lamp", rating=Rating.NC_17, description=told), Rating.PG_13) is None


def test_an_unrated_story_counts_as_the_strictest() -> None:
    assert minors(manuscript("Lamp", description="A kid finds a lamp."), Rating.PG_13) is not None
