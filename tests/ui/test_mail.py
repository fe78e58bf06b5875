"""Direct messages as they are drawn: whole letters, pieces without loss, no address, nothing that formats or pings."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import Kind
from bot.formats.markdown import escape, units
from bot.store.parcels import Enclosure
from bot.ui import mail
from bot.ui.cards import DESCRIPTION_LIMIT, EMBEDS_LIMIT, size

LETTER = Enclosure(
    item_id=1,
    letter_id=7,
    conversation_id=3,
    direction="to_author",
    kind=Kind.LETTER,
    story_id=4,
    title="The Lamp",
    author="Ruby",
    part=None,
    page=2,
    quote="It was dark.",
    sender_name="Mara",
    email="m@example.org",
    has_email=True,
    comments="Lovely.",
    stored_at=9.0,
    begins=0,
    ends=7,
)
texts = st.text(st.sampled_from("a \n*_`~|<@#🙂é"), min_size=1, max_size=4_000)


def _written(number: int, comments: str) -> Enclosure:
    return LETTER._replace(item_id=number, letter_id=number, comments=comments, ends=len(comments))


@given(texts)
def test_pieces_together_are_the_whole_text(text: str) -> None:
    pieces, at = list[str](), 0
    while at < len(text):
        drawn, ends = mail.piece(text, at, len(text), 400)
        assert at < ends
        assert units(drawn) <= 400
        assert drawn == escape(text[at:ends].lstrip())
        pieces.append(text[at:ends])
        at = ends
    assert "".join(pieces) == text


@given(st.lists(texts, min_size=1, max_size=10))
def test_a_message_keeps_discords_limits_and_takes_at_least_something(written: list[str]) -> None:
    enclosures = [_written(number, text) for number, text in enumerate(written, start=1)]
    drawn = mail.letters(5, enclosures)
    card = mail.card(drawn.payload, {one.letter_id: "x" * 300 + "@example.org" for one in enclosures[:1]})
    assert 1 <= len(card.embeds) <= 10
    assert sum(map(size, card.embeds)) <= EMBEDS_LIMIT
    assert all(units(embed.description or "") <= DESCRIPTION_LIMIT for embed in card.embeds)
    assert drawn.ends[0] > 0
    whole = [one.ends for one in enclosures[: len(drawn.ends)]]
    assert list(drawn.ends[1:]) == whole[1:], "but for the first, letters are whole"


def test_a_letter_says_what_it_is_about_and_where_it_is_from() -> None:
    drawn = mail.letters(5, [LETTER])
    assert drawn.mark == "v1:reply:7:5"
    assert "example.org" not in drawn.payload
    [embed] = mail.card(drawn.payload, {7: "m@example.org"}).embeds
    assert embed.title == "A letter about “The Lamp”"
    assert [(field.name, field.value) for field in embed.fields] == [
        ("From", "Mara"),
        ("Email", "m@example.org"),
        ("Written on", "page 2"),
        ("About the passage", "It was dark."),
    ]


def test_an_anonymous_reader_is_a_number() -> None:
    [embed] = mail.card(mail.letters(5, [LETTER._replace(sender_name="", email="")]).payload, {}).embeds
    assert embed.fields[0].value == "*Anonymous (reader 3)*"
    [embed] = mail.card(mail.letters(5, [LETTER._replace(sender_name="*Anonymous (reader 3)*")]).payload, {}).embeds
    assert embed.fields[0].value != "*Anonymous (reader 3)*", "nobody can call themselves so"


def test_a_digest_has_one_menu_of_its_letters() -> None:
    drawn = mail.letters(5, [_written(number, "Hm.") for number in (7, 8)])
    [[menu]] = json.loads(drawn.payload)["components"]
    assert drawn.mark == menu["custom_id"] == "v1:pick:5"
    assert [option["value"] for option in menu["options"]] == ["7", "8"]


def test_an_answer_names_the_author_and_thanks_thank() -> None:
    answer = LETTER._replace(direction="to_reader", kind=Kind.REPLY, email="", page=None, quote="")
    [embed] = mail.card(mail.letters(5, [answer]).payload, {}).embeds
    assert embed.title == "Ruby answers your letter about “The Lamp”"
    [embed] = mail.card(mail.letters(5, [answer._replace(kind=Kind.THANKS)]).payload, {}).embeds
    assert embed.title == "Ruby thanks you for your letter about “The Lamp”"


def test_a_notice_without_buttons_has_one_that_marks_it() -> None:
    drawn = mail.notice(5, json.dumps({"title": "News", "text": "A story.", "buttons": []}))
    assert drawn.mark == "v1:noted:5"
    assert mail.bears(
        {"components": [{"type": 1, "components": [{"custom_id": "v1:noted:5"}]}]}, drawn.mark
    )  # fmt: skip
    assert not mail.bears({"components": []}, drawn.mark)


LONG_ADDRESS = f"{'m' * 60}@{'x' * 180}.example.org"


def test_an_address_that_is_shown_later_moves_nothing() -> None:
    """Room is kept for it from the start, so what went out is drawn the same again."""
    written = [_written(number, text * 950) for number, text in enumerate(("a ", "b ", "c "), start=1)]
    withheld = [one._replace(email="", has_email=True) for one in written]
    before = mail.letters(5, withheld)
    told = [one._replace(ends=ends) for one, ends in zip(withheld, before.ends, strict=False)]
    after = mail.letters(5, [one._replace(email=LONG_ADDRESS) for one in told])
    assert (after.payload, after.ends) == (before.payload, before.ends)
    shown = mail.card(after.payload, {one.letter_id: LONG_ADDRESS for one in told})
    assert sum(map(size, shown.embeds)) <= EMBEDS_LIMIT


def test_no_piece_of_a_letter_is_blank() -> None:
    """Discord takes no embed whose text is blanks alone."""
    text = "*" * 2_048 + " " * 1_930 + "x"
    drawn = mail.letters(5, [_written(1, text)])
    card = mail.card(drawn.payload, {})
    assert [embed.description for embed in card.embeds] == ["\\*" * 2_048, "x"]
