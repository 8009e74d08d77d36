"""Fixtures: programs that are open on the local page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import Small, write_stated
from tests.invented_office import invented_office
from tests.web.asked import Asker

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.one_binding import settle_binding
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program
from gonogo.web.desk import LocalDesk
from gonogo.web.gatekeeper import SiteKeys
from gonogo.workflow.order import Order, RunResult
from gonogo.workflow.pipeline import assess

REQUESTS = "CR #,Decision,Modified\nC1,Approved,2026-04-01\nC2,Submitted,2026-04-02\n"
INTERFACES = "Interface ID,E2E test\nI1,Passed\nI2,Failed\n"
DEFECTS = "Defect,Severity,Status,Environment\n" + "".join(
    f"D-{at:02},{'Critical' if at < 4 else 'Low'},{'Open' if at < 4 else 'Closed'},{'SIT' if at < 9 else 'UAT'}\n"
    for at in range(1, 14)
)
GIVEN = invented_office(build="B-7")


def never(_order: Order) -> RunResult:
    """No run is to be made."""
    raise AssertionError("nothing was to be run")


def write_first_week(folder: Path) -> Path:
    """A program as `gonogo init` leaves it: one binding waits, and one file nobody has bound."""
    (folder / "evidence").mkdir(parents=True)
    (folder / "evidence" / "change requests v3.csv").write_text(REQUESTS, encoding="utf-8")
    start(folder, conduct(folder, GIVEN))
    (folder / "evidence" / "interfaces.csv").write_text(INTERFACES, encoding="utf-8")
    return folder


def write_asking(folder: Path) -> Path:
    """A program that asks which rows of a list count, and has a file with the headings of a list that is confirmed."""
    write_first_week(folder)
    (binding,) = load_program(folder).program.bindings
    settle_binding(folder, binding.id, by="Ada Kirsch")
    (folder / "evidence" / "requests of the board.csv").write_text(REQUESTS.replace("C1", "C9"), encoding="utf-8")
    (folder / "evidence" / "Defects.csv").write_text(DEFECTS, encoding="utf-8")
    add(folder, [folder / "evidence" / "Defects.csv"])
    return folder


@pytest.fixture
def opened() -> Callable[..., Asker]:
    """Open a program on the local page, with the key shown already."""

    def make(program: Path, *, now: datetime | None = None, run: bool = False) -> Asker:
        desk = LocalDesk(program, SiteKeys(), assess if run else never)
        if now is not None:
            desk.clock = lambda: now
        asker = Asker(desk)
        asker.start()
        return asker

    return make


@pytest.fixture(scope="session")
def week_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program in its first week; ask for ``week``, which is a copy, or leave it as it is."""
    return write_first_week(tmp_path_factory.mktemp("week") / "p")


@pytest.fixture(scope="session")
def asking_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a program; ask for ``asking``, which is a copy, or leave it as it is."""
    return write_asking(tmp_path_factory.mktemp("asking") / "p")


@pytest.fixture
def asking(asking_once: Path, tmp_path: Path, opened: Callable[..., Asker]) -> Asker:
    """The page of a program that asks which rows count."""
    return opened(Path(shutil.copytree(asking_once, tmp_path / "p")))


@pytest.fixture
def week(week_once: Path, tmp_path: Path, opened: Callable[..., Asker]) -> Asker:
    """The page of a program in its first week."""
    return opened(Path(shutil.copytree(week_once, tmp_path / "p")))


@pytest.fixture
def rehearsed(stated_run: Small, opened: Callable[..., Asker]) -> Asker:
    """The page of a program with one recorded rehearsal that came to GO."""
    return opened(stated_run.root, now=stated_run.now)


@pytest.fixture
def today(tmp_path: Path) -> Small:
    """A program that is judged by the clock, and is ready."""
    return write_stated(tmp_path / "today", now=datetime.now(UTC))
