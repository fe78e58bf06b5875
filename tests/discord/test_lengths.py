"""Pages of another length, told as scenes."""

from bot.sandbox import Message
from tests.discord.stage import Stage, form, message
from tests.imports import shelve
from tests.pages import page

PARAGRAPHS = [" ".join(f"Sentence {number} of paragraph {index}." for number in range(20)) for index in range(30)]


async def take(stage: Stage) -> None:
    await shelve(stage.database, stage.database_path.parent, "tide", page("The Tide", paragraphs=PARAGRAPHS))


def begins(shown: Message) -> str:
    """How the text of a page begins."""
    return shown.embeds[-1]["description"][:60]


def ids(shown: Message) -> list[str]:
    return [item["custom_id"] for row in shown.components for item in row["components"]]


async def short(stage: Stage) -> None:
    await stage.mara.runs("/settings")
    await stage.mara.chooses("Short pages, a few paragraphs each")


async def test_short_pages_are_turned_and_survive_a_restart(stage: Stage) -> None:
    await take(stage)
    async with stage.bot():
        await short(stage)
        first = message(await stage.mara.runs("/read", story="The Tide"))
        assert "Page 1 of 15" in first.text
        assert "15 pages" in first.text, "the cover counts as its reader does"
        assert ids(first)[2] == "v1:read:1:2:2:1200"
        assert "Page 2 of 15" in message(await stage.mara.clicks("Next")).text
    async with stage.bot():
        assert "Page 3 of 15" in message(await stage.mara.clicks("Next")).text
        jumped = message(await stage.mara.chooses("Page 12"))
        assert "Page 12 of 15" in jumped.text
        assert begins(message(await stage.mara.runs("/read", story="The Tide", channel="dm"))) == begins(jumped)
        await stage.mara.runs("/archive", channel=stage.dark_thread)
        assert begins(message(await stage.mara.clicks("Continue where you were"))) == begins(jumped)
        assert "Page 15 of 15" in message(await stage.mara.clicks("Last")).text


async def test_a_shared_page_opens_at_the_same_words_for_readers_of_any_length(stage: Stage) -> None:
    await take(stage)
    async with stage.bot():
        await short(stage)
        await stage.mara.runs("/read", story="The Tide", share=True)
        shared = message(await stage.mara.chooses("Page 5"))
        own = message(await stage.jon.clicks("Next", message=shared))
        assert own.ephemeral
        assert "of 5" in own.text
        sixth = message(await stage.mara.clicks("Next", message=shared))
        assert "Page 6 of 15" in sixth.text
        assert begins(sixth) in own.text
        again = message(await stage.jon.runs("/read", story="The Tide", share=True))
        back = message(await stage.mara.clicks("Next", message=again))
        assert "of 15" in back.text
        assert begins(back) in message(await stage.jon.clicks("Next", message=again)).text


async def test_a_page_from_before_the_choice_goes_on_in_the_new_length(stage: Stage) -> None:
    await take(stage)
    async with stage.bot():
        old = message(await stage.mara.runs("/read", story="The Tide"))
        assert ids(old)[2] == "v1:read:1:2:2"
        await short(stage)
        turned = message(await stage.mara.clicks("Next", message=old))
        assert "of 15" in turned.text
        assert "Page 4 of 15" in turned.text
        jumped = message(await stage.mara.chooses("Page 5", message=old))
        assert begins(message(await stage.jon.runs("/read", story="The Tide"))) != begins(jumped)


async def test_a_bookmark_and_a_letter_name_no_number_of_another_length(stage: Stage) -> None:
    await take(stage)
    async with stage.bot():
        await short(stage)
        await stage.mara.runs("/read", story="The Tide")
        marked = message(await stage.mara.chooses("Page 12"))
        await stage.mara.clicks("More")
        await stage.mara.clicks("For later")
        form(await stage.mara.clicks("Bookmark page 12"))
        await stage.mara.submits(note="here")
        board = message(await stage.mara.runs("/shelf"))
        assert "% read" in board.text
        assert " of 5" not in board.text
        assert begins(message(await stage.mara.chooses("The Tide"))) == begins(marked)
        await stage.mara.clicks("Last")
        await stage.mara.clicks("Tell the author what you think")
        await stage.mara.submits(comments="Lovely.")
        assert await stage.database.reader.value("SELECT page FROM letters") == 5


async def test_lengths_that_do_not_exist_are_refused(stage: Stage) -> None:
    await take(stage)
    async with stage.bot():
        shown = message(await stage.mara.runs("/read", story="The Tide"))
        for verb in ("read:1:2:2:1", "read:1:2:2:999999", "more:1:1:0", "bookmark:1:1:7", "mark:1:2:1:1:5"):
            shown.components[0]["components"][2]["custom_id"] = f"v1:{verb}"
            refused = message(await stage.mara.clicks("Next", message=shown))
            assert "belongs to another version" in refused.text, verb
