"""This room holds every exchange and every event of the suite against Discord's own OpenAPI description."""

from tests.conformance.gateway import judge_event
from tests.conformance.openapi import judge
from tests.conformance.violations import Violation, describe

__all__ = ["Violation", "describe", "judge", "judge_event"]
