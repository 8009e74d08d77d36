"""A browser without a browser: asks the local page in this process, keeps its cookie, and sends its forms."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from gonogo.web.desk import LocalDesk
from gonogo.web.local_site import local_site

ADDRESS = "127.0.0.1:41234"
ORIGIN = f"http://{ADDRESS}"


@dataclass(frozen=True)
class Answered:
    """One answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """A header that is there once, or not at all."""
        found = [value for key, value in self.headers if key == name]
        assert len(found) <= 1, found
        return found[0] if found else ""

    @property
    def html(self) -> str:
        """The page as it was sent."""
        return self.body.decode()

    @property
    def text(self) -> str:
        """What a person reads: no markup, one blank between words."""
        body = re.sub(r"<(title|style)>.*?</\1>", "", self.html, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())

    def fields(self) -> dict[str, str]:
        """What the fields of the page would send as they stand; for a page with one form."""
        html = self.html.partition("<form")[2].partition("</form>")[0]
        found = {}
        for tag in re.findall(r"<input[^>]*>", html):
            value = re.search(r' value="([^"]*)"', tag)
            found[re.findall(r' name="([^"]*)"', tag)[0]] = unescape(value[1]) if value else ""
        for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
            found[name] = re.findall(r'<option value="([^"]*)" selected>', options)[0]
        return found

    def choice(self, label: str, words: str) -> tuple[str, str]:
        """The field under a label and what stands for one of its choices."""
        found = re.search(
            rf'<label[^>]*>{re.escape(label)}</label>.*?<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>',
            self.html,
            re.DOTALL,
        )
        assert found is not None, label
        (value,) = re.findall(rf'<option value="([0-9]+)"[^>]*>{re.escape(words)}</option>', found[2])
        return found[1], value

    def hidden(self, name: str) -> str:
        """The value of the first hidden field of a name."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', self.html)
        assert found is not None, self.text
        return unescape(found[1])


@dataclass
class Asker:
    """One browser."""

    desk: LocalDesk
    cookies: dict[str, str] = field(default_factory=dict)
    last: Answered = field(default_factory=lambda: Answered(0, (), b""))

    def ask(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        headers: Mapping[str, str] | Sequence[tuple[str, str]] = (),
        *,
        without: Sequence[str] = (),
        also: Sequence[tuple[str, str]] = (),
    ) -> Answered:
        """Send one request as a browser does, and keep the cookie that comes with the answer."""
        sent = {"host": ADDRESS, "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            sent |= {"origin": ORIGIN, "content-length": str(len(body))}
            sent |= {"content-type": "application/x-www-form-urlencoded"}
        extra = dict(headers)
        raw = [(name, value) for name, value in {**sent, **extra}.items() if value and name not in without]
        raw += also
        sent_back: list[Any] = []
        try:
            asyncio.run(_asked(local_site(self.desk, ADDRESS), method, target, body, raw, sent_back))
        finally:
            self.last = answer = _answered(sent_back)
        if made := answer.header("set-cookie"):
            name, _, value = made.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def at(self, place: str) -> str:
        """Where a page is."""
        return f"{self.desk.keys.root}{place}"

    def start(self) -> Answered:
        """Open the address that was printed."""
        return self.ask("GET", f"/start?key={self.desk.keys.key}")

    def get(self, target: str) -> Answered:
        """Open a page."""
        return self.ask("GET", self.at(target))

    def send(self, target: str, fields: Mapping[str, str], *, form: str | None = None) -> Answered:
        """Send a form as a page of ours would."""
        whole = {"form": self.desk.keys.form if form is None else form, **fields}
        return self.ask("POST", self.at(target), urlencode(whole).encode())

    def follow(self, answer: Answered) -> Answered:
        """Go where an answer leads."""
        assert answer.status == 303, answer.text
        return self.ask("GET", answer.header("location"))

    def upload(self, target: str, data: bytes, *, name: str = "bindings.xlsx") -> Answered:
        """Send a form with a file."""
        edge = "edge-of-the-part"
        body = (
            (
                f'--{edge}\r\nContent-Disposition: form-data; name="form"\r\n\r\n{self.desk.keys.form}\r\n'
                f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n"
            ).encode()
            + data
            + f"\r\n--{edge}--\r\n".encode()
        )
        return self.ask("POST", self.at(target), body, {"content-type": f"multipart/form-data; boundary={edge}"})


async def _asked(
    site: Any, method: str, target: str, body: bytes, headers: Sequence[tuple[str, str]], sent: list[Any]
) -> None:
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 41234),
    }
    parts = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await site(scope, receive, send)


def _answered(sent: Sequence[Any]) -> Answered:
    start = next(each for each in sent if each["type"] == "http.response.start")
    data = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
    named = tuple((name.decode().lower(), value.decode("latin-1")) for name, value in start["headers"])
    return Answered(start["status"], named, data)
