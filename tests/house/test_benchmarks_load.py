"""The programs that benchmarks make are ones that gonogo reads: else a figure is missing, and nobody is told."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gonogo.cli import run

ROOT = Path(__file__).resolve().parents[2]


def benchmark(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return a benchmark as a module; its siblings are importable as they are when it runs as a program."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("name", "more"), [("bench_forms", ()), ("bench_sources", (4,))])
def test_the_program_of_a_benchmark_is_sound(
    name: str,
    more: tuple[int, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    benchmark(name, monkeypatch).write_program(tmp_path, *more)
    assert run(["lint", str(tmp_path)]) == 0, capsys.readouterr()
