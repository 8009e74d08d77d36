"""Pages for people: what they show in a console is what happens, and what they link to is there.

In a ``console`` block, ``$ `` begins a command and the lines below it are what it prints: ``…`` alone stands for any
lines, inside a line for any text. A command ends with 0 unless the next one is ``echo $?``. A block below
``<!-- not run here: why -->`` is not run; a block below ``<!-- file: NAME -->`` is written to that file first.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "reference"),
    *sorted((ROOT / "examples").glob("*/README.md")),
]
TUTORIAL = ROOT / "docs/first-week.md"  # its steps build on each other: followed by test_first_week.py
BLOCK = re.compile(r"(?:<!-- (?P<mark>.*?) -->\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(#[^)\s]*)?\)")
MARK = "@@@ next @@@"
MAKE_TARGETS = [
    "demo",
    "test",
    "lint",
    "docs",
    "pictures",
    "coverage",
    "mutants",
    "fuzz",
    "torture",
    "bench",
    "example",
    "requirements",
    "matrix",
]


def relative(path: Path) -> str:
    """Return a path as people name it."""
    return path.relative_to(ROOT).as_posix()


def blocks(page: Path, kind: str) -> list[str]:
    """Return the blocks of a kind that are to be run."""
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [each["text"] for each in found if each["kind"] == kind and not (each["mark"] or "").startswith("not run")]


def steps(block: str) -> list[tuple[str, list[str]]]:
    """Return each command of a block with the lines that are shown below it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def matches(shown: list[str], printed: list[str]) -> bool:
    """Return whether what was printed is what the page shows."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + r" *\n"
        for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


@pytest.fixture
def desk(tmp_path) -> Path:
    """A new folder for each page, with the example and the rulesets in it, as a reader has who cloned the project."""
    folder = tmp_path / "desk"
    skip = shutil.ignore_patterns("audit", "__pycache__", ".*_cache")
    for name in ("examples", "rulesets"):
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    return folder


@pytest.mark.heavy
@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console") and page != TUTORIAL], ids=relative)
def test_what_a_page_shows_in_a_console_is_what_happens(page, desk, warm):
    """The first thing that a newcomer does is to type what the page shows."""
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if (block["mark"] or "").startswith("file: "):
            target = desk / block["mark"].removeprefix("file: ")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block["text"], encoding="utf-8")
    wanted = [step for block in blocks(page, "console") for step in steps(block)]
    script = "".join(
        f"{command}\n_code=$?; printf '%s %s\\n' '{MARK}' $_code; (exit $_code)\n" for command, _ in wanted
    )
    environment = {**os.environ, "PATH": warm.path(), "COLUMNS": "100", "NO_COLOR": "1"}

    done = subprocess.run(
        ["bash", "-c", script], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )

    pieces = re.split(rf"{MARK} (\d+)\n", done.stdout)
    assert len(pieces) == 2 * len(wanted) + 1, done.stderr
    for number, (command, shown) in enumerate(wanted):
        printed, code = pieces[2 * number].splitlines(), pieces[2 * number + 1]
        told = [after for after, _ in wanted[number + 1 : number + 2]] == ["echo $?"]
        assert code == "0" or told, f"{command} ended with {code}\n{done.stderr}"
        assert not shown or matches(shown, printed), f"{command}\n" + "\n".join(printed)


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_leads_somewhere(page):
    """To a file that is part of the project, and to a heading that is there."""
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve()
        assert path.exists(), target
        if anchor and path.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-") for text in headings}


def test_every_page_is_in_the_index():
    """A page that nobody finds is not there."""
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {"README.md"}

    assert {page for page in pages if f"({page})" not in index} == set()


def test_the_readme_begins_with_the_two_commands_of_a_newcomer():
    """Before anything is explained."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert text.index("make demo") < text.index("make test") < text.index("\n## ")


@pytest.mark.parametrize("target", MAKE_TARGETS)
def test_every_make_target_that_is_spoken_of_is_there(target):
    """`make help` lists it with what it does."""
    assert re.search(rf"^{target}:.*## \S", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_no_page_speaks_of_a_make_target_that_is_not_there():
    """A page outlives a target easily."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    spoken = {
        name
        for page in PAGES
        for name in re.findall(r"(?:`|^\$ |^)make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    }

    assert {name for name in spoken if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_the_page_about_installing_counts_the_wheels():
    """A person who receives a wheelhouse compares: every pinned library, and gonogo itself."""
    pins = re.findall(r"^[\w.-]+==", (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8"), re.MULTILINE)
    page = (ROOT / "docs/how-to/install-anywhere.md").read_text(encoding="utf-8")

    assert f"wheelhouse: {len(pins) + 1} wheels" in page
