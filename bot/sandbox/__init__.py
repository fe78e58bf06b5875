"""This room is a small Discord on this machine: an unpatched client lives on it, and persons act in it."""

from .errors import CommandRefused, Refusal, Unanswered
from .faults import Pause
from .gateway import IDENTIFY_INTERVAL
from .persons import Choice, Person
from .records import Exchange, GatewayEvent
from .screens import Field, Message, Modal
from .server import Sandbox
from .watching import Change
from .world import Channel, Guild

__all__ = [
    "IDENTIFY_INTERVAL",
    "Change",
    "Channel",
    "Choice",
    "CommandRefused",
    "Exchange",
    "Field",
    "GatewayEvent",
    "Guild",
    "Message",
    "Modal",
    "Pause",
    "Person",
    "Refusal",
    "Sandbox",
    "Unanswered",
]
