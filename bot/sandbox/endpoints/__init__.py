"""This room is one short function for each route, grouped as Discord's documentation groups them."""

from ..rest import Routes
from . import applications, channels, guilds, interactions, login, marks

ROOMS = (login, applications, channels, marks, guilds, interactions)
ROUTES: Routes = {line: endpoint for room in ROOMS for line, endpoint in room.ROUTES.items()}
