"""Who acts: of a team, those alone who belong to it."""

from typing import Any

import discord
import pytest

from bot.services.library import Library
from bot.store.database import Database
from bot.ui.audience import Audiences


def _user(number: int) -> dict[str, Any]:
    return {"id": str(number), "username": f"user{number}", "discriminator": "0", "avatar": None}


def _application(team: list[tuple[int, int]] | None) -> dict[str, Any]:
    """An application of account 1, or of a team of (account, state of its membership)."""
    members = [
        {"user": _user(number), "team_id": "5", "membership_state": state, "role": "admin"}
        for number, state in team or ()
    ]
    made: dict[str, Any] = {
        "id": "9", "name": "Talebearer", "description": "", "icon": None, "rpc_origins": [], "bot_public": True,
        "bot_require_code_grant": False, "owner": _user(1), "verify_key": "", "summary": "",
    }  # fmt: skip
    if team is not None:
        made["team"] = {"id": "5", "name": "Us", "icon": None, "owner_user_id": "2", "members": members}
    return made


@pytest.mark.parametrize(
    ("team", "owners"),
    [(None, {1}), ([(2, 2), (3, 2)], {2, 3}), ([(2, 2), (4, 1)], {2}), ([], set[int]())],
    ids=["one owner", "a team", "one who is invited", "nobody"],
)
async def test_who_owns_the_bot(database: Database, team: list[tuple[int, int]] | None, owners: set[int]) -> None:
    client = discord.Client(intents=discord.Intents.none())
    client._application = discord.AppInfo(client._connection, _application(team))  # pyright: ignore[reportArgumentType]
    assert Audiences(client, Library(database))._owners() == owners
