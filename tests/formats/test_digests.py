"""A digest is cut into its messages, and what readers answer to a list is no story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.documents import DocumentKind, Kind
from bot.formats import digests
from bot.formats.boxes import Member
from bot.formats.containers import members
from tests.formats.sheets import read, story

LONG, SHORT = "-" * 70, "-" * 30
TEXT = "\n\n".join(
    f"Maren looked out over the water {number} times.\nNobody had crossed the bar." for number in range(40)
)


def message(subject: str, body: str, sender: str = "ann@example.com (Ann Reed)") -> str:
    return f"Date: 2 Nov 1996 11:20:31 GMT\nFrom: {sender}\nSubject: {subject}\n\n{body}\n\n"


def digest(*messages: str, ending: str = "") -> bytes:
    top = "Subject: alt.tales digest #112\nFrom: mod@example.com\n\nToday's topics:\n   1. The Weir (Ann)\n\n"
    close = f"{SHORT}\n\nEnd of alt.tales digest #112\n*****************\n"
    return f"{top}{LONG}\n\n{f'{SHORT}{chr(10)}{chr(10)}'.join(messages)}{ending or close}".encode()


def opened(data: bytes) -> list[Member]:
    return [each for each in members("d.txt", data) if isinstance(each, Member)]


def test_each_message_is_a_document() -> None:
    data = digest(message("STORY: The Weir", TEXT), message("Re: who wrote that?", "Hanno, I think."))
    found = opened(data)
    assert [(each.path, each.structure) for each in found] == [
        ("d.txt/0", "contents"), ("d.txt/1", ""), ("d.txt/2", ""), ("d.txt/3", "contents"),
    ]  # fmt: skip
    assert b"".join(each.data for each in found) == data
    assert story(found[1].data.decode()).title == "The Weir"
    assert "-----" not in str(story(found[1].data.decode()).parts)


def test_one_that_breaks_off_has_no_close() -> None:
    found = opened(digest(message("A", TEXT), message("B", TEXT), ending="\n"))
    assert [each.structure for each in found] == ["contents", "", ""]


@pytest.mark.parametrize(
    "data",
    [
        f"The Weir -- by Ann\n\n{TEXT}\n\n{SHORT}\n\nFrom: Pell\nTo: Maren\n\nHome.\n\n{SHORT}\n\nThe End\n".encode(),
        digest(message("A", TEXT)),
        f"{LONG}\n\nNote: mine.\n\n{SHORT}\n\nRating: PG\n\n{TEXT}".encode(),
    ],
)
def test_what_is_no_digest_is_one_document(data: bytes) -> None:
    assert [each.path for each in opened(data)] == ["d.txt"]


@given(st.lists(st.sampled_from([LONG, SHORT, "From: a", "Subject: b", "", "x", "End of it"]), max_size=40))
def test_nothing_is_lost_between_messages(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    found = digests.messages(data)
    assert not found or b"".join(found) == data


MAIL = "From: Tam <tam@example.org>\nMessage-ID: <1@x>\nDate: Tue, 14 Mar 2000 21:04:11 -0500\nSubject: {}\n\n{}\n"
QUOTED = "On Tuesday, Wren wrote:\n\n> Title: The Weir (1/3)\n> Author: Wren\n> Rating: PG\n>\n> It was dark.\n"


@pytest.mark.parametrize(
    "subject", ["Re: [tales] FIC: The Weir 1/3", "[tales] RE: The Weir", "AW: The Weir", "Re[2]: The Weir"]
)
@pytest.mark.parametrize("body", ["Oh, this was lovely!!", f"When is the next part?\n\n{QUOTED}\nTam"])
def test_an_answer_is_no_story(subject: str, body: str) -> None:
    found = read(MAIL.format(subject, body))
    assert (found.kind, found.manuscripts) == (DocumentKind.OTHER, ())
    assert found.warnings == ("It answers another message and was not taken for a story.",)
    assert Kind.TEXT not in {each.kind for each in found.ranges}
    assert [each.value for each in found.contacts if "@" in each.value] == ["tam@example.org"]


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: The Weir 2/3", f"{QUOTED}\n{TEXT}"),
        ("Re: The Weir", "Title: The Weir\nAuthor: Tam\n\nIt was dark, and Pell had gone."),
        ("The Weir", "It was dark, and Pell had gone."),
    ],
)
def test_a_story_may_be_sent_as_an_answer(subject: str, body: str) -> None:
    assert read(MAIL.format(subject, body)).kind is DocumentKind.STORY


def test_a_subject_may_be_all_that_tells_the_part() -> None:
    found = read(MAIL.format("STORY: Ballast, part 4", f"BALLAST\nby L. Marsh\n\n{TEXT}"))
    assert found.part is not None
    assert (found.manuscripts[0].title, found.part.label) == ("BALLAST", "4")


def test_a_part_far_to_the_right_is_its_heading() -> None:
    found = read(f"{' ' * 30}BALLAST\n{' ' * 28}by L. Marsh\n{' ' * 32}Part 4\n\n{TEXT}")
    assert found.part is not None
    assert found.part.label == "4"
