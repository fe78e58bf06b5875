"""Whatever people write and call themselves, what is drawn of letters is within Discord's limits."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.claims import ClaimState
from bot.domain.delivery import Direction, Kind, State, Waits, Wish
from bot.domain.models import Rating, Standing, Story
from bot.formats.markdown import escape, units
from bot.services.correspondence import Answer, Opened, Receipts
from bot.services.feedback import About, Blank, Form
from bot.services.pen import Inbox, Wished
from bot.services.records import ROWS, Page, Search
from bot.services.reports import Context
from bot.store.authors import Author
from bot.store.blocks import Block
from bot.store.claims import Claim
from bot.store.ledger import Entry
from bot.store.letters import Receipt, Received
from bot.store.outbox import AtDesk
from bot.store.reports import Report
from bot.store.standings import Stood
from bot.store.wishes import Wishes
from bot.ui import blocks, desk, forms, letters, pen, records, reports
from tests.ui.hostile import HOSTILE, OPTIONAL, STARRED, STARS, STORIES
from tests.ui.limits import within_limits

IDS = st.integers(1, 10**18)
TIMES = st.floats(0, 4e9)
COMMENTS = st.one_of(OPTIONAL, st.just("*_~" * 1_333), st.just("🕯️" * 1_300))
RECEIPTS = st.builds(
    Receipt, IDS, IDS, st.sampled_from(Direction), st.sampled_from(Kind), HOSTILE, HOSTILE, OPTIONAL, COMMENTS,
    st.booleans(), st.booleans(), st.sampled_from(State), st.integers(0, 999), st.booleans(), TIMES,
    st.one_of(st.none(), st.sampled_from(Waits)), st.one_of(st.none(), TIMES),
)  # fmt: skip
RECEIVED = st.builds(
    Received, IDS, IDS, st.sampled_from(Direction), st.sampled_from(Kind), st.one_of(st.none(), IDS), HOSTILE, HOSTILE,
    st.integers(1, 99), st.integers(1, 999), OPTIONAL, OPTIONAL, OPTIONAL, COMMENTS, st.sampled_from(State), TIMES,
)  # fmt: skip
AUTHORS = st.builds(Author, IDS, st.just(1), HOSTILE, IDS)
REPORTS = st.builds(
    Report, IDS, st.one_of(st.none(), IDS), IDS, st.one_of(st.none(), IDS), IDS, HOSTILE, HOSTILE, HOSTILE, TIMES
)
STOOD = st.builds(
    Stood, IDS, IDS, HOSTILE, HOSTILE, st.sampled_from(Rating), IDS, st.sampled_from(Standing), HOSTILE, OPTIONAL
)
CLAIMS = st.builds(Claim, IDS, st.just(1), IDS, HOSTILE, IDS, OPTIONAL, st.just(ClaimState.ASKED), TIMES)
ENTRIES = st.builds(
    Entry, IDS, TIMES, HOSTILE, st.one_of(st.none(), IDS), IDS, st.none(), IDS, IDS, OPTIONAL, st.none(), st.none(),
    st.none(), OPTIONAL, st.one_of(st.none(), TIMES), st.just(()),
)  # fmt: skip
BLOCKS = st.builds(Block, IDS, st.one_of(st.none(), IDS), IDS, HOSTILE, OPTIONAL, TIMES, st.one_of(st.none(), TIMES))
FULL = Received(
    10**18, 10**18, Direction.TO_AUTHOR, Kind.LETTER, 10**18, STARS, STARS, 99, 999, STARS, STARS, STARS, "*" * 4_000,
    State.DELIVERED, 4e9,
)  # fmt: skip


@given(RECEIPTS, st.lists(RECEIPTS, max_size=5, unique_by=lambda row: row.letter_id), st.booleans(), IDS)
@settings(deadline=None)
async def test_receipts(receipt: Receipt, rows: list[Receipt], more: bool, before: int) -> None:
    assert within_limits(letters.receipt(receipt))
    assert within_limits(letters.receipts(Receipts(rows, before, more and bool(rows))))


@given(RECEIPTS, st.lists(RECEIVED, max_size=6), st.booleans(), HOSTILE)
@settings(deadline=None)
async def test_a_receipt_that_is_looked_at(receipt: Receipt, thread: list[Received], read: bool, said: str) -> None:
    card = letters.opened(Opened(receipt, thread, read), said)
    assert within_limits(card)
    assert not (read and "'Withdraw'" in str(card.controls and card.controls.rows)), "no button that only refuses"


@given(RECEIVED)
@example(FULL)
@settings(deadline=None)
async def test_a_letter_is_shown_whole_or_with_a_file(letter: Received) -> None:
    card = letters.received(letter)
    assert within_limits(card)
    shown = card.embeds[0].description or ""
    assert (card.attachment is None) == (shown == escape(letter.comments))
    if card.attachment is not None:
        assert card.attachment[1].decode() == letter.comments
    assert within_limits(letters.blocking(letter))


@given(
    AUTHORS,
    st.lists(RECEIVED, max_size=5, unique_by=lambda row: row.letter_id),
    st.lists(AUTHORS, max_size=30, unique_by=lambda author: author.id),
    st.booleans(),
)
@settings(deadline=None)
async def test_the_inbox(author: Author, rows: list[Received], others: list[Author], closed: bool) -> None:
    inbox = Inbox(author, rows, 3, bool(rows), 7, closed, others)
    assert within_limits(letters.inbox(inbox))


@given(AUTHORS, HOSTILE, st.sampled_from(Wish), st.lists(st.tuples(HOSTILE, st.sampled_from(Wish)), max_size=20))
@settings(deadline=None)
async def test_wishes(author: Author, title: str, wish: Wish, exceptions: list[tuple[str, Wish]]) -> None:
    general = Wishes(None, wish, 4e9, 10**18)
    titled = [(name, Wishes(number, each)) for number, (name, each) in enumerate(exceptions, start=1)]
    for nudges in (True, False):
        wished = Wished(author, general._replace(nudge_channel_id=None), None, None, titled, nudges)
        assert within_limits(pen.wishes(wished, in_server=True))
    assert within_limits(pen.wishes(Wished(author, general, None, None, titled, may_nudge=True), in_server=True))
    for exception in (None, Wishes(5, wish)):
        about = Wished(author, general, (5, title), exception, titled, may_nudge=False)
        assert within_limits(pen.wishes(about))


@given(AUTHORS, st.lists(BLOCKS, max_size=30, unique_by=lambda block: block.id), HOSTILE)
@settings(deadline=None)
async def test_blocks_and_the_choice(author: Author, held: list[Block], said: str) -> None:
    assert within_limits(pen.blocks(author, held))
    assert within_limits(blocks.listed(held[:25]))
    assert within_limits(pen.choosing(author, said))


@given(AUTHORS, st.lists(ENTRIES, max_size=ROWS, unique_by=lambda entry: entry.id))
@settings(deadline=None)
async def test_the_record_hides_whom_it_is_about(author: Author, entries: list[Entry]) -> None:
    assert within_limits(pen.record(author, entries))
    assert within_limits(records.page(Page(entries, Search(1 << 60, 1 << 60, 1 << 60, 1 << 60), "*" * 300)))
    hidden = Entry(1, 0.0, "writer looked up", 5, 1, None, 7, 987_654_321, "a threat")
    for card in (pen.record(author, [hidden]), records.page(Page([hidden], Search(), "")), records.entry(hidden)):
        assert "987654321" not in (card.embeds[0].description or "")


def test_the_record_says_who_did_it() -> None:
    told = [
        (Entry(1, 0.0, "published", 5, None, 7, None, None, ""), "by <@5>"),
        (Entry(1, 0.0, "published", None, None, 7, None, None, "", erased_at=9.0), "by somebody"),
        (Entry(1, 0.0, "published", None, None, 7, None, None, "", by_operator=True), "by whoever runs the bot"),
    ]
    for entry, actor in told:
        assert actor in (records.entry(entry).embeds[0].description or "")


@given(
    st.lists(CLAIMS, max_size=5, unique_by=lambda claim: claim.id),
    st.lists(REPORTS, max_size=5, unique_by=lambda report: report.id),
    st.lists(RECEIVED, max_size=8),
    st.one_of(st.none(), STOOD),
)
@settings(deadline=None)
async def test_the_desk(
    claims: list[Claim], reported: list[Report], thread: list[Received], story: Stood | None
) -> None:
    assert within_limits(desk.claims(claims))
    assert within_limits(reports.listed(reported))
    for claim in claims:
        assert within_limits(desk.claim(claim, taken=True))
    for report in reported:
        assert within_limits(reports.view(Context(report, thread, story)))


@given(
    st.lists(st.tuples(IDS, HOSTILE, HOSTILE, OPTIONAL, COMMENTS, OPTIONAL), max_size=5, unique_by=lambda row: row[0])
)
@settings(deadline=None)
async def test_letters_at_the_desk(rows: list[tuple[int, str, str, str, str, str]]) -> None:
    for state in desk.STATES:
        found = [
            AtDesk(number, state, problem, author, title, name, comments, 1.0)
            for number, author, title, name, comments, problem in rows
        ]
        assert within_limits(desk.letters(state, found))
        assert all(within_limits(desk.letter(letter)) for letter in found)


@given(st.dictionaries(st.sampled_from(["name", "email", "comments", STARS]), OPTIONAL), st.one_of(st.none(), IDS))
@settings(deadline=None)
async def test_what_is_given_back(fields: dict[str, str], draft: int | None) -> None:
    card = letters.given_back(fields, draft)
    kept = [text for text in fields.values() if text.strip()]
    assert bool(card.embeds) == bool(kept)
    if kept:
        assert within_limits(card)
        assert card.attachment is not None
        assert all(text in card.attachment[1].decode("utf-8", "surrogatepass") for text in kept)
        assert (card.controls is not None) == (draft is not None)


async def test_each_fate_is_told_in_words_that_are_true() -> None:
    told = {state: fate.format(author="Ruby") for state, fate in letters.FATES.items()}
    assert set(told) == set(State) - {State.WAITING}, "why a letter waits is told by itself"
    told |= {waits: letters.PAUSES[waits].format(author="Ruby", where="here", due=9) for waits in Waits}
    assert "whether it was read, nobody knows" in told[State.DELIVERED]
    assert all("{" not in sentence for sentence in told.values())


@given(STORIES, OPTIONAL, st.booleans(), st.sampled_from(About), st.one_of(st.none(), TIMES))
@example(STARRED[0], STARS, True, About.PASSAGE, 4e9)
@settings(deadline=None)
async def test_the_form(story: Story, text: str, on: bool, about: About, away: float | None) -> None:
    filled = Form(text[:80], text[:254], text[:4_000], about, text[:500])
    part = (3, text) if on else None
    blank = Blank(story, 3, part, may_quote=on, holds_first=on, holds_anonymous=on, away_until=away, filled=filled)
    _drawn_well(forms.letter(blank).to_dict())


@given(RECEIVED, COMMENTS, AUTHORS)
@settings(deadline=None)
async def test_the_smaller_forms(letter: Received, comments: str, author: Author) -> None:
    _drawn_well(forms.answer(Answer(letter, comments[:4_000], 10**18)).to_dict())
    _drawn_well(forms.report(letter).to_dict())
    _drawn_well(forms.reason("Who wrote this letter?", "unmasked", letter.letter_id).to_dict())
    _drawn_well(forms.away(author).to_dict())
    _drawn_well(forms.rename(author).to_dict())


def _drawn_well(form: dict[str, Any]) -> None:
    """docs.discord.com, Component Reference: Modal, Label, Text Input, String Select."""
    assert 1 <= units(form["title"].strip()) <= 45
    assert 1 <= len(form["components"]) <= 5
    for label in form["components"]:
        assert units(label["label"]) <= 45
        assert units(label.get("description") or "") <= 100
        field = label["component"]
        assert units(field.get("placeholder") or "") <= 100
        if "options" in field:
            assert [option["default"] for option in field["options"]].count(True) == 1
            assert all(1 <= units(option["label"]) <= 100 for option in field["options"])
        else:
            assert units(field.get("value") or "") <= field["max_length"]
