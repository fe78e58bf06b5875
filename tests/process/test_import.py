"""`talebearer import` and what goes with it, as a process: dry runs, reports, runs taken back, hostile files."""

import asyncio
import io
import json
import os
import re
import sqlite3
import sys
import zipfile
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.store.database import open_database, shipped
from tests.imports import fill
from tests.pages import page, tale
from tests.process.running import Done, environment, talebearer

PAGES = {
    "after.txt": page("After", description="A sequel to Before."),
    "b.txt": page("Before", paragraphs=tale("heron")),
    "c.txt": page("Before", paragraphs=tale("heron")),
    "index.html": '<html><body><h1>Stories</h1><ul><li><a href="b.txt">Before</a></li></ul></body></html>',
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    fill(tmp_path / "archive", PAGES)
    return tmp_path / "archive"


def listing(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


async def test_a_dry_run_says_what_the_import_would_and_writes_nothing(tmp_path: Path, archive: Path) -> None:
    database = "sqlite:///data/new.db"
    dry = await talebearer(tmp_path, "import", archive.name, "--dry-run", "--json", DATABASE_URL=database)
    assert not (tmp_path / "data").exists()
    wet = await talebearer(tmp_path, "import", archive.name, "--json", DATABASE_URL=database)
    assert (dry.status, dry.output) == (0, wet.output)
    told = json.loads(wet.output)
    assert (told["added"], told["unchanged"], told["refused"]) == (2, 0, 0)
    assert [row["title"] for row in told["stories"]] == ["After", "Before"]
    assert told["stories"][0]["links"] == [{"kind": "sequel", "target": "Before", "resolved": True}]
    assert told["stories"][1]["duplicates"] == [{"path": "archive/c.txt", "relation": "same"}]
    [index] = told["documents"]
    assert (index["path"], index["kind"]) == ("archive/index.html", "index")
    for row in [*told["stories"], index]:
        kinds = {name: size for name, size in row["accounting"].items() if name != "bytes"}
        assert sum(kinds.values()) == row["accounting"]["bytes"]
        assert set(kinds) == {"text", "fields", "notes", "furniture", "markup", "blank", "unclassified"}


async def test_a_dry_run_knows_what_is_there_and_keeps_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(page("A"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    file.write_text(page("A", rating="R"), "utf-8")
    before = listing(tmp_path)
    for _ in range(2):
        done = await talebearer(tmp_path, "import", "a.txt", "--dry-run")
        assert "Dry run, nothing written: 0 added, 1 updated" in done.output
    assert listing(tmp_path) == before
    assert "1 updated" in (await talebearer(tmp_path, "import", "a.txt")).output


async def test_a_dry_run_brings_no_schema_up_to_date(tmp_path: Path, archive: Path) -> None:
    async with open_database(tmp_path / "archive.db", shipped()[:1]):
        pass
    before = listing(tmp_path)
    done = await talebearer(tmp_path, "import", archive.name, "--dry-run")
    assert "2 added" in done.output
    assert listing(tmp_path) == before


async def test_a_dry_run_beside_a_database_in_use(tmp_path: Path, archive: Path) -> None:
    async with open_database(tmp_path / "archive.db") as database:
        async with database.write() as db:
            await db.run("UPDATE archives SET name = 'Ours'")
        done = await talebearer(tmp_path, "import", archive.name, "--dry-run")
        assert "2 added" in done.output
        assert await database.reader.value("SELECT count(*) FROM runs") == 0


async def test_few_stories_are_told_field_by_field(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("Red \x1b[31m [bold]x", description="x" * 500), "utf-8")
    done = await talebearer(tmp_path, "import", "a.txt", "--dry-run", COLUMNS="80")
    assert "\x1b" not in done.output + done.errors
    assert max(map(len, done.output.splitlines())) <= 80
    row = next(line for line in done.output.splitlines() if line.startswith("│ title"))
    assert re.search(r"Red .*\[31m \[bold\]x +│ +1 │ +\d+%", row)
    for said in (
        "│ rating ",
        "│ furniture",
        "│ bytes",
        "The End",
        "unclassified" if "unclassified" in done.output else "fields",
    ):
        assert said in done.output


async def test_of_many_stories_the_doubtful_ones_are_told(tmp_path: Path) -> None:
    pages = {f"{n}.txt": page(f"Story {n}", paragraphs=tale(f"heron {n}")) for n in range(14)}
    pages["odd.txt"] = page("Odd (part 2 of 3)", paragraphs=tale("stork"))
    fill(tmp_path / "many", pages)
    done = await talebearer(tmp_path, "import", "many", "--dry-run")
    assert "Odd · many/odd.txt" in done.output
    assert "Story 3 ·" not in done.output
    assert "15 added" in done.output


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


async def test_a_web_page_of_the_originals_beside_the_result(tmp_path: Path) -> None:
    hostile = page(
        '<script>alert("x")</script> \u202etitle', paragraphs=["<img src=x onerror=alert(1)>", *tale("heron")]
    )
    odd = page("Odd (part 2 of 3)", paragraphs=tale("stork"))
    others = {"odd.txt": odd, "copy.txt": odd, "README": "Stories are in /pub/fic, and new ones come on Sundays."}
    fill(tmp_path / "archive", {**PAGES, **others, "hostile.txt": hostile, "empty.txt": ""})
    done = await talebearer(tmp_path, "import", "archive", "--dry-run", "--html", "report.html")
    assert "The report is in report.html." in done.output
    told = (tmp_path / "report.html").read_text("utf-8")
    assert "default-src 'none'; style-src 'sha256-" in told
    seen = Seen()
    seen.feed(told)
    assert seen.tags.isdisjoint({"script", "img", "a", "link", "iframe", "form", "base", "object"})
    assert seen.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert "url(" not in told
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in told
    assert "\\u202etitle" in told
    assert '<span class="fields">After -- by Ruby' in told
    assert '<span class="furniture">The End' in told
    assert "empty.txt was not imported: it is empty." in told
    (odd,) = (line for line in told.splitlines() if "<h2>Odd</h2>" in line)
    (readme,) = (line for line in told.splitlines() if "archive/README" in line and "<summary>" in line)
    assert notices(odd) == ["missing: 1, 3", "1 other copy", "2 warnings"]
    assert notices(readme) == ["1 warning", "54 bytes left over"]
    assert re.search('<td class="value">[0-9]+ words, 1 page, 0 scene breaks<', told)
    assert "It speaks of the archive and was not taken for a story." in told


def notices(summary: str) -> list[str]:
    """What a line of the report shows before it is opened."""
    return re.findall('<span class="notice">([^<]*)</span>', summary)


async def test_a_report_that_cannot_be_written_stops_the_import(tmp_path: Path, archive: Path) -> None:
    done = await talebearer(tmp_path, "import", archive.name, "--html", "nowhere/report.html")
    assert (done.status, done.output) == (2, "")
    assert done.errors == "nowhere/report.html cannot be written; name a file in a folder that is there.\n"
    assert not (tmp_path / "archive.db").exists()


async def test_a_run_is_taken_back(tmp_path: Path, archive: Path) -> None:
    done = await talebearer(tmp_path, "import", archive.name)
    assert done.output.endswith("Run 1; `talebearer import --undo 1` takes it back.\n")
    before = listing(tmp_path)
    dry = await talebearer(tmp_path, "import", "--undo", "1", "--dry-run")
    assert dry.output.splitlines()[-2:] == ["Run 1: 2 removed, 0 shown as before, 0 stay.", "Dry run, nothing written."]
    assert listing(tmp_path) == before
    undone = await talebearer(tmp_path, "import", "--undo", "1")
    assert undone.output.splitlines() == dry.output.splitlines()[:-1]
    assert "Removed: Before." in undone.output
    again = await talebearer(tmp_path, "import", "--undo", "1")
    assert (again.status, again.errors) == (2, "Run 1 was taken back already; there is none to take back.\n")


async def test_editions_are_listed_and_shown(tmp_path: Path) -> None:
    shorter = page("Before", paragraphs=tale("heron")[:19])
    fill(tmp_path / "archive", {"new.txt": page("Before", paragraphs=tale("heron")), "old.txt": shorter})
    await talebearer(tmp_path, "import", "archive")
    listed = await talebearer(tmp_path, "edition", "before")
    assert [line.split()[:2] for line in listed.output.splitlines()[1:]] == [
        ["1", "archive/new.txt"],
        ["2", "archive/old.txt"],
    ]
    shown = await talebearer(tmp_path, "edition", "Before", "2")
    assert shown.output == "Before is shown as in archive/old.txt now.\n"
    refused = await talebearer(tmp_path, "edition", "Before", "3")
    assert (refused.status, refused.errors) == (2, "“Before” has editions 1 to 2; name one of them.\n")


async def test_the_do_not_import_list(tmp_path: Path, archive: Path) -> None:
    await talebearer(tmp_path, "import", archive.name)
    barred = await talebearer(tmp_path, "bar", "story", "Before")
    assert barred.output == "Entry 1 of the do-not-import list: Before. Readers no longer see it.\n"
    author = await talebearer(tmp_path, "bar", "author", "Opal", "Opale")
    assert author.output == "Entry 2 of the do-not-import list: Opal = Opale.\n"
    listed = (await talebearer(tmp_path, "bar", "list")).output.splitlines()
    assert listed == ["1  work  Before, 20 paragraphs", "2  author  Opal = Opale"]
    await talebearer(tmp_path, "import", "--undo", "1")
    done = await talebearer(tmp_path, "import", archive.name)
    assert "1 added, 0 updated, 0 unchanged, 2 held, 0 refused." in done.output
    assert "100% of its paragraphs are those of “Before”, which is on the do-not-import list." in done.errors
    assert (await talebearer(tmp_path, "bar", "remove", "1")).status == 0
    assert "Before" not in (await talebearer(tmp_path, "bar", "list")).output
    author = await talebearer(tmp_path, "bar", "author", "Ruby")
    assert author.output.splitlines()[1:] == [
        "Readers no longer see 1 story by them; `talebearer publish` shows one again, for a reason."
    ]


async def test_withheld_and_published(tmp_path: Path, archive: Path) -> None:
    done = await talebearer(tmp_path, "import", archive.name, "--withhold")
    assert done.output.count("withheld") == 2
    published = await talebearer(tmp_path, "publish", "After", "--reason", "It was reviewed.")
    assert published.output == "After is published now.\n"
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        states = connection.execute("SELECT title, state, state_reason FROM stories ORDER BY title").fetchall()
    assert states == [
        ("After", "published", "It was reviewed."),
        ("Before", "withheld", "it was imported for review"),
    ]


async def test_links_that_are_open_are_a_list_of_what_to_do(tmp_path: Path) -> None:
    pages = {f"{name}.txt": page("Home", name, paragraphs=tale(name)) for name in ("Mara", "Jon")}
    pages["a.txt"] = page("Away", description="A sequel to Home.", paragraphs=tale("heron"))
    pages["b.txt"] = page("Back", description="A sequel to Never.", paragraphs=tale("stork"))
    fill(tmp_path / "archive", pages)
    await talebearer(tmp_path, "import", "archive")
    assert (await talebearer(tmp_path, "links")).output.splitlines() == [
        "3  Away: sequel “Home”, 2 stories are called that; it may be 1, 2",
        "4  Back: sequel “Never”, no story of that name is in the archive",
    ]


async def test_addresses_are_for_the_owner(tmp_path: Path) -> None:
    text = page("The Lamp", paragraphs=tale("heron")).replace("Rating: PG", "Rating: PG\nE-mail: ruby@example.org")
    fill(tmp_path / "archive", {"a.txt": text})
    done = await talebearer(tmp_path, "import", "archive", "--json")
    assert "ruby@example.org" not in done.output
    told = await talebearer(tmp_path, "author", "contacts", "The Lamp")
    assert told.output == "mail  ruby@example.org  (line 5)\n"


def bomb(member: int) -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.txt", "w") as file:
        for _ in range(member):
            file.write(b"a" * (1 << 20))
    return box.getvalue()


def nested(depth: int) -> bytes:
    content, name = page("Deep").encode(), "deep.txt"
    for level in range(depth):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        content, name = box.getvalue(), f"{level}.zip"
    return content


def slip() -> bytes:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("../../slip.txt", page("Slip"))
        archive.writestr("/etc/slip.txt", page("Slip"))
        archive.writestr("plain.txt", page("Plain", paragraphs=tale("egret")))
    return box.getvalue()


async def limited(folder: Path, *arguments: str) -> tuple[Done, int]:
    """Runs a command with little memory; returns also its peak in MB."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.process.limited", "peak", *arguments,
        cwd=folder, env=environment(folder), stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, errors = await process.communicate()
    assert process.returncode is not None
    peak = int((folder / "peak").read_text("utf-8"))
    return Done(process.returncode, output.decode(), errors.decode()), peak


HOSTILE: dict[str, tuple[bytes, str]] = {
    "bomb.zip": (bomb(200), "it unpacks to more than 200 times its size, as only a zip bomb does"),
    "nested.zip": (nested(7), ""),
    "slip.zip": (slip(), "its name leads out of the archive"),
    "line.txt": (b"lamp " * 1_000_000, ""),
    "deep.html": (b"<html><body><h1>Deep</h1>" + b"<div>" * 100_000 + b"<p>The end of it all.", ""),
}


@pytest.mark.timeout(240)
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
async def test_hostile_files_are_refused_and_the_rest_goes_in(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    fill(
        folder,
        {"a.txt": page("A", paragraphs=tale("heron")), **{name: content for name, (content, _) in HOSTILE.items()}},
    )
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200 << 20)
    (tmp_path / "outside.txt").write_text(page("Outside"), "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(page("Café", paragraphs=tale("stork")), "utf-8")
    done, peak = await limited(tmp_path, "import", "archive", "--json", "--jobs", "1")
    assert "Traceback" not in done.errors
    told = json.loads(done.output)
    by_path = {row["path"]: row for row in told["stories"]}
    assert {row["title"] for row in told["stories"]} >= {"A", "Café", "Plain"}
    for name, (_, reason) in HOSTILE.items():
        errors = [row["error"] or "" for path, row in by_path.items() if name in path]
        assert not reason or any(reason in error for error in errors), (name, errors)
    assert "it is larger than 16 MB, the most that is read" in by_path["archive/huge.txt"]["error"]
    assert by_path["archive/link.txt"]["error"].endswith("it is a link that leads out of the folder.")
    assert all(row["error"].endswith(".") for row in told["stories"] if row["error"])
    assert done.status == 1
    assert peak < 300
