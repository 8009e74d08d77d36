"""Five hundred names, numbers and tokens that must never be seen again, and a program whose files hold them."""

from __future__ import annotations

import base64
import itertools
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

import openpyxl
import pytest
from tests.warm import Warm

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
HARBORLINE = ROOT / "examples/harborline/go"
AS_OF = "2027-04-19T12:00-04:00"
MARKING = "CUI//SP-PRVCY"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _values() -> tuple[str, ...]:
    dice = random.Random(20270419)

    def word(length: int) -> str:
        return "".join(dice.choices(_LETTERS, k=length))

    names = [f"Zq{word(6)} Vx{word(7)}" for _ in range(200)]
    numbers = [f"9{dice.randrange(100):02}-{dice.randrange(10, 99)}-{dice.randrange(1000, 9999)}" for _ in range(200)]
    tokens = [f"ghp_{dice.randbytes(18).hex()}" for _ in range(100)]
    found = tuple(dict.fromkeys((*names, *numbers, *tokens)))
    assert len(found) == 500
    return found


PLANTED = _values()
TOKENS = tuple(value for value in PLANTED if value.startswith("ghp_"))


def forms(value: str) -> set[str]:
    """Return a value as it could turn up: plain, in one word, URL-encoded, in JSON, in base64 at any offset."""
    found = {value, quote(value), quote_plus(value), json.dumps(value)[1:-1], value.replace(" ", "."), value.upper()}
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + value.encode())[-(-lead * 8 // 6) :].rstrip(b"=").decode()
        found.add(coded if (lead + len(value)) % 3 == 0 else coded[:-1])
    return found


@dataclass
class Place:
    """A program folder, and everything that came out of running commands on it.

    Attributes:
        root: The program's folder.
        work: Where reports, scratch files and the home folder of the runs lie.
        warm: Runs the commands.
        said: What every command wrote to stdout and stderr, by command.
    """

    root: Path
    work: Path
    warm: Warm
    said: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("tmp", "home", "out"):
            (self.work / name).mkdir(parents=True)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command line on the program, with scratch files and home folder of its own."""
        environment = {
            **os.environ,
            **{f"PLANTED_{number}": token for number, token in enumerate(TOKENS[:4])},
            "TMPDIR": str(self.work / "tmp"),
            "HOME": str(self.work / "home"),
        }
        environment.pop("XDG_CONFIG_HOME", None)
        done = self.warm(*arguments, env=environment)
        number = len(self.said)
        self.said[f"{number} {arguments[0]}"] = f"{done.stdout}\n{done.stderr}"
        (self.work / "out" / f"{number}-{arguments[0]}.said").write_text(f"{done.stdout}\n{done.stderr}", "utf-8")
        assert done.returncode in (0, 1, 2, 3), (arguments, done.stderr[-2000:])
        return done

    @property
    def outputs(self) -> list[str]:
        """Options that render the run in every format."""
        from gonogo.report.formats import FORMATS

        return [part for name in FORMATS for part in ("-o", f"{name}:{self.work / 'out' / f'report.{name}'}")]

    def leaks(self) -> list[str]:
        """Return where anything planted is found: the record, the reports, what was said, and what was left behind."""
        return found_in(self.root / "audit", self.work)

    def leaks_of(self, folder: Path) -> list[str]:
        """Return what is found in a folder: to see that the search finds anything at all."""
        return found_in(folder)


def found_in(*places: Path) -> list[str]:
    """Return ``file:text`` for each planted text in a file or in a file's name."""
    there = [str(place) for place in places if place.exists()]
    patterns = sorted({form for value in PLANTED for form in forms(value)})
    done = subprocess.run(
        ["grep", "-rHaoiF", "-f", "/dev/stdin", "--", *there],
        input="\n".join(patterns),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    names = "\n".join(str(path) for place in places for path in place.rglob("*"))
    return sorted(set(done.stdout.splitlines())) + [text for text in patterns if text in names]


Breaking = Callable[[Path, Iterator[str]], None]


@pytest.fixture(scope="session")
def planted_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Harborline program with planted evidence; every test gets a copy."""
    if not (HARBORLINE / "evidence").is_dir():
        pytest.skip("the Harborline example has not been generated: make example")
    place = tmp_path_factory.mktemp("planted") / "program"
    root = Path(shutil.copytree(HARBORLINE, place, ignore=shutil.ignore_patterns("audit", "m3-hardened")))
    supply = itertools.cycle(PLANTED)
    for path in sorted((root / "evidence").rglob("*.*")):
        plant(path, supply)
    return root


@pytest.fixture
def planted(planted_once: Path, tmp_path: Path, warm: Warm) -> Callable[..., Place]:
    """Makes the Harborline program with planted evidence, in which every source is personal data."""

    def make(breaking: Breaking | None = None, *, handling: str = "PII") -> Place:
        root = Path(shutil.copytree(planted_once, tmp_path / "program"))
        supply = itertools.cycle(PLANTED)
        _declare(root / "gonogo.yaml", handling)
        if breaking is not None:
            for path in sorted((root / "evidence").rglob("*.*")):
                breaking(path, supply)
        roster = next(root.glob("evidence/workforce/roster_*.csv"))
        if handling == "PII":
            roster.rename(roster.with_stem(f"{roster.stem} {PLANTED[0]} {PLANTED[250]}"))
        return Place(root, tmp_path / "work", warm)

    return make


def _declare(program: Path, handling: str) -> None:
    """Mark the program and every source of it, hand over tokens, and let the roster's name go on after its date."""
    text = re.sub(r"^    handling: .*\n", "", program.read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = ", ".join(f"PLANTED_{number}" for number in range(4))
    added = f"    handling: {handling}\n    env: [{names}]\n" if handling else ""
    text = re.sub(r"^(    producer: .*\n)", rf"\1{added}", text, flags=re.MULTILINE)
    text = text.replace(r"'roster_(\d{4}-\d{2}-\d{2})\.csv'", r"'roster_(\d{4}-\d{2}-\d{2}).*\.csv'")
    marked, count = re.subn("(?m)^  marking: .*$", f"  marking: {MARKING}", text)
    assert count == 1
    program.write_text(marked)


def plant(path: Path, supply: Iterator[str]) -> None:
    """Plant in a file what its format has room for, so that it is still evidence."""
    if path.suffix == ".xlsx":
        _plant_workbook(path, supply)
        return
    data = path.read_bytes()
    encoding = "cp1252" if path.suffix == ".xer" else "utf-8"
    text = data.decode(encoding)
    chosen: dict[str, str] = {}

    def stand_in(match: re.Match[str]) -> str:
        return chosen.setdefault(match[0], f"{next(supply)} {len(chosen)}")

    if path.suffix == ".csv":
        text = re.sub(r"\b[0-9a-f]{16}\b", stand_in, text)
    elif path.suffix == ".json":
        text = re.sub(r'(?<="summary": ")[^"]*', lambda _: next(supply), text)
    elif path.suffix == ".yaml":
        # Who prepared it must be in the people register, which everybody may read.
        text = re.sub(r"(?<=evidence: ).*", lambda _: f'"{next(supply)}"', text)
    elif path.suffix == ".xer":
        text = re.sub(r"Team member \d+", lambda _: next(supply), text)
    elif "<Project" in text:
        text = re.sub(r"(?<=</ID><Name>)(?=[^<]*</Name><Type>)[^<]*", lambda _: next(supply), text)
    else:
        text = re.sub(
            r"(<testcase [^>]*)/>", lambda m: f"{m[1]}><system-out>{next(supply)}</system-out></testcase>", text
        )
    path.write_bytes(text.encode(encoding))


def _plant_workbook(path: Path, supply: Iterator[str]) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        free = [cell.column for row in sheet.iter_rows(max_row=3) for cell in row if cell.value in _FREE_TEXT]
        for row in sheet.iter_rows(min_row=4):
            for cell in row:
                if cell.column in free and isinstance(cell.value, str):
                    cell.value = next(supply)
    book.save(path)


_FREE_TEXT = ("Title", "Description", "Resolution Plan", "Message", "Contact")
