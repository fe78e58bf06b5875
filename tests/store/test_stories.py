"""Finding stories, and the gate in SQL."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.access import Archive, Audience, Sight, may_see
from bot.domain.models import Link, LinkKind, Page, Rating, Standing
from bot.store import stories, tallies
from bot.store.database import Database
from tests.library import DARK, HALL, HOME, add, edition, open_archive

AUDIENCES = st.builds(
    Audience,
    archive=st.builds(
        Archive,
        id=st.sampled_from([1, 2]),
        name=st.just("x"),
        rating_limit=st.sampled_from(Rating),
        directory_safe=st.booleans(),
    ),
    reader=st.just(1),
    age_restricted=st.booleans(),
)


STORIES = st.tuples(st.sampled_from([1, 2]), st.sampled_from(Rating), st.sampled_from(Standing))


@given(st.lists(STORIES, max_size=6), AUDIENCES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_gate_in_sql_is_the_gate_in_python(
    database: Database, drawn: list[tuple[int, Rating, Standing]], audience: Audience
) -> None:
    await _empty(database)
    sights: dict[int, Sight] = {}
    for number, (archive, rating, state) in enumerate(drawn):
        made = edition(f"Story {number}", series=f"Series {number}", rating=rating)
        story = await stories.get(database.reader, await add(database, made, archive_id=archive, state=state))
        assert story is not None
        sights[story.id] = may_see(story, audience)
        leaf = await stories.leaf(database.reader, story.id, 1)
        assert leaf is not None
        assert may_see(leaf, audience) is sights[story.id]
    listed = {number for number, sight in sights.items() if sight is not Sight.ABSENT}
    openable = {number for number, sight in sights.items() if sight is Sight.OPEN}

    assert {s.id for s in await stories.newest(database.reader, audience, 100)} == listed
    assert {s.id for s in await stories.named(database.reader, audience, "sto", 100)} == listed
    assert len(await stories.titles(database.reader, audience, "st", 100)) == len(listed)
    counts = await tallies.counts(database.reader, audience)
    assert (counts.stories, counts.openable) == (len(listed), len(openable))


async def _empty(database: Database) -> None:
    async with database.write() as db:
        for table in ("stories", "story_names", "authors", "series"):
            await db.run(f"DELETE FROM {table}")  # pyright: ignore[reportArgumentType] - names from the line above
        await db.run("INSERT OR IGNORE INTO archives (id, name, guild_id) VALUES (2, 'Other', 9)")


async def test_names_are_found_by_words_and_beginnings(database: Database) -> None:
    lamp = await add(database, edition("The Lamp", "Isolde Wren", series="Lights"))
    await add(database, edition("The Café", "Ruby"))
    for typed in ("lamp", "la", "wren la", "lights isol", "LAMP the"):
        assert [s.id for s in await stories.named(database.reader, HALL, typed, 9)] == [lamp], typed
    assert len(await stories.named(database.reader, HALL, "cafe", 9)) == 1
    for typed in ("lamps", "café lamp", '" OR "', "NEAR(lamp", "title:lamp", "lamp*)"):
        found = await stories.named(database.reader, HALL, typed, 9)
        assert [s.id for s in found] in ([], [lamp]), typed


async def test_what_is_typed_is_no_query_language(database: Database) -> None:
    await add(database, edition("Alpha"))
    await add(database, edition("Beta"))
    assert await stories.named(database.reader, HALL, "alpha OR beta", 9) == []
    assert [s.title for s in await stories.named(database.reader, HALL, "a%", 9)] == ["Alpha"]


async def test_a_link_resolves_whichever_comes_first(database: Database) -> None:
    sequel = Link(LinkKind.SEQUEL, "Letting Go")
    later = await add(database, edition("Not So Alone", links=[sequel]))
    assert await stories.links(database.reader, later) == [(sequel, None)]
    earlier = await add(database, edition("Letting go!"))
    assert await stories.links(database.reader, later) == [(sequel, earlier)]
    third = await add(database, edition("Even Later", links=[Link(LinkKind.SEQUEL, "Not so alone")]))
    assert await stories.links(database.reader, third) == [(Link(LinkKind.SEQUEL, "Not so alone"), later)]


async def test_a_link_is_never_guessed(database: Database) -> None:
    sequel = Link(LinkKind.SEQUEL, "Home")
    story = await add(database, edition("Away", "Ruby", series="Roads", links=[sequel]))
    other = await add(database, edition("Home", "Somebody Else"))
    assert await stories.links(database.reader, story) == [(sequel, other)], "the only one of that name"
    await add(database, edition("Home", "Anybody Else"))
    assert await stories.links(database.reader, story) == [(sequel, None)], "two answer to it now"
    own = await add(database, edition("Home", "Ruby"))
    assert await stories.links(database.reader, story) == [(sequel, own)], "the author's own goes first"
    await add(database, edition("Home", "Opal", series="Roads"))
    assert await stories.links(database.reader, story) == [(sequel, None)], "one of the series is as near"


async def test_a_story_knows_what_names_it(database: Database) -> None:
    first = await add(database, edition("First"))
    second = await add(database, edition("Second", rating=Rating.R, links=[Link(LinkKind.SEQUEL, "First")]))
    assert [(r.kind, r.story.id) for r in await stories.named_by(database.reader, DARK, first)] == [
        (LinkKind.SEQUEL, second)
    ]


async def test_a_page_is_clipped_to_what_there_is(database: Database) -> None:
    story = await add(database, edition("Long", pages=3))
    for asked, got in ((-5, 1), (0, 1), (2, 2), (99, 3)):
        leaf = await stories.leaf(database.reader, story, asked)
        assert leaf is not None
        assert (leaf.number, leaf.pages, leaf.text) == (got, 3, f"Long, page {got}.")
    assert await stories.leaf(database.reader, 999, 1) is None


async def test_the_page_of_a_place(database: Database) -> None:
    """A paragraph that begins in the middle of a page is on it; one that fills pages is on the one of the character."""
    made = edition("Long")
    starts = [(0, 0, 0), (0, 2, 0), (0, 2, 900), (0, 5, 0), (1, 0, 0), (1, 1, 0)]
    two_parts = replace(made.manuscript, parts=made.manuscript.parts * 2)
    cut = [Page(*start, "anchor", "text") for start in starts]
    story = await add(database, replace(made, manuscript=two_parts, markup=["", ""], pages=cut))
    expected = {
        (0, 0, 0): 1, (0, 1, 0): 1, (0, 2, 0): 2, (0, 2, 899): 2, (0, 2, 900): 3, (0, 3, 0): 3, (0, 5, 0): 4,
        (0, 9, 0): 4, (1, 0, 0): 5, (1, 1, 7): 6, (7, 7, 0): 6,
    }  # fmt: skip
    assert {at: await stories.page_of(database.reader, story, *at) for at in expected} == expected
    assert await stories.page_of(database.reader, 999, 0, 0) == 1


async def test_a_server_reads_its_own_archive_or_the_home_archive(database: Database) -> None:
    own = await open_archive(database, guild_id=77)
    assert (await stories.archive_of(database.reader, 77)).id == own
    for guild_id in (None, 78):
        assert await stories.archive_of(database.reader, guild_id) == HOME
