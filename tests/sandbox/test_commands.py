"""This room tests how commands are registered, and to whom they are offered."""

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.sandbox import Channel, CommandRefused, Guild, Person, Sandbox
from bot.sandbox.errors import Json
from tests.sandbox.bots import Asked, Bot, reader
from tests.sandbox.conftest import Connect
from tests.sandbox.test_limits import leaves
from tests.sandbox.wire import Api

READ: Json = {"name": "read", "description": "Open a story"}


@pytest.fixture
def path(sandbox: Sandbox) -> str:
    return f"/applications/{sandbox.application_id}/commands"


async def tree_of(api: Api, path: str, *commands: Json) -> dict[str, list[str]]:
    answer = await api("PUT", path, list(commands))
    assert (answer.status, answer.code) == (400, 50035)
    return leaves(answer.body["errors"])


async def test_a_command_comes_back_complete(api: Api, path: str, sandbox: Sandbox) -> None:
    [command] = (await api("PUT", path, [READ])).body
    assert command["application_id"] == str(sandbox.application_id)
    assert (command["type"], command["nsfw"], command["contexts"]) == (1, False, None)
    assert command["default_member_permissions"] is None
    assert command["integration_types"] == [0]
    assert (await api("GET", path)).body == [command]
    assert sandbox.commands == [command]
    await sandbox.commands_synced()


async def test_overwriting_keeps_ids_of_the_same_name(api: Api, path: str) -> None:
    [first] = (await api("PUT", path, [READ])).body
    again, other = (await api("PUT", path, [READ | {"description": "New"}, READ | {"name": "other"}])).body
    assert again["id"] == first["id"]
    assert again["version"] != first["version"]
    assert other["id"] != first["id"]
    assert (await api("PUT", path, [])).body == []


async def test_one_at_a_time(api: Api, path: str) -> None:
    created = await api("POST", path, READ)
    assert created.status == 201
    replaced = await api("POST", path, READ | {"description": "New"})
    assert (replaced.status, replaced.body["id"]) == (200, created.body["id"])
    one = f"{path}/{created.body['id']}"
    edited = await api("PATCH", one, {"default_member_permissions": "32"})
    assert (edited.body["default_member_permissions"], edited.body["description"]) == ("32", "New")
    assert (await api("GET", one)).body == edited.body
    assert (await api("DELETE", one)).status == 204
    assert (await api("GET", one)).code == 10063
    assert (await api("DELETE", one)).code == 10063


async def test_commands_of_a_guild(api: Api, sandbox: Sandbox, guild: Guild) -> None:
    path = f"/applications/{sandbox.application_id}/guilds/{guild.id}/commands"
    [command] = (await api("PUT", path, [READ])).body
    assert command["guild_id"] == str(guild.id)
    assert (await api("GET", f"/applications/{sandbox.application_id}/commands")).body == []
    elsewhere = sandbox.guild("Elsewhere", has_bot=False)
    assert (await api("PUT", path.replace(str(guild.id), str(elsewhere.id)), [READ])).code == 50001


async def test_of_another_application(api: Api) -> None:
    assert (await api("GET", "/applications/1/commands")).code == 10002


def option(**parts: object) -> Json:
    return {"type": 3, "name": "story", "description": "Which"} | parts


def with_options(*options: Json) -> Json:
    return READ | {"options": list(options)}


def named(count: int) -> list[Json]:
    return [option(name=f"o{number}", description="Which one?") for number in range(count)]


BAD, LONG, CHOICE = "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_CHOICES"
INVALID = "APPLICATION_COMMAND_INVALID_NAME"

BROKEN: list[tuple[str, Json, dict[str, list[str]]]] = [
    ("name", READ | {"name": "x" * 33}, {"0.name": [BAD]}),
    ("name with a space", READ | {"name": "read it"}, {"0.name": ["STRING_TYPE_REGEX", INVALID]}),
    ("name in capitals", READ | {"name": "Read"}, {"0.name": [INVALID]}),
    ("description", READ | {"description": "x" * 101}, {"0.description": [BAD]}),
    ("no description", {"name": "read"}, {"0.description": ["BASE_TYPE_REQUIRED"]}),
    ("kind", READ | {"type": 9}, {"0.type": [CHOICE]}),
    ("context", READ | {"contexts": [0, 7]}, {"0.contexts.1": [CHOICE]}),
    ("install", READ | {"integration_types": [2]}, {"0.integration_types.0": [CHOICE]}),
    (
        "a menu with description",
        {"type": 3, "name": "Report", "description": "x"},
        {"0.description": ["APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION"]},
    ),
    ("options", with_options(*named(26)), {"0.options": [LONG]}),
    ("option name", with_options(option(name="Story")), {"0.options.0.name": [INVALID]}),
    ("option type", with_options(option(type=12)), {"0.options.0.type": [CHOICE]}),
    (
        "option twice",
        with_options(option(), option()),
        {"0.options.1.name": ["APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED"]},
    ),
    (
        "required after optional",
        with_options(option(), option(name="b", required=True)),
        {"0.options.1": ["APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"]},
    ),
    (
        "choices",
        with_options(option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])),
        {"0.options.0.choices": [LONG]},
    ),
    (
        "choice name and value",
        with_options(option(choices=[{"name": "x" * 101, "value": "x" * 101}])),
        {"0.options.0.choices.0.name": [BAD], "0.options.0.choices.0.value": [LONG]},
    ),
    (
        "a number's choice",
        with_options(option(type=4, choices=[{"name": "one", "value": "1"}])),
        {"0.options.0.choices.0.value": ["NUMBER_TYPE_COERCE"]},
    ),
    (
        "autocomplete with choices",
        with_options(option(autocomplete=True, choices=[{"name": "a", "value": "a"}])),
        {"0.options.0.autocomplete": ["APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES"]},
    ),
    ("max_length", with_options(option(max_length=6_001)), {"0.options.0.max_length": ["NUMBER_TYPE_MAX"]}),
    (
        "a subcommand beside an option",
        with_options(option(type=1), option(name="b")),
        {"0.options": ["APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"]},
    ),
    (
        "a group in a group",
        with_options(option(type=2, options=[option(type=2, name="b", options=[])])),
        {"0.options.0.options.0.type": [CHOICE]},
    ),
    (
        "a subcommand in a subcommand",
        with_options(option(type=1, options=[option(type=1, name="b")])),
        {"0.options.0.options.0.type": [CHOICE]},
    ),
    (
        "8,000 characters",
        with_options(
            *[option(name=f"o{n}", description="x" * 100, type=1, options=named(25)) for n in range(25)],
        ),
        {"0": ["APPLICATION_COMMAND_TOO_LARGE"]},
    ),
]


@pytest.mark.parametrize(("command", "tree"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
async def test_a_limit_broken(api: Api, path: str, command: Json, tree: dict[str, list[str]]) -> None:
    assert await tree_of(api, path, command) == tree


@pytest.mark.parametrize("name", ["read", "lire-à_l'aube", "読む", "पढ़ो", "อ่าน", "x" * 32, "7"])
async def test_names_of_every_script(api: Api, path: str, name: str) -> None:
    assert (await api("PUT", path, [READ | {"name": name}])).status == 200


async def test_the_same_name_twice(api: Api, path: str) -> None:
    assert await tree_of(api, path, READ, READ) == {"1": ["APPLICATION_COMMANDS_DUPLICATE_NAME"]}
    menus = [{"type": kind, "name": "Read"} for kind in (2, 3)]
    assert (await api("PUT", path, [READ, *menus])).status == 200


@pytest.mark.parametrize(("kind", "most"), [(1, 100), (2, 15), (3, 15)])
async def test_so_many_and_no_more(api: Api, path: str, kind: int, most: int) -> None:
    description = {"description": "x"} if kind == 1 else {}
    commands = [{"type": kind, "name": f"c{number}"} | description for number in range(most)]
    assert (await api("PUT", path, commands)).status == 200
    one_more = await api("POST", path, {"type": kind, "name": "more"} | description)
    assert (one_more.status, one_more.code) == (400, 30032)


async def test_200_creates_a_day(api: Api, path: str, sandbox: Sandbox) -> None:
    sandbox.rate_limits = False
    for turn in range(2):
        commands = [READ | {"name": f"c{turn}-{number}"} for number in range(100)]
        assert (await api("PUT", path, commands)).status == 200
    assert (await api("PUT", path, [READ])).code == 30034
    sandbox.advance(86_400)
    assert (await api("PUT", path, [READ])).status == 200


# What the client offers


def offering() -> Bot:
    """Commands for some people and places."""
    bot = Bot()
    tree = bot.tree

    async def yes(interaction: Asked) -> None:
        await interaction.response.send_message("yes")

    decorators: dict[str, Any] = {
        "anywhere": lambda command: command,  # pyright: ignore[reportUnknownLambdaType]
        "managers": app_commands.default_permissions(manage_guild=True),
        "nobody": app_commands.default_permissions(),
        "guilds": app_commands.guild_only(),
        "dms": app_commands.dm_only(),
        "own": app_commands.user_install(),
    }
    for name, decorate in decorators.items():
        command = app_commands.Command[Any, Any, Any](name=name, description=name, callback=yes)
        decorate(command)
        tree.add_command(command)
    tree.add_command(app_commands.Command(name="grown-up", description="x", callback=yes, nsfw=True))
    return bot


def names(commands: list[Json]) -> set[str]:
    return {command["name"] for command in commands}


async def test_who_is_offered_what(
    connect: Connect, sandbox: Sandbox, mara: Person, guild: Guild, hall: Channel, dark: Channel
) -> None:
    await connect(offering())
    manager = sandbox.person("nora", guild=guild, permissions=discord.Permissions(manage_guild=True))
    everybody = {"anywhere", "guilds"}
    assert names(mara.offered(hall)) == everybody
    assert names(mara.offered(dark)) == everybody | {"grown-up"}
    assert names(mara.offered(dark.thread("late"))) == everybody | {"grown-up"}
    assert names(manager.offered(hall)) == everybody | {"managers"}
    assert names(mara.offered("dm")) == {"anywhere", "dms", "managers", "nobody"}
    mara.installs()
    assert "own" in names(mara.offered(hall))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("/managers", "needs permissions they do not have"),
        ("/nobody", "needs permissions they do not have"),
        ("/dms", "is not for this kind of place"),
        ("/own", "is not installed here"),
        ("/grown-up", "is for age-restricted channels"),
        ("/nothing", "There is no command '/nothing'"),
    ],
)
async def test_what_is_not_offered_cannot_be_run(connect: Connect, mara: Person, line: str, reason: str) -> None:
    await connect(offering())
    with pytest.raises(CommandRefused, match=reason):
        await mara.runs(line)


async def test_an_administrator_may_what_nobody_may(
    connect: Connect, sandbox: Sandbox, guild: Guild, hall: Channel
) -> None:
    await connect(offering())
    admin = sandbox.person("ada", guild=guild, permissions=1 << 3)
    assert (await admin.runs("/nobody")).content == "yes"


async def test_a_group_is_run_by_its_subcommand(
    connect: Connect, sandbox: Sandbox, guild: Guild, hall: Channel
) -> None:
    await connect(reader())
    nora = sandbox.person("nora", guild=guild, permissions=1 << 5)
    assert (await nora.runs("/desk import", public=True)).content == "imported True"
    with pytest.raises(CommandRefused, match="no 'export' in it"):
        await nora.runs("/desk export")
    with pytest.raises(CommandRefused, match="not a command by itself; it has import"):
        await nora.runs("/desk")


async def test_a_guilds_own_command_goes_before_a_global_one(
    api: Api, sandbox: Sandbox, guild: Guild, mara: Person, path: str
) -> None:
    await api("PUT", path, [READ])
    own = f"/applications/{sandbox.application_id}/guilds/{guild.id}/commands"
    await api("PUT", own, [READ | {"description": "Ours"}])
    assert [command["description"] for command in mara.offered()] == ["Ours"]
    assert [command["description"] for command in mara.offered("dm")] == ["Open a story"]
