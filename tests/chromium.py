"""Debian's Chromium for tests of real pages. ``make system-deps`` installs it; CI must."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


@contextlib.contextmanager
def started_chromium() -> Iterator[Browser]:
    """Start it once; where it is not installed the test that asks is skipped, and in CI it fails."""
    path = shutil.which("chromium")
    if path is None:
        assert "CI" not in os.environ, "CI must install Chromium: `make system-deps`"
        pytest.skip("no chromium here: `make system-deps` installs it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()
