"""The server: on this machine's own address alone, one request after the other, until Ctrl+C."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import python_multipart  # noqa: F401 - starlette asks for it when the first workbook is uploaded
import uvicorn

from gonogo.errors import UsageError
from gonogo.web.desk import LocalDesk
from gonogo.web.gatekeeper import START, SiteKeys
from gonogo.web.local_site import local_site
from gonogo.web.page_templates import read_all
from gonogo.workflow.pipeline import assess

LOOPBACK: Final = "127.0.0.1"
_PASS_ON: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={url}"><title>gonogo</title></head>
<body><p><a href="{url}">Open the local page</a></p></body></html>
"""


def serve(program: Path, *, port: int, browser: bool, tell: Callable[[str], None]) -> None:
    """Serve the local page of a program until somebody ends it.

    Args:
        program: Its folder, or its ``gonogo.yaml``.
        port: The port; 0 for any that is free.
        browser: Whether the browser of this machine is opened.
        tell: Prints a line.

    Raises:
        UsageError: There is no program, or the port is taken.
    """
    root = folder_of(program)
    keys = SiteKeys()
    with listening_on(port) as listening:
        address = f"{LOOPBACK}:{listening.getsockname()[1]}"
        desk = LocalDesk(root, keys, assess)
        server = uvicorn.Server(server_settings(local_site(desk, address)))
        desk.end = lambda: setattr(server, "should_exit", True)
        read_all()
        url = f"http://{address}{START}?key={keys.key}"
        tell(f"The local page of {root} is open, for this machine only:")
        tell(f"  {url}")
        tell("The address holds a key: give it to nobody. Ctrl+C ends it.")
        with (
            opened_in_browser(url) if browser and has_screen() else contextlib.nullcontext(),
            contextlib.suppress(KeyboardInterrupt),
        ):
            server.run(sockets=[listening])
        if desk.interrupted:
            tell("What was under way was interrupted before it was finished; no verdict is returned.")
        tell("The local page is closed. What was recorded and written stays.")


def folder_of(program: Path) -> Path:
    """Return the folder of a program.

    Raises:
        UsageError: There is none.
    """
    folder = program.parent if program.name == "gonogo.yaml" else program
    if not (folder / "gonogo.yaml").is_file():
        raise UsageError(f"There is no program in {folder}.", hint=f"`gonogo init {folder}` starts one")
    return folder


@contextlib.contextmanager
def listening_on(port: int) -> Iterator[socket.socket]:
    """Listen on the loopback address of this machine, and on no other.

    Raises:
        UsageError: The port is taken, or may not be used.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        if os.name == "posix":  # elsewhere it would let another program take the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
        except OSError as error:
            raise UsageError(
                f"The port {port} of this machine cannot be used: {error.strerror or error}.",
                hint="leave out --port, and a free one is taken",
            ) from error
        listening.listen(16)
        yield listening


def server_settings(site: object) -> uvicorn.Config:
    """Return how the server is set: no log of addresses, no trust in what a proxy says, nothing beside HTTP."""
    return uvicorn.Config(
        site,  # type: ignore[arg-type]
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


def pass_on(url: str) -> str:
    """Return a page that leads to an address, for the file that a browser is given."""
    return _PASS_ON.format(url=url)


def has_screen() -> bool:
    """Whether a browser with windows can be opened: one in the terminal would wait for the server, and it for that."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def opened_in_browser(url: str) -> Iterator[None]:
    """Open the browser by a file that only this account may read, and remove it in the end.

    The address itself would stand in the list of processes, where other accounts of the machine can read the key.
    """
    name = ""
    try:
        home = Path.home()
        where = home if os.access(home, os.W_OK) else None
        number, name = tempfile.mkstemp(prefix="gonogo-open-", suffix=".html", dir=where)
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            stream.write(pass_on(url))
        webbrowser.open(Path(name).as_uri())
    except (OSError, RuntimeError, webbrowser.Error):
        pass  # the address is on the terminal
    try:
        yield
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
