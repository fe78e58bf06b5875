"""What must not come in stays out in every form, what is doubtful waits for a moderator, addresses stay private."""

import json
from pathlib import Path

import pytest

from bot.domain.documents import Kind
from bot.domain.errors import ArchiveError, NoSuchEdition, NotFound
from bot.domain.models import Standing
from bot.services.intake import Intake
from bot.services.intake.curating import Curator
from bot.services.intake.rows import public
from bot.store import documents, ledger, standings, stories, tallies
from bot.store.database import Database
from bot.store.ledger import Change
from tests.imports import take
from tests.library import DARK, HALL
from tests.pages import page, tale

LAMP = page("The Lamp", "Ruby", paragraphs=tale("heron"))
WEB = "<html><head><title>{0}</title></head><body><h1>{0}</h1><h2>by {1}</h2>{2}</body></html>"


def web(title: str, author: str, paragraphs: list[str]) -> str:
    return WEB.format(title, author, "".join(f"<p>{text}</p>\n" for text in paragraphs))


@pytest.fixture
def curator(database: Database) -> Curator:
    return Curator(database, clock=lambda: 5.0)


async def test_a_barred_author_stays_out_under_every_spelling(
    database: Database, curator: Curator, tmp_path: Path
) -> None:
    await curator.bar_author(["Ruby", "Rubi"])
    pages = {
        "a.txt": LAMP,
        "b.html": web("Dawn", "RUBI", tale("stork")),
        "c.txt": page("Dusk", "Mara", paragraphs=tale("egret")),
    }
    made = await take(database, tmp_path / "a", pages)
    assert sorted(made.statuses) == ["added", "held", "held"]
    assert made.row("The Lamp")["error"] == (
        f"{tmp_path}/a/a.txt was not imported: its author Ruby is on the do-not-import list."
    )
    assert await database.reader.value("SELECT count(*) FROM documents") == 1, "nothing is kept of them"


@pytest.mark.parametrize(
    ("copy", "status"),
    [
        (LAMP, "held"),
        (page("Quite Another", "Nobody", paragraphs=tale("heron")[:14] + tale("stork")[14:]), "held"),
        (web("Renamed", "Nobody", [text.upper() for text in tale("heron")]), "held"),
        (page("A Few Words", "Nobody", paragraphs=tale("heron")[:10] + tale("stork")[10:]), "added"),
    ],
)
async def test_a_barred_work_stays_out_in_every_format(
    database: Database, curator: Curator, tmp_path: Path, copy: str, status: str
) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    await curator.bar_story(await curator.story("the lamp"))
    async with database.write() as db:
        await db.run("DELETE FROM stories")
    made = await take(database, tmp_path / "b", {"copy.html": copy})
    assert made.statuses == [status]


async def test_what_an_author_who_is_barred_has_here_is_kept_from_readers(
    database: Database, curator: Curator, tmp_path: Path
) -> None:
    others = {"b.txt": page("Dawn", "RUBI", paragraphs=tale("stork")), "c.txt": page("Dusk", "Mara & Ruby")}
    await take(
        database, tmp_path / "a", {"a.txt": LAMP, **others, "d.txt": page("Noon", "Rubymara", paragraphs=tale("egret"))}
    )
    hidden = await curator.story("Dawn")
    async with database.write() as db:
        await standings.put(db, hidden.id, Standing.HIDDEN, "its author asked", "")
    assert (await curator.bar_author(["Ruby", "Rubi"]))[1] == 2
    assert [story.title for story in await stories.newest(database.reader, DARK, 9)] == ["Noon"]
    found = {name: await curator.story(name) for name in ("The Lamp", "Dusk", "Dawn")}
    assert [story.state for story in found.values()] == ["withheld", "withheld", "hidden"]
    waiting = await standings.listed(database.reader, 1, Standing.WITHHELD, after=0, limit=9)
    assert {story.reason for story in waiting} == {"it is on the do-not-import list"}
    await curator.publish(found["Dusk"], "Mara wrote it alone, and says so.")
    assert len(await stories.newest(database.reader, DARK, 9)) == 2
    made = await take(database, tmp_path / "a", {"a.txt": LAMP})
    assert (made.statuses, (await curator.story("The Lamp")).state) == (["held"], "withheld")


async def test_a_work_that_is_barred_is_kept_from_readers(database: Database, curator: Curator, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"a.txt": LAMP, "b.txt": page("Dawn", "Ruby", paragraphs=tale("stork"))})
    await curator.bar_story(await curator.story("The Lamp"))
    assert [story.title for story in await stories.newest(database.reader, DARK, 9)] == ["Dawn"]


async def test_the_list_is_kept(curator: Curator) -> None:
    number, withheld = await curator.bar_author(["Ruby"])
    assert withheld == 0
    assert [(bar.id, bar.kind, bar.names) for bar in await curator.bars()] == [(number, "author", ("Ruby",))]
    await curator.unbar(number)
    assert await curator.bars() == []
    with pytest.raises(ArchiveError, match="has no entry 1"):
        await curator.unbar(number)


async def _on_record(database: Database) -> list[tuple[str, int | None, str, tuple[Change, ...]]]:
    found = await ledger.entries(database.reader, 1, before=99, limit=99)
    assert all(entry.by_operator and entry.at == 5.0 for entry in found)
    return [(entry.act, entry.story_id, entry.reason, entry.values) for entry in reversed(found)]


async def test_what_is_done_at_the_command_line_stands_on_record(
    database: Database, curator: Curator, tmp_path: Path
) -> None:
    old = page("The Lamp", paragraphs=tale("heron")[:19])
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, "old.txt": old})
    story = await curator.story("The Lamp")
    await curator.show(story, 2)
    author, _ = await curator.bar_author(["Ruby"])
    await curator.publish(await curator.story("The Lamp"), "She asked for it.")
    work = await curator.bar_story(await curator.story("The Lamp"))
    for number in (author, work):
        await curator.unbar(number)
    barred = "it is on the do-not-import list"
    assert await _on_record(database) == [
        ("another edition shown", story.id, "", (Change("edition", "lamp.txt", "old.txt"),)),
        ("author put on the do-not-import list", None, "", (Change("entry", None, str(author)),)),
        ("withheld", story.id, barred, (Change("state", "published", "withheld"),)),
        ("published", story.id, "She asked for it.", (Change("state", "withheld", "published"),)),
        ("withheld", story.id, barred, (Change("state", "published", "withheld"),)),
        ("story put on the do-not-import list", story.id, "", (Change("entry", None, str(work)),)),
        ("author taken off the do-not-import list", None, "", (Change("entry", str(author), None),)),
        ("story taken off the do-not-import list", None, "", (Change("entry", str(work), None),)),
    ]


async def test_what_is_refused_leaves_no_record(database: Database, curator: Curator, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    story = await curator.story("The Lamp")
    await curator.show(story, 1)
    for refused in (curator.show(story, 2), curator.publish(story, " "), curator.unbar(7)):
        with pytest.raises(ArchiveError):
            await refused
    assert await _on_record(database) == []


async def test_a_story_that_readers_do_not_see_is_barred_as_it_stands(
    database: Database, curator: Curator, tmp_path: Path
) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    story = await curator.story("The Lamp")
    async with database.write() as db:
        await standings.put(db, story.id, Standing.HIDDEN, "its author asked", "")
    await curator.bar_story(story)
    assert (await curator.story("The Lamp")).state is Standing.HIDDEN, "it was hidden after this one was looked up"


MINOR = page("Term", rating="NC-17", description="Two teenagers and a lamp.", paragraphs=tale("heron"))


@pytest.mark.parametrize(
    ("story", "withheld"),
    [
        (MINOR, True),
        (MINOR.replace("NC-17", "G"), False),
        (MINOR.replace("teenagers", "keepers"), False),
        (
            page("Term", rating="R", description="A lamp.", paragraphs=["He was a teenager then.", *tale("heron")]),
            False,
        ),
    ],
)
async def test_mature_stories_that_speak_of_minors_wait_for_a_moderator(
    database: Database, curator: Curator, tmp_path: Path, story: str, withheld: bool
) -> None:
    [row] = (await take(database, tmp_path / "a", {"a.txt": story})).rows
    assert row["state"] == ("withheld" if withheld else "published")
    assert len(await stories.newest(database.reader, DARK, 9)) == (not withheld)
    if withheld:
        assert row["reason"] == "it is rated NC-17 and its header says “teenagers”"
        await curator.publish(await curator.story("Term"), "They are nineteen; I asked the author.")
        assert len(await stories.newest(database.reader, DARK, 9)) == 1
        edited = MINOR.replace("The End", "And that is how it ended.\n\nThe End")
        [row] = (await take(database, tmp_path / "a", {"a.txt": edited})).rows
        assert (row["status"], row["state"]) == ("updated", "published"), "the same misgiving was approved"


async def test_an_act_without_a_reason_is_refused(database: Database, curator: Curator, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"a.txt": MINOR})
    with pytest.raises(ArchiveError, match="“Term” stays withheld; say in --reason why"):
        await curator.publish(await curator.story("Term"), " ")


async def test_withheld_stories_exist_for_nobody(database: Database, curator: Curator, tmp_path: Path) -> None:
    made = await take(database, tmp_path / "a", {"lamp.txt": LAMP}, withhold=True)
    assert (made.rows[0]["state"], made.rows[0]["reason"]) == ("withheld", "it was imported for review")
    for audience in (HALL, DARK):
        assert await stories.named(database.reader, audience, "lamp", 9) == []
        assert (await tallies.counts(database.reader, audience)).stories == 0
    await curator.publish(await curator.story("1"), "It was reviewed.")
    assert len(await stories.named(database.reader, HALL, "lamp", 9)) == 1
    again = await take(database, tmp_path / "a", {"lamp.txt": LAMP}, withhold=True)
    assert (again.statuses, again.rows[0]["state"]) == (["unchanged"], "published")


async def test_a_hidden_story_stays_hidden_when_it_is_edited(database: Database, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    async with database.write() as db:
        await db.run("UPDATE stories SET state = 'hidden', state_reason = 'its author asked'")
    [row] = (await take(database, tmp_path / "a", {"lamp.txt": LAMP.replace("Rating: PG", "Rating: G")})).rows
    assert (row["status"], row["state"], row["reason"]) == ("updated", Standing.HIDDEN, "its author asked")


async def test_another_edition_is_one_command_away(database: Database, curator: Curator, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, "old.txt": page("The Lamp", paragraphs=tale("heron")[:19])})
    story = await curator.story("The Lamp")
    assert [(each.relation, each.words > 0) for each in await curator.editions(story)] == [
        ("shown", True),
        ("edition", True),
    ]
    assert (await curator.show(story, 2)).path == f"{tmp_path}/a/old.txt"
    shown = await stories.get(database.reader, story.id)
    assert shown is not None
    assert shown.words < story.words
    assert [each.relation for each in await curator.editions(story)] == ["edition", "shown"]
    with pytest.raises(NoSuchEdition, match="has editions 1 to 2"):
        await curator.show(story, 3)


async def test_a_story_is_meant_by_its_number_or_title(database: Database, curator: Curator, tmp_path: Path) -> None:
    others = {f"{name}.txt": page("Untitled", name, paragraphs=tale(name)) for name in ("Mara", "Jon")}
    await take(database, tmp_path / "a", {"lamp.txt": LAMP, **others})
    with pytest.raises(ArchiveError, match=r"2 stories are called “untitled”; name one by its number: 1 \(by Jon\)"):
        await curator.story("untitled")
    assert (await curator.story("1")).author == "Jon"
    with pytest.raises(NotFound, match="the nearest is “The Lamp”"):
        await curator.story("The Lmap")


ADDRESSES = ("ruby@example.org", "ruby.q@mail.example", "http://www.example.com/~ruby", "www.example.com/~ruby")
LETTER = f"""From: Ruby Q. Realname <{ADDRESSES[1]}>
Subject: The Lamp (1/1)
Date: Tue, 14 Mar 1995 22:04:11 +0100
Newsgroups: alt.lamps

The Lamp
by Ruby <{ADDRESSES[0]}>

Rating: PG
E-mail: {ADDRESSES[0]}
Summary: A lamp goes out.
Feedback: {ADDRESSES[0]}, please!

{{text}}

The End

Feedback to {ADDRESSES[0]}
{ADDRESSES[2]}
"""


async def test_addresses_stand_in_no_public_field_export_search_or_letter(
    database: Database, curator: Curator, tmp_path: Path
) -> None:
    made = await take(database, tmp_path / "a", {"lamp.txt": LETTER.format(text="\n\n".join(tale("heron")))})
    public_tables = await database.reader.all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('documents', 'editions')"
        " AND name NOT LIKE '%_data'"
    )
    told = [
        str(tuple(row))
        for table in public_tables
        for row in await database.reader.all(f"SELECT * FROM {table['name']}")  # pyright: ignore[reportArgumentType]
    ]
    told_of = [{name: value for name, value in public(row).items() if name != "furniture"} for row in made.rows]
    for address in (*ADDRESSES, "Realname"):
        assert not [line for line in told if address in line], address
        assert address not in json.dumps(told_of), address
    kept = {contact.value for contact in await curator.contacts(await curator.story("The Lamp"))}
    assert {"ruby@example.org", "ruby.q@mail.example"} <= kept


def book(*stories: tuple[str, str, list[str]]) -> str:
    """A web page of several stories, with a list of them at its top."""
    listed = "".join(f'<li><a href="#s{n}">{title}</a></li>' for n, (title, _, _) in enumerate(stories))
    told = "".join(
        f'<h2><a name="s{n}">{title}</a></h2><p>by {author}</p>' + "".join(f"<p>{text}</p>\n" for text in paragraphs)
        for n, (title, author, paragraphs) in enumerate(stories)
    )
    head = "<html><head><title>Collected Tales</title></head><body><h1>Collected Tales</h1>"
    return f"{head}<ul>{listed}</ul>{told}</body></html>"


async def test_of_a_book_what_is_barred_is_kept_nowhere(database: Database, curator: Curator, tmp_path: Path) -> None:
    await take(database, tmp_path / "a", {"lamp.txt": LAMP})
    await curator.bar_story(await curator.story("the lamp"))
    await Intake(database).undo(1, 2.0)
    content = book(
        ("Dawn", "Mara", tale("stork")), ("The Lantern", "Mara", tale("heron")), ("Dusk", "Mara", tale("egret"))
    )
    made = await take(database, tmp_path / "b", {"book.html": content})
    assert sorted(made.statuses) == ["added", "added", "held"]
    [row] = await database.reader.all("SELECT id, size, warnings FROM documents")
    kept = await documents.kept(database.reader, row["id"])
    assert b"heron" not in kept.content
    assert all(seed in kept.content for seed in (b"stork", b"egret"))
    assert row["size"] == len(kept.content) == kept.ranges[-1].end
    assert "1 of its stories are on the do-not-import list; their text is not kept." in row["warnings"]
    told = {kind: sum(end - start for start, end, each in kept.ranges if each is kind) for kind in Kind}
    assert 0 < told[Kind.TEXT] < made.row("Dawn")["accounting"]["text"]
    again = await take(database, tmp_path / "b", {"book.html": content})
    assert sorted(again.statuses) == ["held", "unchanged", "unchanged"]
    assert await database.reader.value("SELECT count(*) FROM documents") == 1
