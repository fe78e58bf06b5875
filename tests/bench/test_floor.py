"""The floor draws what it was given, and nothing that discord.py would keep."""

from typing import Any

import discord
import pytest

from bot.domain.models import Leaf, Rating
from bot.ui import reader
from tests.bench.floor import ready

STARTS = ((1, "Dusk"), (9, "Dawn"))
LEAF = Leaf(7, 1, "The Lamp", "Ruby", 2, 30, 0, 2, "Dusk", 4, 0, "anchor", "Dark.", 5_000, Rating.PG_13, STARTS)


def drawn(leaf: Leaf) -> dict[str, Any]:
    card = reader.page(leaf)
    assert card.controls is not None
    return {
        "embeds": [embed.to_dict() for embed in card.embeds],
        "components": card.controls.to_components(),
    }


@pytest.mark.parametrize("number", [1, 2, 30])
async def test_the_floor_draws_the_very_same_message(number: int) -> None:
    given = drawn(LEAF._replace(number=number))
    made = ready(given)
    assert [embed.to_dict() for embed in made.embeds] == given["embeds"]
    assert made.view.to_components() == given["components"]


async def test_its_view_is_stopped() -> None:
    assert ready(drawn(LEAF)).view.is_finished()


async def test_a_page_without_controls() -> None:
    made = ready({"embeds": [discord.Embed(title="The Lamp").to_dict()], "components": []})
    assert (made.view.children, made.embeds[0].title) == ([], "The Lamp")
