"""This room reads and writes channels and their messages (Resources, "Channel", "Message", "User": Create DM)."""

from itertools import islice

from .. import payloads
from ..drawing import mapping
from ..errors import Json, Refusal, Unchecked
from ..permissions import READ_MESSAGE_HISTORY, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL
from ..problems import Problems
from ..rest import Answer, Call, Routes
from ..world import DM, THREAD, Channel, StoredMessage, User

MOST_LISTED, USUALLY_LISTED = 100, 50


def find_channel(call: Call, *needed: int) -> Channel:
    """The channel of the path, if the bot may see it and do what is `needed` there."""
    channel = call.backend.world.channels.get(call.id("channel_id"))
    if channel is None:
        raise Refusal(10003)
    if channel.guild is not None:
        member = channel.guild.members.get(call.backend.world.bot.id)
        permissions = member.permissions(channel) if member and channel.guild.has_bot else 0
        if not permissions & VIEW_CHANNEL:
            raise Refusal(50001)
        if any(not permissions & bit for bit in needed):
            raise Refusal(50013)
    return channel


def find_message(call: Call, *needed: int) -> StoredMessage:
    """An ephemeral message is not there for these routes: only its interaction's token reaches it."""
    message = find_channel(call, *needed).messages.get(call.id("message_id"))
    if message is None or message.viewer is not None:
        raise Refusal(10008)
    return message


def open_dm(call: Call) -> Answer:
    """The bot's DM channel with a user: the same one each time."""
    if call.backend.dm_refusal is not None:
        raise Refusal(call.backend.dm_refusal)
    recipient = _recipient(call)
    return Answer(payloads.channel(call.backend.world.dm(recipient)))


def _recipient(call: Call) -> User:
    problems = Problems()
    problems.text(("recipient_id",), str(call.fields.get("recipient_id") or ""), 20, least=1)
    problems.refuse()
    key = str(call.fields["recipient_id"])
    recipient = call.backend.world.users.get(int(key)) if key.isdigit() else None
    if recipient is None:
        raise Refusal(50033)
    if recipient.bot:
        raise Refusal(50007)
    return recipient


def channel(call: Call) -> Answer:
    return Answer(payloads.channel(find_channel(call)))


def messages(call: Call) -> Answer:
    found = find_channel(call, READ_MESSAGE_HISTORY)
    limit = _limit(call.query.get("limit"))
    visible = (message for message in reversed(found.messages.values()) if message.viewer is None)
    query = {key: int(call.query[key]) for key in ("before", "after", "around") if call.query.get(key, "").isdigit()}
    return Answer([message.raw for message in _chosen(list(visible), query, limit)])


def _limit(text: str | None) -> int:
    limit = int(text) if text and text.isdigit() else USUALLY_LISTED
    problems = Problems()
    problems.number(("limit",), limit, 1, MOST_LISTED)
    problems.refuse()
    return limit


def _chosen(newest_first: list[StoredMessage], query: dict[str, int], limit: int) -> list[StoredMessage]:
    if "before" in query:
        older = (message for message in newest_first if message.id < query["before"])
        return list(islice(older, limit))
    if "after" in query:
        newer = [message for message in newest_first if message.id > query["after"]]
        return newer[-limit:]
    if "around" in query:
        newer = [message for message in newest_first if message.id > query["around"]][-(limit // 2) :]
        older = (message for message in newest_first if message.id <= query["around"])
        return newer + list(islice(older, limit - len(newer)))
    return newest_first[:limit]


def message(call: Call) -> Answer:
    return Answer(find_message(call, READ_MESSAGE_HISTORY).raw)


def create(call: Call) -> Answer:
    where = _writable(call)
    body = call.fields
    nonce, enforce = body.get("nonce"), bool(body.get("enforce_nonce"))
    if enforce and nonce is not None and (known := call.backend.nonces.find(str(nonce))):
        return Answer(known.raw)
    extra: Json = {} if nonce is None else {"nonce": nonce}
    extra |= _reply(where, body.get("message_reference"))
    made = call.backend.composer.write(where, body, call.uploads, extra=extra, flags=0)
    if nonce is not None:
        call.backend.nonces.remember(str(nonce), made)
    return Answer(made.raw)


def _writable(call: Call) -> Channel:
    where = find_channel(call)
    if where.kind == DM:
        _refuse_closed_dm(call, where)
    else:
        find_channel(call, SEND_MESSAGES_IN_THREADS if where.kind == THREAD else SEND_MESSAGES)
    return where


def _refuse_closed_dm(call: Call, where: Channel) -> None:
    recipient = where.recipient
    assert recipient is not None
    if not recipient.installed and not call.backend.world.mutual_guilds(recipient):
        raise Refusal(50278)
    if not recipient.dms_open:
        raise Refusal(50007)


def _reply(where: Channel, reference: Unchecked) -> Json:
    if not reference:
        return {}
    reference = mapping(reference)
    key = str(reference.get("message_id"))
    original = where.messages.get(int(key)) if key.isdigit() else None
    if original is None or original.viewer is not None:
        if reference.get("fail_if_not_exists") is False:
            return {}
        problems = Problems()
        problems.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        problems.refuse()
    drawn: Json = {"type": 0, "channel_id": str(where.id), "message_id": key}
    if where.guild is not None:
        drawn["guild_id"] = str(where.guild.id)
    return {"type": 19, "message_reference": drawn, "referenced_message": original.raw if original else None}


def edit(call: Call) -> Answer:
    found = _own(call, find_message(call))
    call.backend.composer.rewrite(found, call.fields, call.uploads)
    return Answer(found.raw)


def _own(call: Call, found: StoredMessage) -> StoredMessage:
    if found.raw["author"]["id"] != str(call.backend.world.bot.id):
        raise Refusal(50005)
    return found


def delete(call: Call) -> Answer:
    found = find_message(call)
    if found.raw["author"]["id"] != str(call.backend.world.bot.id):
        raise Refusal(50013)
    call.backend.world.delete(found)
    return Answer()


MESSAGES = "/channels/{channel_id}/messages"

ROUTES: Routes = {
    "POST /users/@me/channels": open_dm,
    "GET /channels/{channel_id}": channel,
    f"GET {MESSAGES}": messages,
    f"POST {MESSAGES}": create,
    f"GET {MESSAGES}/{{message_id}}": message,
    f"PATCH {MESSAGES}/{{message_id}}": edit,
    f"DELETE {MESSAGES}/{{message_id}}": delete,
}
