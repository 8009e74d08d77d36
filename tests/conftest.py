"""A small program that goes live, as a folder: four domains, five criteria, evidence in real formats."""

from __future__ import annotations

import gc
import os
import re
import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from tests.warm import WITHOUT_POSIX, Warm

# The suite must not pass or fail by luck; `make fuzz` looks further, with a seed for each round.
# A busy machine is no fault of the code: no example is timed.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="GONOGO_FUZZ" not in os.environ,
)
settings.load_profile("suite")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each proof by force showed, with its figures; see tests/figures.py."""
    if "GONOGO_TORTURE" in os.environ or terminalreporter.verbosity > 0:
        for report in terminalreporter.getreports("passed"):
            for name, text in getattr(report, "user_properties", ()):
                if name == "shown" and report.when == "call":
                    terminalreporter.write_line(f"shown: {text}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run first what takes long, so that no core is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("heavy") is None)


def pytest_collection_finish() -> None:
    """Leave the collected tests out of every garbage collection, here and in the children that are forked from here."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture
def threads_from_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count only threads that start from here on: a library may have left some behind in a test before this one."""
    before = set(threading.enumerate()) - {threading.main_thread()}
    monkeypatch.setattr(threading, "active_count", lambda: len(set(threading.enumerate()) - before))


NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)

RULESET = """\
schema: 1
name: small
version: "1.0.0"
title: A small ruleset
policy:
  milestones: [T-30, T-0]
  caps: {domain: 3, total: 8}
sources: {S1: A source}
criteria:
  - id: program.cutover.approved
    title: The cutover plan is approved
    statement: The sponsor has approved the cutover plan.
    why: Nobody should learn of the cutover from the outage.
    severity: mandatory
    require: cutover.approved
    max_age: 30d
    owner: customer.program_manager
    attest: [customer.executive_sponsor]
    remedy: Have the plan approved.
    source: [S1]
  - id: system.tests.executed
    title: The tests were run
    statement: The planned cases were run and none failed.
    why: What was not run was not tested.
    severity: mandatory
    require: sit.executed_ratio >= min_executed and sit.failed <= max_failed
    parameters: {min_executed: 95%, max_failed: 0}
    max_age: 7d
    owner: provider.technical_lead
    remedy: Run the rest.
    source: [S1]
  - id: workforce.training.completion
    title: People are trained
    statement: Required learners have completed their courses.
    why: Seats booked are not people trained.
    severity: mandatory
    require: training.completed_ratio >= min_completion
    parameters: {min_completion: {T-30: 60%, T-0: 98%}}
    max_age: 7d
    owner: customer.functional_lead
    waivable_by: [customer.executive_sponsor, provider.executive_sponsor]
    remedy: Run make-up sessions.
    source: [S1]
  - id: workforce.survey.response
    title: People were asked
    statement: At least half of the people answered the survey.
    why: Silence is not agreement.
    severity: conditional
    require: survey.response_ratio >= min_response
    parameters: {min_response: 50%}
    max_age: 7d
    owner: customer.functional_lead
    remedy: Ask again.
    source: [S1]
  - id: operations.desk.staffed
    title: The service desk is staffed
    statement: No post of the service desk is open.
    why: The first week is the busiest.
    severity: mandatory
    require: desk.open_posts <= max_open
    parameters: {max_open: 0}
    max_age: 7d
    owner: provider.program_manager
    remedy: Fill the posts.
    source: [S1]
"""

FACTS = """\
schema: 1
facts:
  - {name: cutover.approved, type: boolean, meaning: The plan is approved., question: Is the plan approved?}
  - {name: sit.executed_ratio, type: ratio, bound: build, meaning: Run of planned., question: What share was run?}
  - {name: sit.failed, type: integer, unit: cases, bound: build, meaning: Failed cases., question: How many failed?}
  - {name: sit.planned, type: integer, unit: cases, meaning: Planned cases., question: How many are planned?}
  - {name: sit.pass_ratio_of_planned, type: ratio, meaning: Passed of planned., question: What share passed?}
  - {name: sit.pass_ratio, type: ratio, meaning: Passed of planned., question: What share passed?}
  - {name: sit.skipped, type: integer, unit: cases, meaning: Skipped cases., question: How many were skipped?}
  - {name: sit.not_run, type: integer, unit: cases, meaning: Cases not run., question: How many were not run?}
  - {name: sit.unplanned, type: integer, unit: cases, meaning: Unplanned cases., question: How many were unplanned?}
  - {name: training.completed_ratio, type: ratio, meaning: Completed of required., question: What share completed?}
  - {name: survey.response_ratio, type: ratio, meaning: Answered of asked., question: What share answered?}
  - {name: desk.open_posts, type: integer, unit: posts, min: 0, meaning: Open posts., question: How many are open?}
"""

CASES = """\
schema: 1
cases:
  - {criterion: program.cutover.approved, name: Approved, at: T-0, facts: {cutover.approved: true}, expect: met}
  - {criterion: program.cutover.approved, name: Refused, at: T-0, facts: {cutover.approved: false}, expect: not_met}
  - {criterion: program.cutover.approved, name: Nobody said, at: T-0, expect: unknown}
  - criterion: system.tests.executed
    name: All run
    at: T-0
    facts: {sit.executed_ratio: 100%, sit.failed: 0}
    expect: met
  - criterion: system.tests.executed
    name: One failed
    at: T-0
    facts: {sit.executed_ratio: 100%, sit.failed: 1}
    expect: not_met
  - {criterion: system.tests.executed, name: No report, at: T-0, facts: {sit.failed: 0}, expect: unknown}
  - {criterion: workforce.training.completion, name: Met, at: T-30, facts: {training.completed_ratio: 60%}, expect: met}
  - criterion: workforce.training.completion
    name: Late
    at: T-0
    facts: {training.completed_ratio: 97%}
    expect: not_met
  - {criterion: workforce.training.completion, name: No roster, at: T-0, expect: unknown}
  - {criterion: workforce.survey.response, name: Half, at: T-0, facts: {survey.response_ratio: 50%}, expect: met}
  - {criterion: workforce.survey.response, name: Few, at: T-0, facts: {survey.response_ratio: 49.9%}, expect: not_met}
  - {criterion: workforce.survey.response, name: Not asked, at: T-0, expect: unknown}
  - {criterion: operations.desk.staffed, name: Staffed, at: T-0, facts: {desk.open_posts: 0}, expect: met}
  - {criterion: operations.desk.staffed, name: Open, at: T-0, facts: {desk.open_posts: 1}, expect: not_met}
  - {criterion: operations.desk.staffed, name: No list, at: T-0, expect: unknown}
"""

PROGRAM = """\
schema: 1
program: {id: small, customer: Small Agency, provider: Shared Services, time_zone: America/New_York}
releases:
  - {id: first, go_live: "@GO_LIVE@", subjects: {commit: build-7}}
ruleset: ./rules
people: people.yaml
evidence:
  - id: tests
    collector: junit
    as: sit
    path: {plan: evidence/plan.csv, reports: evidence/junit.xml}
    as_of: document
    side: provider
    producer: Test team
    settings: {build_property: build}
  - id: training
    collector: table
    as: training
    path: "evidence/training_*.csv"
    as_of: {file_name: 'training_(\\d{4}-\\d{2}-\\d{2})\\.csv'}
    side: customer
    producer: Training office
    settings:
      tables:
        learners:
          columns: {person: {type: id}, status: {type: text, allowed: [done, open]}}
          unique: [person]
      facts: {completed_ratio: {share: {where: 'status == "done"'}}}
  - id: survey
    collector: table
    as: survey
    path: evidence/survey.csv
    as_of: {at: "@HELD@", by: Ada Kirsch}
    side: customer
    producer: Change office
    settings:
      tables:
        people: {columns: {person: {type: id}, answered: {type: boolean}}, unique: [person]}
      facts: {response_ratio: {share: {where: answered}}}
  - id: desk
    collector: table
    as: desk
    path: evidence/desk.csv
    as_of: {at: "@HELD@", by: Bo Lind}
    side: provider
    producer: Service desk
    settings:
      tables:
        posts: {columns: {post: {type: id}, state: {type: text, allowed: [filled, open]}}, unique: [post]}
      facts: {open_posts: {count: {where: 'state == "open"'}, unit: posts}}
  - id: statements
    collector: attestation
    path: evidence/statements.yaml
    as_of: document
    side: customer
    producer: Program office
    settings: {facts: {cutover.approved: boolean}}
@MORE@
"""

PEOPLE = """\
schema: 1
people:
  - {role: customer.executive_sponsor, person: ada.kirsch, name: Ada Kirsch}
  - {role: customer.functional_lead, person: tom.reyes, name: Tom Reyes}
"""

STATEMENTS = """\
schema: 1
attestations:
  - {fact: cutover.approved, value: true, person: ada.kirsch, role: customer.executive_sponsor, on: "@DAY@",
     prepared_by: tom.reyes}
"""

SURVEY_PLAN = """\
schema: 1
plans:
  - {criterion: workforce.survey.response, owner: Tom Reyes, action: Ask again by phone., due: "@DUE@"}
"""


@dataclass(frozen=True)
class Small:
    """A program folder, and the moment at which it is ready."""

    root: Path
    now: datetime
    as_of: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "as_of", self.now.strftime("%Y-%m-%dT%H:%M:%SZ"))

    @property
    def file(self) -> Path:
        return self.root / "gonogo.yaml"

    @property
    def log(self) -> Path:
        return self.root / "audit"

    @property
    def rules(self) -> Path:
        return self.root / "rules"

    @property
    def arguments(self) -> list[str]:
        """A rehearsal of it, as one types it."""
        return ["assess", str(self.root), "--as-of", self.as_of]

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text in one of its files."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def deny(self, fact: str) -> None:
        """State of a stated program that something is not so."""
        self.edit("evidence/statements.yaml", f"{{fact: {fact}, value: true", f"{{fact: {fact}, value: false")


def day_before(now: datetime) -> date:
    """Return yesterday as the people of the program count: in the first hours of UTC it is the day before that."""
    return (now - timedelta(days=1)).astimezone(ZoneInfo("America/New_York")).date()


def write_small(
    root: Path, *, now: datetime = NOON, trained: int = 100, answered: int = 60, more: str = "", plan: bool = False
) -> Small:
    """Write the program: everything met, unless fewer are trained or have answered."""
    day = day_before(now)
    words: Mapping[str, str] = {
        "@GO_LIVE@": f"{now + timedelta(days=14):%Y-%m-%dT%H:%M}Z",
        "@HELD@": f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}Z",
        "@DAY@": f"{day}",
        "@DUE@": f"{day + timedelta(days=7)}",
        "@MORE@": more + ("\nplans: plans.yaml" if plan else ""),
    }
    stamp = f"{now - timedelta(days=1):%Y-%m-%dT%H:%M:%S}Z"
    cases = "".join(f'<testcase classname="sit" name="T{n}"/>' for n in range(4))
    files = {
        "rules/ruleset.yaml": RULESET,
        "rules/facts.yaml": FACTS,
        "rules/cases/all.yaml": CASES,
        "gonogo.yaml": PROGRAM,
        "people.yaml": PEOPLE,
        "evidence/statements.yaml": STATEMENTS,
        "evidence/plan.csv": "case_id\n" + "".join(f"T{n}\n" for n in range(4)),
        "evidence/junit.xml": f'<testsuites><testsuite name="sit" tests="4" failures="0" timestamp="{stamp}">'
        f'<properties><property name="build" value="build-7"/></properties>{cases}</testsuite></testsuites>\n',
        f"evidence/training_{day}.csv": "person,status\n"
        + "".join(f"P{n},{'done' if n < trained else 'open'}\n" for n in range(100)),
        "evidence/survey.csv": "person,answered\n"
        + "".join(f"P{n},{'yes' if n < answered else 'no'}\n" for n in range(100)),
        "evidence/desk.csv": "post,state\nD1,filled\nD2,filled\n",
    }
    if plan:
        files["plans.yaml"] = SURVEY_PLAN
    for name, text in files.items():
        for word, value in words.items():
            text = text.replace(word, value)
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Small(root, now)


STATED = {
    "program.cutover.approved": ("cutover.approved", ""),
    "system.tests.passed": ("tests.passed", "tests"),
    "workforce.people.trained": ("people.trained", "training"),
    "operations.desk.staffed": ("desk.staffed", "desk"),
}
"""The criteria of the stated program: the one fact that each rests on, and the source that may stand in for it."""
SOURCES = {
    "tests": "system.tests",
    "training": "workforce.training",
    "survey": "workforce.survey",
    "desk": "operations",
}
"""Sources of the small program, each with how the criterion that reads it is called."""


def write_stated(
    root: Path,
    *,
    now: datetime = NOON,
    false: Collection[str] = (),
    sources: Collection[str] = (),
    more: str = "",
    **options: Any,
) -> Small:
    """Write a program whose four criteria rest on one file of statements; what is named in ``false`` is denied.

    It is judged in a third of the time of :func:`write_small`: for tests that need a run, whatever it is about. What is
    named in ``sources`` is read as there, with the criterion that reads it; ``options`` are those of that function.
    """
    small = write_small(root, now=now, more=more, **options)
    head, _, texts = RULESET.partition("criteria:\n")
    theirs = {text.partition("\n")[0]: f"  - id: {text}" for text in texts.split("  - id: ")[1:]}
    approved = theirs["program.cutover.approved"]
    rules, facts, cases, stated = [], [], [], []
    for name, (fact, source) in STATED.items():
        if source in sources:
            continue
        stated.append(fact)
        rules.append(
            approved.replace("program.cutover.approved", name).replace("require: cutover.approved", f"require: {fact}")
        )
        facts.append(f"  - {{name: {fact}, type: boolean, meaning: It is done., question: Is it done?}}\n")
        cases.append(
            f"  - {{criterion: {name}, name: It is, at: T-0, facts: {{{fact}: true}}, expect: met}}\n"
            f"  - {{criterion: {name}, name: It is not, at: T-0, facts: {{{fact}: false}}, expect: not_met}}\n"
            f"  - {{criterion: {name}, name: Nobody said, at: T-0, expect: unknown}}\n"
        )
    program, text = small.file.read_text(encoding="utf-8"), ""
    parts = {part.partition("\n")[0]: f"  - id: {part}" for part in program.split("  - id: ")[1:]}
    for source in sources:
        text += parts[source]
        rules += [rule for name, rule in theirs.items() if name.startswith(SOURCES[source])]
        facts += [
            line for line in FACTS.splitlines(keepends=True) if f"name: {source.replace('tests', 'sit')}." in line
        ]
        cases += [f"  - {case.rstrip()}\n" for case in CASES.split("\n  - ")[1:] if SOURCES[source] in case]
    attested = ", ".join(f"{fact}: boolean" for fact in stated)
    statements = "".join(
        f"  - {{fact: {fact}, value: {'false' if fact in false else 'true'}, person: ada.kirsch, role: "
        f'customer.executive_sponsor, on: "{day_before(now)}", prepared_by: tom.reyes}}\n'
        for fact in stated
    )
    files = {"plan": "tests", "junit": "tests"}
    for path in (root / "evidence").iterdir():
        name = re.split(r"[._]", path.name)[0]
        if files.get(name, name) not in sources:
            path.unlink()
    for file, written in {
        "gonogo.yaml": program[: program.index("  - id: tests\n")]
        + text
        + parts["statements"].replace("{cutover.approved: boolean}", f"{{{attested}}}"),
        "rules/ruleset.yaml": f"{head}criteria:\n{''.join(rules)}",
        "rules/facts.yaml": f"schema: 1\nfacts:\n{''.join(facts)}",
        "rules/cases/all.yaml": f"schema: 1\ncases:\n{''.join(cases)}",
        "evidence/statements.yaml": f"schema: 1\nattestations:\n{statements}",
    }.items():
        (root / file).write_text(written, encoding="utf-8")
    return small


@pytest.fixture
def small_program(tmp_path: Path) -> Callable[..., Small]:
    """Writes a small program into a folder of its own; the first one is ``small``."""
    made: list[Small] = []

    def make(**options: object) -> Small:
        made.append(write_small(tmp_path / ("small" if not made else f"small{len(made)}"), **options))  # type: ignore[arg-type]
        return made[-1]

    return make


@pytest.fixture
def stated_program(tmp_path: Path) -> Callable[..., Small]:
    """Writes a stated program into a folder of its own."""
    made: list[Small] = []

    def make(**options: object) -> Small:
        made.append(write_stated(tmp_path / f"stated{len(made)}", **options))  # type: ignore[arg-type]
        return made[-1]

    return make


@pytest.fixture
def stated(stated_program: Callable[..., Small]) -> Small:
    """A program of four statements that is ready: what is judged in the least time."""
    return stated_program()


@pytest.fixture
def denied(stated_program: Callable[..., Small]) -> Small:
    """The same with a desk that is not staffed: a NO-GO."""
    return stated_program(false=["desk.staffed"])


@pytest.fixture(scope="session")
def assessed_once(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A small program with one recorded rehearsal; ask for ``assessed``, which is a copy."""
    from gonogo.cli import run

    made = write_small(tmp_path_factory.mktemp("assessed") / "small")
    assert run([*made.arguments, "-o", f"html:{made.root / 'first.html'}"]) == 0
    return made


@pytest.fixture
def assessed(assessed_once: Small, tmp_path: Path) -> Small:
    """A small program with one recorded rehearsal that came to GO."""
    return Small(Path(shutil.copytree(assessed_once.root, tmp_path / "small")), assessed_once.now)


@pytest.fixture(scope="session")
def stated_once(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A stated program with one recorded rehearsal; ask for ``stated_run``, which is a copy."""
    from gonogo.cli import run

    made = write_stated(tmp_path_factory.mktemp("stated") / "stated")
    assert run(made.arguments) == 0
    return made


@pytest.fixture
def stated_run(stated_once: Small, tmp_path: Path) -> Small:
    """A stated program with one recorded rehearsal that came to GO."""
    return Small(Path(shutil.copytree(stated_once.root, tmp_path / "stated")), stated_once.now)


@pytest.fixture
def small(small_program: Callable[..., Small]) -> Small:
    """A small program that is ready."""
    return small_program()


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Runs ``gonogo`` without its start; see tests/warm.py."""
    made = Warm()
    yield made
    made.close()


@pytest.fixture(scope="session")
def laptop() -> Iterator[Warm]:
    """Runs ``gonogo`` where there is no fork, no fcntl and no rlimit."""
    made = Warm(WITHOUT_POSIX)
    yield made
    made.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One real browser for the tests of a file: while it runs, no other file's test can have an event loop."""
    from tests.chromium import started_chromium

    with started_chromium() as started:
        yield started


@pytest.fixture
def shown(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tell what a proof by force showed: `make torture`, and `pytest -v`, print it at the end."""
    return lambda text: request.node.user_properties.append(("shown", text))
