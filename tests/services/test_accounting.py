"""The database holds each document whole, with a map of its bytes that rebuilds it, over the whole corpus."""

import io
import zipfile
from pathlib import Path

from bot.domain.documents import Kind
from bot.store import documents
from bot.store.database import Database
from tests.archives.matrix import specimen
from tests.archives.quirks import QUIRKS
from tests.imports import take
from tests.pages import page

BESIDE = {
    "pictures/lamp.gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00",
    "box/__MACOSX/._a.txt": b"\x00\x05\x16\x07",
    "box/a.txt": page("Dawn").encode(),
}


def corpus() -> dict[str, bytes]:
    """One document or more of every quirk."""
    return {f"{name}/{each.path}": each.data for name, quirk in QUIRKS.items() for each in specimen(quirk, 0)}


async def test_every_document_is_rebuilt_from_the_database(database: Database, tmp_path: Path) -> None:
    pages = corpus()
    made = await take(database, tmp_path / "a", dict(pages))
    assert "refused" not in made.statuses
    rows = await database.reader.all("SELECT id, path, size FROM documents")
    assert {row["path"].removeprefix(f"{tmp_path}/a/") for row in rows} == set(pages)
    for row in rows:
        kept = await documents.kept(database.reader, row["id"])
        assert kept.content == pages[row["path"].removeprefix(f"{tmp_path}/a/")]
        assert row["size"] == len(kept.content)
        assert [each.start for each in kept.ranges] == [0, *(each.end for each in kept.ranges)][:-1]
        assert kept.ranges[-1].end == len(kept.content)
        assert b"".join(kept.content[each.start : each.end] for each in kept.ranges) == kept.content


async def test_every_row_s_kinds_add_up_to_its_bytes(database: Database, tmp_path: Path) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in BESIDE.items():
            archive.writestr(name, content)
    made = await take(database, tmp_path / "a", {**corpus(), "beside.zip": box.getvalue()})
    told = [*made.outcome.documents, *(each for row in made.rows for each in row["documents"])]
    for each in told:
        assert sum(each["accounting"][kind] for kind in Kind) == each["accounting"]["bytes"], each["path"]
    reasons = {each["path"].rpartition("zip/")[2]: each["reason"] for each in told if "reason" in each}
    assert reasons == {
        "pictures/lamp.gif": "it is a picture (GIF), not text",
        "box/__MACOSX/._a.txt": "it is what a system leaves in an archive, and nobody's page",
    }
    assert "refused" not in made.statuses
