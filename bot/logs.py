"""This room logs to standard error, and never a token."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

SECRETS = (
    re.compile(r"(?P<keep>/(?:webhooks|interactions)/\d+/)[\w.%-]+"),  # an interaction's token is its password
    re.compile(r"(?P<keep>[\"']token[\"']\s*:\s*[\"'])[^\"']+"),
    re.compile(r"(?P<keep>\bBot )[\w.-]{20,}"),
)


class RedactingFormatter(logging.Formatter):
    """Formats a record with its traceback, then takes out everything that could be a token."""

    def __init__(self, *tokens: str) -> None:
        super().__init__("{asctime} {levelname:<8} {name}: {message}", style="{")
        self._tokens = [token for token in tokens if token]

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._tokens)


class JsonFormatter(RedactingFormatter):
    """A record as one JSON object on one line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redact(record.getMessage(), self._tokens),
        }
        if record.exc_info:
            told["error"] = redact(self.formatException(record.exc_info), self._tokens)
        return json.dumps(told, ensure_ascii=False)


def redact(text: str, tokens: list[str]) -> str:
    for token in tokens:
        text = text.replace(token, "[token]")
    for secret in SECRETS:
        text = secret.sub(r"\g<keep>[token]", text)
    return text


def _briefly(record: logging.LogRecord) -> bool:
    """A connection that is lost and tried again is weather: a line of it will do, unless all is asked for."""
    if record.msg == "Attempting a reconnect in %.2fs":
        record.exc_info = None
    return True


def start_logging(level: str, *tokens: str, form: str = "TEXT") -> None:
    """Logs from `level` upward; discord.py's own chatter begins at WARNING unless all is asked for."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(*tokens) if form == "JSON" else RedactingFormatter(*tokens))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("discord").setLevel(level if level == "DEBUG" else "WARNING")
    if level != "DEBUG":
        logging.getLogger("discord.client").addFilter(_briefly)
    logging.getLogger("aiosqlite").setLevel("WARNING")


def printable(text: str) -> str:
    """Text from elsewhere for a terminal: control characters and escapes are shown, not obeyed."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
