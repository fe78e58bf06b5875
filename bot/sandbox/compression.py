"""This room compresses what goes over one gateway socket, in one stream (Gateway, "Encoding and Compression")."""

import zlib
from typing import Protocol

import zstandard


class Compression(Protocol):
    def __call__(self, payload: bytes, /) -> bytes: ...


class ZlibStream:
    """Each payload ends with the four bytes of Z_SYNC_FLUSH."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def __call__(self, payload: bytes, /) -> bytes:
        return self._stream.compress(payload) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """Each payload ends a block, so that it can be read before the stream ends."""

    def __init__(self) -> None:
        self._stream = zstandard.ZstdCompressor().compressobj()

    def __call__(self, payload: bytes, /) -> bytes:
        return self._stream.compress(payload) + self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


def stream_for(name: str | None) -> Compression | None:
    """A fresh stream of that name; None is plain text."""
    if name == "zlib-stream":
        return ZlibStream()
    return ZstdStream() if name == "zstd-stream" else None
