"""No token in a log."""

import json
import logging
import re
import sys

from bot.logs import JsonFormatter, RedactingFormatter


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


def test_a_line_for_programs_is_one_object_without_tokens() -> None:
    record = None
    try:
        int("to.ken\nand more")
    except ValueError:
        record = logging.LogRecord("bot", logging.WARNING, __file__, 1, "a %s\nof to.ken", ("line",), sys.exc_info())
    assert record is not None
    line = JsonFormatter("to.ken").format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert (told["level"], told["logger"], told["message"]) == ("WARNING", "bot", "a line\nof [token]")
    assert "ValueError" in told["error"]
    assert "to.ken" not in line
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", told["time"])
