"""This room tests which story a link means, and when it stays open."""

import pytest

from bot.domain.models import Link, LinkKind
from bot.formats.graph import Named, judge

SOURCE = Named(1, "Changing Hearts", ("Ruby",), "Hearts")
LETTING_GO = Named(2, "Letting Go", ("Ruby",), None)


def _judge(target: str, *candidates: Named) -> int | None:
    return judge(Link(LinkKind.SEQUEL, target), SOURCE, candidates).target


def test_the_same_author_is_believed() -> None:
    verdict = judge(Link(LinkKind.SEQUEL, "letting go"), SOURCE, [LETTING_GO])
    assert (verdict.target, verdict.confidence) == (2, 1.0)


def test_of_two_by_that_name_the_author_s_own_is_meant() -> None:
    assert _judge("Letting Go", Named(3, "Letting Go", ("Mara",), None), LETTING_GO) == 2


def test_the_only_one_of_that_name_is_meant_though_it_is_another_s() -> None:
    verdict = judge(Link(LinkKind.SEQUEL, "The Lamp"), SOURCE, [Named(3, "The Lamp", ("Mara",), None)])
    assert verdict.target == 3
    assert verdict.confidence < 1


def test_two_of_that_name_by_others_stay_open() -> None:
    verdict = judge(
        Link(LinkKind.SEQUEL, "The Lamp"),
        SOURCE,
        [Named(3, "The Lamp", ("Mara",), None), Named(4, "The Lamp", ("Jo",), None)],
    )
    assert verdict.target is None
    assert set(verdict.candidates) == {3, 4}
    assert verdict.why == "2 stories are called that"


def test_two_of_that_name_by_the_same_author_stay_open() -> None:
    assert _judge("Letting Go", LETTING_GO, Named(5, "Letting Go", ("Ruby",), None)) is None


@pytest.mark.parametrize("typed", ["Leting Go", "Letting Go!", "The Letting Go", "Lettin Go"])
def test_a_misspelt_title_of_the_same_author_is_found(typed: str) -> None:
    assert _judge(typed, LETTING_GO, Named(6, "Harbour Lights", ("Ruby",), None)) == 2


def test_a_misspelt_title_of_another_author_is_not() -> None:
    assert _judge("Leting Go", Named(3, "Letting Go", ("Mara",), None)) is None


def test_a_misspelt_title_of_the_same_series_is_found() -> None:
    assert _judge("Leting Go", Named(3, "Letting Go", ("Mara",), "hearts")) == 3


def test_between_two_that_are_as_like_nothing_is_guessed() -> None:
    verdict = judge(
        Link(LinkKind.SEQUEL, "Harbour Light 3"),
        SOURCE,
        [Named(3, "Harbour Light 1", ("Ruby",), None), Named(4, "Harbour Light 2", ("Ruby",), None)],
    )
    assert verdict.target is None
    assert set(verdict.candidates) == {3, 4}


def test_a_story_is_not_its_own_sequel() -> None:
    assert _judge("Changing Hearts", SOURCE) is None


def test_a_missing_story_stays_open() -> None:
    verdict = judge(Link(LinkKind.SEQUEL, "The Well"), SOURCE, [LETTING_GO])
    assert verdict == (None, (), 0.0, "no story of that name is in the archive")


def test_the_author_named_with_the_title_decides() -> None:
    mara = Named(3, "Letting Go", ("Mara",), None)
    assert _judge("Letting Go by Mara", LETTING_GO, mara) == 3


def test_a_title_with_by_in_it_is_a_title_first() -> None:
    stand = Named(3, "Stand by Me", ("Ruby",), None)
    assert _judge("Stand by Me", stand, Named(4, "Stand", ("Me",), None)) == 3
