"""This room holds every limit of a message (Resources, "Message": Create Message, Embed Limits)."""

import re
from urllib.parse import urlsplit

from .component_limits import check_components
from .drawing import items, mapping
from .errors import Json, Refusal, Unchecked
from .problems import Path, Problems, length
from .world import COMPONENTS_V2

CONTENT, EMBEDS, EMBED_TOTAL, NONCE = 2_000, 10, 6_000, 25
TITLE, DESCRIPTION, FIELDS, FIELD_NAME, FIELD_VALUE, FOOTER, AUTHOR = 256, 4_096, 25, 256, 1_024, 2_048, 256
URL, COLOR, ATTACHMENTS, ATTACHMENT_DESCRIPTION = 2_048, 0xFFFFFF, 10, 1_024
ATTACHMENT_SIZE, REQUEST_SIZE = 10 * 1024 * 1024, 25 * 1024 * 1024
URL_SCHEMES = ("http", "https", "attachment")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$")


def check_message(body: Json, *, file_count: int = 0, kept: Json | None = None) -> None:
    """Refuses a message that is too long, too wide or empty; `kept` is the message where it is an edit."""
    problems = Problems()
    flags = _flags(body, kept, problems)
    if flags & COMPONENTS_V2:
        _check_no_legacy(body, kept, problems)
    problems.text(("content",), body.get("content"), CONTENT, trim=True)
    _check_nonce(body.get("nonce"), problems)
    _check_attachments(body.get("attachments"), problems)
    _check_embeds(body.get("embeds"), problems)
    check_components(body.get("components"), problems, v2=bool(flags & COMPONENTS_V2))
    problems.refuse()
    _refuse_empty(body, file_count, kept)


def _flags(body: Json, kept: Json | None, problems: Problems) -> int:
    """Components V2, once a message has it, cannot be taken back."""
    problems.number(("flags",), body.get("flags"), 0, (1 << 31) - 1)
    before = kept["flags"] if kept else 0
    flags = body.get("flags")
    if before & COMPONENTS_V2 and isinstance(flags, int) and not flags & COMPONENTS_V2:
        sentence = "The IS_COMPONENTS_V2 flag cannot be removed from a message."
        problems.add(("flags",), "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", sentence)
    return before | (flags if isinstance(flags, int) else 0)


def _check_no_legacy(body: Json, kept: Json | None, problems: Problems) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key) or (key in ("content", "embeds") and kept and key not in body and kept[key]):
            sentence = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            problems.add((key,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", sentence)


def _check_nonce(nonce: Unchecked, problems: Problems) -> None:
    if isinstance(nonce, str) and len(nonce) > NONCE:
        problems.add(("nonce",), "NONCE_TYPE_TOO_LONG", f"The nonce must be {NONCE} or fewer in length.")
    elif nonce is not None and not isinstance(nonce, str | int):
        problems.add(("nonce",), "NONCE_TYPE_INVALID_TYPE", "This field must be a string or integer.")


def _check_attachments(attachments: Unchecked, problems: Problems) -> None:
    if not problems.array(("attachments",), attachments, ATTACHMENTS):
        return
    for index, attachment in enumerate(items(attachments)):
        path = ("attachments", index, "description")
        problems.text(path, attachment.get("description"), ATTACHMENT_DESCRIPTION)


def _refuse_empty(body: Json, file_count: int, kept: Json | None) -> None:
    def there(key: str) -> bool:
        value = body[key] if key in body else kept.get(key) if kept else None
        return bool(value.strip() if isinstance(value, str) else value)

    if file_count or there("attachments") or there("content") or there("components"):
        return
    if body.get("poll") or body.get("sticker_ids"):
        return
    embeds = items((body if "embeds" in body else kept or {}).get("embeds"))
    if not any(_has_something(embed) for embed in embeds):
        raise Refusal(50006)


def _has_something(embed: Json) -> bool:
    keys = ("title", "description", "url", "timestamp", "fields", "author", "footer", "image", "thumbnail")
    return any(embed.get(key) for key in keys)


# Embeds


def _check_embeds(embeds: Unchecked, problems: Problems) -> None:
    if not problems.array(("embeds",), embeds, EMBEDS):
        return
    total = 0
    for index, embed in enumerate(items(embeds)):
        _check_embed(embed, ("embeds", index), problems)
        total += _embed_length(embed)
    if total > EMBED_TOTAL:
        sentence = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        problems.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", sentence)


def _check_embed(embed: Json, path: Path, problems: Problems) -> None:
    problems.text((*path, "title"), embed.get("title"), TITLE, trim=True)
    problems.text((*path, "description"), embed.get("description"), DESCRIPTION, trim=True)
    problems.number((*path, "color"), embed.get("color"), 0, COLOR)
    _check_url((*path, "url"), embed.get("url"), problems)
    _check_timestamp((*path, "timestamp"), embed.get("timestamp"), problems)
    if embed.get("author") is not None:
        author = mapping(embed["author"])
        problems.text((*path, "author", "name"), author.get("name"), AUTHOR, least=1, required=True, trim=True)
        _check_urls((*path, "author"), author, problems)
    if embed.get("footer") is not None:
        footer = mapping(embed["footer"])
        problems.text((*path, "footer", "text"), footer.get("text"), FOOTER, least=1, required=True, trim=True)
        _check_urls((*path, "footer"), footer, problems)
    for key in ("image", "thumbnail"):
        if embed.get(key) is not None:
            _check_urls((*path, key), mapping(embed[key]), problems)
    _check_fields(embed.get("fields"), (*path, "fields"), problems)


def _check_fields(fields: Unchecked, path: Path, problems: Problems) -> None:
    if not problems.array(path, fields, FIELDS):
        return
    for index, field in enumerate(items(fields)):
        for key, most in (("name", FIELD_NAME), ("value", FIELD_VALUE)):
            if field.get(key) is None or not str(field[key]).strip():
                problems.add((*path, index, key), "BASE_TYPE_REQUIRED", "This field is required")
            else:
                problems.text((*path, index, key), field[key], most, trim=True)


def _check_urls(path: Path, holder: Json, problems: Problems) -> None:
    for key in ("url", "icon_url"):
        _check_url((*path, key), holder.get(key), problems)


def _check_url(path: Path, url: Unchecked, problems: Problems) -> None:
    if url is None or not problems.text(path, url, URL):
        return
    scheme = urlsplit(str(url)).scheme
    if scheme not in URL_SCHEMES:
        sentence = f'Scheme "{scheme}" is not supported. Scheme must be one of {URL_SCHEMES}.'
        problems.add(path, "URL_TYPE_INVALID_SCHEME", sentence)


def _check_timestamp(path: Path, value: Unchecked, problems: Problems) -> None:
    if value is not None and not TIMESTAMP.match(str(value)):
        problems.add(path, "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")


def _embed_length(embed: Json) -> int:
    """Title, description, names and values of fields, footer's text and author's name count towards the 6,000."""
    texts: list[Unchecked] = [embed.get("title"), embed.get("description")]
    texts += [mapping(embed.get("author")).get("name"), mapping(embed.get("footer")).get("text")]
    for field in items(embed.get("fields")):
        texts += [field.get("name"), field.get("value")]
    return sum(length(text.strip()) for text in texts if isinstance(text, str))
