"""`talebearer export` and the way back, as processes."""

import json
from pathlib import Path

from tests.pages import page, tale
from tests.process.running import talebearer


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def test_out_and_back(tmp_path: Path) -> None:
    pages, there = tmp_path / "pages", tmp_path / "there"
    pages.mkdir()
    there.mkdir()
    for name in ("stork", "heron"):
        (pages / f"{name}.txt").write_text(page(name.capitalize(), paragraphs=tale(name)), "utf-8")
    await talebearer(tmp_path, "import", "pages")
    done = await talebearer(tmp_path, "export", "out.zip")
    assert (done.status, done.output) == (0, "Exported 2 stories to out.zip.\n")
    assert _names(tmp_path) == ["archive.db", "out.zip", "pages", "there"]
    mixed = await talebearer(tmp_path, "import", "out.zip", "pages")
    assert (mixed.status, "import it by itself" in mixed.errors) == (2, True)
    tried = await talebearer(there, "import", "../out.zip", "--dry-run")
    assert tried.output == (
        "Run 1: 2 added, 0 unchanged, 0 stay as they are, 0 held, 0 refused.\nDry run, nothing written.\n"
    )
    assert _names(there) == []
    told = json.loads((await talebearer(there, "import", "../out.zip", "--json")).output)
    assert (told["run"], told["added"], told["refused"]) == (1, 2, [])


async def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    nothing = await talebearer(tmp_path, "export", "out.zip")
    assert (nothing.status, "has no stories" in nothing.errors) == (2, True)
    nowhere = await talebearer(tmp_path, "export", "missing/out.zip")
    assert (nowhere.status, "could not be written" in nowhere.errors) == (2, True)
    (tmp_path / "out.zip").touch()
    there = await talebearer(tmp_path, "export", "out.zip")
    assert (there.status, "is there already and stays as it is" in there.errors) == (2, True)
