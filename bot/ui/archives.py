"""This room draws how an archive is run, and who sees the desk."""

import discord

from bot.domain.models import Rating
from bot.store.desks import Wanted
from bot.ui.cards import LAMP, TITLE_LIMIT, Card, shown


def settings(wanted: Wanted) -> Card:
    embed = discord.Embed(title=shown(wanted.name, TITLE_LIMIT), colour=LAMP)
    role = f"<@&{wanted.moderator_role_id}>" if wanted.moderator_role_id else "only who may manage the server"
    limit = Rating(wanted.rating_limit).label
    embed.add_field(name="Moderators", value=role)
    embed.add_field(name="Rating limit", value=f"{limit}; what is above opens in age-restricted channels alone")
    safe = "yes: what is above the limit is nowhere" if wanted.directory_safe else "no"
    embed.add_field(name="Directory-safe", value=safe)
    embed.add_field(name="More", value="/desk rules: letters · /desk announcements: new stories", inline=False)
    embed.add_field(name="Who sees /desk", value=_sees(wanted.moderator_role_id), inline=False)
    return Card([embed])


def _sees(role_id: int | None) -> str:
    """How a server shows the desk to more than its managers; nobody but the server itself can do it."""
    if role_id is None:
        return "Who may manage the server. To let others in, choose their role here with the option `moderators`."
    return (
        f"Who may manage the server. <@&{role_id}> may do everything at the desk, but Discord shows it to them only"
        f" once you say so: Server Settings, Integrations, this app, /desk, add <@&{role_id}>."
    )
