"""Stories out of journals and archives that programs made: their frame is furniture, their fields count."""

import pytest

from bot.formats import dates
from tests.formats.sheets import read, story

TEXT = "<br><br>".join(f"Maren looked out over the water {n} times. Nobody had crossed the bar." for n in range(30))
NAV = '<ul><li><a href="/">Recent Entries</a></li><li><a href="/friends">Friends</a></li></ul>'
TAGS = '<ul><li>Tags: <a href="#">fic</a>, <a href="#">harbour</a></li></ul>'
FOOT = f"{TAGS}<p>Current Mood: tired<br>Current Music: rain</p>"
COMMENTS = "<h3>Comments</h3><div><b>tam</b> wrote:<br>I cried!<br>(<a href='#'>Reply</a>)</div><p>When is part 3?</p>"


def entry(title: str, body: str) -> str:
    date = "<div>Mar. 5th, 2006 at 9:15 PM</div>"
    head = f"<html><head><title>quayside: {title}</title></head><body><h1>quayside</h1>{NAV}<h2>{title}</h2>"
    return f"{head}{date}<div>{body}</div>{FOOT}{COMMENTS}</body></html>"


FIELDS = "<b>Title:</b> The Weir<br><b>Author:</b> Ann<br><b>Rating:</b> PG<br><br>"


@pytest.mark.parametrize("title", ["Fic: The Weir (1/2)", "[fic] The Weir (1/2)", "Fanfic: The Weir, part 1"])
def test_the_journal_s_name_is_no_title_and_comments_are_no_text(title: str) -> None:
    found = read(entry(title, f'{FIELDS}{TEXT}<br><br><a href="2.html">Part 2</a>'))
    (told,) = found.manuscripts
    assert (told.title, told.authors, told.rating_raw, told.written) == ("The Weir", ("Ann",), "PG", "2006-03-05")
    assert found.part is not None
    assert found.part.label == "1"
    assert [part.title for part in told.parts] == [""]
    for furniture in ("cried", "part 3", "Recent", "Mood", "Tags", "2006"):
        assert furniture not in str(told.parts)


def test_a_later_part_has_its_heading_alone() -> None:
    found = read(entry("Fic: The Weir (2/2)", f'<a href="1.html">Part 1</a><br><br>{TEXT}<br><br>end'))
    assert (found.manuscripts[0].title, found.part and found.part.label) == ("The Weir", "2")
    assert [part.title for part in found.manuscripts[0].parts] == [""]


def test_a_heading_above_another_is_the_title_where_nothing_says_posted() -> None:
    assert story(f"<html><body><h1>The Weir</h1>{NAV}<h2>The Mill</h2><p>{TEXT}</p></body></html>").title == "The Weir"


@pytest.mark.parametrize(
    "text",
    ["Mar. 5th, 2006 at 9:15 PM", "Sunday, March 5, 2006 9:15pm", "Posted on 2006-03-05", "5 March 2006 @ 21:15"],
)
def test_a_date_with_an_hour_or_a_day_of_the_week(text: str) -> None:
    assert dates.is_date(text)


@pytest.mark.parametrize("text", ["On Sunday the lamp went out at 9:15.", "at 9:15 PM", "She came in 1999."])
def test_what_is_no_date(text: str) -> None:
    assert not dates.is_date(text)


def test_what_a_download_has_in_a_box_below_the_text_is_its_note() -> None:
    label = '<div id="afterword"><div class="meta"><div id="endnotes"><p>End Notes</p>'
    notes = f'{label}<blockquote class="userstuff"><p>Come and say hello.</p></blockquote></div></div></div>'
    chapter = f'<div id="chapters" class="userstuff"><h2>Chapter 1</h2><p>{TEXT}</p></div>'
    summary = '<p>Summary</p><blockquote class="userstuff"><p>A weir.</p></blockquote>'
    preface = (
        f'<div id="preface"><div class="meta"><h1>The Weir</h1><div class="byline">by Ann</div>{summary}</div></div>'
    )
    told = story(f"<html><body>{preface}{chapter}{notes}</body></html>")
    assert (told.description, [note.text for note in told.notes]) == ("A weir.", ["Come and say hello."])
    assert "hello" not in str(told.parts)


REPLY = "(<a href='r'>Reply to this</a>) (<a href='t'>Thread</a>)"


@pytest.mark.parametrize(
    "first", ["(<a href='c'>Post a new comment</a>)", "<a href='c'>2 comments</a> | <a href='l'>Leave a comment</a>"]
)
def test_what_readers_answered_below_a_row_of_links_is_no_text(first: str) -> None:
    told = story(entry("The Weir", TEXT).replace(COMMENTS, f"<p>{first}</p><p>tam</p><p>I cried!</p><p>{REPLY}</p>"))
    assert "cried" not in str(told.parts)
    assert "29 times" in str(told.parts)


def test_one_way_to_answer_ahead_of_a_text_ends_nothing() -> None:
    body = f"<p>(<a href='c'>Post a new comment</a>)</p><p>{TEXT}</p><p>{REPLY}</p>"
    assert "29 times" in str(story(entry("The Weir", body).replace(COMMENTS, "")).parts)
