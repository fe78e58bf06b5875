"""Plots: a picture that can be opened, and the same in words."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.formats.panels import ALT_LIMIT, Panel, told
from bot.formats.plots import LAMP, PANEL, WIDTH, draw

PANELS = [
    Panel("Reads", [("1–9\nMay", 10), ("10–12\nMay", 40)], "Fewer than five readers so far"),
    Panel("Letters", [], "Fewer than five readers so far"),
]


def _opened(panels: list[Panel]) -> Image.Image:
    return Image.open(io.BytesIO(draw(panels))).convert("RGB")


def test_a_picture_has_a_panel_for_each_and_bars_of_their_height() -> None:
    picture = _opened(PANELS)
    assert picture.size == (WIDTH, 2 * PANEL)
    heights = [
        sum(picture.getpixel((x, y)) == LAMP for y in range(PANEL)) for x in (WIDTH // 4, 3 * WIDTH // 4)
    ]  # fmt: skip
    assert 3.5 < heights[1] / heights[0] < 4.5, "four times as many, four times as high"
    assert not any(picture.getpixel((x, y)) == LAMP for x in range(WIDTH) for y in range(PANEL, 2 * PANEL))


def test_words_say_what_the_picture_shows() -> None:
    assert told(PANELS) == "Reads: 1–9 May 10, 10–12 May 40. Letters: Fewer than five readers so far."


BARS = st.lists(st.tuples(st.text(max_size=40), st.integers(1, 10**9)), max_size=12)
ANY = st.lists(st.builds(Panel, st.text(max_size=20), BARS, st.text(max_size=30)), min_size=1, max_size=5)


@settings(max_examples=20, deadline=None)
@given(ANY)
def test_any_labels_can_be_drawn(panels: list[Panel]) -> None:
    assert _opened(panels).size[0] == WIDTH
    assert len(told(panels)) <= ALT_LIMIT
