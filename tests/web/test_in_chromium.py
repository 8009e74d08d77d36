"""The real server and a real browser: keyboard alone, no script, small screens, the dark, and nothing but this machine.

One browser serves all tests of this file; one server those that change nothing. Where no browser is installed they are
skipped with a message; CI installs one (`make system-deps`), and a skip there fails the run.
"""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from gonogo.program.program_file import load_program
from gonogo.web.files_page import key_of
from gonogo.web.local_server import pass_on

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "section508"]
FILE = f"/files/{key_of('evidence/interfaces.csv')}"
BINDING = "/bindings/change-requests-v"
ANSWERS = f"{BINDING}/answers"
PAGES = ("/", "/files", FILE, "/questions", BINDING, ANSWERS, "/run", "/files/nothing", "/nowhere")
WAYS: dict[str, dict[str, Any]] = {
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
}


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    process: subprocess.Popen[str]
    url: str
    said: list[str]
    root: Path

    @property
    def origin(self) -> str:
        """Its address without the key."""
        return self.url.partition("/start")[0]

    def at(self, page: Page, place: str) -> str:
        """Where a page is, for a browser that is on one of its pages."""
        return f"{self.origin}/{urlsplit(page.url).path.split('/')[1]}{place}"


def serve(root: Path) -> Served:
    """`gonogo open` in a process of its own."""
    command = [sys.executable, "-m", "gonogo", "open", str(root), "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(3)]
    return Served(process, said[1], said, root)


def ended(server: Served) -> str:
    """End a server as a person does, and return what it still had to say."""
    server.process.send_signal(signal.SIGINT)
    rest, _ = server.process.communicate(timeout=60)
    return rest


@pytest.fixture(scope="module")
def served(week_once: Path) -> Iterator[Served]:
    """The page of a program in its first week; nothing changes it."""
    made = serve(week_once)
    yield made
    ended(made)


@pytest.fixture(scope="module")
def asked(asking_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page of a program that asks which rows of a list count, and which file takes the place of another."""
    made = serve(Path(shutil.copytree(asking_once, tmp_path_factory.mktemp("asked") / "p")))
    yield made
    ended(made)


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page with its key; a request to anything but the server, or a broken policy, fails the test."""
    asked: list[tuple[str, str]] = []
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(server: Served, **options: Any) -> Page:
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append((server.origin, request.url)))
        page.on("console", lambda message: said.append(message.text))
        page.goto(server.url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for origin, url in asked if not url.startswith((f"{origin}/", "file:"))] == []
    assert [each for each in said if not each.startswith("Failed to load resource: the server responded with")] == []


def test_the_terminal_names_the_address_the_key_and_the_end(served: Served) -> None:
    """Three lines, for people who fear more of them."""
    key = served.url.partition("key=")[2]

    assert served.said[0] == f"The local page of {served.root} is open, for this machine only:"
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/start\?key=[A-Za-z0-9_-]{43}", served.url)
    assert served.said[2] == "The address holds a key: give it to nobody. Ctrl+C ends it."
    assert key not in served.origin


def test_only_this_machine_reaches_it(served: Served) -> None:
    """A server that listens on every address is asked by everybody in the building."""
    port = urlsplit(served.url).port
    assert port is not None
    with socket.create_connection(("127.0.0.1", port), 10):
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), 10)


def test_the_real_server_refuses_what_the_gatekeeper_refuses(served: Served) -> None:
    """What the library does with a request before the gatekeeper sees it opens nothing."""
    for host, status in (("evil.example", 421), (urlsplit(served.url).netloc, 403)):
        asked = http.client.HTTPConnection("127.0.0.1", urlsplit(served.url).port, timeout=30)
        asked.request("GET", "/", headers={"Host": host, "X-Forwarded-Host": urlsplit(served.url).netloc})
        answer = asked.getresponse()
        assert (answer.status, answer.getheader("server")) == (status, None)
        assert answer.getheader("cache-control") == "no-store"
        asked.close()


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing_on_any_page_and_nothing_hides_to_the_right(
    browse: Callable[..., Page], served: Served, way: str
) -> None:
    """What axe-core knows of WCAG 2.2 AA and Section 508; at 320 pixels, in the dark, and in colors of the reader."""
    page = browse(served, **WAYS[way])
    for place in PAGES if way == "narrow" else ("/", BINDING, "/files/nothing"):
        page.goto(served.at(page, place))
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]

        assert [(place, each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= WAYS[way]["viewport"]["width"], place
        outside = (
            "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        )
        assert page.evaluate(f"{outside}.map(e => e.outerHTML.slice(0, 100))") == [], place


ASKED = ("/bindings/defects", "/bindings/defects/answers", f"/files/{key_of('evidence/requests of the board.csv')}")


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_nothing_where_rows_are_chosen_and_a_file_takes_the_place_of_another(
    browse: Callable[..., Page], asked: Served, way: str
) -> None:
    """A choice has a label and says what it gives, on each screen."""
    page = browse(asked, **WAYS[way])
    for place in ASKED:
        page.goto(asked.at(page, place))
        violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]

        assert [(place, each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= WAYS[way]["viewport"]["width"], place


def test_rows_are_chosen_and_confirmed_by_keyboard(browse: Callable[..., Page], asked: Served) -> None:
    """Nothing is sent before one is chosen: the field is required, and no choice stands there already."""
    page = browse(asked, java_script_enabled=False)
    page.goto(asked.at(page, ASKED[0]))
    page.focus("#held")
    page.keyboard.type("2026-11-19")
    page.keyboard.press("Tab")
    page.keyboard.type("UAT")
    page.keyboard.press("Tab")
    page.keyboard.type("Ada Kirsch")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "only rows of UAT by `Environment`." in page.inner_text("body")
    (binding,) = [each for each in load_program(asked.root).program.bindings if each.id == "defects"]
    assert binding.confirmed is None


def test_a_keyboard_alone_reaches_everything_in_the_order_in_which_it_is_read(
    browse: Callable[..., Page], served: Served
) -> None:
    """Skip link first, every link, field and button after it; where one is is always seen; targets are large enough."""
    page = browse(served, viewport={"width": 1280, "height": 900})
    for place in (FILE, BINDING, ANSWERS):
        page.goto(served.at(page, place))
        stops = "[...document.querySelectorAll('a[href], button, select, input:not([type=hidden])')]"
        wanted = page.evaluate(f"{stops}.length")
        order, seen = [], []
        for _ in range(wanted):
            page.keyboard.press("Tab")
            at, outline = page.evaluate(
                f"[{stops}.indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle]"
            )
            order.append(at)
            seen.append(outline)

        assert order == list(range(wanted)), place
        assert "none" not in seen, place
        small = f"{stops}.filter(e => e.className != 'usa-skipnav' && e.getBoundingClientRect().height < 18)"
        assert page.evaluate(f"{small}.map(e => e.outerHTML)") == [], place
        unnamed = "[...document.querySelectorAll('select, input:not([type=hidden])')].filter(e => !e.labels.length)"
        assert page.evaluate(f"{unnamed}.length") == 0, place


def test_the_first_verdict_is_reached_by_keyboard_without_a_script(
    browse: Callable[..., Page], week_once: Path, tmp_path: Path
) -> None:
    """Opened by the file that the browser gets: a file bound, a question answered, the assessment run; then Ctrl+C."""
    server = serve(Path(shutil.copytree(week_once, tmp_path / "p")))
    start = tmp_path / "open.html"
    start.write_text(pass_on(server.url), encoding="utf-8")
    page = browse(server, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.context.clear_cookies()
    page.goto(start.as_uri())
    page.wait_for_url(re.compile(f"{server.origin}/[^/]{{22}}/$"))
    assert page.locator("h1").inner_text() == "Overview"
    assert "No run is recorded yet." in page.locator("main").inner_text()

    page.goto(server.at(page, FILE))
    page.get_by_role("button", name="Bind this file").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#notice")
    assert page.locator("#notice").inner_text() == "Bound, to be confirmed"

    page.goto(server.at(page, BINDING))
    page.locator("#yes-by").focus()
    page.keyboard.type("Ada Kirsch")
    page.keyboard.press("Enter")
    page.wait_for_url(server.at(page, "/questions"))
    assert "confirmed by Ada Kirsch" in page.locator(".usa-alert").inner_text()
    states = {each.id: each.confirmed for each in load_program(server.root).program.bindings}
    assert states == {"change-requests-v": None, "interfaces": False}

    page.goto(server.at(page, "/run"))
    page.get_by_role("button", name="Run the assessment").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#notice", timeout=120_000)
    assert "Exit 1: NO-GO, recorded." in page.locator(".usa-alert").inner_text()

    # The page of a verdict, for every reader, and the report with its own style under the server's policy.
    page = browse(server, viewport={"width": 320, "height": 640})
    assert page.locator(".verdict .word").inner_text() == "NO-GO"
    violations = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Open the report of this run").click()
    page.wait_for_url(server.at(page, "/report"))
    assert page.evaluate("getComputedStyle(document.querySelector('.verdict')).borderLeftStyle") == "solid"

    # Neither the key nor a request was printed meanwhile.
    assert ended(server) == "The local page is closed. What was recorded and written stays.\n"
    assert server.process.returncode == 0


def test_no_other_page_frames_it_or_reads_its_cookie(chromium: Browser, served: Served) -> None:
    """A page that lies over ours would make a person press our buttons."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served.url)
    assert [(each["httpOnly"], each["sameSite"]) for each in context.cookies()] == [(True, "Strict")]
    assert page.evaluate("document.cookie") == ""
    place = served.at(page, "/run")
    page.goto("about:blank")
    page.set_content(f'<iframe src="{place}"></iframe>')
    for _ in range(300):
        if page.frames[1:] and page.frames[1].url not in ("", "about:blank"):
            break
        page.wait_for_timeout(100)
    assert [each.url for each in page.frames[1:]] == ["chrome-error://chromewebdata/"]
    context.close()
