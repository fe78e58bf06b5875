"""This room holds the page's server to its manners: whom it answers, what it takes, and what it tells."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest

from bot.sandbox import Person, Sandbox
from bot.sandbox.page import page_of

Json = dict[str, Any]
JSON = {"Content-Type": "application/json"}


class Browser:
    """Sends what a browser would that has the page open."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.origin = f"http://127.0.0.1:{sandbox.port}"
        self.address = sandbox.page_url
        self.session = session

    async def get(self, what: str = "", **headers: str) -> tuple[int, str, aiohttp.ClientResponse]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.get(self.address + what, headers=named) as answer:
            return answer.status, await answer.text(), answer

    async def post(self, what: str, body: object, **headers: str) -> tuple[int, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {**JSON, "Origin": self.origin, **named}
        async with self.session.post(self.address + what, data=orjson.dumps(body), headers=sent) as answer:
            return answer.status, await answer.text()

    async def state(self, name: str) -> Json:
        return orjson.loads((await self.get(f"state?as={name}"))[1])


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.start(page=True, key="sesame") as sandbox:
        guild = sandbox.guild("Story Circle")
        guild.channel("hall")
        guild.channel("after-dark", nsfw=True).thread("late")
        yield sandbox


@pytest.fixture
def mara(sandbox: Sandbox) -> Person:
    return sandbox.person("mara")


@pytest.fixture
async def browser(sandbox: Sandbox, mara: Person) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        yield Browser(sandbox, session)


async def test_the_page_is_under_its_key_alone(browser: Browser) -> None:
    status, text, _ = await browser.get()
    assert status == 200
    assert "<title>Local Discord</title>" in text
    async with browser.session.get(f"{browser.origin}/wrong/") as answer:
        assert answer.status == 404


async def test_every_answer_forbids_what_is_not_its_own(browser: Browser) -> None:
    for what in ("", "static/main.js", "state?as=mara", "nowhere"):
        headers = (await browser.get(what))[2].headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("", "text/html"),
        ("static/page.css", "text/css"),
        ("static/main.js", "text/javascript"),
        ("static/icon.svg", "image/svg+xml"),
        ("state?as=mara", "application/json"),
    ],
)
async def test_content_types(browser: Browser, what: str, kind: str) -> None:
    assert (await browser.get(what))[2].content_type == kind


async def test_nothing_outside_the_static_folder_is_served(browser: Browser) -> None:
    assert (await browser.get("static/%2e%2e/server.py"))[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1"])
async def test_a_foreign_host_is_refused(browser: Browser, host: str) -> None:
    status, text, _ = await browser.get("state?as=mara", Host=host)
    assert status == 403
    assert text.strip().endswith(".")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1"])
async def test_a_foreign_origin_is_refused(browser: Browser, origin: str) -> None:
    assert (await browser.get("state?as=mara", Origin=origin))[0] == 403
    status, text = await browser.post("read", {"as": "mara", "place": "dm"}, Origin=origin)
    assert (status, "another page" in text) == (403, True)


async def test_a_post_without_origin_is_refused(browser: Browser) -> None:
    body = orjson.dumps({"as": "mara", "place": "dm"})
    async with browser.session.post(browser.address + "read", data=body, headers=JSON) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_another_site_cannot_embed_or_link(browser: Browser, site: str) -> None:
    assert (await browser.get("", Sec_Fetch_Site=site))[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=x"])
async def test_only_json_is_taken(browser: Browser, kind: str) -> None:
    assert (await browser.post("read", {"as": "mara", "place": "dm"}, Content_Type=kind))[0] == 415


@pytest.mark.parametrize("body", [[], {}, {"as": "mara"}, {"as": 3, "place": "dm"}, "text"])
async def test_a_body_that_says_nothing_is_refused(browser: Browser, body: object) -> None:
    status, text = await browser.post("read", body)
    assert 400 <= status < 405
    assert "Traceback" not in text


async def test_a_stranger_is_not_found(browser: Browser) -> None:
    status, text, _ = await browser.get("state?as=nobody")
    assert (status, "nobody" in text) == (404, True)


async def test_a_place_one_cannot_see_is_not_found(browser: Browser, sandbox: Sandbox) -> None:
    hidden = sandbox.guild("Story Circle").channel("desk")
    hidden.hide()
    assert "desk" not in [place["name"] for place in (await browser.state("mara"))["places"]]
    assert (await browser.get(f"messages?as=mara&place={hidden.id}"))[0] == 404


async def test_places_are_told_apart(browser: Browser) -> None:
    places = (await browser.state("mara"))["places"]
    assert [(place["name"], place["kind"], place["adult"]) for place in places] == [
        ("hall", "channel", False),
        ("after-dark", "channel", True),
        ("late", "thread", True),
        ("talker", "dm", False),
    ]


async def test_persons_are_those_of_the_sandbox_and_their_notes(browser: Browser, sandbox: Sandbox) -> None:
    sandbox.person("iris", permissions=1 << 5)
    sandbox.person("noor").closes_dms()
    page_of(sandbox).notes["mara"] = "reader"
    persons = (await browser.state(""))["persons"]
    assert [(person["name"], person["note"]) for person in persons] == [
        ("Mara", "reader"),
        ("Iris", "manages the server"),
        ("Noor", "takes no DMs"),
    ]


async def test_without_a_name_one_is_the_first_person(browser: Browser) -> None:
    assert (await browser.state(""))["you"] == "mara"


def letter(sandbox: Sandbox, to: Person, text: str) -> None:
    """The bot writes to somebody, without a bot."""
    sandbox.backend.composer.said(to.dm, sandbox.bot_user, text)


async def test_a_message_is_unread_until_it_is_read(browser: Browser, sandbox: Sandbox, mara: Person) -> None:
    letter(sandbox, mara, "one")
    letter(sandbox, mara, "two")
    state = await browser.state("mara")
    assert state["places"][-1]["unread"]
    assert state["persons"][0]["unread"] == 2
    assert (await browser.post("read", {"as": "mara", "place": "dm"}))[0] == 200
    state = await browser.state("mara")
    assert not state["places"][-1]["unread"]
    assert state["persons"][0]["unread"] == 0


async def test_what_is_dismissed_is_gone_for_its_reader(browser: Browser, sandbox: Sandbox, mara: Person) -> None:
    letter(sandbox, mara, "*once*")
    (message,) = orjson.loads((await browser.get("messages?as=mara&place=dm"))[1])["messages"]
    assert message["html"] == "<em>once</em>"
    await browser.post("dismiss", {"as": "mara", "message": message["id"]})
    assert orjson.loads((await browser.get("messages?as=mara&place=dm"))[1])["messages"] == []


async def test_a_command_nobody_registered_is_refused_in_a_sentence(browser: Browser) -> None:
    body: Json = {"as": "mara", "place": "dm", "command": "read", "values": {}}
    outcome = orjson.loads((await browser.post("run", body))[1])
    assert outcome["outcome"] == "refused"
    assert "/read" in outcome["sentence"]


async def test_a_form_that_is_not_open_cannot_be_sent(browser: Browser) -> None:
    outcome = orjson.loads((await browser.post("submit", {"as": "mara", "values": {}}))[1])
    assert outcome == {"outcome": "refused", "sentence": "This form is no longer open; open it anew."}


async def test_a_press_on_a_message_that_is_gone_is_not_found(browser: Browser) -> None:
    assert (await browser.post("press", {"as": "mara", "place": "dm", "message": "1", "control": "x"}))[0] == 404


async def next_event(answer: aiohttp.ClientResponse) -> Json:
    async for line in answer.content:
        if line.startswith(b"data: "):
            return orjson.loads(line.removeprefix(b"data: "))
    raise AssertionError("The stream ended.")


async def test_a_stream_tells_what_happens(browser: Browser, sandbox: Sandbox, mara: Person) -> None:
    hall = sandbox.guild("Story Circle").channel("hall")
    async with browser.session.get(browser.address + "events?as=mara") as answer:
        assert answer.content_type == "text/event-stream"
        sandbox.backend.composer.said(hall, sandbox.bot_user, "**Hello**")
        event = await next_event(answer)
    assert (event["kind"], event["place"], event["fresh"]) == ("message", str(hall.id), True)
    assert event["message"]["html"] == "<strong>Hello</strong>"


async def test_a_stream_marks_letters_for_others_without_their_text(browser: Browser, sandbox: Sandbox) -> None:
    ruby = sandbox.person("ruby")
    sandbox.backend.world.dm(ruby.user)
    hall = sandbox.guild("Story Circle").channel("hall")
    async with browser.session.get(browser.address + "events?as=mara") as answer:
        sandbox.backend.composer.said(hall, sandbox.bot_user, "for everybody")
        assert (await next_event(answer))["place"] == str(hall.id)
        letter(sandbox, ruby, "secret")
        assert await next_event(answer) == {"kind": "unread", "person": "ruby", "count": 1}


async def test_a_stream_ends_with_the_server(browser: Browser, sandbox: Sandbox) -> None:
    async with browser.session.get(browser.address + "events?as=mara") as answer:
        await sandbox.app.shutdown()
        assert b"data" not in await answer.content.read()
