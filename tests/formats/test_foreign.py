"""Headers in other languages than English are read like English ones."""

import pytest

from bot.domain.models import Rating
from bot.formats import foreign, labels
from tests.formats.sheets import story

GERMAN = """Titel: Nebel über dem Hafen
Autorin: Käthe Ströh
Altersfreigabe: P16
Inhalt: Maren kehrt heim.
Warnungen: Sturm
Anmerkung: Danke an alle.
Disclaimer: Mir gehört nichts."""
FRENCH = """Titre : La Brume
Auteur : Océane L.
Classement : PG
Genre : Drame
Résumé : Maren rentre au port.
Note de l’auteur : ma première histoire."""
RUSSIAN = "Название: Туман\nАвтор: Ольга\nРейтинг: PG\nОписание: Марен дома."
TEXT = "\n\n".join(
    "Niemand hatte seit Dienstag die Barre überquert, und so blieb die Glocke stumm." * n for n in (1, 2, 3)
)


@pytest.mark.parametrize(
    ("head", "title", "author", "rating", "description"),
    [
        (GERMAN, "Nebel über dem Hafen", "Käthe Ströh", Rating.R, "Maren kehrt heim."),
        (FRENCH, "La Brume", "Océane L.", Rating.PG, "Maren rentre au port."),
        (RUSSIAN, "Туман", "Ольга", Rating.PG, "Марен дома."),
    ],
)
def test_a_header(head: str, title: str, author: str, rating: Rating, description: str) -> None:
    told = story(f"{head}\n\n\n{TEXT}\n")
    assert (told.title, told.authors, told.rating, told.description) == (title, (author,), rating, description)


@pytest.mark.parametrize("byline", ["von Käthe Ströh", "par Océane L.", "por Ana María Ruiz", "von Käthe & Olga"])
def test_a_byline(byline: str) -> None:
    assert story(f"Nebel\n{byline}\n\n{TEXT}\n").authors == tuple(byline.split(" ", 1)[1].split(" & "))


@pytest.mark.parametrize("line", ["von der Barre her", "par exemple, la mer", "por favor, dijo"])
def test_words_that_are_no_byline(line: str) -> None:
    assert story(f"Nebel\n{line}\n\n{TEXT}\n", "nebel.txt").authors == ("Anonymous",)


@pytest.mark.parametrize("sentence", ["Она сказала: нет.", "Er sagte: nichts.", "Il dit : non."])
def test_sentences_have_no_labels(sentence: str) -> None:
    assert labels.read(sentence) == ()


def test_every_label_is_written_as_it_is_looked_up() -> None:
    for names in foreign.MEANINGS.values():
        assert all(labels.folded(name) == name for name in names.split("|"))
