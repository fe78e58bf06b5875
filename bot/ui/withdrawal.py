"""This room draws what an author is asked before a story goes for good."""

from collections.abc import Sequence

import discord

from bot.services.withdrawal import Asked
from bot.store.works import Mine
from bot.ui.cards import LAMP, TITLE_LIMIT, Card, label, many, shown
from bot.ui.controls import board, button, menu, option


def several(found: Sequence[Mine]) -> Card:
    embed = discord.Embed(title="Which one?", colour=LAMP)
    embed.description = f"{many(len(found), 'story', 'stories')} of yours are called so."
    options = [option(label(each.title), each.id, label(f"by {each.author}")) for each in found]
    return Card([embed], board([menu("Choose a story…", "take-back-which", options=options)]))


def ask(asked: Asked) -> Card:
    """What goes, in numbers, what stays, and the one button that does it."""
    story = asked.story
    embed = discord.Embed(title=shown(f"Withdraw {story.title}?", TITLE_LIMIT), colour=discord.Colour.red())
    embed.description = f"{_goes(asked)}\n\n{_stays(asked)}\n\n**It cannot be undone**, by you or by anybody else."
    go = button("Withdraw it for good", "take-back", story.id, style=discord.ButtonStyle.danger)
    return Card([embed], board([go]))


def _goes(asked: Asked) -> str:
    weight = asked.weight
    told = [
        (
            f"Its text goes at once: {many(weight.words, 'word')} on {many(weight.pages, 'page')},"
            f" {many(weight.editions, 'edition')} and {many(weight.documents, 'imported document')}."
        ),
    ]
    if weight.places:
        told.append(f"{many(weight.places, 'reader')} who opened it {_are(weight.places)} told so on the next press.")
    if weight.shared:
        told.append(
            f"{many(weight.shared, 'document')} that others' stories came in too is emptied; those stories stay."
        )
    if weight.others:
        told.append(f"{many(weight.others, 'other author')} of it {_are(weight.others)} not asked.")
    told.append("Copies of the database that were made before are kept for 30 days at most.")
    return " ".join(told)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _stays(asked: Asked) -> str:
    return (
        "What stays: its title on a stone that says it was withdrawn; numbers made from its paragraphs, from which"
        f" nobody can read them, so that no import brings it back; {many(asked.weight.letters, 'letter')} to you about"
        " it, without the passages of the story they quote."
    )


def done(said: str) -> Card:
    return Card([discord.Embed(description=shown(said, 1_000), colour=LAMP)])
