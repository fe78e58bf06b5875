"""This room tests what the inspector tells: order, verdict, timing, and no secrets."""

from typing import Any

import orjson
import pytest

from bot.sandbox import Channel, Exchange, GatewayEvent, Person, Sandbox
from bot.sandbox.page.ledger import KEPT, LONGEST, SECRET, Ledger, detail, redacted, row, verdict
from bot.sandbox.records import CLOSED
from tests.sandbox.bots import Asked, Bot
from tests.sandbox.wire import Api, gateway


@pytest.fixture
def ledger(sandbox: Sandbox) -> Ledger:
    ledger = Ledger()
    ledger.listen_to(sandbox)
    return ledger


def names(ledger: Ledger) -> list[str]:
    return [drawn["name"] for drawn in ledger.rows()]


def exchange(status: int = 200, response: object = None, path: str = "/users/@me") -> Exchange:
    return Exchange("GET", path, None, status, response, 0.0, took=0.012)


async def test_both_sides_in_their_order(sandbox: Sandbox, api: Api, ledger: Ledger) -> None:
    await api("GET", "/gateway/bot")
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await socket.send(1)
        await socket.next()
    assert names(ledger) == ["GET /gateway/bot", "Hello", "Identify", "READY", "Heartbeat", "Heartbeat ACK"]
    assert [drawn["by"] for drawn in ledger.rows()] == ["bot", "discord", "bot", "discord", "bot", "discord"]
    assert [drawn["number"] for drawn in ledger.rows()] == list(range(1, 7))


async def test_an_answer_is_timed_from_its_interaction(ledger: Ledger, bot: Bot, mara: Person) -> None:
    await mara.runs("/read", story="The Lamp")
    asked, answered = ledger.rows()[-2:]
    assert asked["name"] == "INTERACTION_CREATE"
    assert answered["name"].startswith("POST /interactions/…")
    assert answered["name"].endswith("/…/callback")
    assert answered["timing"].startswith("first answer after ")
    assert ledger.entries[-1].first


async def test_later_answers_are_not_the_first(ledger: Ledger, bot: Bot, mara: Person) -> None:
    async def in_two_steps(asked: Asked) -> None:
        await asked.response.defer()
        await asked.edit_original_response(content="later")

    bot.when("next:1", in_two_steps)
    await mara.runs("/read", story="The Lamp")
    await mara.clicks("Next")
    deferred, edited = list(ledger.entries)[-2:]
    assert (deferred.first, edited.first) == (True, False)
    assert row(edited)["timing"].startswith("after ")


def test_a_refused_answer_is_no_first_answer() -> None:
    ledger, asked = Ledger(), {"token": "secret", "id": "7"}
    ledger._told(GatewayEvent(0, "INTERACTION_CREATE", asked, 1.0))
    ledger._called(Exchange("POST", "/interactions/7/secret/callback", {}, 400, {"code": 50035}, 1.5))
    ledger._called(Exchange("POST", "/interactions/7/secret/callback", {}, 204, None, 1.75))
    assert [entry.first for entry in ledger.entries][-2:] == [False, True]
    assert [drawn["timing"] for drawn in ledger.rows()][-2:] == ["after 500 ms", "first answer after 750 ms"]


async def test_a_broken_rule_is_named_with_its_place(api: Api, ledger: Ledger, hall: Channel) -> None:
    await api("POST", f"/channels/{hall.id}/messages", {"embeds": [{"title": "x" * 257}], "content": "x" * 2_001})
    said = ledger.rows()[-1]
    assert (said["status"], said["refused"], said["verdict"]) == ("400", True, "50035 Invalid Form Body")
    assert detail(ledger.entries[-1])["verdict"][1:] == [
        "content: BASE_TYPE_MAX_LENGTH (Must be 2000 or fewer in length.)",
        "embeds.0.title: BASE_TYPE_MAX_LENGTH (Must be 256 or fewer in length.)",
    ]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (exchange(), []),
        (exchange(0), ["The connection was cut before the answer."]),
        (exchange(429, {"retry_after": 1.5, "global": False}), ["Rate limited: try again in 1.5 s."]),
        (exchange(429, "<h1>"), ["Rate limited: try again in ? s."]),
        (exchange(403, {"code": 50007, "message": "Cannot"}), ["50007 Cannot"]),
        (exchange(502, "gone"), ["502"]),
        (GatewayEvent(CLOSED, None, {"code": 4009}, 0.0), ["No heartbeat for one and a half intervals."]),
        (GatewayEvent(CLOSED, None, {"code": None}, 0.0), ["The connection was cut."]),
        (GatewayEvent(0, "READY", {}, 0.0), []),
    ],
)
def test_verdicts(said: Exchange | GatewayEvent, wanted: list[str]) -> None:
    assert verdict(said) == wanted


async def test_no_token_is_ever_shown(sandbox: Sandbox, ledger: Ledger, bot: Bot, mara: Person) -> None:
    await mara.runs("/read", story="The Lamp")
    secrets = [sandbox.token, bot.heard[-1].token, bot.ws.session_id or ""]
    shown = orjson.dumps([ledger.rows(), [detail(entry) for entry in ledger.entries]]).decode()
    assert all(len(secret) > 20 for secret in secrets)
    assert [secret for secret in secrets if secret in shown] == []
    assert f"/interactions/{bot.heard[-1].id}/{SECRET}/callback" in shown


def test_secrets_are_taken_out_at_any_depth() -> None:
    said: Any = {"d": [{"token": "x", "session_id": "y", "name": "z"}], "token": None}
    assert redacted(said) == {"d": [{"token": SECRET, "session_id": SECRET, "name": "z"}], "token": SECRET}


def test_only_the_newest_are_kept() -> None:
    ledger = Ledger()
    for number in range(KEPT + 10):
        ledger._told(GatewayEvent(0, "INTERACTION_CREATE", {"token": str(number)}, 0.0))
    assert (len(ledger.entries), len(ledger._asked)) == (KEPT, KEPT)
    assert ledger.find(10) is None
    assert ledger.find(11) is ledger.entries[0]


def test_listeners_hear_of_each_until_they_leave() -> None:
    ledger, heard = Ledger(), list[Any]()
    with ledger.telling(heard.append):
        ledger._called(exchange())
    ledger._called(exchange())
    assert [drawn["name"] for drawn in heard] == ["GET /users/@me"]
    assert heard[0]["timing"] == "took 12 ms"


def test_a_great_payload_is_cut() -> None:
    ledger = Ledger()
    ledger._told(GatewayEvent(0, "READY", {"x": "y" * (LONGEST + 50)}, 0.0))
    assert len(detail(ledger.entries[0])["parts"][0]["text"]) == LONGEST + 2


def test_an_unknown_opcode_has_a_name_too() -> None:
    ledger = Ledger()
    ledger._told(GatewayEvent(99, None, None, 0.0, by_bot=True))
    assert row(ledger.entries[0])["name"] == "opcode 99"
    assert detail(ledger.entries[0])["parts"] == []
