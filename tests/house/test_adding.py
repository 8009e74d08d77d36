"""What is added most often costs few files: a scratch copy of the checkout gains it, and every command sees it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from gonogo.testing.programs import write_distribution

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
LINE = 'ledger = "gonogo.collectors.operations.ledger"'
COLLECTOR = '''
"""Facts about the ledger, read from its export."""

from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

OPEN = LocalFact("open_posts", FactType.INTEGER, "Postings that are open.", "posts")


class LedgerCollector:
    """Reads one export. Calls nothing."""

    name = "ledger"
    facts = (OPEN,)
    settings = NoSettings
    network = ()
    recognizes = (Recognizes(what="ledger export", starts="LEDGER;", binding="ledger", prefix="desk"),)

    def declare(self, settings):
        """Return its one fact."""
        return self.facts

    def collect(self, job, settings):
        """Count the lines that are open."""
        source = job.input()
        lines = source.read().decode().splitlines()[1:]
        yield OPEN.value(sum(line.endswith(";open") for line in lines), as_of=job.now)


@hookimpl
def gonogo_register_collectors(register):
    """Register the collector."""
    register(LedgerCollector())
'''


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the sources with one more collector: a folder of its own, and one line of pyproject.toml."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    head = '[project.entry-points."gonogo.plugins"]\n'
    assert head in text
    (copy / "pyproject.toml").write_text(text.replace(head, f"{head}{LINE}\n"), encoding="utf-8")
    home = copy / "src/gonogo/collectors/operations/ledger"
    home.mkdir(parents=True)
    (home / "__init__.py").write_text(COLLECTOR.lstrip(), encoding="utf-8")
    groups = tomllib.loads((copy / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    site = copy / "site"
    site.mkdir()
    write_distribution(site, "gonogo", version("gonogo"), groups["gonogo.plugins"])
    return copy


def gonogo(copy: Path, *arguments: object) -> str:
    """Run a command of the copy as installed there: its sources and metadata come before those of this checkout."""
    before = f"import sys; sys.path[:0] = [{str(copy / 'src')!r}, {str(copy / 'site')!r}]; "
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"{before}from gonogo.__main__ import main; sys.exit(main())",
            *map(str, arguments),
        ],
        capture_output=True,
        text=True,
        cwd=copy,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def test_a_built_in_collector_is_a_folder_and_one_line(scratch: Path, small):
    """Listed, described, bound, proposed and collected: nothing else has to know its name."""
    evidence = scratch / "fresh" / "evidence"
    evidence.mkdir(parents=True)
    (evidence / "export.txt").write_text("LEDGER;\nA;open\nB;done\n", encoding="utf-8")
    shutil.copy(evidence / "export.txt", small.root / "evidence/export.txt")
    program = small.file.read_text(encoding="utf-8")
    start, end = program.index("  - id: desk\n"), program.index("  - id: statements\n")
    binding = (
        "  - {id: desk, collector: ledger, as: desk, path: evidence/export.txt, as_of: document, side: provider,\n"
        "     producer: Service desk}\n"
    )
    small.file.write_text(program[:start] + binding + program[end:], encoding="utf-8")
    given = ["--customer", "A", "--provider", "B", "--release", "R1", "--go-live", "2027-05-03T06:00"]

    assert "ledger" in gonogo(scratch, "plugins", "list")
    assert "open_posts" in gonogo(scratch, "plugins", "show", "ledger")
    assert "bindings are sound" in gonogo(scratch, "lint", small.root)
    assert "desk.open_posts" in gonogo(scratch, "collect", small.root, "--as-of", small.as_of, "--only", "desk")
    told = gonogo(
        scratch, "init", evidence.parent, *given, "--time-zone", "America/New_York", "--ruleset", small.rules, "--yes"
    )
    assert "evidence/export.txt: ledger export" in told
    written = (evidence.parent / "gonogo.yaml").read_text(encoding="utf-8")
    assert "  - id: ledger\n    collector: ledger\n    as: desk\n" in written
