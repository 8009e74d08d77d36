"""The page on reconciling a conversion: its binding gives the figures that it promises."""

from __future__ import annotations

import re
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from gonogo.collectors.table import TableCollector
from gonogo.ruleset.loader import load_ruleset
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

PAGE = (Path(__file__).parents[3] / "docs/how-to/reconcile-a-conversion.md").read_text(encoding="utf-8")
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
SETTINGS = BLOCKS[0][0]["settings"]
LEGACY = b"account,balance\n1010,100.10\n2110,-50.00\n3100,7.00\n"
EXPLAINED = b"account,amount,reason,approved_by\n"


@pytest.fixture
def ledger(tmp_path):
    def made(*rows: tuple[str, float]) -> bytes:
        path = tmp_path / "ledger.sqlite"
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE gl_balance (account TEXT, balance NUMERIC)")
            connection.executemany("INSERT INTO gl_balance VALUES (?, ?)", rows)
        connection.close()
        return path.read_bytes()

    return made


def figures(target: bytes, explained: bytes = EXPLAINED, settings=SETTINGS):
    files = {
        "legacy": ("legacy.csv", LEGACY),
        "target": ("ledger.sqlite", target),
        "explained": ("explained.csv", explained),
    }
    answers = answers_of(TableCollector(), job_of(files, as_of=SAMPLE_NOW), settings)
    return {name: answer.detail or answer.value or (answer.part, answer.whole) for name, answer in answers.items()}


class TestTrialBalance:
    def test_equal_ledgers_differ_by_nothing(self, ledger):
        """Every account matches."""
        found = answers_of(
            TableCollector(),
            job_of(
                {
                    "legacy": ("legacy.csv", LEGACY),
                    "target": ("ledger.sqlite", ledger(("1010", 100.1), ("2110", -50), ("3100", 7))),
                    "explained": ("explained.csv", EXPLAINED + b"3100,0.00,none,Ann\n"),
                },
                as_of=SAMPLE_NOW,
            ),
            SETTINGS,
        )

        assert [found[name].value for name in ("tb_abs_difference_usd", "unexplained_usd")] == [0, 0]
        assert (found["matched_ratio"].part, found["matched_ratio"].whole) == (3, 3)

    @pytest.mark.parametrize("reason", [None, "both ledgers write the form of the Treasury"])
    def test_a_ledger_compared_with_a_copy_of_itself_proves_nothing(self, reason):
        """A copied line of the binding compares the old ledger with itself, and finds no difference to the cent."""
        tables = {name: dict(SETTINGS["tables"][name]) for name in ("legacy", "target")}
        del tables["target"]["sheet"]
        tables["target"] |= {"identical": reason} if reason else {}
        fact = {"tb_abs_difference_usd": SETTINGS["facts"]["tb_abs_difference_usd"]}
        files = {"legacy": ("legacy.csv", LEGACY), "target": ("target.csv", LEGACY)}
        settings = {"tables": tables, "facts": fact}
        found = answers_of(TableCollector(), job_of(files, as_of=SAMPLE_NOW), settings)["tb_abs_difference_usd"]

        assert found.value == (0 if reason else None)
        assert reason or "a copy always agrees with its original" in found.detail

    def test_differences_of_either_sign_and_accounts_of_one_side_add_up(self, ledger):
        """Two errors that cancel each other are two errors."""
        target = ledger(("1010", 100.11), ("2110", -50.01), ("9999", 3))
        found = figures(target, EXPLAINED + b"9999,-3.00,new,Ann\n")

        assert str(found["tb_abs_difference_usd"]) == "10.02"
        assert str(found["unexplained_usd"]) == "7.02"
        assert found["matched_ratio"] == (0, 4)

    @pytest.mark.parametrize(("amount", "left"), [("6.99", "0.01"), ("7.00", "0"), ("7.01", "0.01")])
    def test_an_explanation_takes_off_what_it_explains_and_no_more(self, ledger, amount, left):
        """Below, at and above the difference."""
        found = answers_of(
            TableCollector(),
            job_of(
                {
                    "legacy": ("legacy.csv", LEGACY),
                    "target": ("ledger.sqlite", ledger(("1010", 100.1), ("2110", -50))),
                    "explained": ("explained.csv", EXPLAINED + f"3100,{amount},closed,Ann\n".encode()),
                },
                as_of=SAMPLE_NOW,
            ),
            SETTINGS,
        )

        assert found["unexplained_usd"].value == Decimal(left)

    def test_an_empty_ledger_matches_nothing(self, ledger):
        """A conversion that loaded nothing has no differences in its rows."""
        found = figures(ledger(), EXPLAINED + b"3100,7.00,closed,Ann\n")

        assert all("row" in str(detail) for detail in found.values()), found


def test_a_control_account_that_differs_from_its_subledger_is_counted(ledger):
    """One that is missing on either side, too."""
    fact = BLOCKS[1]
    columns = {"account": {"type": "id"}, "balance": {"type": "money", "unit": "USD"}}
    tables = {name: {"input": name, "columns": columns, "unique": ["account"]} for name in ("control", "subledger")}
    files = {
        "control": ("control.csv", LEGACY),
        "subledger": ("sub.sqlite", ledger(("1010", 100.1), ("2110", -51), ("4000", 1))),
    }
    found = answers_of(TableCollector(), job_of(files, as_of=SAMPLE_NOW), {"tables": tables, "facts": fact})

    assert found["subledger_untied"].value == 3


class TestConvertedRecords:
    COUNTS = b"object,read,loaded,unexplained\ninvoices,1000000,1000000,0\nvendors,800,760,3\nassets,0,0,0\n"

    def test_the_worst_object_gives_its_own_figures(self):
        """A million invoices would hide forty vendors; an object without records is no worst one."""
        job = job_of({"counts": ("counts.csv", self.COUNTS)}, as_of=SAMPLE_NOW)
        answers = answers_of(TableCollector(), job, BLOCKS[2][0]["settings"])

        worst = answers["min_object_success_ratio"]
        assert (worst.part, worst.whole) == (760, 800)
        assert answers["rejects_unexplained"].value == 3

    def test_the_facts_are_called_as_the_ruleset_calls_them(self):
        """Else the binding answers for nothing that a criterion asks."""
        vocabulary = load_ruleset(Path(__file__).parents[3] / "rulesets/m3-hardened").vocabulary
        for block in (BLOCKS[0][0], BLOCKS[2][0]):
            for name, fact in block["settings"]["facts"].items():
                known = vocabulary.get(f"{block['as']}.{name}")
                if name == "unexplained_usd":
                    assert known is None
                else:
                    assert (known.type, known.unit) == (fact["type"], fact.get("unit", ""))
