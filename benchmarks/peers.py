"""What other tools answer if a file is not what it should be: ``python benchmarks/peers.py``.

The question is always the same: did all 100 people on the training list finish? Each tool is asked twice: with the one
rule that says it, and with as much as the tool lets one say (how many rows there must be, that a person is listed
once). Eight files are put in front of it, of which only the first deserves a yes. A tool that is not installed is left
out. docs/explanation/peers.md shows a dated result, and says how to install the others.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

NOW: Final = datetime(2027, 4, 19, 16, tzinfo=UTC)
PEOPLE: Final = 100
_ROWS: Final = [f"P{number:03},done" for number in range(PEOPLE)]
_DAY: Final = f"{NOW - timedelta(days=1):%Y-%m-%d}"
_OLD: Final = f"{NOW - timedelta(days=40):%Y-%m-%d}"

FILES: Final[Mapping[str, tuple[str, list[str] | None]]] = {
    "as it should be": (_DAY, _ROWS),
    "one person open": (_DAY, [*_ROWS[:-1], "P099,open"]),
    "not there": (_DAY, None),
    "only its header": (_DAY, []),
    "cut in half": (_DAY, _ROWS[: PEOPLE // 2]),
    "one person twice, another gone": (_DAY, [*_ROWS[:-1], _ROWS[0]]),
    "a word nobody knows": (_DAY, [*_ROWS[:-1], "P099,waived"]),
    "40 days old": (_OLD, _ROWS),
}


def gonogo(file: Path, full: bool) -> str:
    """The criterion of a small program, in a new process as a pipeline calls it."""
    root = file.parent / "program"
    for name, text in _PROGRAM.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text if full else text.replace(_MORE, ""), encoding="utf-8")
    shutil.copytree(file.parent, root / "evidence", ignore=shutil.ignore_patterns("program"), dirs_exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "gonogo", "assess", root, "--as-of", f"{NOW:%Y-%m-%dT%H:%MZ}", "-o", "json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    found = json.loads(done.stdout[: done.stdout.rindex("}") + 1])["findings"]
    status = next(each for each in found if each["criterion"] == "workforce.training.completion")["status"]
    return {"met": "yes", "not_met": "no"}.get(status, status)


def great_expectations(file: Path, full: bool) -> str:
    """Expectations about the two columns and the number of rows, on a data frame."""
    import great_expectations as gx
    import pandas

    frame = pandas.read_csv(file)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("files").add_dataframe_asset("list")
    whole = asset.add_batch_definition_whole_dataframe("whole")
    batch = whole.get_batch(batch_parameters={"dataframe": frame})
    asked = (
        gx.expectations.ExpectTableRowCountToEqual(value=PEOPLE),
        gx.expectations.ExpectColumnValuesToBeUnique(column="person"),
        gx.expectations.ExpectColumnValuesToBeInSet(column="status", value_set=["done"]),
    )
    return "yes" if all(batch.validate(each).success for each in (asked if full else asked[-1:])) else "no"


def cel(file: Path, full: bool) -> str:
    """A rule in Google's Common Expression Language over the rows as JSON."""
    import celpy

    rule = "rows.all(r, r.status == 'done')"
    if full:
        rule += f" && size(rows) == {PEOPLE} && rows.all(r, rows.exists_one(o, o.person == r.person))"
    environment = celpy.Environment()
    program = environment.program(environment.compile(rule))
    return "yes" if program.evaluate({"rows": celpy.json_to_cel(_rows(file))}) else "no"


def zen(file: Path, full: bool) -> str:
    """A GoRules expression over the same rows."""
    import zen as rules

    asked = "all(rows, #.status == 'done')" + (f" and len(rows) == {PEOPLE}" if full else "")
    return "yes" if rules.evaluate_expression(asked, {"rows": _rows(file)}) else "no"


TOOLS: Final[Mapping[str, tuple[str | None, Callable[[Path, bool], str]]]] = {
    "gonogo": (None, gonogo),
    "Great Expectations": ("great-expectations", great_expectations),
    "CEL (cel-python)": ("cel-python", cel),
    "GoRules (zen-engine)": ("zen-engine", zen),
}


def table() -> Iterator[str]:
    """Yield the lines of a Markdown table: a file in each row, a tool in each column."""
    tools = {name: tool for name, tool in TOOLS.items() if _installed(tool[0])}
    yield "| the file | " + " | ".join(f"{name} {_installed(tool[0])}".strip() for name, tool in tools.items()) + " |"
    yield "|" + " --- |" * (len(tools) + 1)
    for what, (day, rows) in FILES.items():
        answers = ((_asked(ask, day, rows, full) for full in (False, True)) for _package, ask in tools.values())
        yield f"| {what} | " + " | ".join(one if one == two else f"{one}; {two}" for one, two in answers) + " |"


def _asked(ask: Callable[[Path, bool], str], day: str, rows: list[str] | None, full: bool) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"training_{day}.csv"
        if rows is not None:
            file.write_text("\n".join(["person,status", *rows, ""]), encoding="utf-8")
        try:
            return ask(file, full)
        except Exception as error:  # noqa: BLE001 - whatever another tool raises is its answer
            return f"error: {type(error).__name__}"


def _installed(package: str | None) -> str:
    try:
        return version(package) if package else " "
    except PackageNotFoundError:
        return ""


def _rows(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as text:
        return list(csv.DictReader(text))


_MORE: Final = f"""\
          unique: [person]
          control: {{rows: {PEOPLE}}}
"""
_PROGRAM: Final = {
    "rules/ruleset.yaml": """\
schema: 1
name: one-question
version: "1.0.0"
title: One question
policy:
  milestones: [T-30, T-0]
  caps: {domain: 3, total: 8}
sources: {S1: A source}
criteria:
  - id: workforce.training.completion
    title: People are trained
    statement: Everybody on the list has finished.
    why: Seats booked are not people trained.
    severity: mandatory
    require: training.completed_ratio >= min_completion
    parameters: {min_completion: 100%}
    max_age: 7d
    owner: customer.functional_lead
    remedy: Run make-up sessions.
    source: [S1]
"""
    + "".join(
        f"""\
  - id: {domain}.ready
    title: {domain} is ready
    statement: {domain} is ready.
    why: A ruleset asks something in each domain.
    severity: mandatory
    require: {domain}.ready
    max_age: 7d
    owner: customer.program_manager
    remedy: Get ready.
    source: [S1]
"""
        for domain in ("program", "system", "operations")
    ),
    "rules/facts.yaml": """\
schema: 1
facts:
  - {name: training.completed_ratio, type: ratio, meaning: Completed of required., question: What share completed?}
"""
    + "".join(
        f"  - {{name: {domain}.ready, type: boolean, meaning: Ready., question: Ready?}}\n"
        for domain in ("program", "system", "operations")
    ),
    "gonogo.yaml": f"""\
schema: 1
program: {{id: peers, customer: Small Agency, provider: Shared Services, time_zone: UTC}}
releases:
  - {{id: first, go_live: "{NOW + timedelta(days=14):%Y-%m-%dT%H:%M}Z"}}
ruleset: ./rules
evidence:
  - id: training
    collector: table
    as: training
    path: "evidence/training_*.csv"
    as_of: {{file_name: 'training_(\\d{{4}}-\\d{{2}}-\\d{{2}})\\.csv'}}
    side: customer
    producer: Training office
    settings:
      tables:
        learners:
          columns: {{person: {{type: id}}, status: {{type: text, allowed: [done, open]}}}}
{_MORE}      facts: {{completed_ratio: {{share: {{where: 'status == "done"'}}}}}}
""",
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for line in table():
        print(line, flush=True)
