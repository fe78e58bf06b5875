"""This room tells what people do with a real discord.py client on the other side."""

import discord
import pytest

from bot.sandbox import Channel, Choice, CommandRefused, Guild, Message, Modal, Person, Sandbox, Unanswered
from tests.sandbox.bots import Asked, Bot, letter_form, view
from tests.sandbox.conftest import Connect


async def test_a_command_is_answered_for_her_eyes_only(bot: Bot, mara: Person, otto: Person, hall: Channel) -> None:
    message = await mara.runs("/read", story="The Lamp", part=2)
    assert message.text == "The Lamp\npart 2\npage 1"
    assert message.buttons == ["Next", "Last", "Write"]
    assert message.ephemeral
    assert [shown.text for shown in mara.sees(hall)] == [message.text]
    assert otto.sees(hall) == []


async def test_autocomplete_gives_names_and_values(bot: Bot, mara: Person) -> None:
    assert await mara.types("/read", story="la") == [Choice("The Lamp", "THE LAMP"), Choice("Late Light", "LATE LIGHT")]


async def test_a_choice_of_autocomplete_can_be_run(bot: Bot, mara: Person) -> None:
    choices = await mara.types("/read", story="har")
    assert (await mara.runs("/read", story=choices[0])).embeds[0]["title"] == "HARBOUR"


async def test_an_option_without_autocomplete_says_so(bot: Bot, mara: Person) -> None:
    with pytest.raises(CommandRefused, match="part has no autocomplete"):
        await mara.types("/read", story="la", part=1)


async def test_what_the_bot_sees_of_who_asked(bot: Bot, mara: Person, guild: Guild, hall: Channel) -> None:
    await mara.runs("/read", story="x")
    heard = bot.heard[-1]
    assert isinstance(heard.user, discord.Member)
    assert (heard.user.id, heard.user.display_name) == (mara.id, "Mara")
    assert heard.guild_id == guild.id
    assert heard.channel_id == hall.id
    assert heard.context.guild
    assert heard.is_guild_integration()
    assert not heard.is_user_integration()
    assert heard.permissions.send_messages
    assert not heard.permissions.manage_guild
    assert heard.app_permissions.embed_links
    assert heard.filesize_limit == 10 * 1024 * 1024
    assert str(heard.locale) == "en-US"


async def test_a_button_changes_its_message(bot: Bot, mara: Person) -> None:
    async def turn(asked: Asked) -> None:
        assert asked.message is not None
        await asked.response.edit_message(embed=discord.Embed(description=f"after {asked.message.embeds[0].title}"))

    bot.when("next:1", turn)
    first = await mara.runs("/read", story="The Lamp")
    second = await mara.clicks("Next")
    assert second.text == "after The Lamp"
    assert first.text.startswith("The Lamp\n"), "what she saw before stays what it was"
    assert second.id == first.id
    assert mara.screen.text == second.text


async def test_a_button_is_found_by_label_id_or_emoji(bot: Bot, mara: Person, connect: Connect) -> None:
    async def tell(asked: Asked) -> None:
        await asked.response.send_message(str(asked.custom_id), view=view(thumb), ephemeral=True)

    thumb = discord.ui.Button[discord.ui.View](emoji="👍", custom_id="thumb")
    bot.when("next:1", tell)
    bot.when("thumb", tell)
    message = await mara.runs("/read", story="x")
    assert (await mara.clicks("next:1", message=message)).content == "next:1"
    assert mara.screen.buttons == ["👍"]
    assert (await mara.clicks("👍")).content == "thumb"


async def test_buttons_that_cannot_be_pressed(bot: Bot, mara: Person) -> None:
    await mara.runs("/read", story="x")
    with pytest.raises(CommandRefused, match="'Last' is greyed out"):
        await mara.clicks("Last")
    with pytest.raises(CommandRefused, match="no button 'Back' on the message; it has Next, Last, Write"):
        await mara.clicks("Back")


async def test_a_link_is_no_button_of_the_bot(bot: Bot, mara: Person) -> None:
    async def link(asked: Asked) -> None:
        await asked.response.edit_message(view=view(discord.ui.Button(label="Site", url="https://example.org")))

    bot.when("next:1", link)
    await mara.runs("/read", story="x")
    await mara.clicks("Next")
    with pytest.raises(CommandRefused, match="is a link to https://example\\.org"):
        await mara.clicks("Site")


async def test_nobody_presses_a_button_that_only_another_sees(bot: Bot, mara: Person, otto: Person) -> None:
    message = await mara.runs("/read", story="x")
    with pytest.raises(CommandRefused, match="otto does not see message"):
        await otto.clicks("Next", message=message)


async def test_a_form_is_opened_filled_and_sent(bot: Bot, mara: Person) -> None:
    async def write(asked: Asked) -> None:
        await asked.response.send_modal(letter_form())

    async def thank(asked: Asked) -> None:
        sent = {item["component"]["custom_id"]: item["component"]["value"] for item in asked.data["components"]}  # pyright: ignore
        await asked.response.send_message(f"{sent['name']}: {sent['comments']}", ephemeral=True)

    bot.when("write", write)
    bot.when("letter:1", thank)
    await mara.runs("/read", story="x")
    opened = await mara.clicks("Write")
    assert isinstance(opened, Modal)
    assert opened.text == "Letter\nName\nEmpty for none\nComments"
    assert mara.modal is opened
    answer = await mara.submits(Comments="Lovely.")
    assert (answer.content, answer.ephemeral) == ("Mara: Lovely.", True)
    assert mara.modal is None


async def test_the_client_checks_a_form_before_it_sends_it(bot: Bot, mara: Person) -> None:
    async def write(asked: Asked) -> None:
        await asked.response.send_modal(letter_form())

    bot.when("write", write)
    await mara.runs("/read", story="x")
    opened = await mara.clicks("Write")
    with pytest.raises(CommandRefused, match="form 'Letter' is no message"):
        await mara.clicks("Next", message=opened)
    with pytest.raises(CommandRefused, match="Comments is required"):
        await mara.submits()
    with pytest.raises(CommandRefused, match="Comments takes 5 to 50 characters, not 3"):
        await mara.submits(comments="Hm.")
    with pytest.raises(CommandRefused, match="no field 'Title'; it has Name, Comments"):
        await mara.submits(Title="x")
    assert mara.modal is not None, "a form refused stays open"


async def test_a_form_changes_the_message_its_button_was_on(bot: Bot, mara: Person) -> None:
    async def write(asked: Asked) -> None:
        await asked.response.send_modal(letter_form())

    async def edit(asked: Asked) -> None:
        await asked.response.edit_message(content="written", embed=None, view=None)

    bot.when("write", write)
    bot.when("letter:1", edit)
    first = await mara.runs("/read", story="x")
    await mara.clicks("Write")
    assert (await mara.submits(Comments="Lovely.")).id == first.id
    assert mara.screen.content == "written"
    assert mara.screen.buttons == []


async def test_a_menu_is_chosen_from(bot: Bot, mara: Person) -> None:
    menu = discord.ui.Select[discord.ui.View](custom_id="menu", placeholder="Where to?", max_values=2)
    for number in (1, 2, 3):
        menu.add_option(label=f"Page {number}", value=str(number))

    async def offer(asked: Asked) -> None:
        await asked.response.send_message("choose", view=view(menu))

    async def chosen(asked: Asked) -> None:
        await asked.response.edit_message(content=f"chose {asked.data['values']}")  # pyright: ignore

    bot.when("next:1", offer)
    bot.when("menu", chosen)
    await mara.runs("/read", story="x")
    assert (await mara.clicks("Next")).options == ["Page 1", "Page 2", "Page 3"]
    assert (await mara.chooses("Page 2")).content == "chose ['2']"
    assert (await mara.chooses("3", "Page 1", menu="Where to?")).content == "chose ['3', '1']"
    with pytest.raises(CommandRefused, match="no option 'Page 9'; it has Page 1"):
        await mara.chooses("Page 9")
    with pytest.raises(CommandRefused, match="takes 1 to 2 choices, not 3"):
        await mara.chooses("1", "2", "3")
    with pytest.raises(CommandRefused, match="no menu 'other'"):
        await mara.chooses("1", menu="other")


async def test_persons_and_channels_are_chosen_from_menus_of_their_own(
    bot: Bot, mara: Person, otto: Person, dark: Channel
) -> None:
    async def offer(asked: Asked) -> None:
        people = discord.ui.UserSelect[discord.ui.View](custom_id="who")
        places = discord.ui.ChannelSelect[discord.ui.View](custom_id="where")
        await asked.response.send_message("whom, where?", view=view(people, places))

    async def tell(asked: Asked) -> None:
        await asked.response.edit_message(content=str(asked.data))

    bot.when("next:1", offer)
    bot.when("who", tell)
    bot.when("where", tell)
    await mara.runs("/read", story="x")
    await mara.clicks("Next")
    assert str(otto.id) in (await mara.chooses(otto, menu="who")).content
    assert "after-dark" in (await mara.chooses(dark, menu="where")).content
    with pytest.raises(CommandRefused, match="is no user that can be chosen"):
        await mara.chooses(dark, menu="who")


async def test_a_deferred_answer_is_waited_for(bot: Bot, mara: Person, otto: Person, hall: Channel) -> None:
    async def think(asked: Asked) -> None:
        await asked.response.defer(thinking=True, ephemeral=True)
        assert mara.screen.thinking
        assert otto.sees(hall) == []
        await asked.edit_original_response(content="found")

    bot.when("next:1", think)
    await mara.runs("/read", story="x")
    answer = await mara.clicks("Next")
    assert (answer.content, answer.ephemeral) == ("found", True)
    assert not mara.screen.thinking


async def test_the_first_follow_up_takes_the_place_of_thinking(bot: Bot, mara: Person, hall: Channel) -> None:
    async def think(asked: Asked) -> None:
        await asked.response.defer(thinking=True, ephemeral=True)
        first = await asked.followup.send("one", ephemeral=False, wait=True)
        second = await asked.followup.send("two", wait=True)
        await second.edit(content="two, edited")
        await asked.followup.send(f"{first.flags.ephemeral}, {second.flags.ephemeral}", wait=True)

    bot.when("next:1", think)
    await mara.runs("/read", story="x")
    assert (await mara.clicks("Next")).content == "one"
    await mara.until(lambda: len(mara.sees(hall)) == 4)
    assert [shown.content for shown in mara.sees(hall)][1:] == ["one", "two, edited", "True, False"]


async def test_an_update_may_be_deferred_too(bot: Bot, mara: Person) -> None:
    async def later(asked: Asked) -> None:
        await asked.response.defer()
        await asked.edit_original_response(content="turned")

    bot.when("next:1", later)
    first = await mara.runs("/read", story="x")
    second = await mara.clicks("Next")
    assert (second.id, second.content) == (first.id, "turned")


async def test_an_answer_may_be_taken_back(bot: Bot, mara: Person, hall: Channel) -> None:
    async def vanish(asked: Asked) -> None:
        await asked.response.defer()
        await asked.delete_original_response()

    bot.when("next:1", vanish)
    await mara.runs("/read", story="x")
    answer = await mara.clicks("Next")
    assert isinstance(answer, Message)
    assert answer.deleted
    assert mara.sees(hall) == []
    with pytest.raises(CommandRefused, match="mara sees no message in reading-room"):
        await mara.clicks("Next")


async def test_silence_is_a_failed_interaction(sandbox: Sandbox, bot: Bot, mara: Person) -> None:
    async def sleep(asked: Asked) -> None:
        sandbox.advance(3.1)

    bot.when("next:1", sleep)
    await mara.runs("/read", story="x")
    with pytest.raises(Unanswered, match="did not acknowledge it within 3 s"):
        await mara.clicks("Next")


async def test_a_deferral_with_nothing_after_it_fails_too(sandbox: Sandbox, bot: Bot, mara: Person) -> None:
    async def promise(asked: Asked) -> None:
        await asked.response.defer()

    sandbox.backend.interactions.patience = 0.05
    bot.when("next:1", promise)
    await mara.runs("/read", story="x")
    with pytest.raises(Unanswered, match="deferred it and then said nothing"):
        await mara.clicks("Next")


async def test_reloading_takes_private_messages_away(bot: Bot, mara: Person, hall: Channel) -> None:
    await mara.runs("/read", story="x")
    mara.reloads()
    assert mara.sees(hall) == []
    await mara.runs("/read", story="y")
    assert len(mara.sees(hall)) == 1


async def test_components_v2_are_read_like_any_other(bot: Bot, mara: Person) -> None:
    async def lay_out(asked: Asked) -> None:
        layout = discord.ui.LayoutView(timeout=None)
        accessory = discord.ui.Button[discord.ui.LayoutView](label="Again", custom_id="next:1")
        section = discord.ui.Section[discord.ui.LayoutView]("A section", accessory=accessory)
        layout.add_item(discord.ui.Container(discord.ui.TextDisplay("Inside"), section, discord.ui.Separator()))
        layout.stop()
        await asked.response.send_message(view=layout)

    bot.when("next:1", lay_out)
    await mara.runs("/read", story="x")
    shown = await mara.clicks("Next")
    assert (shown.text, shown.buttons) == ("Inside\nA section", ["Again"])
    assert (await mara.clicks("Again")).text == shown.text
