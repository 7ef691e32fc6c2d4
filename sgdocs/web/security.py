"""What keeps strangers out of a browser's session: same origin, headers, cookies, safe returns. Pure but for cookies."""

from collections.abc import Mapping
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders

from sgdocs.base.errors import NotAllowed, Refused
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings

CROSS_SITE = rule(
    "web.same-origin",
    "This was sent from another site ({origin}). Open the page here and send it again.",
    "W3C Fetch Metadata",
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "worker-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache, private",
}
"""No cache that several readers share may keep an answer: what it holds depends on who asks."""
DAY_S = 24 * 3600
SHARED_COOKIE = "shared"
"""Says that the computer is a shared one: nothing is kept on it, and the session ends with the browser."""
WIPE: Mapping[str, str] = {"Clear-Site-Data": '"cache", "storage"'}
"""What the browser is told when somebody signs out: forget what was kept."""
_BEARER = "bearer "


def why_not(request: Request, settings: Settings) -> Refused | None:
    """Why an unsafe request is refused: a browser says it comes from elsewhere.

    A request with a bearer token carries no cookie's authority; one that names neither
    `Sec-Fetch-Site` nor `Origin` does not come from a browser's page.
    """
    if request.method in SAFE_METHODS or bearer_of(request) is not None:
        return None
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if site in ("same-origin", "none") or (site is None and origin is None):
        return None
    if site is None and origin in _own_origins(request, settings):
        return None
    return NotAllowed(CROSS_SITE, origin=origin or site)


def _own_origins(request: Request, settings: Settings) -> tuple[str, str]:
    public = urlsplit(settings.public_url)
    return f"{request.url.scheme}://{request.url.netloc}", f"{public.scheme}://{public.netloc}"


def harden(headers: MutableHeaders, *, secure: bool) -> None:
    """Set the headers that every answer bears; a stricter one that is there stays."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if secure:
        headers.setdefault("Strict-Transport-Security", f"max-age={365 * DAY_S}; includeSubDomains")


def is_secure(request: Request, settings: Settings) -> bool:
    return request.url.scheme == "https" or settings.public_url.startswith("https://")


def bearer_of(request: Request) -> str | None:
    """The token of `Authorization: Bearer …`, or None."""
    told = request.headers.get("authorization", "")
    return told[len(_BEARER) :].strip() if told.lower().startswith(_BEARER) else None


def session_cookie_name(settings: Settings) -> str:
    """The `__Host-` prefix binds the cookie to this host and to https; plain http cannot have it."""
    return "__Host-sgdocs" if settings.public_url.startswith("https://") else "sgdocs"


def session_cookie(request: Request) -> str | None:
    """What the session cookie holds, or None."""
    return request.cookies.get(session_cookie_name(request.app.state.services.settings)) or None


def is_shared(request: Request) -> bool:
    """Whether the computer was said to be a shared one at the sign-in."""
    return SHARED_COOKIE in request.cookies


def set_shared(request: Request, response: Response, *, shared: bool) -> None:
    if shared:
        response.set_cookie(SHARED_COOKIE, "1", path="/", httponly=True, samesite="lax")
    elif is_shared(request):
        response.delete_cookie(SHARED_COOKIE, path="/", httponly=True, samesite="lax")


def set_session(response: Response, settings: Settings, value: str, *, shared: bool = False) -> None:
    """Hand the session cookie to the browser: HttpOnly, SameSite=Lax, Secure on https. shared: until it is closed."""
    response.set_cookie(
        session_cookie_name(settings),
        value,
        max_age=None if shared else settings.session_days * DAY_S,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.public_url.startswith("https://"),
    )


def clear_session(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        session_cookie_name(settings),
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.public_url.startswith("https://"),
    )


def safe_next(address: str | None, default: str = "/") -> str:
    """An address of this service to go back to, else the default; never another host."""
    if not address or not address.startswith("/") or any(ord(c) < 33 or c == "\\" for c in address):
        return default
    return default if address.startswith("//") else address


def client_address(request: Request, settings: Settings) -> str:
    """Whence the request comes; `X-Forwarded-For` is believed from a trusted proxy alone."""
    direct = request.client.host if request.client else ""
    trusted = {each.strip() for each in settings.trusted_proxies.split(",") if each.strip()}
    hops = [each.strip() for each in request.headers.get("x-forwarded-for", "").split(",") if each.strip()]
    while direct in trusted and hops:
        direct = hops.pop()
    return direct[:64]


def network_of(address: str) -> str:
    """What is counted as one place: an IPv4 address, or the /64 that one holder of IPv6 addresses has."""
    try:
        known = ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))
