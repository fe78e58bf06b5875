"""This room proves that a rating is read in each of its forms, and never milder than it was meant."""

import pytest

from bot.domain.models import Rating
from bot.formats import ratings

FORMS = {
    Rating.G: ["G", "g", "K", "General", "general audiences", "Everyone", "G, for all"],
    Rating.PG: ["PG", "pg", "K+", "Rated PG."],
    Rating.PG_13: [
        "PG-13",
        "PG 13",
        "PG13",
        "pg-13",
        "PG–13",
        "T",
        "Teen",
        "Teen And Up Audiences",
        "PG-13 for mature themes",
    ],
    Rating.R: ["R", "r", "M", "Mature", "PG-15", "PG-13, R later", "R-rated", "hard R"],
    Rating.NC_17: [
        "NC-17",
        "NC17",
        "nc 17",
        "X",
        "XXX",
        "MA",
        "Explicit",
        "R/NC-17",
        "G to NC-17",
        "18+",
        "Adults only",
    ],
    Rating.UNRATED: ["", "Not Rated", "none", "Mild", "I'm fine with anyone", "M/M", "5/5", "my best", "PGs", "Great"],
}


@pytest.mark.parametrize(("rating", "raw"), [(rating, raw) for rating, forms in FORMS.items() for raw in forms])
def test_each_form_of_a_rating(rating: Rating, raw: str) -> None:
    assert ratings.read(raw) is rating


def test_a_pairing_is_no_rating() -> None:
    assert ratings.read("PG, M/M") is Rating.PG
