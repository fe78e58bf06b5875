"""What authors say between the parts of one document is a note, and never a part's text."""

import pytest

from bot.domain.documents import Kind, Moment
from tests.formats.sheets import read, story

TEXT = "\n\n".join(
    f"Maren looked out over the water {number} times. Nobody had crossed the bar." for number in range(5)
)
HEAD = "The Weir -- by Ann\n\nRating: PG\n\n\n"
LETTER = "Note: the key is under the stone.\n\nMaren read it twice."


def told(first: str, second: str = TEXT) -> str:
    return f"{HEAD}Chapter One\n\n{first}\n\n\nChapter Two\n\n{second}\n\nThe End\n"


@pytest.mark.parametrize(
    "note",
    [
        "Author's Note: This one is short.",
        "A/N: This one is short.",
        "Author's Notes:\n\nThis one is short.",
        "[Author's Note: This one\nis short.]",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_labelled_note_at_either_edge_of_a_part(note: str, *, is_above: bool) -> None:
    text = told(f"{note}\n\n{TEXT}" if is_above else f"{TEXT}\n\n{note}")
    found = story(text)
    assert [part.title for part in found.parts] == ["Chapter One", "Chapter Two"]
    assert "is short" not in str(found.parts).replace("\\n", " ")
    (kept,) = found.notes
    assert kept.moment is Moment.AFTER, "on the card it would tell what happens in the part"
    assert kept.text.startswith("Chapter One – ")
    assert "This one is short." in " ".join(kept.text.split())
    assert Kind.NOTES in {each.kind for each in read(text).ranges}


def test_of_several_notes_each_has_its_part() -> None:
    found = story(told(f"A/N: First.\n\n{TEXT}\n\nA/N: Second.", f"A/N: Third.\n\n{TEXT}"))
    assert [note.text for note in found.notes] == [
        "Chapter One – A/N: First.",
        "Chapter One – A/N: Second.",
        "Chapter Two – A/N: Third.",
    ]


@pytest.mark.parametrize("first", [LETTER, f"{TEXT}\n\nNotes: salt, rope, a lamp.", "A/N: All that there is."])
def test_what_may_be_of_the_text_stays_in_it(first: str) -> None:
    found = story(told(first))
    assert not found.notes
    assert first.rpartition("\n")[2] in str(found.parts[0].blocks)


def test_a_note_in_the_middle_of_a_part_stays_where_it_is() -> None:
    found = story(told(f"{TEXT}\n\nAuthor's Note: bear with me.\n\n{TEXT}"))
    assert not found.notes
    assert "bear with me" in str(found.parts[0].blocks)


def test_the_only_part_has_its_notes_in_the_header() -> None:
    found = story(f"{HEAD}Chapter One\n\nAuthor's Note: This one is short.\n\n{TEXT}\n")
    assert [(note.moment, note.text) for note in found.notes] == [(Moment.BEFORE, "This one is short.")]
