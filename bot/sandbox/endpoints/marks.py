"""This room puts reactions and pins on messages (Resources, "Message")."""

from urllib.parse import unquote

from .. import payloads
from ..errors import Refusal
from ..permissions import MANAGE_MESSAGES, PIN_MESSAGES, READ_MESSAGE_HISTORY
from ..rest import Answer, Call, Routes
from ..world import User
from .channels import MESSAGES, find_channel, find_message


def _emoji(call: Call) -> str:
    return unquote(call.params["emoji_name"])


def react(call: Call) -> Answer:
    call.backend.reactions.add(find_message(call), _emoji(call), call.backend.world.bot)
    return Answer()


def take_back(call: Call) -> Answer:
    call.backend.reactions.remove(find_message(call), _emoji(call), call.backend.world.bot)
    return Answer()


def take_off(call: Call) -> Answer:
    """Another person's reaction; in a DM nobody may."""
    call.backend.reactions.remove(find_message(call, MANAGE_MESSAGES), _emoji(call), _user(call))
    return Answer()


def _user(call: Call) -> User:
    user = call.backend.world.users.get(call.id("user_id"))
    if user is None:
        raise Refusal(10013)
    return user


def clear(call: Call) -> Answer:
    call.backend.reactions.clear(find_message(call, MANAGE_MESSAGES))
    return Answer()


def clear_one(call: Call) -> Answer:
    call.backend.reactions.clear(find_message(call, MANAGE_MESSAGES), _emoji(call))
    return Answer()


def reacted(call: Call) -> Answer:
    found = call.backend.reactions.users(find_message(call, READ_MESSAGE_HISTORY), _emoji(call))
    return Answer([payloads.user(user) for user in found])


def pins(call: Call) -> Answer:
    pinned = call.backend.pins.of(find_channel(call, READ_MESSAGE_HISTORY))
    return Answer({"items": [{"pinned_at": at, "message": found.raw} for at, found in pinned], "has_more": False})


def old_pins(call: Call) -> Answer:
    """Deprecated, and still what some clients ask for."""
    return Answer([found.raw for _, found in call.backend.pins.of(find_channel(call, READ_MESSAGE_HISTORY))])


def pin(call: Call) -> Answer:
    call.backend.pins.pin(find_message(call, PIN_MESSAGES))
    return Answer()


def unpin(call: Call) -> Answer:
    call.backend.pins.unpin(find_message(call, PIN_MESSAGES))
    return Answer()


REACTIONS = f"{MESSAGES}/{{message_id}}/reactions"
ONE = f"{REACTIONS}/{{emoji_name}}"
PINS, OLD_PINS = f"{MESSAGES}/pins", "/channels/{channel_id}/pins"

ROUTES: Routes = {
    f"PUT {ONE}/@me": react,
    f"DELETE {ONE}/@me": take_back,
    f"DELETE {ONE}/{{user_id}}": take_off,
    f"DELETE {ONE}": clear_one,
    f"DELETE {REACTIONS}": clear,
    f"GET {ONE}": reacted,
    f"GET {PINS}": pins,
    f"PUT {PINS}/{{message_id}}": pin,
    f"DELETE {PINS}/{{message_id}}": unpin,
    f"GET {OLD_PINS}": old_pins,
    f"PUT {OLD_PINS}/{{message_id}}": pin,
    f"DELETE {OLD_PINS}/{{message_id}}": unpin,
}
