"""This room shows that objects inside gateway events are held against the file."""

import pytest

from tests.conformance import describe, judge_event
from tests.conformance.gateway import PLACES
from tests.conformance.openapi import discord
from tests.conformance.samples import (
    GUILD,
    MARA,
    NOON,
    Event,
    bot,
    channel,
    direct,
    interaction,
    member,
    message,
    user,
    without,
)

RESOLVED = {
    "users": {MARA: user()},
    "members": {MARA: without(member(permissions="0"), "user", "mute", "deaf")},
    "channels": {"5": {"id": "5", "type": 0, "name": "hall", "permissions": "0", "parent_id": None}},
    "messages": {"6": message()},
}
THREAD = {
    "id": "7",
    "type": 11,
    "flags": 0,
    "guild_id": GUILD,
    "name": "late",
    "parent_id": "5",
    "owner_id": MARA,
    "thread_metadata": {
        "archived": False,
        "archive_timestamp": NOON,
        "auto_archive_duration": 1440,
        "locked": False,
        "create_timestamp": NOON,
    },
    "message_count": 0,
    "member_count": 1,
    "total_message_sent": 0,
}
SPEAKER = without(member(), "user")

GOOD: dict[str, Event] = {
    "button": Event("INTERACTION_CREATE", interaction()),
    "button in a DM": Event("INTERACTION_CREATE", without(interaction(user=user(), channel=direct()), "member")),
    "button in a thread": Event("INTERACTION_CREATE", interaction(channel=THREAD | {"permissions": "0"})),
    "command": Event("INTERACTION_CREATE", interaction(type=2, data={"name": "read", "resolved": RESOLVED})),
    "ready": Event("READY", {"v": 10, "user": bot(verified=True, mfa_enabled=True, email=None)}),
    "guild": Event(
        "GUILD_CREATE",
        {
            "id": GUILD,
            "members": [member()],
            "channels": [without(channel(), "guild_id")],
            "threads": [THREAD],
        },
    ),
    "message": Event("MESSAGE_CREATE", message(guild_id=GUILD, member=SPEAKER)),
    "thread": Event("THREAD_CREATE", THREAD | {"newly_created": True}),
    "unknown event": Event("TYPING_START", {"any": "thing"}),
    "heartbeat": Event(None, None, op=11),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_event_passes(name: str) -> None:
    assert judge_event(GOOD[name]) == []


def resolved(**changes: object) -> Event:
    return Event("INTERACTION_CREATE", interaction(data={"resolved": RESOLVED | changes}))


BAD: dict[str, tuple[Event, str]] = {
    "user": (
        Event("INTERACTION_CREATE", interaction(user=user(shoes=2))),
        "event at user.shoes: unknown key",
    ),
    "member": (
        Event("INTERACTION_CREATE", interaction(member=member(permissions=2048))),
        "event at member.permissions: 2048 is not string",
    ),
    "user of a member": (
        Event("INTERACTION_CREATE", interaction(member=member(user=without(user(), "avatar")))),
        "event at member.user.avatar: missing",
    ),
    "message": (
        Event("INTERACTION_CREATE", interaction(message=message(content=None))),
        "event at message.content: None is not string",
    ),
    "channel": (
        Event("INTERACTION_CREATE", interaction(channel={"type": 0, "id": "5", "age": 18})),
        "event at channel.age: unknown key",
    ),
    "thread that says nsfw": (
        Event("INTERACTION_CREATE", interaction(channel=THREAD | {"nsfw": True})),
        "event at channel.nsfw: unknown key",
    ),
    "resolved user": (
        resolved(users={MARA: user(id=5)}),
        f"event at data.resolved.users.{MARA}.id: 5 is not string",
    ),
    "resolved member with a user": (
        resolved(members={MARA: without(member(), "mute", "deaf")}),
        f"event at data.resolved.members.{MARA}.user: unknown key",
    ),
    "listed channel": (
        Event("GUILD_CREATE", {"channels": [channel(), without(channel(), "name")]}),
        "event at channels[1].name: missing",
    ),
    "listed member": (
        Event("GUILD_CREATE", {"members": [member(shoes=2)]}),
        "event at members[0].shoes: unknown key",
    ),
    "listed role": (Event("GUILD_CREATE", {"roles": ["reader"]}), "event at roles[0]: 'reader' is not object"),
    "entitlement": (
        Event("INTERACTION_CREATE", interaction(entitlements=["all"])),
        "event at entitlements[0]: 'all' is not object",
    ),
    "joined member": (
        Event("GUILD_MEMBER_ADD", member(guild_id=5)),
        "GATEWAY GUILD_MEMBER_ADD: event at guild_id: 5 is not string",
    ),
    "message itself": (
        Event("MESSAGE_CREATE", message(shoes=2)),
        "MESSAGE_CREATE: event at shoes: unknown key",
    ),
    "speaker": (
        Event("MESSAGE_CREATE", message(member=SPEAKER | {"mute": "no"})),
        "event at member.mute: 'no' is not boolean",
    ),
    "own user": (Event("READY", {"user": without(bot(), "id")}), "GATEWAY READY: event at user.id: missing"),
    "no object": (Event("MESSAGE_CREATE", None), "GATEWAY MESSAGE_CREATE: event: None is not object"),
}


@pytest.mark.parametrize("name", BAD)
def test_violation_is_found(name: str) -> None:
    event, expected = BAD[name]
    (violation,) = judge_event(event)
    assert expected in describe(violation)


def test_every_form_names_components_and_keys_of_the_file() -> None:
    components = discord().components
    for form in {form for places in PLACES.values() for form in places.values()}:
        shared = set[str].intersection(*(set(components[name]["properties"]) for name in form.components))
        assert set(form.required or ()) <= shared
        assert shared.isdisjoint(key for key, _ in form.more)


ALL_PLACES = [(name, path) for name, places in PLACES.items() for path in places]


@pytest.mark.parametrize(("name", "path"), ALL_PLACES)
def test_every_place_is_judged(name: str, path: str) -> None:
    body: object = {"lamp": 1}
    for step in reversed(path.split(".") if path else []):
        body = [body] if step == "*" else {step: body}
    told = [describe(violation) for violation in judge_event(Event(name, body))]
    where = path.replace(".*", "[0]")
    assert any(f"event at {where}" in line for line in told)
