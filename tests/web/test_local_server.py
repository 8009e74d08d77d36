"""The server before it serves: where it listens, what it needs, and how a browser is told the address."""

from __future__ import annotations

import os
import re
import stat
import sys
import webbrowser
from pathlib import Path

import pytest
from tests.conftest import Small

import gonogo
from gonogo.cli import run
from gonogo.errors import UsageError
from gonogo.web import local_server
from gonogo.web.local_server import LOOPBACK, folder_of, has_screen, listening_on, opened_in_browser, server_settings


def test_it_listens_on_this_machine_alone() -> None:
    """Not on the address by which others reach it."""
    with listening_on(0) as listening:
        assert (LOOPBACK, listening.getsockname()[0]) == ("127.0.0.1", "127.0.0.1")
        taken = f"The port {listening.getsockname()[1]} of this machine cannot be used: Address already in use."
        with pytest.raises(UsageError, match=taken):
            listening_on(listening.getsockname()[1]).__enter__()


def test_the_server_trusts_no_proxy_and_writes_no_addresses() -> None:
    """A forwarded name would pass for the real one, and a log of requests would hold the key."""
    settings = server_settings(object())

    assert (settings.proxy_headers, settings.access_log, settings.log_config) == (False, False, None)
    assert (settings.ws, settings.lifespan, settings.server_header) == ("none", "off", False)


def test_the_browser_is_told_by_a_file_that_nobody_else_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of processes shows every account what a browser was called with."""
    told: list[str] = []
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(told.append(url)))
    with opened_in_browser("http://127.0.0.1:1/start?key=abc"):
        (file,) = tmp_path.iterdir()
        assert told == [file.as_uri()]
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert re.search('content="0; url=http://127.0.0.1:1/start[?]key=abc"', file.read_text(encoding="utf-8"))

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_somebody_removed_meanwhile_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who tidies up the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(webbrowser, "open", lambda _url: True)
    with opened_in_browser("http://127.0.0.1:1/"):
        for file in tmp_path.iterdir():
            file.unlink()


def test_where_no_browser_can_be_opened_the_address_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a browser that fails nor a folder that is not there keeps the page from being served."""

    def fails(_url: str) -> bool:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(webbrowser, "open", fails)
    with opened_in_browser("http://127.0.0.1:1/"):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("platform", "variable", "seen"),
    [("linux", "", False), ("linux", "DISPLAY", True), ("linux", "WAYLAND_DISPLAY", True), ("darwin", "", True)],
)
def test_no_browser_of_the_terminal_is_opened(
    monkeypatch: pytest.MonkeyPatch, platform: str, variable: str, seen: bool
) -> None:
    """It would wait for the server, and the server for it."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, ":0")
    monkeypatch.setattr(sys, "platform", platform)

    assert has_screen() is seen


def test_a_folder_or_its_program_file_is_opened_and_nothing_else(stated: Small, tmp_path: Path) -> None:
    """A page of a folder without a program would show nothing, and look as if nothing were wrong."""
    assert folder_of(stated.root) == folder_of(stated.root / "gonogo.yaml") == stated.root
    for wrong in (tmp_path / "nothing", stated.root / "people.yaml"):
        with pytest.raises(UsageError, match="There is no program in"):
            folder_of(wrong)


@pytest.mark.parametrize("name", ["uvicorn", "starlette", "python_multipart"])
def test_without_the_extra_the_command_says_how_to_get_it(
    stated: Small, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Nobody guesses the name of an extra."""
    monkeypatch.setattr(gonogo, "web", gonogo.web)  # what is imported anew below must not stay in its place
    for module in [each for each in sys.modules if each == name or each.startswith((f"{name}.", "gonogo.web"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, name, None)

    assert run(["open", os.fspath(stated.root), "--no-browser"]) == 2
    said = capsys.readouterr().err
    assert f"The local page needs {name}, which is not installed." in said
    assert "hint: pip install 'gonogo[web]'" in said
    assert local_server.LOOPBACK == "127.0.0.1"
