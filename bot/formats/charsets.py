"""This room weighs which of the old one-byte encodings a document is in, where it is not UTF-8."""

import re

CP1252 = "cp1252"
MAC = "mac_roman"
NAMES = {CP1252: "cp1252", MAC: "Mac Roman"}
# Letters of a Mac that cp1252 lacks, has for signs, or has for capitals where a small letter stands ahead.
OF_MAC = re.compile(
    rb"[a-z][\x87\x88\x8a\x8d-\x90\x9f](?![\x80-\xff])|[A-Za-z]\xd5(?=[a-z])|(?<![A-Za-z])\xd2(?=[A-Za-z])|[.,!?a-z\xc9]\xd3(?![A-Za-z])"
)
OF_CP1252 = re.compile(
    rb"[A-Za-z]\x92(?=[a-z])|(?<![A-Za-z])\x93(?=[A-Za-z])|[.,!?a-z]\x94(?![A-Za-z])|[a-z][\xe0-\xfc](?![\x80-\xff])"
)
FEWEST = 2
LATIN = re.compile(rb"[A-Za-z]")
BEYOND = re.compile(rb"[\xc0-\xff]")
FOREIGN = "Most of its letters may be of another alphabet (such as windows-1251) and not cp1252; save it as UTF-8."


def of(data: bytes) -> str:
    """The encoding of a document's lines that are not UTF-8."""
    macs = len(OF_MAC.findall(data))
    return MAC if macs >= FEWEST and macs > 2 * len(OF_CP1252.findall(data)) else CP1252


def is_foreign(data: bytes) -> bool:
    """Whether more letters stand beyond ASCII than in it: no language that cp1252 is for is written so."""
    return len(BEYOND.findall(data)) > len(LATIN.findall(data))
