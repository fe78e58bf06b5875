"""This room keeps uploaded files behind signed links that run out (Reference, "Signed Attachment CDN URLs")."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from .drawing import items
from .errors import Json, Refusal, Unchecked
from .limits import ATTACHMENT_SIZE
from .snowflakes import Snowflakes

LINK_LASTS = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart request; `index` is the n of its `files[n]`."""

    index: str
    filename: str
    content_type: str
    content: bytes


class Attachments:
    """Files by id."""

    def __init__(self, ids: Snowflakes, now: Callable[[], float]) -> None:
        self.address = ""
        self._ids = ids
        self._now = now
        self._secret = secrets.token_bytes(32)
        self._files: dict[int, Upload] = {}

    def keep(self, channel_id: int, uploads: list[Upload], described: Unchecked, *, ephemeral: bool) -> list[Json]:
        """Attachment objects for `uploads`; `described` is the `attachments` array of the body."""
        notes = {str(note.get("id")): note for note in items(described)}
        kept: list[Json] = []
        for upload in uploads:
            if len(upload.content) > ATTACHMENT_SIZE:
                raise Refusal(40005)
            kept.append(self._keep(channel_id, upload, notes.get(upload.index, {}), ephemeral=ephemeral))
        return kept

    def _keep(self, channel_id: int, upload: Upload, note: Json, *, ephemeral: bool) -> Json:
        key = self._ids.next()
        self._files[key] = upload
        name = note.get("filename") or upload.filename
        link = self.link(channel_id, key, name)
        drawn: Json = {
            "id": str(key),
            "filename": name,
            "size": len(upload.content),
            "url": link,
            "proxy_url": link,
            "content_type": upload.content_type,
        }
        if note.get("description"):
            drawn["description"] = note["description"]
        if ephemeral:
            drawn["ephemeral"] = True
        return drawn

    def link(self, channel_id: int, key: int, name: str) -> str:
        issued = int(self._now())
        path, expires = f"/attachments/{channel_id}/{key}/{name}", issued + LINK_LASTS
        return f"{self.address}{path}?ex={expires:x}&is={issued:x}&hm={self._signature(path, f'{expires:x}')}&"

    def find(self, path: str, key: int, expires: str, signature: str) -> Upload | None:
        """The file, if the link is ours, unchanged and not too old."""
        if not hmac.compare_digest(self._signature(path, expires), signature):
            return None
        return self._files.get(key) if int(expires, 16) > self._now() else None

    def _signature(self, path: str, expires: str) -> str:
        return hmac.new(self._secret, f"{path}{expires}".encode(), hashlib.sha256).hexdigest()
