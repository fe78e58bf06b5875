"""This room keeps every page but its own away: no foreign host, origin, form or frame gets an answer."""

from collections.abc import Awaitable, Callable

from aiohttp import web

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types markdown"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    if sentence := refusal(request):
        return web.Response(status=403, text=sentence, headers=HEADERS)
    if request.method == "POST" and request.headers.get("Content-Type") != "application/json":
        return web.Response(status=415, text="Send this as application/json.", headers=HEADERS)
    return await handler(request)


async def protect(_request: web.Request, response: web.StreamResponse) -> None:
    """Every answer says what it may load and who may show it, before its first byte."""
    response.headers.update(HEADERS)


def refusal(request: web.Request) -> str:
    """Why this request is no business of the page's; empty when it is. The sandbox has checked its host."""
    own = f"http://{request.host}"
    if request.headers.get("Origin") not in ({own} if request.method == "POST" else {None, own}):
        return "This request comes from another page; use the address that was printed at the start."
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        return "This request comes from another site; type the printed address instead of following a link."
    return ""
