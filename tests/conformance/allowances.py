"""This room lists what may differ from the OpenAPI file, each row with its reason and its source.

A row edits the file before it is closed and compiled. For every row the tests hold an exchange that passes
with it and is refused without it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.conformance.closing import Schema

Edit = Callable[[Schema], None]

SNOWFLAKE: Schema = {"$ref": "#/components/schemas/SnowflakeType"}
SNOWFLAKE_OR_NUMBER: Schema = {"oneOf": [SNOWFLAKE, {"type": "integer", "minimum": 0}]}
ERROR: Schema = {"$ref": "#/components/schemas/ErrorResponse"}


@dataclass(frozen=True, slots=True)
class Allowance:
    name: str
    edit: Edit
    reason: str
    source: str


def takes(key: str, schema: Schema, *names: str) -> Edit:
    """Objects of these names may have `key`, and it is like `schema`."""

    def edit(document: Schema) -> None:
        for name in names:
            document["components"]["schemas"][name]["properties"][key] = schema

    return edit


def reads(name: str, schema: Schema) -> Edit:
    """The object of this name is like `schema` instead."""

    def edit(document: Schema) -> None:
        document["components"]["schemas"][name] = schema

    return edit


def answers(status: str, schema: Schema) -> Edit:
    """Every operation may end with `status`."""

    def edit(document: Schema) -> None:
        for item in document["paths"].values():
            for operation in item.values():
                if "responses" in operation:
                    operation["responses"][status] = {"content": {"application/json": {"schema": schema}}}

    return edit


FIELD_ERROR: Schema = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code", "message"],
}

ALLOWANCES: tuple[Allowance, ...] = (
    Allowance(
        name="command-nsfw",
        edit=takes(
            "nsfw",
            {"type": ["boolean", "null"]},
            "ApplicationCommandCreateRequest",
            "ApplicationCommandUpdateRequest",
            "ApplicationCommandPatchRequestPartial",
        ),
        reason="discord.py sends `nsfw` with every command; the file has it in answers alone.",
        source="Documentation, Application Commands, Create Global Application Command: `nsfw?`.",
    ),
    Allowance(
        name="embed-flags",
        edit=takes("flags", {"type": ["integer", "null"], "format": "int32"}, "RichEmbed"),
        reason="discord.py sends `flags` with every embed; the file has it in answers alone.",
        source="Documentation, Message Resource, Embed Structure: `flags?`; discord.py 2.7.1, Embed.to_dict.",
    ),
    Allowance(
        name="callback-tts",
        edit=takes("tts", {"type": ["boolean", "null"]}, "IncomingWebhookUpdateForInteractionCallbackRequestPartial"),
        reason="discord.py sends `tts` with an edit that answers a press, too; the file has it in new messages alone.",
        source="Documentation, Receiving and Responding, Interaction Callback Data, Messages: `tts?`.",
    ),
    Allowance(
        name="callback-enforce-nonce",
        edit=takes(
            "enforce_nonce",
            {"type": ["boolean", "null"]},
            "IncomingWebhookInteractionRequest",
            "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
            "IncomingWebhookUpdateRequestPartial",
        ),
        reason="discord.js sends `enforce_nonce` with every message, answers too; the file has it for channels alone.",
        source="discord.js 14.28.1, MessagePayload.resolveBody.",
    ),
    Allowance(
        name="edit-tts",
        edit=takes("tts", {"type": ["boolean", "null"]}, "IncomingWebhookUpdateRequestPartial"),
        reason="discord.js sends `tts` with every message, edits too; the file has it in new messages alone.",
        source="discord.js 14.28.1, MessagePayload.resolveBody.",
    ),
    Allowance(
        name="attachment-number",
        edit=takes("id", SNOWFLAKE_OR_NUMBER, "MessageAttachmentRequest"),
        reason="A new file is named by its place in the form, and discord.py sends that place as a number.",
        source='Documentation, Reference, Uploading Files (`"id": 0`); discord.py 2.7.1, File.to_dict.',
    ),
    Allowance(
        name="recipient-number",
        edit=takes("recipient_id", SNOWFLAKE_OR_NUMBER, "CreatePrivateChannelRequest"),
        reason="discord.py sends the id of the person as a number when it opens a DM.",
        source="discord.py 2.7.1, HTTPClient.start_private_message.",
    ),
    Allowance(
        name="field-error-word",
        edit=reads(
            "InnerErrors",
            {
                "type": "object",
                "properties": {"_errors": {"type": "array", "items": FIELD_ERROR}},
                "required": ["_errors"],
            },
        ),
        reason="The code of one field's error is a word (BASE_TYPE_REQUIRED); the file says a number.",
        source="Documentation, Reference, Error Messages.",
    ),
    Allowance(
        name="rate-limit-code",
        edit=reads(
            "RatelimitedResponse",
            {
                "type": "object",
                "properties": {
                    "message": {"type": "string"},
                    "retry_after": {"type": "number"},
                    "global": {"type": "boolean"},
                    "code": {"type": "integer"},
                },
                "required": ["message", "retry_after", "global"],
            },
        ),
        reason="A 429 has a `code` for some limits only; the file asks for it always.",
        source="Documentation, Rate Limits, Rate Limit Response Structure: `code?`.",
    ),
    Allowance(
        name="server-error",
        edit=answers("5XX", {"oneOf": [{"type": "null"}, ERROR]}),
        reason="Discord has bad days, and the local Discord plays them; such an answer may have no JSON.",
        source="Documentation, Opcodes and Status Codes, HTTP Response Codes: 502 and 5xx.",
    ),
)
