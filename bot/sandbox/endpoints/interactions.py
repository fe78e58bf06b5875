"""This room takes answers to interactions (Interactions, "Receiving and Responding": Endpoints)."""

from ..drawing import mapping
from ..errors import Json, Refusal
from ..interactions import Interaction
from ..rest import Answer, Call, Routes
from ..world import EPHEMERAL, LOADING, StoredMessage


def acknowledge(call: Call) -> Answer:
    interaction = call.backend.interactions.to_answer(call.params["interaction_id"], call.params["interaction_token"])
    resource = call.backend.callbacks.acknowledge(interaction, call.fields, call.uploads)
    if call.query.get("with_response", "").lower() not in ("1", "true"):
        return Answer()
    answer: Json = {"interaction": _drawn(interaction)}
    if resource is not None:
        answer["resource"] = resource
    return Answer(answer)


def _drawn(interaction: Interaction) -> Json:
    drawn: Json = {"id": str(interaction.id), "type": interaction.kind}
    drawn["channel_id"] = str(interaction.channel.id)
    if interaction.channel.guild is not None:
        drawn["guild_id"] = str(interaction.channel.guild.id)
    message = interaction.original
    if message is not None:
        drawn["response_message_id"] = str(message.id)
        drawn["response_message_loading"] = bool(message.raw["flags"] & LOADING)
        drawn["response_message_ephemeral"] = bool(message.raw["flags"] & EPHEMERAL)
    return drawn


def _interaction(call: Call) -> Interaction:
    if call.id("webhook_id") != call.backend.application_id:
        raise Refusal(10015)
    return call.backend.interactions.by_token(call.params["webhook_token"])


def _message(call: Call) -> tuple[Interaction, StoredMessage]:
    interaction = _interaction(call)
    return interaction, call.backend.callbacks.find(interaction, call.params["message_id"])


def follow_up(call: Call) -> Answer:
    interaction = _interaction(call)
    return Answer(call.backend.callbacks.follow_up(interaction, mapping(call.fields), call.uploads).raw)


def message(call: Call) -> Answer:
    return Answer(_message(call)[1].raw)


def edit(call: Call) -> Answer:
    interaction, found = _message(call)
    call.backend.callbacks.edit(interaction, found, call.fields, call.uploads)
    return Answer(found.raw)


def delete(call: Call) -> Answer:
    interaction, found = _message(call)
    call.backend.callbacks.delete(interaction, found)
    return Answer()


def _original(call: Call) -> Call:
    call.params["message_id"] = "@original"
    return call


WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES: Routes = {
    "POST /interactions/{interaction_id}/{interaction_token}/callback": acknowledge,
    f"POST {WEBHOOK}": follow_up,
    f"GET {WEBHOOK}/messages/@original": lambda call: message(_original(call)),
    f"PATCH {WEBHOOK}/messages/@original": lambda call: edit(_original(call)),
    f"DELETE {WEBHOOK}/messages/@original": lambda call: delete(_original(call)),
    f"GET {WEBHOOK}/messages/{{message_id}}": message,
    f"PATCH {WEBHOOK}/messages/{{message_id}}": edit,
    f"DELETE {WEBHOOK}/messages/{{message_id}}": delete,
}
