"""This room writes messages: from a bot's body to the message Discord keeps (Resources, "Message")."""

import re

from . import drawing, payloads
from .attachments import Attachments, Upload
from .drawing import items, mapping
from .errors import Json, Refusal, Unchecked
from .limits import check_message
from .permissions import MENTION_EVERYONE
from .snowflakes import timestamp
from .world import COMPONENTS_V2, EPHEMERAL, LOADING, Channel, StoredMessage, User, World

SENT_FLAGS = (1 << 2) | EPHEMERAL | (1 << 12) | COMPONENTS_V2  # suppress embeds, ephemeral, silent, components v2
EDITED_FLAGS = (1 << 2) | COMPONENTS_V2
USER_MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
EVERYONE_MENTION = re.compile(r"@(everyone|here)\b")


class Composer:
    """Checks, draws and stores what the bot says."""

    def __init__(self, world: World, attachments: Attachments) -> None:
        self._world = world
        self._attachments = attachments

    def write(
        self,
        channel: Channel,
        body: Json,
        uploads: list[Upload],
        *,
        extra: Json,
        flags: int = 0,
        viewer: int | None = None,
        token: str | None = None,
    ) -> StoredMessage:
        """A new message by the bot; `extra` is what only this kind of message has."""
        if body.get("poll"):
            raise Refusal(50013)  # nobody here has SEND_POLLS
        check_message(body, file_count=len(uploads))
        ephemeral = bool((flags | (body.get("flags") or 0)) & EPHEMERAL)
        kept = self._attachments.keep(channel.id, uploads, body.get("attachments"), ephemeral=ephemeral)
        raw = self.blank(channel, self._world.bot, flags | (body.get("flags") or 0) & SENT_FLAGS)
        raw |= self._drawn(body, kept) | self._mentions(channel, body)
        raw |= {"attachments": kept, "tts": bool(body.get("tts"))} | extra
        return self.store(channel, raw, viewer=viewer if ephemeral else None, token=token)

    def thinking(self, channel: Channel, *, extra: Json, ephemeral: bool, viewer: int, token: str) -> StoredMessage:
        """The message "is thinking…" that a deferral leaves."""
        raw = self.blank(channel, self._world.bot, LOADING | (EPHEMERAL if ephemeral else 0)) | extra
        return self.store(channel, raw, viewer=viewer if ephemeral else None, token=token)

    def said(self, channel: Channel, author: User, content: str) -> StoredMessage:
        """A message a person typed."""
        raw = self.blank(channel, author, 0) | {"content": content}
        return self.store(channel, raw | self._mentions(channel, {"content": content}))

    def store(
        self, channel: Channel, raw: Json, *, viewer: int | None = None, token: str | None = None
    ) -> StoredMessage:
        message = StoredMessage(int(raw["id"]), channel, raw, viewer, token)
        self._world.add(message)
        return message

    def blank(self, channel: Channel, author: User, flags: int) -> Json:
        return {
            "type": 0,
            "content": "",
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "timestamp": timestamp(self._world.now()),
            "edited_timestamp": None,
            "flags": flags,
            "components": [],
            "id": str(self._world.ids.next()),
            "channel_id": str(channel.id),
            "author": payloads.user(author),
            "pinned": False,
            "mention_everyone": False,
            "tts": False,
        }

    def rewrite(self, message: StoredMessage, body: Json, uploads: list[Upload]) -> None:
        """An edit: only what the body names is changed; a message that was loading has loaded."""
        raw = message.raw
        check_message(body, file_count=len(uploads), kept=raw)
        loading = raw["flags"] & LOADING
        kept = self._kept_attachments(message, body)
        kept += self._attachments.keep(
            message.channel.id, uploads, body.get("attachments"), ephemeral=message.viewer is not None
        )
        changes = self._drawn(body, kept)
        if "content" in body:
            changes |= self._mentions(message.channel, body)
        if body.get("flags") is not None:
            raw_flags = raw["flags"] & ~EDITED_FLAGS | raw["flags"] & COMPONENTS_V2
            changes["flags"] = raw_flags | body["flags"] & EDITED_FLAGS
        changes["flags"] = changes.get("flags", raw["flags"]) & ~LOADING
        changes["attachments"] = kept
        if not loading:
            changes["edited_timestamp"] = timestamp(self._world.now())
        self._world.edit(message, changes)

    def _kept_attachments(self, message: StoredMessage, body: Json) -> list[Json]:
        """With an `attachments` array only those it names stay."""
        before: list[Json] = message.raw["attachments"]
        if "attachments" not in body:
            return list(before)
        wanted = {str(note.get("id")) for note in items(body["attachments"])}
        return [attachment for attachment in before if attachment["id"] in wanted]

    def _drawn(self, body: Json, kept: list[Json]) -> Json:
        named = {attachment["filename"]: attachment for attachment in kept}
        drawn: Json = {}
        if "content" in body:
            drawn["content"] = (body["content"] or "").strip()
        if "embeds" in body:
            drawn["embeds"] = drawing.embeds(body["embeds"], named)
        if "components" in body:
            drawn["components"] = drawing.components(body["components"], named)
        return drawn

    def _mentions(self, channel: Channel, body: Json) -> Json:
        """Who is pinged: those the content names and `allowed_mentions` lets through."""
        content: str = body.get("content") or ""
        if "@" not in content:
            return {"mentions": [], "mention_roles": [], "mention_everyone": False}
        allowed = None if body.get("allowed_mentions") is None else mapping(body["allowed_mentions"])
        users = [self._world.users.get(int(key)) for key in dict.fromkeys(USER_MENTION.findall(content))]
        roles = [key for key in dict.fromkeys(ROLE_MENTION.findall(content)) if _allows(allowed, "roles", key)]
        return {
            "mentions": [payloads.user(user) for user in users if user and _allows(allowed, "users", str(user.id))],
            "mention_roles": roles,
            "mention_everyone": bool(EVERYONE_MENTION.search(content))
            and _allows(allowed, "everyone", "")
            and self._may_mention_everyone(channel),
        }

    def _may_mention_everyone(self, channel: Channel) -> bool:
        member = channel.guild.members.get(self._world.bot.id) if channel.guild else None
        return member is not None and bool(member.permissions(channel) & MENTION_EVERYONE)


def _allows(allowed: Unchecked, kind: str, key: str) -> bool:
    if allowed is None:
        return True
    return kind in (allowed.get("parse") or ()) or key in map(str, allowed.get(kind) or ())
