"""This room proves that pages of structure are never stories, and are read for what only they say."""

import pytest

from bot.domain.documents import DocumentKind, Entry, Kind, Reading
from tests.formats.sheets import TEXT, read


def page(body: str, title: str = "") -> Reading:
    return read(f"<html><head><title>{title}</title></head><body>{body}</body></html>")


def entries(body: str) -> list[tuple[str, str]]:
    return [(each.target, each.title) for each in page(body).entries]


def rows(*links: str) -> str:
    return f"<ul>{''.join(f'<li>{link}' for link in links)}</ul>"


LAMP, WEIR = '<a href="lamp.html">The Lamp</a>', '<a href="weir\\index.HTM">The Weir</a>'


def test_a_list_of_stories() -> None:
    found = page(f"<h1>Fiction Index</h1>{rows(LAMP, WEIR)}<p><a href='/'>Return to Main</a></p>")
    assert (found.kind, found.heading, found.manuscripts) == (DocumentKind.INDEX, "Fiction Index", ())
    assert [(each.target, each.title) for each in found.entries] == [
        ("lamp.html", "The Lamp"),
        ("weir\\index.HTM", "The Weir"),
    ]
    assert found.furniture == ("Return to Main",)


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (" by Ann", {"authors": ("Ann",)}),
        (" by Ann &amp; Bob - A lamp is lost.", {"authors": ("Ann", "Bob"), "description": "A lamp is lost."}),
        (" - A lamp is lost. (PG-13)", {"rating_raw": "PG-13", "description": "A lamp is lost."}),
        (" [NC-17]", {"rating_raw": "NC-17"}),
        (" - Rated R", {"rating_raw": "R"}),
        (" by Ann, PG", {"authors": ("Ann",), "rating_raw": "PG"}),
        (" by S. L. Whitlow. A lamp is lost.", {"authors": ("S. L. Whitlow",), "description": "A lamp is lost."}),
        (" - by the weir", {"description": "by the weir"}),
        (" - Write to ann@example.org", {"description": "Write to"}),
        ("<br>Summary: A lamp is lost.<br>Rating: PG", {"description": "A lamp is lost.", "rating_raw": "PG"}),
    ],
)
def test_what_stands_beside_a_link(beside: str, expected: dict[str, object]) -> None:
    (first, _) = page(f"<h1>Index</h1>{rows(LAMP + beside, WEIR)}").entries
    told = {"authors": (), "rating_raw": "", "description": "", "series": "", "part": ""} | expected
    assert {name: getattr(first, name) for name in told} == told


def test_a_section_s_heading_may_be_all_that_says_a_rating_or_series() -> None:
    ash = rows("<a href=x.txt>Ash</a>")
    body = f"<h3>PG-13</h3>{rows(LAMP)}<h3>Salt Road Series</h3>{rows(WEIR)}<h3>Stories by Ann</h3>{ash}"
    found = page(f"<h1>Index</h1>{body}").entries
    assert [(each.rating_raw, each.series, each.authors) for each in found] == [
        ("PG-13", "", ()),
        ("", "Salt Road", ()),
        ("", "", ("Ann",)),
    ]


def test_a_table_that_names_its_columns() -> None:
    head = "<tr><th>Title</th><th>Author</th><th>Rating</th></tr>"
    told = [(LAMP, "Ann", "PG"), (WEIR, "Bob", "R")]
    cells = "".join(f"<tr><td>{link}</td><td>{author}</td><td>{rating}</td></tr>" for link, author, rating in told)
    body = f"<h1>Index</h1><table>{head}{cells}</table>"
    assert [(each.title, each.authors, each.rating_raw) for each in page(body).entries] == [
        ("The Lamp", ("Ann",), "PG"),
        ("The Weir", ("Bob",), "R"),
    ]


@pytest.mark.parametrize(
    "heading", ["Stories by Ann Smith", "Ann Smith's Fiction", "Fiction by Ann Smith", "Author: Ann Smith"]
)
def test_an_author_s_page(heading: str) -> None:
    found = page(f"<h1>{heading}</h1>{rows(LAMP + ' - A lamp is lost.', WEIR)}")
    assert (found.kind, found.heading) == (DocumentKind.AUTHOR, "Ann Smith")
    assert {each.authors for each in found.entries} == {("Ann Smith",)}


@pytest.mark.parametrize("heading", ["Stories by Title", "Stories by Rating", "Fiction by Date", "The Weir Archive"])
def test_an_index_of_many_authors_is_nobody_s(heading: str) -> None:
    assert page(f"<h1>{heading}</h1>{rows(LAMP, WEIR)}").kind is DocumentKind.INDEX


def test_a_story_s_own_page_looks_like_a_story_with_no_text() -> None:
    parts = ["<a href=p1.html>Part 1</a>", "<a href=p2.html>Part 2: Down</a>", "<a href=e.html>Epilogue</a>"]
    found = page(f"<h1>The Lamp</h1><h2>by Ann</h2><p>Rating: PG</p><p>Summary: A lamp is lost.</p>{rows(*parts)}")
    assert (found.kind, found.heading) == (DocumentKind.INDEX, "The Lamp")
    assert [each.part for each in found.entries] == ["1", "2", "Epilogue"]
    assert {each.authors for each in found.entries} == {("Ann",)}


def test_parts_in_one_row_and_by_the_title() -> None:
    one = "<p><a href=1.html>1</a> | <a href=2.html>2</a> | <a href=3.html>3</a></p>"
    assert [each.part for each in page(f"<h1>The Lamp</h1>{one}").entries] == ["1", "2", "3"]
    titled = rows("<a href=1.html>The Lamp (1/2)</a>", "<a href=2.html>The Lamp (2/2)</a>")
    assert [each.part for each in page(f"<h1>The Lamp</h1>{titled}").entries] == ["1", "2"]


def test_a_series_page_says_so_of_all_its_stories() -> None:
    assert {each.series for each in page(f"<h1>Salt Road Series</h1>{rows(LAMP, WEIR)}").entries} == {"Salt Road"}


def test_ways_about_the_site_are_no_entries() -> None:
    links = (
        "<a href='mailto:ann@example.org'>Ann</a>",
        "<a href='#top'>Top</a>",
        "<a href='../index.html'>The Weir</a>",
    )
    assert entries(f"<h1>Index</h1>{rows(LAMP, *links, WEIR)}") == [
        ("lamp.html", "The Lamp"),
        ("weir\\index.HTM", "The Weir"),
    ]


def test_the_author_s_link_in_a_row_is_no_story() -> None:
    body = f"<h1>Index</h1>{rows(LAMP + ' by <a href=ann.html>Ann</a>', WEIR)}"
    assert entries(body) == [("lamp.html", "The Lamp"), ("weir\\index.HTM", "The Weir")]
    assert page(body).entries[0].authors == ("Ann",)


ABOUT = "<p><a href=a.html>Weir</a> <a href=b.html>Pages</a></p>"
CHAPTERS = "<p><a href='#1'>Chapter 1</a><br><a href='#2'>Chapter 2</a></p>"
STORY = f"<h1>The Lamp</h1><p>by Ann</p><p>{TEXT}</p><p>“Who is there?” she said.</p><p>“Nobody,” he said.</p>"


@pytest.mark.parametrize(
    "body",
    [
        STORY + "<p><a href=p1.html>Back to Part 1</a> | <a href=p3.html>Onwards to Part 3</a></p>",
        STORY + "<p><a href='http://ads.example.org/'>Free lamps!</a> <a href='http://ring.example.org/'>Ring</a></p>",
        f"{ABOUT}{STORY}{ABOUT}",
        STORY * 4 + rows(LAMP, WEIR),
        f"<h1>The Lamp</h1><p>by Ann</p>{CHAPTERS}<h2>Chapter 1</h2><p>{TEXT}</p><h2>Chapter 2</h2><p>{TEXT}</p>",
    ],
)
def test_a_story_with_links_about_it_is_a_story(body: str) -> None:
    found = page(body)
    assert found.kind is DocumentKind.STORY
    assert found.manuscripts[0].title == "The Lamp"


def test_a_row_knows_its_line_and_all_bytes_have_their_kind() -> None:
    found = page(f"<h1>Index</h1>\n{rows(LAMP, WEIR)}\n<p>Some prose about nothing at all.</p>")
    assert [each.line for each in found.entries] == [2, 2]
    assert {each.kind for each in found.ranges} >= {Kind.FIELDS, Kind.MARKUP}
    assert isinstance(found.entries[0], Entry)


def test_a_page_of_links_to_other_sites_is_no_story() -> None:
    body = "<h1>Links</h1>" + rows(
        "<a href='http://a.example.org/'>A lamp</a>", "<a href='http://b.example.org/'>A weir</a>"
    )
    assert page(body).manuscripts == ()


def test_links_to_the_parts_beside_a_title_leave_the_rest_of_the_row_to_it() -> None:
    beside = ' (PG-13) - Ann leaves. Chapters: <a href="w1.html">1</a> <a href="w2.html">2</a> (WIP)'
    first, *parts, last = page(f"<h1>Index</h1>{rows(LAMP + beside, WEIR)}").entries
    assert (first.title, first.rating_raw, first.description) == ("The Lamp", "PG-13", "Ann leaves. (WIP)")
    assert [(each.target, each.part, each.description) for each in parts] == [
        ("w1.html", "1", ""),
        ("w2.html", "2", ""),
    ]
    assert last.title == "The Weir"


def test_a_line_that_leads_about_the_site_is_no_row_s() -> None:
    found = page(f'<h1>Index</h1><p>{LAMP} - A lamp.<p>{WEIR} - A weir.<p>All are mine. <a href="../">Home</a>')
    assert [each.description for each in found.entries] == ["A lamp.", "A weir."]


@pytest.mark.parametrize(
    "told", ["Rating for all: PG-13", "All of these are rated PG-13 unless I say so.", "Everything here is rated PG-13"]
)
@pytest.mark.parametrize("is_above", [True, False])
def test_a_rating_for_all_is_each_story_s_that_has_none(told: str, *, is_above: bool) -> None:
    listed = rows(f"{LAMP} - A lamp.", f"{WEIR} (R) - A weir.")
    found = page(f"<h1>Index</h1>{f'<p>{told}</p>' if is_above else ''}{listed}{'' if is_above else f'<p>{told}</p>'}")
    assert [(each.rating_raw, each.description) for each in found.entries] == [("PG-13", "A lamp."), ("R", "A weir.")]
    assert Kind.UNCLASSIFIED not in {each.kind for each in found.ranges}


@pytest.mark.parametrize("told", ["All are rated badly.", "All of these are mine.", "Rating for all: see inside"])
def test_what_rates_nothing(told: str) -> None:
    found = page(f"<h1>Index</h1><p>{told}</p>{rows(f'{LAMP} - A lamp.', f'{WEIR} - A weir.')}")
    assert {each.rating_raw for each in found.entries} == {""}


LONG = "<p>" + "Maren went down to the weir and counted the boats. " * 10 + "</p>"
FIELDS = "<p>Title: The Weir<br>Author: Ann<br>Rating: PG</p>"
FRAME = rows(*(f'<a href="friend{n}.html">friend {n}</a>' for n in range(8)))


@pytest.mark.parametrize("body", [f"{FRAME}{FIELDS}{LONG}{FRAME}", f"{FIELDS}{LONG}{FRAME}"])
def test_a_short_story_among_many_links_is_known_by_its_fields(body: str) -> None:
    found = page(body)
    assert (found.kind, found.manuscripts[0].title) == (DocumentKind.STORY, "The Weir")
    assert page(body.replace(FIELDS, "")).kind is DocumentKind.INDEX


def test_fields_that_are_links_are_no_rows() -> None:
    site = "https://fic.example"
    told = f'<b>Series:</b> <a href="{site}/4">Low Water</a><br><b>Story URL:</b> <a href="{site}/s">{site}/s</a>'
    found = page(f"<h1>The Lamp</h1><p>by Ann</p><p>Rating: T<br>{told}</p><p>Maren went down to the weir.</p>")
    assert (found.entries, found.manuscripts[0].rating_raw, found.manuscripts[0].series) == ((), "T", "Low Water")


def test_the_page_of_a_story_s_parts_may_have_its_header() -> None:
    head = "<h1>The Lamp</h1><p>by Ann</p><p>Rating: R<br>Summary: A lamp is lost.<br>Warnings: Storms</p>"
    parts = rows("<a href=l1.html>Part 1</a>", "<a href=l2.html>Part 2</a>")
    found = page(head + parts)
    (front,) = found.manuscripts
    assert (found.kind, front.parts) == (DocumentKind.INDEX, ())
    assert (front.rating_raw, front.description, front.cautions) == ("R", "A lamp is lost.", ("Storms",))
    assert page(f"<h1>The Lamp</h1><p>by Ann</p>{parts}").manuscripts == ()


def test_a_heading_stands_over_its_rows() -> None:
    found = page(f"<h1>Stories</h1><h2>Ada Finch</h2>{rows(LAMP)}<h2>PG-13</h2>{rows(WEIR)}").entries
    assert [(each.section, each.rating_raw) for each in found] == [("Ada Finch", ""), ("", "PG-13")]


FRAMES = "<html><head><title>Cove</title></head><frameset cols='20%,80%'><frame src=menu.html><frame src='main.html'>"


def test_a_set_of_frames_is_structure() -> None:
    found = read(
        f"{FRAMES}<noframes><body>No frames? <a href=main.html>Go here</a></body></noframes></frameset></html>"
    )
    assert (found.kind, found.manuscripts) == (DocumentKind.INDEX, ())
    assert [each.target for each in found.entries] == ["menu.html", "main.html"]
    assert sum(each.end - each.start for each in found.ranges if each.kind is Kind.TEXT) == 0


def test_a_story_with_a_frame_beside_it_is_a_story() -> None:
    found = read(
        f"{FRAMES}</frameset><noframes><body><h1>The Lamp</h1>{f'<p>{TEXT}</p>' * 40}</body></noframes></html>"
    )
    assert found.kind is DocumentKind.STORY
