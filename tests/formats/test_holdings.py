"""What is kept about somebody, as JSON and as a page: all of it, and nothing that was typed becomes markup."""

import io
import json
import zipfile
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.formats.holdings import as_html, as_json, bundle

ACCOUNT = 800_000_000_000_000_001
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.binary(max_size=9), FLOATS)
ROWS = st.lists(st.fixed_dictionaries({"note": VALUES, "made_at": VALUES}), min_size=1, max_size=3)
HELD = st.dictionaries(st.sampled_from(["places", "bookmarks", "letters"]), ROWS)


class Page(HTMLParser):
    """The tags and the texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(HELD)
def test_both_hold_everything(held: dict[str, list[dict[str, str | int | float | bytes | None]]]) -> None:
    told = json.loads(as_json(ACCOUNT, held, 0.0))
    assert told["account"] == str(ACCOUNT), "not every reader of JSON holds its digits"
    assert {name: len(rows) for name, rows in told["held"].items()} == {name: len(rows) for name, rows in held.items()}
    page = Page(as_html(ACCOUNT, held, {}, 0.0))
    assert page.tags.count("td") == sum(len(row) for rows in held.values() for row in rows)
    assert set(page.tags) <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip


def test_times_can_be_read_and_the_rest_is_as_it_is() -> None:
    page = as_html(
        1, {"marks": [{"made_at": 86_400.0, "at": 1e300, "words": 2.5, "mark": "liked", "none": None}]}, {}, 0
    )
    assert "<td>1970-01-02 00:00 UTC</td><td>1e+300</td><td>2.5</td><td>liked</td><td></td>" in page
    assert "made at" in page


def test_what_a_table_is_for_is_said_and_nothing_is_nothing() -> None:
    assert "<p>your shelf &amp; more</p>" in as_html(1, {"marks": [{"a": 1}]}, {"marks": "your shelf & more"}, 0)
    assert "<p>Nothing.</p>" in as_html(1, {"marks": []}, {}, 0)


def test_both_are_in_one_file() -> None:
    with zipfile.ZipFile(io.BytesIO(bundle(1, {"marks": [{"a": "é"}]}, {}, 86_400.0))) as made:
        assert json.loads(made.read("mydata.json"))["made"] == "1970-01-02"
        assert "é" in made.read("mydata.html").decode()
