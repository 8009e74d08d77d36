"""``gonogo lint`` of a program that ``init`` wrote: what to do next, and the rest only where it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.workflow.linting import lint

LIST = "Dish,Serves\nPie,8\nBeans,6\nRice,4\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "potluck list.csv").write_text(LIST, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    return tmp_path


def test_what_a_binding_lacks_that_nobody_confirmed_is_one_line(root: Path) -> None:
    """Thirty warnings wanted settings of files by which nothing is read."""
    told = lint(root, everything=False).splitlines()

    assert not [line for line in told if "G322" in line]
    (short,) = [line for line in told if "more warning" in line]
    assert short.startswith("1 more warning is about bindings that nobody has confirmed, by which nothing is read.")
    assert f"gonogo bind {root}/bindings.xlsx --make" in short
    assert f"gonogo lint {root} --all" in short
    assert [line for line in told if "G199" in line]


def test_each_is_told_where_all_are_asked_for(root: Path) -> None:
    """Nothing is hidden from who looks for it."""
    told = lint(root).splitlines()

    assert [line for line in told if "warning[G322]" in line and "potluck-list: " in line]
    assert not [line for line in told if "more warning" in line]


def test_a_confirmed_binding_is_never_told_in_short(root: Path) -> None:
    """Files are read by it, so what it lacks decides."""
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("    confirmed: no")]
    (root / "gonogo.yaml").write_text("\n".join([*lines, ""]), encoding="utf-8")

    assert lint(root, everything=False) == lint(root)
    assert "G322" in lint(root, everything=False)
