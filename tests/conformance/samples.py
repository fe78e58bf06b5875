"""This room holds real-looking bodies of requests, answers and events for the tests of the judge."""

from dataclasses import dataclass
from typing import Any, TypeAlias

Body: TypeAlias = dict[str, Any]

MARA = "1102030405060708090"
BOT = "1102030405060708091"
GUILD = "1102030405060708092"
HALL = "1102030405060708093"
MESSAGE = "1102030405060708094"
COMMAND = "1102030405060708095"
INTERACTION = "1102030405060708096"
TOKEN = "aW50ZXJhY3Rpb246bG9jYWw"
NOON = "2026-08-06T12:00:00.000000+00:00"

CALLBACK = f"/interactions/{INTERACTION}/{TOKEN}/callback"
ORIGINAL = f"/webhooks/{BOT}/{TOKEN}/messages/@original"
FOLLOW_UP = f"/webhooks/{BOT}/{TOKEN}"
MESSAGES = f"/channels/{HALL}/messages"
COMMANDS = f"/applications/{BOT}/commands"


@dataclass(frozen=True, slots=True)
class Exchange:
    method: str
    path: str
    request: object = None
    status: int = 200
    response: object = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    t: str | None
    d: object
    op: int = 0


def user(**changes: object) -> Body:
    return {
        "id": MARA,
        "username": "mara",
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "global_name": "Mara",
        "primary_guild": None,
    } | changes


def bot(**changes: object) -> Body:
    return user(id=BOT, username="talebearer", discriminator="0000", global_name=None, bot=True) | changes


def own_user(**changes: object) -> Body:
    return bot(mfa_enabled=True, locale="en-US", verified=True, email=None) | changes


def member(**changes: object) -> Body:
    drawn: Body = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": NOON,
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": [],
        "user": user(),
        "mute": False,
        "deaf": False,
    }
    return drawn | changes


def without(body: Body, *keys: str) -> Body:
    return {key: value for key, value in body.items() if key not in keys}


def channel(**changes: object) -> Body:
    drawn: Body = {
        "id": HALL,
        "type": 0,
        "last_message_id": None,
        "flags": 0,
        "guild_id": GUILD,
        "name": "reading-room",
        "parent_id": None,
        "rate_limit_per_user": 0,
        "topic": None,
        "position": 0,
        "permission_overwrites": [],
        "nsfw": False,
    }
    return drawn | changes


def direct(**changes: object) -> Body:
    return {"id": HALL, "type": 1, "last_message_id": None, "flags": 0, "recipients": [user()]} | changes


def button(label: str, **changes: object) -> Body:
    return {
        "type": 2,
        "id": 2,
        "style": 2,
        "label": label,
        "custom_id": "v1:read:12:3",
        "disabled": False,
    } | changes


def message(**changes: object) -> Body:
    """A page of a story, as an answer of REST gives it."""
    drawn: Body = {
        "type": 20,
        "content": "",
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [
            {
                "type": "rich",
                "title": "The Lamp",
                "description": "It burned all night.",
                "color": 5,
                "footer": {"text": "Page 1 of 3"},
                "fields": [{"name": "Rating", "value": "G", "inline": True}],
            }
        ],
        "timestamp": NOON,
        "edited_timestamp": None,
        "flags": 64,
        "components": [{"type": 1, "id": 1, "components": [button("Next")]}],
        "id": MESSAGE,
        "channel_id": HALL,
        "author": bot(),
        "pinned": False,
        "mention_everyone": False,
        "tts": False,
        "application_id": BOT,
        "webhook_id": BOT,
        "interaction_metadata": {
            "id": INTERACTION,
            "type": 2,
            "user": user(),
            "authorizing_integration_owners": {"0": GUILD},
        },
    }
    return drawn | changes


def command(**changes: object) -> Body:
    return {
        "id": COMMAND,
        "application_id": BOT,
        "version": COMMAND,
        "default_member_permissions": None,
        "type": 1,
        "name": "read",
        "description": "Read a story.",
        "dm_permission": True,
        "contexts": None,
        "integration_types": [0],
        "options": [{"type": 3, "name": "story", "description": "Which one", "required": True, "autocomplete": True}],
        "nsfw": False,
    } | changes


def gateway(**changes: object) -> Body:
    limit = {"max_concurrency": 1, "remaining": 999, "reset_after": 86_400_000, "total": 1000}
    return {"url": "ws://127.0.0.1:4000/gateway", "session_start_limit": limit, "shards": 1} | changes


def refusal(**changes: object) -> Body:
    """Discord's answer to a body it does not take (documentation, Reference, Error Messages)."""
    required = {"_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}]}
    return {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {"embeds": {"0": {"fields": {"1": {"value": required}}}}},
    } | changes


def rate_limited(**changes: object) -> Body:
    return {"message": "You are being rate limited.", "retry_after": 0.529, "global": False} | changes


def interaction(**changes: object) -> Body:
    """A button pressed in a guild (documentation, Receiving and Responding, Interaction Structure)."""
    drawn: Body = {
        "id": INTERACTION,
        "application_id": BOT,
        "type": 3,
        "data": {"component_type": 2, "custom_id": "v1:read:12:3", "id": 2},
        "guild_id": GUILD,
        "channel": channel(permissions="2048"),
        "channel_id": HALL,
        "member": member(permissions="2048"),
        "token": TOKEN,
        "version": 1,
        "message": message(),
        "app_permissions": "2048",
        "locale": "en-US",
        "guild_locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD},
        "context": 0,
        "attachment_size_limit": 10_485_760,
    }
    return drawn | changes
