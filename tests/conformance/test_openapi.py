"""This room shows that the judge lets real bodies pass and finds each kind of mistake."""

import datetime
import subprocess
import sys

import discord
import pytest
from discord import app_commands
from discord.http import handle_message_parameters
from discord.webhook.async_ import interaction_message_response_params

from tests.conformance import describe, judge
from tests.conformance.openapi import discord as description
from tests.conformance.samples import (
    CALLBACK,
    COMMANDS,
    FOLLOW_UP,
    GUILD,
    HALL,
    INTERACTION,
    MARA,
    MESSAGE,
    MESSAGES,
    ORIGINAL,
    TOKEN,
    Body,
    Exchange,
    bot,
    button,
    channel,
    command,
    direct,
    gateway,
    member,
    message,
    own_user,
    rate_limited,
    refusal,
    user,
    without,
)
from tests.shared import CHECKOUT


def lines(exchange: Exchange) -> list[str]:
    return [describe(violation) for violation in judge(exchange)]


def callback(body: object) -> Exchange:
    return Exchange("POST", CALLBACK, body, 204)


def page() -> discord.Embed:
    noon = datetime.datetime(2026, 8, 6, 12, tzinfo=datetime.UTC)
    embed = discord.Embed(title="The Lamp", description="It burned all night.", colour=5, timestamp=noon)
    return embed.set_footer(text="Page 1 of 3").add_field(name="Rating", value="G").set_author(name="Ruby")


def controls() -> discord.ui.View:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Next", custom_id="v1:read:12:3", emoji="➡️"))
    view.add_item(discord.ui.Button(label="Source", url="https://example.org/lamp"))
    options = [discord.SelectOption(label="Page 1", value="1", description="The beginning", emoji="📖")]
    view.add_item(discord.ui.Select(custom_id="v1:jump:12", options=options, placeholder="Go to"))
    return view


def letter() -> discord.ui.Modal:
    form = discord.ui.Modal(title="A letter to Ruby", custom_id="v1:letter:12")
    name: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id="name", default="Mara", required=False, max_length=80
    )
    comments: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id="comments", style=discord.TextStyle.long, min_length=1
    )
    form.add_item(discord.ui.Label(text="Name", description="Empty to stay anonymous", component=name))
    form.add_item(discord.ui.Label(text="Comments", component=comments))
    return form.add_item(discord.ui.TextDisplay("Ruby alone will see this."))


class TestWhatDiscordPySends:
    """Bodies made by discord.py itself, so a new release that sends something else shows here."""

    async def test_callback_with_embed_and_buttons(self) -> None:
        silent = discord.AllowedMentions.none()
        with interaction_message_response_params(
            type=4, content="Here.", embed=page(), view=controls(), allowed_mentions=silent
        ) as made:
            assert lines(callback(made.payload)) == []

    async def test_modal(self) -> None:
        assert lines(callback({"type": 9, "data": letter().to_dict()})) == []

    async def test_message_with_nonce(self) -> None:
        with handle_message_parameters("Hello", embed=page(), view=controls(), nonce="letter-17") as made:
            assert made.payload is not None
            assert made.payload["enforce_nonce"] is True
            assert lines(Exchange("POST", MESSAGES, made.payload, 200, message(nonce="letter-17"))) == []

    async def test_edit_of_the_answer(self) -> None:
        with handle_message_parameters(embeds=[page()], view=None, content=None) as made:
            body = without(made.payload or {}, "tts")
            assert lines(Exchange("PATCH", ORIGINAL, body, 200, message())) == []

    def test_commands(self) -> None:
        tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
        add_read(tree)
        tree.add_command(app_commands.ContextMenu(name="Bookmark", callback=bookmark))
        tree.add_command(app_commands.Group(name="pen", description="For authors", nsfw=True))
        body = [made.to_dict(tree) for made in tree.get_commands()]
        body.append(tree.get_commands(type=discord.AppCommandType.message)[0].to_dict(tree))
        assert lines(Exchange("PUT", COMMANDS, body, 200, [command()])) == []


def add_read(tree: app_commands.CommandTree[discord.Client]) -> None:
    @tree.command(description="Read a story.")
    @app_commands.describe(story="Which one", part="Which part")
    @app_commands.choices(share=[app_commands.Choice(name="With all", value="all")])
    @app_commands.allowed_contexts(guilds=True, dms=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.default_permissions(manage_guild=True)
    async def read(
        interaction: discord.Interaction, story: str, part: app_commands.Range[int, 1], share: str = "all"
    ) -> None:
        """Never run: its description is what is sent."""


async def bookmark(interaction: discord.Interaction, message: discord.Message) -> None:
    """Never run: its description is what is sent."""


RESOURCE = {"interaction": {"id": INTERACTION, "type": 2}, "resource": {"type": 4, "message": message()}}

GOOD: dict[str, Exchange] = {
    "own user": Exchange("GET", "/users/@me", response=own_user()),
    "a user": Exchange("GET", f"/users/{MARA}", response=user()),
    "a member": Exchange("GET", f"/guilds/{GUILD}/members/{MARA}", response=member()),
    "gateway": Exchange("GET", "/gateway/bot", response=gateway()),
    "message": Exchange("GET", f"{MESSAGES}/{MESSAGE}", response=message()),
    "messages": Exchange("GET", MESSAGES, response=[message(), message()], query="limit=50&before=5"),
    "guild channel": Exchange("GET", f"/channels/{HALL}", response=channel()),
    "direct channel": Exchange("GET", f"/channels/{HALL}", response=direct()),
    "opened channel": Exchange("POST", "/users/@me/channels", {"recipient_id": MARA}, response=direct()),
    "callback with an answer": Exchange("POST", CALLBACK, {"type": 5}, 200, RESOURCE, "with_response=1"),
    "callback without data": callback({"type": 6}),
    "autocomplete": callback({"type": 8, "data": {"choices": [{"name": "The Lamp", "value": "12"}]}}),
    "autocomplete of numbers": callback({"type": 8, "data": {"choices": [{"name": "3", "value": 3}]}}),
    "autocomplete with nothing": callback({"type": 8, "data": {"choices": []}}),
    "follow-up": Exchange("POST", FOLLOW_UP, {"content": "And then?"}, 200, message(), "wait=1"),
    "deleted": Exchange("DELETE", ORIGINAL, status=204),
    "no answer": Exchange("GET", "/users/@me", status=0),
    "invalid body": Exchange("POST", MESSAGES, {"embeds": []}, 400, refusal()),
    "no such message": Exchange(
        "GET", f"{MESSAGES}/{MESSAGE}", status=404, response={"code": 10008, "message": "Unknown Message"}
    ),
    "rate limit": Exchange("POST", MESSAGES, {"content": "Hello"}, 429, rate_limited()),
    "rate limit with code": Exchange("POST", MESSAGES, {"content": "Hello"}, 429, rate_limited(code=20028)),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_exchange_passes(name: str) -> None:
    assert lines(GOOD[name]) == []


def say(**changes: object) -> Exchange:
    """A message sent, with a request that is right but for the changes."""
    return Exchange("POST", MESSAGES, {"content": "Hello"} | changes, 200, message())


def seen(**changes: object) -> Exchange:
    return Exchange("GET", f"{MESSAGES}/{MESSAGE}", response=message(**changes))


def row(*components: Body) -> list[Body]:
    return [{"type": 1, "id": 1, "components": list(components)}]


BAD: dict[str, tuple[Exchange, str]] = {
    "unknown key at the top of a request": (say(colour=5), "request at colour: unknown key"),
    "unknown key deep in a request": (
        say(embeds=[{"title": "The Lamp", "fields": [{"name": "a", "value": "b", "wide": True}]}]),
        "request at embeds[0].fields[0].wide: unknown key",
    ),
    "unknown key in a component": (
        callback({"type": 4, "data": {"components": row(button("Next", colour=5))}}),
        "request at data.components[0].components[0].colour: unknown key",
    ),
    "unknown key at the top of an answer": (seen(reader="mara"), "answer at reader: unknown key"),
    "unknown key deep in an answer": (
        seen(author=bot(shoes=2)),
        "answer at author.shoes: unknown key",
    ),
    "unknown key in an answered component": (
        seen(components=row(button("Next"), button("Last", colour=5))),
        "answer at components[0].components[1].colour: unknown key",
    ),
    "unknown key in an error": (
        Exchange("POST", MESSAGES, {}, 400, refusal(hint="Try again")),
        "answer at hint: unknown key",
    ),
    "keys of two branches": (
        callback({"type": 4, "data": {"content": "Hello", "choices": []}}),
        "request at data.choices: unknown key",
    ),
    "values of two branches": (
        callback({"type": 8, "data": {"choices": [{"name": "3", "value": 3}, {"name": "4", "value": "4"}]}}),
        "request at data.choices",
    ),
    "wrong type": (say(tts="no"), "request at tts: 'no' is not boolean or null"),
    "wrong type in an answer": (seen(id=5), "answer at id: 5 is not string"),
    "no snowflake": (seen(id="the first"), "answer at id: 'the first' does not match ^(0|[1-9][0-9]*)$"),
    "no time": (seen(timestamp="noon"), "answer at timestamp: 'noon' is not a date-time"),
    "too big for 32 bits": (
        seen(flags=2**31),
        "answer at flags: 2147483648 breaks maximum 2147483647",
    ),
    "too long": (say(content="a" * 4001), "… (4003 characters) breaks maxLength 4000"),
    "no such value": (say(components=row(button("Next", style=9))), "].style: 9 is none of 1, 2, 3, 4, 5, 6"),
    "no such component": (
        say(components=row({"type": 99})),
        "].components[0]: {'type': 99} fits none of 6 forms",
    ),
    "no such callback": (callback({"type": 3}), "request: {'type': 3} fits none of 7 forms"),
    "missing in a request": (callback({"type": 8}), "request at data: missing"),
    "too few": (
        callback({"type": 9, "data": {"custom_id": "v1:letter", "title": "Letter", "components": []}}),
        "request at data.components: [] breaks minItems 1",
    ),
    "missing in an answer": (
        Exchange("GET", "/users/@me", response=without(own_user(), "locale")),
        "answer at locale: missing",
    ),
    "missing body": (Exchange("POST", MESSAGES, None, 200, message()), "request: None is not object"),
    "missing answer": (Exchange("GET", "/users/@me"), "answer: None is not object"),
    "body with a GET": (Exchange("GET", "/users/@me", {}, 200, own_user()), "request: a body where the file"),
    "body with 204": (
        Exchange("DELETE", ORIGINAL, None, 204, {}),
        "answer: a body, where the file has none with 204",
    ),
    "wrong status": (
        Exchange("GET", "/users/@me", None, 201, own_user()),
        "answer: status 201, where the file has 200, 429, 4XX, 5XX",
    ),
    "unknown route": (
        Exchange("GET", "/users/@me/shoes"),
        "GET /users/@me/shoes: route: the file has no such route",
    ),
    "unknown method": (
        Exchange("PUT", "/users/@me", {}),
        "PUT /users/@me: route: the file has no such route",
    ),
    "no id in the path": (
        Exchange("GET", "/users/mara", response=user()),
        "route at user_id: not a snowflake",
    ),
    "unknown query": (
        Exchange("GET", MESSAGES, response=[], query="limit=5&newest"),
        "route at ?newest: unknown query parameter",
    ),
    "errors outside the tree": (
        Exchange("POST", MESSAGES, {}, 400, refusal(errors={"content": ["too long"]})),
        "answer at errors.content: ['too long'] fits none of 2 forms",
    ),
    "numbered error of a field": (
        Exchange("POST", MESSAGES, {}, 400, refusal(errors={"tts": {"_errors": [{"code": 5, "message": "No"}]}})),
        "answer at errors.tts._errors[0].code: 5 is not string",
    ),
    "rate limit without its time": (
        Exchange("POST", MESSAGES, {}, 429, without(rate_limited(), "retry_after")),
        "answer at retry_after: missing",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_violation_is_found(name: str) -> None:
    exchange, expected = BAD[name]
    (line,) = lines(exchange)
    assert expected in line


def test_every_violation_is_told() -> None:
    exchange = Exchange("POST", MESSAGES, {"colour": 5, "tts": 1}, 200, without(message(id=5), "content"))
    assert {line.partition(": ")[2] for line in lines(exchange)} == {
        "request at colour: unknown key",
        "request at tts: 1 is not boolean or null",
        "answer at id: 5 is not string",
        "answer at content: missing",
    }


def test_a_line_names_method_path_and_place_but_no_token() -> None:
    (line,) = lines(Exchange("POST", CALLBACK, {"type": 4, "data": {"colour": 5}}, 204))
    shown = f"/interactions/{INTERACTION}/{{interaction_token}}/callback"
    assert line == f"POST {shown}: request at data.colour: unknown key"
    assert TOKEN not in line


def test_literal_segments_go_before_parameters() -> None:
    found = {
        path: match.route.template if (match := description().routes.find("GET", path)) else None
        for path in (
            "/users/@me",
            "/users/%40me",
            f"/users/{MARA}",
            f"{MESSAGES}/pins",
            ORIGINAL,
            f"/users/{MARA}/x",
        )
    }
    assert list(found.values()) == [
        "/users/@me",
        "/users/@me",
        "/users/{user_id}",
        "/channels/{channel_id}/messages/pins",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        None,
    ]


def test_every_operation_is_found_and_compiles() -> None:
    told = description()
    for template, item in told.document["paths"].items():
        path = template.replace("{", "1").replace("}", "")
        for method in item.keys() - {"parameters"}:
            match = told.routes.find(method.upper(), path)
            assert match is not None
            assert match.route.template == template
            bodies = [item[method].get("requestBody", {}), *item[method]["responses"].values()]
            for body in filter(None, (told.resolve(body).get("content") for body in bodies)):
                told.compile_body(body)


def test_a_picture_is_not_judged_as_json() -> None:
    assert lines(Exchange("GET", f"/guilds/{GUILD}/widget.png")) == []


def test_validators_are_built_once() -> None:
    judge(seen())
    before = dict(description().validators)
    judge(seen(content="another"))
    assert before == description().validators


def test_importing_the_judge_does_not_read_the_file() -> None:
    code = "from tests.conformance.openapi import discord; print(discord.cache_info().currsize)"
    told = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "0"
