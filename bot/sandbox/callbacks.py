"""This room carries out what a bot answers to an interaction (Interactions, "Receiving and Responding")."""

from . import drawing
from .attachments import Upload
from .command_limits import STRING_OPTION, check_choices
from .component_limits import check_modal
from .drawing import mapping
from .errors import Json, Refusal, Unchecked
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction, Interactions
from .messages import Composer
from .problems import Problems
from .screens import Message, Modal
from .watching import Change, Watchers
from .world import EPHEMERAL, StoredMessage, World

PONG, MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 1, 4, 5, 6, 7, 8, 9
FOLLOW_UPS_WITHOUT_BOT = 5
SLASH_RESPONSE, REPLY, MENU_RESPONSE = 20, 19, 23


class Callbacks:
    """Acknowledgement, edits of the first answer, and follow-ups."""

    def __init__(self, world: World, interactions: Interactions, composer: Composer, watchers: Watchers) -> None:
        self._world = world
        self._interactions = interactions
        self._composer = composer
        self._watchers = watchers

    def acknowledge(self, interaction: Interaction, body: Json, uploads: list[Upload]) -> Json | None:
        """Carries out the first answer; gives the `resource` of the callback response where there is one."""
        problems = Problems()
        problems.one_of(("type",), body.get("type"), _allowed_kinds(interaction))
        problems.refuse()
        kind: int = body["type"]
        data = mapping(body.get("data"))
        if kind == CHOICES:
            return self._offer(interaction, data)
        if kind == MODAL:
            return self._open_form(interaction, data)
        if kind == UPDATE:
            return self._update(interaction, data, uploads)
        if kind == MESSAGE:
            return self._answer(interaction, data, uploads)
        self._defer(interaction, kind, data)
        return None

    def _offer(self, interaction: Interaction, data: Json) -> None:
        problems = Problems()
        check_choices(data.get("choices"), ("data", "choices"), problems, _focused_type(interaction.data))
        problems.refuse()
        interaction.acknowledged = CHOICES
        interaction.settle(list(data.get("choices") or []))

    def _open_form(self, interaction: Interaction, data: Json) -> None:
        check_modal(data)
        interaction.acknowledged = MODAL
        components = drawing.components(data["components"], {})
        raw: Json = {"custom_id": data["custom_id"], "title": data["title"], "components": components}
        modal = Modal(raw, interaction.channel, interaction)
        interaction.settle(modal)
        self._watchers.tell(interaction.user.id, Change("modal", interaction.channel, modal=modal))

    def _update(self, interaction: Interaction, data: Json, uploads: list[Upload]) -> Json:
        source = interaction.source
        if source is None or source.deleted:
            raise Refusal(10008)
        self._checked(self._composer.rewrite, source, data, uploads)
        interaction.acknowledged, interaction.original = UPDATE, source
        interaction.settle(Message(source))
        return {"type": UPDATE, "message": source.raw}

    def _answer(self, interaction: Interaction, data: Json, uploads: list[Upload]) -> Json:
        message: StoredMessage = self._checked(
            self._composer.write,
            interaction.channel,
            data,
            uploads,
            extra=self._extra(interaction),
            viewer=interaction.user.id,
            token=interaction.token,
        )
        interaction.acknowledged, interaction.original = MESSAGE, message
        interaction.settle(Message(message))
        return {"type": MESSAGE, "message": message.raw}

    def _defer(self, interaction: Interaction, kind: int, data: Json) -> None:
        interaction.acknowledged, interaction.loading = kind, True
        if kind == DEFERRED_UPDATE:
            interaction.original = interaction.source
        else:
            interaction.original = self._composer.thinking(
                interaction.channel,
                extra=self._extra(interaction),
                ephemeral=_is_ephemeral(data),
                viewer=interaction.user.id,
                token=interaction.token,
            )
        self._interactions.wait_longer(interaction)

    def _checked(self, write: Unchecked, *arguments: Unchecked, **named: Unchecked) -> Unchecked:
        """In a callback the message is inside `data`, and so are the errors."""
        try:
            return write(*arguments, **named)
        except Refusal as refusal:
            if "errors" in refusal.body:
                refusal.body["errors"] = {"data": refusal.body["errors"]}
            raise

    def _extra(self, interaction: Interaction) -> Json:
        """What marks a message as the answer to an interaction."""
        extra: Json = {
            "application_id": str(self._world.bot.id),
            "webhook_id": str(self._world.bot.id),
            "interaction_metadata": interaction.metadata(),
        }
        if interaction.kind == COMMAND and interaction.command is not None:
            extra["type"] = SLASH_RESPONSE if interaction.command["type"] == 1 else MENU_RESPONSE
            metadata = interaction.metadata()
            extra["interaction"] = {
                "id": metadata["id"],
                "type": COMMAND,
                "name": interaction.name,
                "user": metadata["user"],
            }
        elif interaction.kind == COMPONENT and interaction.source is not None:
            extra |= {"type": REPLY, "message_reference": _reference(interaction.source)}
        return extra

    # Later answers, through the webhook that the token opens

    def original(self, interaction: Interaction) -> StoredMessage:
        message = interaction.original
        if message is None or message.deleted:
            raise Refusal(10008)
        return message

    def find(self, interaction: Interaction, message_id: str) -> StoredMessage:
        if message_id == "@original":
            return self.original(interaction)
        message = interaction.channel.messages.get(int(message_id)) if message_id.isdigit() else None
        if message is None or (message.token != interaction.token and message is not interaction.original):
            raise Refusal(10008)
        return message

    def edit(self, interaction: Interaction, message: StoredMessage, body: Json, uploads: list[Upload]) -> None:
        self._composer.rewrite(message, body, uploads)
        self._arrived(interaction, message)

    def follow_up(self, interaction: Interaction, body: Json, uploads: list[Upload]) -> StoredMessage:
        """A new message; the first after a deferral takes the place of "is thinking…", privacy and all."""
        if interaction.loading and interaction.acknowledged == DEFERRED_MESSAGE and interaction.original is not None:
            self._composer.rewrite(interaction.original, body, uploads)
            self._arrived(interaction, interaction.original)
            return interaction.original
        self._count_follow_up(interaction)
        message = self._composer.write(
            interaction.channel,
            body,
            uploads,
            extra=self._follow_up_extra(interaction),
            viewer=interaction.user.id,
            token=interaction.token,
        )
        self._arrived(interaction, message)
        return message

    def delete(self, interaction: Interaction, message: StoredMessage) -> None:
        self._world.delete(message)
        self._arrived(interaction, message)

    def _arrived(self, interaction: Interaction, message: StoredMessage) -> None:
        interaction.loading = False
        interaction.settle(Message(message))

    def _follow_up_extra(self, interaction: Interaction) -> Json:
        extra: Json = {
            "application_id": str(self._world.bot.id),
            "webhook_id": str(self._world.bot.id),
            "interaction_metadata": interaction.metadata(),
        }
        if interaction.original is not None:
            extra |= {"type": REPLY, "message_reference": _reference(interaction.original)}
            extra["interaction_metadata"]["original_response_message_id"] = str(interaction.original.id)
        return extra

    def _count_follow_up(self, interaction: Interaction) -> None:
        """Where the bot is no member, an interaction has five."""
        interaction.followups += 1
        guild = interaction.channel.guild
        if guild is not None and not guild.has_bot and interaction.followups > FOLLOW_UPS_WITHOUT_BOT:
            raise Refusal(40094)


def _reference(message: StoredMessage) -> Json:
    drawn: Json = {"type": 0, "channel_id": str(message.channel.id), "message_id": str(message.id)}
    if message.channel.guild is not None:
        drawn["guild_id"] = str(message.channel.guild.id)
    return drawn


def _allowed_kinds(interaction: Interaction) -> tuple[int, ...]:
    if interaction.kind == AUTOCOMPLETE:
        return (CHOICES,)
    kinds = [MESSAGE, DEFERRED_MESSAGE]
    if interaction.kind == COMPONENT or (interaction.kind == MODAL_SUBMIT and interaction.source is not None):
        kinds += [DEFERRED_UPDATE, UPDATE]
    if interaction.kind != MODAL_SUBMIT:
        kinds.append(MODAL)
    return tuple(kinds)


def _is_ephemeral(data: Json) -> bool:
    flags = data.get("flags")
    return isinstance(flags, int) and bool(flags & EPHEMERAL)


def _focused_type(data: Json) -> int:
    for option in drawing.items(data.get("options")):
        if option.get("focused"):
            return option["type"]
        if option.get("options"):
            return _focused_type(option)
    return STRING_OPTION
