"""This room draws a card as text alone, in the order in which a screen reader reads it best."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.formats.markdown import escape, shorten, units
from bot.ui.cards import Card
from bot.ui.controls import Controls

TEXT_LIMIT = 4_000
"""Units of all texts of a message together (docs.discord.com, Component Reference: Text Display)."""
LEAST = 40
"""Units below which nothing of a paragraph is worth showing."""
GAP = "\n\n"
TEXT, FILE = (kind.value for kind in (discord.ComponentType.text_display, discord.ComponentType.file))
ESCAPED = re.compile(r"\\.", re.DOTALL)


class Plain(Controls):
    """Texts, then files, then the same buttons and menus: a message of "Components V2", which stays one for ever."""

    def __init__(self, card: Card, texts: Sequence[str]) -> None:
        super().__init__([])
        self._texts = texts
        self._card = card

    def to_components(self) -> list[dict[str, Any]]:
        texts = [{"type": TEXT, "content": text} for text in self._texts]
        files = [{"type": FILE, "file": {"url": f"attachment://{name}"}} for name in self._files()]
        return [*texts, *files, *(self._card.controls.to_components() if self._card.controls else [])]

    def _files(self) -> list[str]:
        """Names as they are uploaded: a file that no component names is not shown."""
        return [self._card.attachment[0]] if self._card.attachment else []

    def has_components_v2(self) -> bool:
        return True


def drawn(card: Card, sentence: str = "") -> Plain:
    """A card as text, under a sentence where there is one.

    What does not fit is taken from the first embeds: the last is the page itself.
    """
    room = TEXT_LIMIT - units(sentence)
    texts: list[str] = []
    for embed in reversed(card.embeds):
        text = fitted(GAP.join(_pieces(embed)), room)
        room -= units(text)
        texts.insert(0, text)
    return Plain(card, [text for text in (sentence, *texts) if text.strip()])


def _pieces(embed: discord.Embed) -> Iterator[str]:
    head = [f"## {' '.join(embed.title.split())}"] if embed.title else []
    if embed.author.name:
        head.append(escape(embed.author.name))
    if head:
        yield "\n".join(head)
    if embed.description:
        yield embed.description
    yield from (_field(field.name or "", field.value or "") for field in embed.fields)
    if embed.timestamp:
        yield discord.utils.format_dt(embed.timestamp)
    if embed.footer.text:
        yield escape(embed.footer.text)


def _field(name: str, value: str) -> str:
    return f"### {name}\n{value}" if "\n" in value else f"**{name}:** {value}"


def fitted(text: str, room: int) -> str:
    """Markdown of at most `room` units: the longest paragraphs are cut, the short ones stay whole."""
    if units(text) <= room:
        return text
    paragraphs = text.split(GAP)
    sizes = [units(paragraph) for paragraph in paragraphs]
    left = room - len(GAP) * (len(sizes) - 1)
    share = bisect_right(range(max(0, room)), left, key=lambda most: sum(min(size, most) for size in sizes)) - 1
    if share < LEAST:
        return _cut(text, room)
    return GAP.join(_cut(paragraph, share) for paragraph in paragraphs)


def _cut(paragraph: str, room: int) -> str:
    """The beginning of a paragraph; what is bold or hidden in it ends with it."""
    if units(paragraph) <= room:
        return paragraph
    text = shorten(paragraph, room - 4)
    bare = ESCAPED.sub("", text)
    return text + "".join(mark for mark in ("**", "||") if bare.count(mark) % 2)
