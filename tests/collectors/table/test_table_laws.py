"""Laws: the declarative facts agree with plain Python, two readers agree, and damage never makes anything better."""

from __future__ import annotations

import csv
import functools
import io
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.figures import examples

from gonogo.collectors.columns.column import Column
from gonogo.collectors.table.no_answer import is_no_answer
from gonogo.collectors.table.steady import always, nobody
from gonogo.plugin.spec import Answer

QUICK = settings(max_examples=examples(50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STATES = ("open", "closed", "waived")

cents = st.integers(-10_000, 10_000).map(lambda n: Decimal(n).scaleb(-2))
rows = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(STATES), cents, st.integers(0, 9), st.booleans()),
    min_size=1,
    max_size=12,
)
# Each condition beside what it means for one row.
CONDITIONS: dict[str, Any] = {
    'state == "open"': lambda r: r[1] == "open",
    'state != "open"': lambda r: r[1] != "open",
    'state in ["open", "waived"]': lambda r: r[1] in ("open", "waived"),
    'not (state not in ["closed"] or flag)': lambda r: r[1] == "closed" and not r[4],
    "amount > 0.01 and level <= 5": lambda r: r[2] > Decimal("0.01") and r[3] <= 5,
    "amount * level >= 12.5 or not flag": lambda r: r[2] * r[3] >= Decimal("12.5") or not r[4],
    "-amount + 1 < level - 2 * amount": lambda r: -r[2] + 1 < r[3] - 2 * r[2],
    'unit == "A" and flag == true': lambda r: r[0] == "A" and r[4],
}
conditions = st.sampled_from(sorted(CONDITIONS))
COLUMNS: dict[str, Any] = {
    "unit": {"type": "text", "allowed": ["A", "B", "C"]},
    "state": {"type": "text", "allowed": list(STATES)},
    "amount": {"type": "money", "unit": "USD"},
    "level": {"type": "integer", "unit": "levels"},
    "flag": {"type": "boolean"},
}


def as_csv(table: list[Any]) -> bytes:
    lines = [f"{unit},{state},{amount},{level},{'Yes' if flag else 'No'}" for unit, state, amount, level, flag in table]
    return ("unit,state,amount,level,flag\n" + "\n".join(lines) + "\n").encode()


def found(answer: Answer) -> Any:
    return answer.gap.value if answer.gap else (answer.part, answer.whole) if answer.part is not None else answer.value


def by_hand(table: list[Any], where: str, among: str) -> dict[str, Any]:
    holds = [row for row in table if CONDITIONS[where](row)]
    base = [row for row in table if CONDITIONS[among](row)]
    both = [row for row in base if CONDITIONS[where](row)]
    shares = {}
    for unit in sorted({row[0] for row in base}):
        members = [row for row in base if row[0] == unit]
        shares[unit] = (sum(CONDITIONS[where](row) for row in members), len(members))
    amounts = [row[2] for row in holds]
    mean = Fraction(sum(amounts, Decimal(0))) / len(amounts) if amounts else None
    return {
        "count": len(holds),
        "share": (len(both), len(base)),
        "sum": sum(amounts, Decimal(0)),
        "absolute": sum(map(abs, amounts), Decimal(0)),
        "min": min(amounts) if amounts else "missing",
        "max": max(amounts) if amounts else "missing",
        "mean": Decimal(round(mean * 10**18)).scaleb(-18) if mean is not None else "missing",
        "lowest": min(shares.values(), key=lambda pair: Fraction(*pair)) if shares else "missing",
        "units": len({row[0] for row in holds}),
        "any": bool(both) if base else "missing",
        "all": len(both) == len(base) if base else "missing",
    }


class TestAgainstPlainPython:
    @QUICK
    @given(table=rows, where=conditions, among=conditions)
    def test_every_measure_is_what_a_loop_over_the_rows_gives(self, collect, table, where, among):
        """The database is fast; this is the proof that it also counts right."""
        columns = {name: Column.model_validate_json(json.dumps(column)) for name, column in COLUMNS.items()}
        assume(always(where, among, columns) is None and not nobody(among, columns))
        facts: dict[str, Any] = {
            "count": {"count": {"where": where}, "unit": "rows"},
            "share": {"share": {"where": where, "among": among}},
            "sum": {"sum": {"of": "amount", "where": where}},
            "absolute": {"sum": {"of": "amount", "where": where, "absolute": True}},
            "min": {"min": {"of": "amount", "where": where}},
            "max": {"max": {"of": "amount", "where": where}},
            "mean": {"mean": {"of": "amount", "where": where}},
            "lowest": {"share": {"where": where, "among": among}, "by": {"column": "unit", "take": "lowest"}},
            "units": {"count": {"where": where, "per": {"column": "unit", "need": "any"}}, "unit": "units"},
            "any": {"any": {"where": where, "among": among}},
            "all": {"all": {"where": where, "among": among}},
        }

        answers = collect({"t.csv": as_csv(table)}, {"tables": {"t": {"columns": COLUMNS}}, "facts": facts})

        expected = by_hand(table, where, among)
        actual = {name: found(answer) for name, answer in answers.items()}
        lowest, wanted = actual.pop("lowest"), expected.pop("lowest")
        assert actual == expected
        assert lowest == wanted or Fraction(*lowest) == Fraction(*wanted)

    @QUICK
    @given(
        table=st.lists(
            st.tuples(*[st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), max_size=6)] * 3),
            min_size=1,
            max_size=6,
        )
    )
    def test_what_one_csv_writer_writes_is_read_back(self, collect, table):
        """Commas, quotes and blanks inside cells are data."""
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *table])
        columns = {name: {"type": "text", "optional": True} for name in "abc"}
        facts = {
            "same": {
                "sql": "SELECT count(*) FROM t WHERE coalesce(a, '') = coalesce(b, ' ')",
                "type": "integer",
                "unit": "rows",
                "inputs": ["t"],
            }
        }

        answer = collect(
            {"t.csv": buffer.getvalue().encode()}, {"tables": {"t": {"columns": columns}}, "facts": facts}
        )["same"]

        # Blanks at the end of a text that nobody reads are no fault; in front of it they are.
        padded = any(cell != cell.strip() for row in table for cell in (*row[:2], row[2].rstrip()))
        same = sum(row[0] == row[1] != "" for row in table)
        no_answers = any(cell and is_no_answer(cell) for row in table for cell in row[:2])
        assert found(answer) == ("malformed" if padded else "missing" if no_answers else same), answer

    @QUICK
    @given(data=st.lists(st.sampled_from(['"', ",", "a", "1", "\n", "\r\n", " ", '""', "a,1\n", '"a"']), max_size=14))
    def test_whatever_is_accepted_is_what_a_strict_second_reader_reads(self, collect, data):
        """A file that two readers read apart is a file with two truths."""
        text = "a,b\n" + "".join(data)
        columns = {"a": {"type": "text", "optional": True}, "b": {"type": "text", "optional": True}}
        facts = {
            "rows": {"count": {}, "unit": "rows"},
            "last": {
                "sql": "SELECT max(coalesce(a, '')) || '|' || max(coalesce(b, '')) FROM t",
                "type": "text",
                "inputs": ["t"],
            },
        }

        answers = collect({"t.csv": text.encode()}, {"tables": {"t": {"columns": columns}}, "facts": facts})

        if answers["rows"].gap is None:
            second = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
            assert all(len(row) == 2 for row in second)
            assert answers["rows"].value == len(second)
            no_answers = any(cell and is_no_answer(cell) for row in second for cell in row)
            pairs = [max(row[n] for row in second) for n in (0, 1)]
            assert answers["last"].value == (None if no_answers else "|".join(pairs))


LEARNERS = [("E1", "Completed"), ("E2", "Failed"), ("E3", "Completed"), ("E4", "Failed"), ("E5", "In Progress")]
TRAINING: dict[str, Any] = {
    "columns": {
        "id": {"type": "id"},
        "status": {"type": "text", "allowed": ["Completed", "Failed", "In Progress"]},
        "hours": {"type": "integer", "unit": "hours"},
    },
    "unique": ["id"],
    "control": {"rows": 5, "totals": {"hours": "15"}},
}
TRAINING_FACTS: dict[str, Any] = {
    "completed": {"share": {"where": 'status == "Completed"'}},
    "failed": {"count": {"where": 'status == "Failed"'}, "unit": "people"},
}


def training_csv() -> bytes:
    return (
        "id,status,hours\n" + "".join(f"{key},{status},{n}\n" for n, (key, status) in enumerate(LEARNERS, 1))
    ).encode()


def training_json() -> bytes:
    return json.dumps(
        [{"id": key, "status": status, "hours": n} for n, (key, status) in enumerate(LEARNERS, 1)]
    ).encode()


@functools.cache
def training_xlsx() -> bytes:
    """Return one workbook for all tests: a second one would carry another time of making."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("T")
        for row, cells in enumerate([("id", "status", "hours"), *((*pair, n) for n, pair in enumerate(LEARNERS, 1))]):
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def is_better(answers: dict[str, Answer]) -> bool:
    """Whether the damaged file looks better than the sound one: 2 of 5 completed, 2 failed."""
    completed, failed = answers["completed"], answers["failed"]
    more = (
        completed.gap is None
        and bool(completed.whole)
        and Fraction(completed.part or 0, completed.whole or 1) > Fraction(2, 5)
    )
    fewer = failed.gap is None and isinstance(failed.value, int) and failed.value < 2
    return more or fewer


class TestDamageIsNeverBetter:
    @pytest.mark.parametrize(("name", "write"), [("t.csv", training_csv), ("t.json", training_json)])
    def test_a_file_cut_off_anywhere_is_never_better(self, collect, name, write):
        """A copy in progress, a torn upload: every length of the file is tried."""
        data = write()

        for size in range(len(data)):
            answers = collect({name: data[:size]}, {"tables": {"t": TRAINING}, "facts": TRAINING_FACTS})
            assert {answer.gap for answer in answers.values()} == {"malformed"}, size

    @QUICK
    @given(size=st.integers(0, len(training_xlsx()) - 1))
    def test_a_workbook_cut_off_anywhere_is_never_better(self, collect, size):
        """The directory of a zip archive is at its end, so half a workbook cannot be read."""
        answers = collect({"t.xlsx": training_xlsx()[:size]}, {"tables": {"t": TRAINING}, "facts": TRAINING_FACTS})

        assert {answer.gap for answer in answers.values()} == {"malformed"}

    @pytest.mark.parametrize(
        ("name", "write"), [("t.csv", training_csv), ("t.json", training_json), ("t.xlsx", training_xlsx)]
    )
    @QUICK
    @given(data=st.data())
    def test_changed_bytes_either_leave_the_truth_or_make_a_gap(self, collect, name, write, data):
        """Bytes that flip at random do not spell another allowed value; nothing that raises gets through either."""
        bytes_ = bytearray(write())
        for _ in range(data.draw(st.integers(1, 3))):
            place = data.draw(st.integers(0, len(bytes_) - 1))
            action = data.draw(st.sampled_from(["set", "drop", "double"]))
            if action == "set":
                bytes_[place] = data.draw(st.integers(0, 255))
            elif action == "drop":
                del bytes_[place]
            else:
                bytes_[place:place] = bytes_[place : place + data.draw(st.integers(1, 30))]

        answers = collect({name: bytes(bytes_)}, {"tables": {"t": TRAINING}, "facts": TRAINING_FACTS})

        assert not is_better(answers), answers

    @QUICK
    @given(kept=st.sets(st.integers(0, 4), max_size=4))
    def test_deleted_rows_show_in_the_count(self, collect, kept):
        """Ninety-six people taken off the roster raise every share; only the row count betrays it."""
        lines = training_csv().splitlines(keepends=True)
        data = lines[0] + b"".join(line for n, line in enumerate(lines[1:]) if n in kept)

        answers = collect({"t.csv": data}, {"tables": {"t": TRAINING}, "facts": TRAINING_FACTS})

        assert {answer.gap for answer in answers.values()} == {"malformed"}
