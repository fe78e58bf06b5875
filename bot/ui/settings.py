"""This room draws what a reader may choose for themselves."""

from collections.abc import Sequence

import discord

from bot.domain.settings import Notice, PageLength, ReaderSettings
from bot.ui.cards import LAMP, Card
from bot.ui.controls import Control, board, button, menu, option

LENGTHS = {
    PageLength.SHORT: "Short pages, a few paragraphs each",
    PageLength.MEDIUM: "Medium pages, about a screen of a telephone",
    PageLength.LONG: "Long pages, as much as a message holds",
}
NOTICES = {
    Notice.DM: "a direct message each time",
    Notice.DIGEST: "together in one message a day",
    Notice.NONE: "not at all",
}
ORDER = list(Notice)
"""The notices by the numbers that stand in menus; new ones are added at the end."""

PLAIN, SHARED, COUNTED, SPOILED = TOGGLES = "plain", "shared", "counted", "spoiled"
"""What is switched on and off, by the numbers that stand in custom ids; new ones are added at the end."""
NEWS = "new_parts", "new_stories"


def settings(chosen: ReaderSettings) -> Card:
    """Every setting as it is, with what changes it; only its reader ever sees this."""
    embed = discord.Embed(
        title="Your settings", colour=LAMP, description="\n".join(f"- {each}" for each in _told(chosen))
    )
    embed.set_footer(text="Only you see this")
    lengths = [_option(name, length.value, length is chosen.page_length) for length, name in LENGTHS.items()]
    return Card(
        [embed],
        board(
            [menu("How long a page is…", "page-length", options=lengths)],
            [_news("Parts", 0, chosen.new_parts)],
            [_news("Stories", 1, chosen.new_stories)],
            _toggles(chosen),
            [
                button("What you follow", "follows", 0),
                button("What you have seen", "seen", 0, 0),
                button("Main", "main"),
            ],
        ),
    )


_MAIN = button("Main", "main")


def _told(chosen: ReaderSettings) -> Sequence[str]:
    length = LENGTHS[chosen.page_length]
    if chosen.limit is not chosen.page_length:
        length += " (as plain text they are medium: a plain message holds no more)"
    return [
        f"**Length of a page:** {length}.",
        f"**Plain text for screen readers:** {'on' if chosen.plain else 'off'}.",
        f"**Pages you open:** {'shared with everybody there' if chosen.shared else 'private'}, unless /read says else.",
        f"**Authors' figures:** your reading is {'counted, never by name' if chosen.counted else 'not counted'}.",
        f"**Stories that spoil what you have not seen:** {'shown as all others' if chosen.spoiled else 'folded'}.",
        f"**New parts of what you follow:** {NOTICES[chosen.new_parts]}.",
        f"**New stories of whom you follow:** {NOTICES[chosen.new_stories]}.",
    ]


def _news(what: str, number: int, chosen: Notice) -> Control:
    options = [_option(f"{what}: {NOTICES[each]}", index, each is chosen) for index, each in enumerate(ORDER)]
    return menu(f"{what} that are new…", "notices", number, options=options)


def _option(name: str, value: int, chosen: bool) -> Control:
    return {**option(name, value), "default": chosen}


def _toggles(chosen: ReaderSettings) -> Sequence[Control]:
    """Each says what a press will do."""
    return [
        _toggle("Embeds again", "Plain text", PLAIN, chosen.plain),
        _toggle("Private pages", "Shared pages", SHARED, chosen.shared),
        _toggle("Do not count me", "Count me", COUNTED, chosen.counted),
        _toggle("Fold what spoils", "Show what spoils", SPOILED, chosen.spoiled),
    ]


def _toggle(off: str, on: str, name: str, is_on: bool) -> Control:
    return button(off if is_on else on, "setting", TOGGLES.index(name), int(not is_on))
