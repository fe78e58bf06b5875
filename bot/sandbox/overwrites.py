"""This room keeps whom a server lets use a command, and where (Application Commands, "Permissions")."""

from dataclasses import dataclass, field
from typing import Literal

from .errors import Json, Refusal
from .world import Channel, Guild, Member, Role, User

ROLE, USER, CHANNEL = 1, 2, 3
MOST = 100
Kind = Literal[1, 2, 3]
Subject = User | Role | Channel | Guild
"""Whom or what a rule is about; the guild stands for all its channels, its `everyone` role for all its members."""

Rules = dict[tuple[Kind, int], bool]


@dataclass
class Overwrites:
    """Rules by guild and target: a command's id, or the application's for all commands that have none of their own."""

    application_id: int
    _rules: dict[tuple[int, int], Rules] = field(default_factory=dict[tuple[int, int], Rules])

    def set(self, guild: Guild, target: int, subject: Subject, allowed: bool | None) -> None:
        """None takes the rule back."""
        rules = self._rules.setdefault((guild.id, target), {})
        key = _key(subject)
        if allowed is None:
            rules.pop(key, None)
        elif len(rules) >= MOST and key not in rules:
            raise ValueError(f"A command takes {MOST} rules in a server; take one back before you add another.")
        else:
            rules[key] = allowed
        if not rules:
            del self._rules[guild.id, target]

    def drawn(self, guild: Guild, target: int) -> Json:
        """Raises:
        Refusal: nothing has been said about the target (10066).
        """
        rules = self._rules.get((guild.id, target))
        if rules is None:
            raise Refusal(10066)
        return _drawn(guild.id, target, self.application_id, rules)

    def all(self, guild: Guild) -> list[Json]:
        return [
            _drawn(guild.id, target, self.application_id, rules)
            for (guild_id, target), rules in self._rules.items()
            if guild_id == guild.id
        ]

    def allows(self, command_id: int, member: Member, channel: Channel) -> bool | None:
        """None where no rule decides, so that `default_member_permissions` does."""
        own = self._rules.get((member.guild.id, command_id), {})
        app = self._rules.get((member.guild.id, self.application_id), {})
        if _of_channel(own, channel, _of_channel(app, channel, otherwise=True)) is False:
            return False
        if (decided := _of_member(own, member)) is not None:
            return decided
        return False if _of_member(app, member) is False else None


def _key(subject: Subject) -> tuple[Kind, int]:
    if isinstance(subject, User):
        return USER, subject.id
    if isinstance(subject, Role):
        return ROLE, subject.id
    return CHANNEL, subject.id if isinstance(subject, Channel) else subject.id - 1


def _drawn(guild_id: int, target: int, application_id: int, rules: Rules) -> Json:
    return {
        "id": str(target),
        "application_id": str(application_id),
        "guild_id": str(guild_id),
        "permissions": [{"id": str(key), "type": kind, "permission": on} for (kind, key), on in rules.items()],
    }


def _of_channel(rules: Rules, channel: Channel, otherwise: bool) -> bool:
    """The channel's own rule, or that for all channels; a thread is as its parent is."""
    place = channel.parent or channel
    assert place.guild is not None
    return rules.get((CHANNEL, place.id), rules.get((CHANNEL, place.guild.id - 1), otherwise))


def _of_member(rules: Rules, member: Member) -> bool | None:
    """What is said of a person goes before what is said of their roles, and a role that may before one that may not."""
    if (own := rules.get((USER, member.user.id))) is not None:
        return own
    said = [rules[ROLE, role.id] for role in member.roles if (ROLE, role.id) in rules]
    return any(said) if said else rules.get((ROLE, member.guild.everyone.id))
