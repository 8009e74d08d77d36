"""A plugin of pytest: tells coverage which test runs, so that it is known which tests run a line.

What a fixture of a module or of the session runs belongs to every test that asks for it, not to the first alone.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

FIXTURE = "fixture "
_asking: dict[str, list[str]] = {}
_current = [""]


def _switch(context: str) -> None:
    coverage = Coverage.current()
    if coverage is not None:
        coverage.switch_context(context)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Everything from setup to teardown belongs to this test."""
    for name in getattr(item, "fixturenames", ()):
        _asking.setdefault(name, []).append(item.nodeid)
    _current[0] = item.nodeid
    _switch(item.nodeid)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """But what several tests share belongs to all of them."""
    if fixturedef.scope == "function":
        return (yield)
    _switch(FIXTURE + fixturedef.argname)
    try:
        return (yield)
    finally:
        _switch(_current[0])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave behind which tests ask for which fixture."""
    Path(session.config.rootpath, ".mutants.json").write_text(json.dumps(_asking))
