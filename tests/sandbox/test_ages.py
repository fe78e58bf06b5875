"""This room tests how old accounts are, which everybody can read from their ids."""

import time
from datetime import datetime

from bot.sandbox import Guild, Person, Sandbox
from bot.sandbox.payloads import member
from bot.sandbox.snowflakes import Snowflakes, time_of

DAY = 86_400.0


def test_ids_of_another_time_tell_it_and_never_repeat() -> None:
    ids = Snowflakes(time.time)
    made = [ids.at(1_600_000_000.25) for _ in range(1_000)]
    assert len(set(made)) == 1_000
    assert {time_of(each) for each in made} == {1_600_000_000.25}


def test_an_old_account_and_a_new_one(sandbox: Sandbox, guild: Guild, mara: Person) -> None:
    old = sandbox.person("old", guild=guild, age=100 * DAY)
    now = sandbox.backend.now()
    assert abs(now - 100 * DAY - time_of(old.id)) < 5
    assert abs(now - time_of(mara.id)) < 5
    joined = datetime.fromisoformat(member(guild.members[old.id])["joined_at"]).timestamp()
    assert abs(now - 50 * DAY - joined) < 5
