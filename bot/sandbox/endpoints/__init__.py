"""This room is one short function for each route, grouped as Discord's documentation groups them."""

from ..rest import Routes
from . import applications, channels, guilds, interactions, login

ROUTES: Routes = login.ROUTES | applications.ROUTES | channels.ROUTES | guilds.ROUTES | interactions.ROUTES
