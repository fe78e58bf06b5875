"""This room is the life of a claim: somebody says that a pen name is theirs."""

import enum


class ClaimState(enum.StrEnum):
    """Where a claim is."""

    ASKED = "asked"  # a moderator has to look at it
    DECLINED = "declined"  # a moderator said no
    OFFERED = "offered"  # a moderator said yes; the account is asked whether it takes the letters
    TAKEN = "taken"
    DENIED = "denied"  # "not me"
    NEVER = "never"  # nor shall it be asked again
    LAPSED = "lapsed"  # another account was given the name first


class Choice(enum.StrEnum):
    """What an author wants of the stories under a pen name that is theirs."""

    KEEP = "keep"
    RENAME = "rename"
    ORPHAN = "orphan"
    WITHDRAW = "withdraw"
    NEVER = "never"  # withdrawn, and not to be imported again
