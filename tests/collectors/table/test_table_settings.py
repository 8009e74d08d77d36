"""Settings that contradict themselves are refused before anything is read, all mistakes together."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from gonogo.collectors.table import TableCollector, TableSettings, gonogo_register_collectors
from gonogo.plugin.spec import Collector, SettingsRefusal
from gonogo.testing import job_of

GOOD: dict[str, Any] = {
    "tables": {
        "t": {
            "columns": {
                "id": {"type": "id"},
                "unit": {"type": "text", "allowed": ["A", "B"]},
                "name": {"type": "text"},
                "score": {"type": "percent", "written": "ratio"},
                "cost": {"type": "money", "unit": "USD"},
                "people": {"type": "integer", "unit": "people"},
                "due": {"type": "date", "optional": True, "given": "is_due"},
                "seen": {"type": "instant"},
                "done": {"type": "boolean"},
            },
            "unique": ["id"],
        }
    },
    "facts": {"rows": {"count": {}, "unit": "rows"}},
}


def changed(path: str, value: Any) -> dict[str, Any]:
    settings = copy.deepcopy(GOOD)
    *parents, last = path.split("/")
    part = settings
    for key in parents:
        part = part.setdefault(key, {})
    part[last] = value
    return settings


def declare(settings: dict[str, Any]) -> Any:
    return TableCollector().declare(TableSettings.model_validate_json(json.dumps(settings)))


FACT = "facts/f"
MISTAKES: list[tuple[str, Any, str]] = [
    ("tables/t/unique", ["absent"], "not a column"),
    ("tables/t/unique", ["due"], "may be blank"),
    ("tables/t/ignore", ["id"], "read and ignored"),
    ("tables/now", {"columns": {"a": {"type": "id"}}}, "already has a meaning"),
    ("tables/t/columns/and", {"type": "id"}, "already has a meaning"),
    ("tables/t/columns/rowid", {"type": "id"}, "already has a meaning"),
    ("tables/t/columns/x", {"type": "id", "header": "unit"}, "two columns"),
    ("tables/t/columns/x", {"type": "percent"}, "how it is written"),
    ("tables/t/columns/x", {"type": "integer", "allowed": ["1"]}, "allowed is for"),
    ("tables/t/columns/x", {"type": "integer", "lowest": "1"}, "lowest is for"),
    ("tables/t/columns/x", {"type": "integer", "highest": "1"}, "highest is for"),
    (
        "tables/t/columns/x",
        {"type": "percent", "written": "ratio", "lowest": "1.1", "highest": "1.09"},
        "highest is below lowest",
    ),
    ("tables/t/columns/x", {"type": "integer", "scale": 2}, "scale is for"),
    ("tables/t/columns/x", {"type": "date", "zone": "UTC"}, "zone is for"),
    ("tables/t/columns/x", {"type": "instant", "zone": "Mars/Olympus"}, "time zone"),
    ("tables/t/columns/x", {"type": "instant", "zone": "../etc/passwd"}, "time zone"),
    ("tables/t/columns/x", {"type": "date", "format": "%Y-%j"}, "not read here"),
    ("tables/t/columns/x", {"type": "date", "format": "%Y-%m"}, "a year, a month and a day"),
    ("tables/t/columns/x", {"type": "date", "format": "%Y-%m-%d %H"}, "no time of day"),
    ("tables/t/columns/x", {"type": "instant", "format": "%Y-%m-%d"}, "has hours"),
    ("tables/t/columns/x", {"type": "instant", "format": "%Y-%m-%d %I"}, "come together"),
    ("tables/t/columns/x", {"type": "boolean", "yes_words": ["Y"], "no_words": ["Y"]}, "both yes and no"),
    ("tables/t/columns/x", {"type": "id", "given": "is_x"}, "always given"),
    ("tables/t/columns/x", {"type": "id", "optional": True, "given": "unit"}, "already the name"),
    ("tables/t/columns/x", {"type": "id", "optional": True, "given": "is_due"}, "already the name"),
    ("tables/t/columns/x", {"type": "id", "blank": "-", "given": "is_x"}, "use one of them"),
    ("tables/t/columns/x", {"type": "integer", "blank": "none"}, "what a blank cell means"),
    ("tables/t/columns/x", {"type": "text", "allowed": ["A"], "blank": "B"}, "what a blank cell means"),
    ("tables/t/control", {"totals": {"unit": "1"}}, "not a column of numbers"),
    ("tables/t/control", {"footer": ["{unit}"]}, "not a column of numbers"),
    ("tables/t/control", {"footer": ["", ""]}, "at least one"),
    (FACT, {}, "exactly one of"),
    (FACT, {"count": {}, "sum": {"of": "cost"}}, "exactly one of"),
    (FACT, {"count": {}}, "needs a unit"),
    (FACT, {"share": {"where": "done"}, "unit": "people"}, "has no unit"),
    (FACT, {"count": {}, "unit": "x", "type": "ratio"}, "type integer"),
    (FACT, {"count": {}, "unit": "x", "table": "absent"}, "not a table"),
    (FACT, {"count": {}, "unit": "x", "inputs": ["t"]}, "inputs is for sql"),
    (FACT, {"count": {"where": "done and"}, "unit": "x"}, "missing|expected|ends"),
    (FACT, {"count": {"where": "absent == 1"}, "unit": "x"}, "not a column"),
    (FACT, {"count": {"where": "training.done"}, "unit": "x"}, "bare name"),
    (FACT, {"count": {"where": "true"}, "unit": "x"}, "names no column"),
    (FACT, {"count": {"where": "done or 1 == 1"}, "unit": "x"}, "same for every row"),
    (FACT, {"count": {"where": 'name == "A"'}, "unit": "x"}, "allowed values"),
    (FACT, {"count": {"where": 'unit == "C"'}, "unit": "x"}, "allowed values"),
    (FACT, {"count": {"where": 'unit in ["A", "a"]'}, "unit": "x"}, "allowed values"),
    (FACT, {"count": {"where": 'unit < "B"'}, "unit": "x"}, "no order"),
    (FACT, {"count": {"where": "unit == 1"}, "unit": "x"}, "cannot be compared"),
    (FACT, {"count": {"where": 'cost == "1"'}, "unit": "x"}, "cannot be compared"),
    (FACT, {"count": {"where": "done > false"}, "unit": "x"}, "no order"),
    (FACT, {"count": {"where": "score >= 80"}, "unit": "x"}, "ratios"),
    (FACT, {"count": {"where": "cost / people > 1"}, "unit": "x"}, "not exact"),
    (FACT, {"count": {"where": "due * 2 > now"}, "unit": "x"}, "only numbers"),
    (FACT, {"count": {"where": "due > 5"}, "unit": "x"}, "cannot be compared"),
    (FACT, {"count": {"where": 'due > "April"'}, "unit": "x"}, "a date is written"),
    (FACT, {"count": {"where": 'due > "2027-02-30"'}, "unit": "x"}, "no such day"),
    (FACT, {"count": {"where": "seen > 7d"}, "unit": "x"}, "cannot be compared"),
    (FACT, {"count": {"where": "seen + seen > now"}, "unit": "x"}, "cannot be added"),
    (FACT, {"count": {"where": "-unit == unit"}, "unit": "x"}, "no sign"),
    (FACT, {"count": {"per": {"column": "absent", "need": "any"}}, "unit": "x"}, "not a column"),
    (FACT, {"share": {"where": "done", "weigh": "unit"}}, "not a column of numbers"),
    (FACT, {"count": {"where": "held >= now - 28d"}, "unit": "x"}, "same for every row"),
    (FACT, {"count": {"where": "done or held >= now - 28d"}, "unit": "x"}, "without a column is the same"),
    (FACT, {"max": {"of": "held - now"}, "unit": "days"}, "same for every row"),
    (FACT, {"count": {"where": "held is blank"}, "unit": "x"}, "not a column"),
    (FACT, {"sum": {"of": "unit"}}, "cannot be made"),
    (FACT, {"sum": {"of": "score"}}, "cannot be made"),
    (FACT, {"sum": {"of": "due"}}, "cannot be made"),
    (FACT, {"sum": {"of": "cost > 1"}}, "value is expected|column or arithmetic"),
    (FACT, {"sum": {"of": "cost) == 0 or (cost"}}, "column or arithmetic|expected|value"),
    (FACT, {"max": {"of": "now - seen"}, "unit": "weeks"}, "days, calendar days or hours"),
    (FACT, {"any": {"where": "done"}, "by": {"column": "unit", "take": "lowest"}}, "by goes with"),
    (FACT, {"count": {}, "unit": "x", "by": {"column": "absent", "take": "lowest"}}, "not a column"),
    (FACT, {"count": {}, "unit": "x", "by": {"column": "name", "take": "lowest", "every": True}}, "allowed values"),
    (FACT, {"sql": "SELECT 1", "type": "integer", "unit": "x"}, "names no table"),
    (FACT, {"sql": "SELECT 1", "inputs": ["t"]}, "says its type"),
    (FACT, {"sql": "SELECT 1", "type": "integer", "unit": "x", "inputs": ["absent"]}, "not a table"),
    (FACT, {"sql": "SELECT 1", "type": "integer", "unit": "x", "inputs": ["t"], "table": "t"}, "write them into"),
]
NO_SHAPE: list[tuple[str, Any]] = [
    ("tables", {}),
    ("facts/Rows", {"count": {}}),
    ("facts/rows/count", {"were": "done"}),
    ("tables/t/columns/id", {"type": "uuid"}),
    ("tables/t/columns/id", {}),
    ("tables/t/header_row", 0),
    ("tables/t/header_row", "1"),
    ("tables/t/delimiter", ":"),
    ("tables/t/encoding", "utf-7"),
    ("tables/t/colums", {}),
    ("tables/t/control", {"totals": {"cost": 1.5}}),
    ("facts/rows/by", {"column": "unit", "take": "middle"}),
]


class TestSettings:
    @pytest.mark.parametrize(("path", "value", "words"), MISTAKES)
    def test_a_contradiction_is_told_with_its_place(self, path, value, words):
        """A mistake found while writing costs a minute; found at T-14 it costs the go-live."""
        with pytest.raises(SettingsRefusal) as refusal:
            declare(changed(path, value))

        location, sentence = refusal.value.errors[0]
        assert any(word in sentence for word in words.split("|")), sentence
        assert location[0] == path.split("/")[0]

    def test_no_fact_yet_is_allowed_advised_against_and_answers_for_nothing(self):
        """What `map` prints must pass lint before anybody has chosen a fact, and must prove nothing until then."""
        settings = TableSettings.model_validate_json(json.dumps(changed("facts", {})))

        assert TableCollector().declare(settings) == ()
        assert ["settings.facts is empty" in told for told in TableCollector().advise(settings)] == [True]
        assert list(TableCollector().collect(job_of({"file": ("t.csv", b"id\nA1\n")}), settings)) == []
        assert not list(TableCollector().advise(TableSettings.model_validate_json(json.dumps(GOOD))))

    @pytest.mark.parametrize(("path", "value"), NO_SHAPE)
    def test_what_the_settings_do_not_know_is_refused(self, path, value):
        """A misspelt key that is passed over would switch a check off."""
        with pytest.raises(ValidationError):
            declare(changed(path, value))

    def test_all_mistakes_are_told_together(self):
        """Nobody likes to be told one mistake at a time."""
        settings = changed("facts/a", {"count": {}})
        settings["facts"]["b"] = {"sum": {"of": "absent"}}

        with pytest.raises(SettingsRefusal) as refusal:
            declare(settings)

        assert [location for location, _ in refusal.value.errors] == [
            ("facts", "a", "unit"),
            ("facts", "b", "sum", "of"),
        ]

    @pytest.mark.parametrize(
        ("fact", "kind", "unit"),
        [
            ({"count": {}, "unit": "people"}, "integer", "people"),
            ({"share": {"where": "done"}}, "ratio", ""),
            ({"sum": {"of": "cost"}}, "money", "USD"),
            ({"sum": {"of": "people"}}, "integer", "people"),
            ({"sum": {"of": "people"}, "type": "decimal"}, "decimal", "people"),
            ({"mean": {"of": "people"}}, "decimal", "people"),
            ({"sum": {"of": "cost * people"}, "unit": "USD"}, "money", "USD"),
            ({"min": {"of": "score"}}, "ratio", ""),
            ({"max": {"of": "due", "where": "is_due"}}, "instant", ""),
            ({"max": {"of": "now - seen"}, "unit": "days"}, "decimal", "days"),
            ({"only": {"of": "unit"}}, "text", ""),
            ({"only": {"of": "done"}}, "boolean", ""),
            ({"none": {"where": "done"}}, "boolean", ""),
            ({"sql": "SELECT 1", "type": "text", "inputs": ["t"]}, "text", ""),
        ],
    )
    def test_type_and_unit_follow_from_the_measure(self, fact, kind, unit):
        """The vocabulary must agree with them, so they are not written twice."""
        (_, declared) = declare(changed(FACT, fact))

        assert (declared.name, declared.type.value, declared.unit) == ("f", kind, unit)
        assert declared.meaning

    def test_the_collector_registers_itself(self):
        """Through the same hook as anybody's."""
        found: list[Collector] = []

        gonogo_register_collectors(found.append)

        assert [entry.name for entry in found] == ["table"]
        assert isinstance(found[0], Collector)

    def test_declaring_never_imports_the_database(self):
        """A database that the host imports would hang the child that it forks."""
        code = (
            "import json, sys\n"
            "from gonogo.collectors.table import TableCollector, TableSettings\n"
            "TableCollector().declare(TableSettings.model_validate_json(sys.argv[1]))\n"
            "sys.exit('duckdb' in sys.modules or 'python_calamine' in sys.modules)"
        )

        done = subprocess.run([sys.executable, "-c", code, json.dumps(GOOD)], check=False)

        assert done.returncode == 0
