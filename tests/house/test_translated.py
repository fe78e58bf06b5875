"""Rooms that speak through the catalogue keep doing so: no words are shown there that it does not hear of."""

import ast
from collections.abc import Iterator

import pytest

from tests.shared import CHECKOUT

ROOMS = ["bot/ui/reader.py"]
"""Those that are done; a room is added when all it shows goes through `bot.domain.speech`."""
SHOWN = {"label", "title", "description", "placeholder", "name", "value", "text", "content"}
"""Arguments, by name, of what Discord draws."""
DRAWN = {"button": {0}, "menu": {0}, "option": {0, 2}, "_to": {0}, "label": {0}}
"""Arguments, by place, of what draws here."""
NOWHERE: set[int] = set()


def _words(shown: ast.expr) -> bool:
    """Whether it is text with a letter in it that is written right there, whole or around what is filled in."""
    written = shown.values if isinstance(shown, ast.JoinedStr) else [shown]
    texts = [part.value for part in written if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return any(letter.isalpha() for text in texts for letter in text)


def bare(source: str) -> Iterator[int]:
    """The lines on which words are shown that nobody can translate."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        places = DRAWN.get(call.func.id, NOWHERE) if isinstance(call.func, ast.Name) else NOWHERE
        shown = [argument for place, argument in enumerate(call.args) if place in places]
        shown += [keyword.value for keyword in call.keywords if keyword.arg in SHOWN]
        yield from (argument.lineno for argument in shown if _words(argument))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_shows_no_words_that_the_catalogue_lacks(room: str) -> None:
    assert list(bare((CHECKOUT / room).read_text())) == []


@pytest.mark.parametrize(
    "shown",
    ['button("Next", "read")', 'embed.add_field(name="Note", value=note)', 'embed.set_footer(text=f"by {author}")'],
)
def test_words_that_are_written_where_they_are_shown_are_found(shown: str) -> None:
    assert list(bare(shown)) == [1]


@pytest.mark.parametrize("shown", ['button(_("Next"), "read")', 'embed.set_footer(text=f"{where} · {left}")'])
def test_what_is_translated_or_has_no_words_is_passed(shown: str) -> None:
    assert list(bare(shown)) == []
