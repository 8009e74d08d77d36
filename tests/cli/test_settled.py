"""Every command that asks a plugin: it loads nothing afterwards, or ends with 4."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import re
import sys
from pathlib import Path

import pytest
from tests.warm import Warm

import gonogo
from gonogo.cli import run
from gonogo.errors import IsolationFault
from gonogo.plugin import settled
from gonogo.testing.programs import write_distribution, write_plugin

DESK = """
from gonogo.plugin.spec import Answer, LocalFact, NoSettings, hookimpl

POSTS = LocalFact(name="open_posts", type="integer", unit="posts", meaning="Open posts.")


class Desk:
    name = "desk"
    facts = (POSTS,)
    settings = NoSettings
    network = ()

    def declare(self, settings):
        return self.facts

    def collect(self, job, settings):
        yield POSTS.value(0, as_of=job.now)


@hookimpl
def gonogo_register_collectors(register):
    register(Desk())
"""
COMMANDS = {
    "assess": ["assess", "@", "--as-of", "@now", "-o", "terminal", "-o", "json:@/r.json", "-o", "html:@/r.html"],
    "markdown": ["assess", "@", "--as-of", "@now", "-o", "markdown"],
    "reference only": ["assess", "@", "--as-of", "@now", "--engine", "reference"],
    "progress": ["progress", "@"],
    "collect": ["collect", "@", "--as-of", "@now"],
    "requests": ["requests", "@", "--decision", "2027-04-20"],
    "lint": ["lint", "@"],
    "doctor": ["doctor", "@"],
    "explain": ["explain", "operations.desk.staffed", "--program", "@"],
    "workbook": ["workbook", "@", "-o", "@/book.xlsx"],
    "plugins show": ["plugins", "show", "deskplugin", "--program", "@"],
}
INDENTED = re.compile(r"^[ \t]+(from [\w.]+ import |import \w)", re.MULTILINE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the plugin is installed."""
    folder = tmp_path_factory.mktemp("site")
    write_plugin(folder, "deskplugin", DESK, own=False)
    write_distribution(folder, "desk-dist", "1.0", {"deskplugin": "deskplugin"})
    return folder


@pytest.fixture(scope="module")
def loaded(site: Path):
    """A process that has loaded what is loaded before a plugin runs, and nothing else."""
    made = Warm(f"import sys; sys.path.insert(0, {str(site)!r})")
    yield made
    made.close()


@pytest.fixture
def foreign(small):
    """A small program whose desk is answered for by the plugin."""
    text = small.file.read_text()
    start = text.index("  - id: desk\n")
    end = text.index("  - id: statements")
    desk = "  - {id: desk, collector: deskplugin, as: desk, side: provider, producer: Service desk}\n"
    allowed = "plugins: {allow: [{distribution: desk-dist, version: '1.0'}]}\n"
    small.file.write_text(text[:start] + desk + text[end:] + allowed)
    return small


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_nothing_is_loaded_after_a_plugin_has_run(arguments: list[str], foreign, loaded: Warm):
    """A module or a template that is read late is whatever the plugin made of it."""
    done = loaded(*(word.replace("@now", foreign.as_of).replace("@", str(foreign.root)) for word in arguments))

    assert "was to be loaded" not in done.stderr
    assert done.returncode in {0, 1}, done.stderr + done.stdout[-500:]


def test_all_that_is_imported_inside_functions_is_loaded_before():
    """A new import inside a function would be a late one."""
    settled.close()
    root = Path(gonogo.__file__).parent
    late = set()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "testing" in path.parts or path.name == "__main__.py" or not INDENTED.search(text):
            continue
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef):
                for each in ast.walk(function):
                    names = [name.name for name in each.names] if isinstance(each, ast.Import) else []
                    names += [each.module] if isinstance(each, ast.ImportFrom) and each.module else []
                    late |= {name for name in names if name not in sys.modules}

    assert (
        late
        - {
            # `open` loads it before it serves anything.
            "gonogo.web.local_server",
            # `forecast --simulate` loads it before it asks any collector.
            *("numpy", "numpy.random"),
            # Java is started in the child of a collector of gonogo's own, in which nobody else's code runs.
            *("jpype", "mpxj"),
        }
        == set()
    )


@pytest.fixture
def closed():
    """A command after a plugin has run."""
    with settled.session() as told:
        settled.close()
        yield told


class TestGuard:
    def test_a_late_import_is_a_defect(self, closed):
        """Whatever it is."""
        sys.modules.pop("this", None)
        with pytest.raises(IsolationFault, match=", this was to be loaded"):
            __import__("this")
        with pytest.raises(IsolationFault, match=r"this.*\.py.? was to be loaded"):
            importlib.import_module("this")
        assert len(closed) == 2

    def test_reading_the_installation_late_is_a_defect(self, closed):
        """A template is code as much as a module is."""
        style = Path(gonogo.__file__).parent / "report" / "templates" / "report.css"
        with pytest.raises(IsolationFault, match=r"report\.css was to be loaded"):
            style.read_text(encoding="utf-8")

    def test_reading_anything_else_is_not(self, tmp_path: Path, closed):
        """The log is read back, and reports are written."""
        (tmp_path / "report.html").write_text("fine")

        assert (tmp_path / "report.html").read_text() == "fine"
        assert closed == []

    def test_what_was_swallowed_still_ends_the_run(self, monkeypatch: pytest.MonkeyPatch, capsys):
        """A library that tries an import and goes on without it must not hide it."""
        from gonogo.cli.command_group import gonogo as group

        def act(**_: object) -> int:
            settled.close()
            sys.modules.pop("this", None)
            try:
                importlib.import_module("this")
            except Exception:  # noqa: BLE001  # as careless code does
                return 0
            return 0

        monkeypatch.setattr(group, "main", act)

        assert run(["assess", "x"]) == 4
        assert "was to be loaded" in capsys.readouterr().err

    @pytest.mark.parametrize("written", ["text", "bytes", "path", "through a link"])
    def test_a_file_of_the_installation_is_one_however_it_is_named(self, tmp_path: Path, closed, written: str):
        """Also by another name of its folder."""
        style = Path(gonogo.__file__).parent / "report" / "templates" / "report.css"
        (tmp_path / "link").symlink_to(style)
        named = {"text": str(style), "bytes": os.fsencode(style), "path": style, "through a link": tmp_path / "link"}

        with pytest.raises(IsolationFault, match=r"report\.css was to be loaded"):
            open(named[written], "rb")  # noqa: SIM115  # it is not opened
        assert [Path(told).name for told in closed] == ["report.css"]

    def test_naming_a_file_is_not_reading_it(self, closed):
        """A rule of the kernel names the installation; a descriptor that is open already names nothing."""
        style = Path(gonogo.__file__).parent / "report" / "templates" / "report.css"
        number = os.open(style, os.O_PATH)
        os.close(number)
        here = os.open("/", os.O_RDONLY)
        os.close(here)
        with open(os.dup(1), "wb", closefd=True):
            pass

        assert closed == []

    def test_a_folder_beside_the_installation_is_not_it(self, closed):
        """Its name begins with the same letters."""
        beside = Path(gonogo.__file__).parent.parent

        with pytest.raises(FileNotFoundError):
            open(f"{str(beside).rstrip('/')}-beside.txt", "rb")  # noqa: SIM115  # there is none
        assert closed == []

    def test_before_it_is_closed_anything_may_be_loaded(self):
        """And without a command nothing is guarded at all."""
        sys.modules.pop("this", None)
        with settled.session() as told:
            importlib.import_module("this")
        settled.close()
        sys.modules.pop("this", None)
        importlib.import_module("this")

        assert told == []

    def test_a_command_within_another_opens_and_closes_for_itself(self):
        """What the inner one loaded too late is not the outer one's."""
        with settled.session() as outer:
            with settled.session() as inner:
                settled.close()
                settled.close()
                sys.modules.pop("this", None)
                with pytest.raises(IsolationFault):
                    importlib.import_module("this")
            importlib.import_module("this")
            settled.close()
            sys.modules.pop("this", None)
            with pytest.raises(IsolationFault):
                importlib.import_module("this")

        assert (len(inner), len(outer)) == (1, 1)

    def test_its_own_modules_are_loaded_and_asked_for_what_they_need(self):
        """All of them but those that do something when they are imported, and those that only tests need."""
        names = set(settled._own())

        assert {
            "gonogo",
            "gonogo.cli",
            "gonogo.cli.command_group",
            "gonogo.report.detail",
            "gonogo.collectors.table",
        } <= names
        assert not {name for name in names if "testing" in name or name.endswith("__main__")}
        assert all(importlib.util.find_spec(name) for name in names)

    def test_afterwards_anything_may_be_loaded(self):
        """A program that uses gonogo as a library goes on with its life."""
        with settled.session():
            settled.close()
        sys.modules.pop("this", None)

        importlib.import_module("this")
