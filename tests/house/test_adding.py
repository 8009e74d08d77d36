"""What is added most often costs few files: a scratch copy of the checkout gains it, and every command sees it."""

from __future__ import annotations

import json
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

PATH = "import sys; sys.path.insert(0, {src!r}); "
CALL = PATH + "from gonogo.__main__ import main; sys.exit(main())"
ONE_BY_ONE = """
import contextlib, io, json
from gonogo.cli import run
printed = []
for words in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out:
        assert run(words) in (0, 1), words
    out.seek(0)
    printed.append(out.read())
print(json.dumps(printed))
"""
HELLO = '''"""``gonogo hello``: Say hello."""

import click


@click.command(name="hello", short_help="Say hello.")
def command() -> int:
    """Say hello."""
    click.echo("hello")
    return 0
'''
NOTE = '''"""The verdict in one word."""

SUFFIX = ".note"
MEDIA_TYPE = "text/plain; charset=utf-8"


def render(view):
    """Return it."""
    return f"{view.decision.verdict}\\n".encode()
'''
TELL = """
from pathlib import Path
from gonogo.first_week.difference import difference
from gonogo.ruleset.loader import load_ruleset
rules, other, overlay = map(Path, sys.argv[1:])
print(*difference(load_ruleset(rules), load_ruleset(other)).lines(), sep="\\n")
print(*[(f"{{each.part}} {{each.old}} {{each.new}} {{each.effect}}")
        for each in load_ruleset(rules, [overlay]).ruleset.changes], sep="\\n")
"""
SEAL = """
from datetime import UTC, datetime
from pathlib import Path
from gonogo.audit.events import event
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.errors import RecordFault
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import RunAborted
folder = Path(sys.argv[1])
with AuditLog.open(folder, clock=lambda: datetime.now(UTC), new_id=lambda: "log-1", version="0.1.0") as log:
    log.append([event(EventType.NOTED, RunAborted(why="It was seen."))])
print(*[record.type for record in read_log(folder)])
with AuditLog.open(folder, clock=lambda: datetime.now(UTC), new_id=lambda: "log-1", version="0.1.0") as log:
    try:
        log.append([AuditEvent(type=EventType.NOTED, data={{"other": 1}})])
    except RecordFault:
        print("refused")
"""


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the sources with one more collector: a folder of its own, and one line of pyproject.toml."""
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT / "src", copy / "src")  # with what is compiled, so that nothing is compiled again
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


def gonogo(copy: Path, *calls: list[object]) -> list[str]:
    """Run commands of the copy as installed there: its sources and metadata come before those of this checkout."""
    before = f"import sys; sys.path[:0] = [{str(copy / 'src')!r}, {str(copy / 'site')!r}]\n"
    words = [[str(word) for word in call] for call in calls]
    done = subprocess.run(
        [sys.executable, "-I", "-c", before + ONE_BY_ONE, json.dumps(words)],
        capture_output=True,
        text=True,
        cwd=copy,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [str(text) for text in json.loads(done.stdout)]


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

    listed, described, bound, collected, proposed = gonogo(
        scratch,
        ["plugins", "list"],
        ["plugins", "show", "ledger"],
        ["lint", small.root],
        ["collect", small.root, "--as-of", small.as_of, "--only", "desk"],
        ["init", evidence.parent, *given, "--time-zone", "America/New_York", "--ruleset", small.rules, "--yes"],
    )

    assert "ledger" in listed
    assert "open_posts" in described
    assert "bindings are sound" in bound
    assert "desk.open_posts" in collected
    assert "evidence/export.txt: ledger export" in proposed
    written = (evidence.parent / "gonogo.yaml").read_text(encoding="utf-8")
    assert "  - id: ledger\n    collector: ledger\n    as: desk\n" in written


class TestOneFile:
    """A format, a command, a field of a criterion and an event type: each in the files that the how-to names."""

    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        """A copy of the sources."""
        shutil.copytree(ROOT / "src", tmp_path / "copy/src")
        return tmp_path / "copy"

    def run(self, copy: Path, *words: object, code: str = CALL) -> str:
        """Run the copy; return what it prints."""
        command = [sys.executable, "-I", "-c", code.format(src=str(copy / "src")), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def edit(self, copy: Path, file: str, *pairs: tuple[str, str]) -> None:
        """Replace texts of one file; each occurs there once."""
        path = copy / "src/gonogo" / file
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def test_a_command_is_one_file(self, copy):
        """The help text and completion list it, and it runs."""
        (copy / "src/gonogo/cli/hello_command.py").write_text(HELLO, encoding="utf-8")
        listing = "from gonogo.cli.command_group import gonogo; import click; print(gonogo.list_commands(None))"

        assert "hello" in self.run(copy, "--help")
        assert "Say hello." in self.run(copy, "--help")
        assert "hello" in self.run(copy, code=PATH + listing)
        assert self.run(copy, "hello") == "hello\n"

    def test_a_report_format_is_one_file(self, copy, assessed):
        """`-o` takes its name."""
        (copy / "src/gonogo/report/formats/note_format.py").write_text(NOTE, encoding="utf-8")

        assert self.run(copy, "report", assessed.root, "-o", "note") == "GO\n"

    def test_a_field_of_a_criterion_is_two_files(self, copy, tmp_path, small):
        """It is read, overlaid, recorded with which way it goes, told by an upgrade, and in the schema."""
        self.edit(
            copy,
            "ruleset/criterion_fields.py",
            (
                '    m3_ref: Annotated[Words, WORDS] = ""\n',
                '    m3_ref: Annotated[Words, WORDS] = ""\n'
                "    rehearsed: Annotated[YesNo, FieldRule(effects.allowed, overlay=True, text=effects.yes_text,"
                " made=lambda said: said or None)] = False\n",
            ),
        )
        self.edit(
            copy,
            "model/ruleset.py",
            ('    m3_ref: str = ""\n', '    m3_ref: str = ""\n    rehearsed: bool | None = None\n'),
        )
        rules, other = tmp_path / "rules", tmp_path / "other"
        for folder in (rules, other):
            shutil.copytree(small.rules, folder)
        text = (rules / "ruleset.yaml").read_text(encoding="utf-8")
        (other / "ruleset.yaml").write_text(
            text.replace("    owner:", "    rehearsed: true\n    owner:", 1), encoding="utf-8"
        )
        overlay = tmp_path / "over.yaml"
        criterion = text.split("- id: ", 1)[1].split("\n")[0]
        overlay.write_text(
            'schema: 1\noverlay: agency\nversion: "1"\nset:\n'
            f"  - {{criterion: {criterion}, reason: The board asked for it., rehearsed: true}}\n",
            encoding="utf-8",
        )

        self.run(copy, "lint", other)
        told = self.run(copy, rules, other, overlay, code=PATH + TELL)
        assert f"{criterion}: loosened: rehearsed was no, becomes yes" in told
        assert "rehearsed no yes loosens" in told
        assert '"rehearsed"' in self.run(copy, "schema", "overlay")

    def test_an_event_type_is_one_file_and_who_writes_it(self, copy, tmp_path):
        """It is sealed, read back and verified; another document under its name is refused."""
        self.edit(
            copy,
            "model/record.py",
            (
                '    REPORT_RENDERED = "report.rendered"\n',
                '    REPORT_RENDERED = "report.rendered"\n    NOTED = "noted"\n',
            ),
            (
                "    EventType.REPORT_RENDERED: EventShape(ReportRendered),\n",
                "    EventType.REPORT_RENDERED: EventShape(ReportRendered),\n"
                "    EventType.NOTED: EventShape(RunAborted, of_run=False),\n",
            ),
        )

        assert self.run(copy, tmp_path / "audit", code=PATH + SEAL) == "log.opened noted\nrefused\n"
        assert "sound: 2 records" in self.run(copy, "log", "verify", tmp_path / "audit")
