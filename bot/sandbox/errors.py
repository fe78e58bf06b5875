"""This room holds what Discord answers when it refuses a request."""

from typing import Any

Json = dict[str, Any]
Unchecked = Any
"""A value as somebody sent it, before it has been looked at."""

SENTENCES: dict[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (404, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10066: (404, "Unknown application command permissions"),
    20001: (403, "Bots cannot use this endpoint"),
    20009: (400, "Explicit content cannot be sent to the desired recipient(s)"),
    20026: (403, "Your bot has been flagged by our anti-spam system for abusive behavior."),
    20028: (429, "The channel you are writing has hit the write rate limit."),
    30003: (400, "Maximum number of pins reached for the channel (250)"),
    30010: (400, "Maximum number of reactions reached (20)"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40001: (401, "Unauthorized. Provide a valid token and try again"),
    40003: (400, "You are opening direct messages too fast"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    40094: (403, "This interaction has reached its maximum number of follow-up messages"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50028: (400, "Invalid role"),
    50033: (400, "Invalid Recipient(s)"),
    50035: (400, "Invalid Form Body"),
    50109: (400, "The request body contains invalid JSON."),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    200000: (400, "Message was blocked by automatic moderation"),
    240000: (400, "Message blocked by harmful links filter"),
}
"""HTTP status and sentence of each code of Discord's page "Opcodes and Status Codes" that is given here."""


class Refusal(Exception):
    """A request that Discord does not carry out; `errors` is the tree that goes with code 50035."""

    def __init__(
        self, code: int, *, errors: Json | None = None, status: int | None = None, message: str | None = None
    ) -> None:
        usual_status, usual_message = SENTENCES.get(code, (400, "Bad Request"))
        self.status = status or usual_status
        self.body: Json = {"message": message or usual_message, "code": code}
        if errors is not None:
            self.body["errors"] = errors
        super().__init__(f"{self.status} {code}: {self.body['message']}")


class CommandRefused(Exception):
    """What a person tried is something Discord's client does not let anybody do."""


class Unanswered(Exception):
    """The bot did not answer in time; the person reads "interaction failed"."""
