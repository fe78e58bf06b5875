"""This room draws bars as a picture."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from bot.formats.panels import Panel

WIDTH, PANEL = 880, 210
"""Pixels: a panel is as wide as Discord shows a picture, and the panels stand below each other."""
MARGIN, BASE = 24, 44
PAPER, INK, LAMP, RULE = (250, 247, 240), (50, 40, 30), (201, 150, 46), (200, 190, 175)


def draw(panels: Sequence[Panel]) -> bytes:
    """A PNG of the panels, from the top down."""
    image = Image.new("RGB", (WIDTH, PANEL * len(panels)), PAPER)
    pen = ImageDraw.Draw(image)
    for number, panel in enumerate(panels):
        _panel(pen, panel, PANEL * number)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _panel(pen: ImageDraw.ImageDraw, panel: Panel, top: int) -> None:
    pen.text((MARGIN, top + 10), panel.title, INK, ImageFont.load_default(20))
    bottom = top + PANEL - BASE
    pen.line((MARGIN, bottom, WIDTH - MARGIN, bottom), RULE, 2)
    if not panel.bars:
        pen.text((MARGIN, bottom - 40), panel.otherwise, INK, ImageFont.load_default(16))
        return
    step = (WIDTH - 2 * MARGIN) / len(panel.bars)
    highest = max(value for _, value in panel.bars)
    for number, (label, value) in enumerate(panel.bars):
        _bar(pen, label, value, (MARGIN + step * number, step, bottom, (bottom - top - 64) * value / highest))


def _bar(pen: ImageDraw.ImageDraw, label: str, value: int, at: tuple[float, float, float, float]) -> None:
    left, step, bottom, height = at
    width = min(step * 0.7, 90.0)
    middle = left + step / 2
    pen.rectangle((middle - width / 2, bottom - height, middle + width / 2, bottom), LAMP)
    pen.text((middle, bottom - height - 4), f"{value:,}", INK, ImageFont.load_default(15), anchor="mb")
    for line, text in enumerate(label.split("\n")[:2]):
        pen.text((middle, bottom + 6 + 16 * line), text, INK, ImageFont.load_default(13), anchor="mt")
