"""What is built once and handed to the cogs: every command is there, and no two rooms claim one press."""

from collections import Counter

from discord import AppCommandType, app_commands

from bot.ui.audience import Audiences
from bot.ui.controls import Switchboard
from bot.wiring import cogs
from tests.discord.stage import Stage

READERS = {"archive", "continue", "download", "feedback", "follow", "letters", "mydata", "random", "read", "search"}
AUTHORS = {"claim", "inbox", "wishes", "blocks", "stories", "stats", "submit", "withdraw"}
MODERATORS = {"import", "review", "publish", "hide", "restore", "edit", "ledger", "settings", "claims", "reports"}


async def test_every_command_has_one_cog(stage: Stage) -> None:
    async with stage.bot() as bot:
        commands = {command.name: command for command in bot.tree.get_commands()}
        assert set(commands) >= READERS
        for name, wanted in (("pen", AUTHORS), ("desk", MODERATORS)):
            group = commands[name]
            assert isinstance(group, app_commands.Group)
            assert {command.name for command in group.commands} >= wanted


async def test_what_adds_to_a_group_comes_after_it(stage: Stage) -> None:
    async with stage.bot() as bot:
        names = list(bot.cogs)
        for group, others in (("PenCog", ("WorksCog", "WithdrawalCog")), ("DeskCog", ("UploadsCog", "PublishingCog"))):
            assert all(names.index(group) < names.index(other) for other in others)
        menus: list[app_commands.ContextMenu] = []
        audiences = Audiences(bot, bot.services.library)
        built = Counter(type(cog) for cog in cogs(bot.services, Switchboard(), audiences, menus.append))
        assert set(built.values()) == {1}
        assert {cog.__name__ for cog in built} == set(names), "each was handed to the client"
        known = bot.tree.get_commands(type=AppCommandType.message)
        assert [menu.name for menu in menus] == [menu.name for menu in known] == ["Bookmark", "Report"]


async def test_work_in_the_background_is_started_once(stage: Stage) -> None:
    async with stage.bot() as bot:
        started = [task.get_coro() for task in bot._background]
        works = list(bot.services.background())
        assert len(started) == len(works) + 2, "the postman, who is drained, and the watch over the loop as well"
        assert all(not task.done() for task in bot._background)
