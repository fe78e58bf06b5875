"""This room proves that ways to a person are found, and stories left alone."""

import pytest

from bot.domain.documents import ContactKind
from bot.formats import addresses


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Write to ann@example.org.", "ann@example.org"),
        ("<ann.b_c+d@mail.example.co.uk>", "ann.b_c+d@mail.example.co.uk"),
        ("mailto:ann@example.org", "ann@example.org"),
        ("mailto;ann@example.org", "ann@example.org"),
        ("mail to: ann@example.org", "ann@example.org"),
        ("ann (at) example (dot) org", "ann@example.org"),
        ("ann[at]example.org", "ann@example.org"),
        ("ann AT example DOT org", "ann@example.org"),
        ("e-mail:ann@example.org", "ann@example.org"),
    ],
)
def test_mail_addresses_are_found_however_they_are_written(text: str, value: str) -> None:
    (found,) = addresses.find(text)
    assert (found.kind, found.value) == (ContactKind.MAIL, value)
    assert text[found.start : found.end].endswith(("org", "uk", "org"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("see http://www.example.org/~ann/x.html, or not", "http://www.example.org/~ann/x.html"),
        ("(www.example.org)", "www.example.org"),
        ("http:\\\\example.org\\ann", "http:\\\\example.org\\ann"),
        ("geocities.com/Area51/1234", "geocities.com/Area51/1234"),
    ],
)
def test_home_pages_are_found(text: str, value: str) -> None:
    (found,) = addresses.find(text)
    assert (found.kind, found.value) == (ContactKind.PAGE, value)
    assert text[found.start : found.end] == value


@pytest.mark.parametrize(
    "text",
    [
        "She was at the door.",
        "noneyet",
        "http://noneyet",
        "http://www.none.com",
        "a@b",
        "@home",
        "look at dot com",
        "3@4",
        "www",
    ],
)
def test_what_leads_nowhere_is_no_address(text: str) -> None:
    assert addresses.find(text) == []


def test_several_stand_in_order() -> None:
    found = addresses.find("http://a.org/x, b@c.org and www.d.org")
    assert [each.value for each in found] == ["http://a.org/x", "b@c.org", "www.d.org"]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        ("mailto:ann@example.org?subject=Lamp", "ann@example.org"),
        ("MAILTO;ann@example.org", "ann@example.org"),
        ("mailto:", None),
        ("x1.html", None),
        ("http://example.org/?a@b", None),
    ],
)
def test_a_link_may_lead_to_a_person(target: str, value: str | None) -> None:
    found = addresses.of_link(target)
    assert (found and found.value) == value


@pytest.mark.parametrize(
    "text", ["a@" * 50_000, "a(at)" * 20_000, "a at " * 20_000, "www." * 20_000, "." * 99_999 + "@"]
)
def test_hostile_lines_take_no_longer_than_others(text: str) -> None:
    assert isinstance(addresses.find(text), list)
