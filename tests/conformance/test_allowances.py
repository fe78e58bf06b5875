"""This room holds, for every allowance, an exchange that needs it."""

import orjson
import pytest

from tests.conformance.allowances import ALLOWANCES, Allowance
from tests.conformance.openapi import Description
from tests.conformance.samples import (
    COMMANDS,
    MARA,
    MESSAGES,
    Exchange,
    direct,
    message,
    rate_limited,
    refusal,
)
from tests.shared import shared

SENT = message()
NEEDS: dict[str, tuple[Exchange, ...]] = {
    "command-nsfw": (
        Exchange("PUT", COMMANDS, [{"name": "read", "nsfw": True}], 200, []),
        Exchange("POST", COMMANDS, {"name": "read", "nsfw": None}, 0),
        Exchange("PATCH", f"{COMMANDS}/5", {"nsfw": False}, 0),
    ),
    "embed-flags": (Exchange("POST", MESSAGES, {"embeds": [{"title": "The Lamp", "flags": 0}]}, 200, SENT),),
    "callback-tts": (
        Exchange("POST", "/interactions/5/token/callback", {"type": 7, "data": {"content": "x", "tts": False}}, 204),
    ),
    "callback-enforce-nonce": (
        Exchange("POST", "/interactions/5/token/callback", {"type": 4, "data": {"enforce_nonce": False}}, 204),
        Exchange("POST", "/interactions/5/token/callback", {"type": 7, "data": {"enforce_nonce": False}}, 204),
        Exchange("PATCH", "/webhooks/5/token/messages/@original", {"enforce_nonce": False}, 200, SENT),
    ),
    "edit-tts": (Exchange("PATCH", "/webhooks/5/token/messages/@original", {"tts": False}, 200, SENT),),
    "attachment-number": (
        Exchange("POST", MESSAGES, {"attachments": [{"id": 0, "filename": "lamp.epub"}]}, 200, SENT),
    ),
    "recipient-number": (Exchange("POST", "/users/@me/channels", {"recipient_id": int(MARA)}, 200, direct()),),
    "field-error-word": (Exchange("POST", MESSAGES, {}, 400, refusal()),),
    "rate-limit-code": (Exchange("POST", MESSAGES, {}, 429, rate_limited()),),
    "server-error": (
        Exchange("POST", MESSAGES, {}, 500, {"code": 0, "message": "500: Internal Server Error"}),
        Exchange("GET", "/gateway/bot", None, 502),
    ),
}


def described(allowances: tuple[Allowance, ...]) -> Description:
    return Description(orjson.loads(shared("discord/openapi.json").read_bytes()), allowances)


def test_every_allowance_has_an_exchange_that_needs_it() -> None:
    assert [allowance.name for allowance in ALLOWANCES] == list(NEEDS)


@pytest.mark.parametrize("allowance", ALLOWANCES, ids=lambda allowance: allowance.name)
def test_allowance_is_needed(allowance: Allowance) -> None:
    others = described(tuple(other for other in ALLOWANCES if other is not allowance))
    every = described(ALLOWANCES)
    for exchange in NEEDS[allowance.name]:
        assert every.judge(exchange) == []
        assert others.judge(exchange) != []


@pytest.mark.parametrize("allowance", ALLOWANCES, ids=lambda allowance: allowance.name)
def test_allowance_says_why(allowance: Allowance) -> None:
    assert allowance.reason.endswith(".")
    assert "ocumentation" in allowance.source or allowance.source.startswith(("discord.py 2.7.1", "discord.js 14"))


@pytest.mark.parametrize(
    "exchange",
    [
        Exchange("PUT", COMMANDS, [{"name": "read", "nsfw": "yes"}], 200, []),
        Exchange("POST", MESSAGES, {"embeds": [{"flags": "0"}]}, 200, SENT),
        Exchange("POST", MESSAGES, {"attachments": [{"id": -1}]}, 200, SENT),
        Exchange("POST", "/users/@me/channels", {"recipient_id": 1.5}, 200, direct()),
        Exchange("POST", MESSAGES, {}, 400, refusal(errors={"tts": {"_errors": [{"code": "BASE_TYPE_BAD"}]}})),
        Exchange("POST", MESSAGES, {}, 400, refusal(errors={"tts": {"_errors": [{"message": "No"}]}})),
        Exchange("POST", MESSAGES, {}, 429, rate_limited(code="20028")),
        Exchange("POST", MESSAGES, {}, 429, rate_limited(wait=5)),
        Exchange("GET", "/gateway/bot", None, 502, {"error": "Bad gateway"}),
    ],
)
def test_allowance_allows_no_more_than_it_says(exchange: Exchange) -> None:
    assert described(ALLOWANCES).judge(exchange) != []
