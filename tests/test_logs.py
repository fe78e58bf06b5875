"""No token in a log."""

import logging
import sys

from bot.logs import RedactingFormatter


def _logged(message: str, *arguments: object) -> str:
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, message, arguments, None)
    return RedactingFormatter("to.ken").format(record)


def test_the_bots_token_is_taken_out() -> None:
    assert "to.ken" not in _logged("logging in with %s", "to.ken")


def test_tokens_of_interactions_are_taken_out() -> None:
    line = _logged("POST https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246MT/messages/@original")
    assert "aW50" not in line
    assert "/webhooks/123/[token]/messages/@original" in line
    assert "aW50" not in _logged("event %s", {"token": "aW50ZXJhY3Rpb246MT", "id": "1"})
    assert "aW50" not in _logged("POST /interactions/9/aW50ZXJhY3Rpb246MT/callback")


def test_tracebacks_are_read_too() -> None:
    failure = None
    try:
        int("to.ken")
    except ValueError:
        failure = sys.exc_info()
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "it failed", (), failure)
    line = RedactingFormatter("to.ken").format(record)
    assert "it failed" in line
    assert "int() with base 10: '[token]'" in line
