"""The same six learners as CSV, workbook and JSON give the same facts, counted by hand."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from pydantic import ValidationError

from gonogo.collectors.table.facts import TableSettings

HEADER = ["Employee ID", "Unit", "Status", "Completed On", "Score", "Cost", "Required", "Rate"]
ROWS: list[list[Any]] = [
    ["E1", "North", "Completed", date(2027, 4, 12), 90, "10.50", True, "0.932"],
    ["E2", "North", "Completed", date(2027, 3, 2), 70, "20.00", True, "1"],
    ["E3", "North", "In Progress", None, 55, "0.01", True, "0.5"],
    ["E4", "South", "Completed", date(2027, 4, 18), 88, "-5.25", True, "0"],
    ["E5", "South", "Failed", None, 12, "100.00", True, "0.25"],
    ["E6", "South", "Failed", None, 30, "1.99", False, "0.75"],
]
COLUMNS: dict[str, Any] = {
    "person_id": {"header": "Employee ID", "type": "id"},
    "unit": {"header": "Unit", "type": "text", "allowed": ["North", "South"]},
    "status": {"header": "Status", "type": "text", "allowed": ["Completed", "In Progress", "Failed"]},
    "completed_on": {"header": "Completed On", "type": "date", "optional": True, "given": "is_completed"},
    "score": {"header": "Score", "type": "integer", "unit": "points"},
    "cost": {"header": "Cost", "type": "money", "unit": "USD"},
    "required": {"header": "Required", "type": "boolean"},
    "rate": {"header": "Rate", "type": "percent", "written": "ratio"},
}
DONE = 'status == "Completed"'
FACTS: dict[str, tuple[dict[str, Any], Any]] = {
    "all_rows": ({"count": {}, "unit": "people"}, 6),
    "completed": ({"count": {"where": DONE}, "unit": "people"}, 3),
    "completed_ratio": ({"share": {"where": DONE, "among": "required"}}, (3, 5)),
    "not_failed_ratio": ({"share": {"where": 'not status in ["Failed"]'}}, (4, 6)),
    "cost_share": ({"share": {"where": DONE, "among": "cost > 0", "weigh": "cost"}}, (61, 265)),
    "lowest_unit": ({"share": {"where": DONE}, "by": {"column": "unit", "take": "lowest"}}, (1, 3)),
    "highest_unit": ({"share": {"where": DONE}, "by": {"column": "unit", "take": "highest"}}, (2, 3)),
    "most_costly_unit": ({"sum": {"of": "cost"}, "by": {"column": "unit", "take": "highest"}}, Decimal("96.74")),
    "total": ({"sum": {"of": "cost"}}, Decimal("127.25")),
    "total_of_none": ({"sum": {"of": "cost", "where": "score > 99"}}, Decimal(0)),
    "absolute": ({"sum": {"of": "cost", "absolute": True, "where": 'unit == "South"'}}, Decimal("107.24")),
    "lowest_score": ({"min": {"of": "score", "where": DONE}}, 70),
    "highest_cost": ({"max": {"of": "cost"}}, Decimal(100)),
    "spread": ({"max": {"of": "100 - score"}, "unit": "points"}, 88),
    "mean_score": ({"mean": {"of": "score", "where": DONE}}, Decimal("82.666666666666666667")),
    "lowest_rate": ({"min": {"of": "rate", "where": "required"}}, Decimal(0)),
    "best_rate": ({"max": {"of": "rate", "where": 'unit == "North"'}}, Decimal(1)),
    "mean_rate": ({"mean": {"of": "rate"}}, Decimal("0.572")),
    "last_done": ({"max": {"of": "completed_on", "where": "is_completed"}}, datetime(2027, 4, 18, 4, 0, tzinfo=UTC)),
    "oldest_days": (
        {"max": {"of": "now - completed_on", "where": "is_completed"}, "unit": "days"},
        Decimal("48.458333333333333333"),
    ),
    "recent": ({"count": {"where": "is_completed and completed_on >= now - 30d"}, "unit": "people"}, 2),
    "since": ({"count": {"where": 'is_completed and completed_on > "2027-03-02"'}, "unit": "people"}, 2),
    "any_failed": ({"any": {"where": 'status == "Failed"', "among": "required"}}, True),
    "all_passed": ({"all": {"where": "score >= 10"}}, True),
    "none_cheap": ({"none": {"where": "cost < 0"}}, False),
    "the_south": ({"only": {"of": "unit", "where": "score < 50"}}, "South"),
    "people": ({"count": {"per": {"column": "unit", "need": "any"}, "where": DONE}, "unit": "units"}, 2),
    "units_done": ({"share": {"per": {"column": "unit", "need": "every"}, "where": "score >= 50"}}, (1, 2)),
    "by_sql": (
        {
            "sql": "SELECT count(*) FROM roster WHERE cost > 1",
            "type": "integer",
            "unit": "people",
            "inputs": ["roster"],
        },
        4,
    ),
    "cost_by_sql": (
        {"sql": "SELECT sum(cost) FROM roster", "type": "money", "unit": "USD", "inputs": ["roster"]},
        Decimal("127.25"),
    ),
}


def as_csv() -> bytes:
    def text(cell: Any) -> str:
        if isinstance(cell, bool):
            return "Yes" if cell else "No"
        return "" if cell is None else str(cell)

    return "\n".join(",".join(text(cell) for cell in row) for row in [HEADER, *ROWS]).encode() + b"\n"


def as_xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Roster")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(ROWS, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                elif column in (4, 5, 7):
                    sheet.write_number(number, column, float(cell))
                elif cell is not None:
                    sheet.write_string(number, column, cell)
    return buffer.getvalue()


def as_json() -> bytes:
    records = []
    for row in ROWS:
        cells = ["null" if cell is None else json.dumps(cell, default=str) for cell in row]
        cells[5], cells[7] = row[5], row[7]
        records.append(
            "{" + ", ".join(f"{json.dumps(key)}: {cell}" for key, cell in zip(HEADER, cells, strict=True)) + "}"
        )
    return ('{"meta": {"count": 6, "at": "2027-04-17T09:30:00-04:00"}, "rows": [' + ", ".join(records) + "]}").encode()


FORMATS: dict[str, tuple[Any, dict[str, Any]]] = {
    "roster.csv": (as_csv, {}),
    "roster.xlsx": (as_xlsx, {}),
    "roster.json": (as_json, {"records": "rows", "control": {"rows_at": "meta.count"}}),
}


@pytest.mark.parametrize("file_name", FORMATS)
class TestFactsCountedByHand:
    def test_every_measure_gives_the_figure_counted_by_hand(self, collect, file_name):
        """Whatever the format, a fact is the number that a person with a pencil would get."""
        write, extra = FORMATS[file_name]
        settings = {
            "tables": {"roster": {"columns": COLUMNS, "unique": ["person_id"], **extra}},
            "facts": {name: fact for name, (fact, _) in FACTS.items()},
        }

        answers = collect({file_name: write()}, settings)

        found = {
            name: answer.detail if answer.gap else answer.value if answer.part is None else (answer.part, answer.whole)
            for name, answer in answers.items()
        }
        expected = {name: value for name, (_, value) in FACTS.items()}
        assert found == expected


class TestMoney:
    def test_a_hundred_thousand_cents_add_up_without_noise(self, collect):
        """Money calculated as floating point would be off by a cent and look like a difference between two ledgers."""
        lines = [f"A{n},{'0.10' if n % 2 else '-0.07'}" for n in range(100_000)]
        data = ("Account,Amount\n" + "\n".join(lines) + "\n").encode()
        settings = {
            "tables": {
                "ledger": {
                    "columns": {
                        "account": {"header": "Account", "type": "id"},
                        "amount": {"header": "Amount", "type": "money", "unit": "USD"},
                    }
                }
            },
            "facts": {"difference": {"sum": {"of": "amount"}}, "untied": {"any": {"where": "amount - 0.10 == 0.01"}}},
        }

        answers = collect({"ledger.csv": data}, settings)

        assert answers["difference"].value == Decimal("1500")
        assert answers["untied"].value is False

    def test_a_sum_beyond_what_a_fact_can_hold_is_a_gap(self, collect):
        """A number that would lose digits is not told."""
        data = b"Amount\n" + b"999999999999999.99\n" * 1001
        settings = {
            "tables": {"ledger": {"columns": {"amount": {"header": "Amount", "type": "money", "unit": "USD"}}}},
            "facts": {"total": {"sum": {"of": "amount"}}},
        }

        answer = collect({"ledger.csv": data}, settings)["total"]

        assert answer.gap == "out_of_range"


@pytest.mark.parametrize(
    ("name", "good"), [("training.completed_ratio", True), ("a.b.c.d", True), ("a.b.c.d.e", False)]
)
def test_a_fact_may_carry_its_full_name(name, good):
    """One binding without a prefix answers for all that an office keeps, whatever the facts are filed under."""
    table = {"columns": {"id": {"type": "id"}}}
    settings = {"tables": {"t": table}, "facts": {name: {"count": {}, "unit": "people"}}}

    if good:
        assert list(TableSettings.model_validate_json(json.dumps(settings)).facts) == [name]
    else:
        with pytest.raises(ValidationError):
            TableSettings.model_validate_json(json.dumps(settings))
