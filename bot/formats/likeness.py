"""This room tells copies and editions of one text from texts that merely share a passage."""

import enum
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from heapq import nsmallest
from typing import NamedTuple

from bot.domain.models import Paragraph, Part

ALIKE = 0.9
"""Share of common paragraphs from which on two texts are one work; below it nothing is merged."""
NOTABLE = 0.3
"""Share from which on the report says that two works have text in common."""
TELLING = 20
"""Letters of a paragraph that says which text it is from: "Yes." stands everywhere."""
SKETCH = 16
"""Prints that stand for a work where works are looked up: two that share nine of ten paragraphs share some of them."""

OTHERS = re.compile(r"[\W_]+")
TYPESET = re.compile("[‘’‚“”„«»–—…·•\\xa0\\xad]")
MARKS = re.compile("[\u0300-\u036f]")  # accents, once NFKD has taken them off their letters
NO_LATIN = re.compile("[^\\x00-\u036f\u1e00-\u1eff\u2000-\u206f]")
KEPT = bytes(range(ord("0"), ord("9") + 1)) + bytes(range(ord("a"), ord("z") + 1))
LOWER = bytes(range(256)).lower()
DROPPED = bytes(code for code in range(256) if LOWER[code] not in KEPT)


class Relation(enum.StrEnum):
    """What a document is to the story it is a second copy of."""

    SAME = "same"
    EDITION = "edition"


class Share(NamedTuple):
    """How much of two texts is common: paragraphs, and their share of the shorter and of the longer text, 0 to 1."""

    common: int
    of_shorter: float
    of_longer: float


def prints(parts: Iterable[Part]) -> "array[int]":
    """A 64-bit number for each paragraph, in order, blanks, case, accents, punctuation and markup set aside.

    Paragraphs too short to tell texts apart are left out, unless there are no others.
    """
    letters = [folded for part in parts for folded in _folded(part)]
    telling = [each for each in letters if len(each) >= TELLING]
    return array("Q", map(_number, telling or letters))


def sketch(numbers: Iterable[int]) -> tuple[int, ...]:
    """The smallest of a work's prints, to find by them the works that may be like it."""
    return tuple(nsmallest(SKETCH, set(numbers)))


def share(one: Iterable[int], other: Iterable[int]) -> Share:
    a, b = set(one), set(other)
    common = len(a & b)
    shorter, longer = sorted((len(a), len(b)))
    return Share(common, common / shorter if shorter else 0.0, common / longer if longer else 0.0)


def relation(one: Sequence[int], other: Sequence[int], *, same_title: bool) -> Relation | None:
    """What one text is to another; None where they are two works.

    Under one title a text that breaks off is an edition of the whole; under two titles both must be whole.
    """
    if not one or not other:
        return None
    if one == other:
        return Relation.SAME
    found = share(one, other)
    alike = found.of_shorter if same_title else found.of_longer
    return Relation.EDITION if alike >= ALIKE else None


def _folded(part: Part) -> Iterator[bytes]:
    for block in part.blocks:
        if isinstance(block, Paragraph) and (letters := _letters("".join(span.text for span in block.spans))):
            yield letters


def _letters(text: str) -> bytes:
    """The fast way for ASCII and the thorough one for the rest come to the same."""
    text = text if text.isascii() else TYPESET.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        if NO_LATIN.search(text):
            return OTHERS.sub("", MARKS.sub("", text).casefold()).encode("utf-8", "surrogatepass")
    return text.encode("ascii", "ignore").translate(LOWER, DROPPED)


def _number(letters: bytes) -> int:
    return int.from_bytes(blake2b(letters, digest_size=8).digest(), "big")
