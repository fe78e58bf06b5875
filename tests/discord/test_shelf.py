"""The shelf, told as scenes."""

from bot.domain.models import Rating
from bot.services.shelf import BOOKMARKS
from bot.store import shelf, stories
from tests.discord.stage import Stage, form, message
from tests.library import add, edition


async def test_a_reader_sets_a_bookmark_and_comes_back_to_it(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=5))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.chooses("Page 3")
        await stage.mara.clicks("More")
        asked = form(await stage.mara.clicks("Bookmark page 3"))
        assert "Only you will see it" in asked.text
        assert "You have 1 bookmark in it" in message(await stage.mara.submits(note="where the *light* goes out")).text
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("Last")
        own = message(await stage.mara.runs("/shelf"))
        assert own.ephemeral
        assert r"page 3 of 5" in own.text
        assert r"where the \*light\* goes out" in own.text
        assert "page 3." in message(await stage.mara.chooses("The Lamp")).text
        assert "No bookmarks yet" in message(await stage.jon.runs("/shelf")).text


async def test_a_reader_likes_a_story_and_takes_it_back(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    async with stage.bot():
        for person, told in ((stage.jon, "You like it."), (stage.mara, "You like it, as 1 other reader does")):
            await person.runs("/read", story="The Lamp")
            await person.clicks("More")
            assert told in message(await person.clicks("Like")).text
        assert "1 reader likes it." in message(await stage.mara.clicks("Like")).text
        assert "Nothing yet" in message(await stage.mara.runs("/shelf", board="Liked")).text
        assert "The Lamp" in message(await stage.jon.runs("/shelf", board="Liked")).text


async def test_boards_are_a_menu_away(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp", pages=3))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("Next")
        await stage.mara.clicks("More")
        await stage.mara.clicks("For later")
        await stage.mara.clicks("My shelf")
        later = message(await stage.mara.chooses("For later"))
        assert "The Lamp" in later.text
        history = message(await stage.mara.chooses("What you read"))
        assert "page 2 of 3" in history.text
        assert "page 2." in message(await stage.mara.chooses("The Lamp")).text


async def test_what_is_hidden_is_said_and_can_be_shown_again(stage: Stage) -> None:
    for title in ("The Lamp", "The Well"):
        await add(stage.database, edition(title))
    async with stage.bot():
        for title in ("The Lamp", "The Well"):
            await stage.mara.runs("/read", story=title)
            await stage.mara.clicks("More")
            await stage.mara.clicks("Like")
        await stage.mara.runs("/shelf", board="Liked")
        await stage.mara.clicks("Tidy up")
        tidied = message(await stage.mara.chooses("The Well", menu="Hide on the shelf…"))
        assert "The Well" not in tidied.text.split("1 hidden")[0]
        assert "1–1 of 1 · 1 hidden" in tidied.text
        assert "The Well" in message(await stage.mara.clicks("Show hidden")).text
        await stage.mara.clicks("Tidy up")
        again = message(await stage.mara.chooses("The Well", menu="Show on the shelf again…"))
        assert "1–2 of 2 · only you see this" in again.text
        gone = message(await stage.mara.chooses("The Lamp", menu="Take off the shelf…"))
        assert "The Lamp" not in gone.text


async def test_a_long_board_has_pages(stage: Stage) -> None:
    ids = [await add(stage.database, edition(f"Tale {number:02}")) for number in range(12)]
    async with stage.database.write() as db:
        for story in ids:
            await shelf.mark(db, stage.mara.id, story, shelf.Mark.LIKED, float(story))
    async with stage.bot():
        first = message(await stage.mara.runs("/shelf", board="Liked"))
        assert "1–10 of 12" in first.text
        assert "11–12 of 12" in message(await stage.mara.clicks("Next")).text
        assert "1–10 of 12" in message(await stage.mara.clicks("Previous")).text


async def test_somebody_else_s_bookmark_stays_closed(stage: Stage) -> None:
    story = await add(stage.database, edition("The Lamp", pages=3))
    leaf = await stories.leaf(stage.database.reader, story, 2)
    assert leaf is not None
    for person, page in ((stage.mara, "hers"), (stage.jon, "his")):
        async with stage.database.write() as db:
            await shelf.set_bookmark(db, person.id, story, leaf, page, 1.0)
    async with stage.bot():
        his = message(await stage.jon.runs("/shelf"))
        (choice,) = [row["components"][0] for row in his.components if "open-bookmark" in str(row)]
        choice["options"][0]["value"] = "1"
        refused = message(await stage.jon.chooses("1", message=his))
        assert "This bookmark is no longer on your shelf" in refused.text


async def test_a_story_that_does_not_open_here_is_not_marked_here(stage: Stage) -> None:
    await add(stage.database, edition("The Lamp"))
    dark = await add(stage.database, edition("Dark", rating=Rating.NC_17))
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        kept = message(await stage.mara.clicks("More"))
        for verb in (f"mark:{dark}:2:1:1", f"bookmark:{dark}:1", f"more:{dark}:1"):
            kept.components[0]["components"][0]["custom_id"] = f"v1:{verb}"
            refused = message(await stage.mara.clicks(f"v1:{verb}", message=kept))
            assert "opens only in an age-restricted channel" in refused.text
        for forged in ("mark:1:0:1:1", "mark:1:9:1:1", "shelf:9:0:0", "shelf:0:-1:0", "tidy:1"):
            kept.components[0]["components"][0]["custom_id"] = f"v1:{forged}"
            refused = message(await stage.mara.clicks(f"v1:{forged}", message=kept))
            assert "belongs to another version" in refused.text


async def test_a_full_shelf_says_what_to_do(stage: Stage) -> None:
    story = await add(stage.database, edition("The Lamp", pages=2))
    async with stage.database.write() as db:
        await db.many(
            "INSERT INTO bookmarks (reader_id, story_id, part, paragraph, within, anchor, note, made_at)"
            " VALUES (:reader, :story, 0, 9, :number, '', '', 0)",
            [{"reader": stage.mara.id, "story": story, "number": number} for number in range(BOOKMARKS)],
        )
    async with stage.bot():
        await stage.mara.runs("/read", story="The Lamp")
        await stage.mara.clicks("More")
        await stage.mara.clicks("Bookmark page 1")
        refused = message(await stage.mara.submits(note="one too many"))
        assert "Your shelf holds 1,000 bookmarks" in refused.text
        assert "one too many" in refused.text
