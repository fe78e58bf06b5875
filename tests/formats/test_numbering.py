"""This room tests which parts a story is said to lack."""

import math

from bot.domain.documents import PartLabel
from bot.formats.numbering import MOST, doubled, is_ordered, missing
from tests.formats.summaries import label

EPILOGUE = PartLabel((math.inf, ""), "Epilogue")
PROLOGUE = PartLabel((-1, ""), "Prologue")


def test_a_gap_is_missing() -> None:
    assert missing([label(1), label(2), label(4), label(5), label(7)]) == ("3", "6")


def test_one_a_to_five_and_seven_lack_six() -> None:
    labels = [label(1, "a"), label(1, "b"), label(2), label(3), label(4), label(5), label(7)]
    assert missing(labels) == ("6",)


def test_what_the_total_names_is_missing() -> None:
    assert missing([label(1, total=4), label(2, total=4)]) == ("3", "4")


def test_a_letter_between_two_is_missing() -> None:
    assert missing([label(1, "a"), label(1, "c")]) == ("1b",)


def test_prologue_epilogue_and_halves_ask_for_nothing() -> None:
    assert missing([PROLOGUE, label(1), label(1.5), label(2.5, "a"), label(2), EPILOGUE]) == ()


def test_documents_without_a_number_ask_for_nothing() -> None:
    assert missing([None, None]) == ()


def test_a_total_beyond_reason_is_not_counted_out() -> None:
    assert len(missing([label(1, total=4_000_000)])) == MOST - 1


def test_what_is_there_twice_is_doubled() -> None:
    assert doubled([label(1), label(2), label(2, title="again"), None, None, EPILOGUE]) == ("2",)


def test_order_leaves_documents_without_a_number_out() -> None:
    assert is_ordered([PROLOGUE, label(1), None, label(1, "b"), label(2), EPILOGUE])
    assert not is_ordered([label(2), label(1)])
