"""This room draws users, guilds, channels and members as Discord's JSON (Resources, each its own page)."""

from .errors import Json
from .snowflakes import time_of, timestamp
from .world import DM, THREAD, Channel, Guild, Member, Role, User, World


def user(subject: User) -> Json:
    drawn: Json = {
        "id": str(subject.id),
        "username": subject.name,
        "avatar": None,
        "discriminator": "0000" if subject.bot else "0",
        "public_flags": 0,
        "flags": 0,
        "global_name": None if subject.bot else subject.display_name,
        "primary_guild": None,
    }
    if subject.bot:
        drawn["bot"] = True
    return drawn


def own_user(subject: User) -> Json:
    """`GET /users/@me`."""
    private = {"mfa_enabled": True, "locale": subject.locale, "premium_type": 0, "email": None, "verified": True}
    return user(subject) | private


def member(subject: Member) -> Json:
    return {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": timestamp(subject.joined_at),
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": [str(role.id) for role in subject.roles],
        "user": user(subject.user),
        "mute": False,
        "deaf": False,
    }


def role(subject: Role) -> Json:
    drawn: Json = {
        "id": str(subject.id),
        "name": subject.name,
        "permissions": str(subject.permissions),
        "position": subject.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": subject.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    return drawn


def channel(subject: Channel) -> Json:
    if subject.kind == DM:
        return _dm(subject)
    return _thread(subject) if subject.kind == THREAD else _text_channel(subject)


def partial_channel(subject: Channel, permissions: int) -> Json:
    """As it stands in an interaction: with what the person may do there."""
    drawn = channel(subject)
    if subject.kind == DM:
        return drawn
    drawn["permissions"] = str(permissions)
    drawn.pop("permission_overwrites", None)
    return drawn


def _last_message_id(subject: Channel) -> str | None:
    return str(subject.last_message_id) if subject.last_message_id else None


def _dm(subject: Channel) -> Json:
    assert subject.recipient is not None
    return {
        "id": str(subject.id),
        "type": DM,
        "last_message_id": _last_message_id(subject),
        "flags": 0,
        "recipients": [user(subject.recipient)],
    }


def _text_channel(subject: Channel) -> Json:
    assert subject.guild is not None
    return {
        "id": str(subject.id),
        "type": subject.kind,
        "last_message_id": _last_message_id(subject),
        "flags": 0,
        "last_pin_timestamp": None,
        "guild_id": str(subject.guild.id),
        "name": subject.name,
        "parent_id": None,
        "rate_limit_per_user": 0,
        "topic": subject.topic,
        "position": subject.position,
        "permission_overwrites": [_overwrite(subject, key) for key in subject.overwrites],
        "nsfw": subject.nsfw,
    }


def _overwrite(subject: Channel, key: int) -> Json:
    allow, deny = subject.overwrites[key]
    kind = 1 if key in subject.world.users else 0
    return {"id": str(key), "type": kind, "allow": str(allow), "deny": str(deny)}


def _thread(subject: Channel) -> Json:
    """A thread's payload never says whether it is age-restricted: its parent's does."""
    assert subject.guild is not None
    assert subject.parent is not None
    started = timestamp(time_of(subject.id))
    metadata = {
        "archived": False,
        "archive_timestamp": started,
        "auto_archive_duration": 1440,
        "locked": False,
        "create_timestamp": started,
    }
    return {
        "id": str(subject.id),
        "type": subject.kind,
        "last_message_id": _last_message_id(subject),
        "flags": 0,
        "last_pin_timestamp": None,
        "guild_id": str(subject.guild.id),
        "name": subject.name,
        "parent_id": str(subject.parent.id),
        "rate_limit_per_user": 0,
        "owner_id": str(subject.guild.owner.id),
        "thread_metadata": metadata,
        "message_count": len(subject.messages),
        "member_count": 1,
        "total_message_sent": len(subject.messages),
    }


GUILD_SETTINGS: Json = {
    "icon": None,
    "description": None,
    "home_header": None,
    "splash": None,
    "discovery_splash": None,
    "features": [],
    "banner": None,
    "application_id": None,
    "region": "us-west",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "system_channel_id": None,
    "system_channel_flags": 0,
    "widget_enabled": False,
    "widget_channel_id": None,
    "verification_level": 0,
    "default_message_notifications": 0,
    "mfa_level": 0,
    "explicit_content_filter": 0,
    "max_presences": None,
    "max_members": 500_000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "public_updates_channel_id": None,
    "premium_progress_bar_enabled": False,
    "nsfw": False,
    "nsfw_level": 0,
    "emojis": [],
    "stickers": [],
    "incidents_data": None,
}


def guild(subject: Guild) -> Json:
    return GUILD_SETTINGS | {
        "id": str(subject.id),
        "name": subject.name,
        "owner_id": str(subject.owner.id),
        "preferred_locale": subject.locale,
        "roles": [role(known) for known in subject.roles],
    }


def guild_create(subject: Guild, world: World) -> Json:
    """The event that follows READY; only the bot's own member is in it (Gateway Events, "Guild Create")."""
    own = [subject.members[world.bot.id]] if world.bot.id in subject.members else []
    return guild(subject) | {
        "joined_at": timestamp(subject.joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(subject.members),
        "voice_states": [],
        "members": [member(known) for known in own],
        "channels": [channel(known) for known in subject.channels],
        "threads": [channel(known) for known in subject.threads],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def own_guild(subject: Guild, world: World) -> Json:
    """As a list of one's own guilds has it (Resources, "User": Get Current User Guilds)."""
    permissions = subject.members[world.bot.id].permissions() if world.bot.id in subject.members else 0
    return {
        "id": str(subject.id),
        "name": subject.name,
        "icon": None,
        "banner": None,
        "owner": False,
        "permissions": str(permissions),
        "features": [],
    }


def partial_guild(subject: Guild) -> Json:
    return {"id": str(subject.id), "locale": subject.locale, "features": []}
