"""Controls: drawn as discord.py would, kept by nobody, read again whatever they say."""

import discord
import pytest

from bot.domain.errors import UnknownControl
from bot.ui.controls import Press, Switchboard, board, button, control_id, menu, option


async def test_controls_are_what_discord_py_would_draw() -> None:
    ours = board(
        [button("Next", "read", 1, 2), button("Last", "read", 1, 9, style=discord.ButtonStyle.primary, disabled=True)],
        [],
        [menu("Jump to…", "jump", 1, options=[option("Page 1", 1, "Dusk"), option("Page 2", 2)])],
    )
    theirs = discord.ui.View(timeout=None)
    theirs.add_item(discord.ui.Button(label="Next", custom_id="v1:read:1:2", row=0))
    theirs.add_item(
        discord.ui.Button(
            label="Last", custom_id="v1:read:1:9", style=discord.ButtonStyle.primary, disabled=True, row=0
        )
    )
    options = [
        discord.SelectOption(label="Page 1", value="1", description="Dusk"),
        discord.SelectOption(label="Page 2", value="2"),
    ]
    theirs.add_item(discord.ui.Select(placeholder="Jump to…", custom_id="v1:jump:1", options=options, row=1))
    assert ours.to_components() == theirs.to_components()
    assert ours.is_finished()


async def test_a_menu_takes_no_more_options_than_discord() -> None:
    drawn = menu("…", "open", options=[option("x", number) for number in range(30)])
    assert len(drawn["options"]) == 25


@pytest.mark.parametrize("text", ["", "x", "1.5", "-1", "٣", "9" * 19])
def test_a_choice_that_is_no_number_is_forged(text: str) -> None:
    with pytest.raises(UnknownControl):
        Press((), (text,), {}).choice()
    with pytest.raises(UnknownControl):
        Press((1,), (), {}).number(1)


def test_two_owners_of_a_verb_are_a_bug() -> None:
    async def handler(_interaction: object, _press: Press) -> None: ...

    switchboard = Switchboard()
    switchboard.connect("read", handler)
    with pytest.raises(AssertionError):
        switchboard.connect("read", handler)


def test_an_id_fits_whatever_its_numbers() -> None:
    assert len(control_id("choose-series", *[2**63 - 1] * 4)) <= 100
