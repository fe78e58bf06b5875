"""This room does what the person at the page asks: run, complete, press, choose, submit; each answer is an outcome."""

from collections.abc import Awaitable, Callable

from ..errors import CommandRefused, Unanswered
from ..screens import Message, Modal
from .given import chosen, filled, options
from .seat import Seat
from .trouble import trouble
from .view import Drawn

Body = Drawn
Act = Callable[[Seat, Body], Awaitable[Drawn]]
FAILED = "This interaction failed: the application did not respond."


async def _outcome(seat: Seat, act: Awaitable[object]) -> Drawn:
    try:
        answer = await act
    except Unanswered:
        return {"outcome": "failed", "sentence": FAILED}
    except CommandRefused as refused:
        return {"outcome": "refused", "sentence": str(refused)}
    if isinstance(answer, Modal):
        return {"outcome": "form", "form": seat.view.form(answer.raw)}
    return {"outcome": "done", "message": str(answer.id) if isinstance(answer, Message) else ""}


async def run(seat: Seat, body: Body) -> Drawn:
    given = options(seat, body)
    return await _outcome(seat, seat.person.runs(f"/{body['command']}", given, channel=seat.channel(body["place"])))


async def complete(seat: Seat, body: Body) -> Drawn:
    """Choices for the option being typed, the last of `values`, or the sentence that stands in their place."""
    given = options(seat, body)
    try:
        found = await seat.person.types(f"/{body['command']}", given, channel=seat.channel(body["place"]))
    except Unanswered:
        return {"choices": [], "sentence": "Loading options failed."}
    except CommandRefused as refused:
        return {"choices": [], "sentence": str(refused)}
    drawn = [{"label": choice.name, "value": choice.value} for choice in found]
    return {"choices": drawn, "sentence": "" if drawn else "No options match your search."}


async def press(seat: Seat, body: Body) -> Drawn:
    message = seat.message(body["message"], body["place"])
    return await _outcome(seat, seat.person.clicks(body["control"], message=message))


async def choose(seat: Seat, body: Body) -> Drawn:
    message = seat.message(body["message"], body["place"])
    values = chosen(message, body["control"], body["values"])
    return await _outcome(seat, seat.person.chooses(*values, message=message, menu=body["control"]))


async def use(seat: Seat, body: Body) -> Drawn:
    """A command from the *Apps* menu of a message, or of a person."""
    place = seat.channel(body["place"])
    on = seat.message(body["message"], body["place"]) if "message" in body else seat.user(body["person"])
    return await _outcome(seat, seat.person.uses(body["command"], on, channel=place))


async def react(seat: Seat, body: Body) -> Drawn:
    try:
        seat.person.reacts(body["emoji"], seat.message(body["message"], body["place"]))
    except CommandRefused as refused:
        return {"outcome": "refused", "sentence": str(refused)}
    return {"outcome": "done"}


async def submit(seat: Seat, body: Body) -> Drawn:
    modal = seat.person.modal
    if modal is None:
        return {"outcome": "refused", "sentence": "This form is no longer open; open it anew."}
    return await _outcome(seat, seat.person.submits(filled(modal, body["values"])))


async def leave(seat: Seat, _body: Body) -> Drawn:
    """The form was closed unsent."""
    seat.person.dismisses_form()
    return {}


async def dismiss(seat: Seat, body: Body) -> Drawn:
    seat.marks.dismiss(seat.person.id, int(body["message"]))
    return {}


async def read(seat: Seat, body: Body) -> Drawn:
    seat.read(body["place"])
    return {}


ACTS: dict[str, Act] = {
    act.__name__: act for act in (run, complete, use, press, choose, react, submit, leave, dismiss, read, trouble)
}
