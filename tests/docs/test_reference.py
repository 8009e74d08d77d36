"""The reference is what the code says: written from registries, compared byte for byte, and complete."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import gonogo
from gonogo.cli.command_group import COMMANDS
from gonogo.cli.command_group import gonogo as group
from gonogo.errors import GonogoError
from gonogo.file_registry import stem_of
from gonogo.model.event import EventType
from gonogo.model.evidence import GapReason
from gonogo.model.record import SHAPES
from gonogo.plugin.spec import Hooks
from gonogo.program.schema import DOCUMENTS
from gonogo.ruleset.loader import ruleset_by_name
from gonogo.ruleset.locate import shipped_rulesets
from gonogo.workflow.error_codes import OTHERS, all_codes, classes
from gonogo.workflow.exit_codes import MEANING, ExitCode

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
REFERENCE = ROOT / "docs/reference"
CODE = re.compile(r"\bG[0-9]{3}\b")


def text_of(name: str) -> str:
    """Return a page of the reference."""
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """The reference as the code of this checkout writes it."""
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, "tools/reference.py", str(folder)], cwd=ROOT, check=True)
    return folder


class TestPages:
    def test_the_folder_holds_the_generated_pages_and_no_others(self, written):
        """A page that nobody generates any more would go on telling an old truth."""
        assert {path.name for path in REFERENCE.iterdir()} == {path.name for path in written.iterdir()}

    @pytest.mark.parametrize("page", sorted(path.name for path in REFERENCE.glob("*.md")))
    def test_a_page_is_what_the_code_says(self, page, written):
        """Run `make docs` when this fails, and read what changed for the reader."""
        assert (REFERENCE / page).read_text(encoding="utf-8") == (written / page).read_text(encoding="utf-8")


class TestCommands:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_is_documented_with_an_example(self, name):
        """People learn a command from its example."""
        section = text_of("commands").split(f"\n## gonogo {name}\n")[1].split("\n## gonogo ")
        with_children = (
            [text_of("commands").split(f"\n## gonogo {name} ")[1]]
            if f"## gonogo {name} " in text_of("commands")
            else []
        )

        assert any("Example" in part for part in [section[0], *with_children])

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_option_says_what_it_is_for(self, name):
        """An option without help is a guess."""
        command = group.get_command(click.Context(group), name)
        assert command is not None
        commands = list(command.commands.values()) if isinstance(command, click.Group) else [command]

        silent = [
            parameter.name
            for each in commands
            for parameter in each.params
            if isinstance(parameter, click.Option) and not parameter.help
        ]

        assert silent == []

    @pytest.mark.parametrize("name", COMMANDS)
    def test_the_first_line_of_a_command_says_what_it_is_for(self, name):
        """It is what the help text shows, and it reads as one sentence."""
        line = (ROOT / f"src/gonogo/cli/{stem_of(name)}_command.py").read_text(encoding="utf-8").split("\n")[0]

        assert line.removesuffix('"""') == f'"""``gonogo {name}``: {COMMANDS[name]}'
        assert COMMANDS[name].endswith(".")
        assert COMMANDS[name][0].isupper()


class TestCodes:
    def test_every_code_in_the_source_is_in_the_registry(self):
        """A reader who looks a code up must find it."""
        used = {
            code
            for folder in ("src", "tools")
            for path in (ROOT / folder).rglob("*.py")
            for code in CODE.findall(path.read_text(encoding="utf-8"))
        }

        assert used - all_codes().keys() == set()

    @pytest.mark.parametrize("code", all_codes())
    def test_every_code_is_documented(self, code):
        """With a meaning that is a sentence."""
        assert f"| {code} | {all_codes()[code]}" in text_of("errors")
        assert all_codes()[code].endswith(".")

    def test_no_two_exception_classes_share_a_code(self):
        """A code is what programs tell refusals apart by."""
        seen: list[str] = []
        pending = [GonogoError]
        for path in (ROOT / "src/gonogo").rglob("*.py"):
            if "GonogoError" in path.read_text(encoding="utf-8") and path.stem != "__main__":
                importlib.import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts))
        while pending:
            kind = pending.pop()
            pending += kind.__subclasses__()
            if kind.__module__.startswith("gonogo"):
                seen.append(kind.code)

        assert len(seen) == len(set(seen))
        assert set(seen) == set(classes())

    def test_the_codes_of_no_room_are_in_no_other_registry(self):
        """Each code has one home."""
        assert OTHERS.keys() & classes().keys() == set()

    @pytest.mark.parametrize("kind", classes().values(), ids=lambda kind: kind.__name__)
    def test_a_refusal_never_ends_like_a_verdict(self, kind):
        """0, 1 and 3 belong to recorded verdicts."""
        assert kind.exit_code in (ExitCode.USAGE, ExitCode.UNDECIDED, ExitCode.INTEGRITY)


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_documented(code):
    """Pipelines branch on it."""
    assert f"| {int(code)} |" in text_of("exit-codes")
    assert MEANING[code] in text_of("exit-codes")


@pytest.mark.parametrize("kind", EventType)
def test_every_event_has_a_shape_and_is_documented(kind):
    """A person who reads the log years later needs to know what a record means."""
    assert kind in SHAPES
    assert f"\n## {kind}\n" in text_of("events")


@pytest.mark.parametrize("reason", GapReason)
def test_every_reason_of_a_gap_is_documented(reason):
    """It is what a person has to act on."""
    assert re.search(rf"\| `{reason}` \| [^|]+\. \|", text_of("events"))


@pytest.mark.parametrize("hook", [name for name in vars(Hooks) if name.startswith("gonogo_")])
def test_every_hook_is_documented(hook):
    """A hook that nobody knows is not there."""
    assert f"### {hook}" in text_of("hooks")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_people_write_is_documented(name):
    """With every key and what it means."""
    section = text_of("settings").split(f"\n## {name}\n")[1].split("\n## ")[0]

    assert re.findall(r"^\| `[a-z_]+` \|.*\|  \|$", section, re.MULTILINE) == []


@pytest.mark.parametrize("name", shipped_rulesets())
def test_every_fact_is_documented(name):
    """With its type, its meaning and the question that a person would be asked."""
    for fact in ruleset_by_name(name).vocabulary.facts:
        assert f"| `{fact.name}` |" in text_of("facts")


class TestPublicNames:
    def test_each_resolves_to_what_it_says(self):
        """A name in `__all__` that cannot be imported breaks `from gonogo import *`."""
        for name in gonogo.__all__:
            assert getattr(gonogo, name) is not None
            assert f"| `{name}` |" in text_of("python")

    def test_they_are_sorted_and_named_once(self):
        """So that a change is one line in a review."""
        assert gonogo.__all__ == sorted(set(gonogo.__all__))

    def test_type_checkers_see_the_same_names(self):
        """The imports for type checkers and the table for run time are two lists; they must not drift apart."""
        tree = ast.parse((ROOT / "src/gonogo/__init__.py").read_text(encoding="utf-8"))
        seen = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}

        assert set(gonogo.__all__) <= seen

    def test_an_unknown_name_is_an_attribute_error(self):
        """As of any module."""
        with pytest.raises(AttributeError, match="no attribute 'verdict'"):
            _ = gonogo.verdict

    def test_importing_the_package_imports_nothing_else(self):
        """`gonogo --version` and every collector's child pay for each import."""
        code = "import sys, gonogo; print(sorted(name for name in sys.modules if name.startswith('gonogo.')))"

        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

        assert done.stdout.strip() == "[]"
