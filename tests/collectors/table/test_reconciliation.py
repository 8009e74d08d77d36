"""The page on reconciling a conversion: its binding gives the figures that it promises."""

from __future__ import annotations

import json
import re
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from gonogo.collectors.table import TableCollector
from gonogo.core.closing_words import closing_fault
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.ruleset.loader import load_ruleset
from gonogo.testing.jobs import SAMPLE_NOW, answers_of, job_of

PAGE = (Path(__file__).parents[3] / "docs/how-to/reconcile-a-conversion.md").read_text(encoding="utf-8")
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
BINDINGS = {block[0]["id"]: block[0] for block in BLOCKS if isinstance(block, list)}
OVERLAY, SUBLEDGER = (block for block in BLOCKS if isinstance(block, dict))
SETTINGS = {
    "tables": BINDINGS["ledger-checks"]["settings"]["tables"],
    "facts": {
        **BINDINGS["trial-balance"]["settings"]["facts"],
        "unexplained_usd": BINDINGS["ledger-checks"]["settings"]["facts"]["unexplained_usd"],
    },
}
SETTINGS["tables"] = {name: table for name, table in SETTINGS["tables"].items() if name != "compared"}
PAIRS = {
    "tables": BINDINGS["ledger-checks"]["settings"]["tables"],
    "facts": {
        "compared_otherwise": BINDINGS["ledger-checks"]["settings"]["facts"]["compared_otherwise"],
        "matched_ratio": {"table": "compared", **BINDINGS["compared-pairs"]["settings"]["facts"]["matched_ratio"]},
    },
}
PAIRS["tables"] = {name: table for name, table in PAIRS["tables"].items() if name != "explained"}
COUNTS = BINDINGS["converted-records"]["settings"]
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


class TestComparedPairs:
    """The list of what was compared: a row and a key for each pair, and proof that it is of these exports."""

    HEAD = b"account,kind,legacy_balance,target_balance\n"
    ROWS = b"1010,Pair,100.10,100.10\n2110,Pair,-50.00,-50.00\n3100,Pair,7.00,\n4000,Control account,3.00,3.00\n"

    def found(self, ledger, rows: bytes):
        files = {
            "legacy": ("legacy.csv", LEGACY),
            "target": ("ledger.sqlite", ledger(("1010", 100.1), ("2110", -50))),
            "compared": ("compared.csv", self.HEAD + rows),
        }
        return answers_of(TableCollector(), job_of(files, as_of=SAMPLE_NOW), PAIRS)

    def test_a_pair_that_one_side_lacks_is_no_match_and_is_named(self, ledger):
        """The owner of the books takes over a difference by its key."""
        found = self.found(ledger, self.ROWS)

        assert (found["matched_ratio"].part, found["matched_ratio"].whole) == (3, 4)
        assert list(found["matched_ratio"].open_items) == ["3100"]
        assert found["compared_otherwise"].value == 0

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            (b"3100,Pair,7.00,\n", b""),
            (b"3100,Pair,7.00,\n", b"3100,Pair,7.00,7.00\n"),
            (b"2110,Pair,-50.00,", b"2110,Pair,-49.99,"),
            (b"4000,Control account", b"4000,Pair"),
        ],
    )
    def test_a_list_that_says_something_else_than_the_exports_is_counted(self, ledger, before, after):
        """Without the pairs that differ, a list matches whole."""
        assert self.found(ledger, self.ROWS.replace(before, after))["compared_otherwise"].value == 1

    @pytest.mark.parametrize(("target", "part"), [("6.99", 2), ("7.00", 3), ("7.01", 2)])
    def test_a_pair_matches_to_the_cent(self, ledger, target, part):
        """Below, at and above the balance."""
        rows = self.ROWS.replace(b"3100,Pair,7.00,", f"3100,Pair,7.00,{target}".encode()).replace(b"4000,", b"4001,")

        assert self.found(ledger, rows)["matched_ratio"].part == part + 1


def test_a_control_account_that_differs_from_its_subledger_is_counted(ledger):
    """One that is missing on either side, too."""
    fact = SUBLEDGER
    columns = {"account": {"type": "id"}, "balance": {"type": "money", "unit": "USD"}}
    tables = {name: {"input": name, "columns": columns, "unique": ["account"]} for name in ("control", "subledger")}
    files = {
        "control": ("control.csv", LEGACY),
        "subledger": ("sub.sqlite", ledger(("1010", 100.1), ("2110", -51), ("4000", 1))),
    }
    found = answers_of(TableCollector(), job_of(files, as_of=SAMPLE_NOW), {"tables": tables, "facts": fact})

    assert found["subledger_untied"].value == 3


class TestConvertedRecords:
    HEAD = b"object,read,loaded,unexplained\n"

    def found(self, rows: bytes):
        job = job_of({"counts": ("counts.csv", self.HEAD + rows)}, as_of=SAMPLE_NOW)
        return answers_of(TableCollector(), job, COUNTS)

    def test_the_worst_object_gives_its_own_figures(self):
        """A million invoices would hide forty vendors."""
        answers = self.found(b"invoices,1000000,1000000,0\nvendors,800,760,3\n")

        worst = answers["min_object_success_ratio"]
        assert (worst.part, worst.whole) == (760, 800)
        assert answers["rejects_unexplained"].value == 3

    @pytest.mark.parametrize(("loaded", "part"), [(90, 90), (100, 100), (110, 90), (120, 80), (300, 0), (-5, 0)])
    def test_what_was_loaded_beyond_what_was_read_is_a_difference(self, loaded, part):
        """Twenty vendors that were loaded twice are twenty wrong vendors; below, at and above what was read."""
        worst = self.found(f"vendors,100,{loaded},0\ninvoices,1000,1000,0\n".encode())["min_object_success_ratio"]

        assert (worst.part, worst.whole) == ((part, 100) if part < 100 else (worst.part, worst.part))

    @pytest.mark.parametrize("loaded", [0, 5])
    def test_an_object_that_nobody_read_is_a_gap(self, loaded):
        """It may be empty, and it may be forgotten; another object's share does not say which."""
        rows = f"invoices,1000,999,0\nassets,0,{loaded},0\n".encode()
        answer = self.found(rows)["min_object_success_ratio"]

        assert (answer.whole or 0) == 0

    def test_too_many_do_not_make_good_too_few(self):
        """A count below nothing is a mistake of its own."""
        assert self.found(b"vendors,100,100,-5\ninvoices,1000,1000,5\n")["rejects_unexplained"].value == 10


class TestTheRuleset:
    RULESET = load_ruleset(Path(__file__).parents[3] / "rulesets/m3-hardened")
    OWN = frozenset(["unexplained_usd", "compared_otherwise"])

    def test_the_facts_are_called_as_the_ruleset_calls_them(self):
        """Else the binding answers for nothing that a criterion asks."""
        vocabulary = self.RULESET.vocabulary
        for binding in BINDINGS.values():
            for name, fact in binding["settings"]["facts"].items():
                known = vocabulary.get(f"{binding['as']}.{name}")
                if name in self.OWN:
                    assert known is None
                elif "type" in fact:
                    assert (known.type, known.unit) == (fact["type"], fact.get("unit", ""))
                else:
                    assert known.unit == fact.get("unit", "")

    def test_no_fact_of_the_page_is_counted_in_a_way_that_the_ruleset_refuses(self):
        """A register counts its items itself; a query names none."""
        asked = 0
        for each in BINDINGS.values():
            binding = Binding(
                id=each["id"],
                plugin="table",
                prefix=each["as"],
                side=Side.CUSTOMER,
                producer="x",
                settings=each["settings"],
            )
            for name in each["settings"]["facts"]:
                fact = f"{each['as']}.{name}"
                for register in self.RULESET.vocabulary.registers or ():
                    if register.fact == fact:
                        asked += 1
                        assert closing_fault(register, binding, fact) == ""

        assert asked == 1


PROGRAM = """schema: 1
program: {id: rec, customer: NIWA, provider: CFSC, time_zone: America/New_York, calendar: us-federal}
releases:
  - id: R1
    go_live: 2027-05-03T06:00
ruleset: m3-hardened@0.1.0-experimental
overlays: [overlays/ledger.yaml]
people: people.yaml
evidence:
"""
PEOPLE = """schema: 1
people:
  - {role: customer.pmo_lead, person: ada.kirsch, name: Ada Kirsch}
"""
FILES = {
    "trial_balance_legacy.csv": LEGACY,
    "explained_differences.csv": EXPLAINED + b"3100,7.00,closed,Ann\n",
    "compared_pairs.csv": TestComparedPairs.HEAD + TestComparedPairs.ROWS,
    "conversion_counts.csv": TestConvertedRecords.HEAD + b"vendors,100,120,-5\ninvoices,1000,1000,5\n",
}
ANSWERED = {
    "recon.tb_abs_difference_usd": "7",
    "recon.matched_ratio": "0.75",
    "ledger.unexplained_usd": "0",
    "ledger.compared_otherwise": "0",
    "conversion.min_object_success_ratio": "0.8",
    "conversion.rejects_unexplained": "10",
}


def test_a_program_that_copies_the_page_gets_every_fact_of_it(tmp_path, ledger, warm):
    """Bindings, overlay and files as they stand there, under the ruleset that the page is about."""
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    bindings = [block for block in blocks if block.startswith("- id:")]
    (overlay,) = (block for block in blocks if "overlay:" in block)
    (tmp_path / "overlays").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "gonogo.yaml").write_text(PROGRAM + "".join(bindings), encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "overlays/ledger.yaml").write_text(overlay, encoding="utf-8")
    for name, data in FILES.items():
        (tmp_path / "evidence" / name).write_bytes(data)
    (tmp_path / "evidence/ledger.sqlite").write_bytes(ledger(("1010", 100.1), ("2110", -50)))
    done = warm("collect", tmp_path, "--as-of", "2027-04-19T12:00-04:00")
    found = {}
    for line in done.stdout.splitlines():
        evidence = json.loads(line).get("evidence") if line.startswith("{") else None
        if evidence and evidence["fact"] in ANSWERED:
            found[evidence["fact"]] = str(evidence["value"]).removesuffix(".00")

    assert found == ANSWERED, done.stderr
