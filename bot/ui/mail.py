"""This room draws direct messages: letters, answers and notices, as they are fixed before their first try."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import discord

from bot.domain.delivery import Kind
from bot.formats.markdown import escape, shorten, units
from bot.store.parcels import Draw, Drawn, Enclosure
from bot.ui.cards import DESCRIPTION_LIMIT, EMBEDS_LIMIT, INK, LAMP, TITLE_LIMIT, Card, label, shown, size
from bot.ui.controls import Control, Controls, button, menu, option

EMBED_COUNT = 10
"""Embeds of a message (docs.discord.com, Create Message)."""
EMAIL_LIMIT = 400
QUOTE_LIMIT = 500
NOTICE_LIMIT = 4_000


class Sheet(NamedTuple):
    """The embeds of a letter or of a piece of it, and where in its comments they end."""

    embeds: list[discord.Embed]
    ends: int
    size: int  # of the 6,000 units of a message, with room for the e-mail address where there is one


def letters(parcel_id: int, enclosures: Sequence[Enclosure]) -> Drawn:
    """A message of as many whole letters as fit, from the first; of one that does not fit alone, what does."""
    sheets = list(_fitting(enclosures))
    embeds = [embed for sheet in sheets for embed in sheet.embeds]
    controls = _controls(parcel_id, enclosures[: len(sheets)])
    return _drawn(embeds, controls, [sheet.ends for sheet in sheets], _email_places(enclosures, sheets))


def _fitting(enclosures: Sequence[Enclosure]) -> Iterator[Sheet]:
    room, places = EMBEDS_LIMIT, EMBED_COUNT
    for index, enclosure in enumerate(enclosures):
        sheet = _sheet(enclosure, EMBEDS_LIMIT)
        if index and (sheet.ends < enclosure.ends or sheet.size > room or len(sheet.embeds) > places):
            return
        yield sheet
        room, places = room - sheet.size, places - len(sheet.embeds)


def _email_places(enclosures: Sequence[Enclosure], sheets: Sequence[Sheet]) -> Mapping[int, int]:
    """In which embed each letter's address is put when the message is sent; a later piece shows none."""
    places: dict[int, int] = {}
    index = 0
    for enclosure, sheet in zip(enclosures, sheets, strict=False):
        if not enclosure.begins:
            places[enclosure.letter_id] = index
        index += len(sheet.embeds)
    return places


def _drawn(
    embeds: Sequence[discord.Embed], rows: list[list[Control]], ends: Sequence[int], emails: Mapping[int, int]
) -> Drawn:
    payload = {"embeds": [embed.to_dict() for embed in embeds], "components": rows, "emails": emails}
    return Drawn(json.dumps(payload), rows[0][0]["custom_id"], tuple(ends))


def _sheet(enclosure: Enclosure, room: int) -> Sheet:
    first = _head(enclosure)
    taken = size(first) + (EMAIL_LIMIT + len("Email") if enclosure.has_email and not enclosure.begins else 0)
    embeds, ends = [first], enclosure.begins
    while True:
        text, ends = piece(enclosure.comments, ends, enclosure.ends, min(DESCRIPTION_LIMIT, room - taken))
        embeds[-1].description = text
        taken += units(text)
        if ends >= enclosure.ends or room - taken < 200:
            return Sheet(embeds, ends, taken)
        embeds.append(discord.Embed(colour=INK))


def piece(text: str, begins: int, ends: int, room: int) -> tuple[str, int]:
    """What of `text[begins:ends]` fits into `room` units as Markdown, cut after a space if that leaves most of it;
    and where that ends. Blanks at its beginning are left out: Discord shows none, and takes no text of them alone."""
    begins = ends - len(text[begins:ends].lstrip())
    stop = min(ends, begins + room)
    while units(escape(text[begins:stop])) > room:
        stop -= max(1, (units(escape(text[begins:stop])) - room) // 2)
    if stop < ends:
        blank = max(text.rfind(" ", begins, stop), text.rfind("\n", begins, stop))
        stop = blank + 1 if blank - begins > (stop - begins) // 2 else stop
    return escape(text[begins:stop]), stop


def _head(enclosure: Enclosure) -> discord.Embed:
    """All of a letter but its comments. It quotes what the service let through, and no address stands in it."""
    embed = discord.Embed(title=shown(_title(enclosure), TITLE_LIMIT), colour=INK)
    embed.timestamp = datetime.fromtimestamp(enclosure.stored_at, UTC)
    embed.set_footer(text=f"Letter {enclosure.letter_id} · to {_recipient(enclosure)}")
    if enclosure.begins:
        return embed
    if enclosure.direction == "to_author":
        embed.add_field(name="From", value=shown(enclosure.sender_name, 200) or _anonymous(enclosure))
    if enclosure.part:
        embed.add_field(name="About", value=f"part {enclosure.part}")
    if enclosure.page:
        embed.add_field(name="Written on", value=f"page {enclosure.page}")
    if enclosure.quote:
        embed.add_field(name="About the passage", value=shown(enclosure.quote, QUOTE_LIMIT), inline=False)
    return embed


def _anonymous(enclosure: Enclosure) -> str:
    """In italics, which no name that somebody typed can be in."""
    return f"*Anonymous (reader {enclosure.conversation_id})*"


def _recipient(enclosure: Enclosure) -> str:
    return shorten(enclosure.author, 100) if enclosure.direction == "to_author" else "you"


def _title(enclosure: Enclosure) -> str:
    title = f"“{shorten(enclosure.title, 120)}”"
    continued = " (continued)" if enclosure.begins else ""
    if enclosure.direction == "to_author":
        what = "A letter" if enclosure.kind is Kind.LETTER else "A reader's answer"
        return f"{what} about {title}{continued}"
    act = "thanks you for" if enclosure.kind is Kind.THANKS else "answers"
    return f"{shorten(enclosure.author, 80)} {act} your letter about {title}{continued}"


def _controls(parcel_id: int, enclosures: Sequence[Enclosure]) -> list[list[Control]]:
    if len(enclosures) == 1:
        [one] = enclosures
        rows = [actions(one.letter_id, one.direction, parcel_id)]
        if one.story_id is not None:
            rows.append([button("Open the story", "mail", one.letter_id, one.story_id, parcel_id)])
        return rows
    options = [
        option(label(f"{number}. {one.sender_name or 'Anonymous'}"), one.letter_id, label(one.title))
        for number, one in enumerate(enclosures, start=1)
    ]
    return [[menu("Answer, thank, block or report…", "pick", parcel_id, options=options)]]


def actions(letter_id: int, direction: str, parcel_id: int = 0) -> list[Control]:
    """What can be done about a letter, by whoever got it; the number of the message makes the ids its own."""
    verbs = (
        (("Reply", "reply"), ("Thank", "thank"), ("Block", "block"), ("Report", "report"), ("End", "end"))
        if direction == "to_author"
        else (("Reply", "reply"), ("End the conversation", "end"), ("Report", "report"))
    )
    return [button(name, verb, letter_id, parcel_id) for name, verb in verbs]


def notice(parcel_id: int, content: str) -> Drawn:
    """A notice with its own buttons; one that has none gets one that closes it, which is its mark."""
    told: dict[str, Any] = json.loads(content)
    embed = discord.Embed(title=shown(told["title"], TITLE_LIMIT), colour=LAMP)
    embed.description = shorten(told["text"], NOTICE_LIMIT)
    buttons = [button(label(name), verb, *numbers, parcel_id) for name, verb, *numbers in told["buttons"]]
    return _drawn([embed], [buttons or [button("All right", "noted", parcel_id)]], [0], {})


DRAW = Draw(letters, notice)


def card(payload: str, emails: Mapping[int, str]) -> Card:
    """The message of a payload, with the addresses that may be shown, by letter."""
    drawn: dict[str, Any] = json.loads(payload)
    embeds: list[discord.Embed] = [discord.Embed.from_dict(embed) for embed in drawn["embeds"]]
    for letter_id, address in emails.items():
        place: int | None = drawn["emails"].get(str(letter_id))
        if place is not None:
            embeds[place] = _addressed(embeds[place], address)
    return Card(embeds, Controls(drawn["components"]))


def body(payload: str, emails: Mapping[int, str]) -> dict[str, Any]:
    """The same message as Discord takes it for an edit."""
    drawn = card(payload, emails)
    assert drawn.controls is not None
    return {"embeds": [embed.to_dict() for embed in drawn.embeds], "components": drawn.controls.to_components()}


def _addressed(embed: discord.Embed, address: str) -> discord.Embed:
    """With the address behind the name."""
    return embed.copy().insert_field_at(1, name="Email", value=shown(address, EMAIL_LIMIT))


def nudge(author: str) -> str:
    """What is said in a channel; nothing of the letters, and nobody is pinged."""
    return f"Letters are waiting for {shown(author, 200)}: `/pen inbox` shows them."


def bears(message: Mapping[str, Any], mark: str) -> bool:
    """Whether a message, as Discord's API gives it, is the one of that mark."""
    return any(item.get("custom_id") == mark for row in message["components"] for item in row.get("components", ()))
