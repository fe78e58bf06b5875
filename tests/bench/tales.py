"""This room writes archives of any size to import: seeded, with the words of a language and not of a dictionary."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

SIZE = 15_000
"""Bytes of a story."""
SYLLABLES = ("la", "mo", "ren", "ti", "sa", "wi", "ke", "dor", "nu", "est", "ai", "ver", "ho", "lin", "ca", "ou")


def write(folder: Path, stories: int, form: str, seed: int = 1) -> int:
    """Writes an archive of plain text or of web pages; returns its bytes."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    draw = _FORMS[form]
    folder.mkdir(parents=True)
    total = 0
    for number in range(stories):
        data = draw(number, list(_paragraphs(chance, words))).encode()
        (folder / f"{number:05}.{'txt' if form == 'text' else 'html'}").write_bytes(data)
        total += len(data)
    return total


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Twenty thousand words, of which few are common, as in any language."""
    words = sorted({"".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(40_000)})
    chance.shuffle(words)
    weights = [0.0]
    for rank in range(1, len(words) + 1):
        weights.append(weights[-1] + 1 / rank)
    return words, weights[1:]


def _paragraphs(chance: random.Random, words: tuple[list[str], list[float]]) -> Iterator[str]:
    size = 0
    while size < SIZE:
        drawn = chance.choices(words[0], cum_weights=words[1], k=chance.randint(15, 110))
        text = " ".join(drawn).capitalize() + "."
        size += len(text)
        yield f"“{text}”" if chance.random() < 0.3 else text


def _text(number: int, paragraphs: list[str]) -> str:
    head = (
        f"Tides Series - Story {number} -- by Author {number % 400}\n\n\nRating: PG\n\nDescription: It is {number}.\n"
    )
    return head + "\n\n\n" + "\n\n".join(paragraphs) + "\n\nThe End\n"


def _page(number: int, paragraphs: list[str]) -> str:
    head = (
        f"<html><head><title>Story {number}</title></head><body bgcolor=white><center><h1>Story {number}</h1>"
        f"<h2>by Author {number % 400}</h2></center><p><b>Rating:</b> PG</p><hr>\n"
    )
    body = "\n".join(f"<p>{text.replace('“', '&ldquo;').replace('”', '&rdquo;')}" for text in paragraphs)
    return f'{head}{body}\n<p align=center>The End</p><hr><a href="index.html">Back to the Index</a></body></html>\n'


_FORMS: dict[str, Callable[[int, list[str]], str]] = {"text": _text, "html": _page}
