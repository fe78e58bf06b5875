"""This room answers what a client asks before it connects (Resources, "User", "Application"; Topics, "Gateway")."""

import math

from .. import payloads
from ..errors import Json, Refusal
from ..gateway import IDENTIFIES
from ..rest import Answer, Call, Routes


def me(call: Call) -> Answer:
    return Answer(payloads.own_user(call.backend.world.bot))


def user(call: Call) -> Answer:
    found = call.backend.world.users.get(call.id("user_id"))
    if found is None:
        raise Refusal(10013)
    return Answer(payloads.user(found))


def application(call: Call) -> Answer:
    backend = call.backend
    name = backend.application_name
    owner = next(iter(backend.world.guilds.values())).owner if backend.world.guilds else backend.world.bot
    drawn: Json = {
        "id": str(backend.application_id),
        "name": name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": payloads.user(backend.world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {"0": {}, "1": {}},
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": payloads.user(owner),
        "approximate_guild_count": sum(guild.has_bot for guild in backend.world.guilds.values()),
        "approximate_user_install_count": sum(user.installed for user in backend.world.users.values()),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }
    return Answer(drawn)


def gateway(call: Call) -> Answer:
    return Answer({"url": call.backend.gateway.address})


def gateway_bot(call: Call) -> Answer:
    served = call.backend.gateway
    left, seconds = served.starts_left
    limit = {
        "max_concurrency": served.max_concurrency,
        "remaining": left,
        "reset_after": math.ceil(seconds) * 1_000,
        "total": IDENTIFIES,
    }
    return Answer({"url": served.address, "session_start_limit": limit, "shards": 1})


ROUTES: Routes = {
    "GET /users/@me": me,
    "GET /users/{user_id}": user,
    "GET /oauth2/applications/@me": application,
    "GET /applications/@me": application,
    "GET /gateway": gateway,
    "GET /gateway/bot": gateway_bot,
}
