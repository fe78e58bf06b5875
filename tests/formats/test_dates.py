"""This room proves that dates are read in the forms of old pages, and doubted where they must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import dates

READ = [
    ("2001-05-30", "2001-05-30"),
    ("2001-05", "2001-05"),
    ("2001", "2001"),
    ("5/30/2001", "2001-05-30"),
    ("30/5/2001", "2001-05-30"),
    ("8/15/99", "1999-08-15"),
    ("8/15/69", "2069-08-15"),
    ("12-25-1998", "1998-12-25"),
    ("13.4.2002", "2002-04-13"),
    ("3.4.2002", "2002-04-03"),
    ("5/5/2001", "2001-05-05"),
    ("1999/12/31", "1999-12-31"),
    ("May 30, 2001", "2001-05-30"),
    ("May 30th 2001", "2001-05-30"),
    ("30 May 2001", "2001-05-30"),
    ("30. Mai 2001", "2001-05-30"),
    ("14-Mar-95", "1995-03-14"),
    ("the 4th of July, 1998", "1998-07-04"),
    ("December 1999", "1999-12"),
    ("Summer 1998", "1998"),
    ("Tue, 14 Mar 1995 22:04:11 GMT", "1995-03-14"),
    ("14 Mar 1995 22:04:11 -0500", "1995-03-14"),
    ("Tue Mar 14 22:04:11 1995", "1995-03-14"),
    ("finished 5/30/2001, posted later", "2001-05-30"),
    ("29 February 2000", "2000-02-29"),
]
BROKEN = ["31/31/2001", "Febtober 9th", "0/0/00", "30 February 2001", "13/13/99", "soon", "5/30"]


@pytest.mark.parametrize(("raw", "iso"), READ)
def test_a_date_that_leaves_no_doubt(raw: str, iso: str) -> None:
    assert dates.read(raw) == (iso, "")


@pytest.mark.parametrize(("raw", "iso"), [("3/4/2001", "2001-03-04"), ("05/06/99", "1999-05-06")])
def test_day_and_month_that_may_change_places_are_told(raw: str, iso: str) -> None:
    found = dates.read(raw)
    assert found.iso == iso
    assert found.doubt == f"The date “{raw}” has two readings; it was taken for {iso}, the month ahead of the day."


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_date_is_kept_in_its_doubt(raw: str) -> None:
    assert dates.read(raw) == ("", f"The date “{raw}” cannot be read and was left open.")


@pytest.mark.parametrize("raw", ["", "-", "unknown", "n/a", "none"])
def test_no_date_is_no_doubt(raw: str) -> None:
    assert dates.read(raw) == ("", "")


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("May 30, 2001", True),
        ("(5/30/01)", True),
        ("2001-05-30.", True),
        ("2001", False),
        ("12/10", False),
        ("On May 30, 2001 it rained.", False),
        ("31/31/2001", False),
    ],
)
def test_a_line_that_is_a_date_and_nothing_else(text: str, alone: bool) -> None:
    assert dates.is_date(text) is alone


@given(st.dates())
def test_every_iso_date_of_our_time_is_read_back(day: "dates.date") -> None:
    found = dates.read(day.isoformat())
    assert found.iso == (day.isoformat() if dates.FIRST_YEAR <= day.year <= dates.LAST_YEAR else "")


@given(st.text())
def test_no_text_is_too_odd_to_be_asked(raw: str) -> None:
    found = dates.read(raw)
    assert not found.iso or found.iso[:4].isdigit()
