"""This room proves that broken pages come out as their readers saw them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.domain.documents import Line, RawField, Role, Source
from bot.domain.models import Paragraph, SceneBreak, Style
from bot.formats import html, prose
from tests.formats import documents
from tests.formats.documents import emphasis, gaps, letters, roles
from tests.shared import shared


def read(page: str | bytes) -> Source:
    data = page.encode() if isinstance(page, str) else page
    found = html.read(data)
    documents.check(data, found)
    return found


def told(page: str) -> list[str]:
    """Paragraphs as plain text, a scene break as ⁂."""
    blocks = prose.read(read(page).lines)
    return ["⁂" if isinstance(block, SceneBreak) else prose.plain(block) for block in blocks]


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("</script><html><p>One", ["One"]),
        ('<p>One <a href="x.html")>two</a> three', ["One two three"]),
        ('<p>One <a href="x.html>two</a> three', ["One two three"]),
        ("<p>One <font color='red>two</font> three", ["One two three"]),
        ('<p>One <img alt="a > b"> two', ["One two"]),
        ('<p>One <a title="a < b" href=x>two</a>', ["One two"]),
        ("<p>One <b <i>two</i></b>", ["One two"]),
        ("<p>One</p", ["One"]),
        ("<p>I <3 you <--- and <> you", ["I <3 you <--- and <> you"]),
        ("<p>One <!- one dash -> two", ["One two"]),
        ("<p>One <!-- a > b --> two", ["One two"]),
        ("<p>One <!--> two", ["One two"]),
        ("<p>One <!-- never closed <b>two</b>", ["One two"]),
        ("<p>One <!-- never closed> two <!-- closed --> three", ["One two three"]),
        ("<p>One<script>if (a<b) write('<p>no</p>')</script> two", ["One two"]),
        ("<script src=x>\n<p>One\n<p>Two", ["One", "Two"]),
        ("<script src=x>\n<body>\n<p>One\n<script>no</script>\n<p>Two", ["One", "Two"]),
        ("<style>p {}</style><p>One", ["One"]),
        ("<style>\n<p>One", ["One"]),
        ("<p>One<o:p></o:p> <st1:place w:st='on'>two</st1:place>", ["One two"]),
        ("<!--[if gte mso 9]><xml><w>no</w></xml><![endif]--><p>One<![if !x]>&nbsp;<![endif]> two", ["One\xa0 two"]),
        ("<!--[if !IE]><!--><p>One<!--<![endif]-->", ["One"]),
        ("<html><p>One<html><head><title>T</title></head><body><p>Two</body></html>", ["One", "T", "Two"]),
        ("<?xml version='1.0'?><!DOCTYPE html><p>One", ["One"]),
        ("<P ALIGN=JUSTIFY>One\n  two\t three</P>", ["One two three"]),
        ("<p>She <sigh> said <<Come>> to me", ["She <sigh> said <<Come>> to me"]),
        ("<textarea>One</textarea><select><option>Two</select>", ["One", "Two"]),
    ],
)
def test_a_broken_page_is_read_as_it_was_seen(page: str, seen: list[str]) -> None:
    assert letters(read(page)) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("caf&eacute;", "café"),
        ("caf&eacute shut", "café shut"),
        ("caf&eacutes", "cafés"),
        ("&#8212ever", "—ever"),
        ("&#x2014;ever", "—ever"),
        ("&#150; &#147;x&#148;", "– “x”"),
        ("&mdash ever &hellip", "— ever …"),
        ("AT&T; R&R &c. &nosuch; &", "AT&T; R&R &c. &nosuch; &"),
        ("a&#0;b&#7;c&#129;d", "abcd"),
        ("&#xD800; &#99999999; &#65533;", "&#xD800; &#99999999; &#65533;"),
        ("&lt;3 &amp;amp; &quot;x&quot;", '<3 &amp; "x"'),
        ("&acirc;&euro;&trade;s", "’s"),
    ],
)
def test_entities_mean_what_their_writers_meant(written: str, seen: str) -> None:
    assert letters(read(f"<p>x {written}")) == [f"x {seen}"]


def test_an_entity_is_worth_its_letter_in_utf_8() -> None:
    (line,) = [line for line in read("<p>caf&eacute;!</p>").lines if line.text]
    assert [tuple(extent) for extent in line.markup] == [(0, 3), (8, 14), (15, 19)]
    assert documents.worth(read("<p>caf&eacute;!</p>")) == len("café!".encode())


def test_frame_and_story_may_be_of_two_charsets() -> None:
    page = read(b"<title>Caf\xe9</title><p>na\xc3\xafve\n<p>\x93d\xe9j\xe0\x94\nna\xc3\xafve")
    assert letters(page) == ["Café", "naïve", "“déjà” naïve"]
    assert page.repairs == ("2 lines (the first is 1) were not UTF-8 and read as cp1252.",)


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>One</p>\n<p>Two</p>", ["One", "", "Two"]),
        ("<p>One<p>Two", ["One", "", "Two"]),
        ("<p>One</p><p></p><p>Two</p>", ["One", "", "Two"]),
        ("<p>One</p><p>&nbsp;</p><p>Two</p>", ["One", "2", "Two"]),
        ("<p>One</p><p><br></p><p>Two</p>", ["One", "2", "Two"]),
        ("One<br>Two", ["One", "Two"]),
        ("One<br>\n<br>Two", ["One", "", "Two"]),
        ("One<br><br><br>Two", ["One", "2", "Two"]),
        ("One<br>&nbsp;<br>Two", ["One", "", "Two"]),
        ("<p>One<br></p><p>Two", ["One", "", "Two"]),
        ("One<br><br><p>Two", ["One", "", "Two"]),
        ("One<br><br><br><p>Two", ["One", "2", "Two"]),
        ("One<br><br>\n<pre>\nTwo</pre>\nThree", ["One", "", "Two", "", "Three"]),
        ("<p>One<hr>Two", ["One", "", "***", "", "Two"]),
        ("<p>One<p><hr size=1></p>Two", ["One", "", "***", "", "Two"]),
        ("<div>One</div><div>Two</div>", ["One", "", "Two"]),
        ("<div>One</div><div>Two</div><div>&nbsp;</div><div>Three</div>", ["One", "Two", "", "Three"]),
        ("<ul><li>One<li>Two</ul>Three", ["One", "Two", "", "Three"]),
        ("<h1>One</h1>Two", ["One", "", "Two"]),
        ("<pre>\nOne\n  two\n\nThree</pre>Four", ["One", "  two", "", "Three", "", "Four"]),
        ("<pre>One<br>two\nthree", ["One", "two", "three"]),
        ("<blockquote>One</blockquote>Two and three", ["One", "", "Two and three"]),
    ],
)
def test_gaps_are_those_that_a_browser_shows(page: str, seen: list[str]) -> None:
    assert gaps(read(page)) == seen


@pytest.mark.parametrize(
    "between",
    ["<hr>", '<hr width="50%" noshade>', "<center>***</center>", "<p align=center>* * *</p>", "<br><br><br>",
     "<p>&nbsp;</p>", '<img src="blueline.gif">', '<img src=x.gif width=400 height=4>',
     '<img src=x.gif width="80%" height=9>',
     '<p><img alt="divider" src=a.png></p>'],
)  # fmt: skip
def test_a_scene_break_may_be_drawn_in_any_way(between: str) -> None:
    page = f"<p>One.</p><p>Two.</p><p>Three.{between}<p>Four.</p>"
    assert told(page) == ["One.", "Two.", "Three.", "⁂", "Four."]


def test_the_commonest_run_of_line_breaks_is_the_paragraph() -> None:
    assert told("One<br><br>Two<br><br>Three<br><br><br>Four<br>still") == ["One", "Two", "Three", "⁂", "Four\nstill"]
    assert told("One<br><br><br>Two<br><br><br>Three<br><br><br><br>Four") == ["One", "Two", "Three", "⁂", "Four"]


WRAPPED = """The keeper of the lamp had not slept for three nights, and on the
fourth he sat down on the stair, and put out <i>the
lamp</i> at last."""
FLOWED = " ".join(WRAPPED.replace("<i>", "").replace("</i>", "").split())


@pytest.mark.parametrize("page", [f"<pre>{WRAPPED}\n\n{WRAPPED}</pre>", f"{WRAPPED}\n\n{WRAPPED}"])
def test_hard_wrapped_lines_flow_again(page: str) -> None:
    assert told(page) == [FLOWED, FLOWED]
    (first, _) = prose.read(read(page).lines)
    assert isinstance(first, Paragraph)
    assert [span.text for span in first.spans if span.style is Style.ITALIC][:1] in (["the lamp"], ["the"])


def test_a_line_was_wrapped_with_its_tags() -> None:
    wrapped = """Nobody in the weir had seen the lamp since the night <i>of the</i>
storm, or said so in spite of everything they had heard and seen of."""
    flowed = " ".join(wrapped.replace("<i>", "").replace("</i>", "").split())
    assert told(f"<pre>{wrapped}\n\n{wrapped}\n\n{wrapped}</pre>") == [flowed] * 3


def test_tags_in_a_plain_text_leave_its_lines_alone() -> None:
    page = "The Lamp\nby Ann\n\nIt went <i>out</i>.\n\nAnd &quot;stayed&quot; out.\n"
    assert gaps(read(page)) == ["The Lamp", "by Ann", "", "It went out.", "", 'And "stayed" out.']


@pytest.mark.parametrize(
    ("page", "runs"),
    [
        ("<p>It <i>is</i> <B>so</B>", [("is", "italic"), ("so", "bold")]),
        ("<p>It <em>is</em> <strong>so</strong>", [("is", "italic"), ("so", "bold")]),
        ("<p><i>is </i>x<b><i>so</i></b>", [("is", "italic"), ("so", "bold")]),
        ("<p>It <u>is</u> <s>so</s>", []),
        ("<p>It <span style='font-style: italic'>is</span> <span>so</span>", [("is", "italic")]),
        ("<p>It <font style='font-weight:bold'>is <font color=red>so</font></font>", [("is so", "bold")]),
        ("<style>.e {color: red; font-style: italic}</style><p>It <span class=e>is</span>", [("is", "italic")]),
        ("<p style='font-style:italic'>It is<p>so", [("It is", "italic")]),
        ("<p><i>It is<p>so</i> far", [("It is", "italic"), ("so", "italic")]),
        ("<p>It <i>is<p>so far", [("is", "italic")]),
        ("<p>It <i>is<p>so <i>far</i> off", [("is", "italic"), ("far", "italic")]),
        ("<p>It <i>is<br>so</i> far", [("is", "italic"), ("so", "italic")]),
    ],
)
def test_emphasis_is_kept_and_ends_where_it_was_meant_to(page: str, runs: list[tuple[str, str]]) -> None:
    assert emphasis(read(page).lines) == [(text, Style(style)) for text, style in runs]


def test_links_know_where_they_lead() -> None:
    page = read(
        "<p>See <a href=\"one.html\")>One</a>, <a HREF='two&amp;x'>Two</a>, <a name=x>no</a> "
        '<a href=..\\t.HTM><img alt="Three" src=a></a>'
    )
    (line,) = [line for line in page.lines if line.text]
    assert [(line.text[start:end], target) for start, end, target in line.links] == [
        ("One", "one.html"), ("Two", "two&x"), ("Three", "..\\t.HTM"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "role"),
    [
        ("<title>x</title>", Role.TITLE),
        ("<h3 align=center>x</h3>", Role.HEADING),
        ("<a href=y>x</a> | [<a href=z>x</a>]", Role.LINKS),
        ("<p>See <a href=y>x</a>", Role.PLAIN),
        ("<pre>x</pre>", Role.PREFORMATTED),
        ("<form>Name: <input name=n></form>", Role.CONTROL),
        ("<form><input type=submit value=Send></form>", Role.CONTROL),
        ("<blockquote>x</blockquote><p>And much more than that", Role.QUOTE),
        ("<blockquote>All of the page</blockquote>", Role.PLAIN),
        ("<table><tr><td>Rating:<td>PG</table>", Role.CELL),
        ("<table><tr><td>The whole page</table>", Role.PLAIN),
        ("<table><tr><td>Menu<td><p>One<p>Two</table>", Role.PLAIN),
        ("<dl><dt>Rating<dd>PG</dl>", Role.CELL),
    ],
)
def test_a_line_has_the_role_that_its_tags_give_it(page: str, role: Role) -> None:
    assert roles(read(page))[0][0] is role


def test_the_words_beside_a_field_are_the_forms() -> None:
    page = read(
        "<p>Long ago.<form><table><tr><td>Name:<td><input name=n></tr></table>Comments:<br><textarea></textarea></form>"
    )
    assert [text for role, text in roles(page) if role is Role.CONTROL][:1] == ["Name:"]
    assert roles(page)[0] == (Role.PLAIN, "Long ago.")


def test_cells_of_a_row_stand_together() -> None:
    page = "<table><tr><th>Title<td>The Lamp</tr>\n<tr><td>Rating<td>PG</tr></table>"
    assert gaps(read(page)) == ["Title", "The Lamp", "", "Rating", "PG"]


@pytest.mark.parametrize(
    ("page", "centred"),
    [
        ("<center>x</center>", True),
        ("<p align=center>x", True),
        ("<div align='center'><p>x</p></div>", True),
        ("<h2 style='text-align: center'>x</h2>", True),
        ("<center>y</center>x", False),
        ("<p align=center>y<p>x", False),
        ("<p align=left>x", False),
    ],
)
def test_what_is_centred_is_told(page: str, centred: bool) -> None:
    assert next(line for line in read(page).lines if line.text == "x").centred is centred


def test_headings_have_their_level() -> None:
    assert [line.level for line in read("<h1>a</h1><h6>b</h6><p>c").lines if line.text] == [1, 6, 0]


def test_meta_and_base_are_fields() -> None:
    page = read(
        '<head>\n<meta name="Author" content="Ann &amp; Bea">\n<meta http-equiv=x content=y><base href="http://x/"></head><p>x'
    )
    assert page.fields == (RawField("Author", "Ann & Bea", 1), RawField("base", "http://x/", 1))


DOWNLOAD = """<html><body><div id="preface"><p class="message"><b>Posted originally on the
<a href="http://a/">Archive of Our Own</a>.</b></p><div class="meta"><dl class="tags"><dt>Rating:</dt>
<dd><a href="/t">General Audiences</a></dd><dt>Fandom:</dt><dd>Lamps</dd></dl><h1>The Lamp</h1>
<div class="byline">by <a rel="author" href="/u">Ann</a></div><p>Summary</p><blockquote class="userstuff"><p>It goes
out.</p></blockquote></div></div><div id="chapters" class="userstuff"><p>It went out.</p></div>
<div id="afterword"><p class="message">Please comment.</p></div></body></html>"""


def test_the_archives_download_tells_its_fields() -> None:
    page = read(DOWNLOAD)
    assert [(field.label, field.value) for field in page.fields] == [
        ("Rating", "General Audiences"), ("Fandom", "Lamps"), ("Summary", "It goes out."),
    ]  # fmt: skip
    assert all(page.lines[field.line - 1].text == field.value for field in page.fields)
    assert [role for role, text in roles(page) if text in ("It goes out.", "by Ann", "Rating:")] == [Role.CELL] * 3
    assert (Role.PLAIN, "It went out.") in roles(page)
    assert roles(page)[0][0] is roles(page)[-1][0] is Role.LINKS


def test_nothing_is_left_out_in_silence() -> None:
    page = read("<p>One <img src=me.jpg alt='Me'> <sigh><script src=x>\n<p>Two <!-- x")
    assert page.warnings == ("1 picture (“Me”) was left out.", "1 word (“<sigh>”) was in angle brackets kept as text.")
    assert len(page.repairs) == 2


words = st.text(alphabet="abcé ’\n", min_size=1, max_size=12)
inlines = st.recursive(
    words | st.sampled_from(["&eacute;", "&mdash;", "&#8212;", "&amp;", "<br>", "<!-- c -->", '<img src="x">']),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(["i", "b", "em", "span", "font", "a"]), st.lists(inner).map("".join)
    ),
    max_leaves=6,
)
blocks = st.recursive(
    st.lists(inlines, min_size=1).map("".join).map("<p>{}</p>".format),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["div", "center", "blockquote", "ul", "pre"]),
        st.lists(inner, min_size=1).map("\n".join),
    ),
    max_leaves=8,
)


@given(st.lists(blocks, min_size=1).map("\n".join))
def test_a_sound_page_shows_what_a_browsers_parser_shows(body: str) -> None:
    page = f"<html><head><title>T</title></head><body>{body}</body></html>"
    parsed = LexborHTMLParser(page).body
    shown = "".join(parsed.text().split()) if parsed else ""
    assert _ink(read(page).lines) == shown


def _ink(lines: tuple[Line, ...]) -> str:
    return "".join("".join(line.text.split()) for line in lines if line.role is not Role.TITLE)


def test_a_real_book_shows_what_a_browsers_parser_shows() -> None:
    data = shared("stories/holmes/1661-h.htm").read_bytes()
    page = read(data)
    parsed = LexborHTMLParser(data.decode("cp1252")).body
    shown = "".join(parsed.text().split()) if parsed else ""
    seen = _ink(tuple(line for line in page.lines if line.role is not Role.RULE))
    assert seen == re.sub(r"\s", "", shown)
