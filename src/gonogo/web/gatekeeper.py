"""Who gets in: this machine, by this address, with the key; and what every answer tells the browser to refuse.

Other programs and other people of the machine can reach a port of it, and any web page can make a browser ask it. So
the name in the request has to be the address itself, a cookie has to show that the address with the key was opened,
and whatever changes something has to come from a page of ours.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

START: Final = "/start"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"  # no script
)
_BYTES: Final = 32
_HEADERS: Final = {
    "cache-control": "no-store",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_METHODS: Final = ("GET", "HEAD", "POST")
_CLOSED: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{meta}
<title>{title} - gonogo</title></head>
<body><main><h1>{title}</h1>
<p>{sentence}</p>
{link}</main></body></html>
"""


def _secret() -> str:
    return secrets.token_urlsafe(_BYTES)


@dataclass(frozen=True, slots=True)
class SiteKeys:
    """Three secrets of 256 bits, made anew for each start and written nowhere; and where the pages are.

    Attributes:
        key: In the address that is opened first.
        cookie: What the browser shows from then on.
        form: In every form.
        root: Path above every page. A browser shows a cookie to every port of this machine, but below its path only; so
            a server of somebody else does not get it.
    """

    key: str = field(default_factory=_secret, repr=False)
    cookie: str = field(default_factory=_secret, repr=False)
    form: str = field(default_factory=_secret, repr=False)
    root: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(_BYTES // 2)}", repr=False)


def same(given: str, secret: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing about where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())


class Gatekeeper:
    """Lets in what may come in, and gives every answer its headers."""

    def __init__(self, site: ASGIApp, keys: SiteKeys, address: str) -> None:
        """Stand before a site.

        Args:
            site: What is guarded.
            keys: Its secrets.
            address: The only name by which it may be asked: ``127.0.0.1:41234``.
        """
        self._site, self._keys, self._address = site, keys, address
        self._cookie = f"gonogo-{address.rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return

        async def guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**_HEADERS, "content-security-policy": POLICY}.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope["method"], scope["path"], scope["query_string"], Headers(scope=scope))
        await (answer or self._site)({**scope, "root_path": self._keys.root}, receive, guarded)

    def _refusal(self, method: str, path: str, query: bytes, headers: Headers) -> Response | None:
        """Return the answer to what may not come in, or to the first address; None for the site itself."""
        if headers.getlist("host") != [self._address]:
            return _closed(421, "Wrong address", f"This page answers to http://{self._address} only.")
        if method not in _METHODS:
            return _closed(405, "Not possible", "This page is read, and its forms are sent; nothing else.")
        if path == START and method == "GET":
            return self._start(query)
        first, _, rest = path.removeprefix("/").partition("/")
        below = path.startswith(f"/{first}/") and same(f"/{first}", self._keys.root)
        if not below or not any(same(each, self._keys.cookie) for each in self._shown(headers)):
            place = path if below and not rest else ""
            return _unknown(place, again=headers.get("sec-fetch-site") == "cross-site")
        if method == "POST" and not self._from_here(headers):
            return _closed(403, "Refused", "The form did not come from this page, so nothing was done.")
        return None

    def _start(self, query: bytes) -> Response:
        given = parse_qs(query.decode("latin-1")).get("key", [])
        if len(given) == 1 and same(given[0], self._keys.key):
            answer = RedirectResponse(f"{self._keys.root}/", 303)
            answer.set_cookie(self._cookie, self._keys.cookie, httponly=True, samesite="strict", path=self._keys.root)
            return answer
        return _unknown("")

    def _shown(self, headers: Headers) -> Iterator[str]:
        for line in headers.getlist("cookie"):
            yield cookie_parser(line).get(self._cookie, "")

    def _from_here(self, headers: Headers) -> bool:
        """Whether a form was sent from one of our pages, by what the browser says of it; in doubt it was not."""
        own = f"http://{self._address}"
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        origins = headers.getlist("origin")
        if origins:
            return origins == [own]
        return any(each.startswith(f"{own}/") for each in headers.getlist("referer"))


def _unknown(place: str, *, again: bool = False) -> Response:
    """Return the page for a browser without the cookie; one that knows the first page's place may ask there again."""
    sentence = "This browser has not shown the key. Open the whole address that `gonogo open` printed."
    meta = f'<meta http-equiv="refresh" content="0; url={place}">' if again and place else ""
    return _closed(403, "Closed", sentence, meta=meta, link=f'<p><a href="{place}">Try again</a></p>' if place else "")


def _closed(status: int, title: str, sentence: str, *, meta: str = "", link: str = "") -> Response:
    """Return a page that needs nothing else, and says nothing of the program."""
    return HTMLResponse(_CLOSED.format(title=title, sentence=sentence, meta=meta, link=link), status)
