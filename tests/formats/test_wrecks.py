"""Of a zip archive that broke off, what is whole goes in and the rest is said."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import wrecks
from bot.formats.boxes import Aside, Member
from bot.formats.containers import members

PAGES = {
    f"x{number}.txt": f"The Lamp (part {number}) -- by Ann\n\nIt went out {number} times.\n" * 9 for number in range(5)
}


class Unseekable(io.BytesIO):
    """What makes zipfile write the sizes of members behind them."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def packed(*, streamed: bool = False, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as box:
        for name, text in PAGES.items():
            box.writestr(name, text)
    return file.getvalue()


def read(data: bytes) -> tuple[dict[str, str], list[str]]:
    found = list(members("a.zip", data))
    told = {
        each.path.removeprefix("a.zip/"): each.data.decode(errors="replace")
        for each in found
        if isinstance(each, Member)
    }
    return told, [each.reason for each in found if isinstance(each, Aside)]


@pytest.mark.parametrize("streamed", [False, True])
def test_whole_members_are_read_and_the_loss_is_told(*, streamed: bool) -> None:
    data = packed(streamed=streamed)
    cut = data[: data.index(b"x3.txt") + 20]
    told, (reason,) = read(cut)
    assert told == {name: text for name, text in PAGES.items() if name < "x3"}
    assert reason.startswith("it is a damaged or truncated zip archive; pack it again. What is left of it, 3 members,")
    assert "“x3.txt” was cut off" in reason


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_lost_table_of_contents_loses_no_member(method: int) -> None:
    data = packed(method=method)
    told, (reason,) = read(data[: data.index(b"PK\x01\x02")])
    assert told == PAGES
    assert "cut off" not in reason


def test_nothing_whole_is_refused_as_before() -> None:
    assert read(packed()[:40]) == ({}, ["it is a damaged or truncated zip archive; pack it again"])


def test_a_whole_archive_is_not_searched() -> None:
    assert read(packed()) == (PAGES, [])


@given(st.data(), st.booleans())
def test_any_cut_and_any_damage_is_survived(data: st.DataObject, streamed: bool) -> None:
    whole = bytearray(packed(streamed=streamed))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        whole[place] ^= data.draw(st.integers(1, 255))
    told, _ = read(bytes(whole[: data.draw(st.integers(0, len(whole)))]) or b"x")
    assert len(told) <= len(PAGES) + 1


def test_a_member_without_an_end_stops_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrecks, "LARGEST", 100)
    assert wrecks.raised(io.BytesIO(packed()[:-30])) is None
