"""Facts that a table could answer, and what a person must still fill in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.documents.yaml import MappingNode, ScalarNode, read_yaml
from gonogo.first_week.hints import is_id, is_money, may_show
from gonogo.first_week.mapping import map_file
from gonogo.first_week.prose import ascii_words, counted, plain, positions, quoted, slug
from gonogo.first_week.suggestions import suggest
from gonogo.first_week.unfilled import unfilled
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.register import Register
from gonogo.plugin.spec import SettingsRefusal
from gonogo.ruleset.loader import LoadedRuleset


def vocabulary(name: str, kind: FactType, unit: str = "") -> Vocabulary:
    return Vocabulary(facts=(FactDeclaration(name=name, type=kind, unit=unit, meaning="A fact.", question="What?"),))


class TestSuggestions:
    @pytest.mark.parametrize(
        ("name", "kind", "unit", "measure"),
        [
            ("roster.completed_ratio", FactType.RATIO, "", "{share: {where: 'status == \"Completed\"'}}"),
            (
                "roster.completed",
                FactType.INTEGER,
                "people",
                "{count: {where: 'status == \"Completed\"'}, unit: people}",
            ),
            ("roster.passed", FactType.BOOLEAN, "", "{all: {where: 'passed == true'}}"),
            ("roster.cost", FactType.MONEY, "USD", "{sum: {of: cost}, unit: USD}"),
            ("roster.hours", FactType.DECIMAL, "hours", "{max: {of: hours}, unit: hours}"),
            ("roster.done_at", FactType.INSTANT, "", "{max: {of: done_on}}"),
        ],
    )
    def test_a_measure_of_the_facts_type_over_the_nearest_column(
        self, tmp_path: Path, name: str, kind: FactType, unit: str, measure: str
    ) -> None:
        """A line to be corrected is easier than an empty one."""
        path = tmp_path / "roster.csv"
        rows = "".join(
            f"{n},{('Completed', 'Enrolled')[n % 2]},Yes,{n}.50,{n}.25,2027-04-{n + 1:02}\n" for n in range(9)
        )
        path.write_text("key,status,passed,cost,hours,done on\n" + rows)
        mapping = map_file(path)

        found = suggest(mapping, vocabulary(name, kind, unit))

        assert [entry.measure for entry in found] == [measure]

    def test_where_no_value_has_a_word_of_the_fact_none_is_put_in_its_place(self, tmp_path: Path) -> None:
        """Counting the minor problems as the critical ones would be a wrong number that looks right."""
        path = tmp_path / "interfaces.csv"
        path.write_text("interface,open problem\n" + "".join(f"I{n},{('Minor', 'None')[n % 2]}\n" for n in range(6)))
        mapping = map_file(path)

        (found,) = suggest(mapping, vocabulary("interfaces.critical_problem", FactType.INTEGER, "interfaces"))

        assert found.measure == "{count: {where: 'open_problem == \"FILL IN\"'}, unit: interfaces}"
        settings = {
            "tables": {"t": {"columns": {"interface": {"type": "text"}, "open_problem": {"type": "text"}}}},
            "facts": {"critical": {"count": {"where": 'open_problem == "FILL IN"'}, "unit": "interfaces"}},
        }
        settings["tables"]["t"]["columns"]["open_problem"]["allowed"] = ["Minor", "None"]
        with pytest.raises(SettingsRefusal):
            TableCollector().declare(TableSettings.model_validate_json(json.dumps(settings)))

    @pytest.mark.parametrize(
        ("closed", "said"),
        [
            (("passed", "pass"), 'it counts the register tests: only "passed" or "pass" closes an item'),
            (None, "it counts the register tests, and the ruleset leaves to you which words close an item"),
        ],
    )
    def test_a_fact_of_a_register_says_which_words_close_an_item(
        self, tmp_path: Path, closed: tuple[str, ...] | None, said: str
    ) -> None:
        """A condition with another word makes a gap of every fact that counts these items."""
        path = tmp_path / "sit.csv"
        path.write_text("case,status\n" + "".join(f"C-{n},{('Passed', 'Failed')[n % 2]}\n" for n in range(6)))
        facts = vocabulary("sit.status_passed_ratio", FactType.RATIO).facts
        register = Register(
            id="tests", item="one case", fact=facts[0].name, closed=closed, accept=("customer.lead",),
            open_unaccepted="sit.open",
        )  # fmt: skip

        (found,) = suggest(map_file(path), Vocabulary(facts=facts, registers=(register,)))

        assert said in found.ask

    def test_a_text_fact_and_a_fact_of_other_things_are_not_suggested(self, tmp_path: Path) -> None:
        """A table of defects says nothing about an authorization."""
        path = tmp_path / "defects.csv"
        path.write_text("key,severity\n1,High\n2,Low\n3,High\n4,Low\n")

        assert suggest(map_file(path), vocabulary("defects.severity", FactType.TEXT)) == []
        assert suggest(map_file(path), vocabulary("ato.signed", FactType.BOOLEAN)) == []

    def test_every_suggestion_is_a_measure_that_the_collector_accepts(
        self, tmp_path: Path, rules: LoadedRuleset
    ) -> None:
        """Taken as it is, it must at least be sound."""
        path = tmp_path / "requirements traceability.csv"
        path.write_text(
            "requirement,status,in scope,changed without change request\n"
            + "".join(f"R{n},{('Approved', 'Deferred')[n % 2]},Yes,No\n" for n in range(9))
        )
        mapping = map_file(path)
        found = suggest(mapping, rules.vocabulary)
        assert found

        for entry in found:
            root = read_yaml(f"fact: {entry.measure}\n".encode(), "s")
            assert isinstance(root, MappingNode)
            columns = {name: guess.settings | {"header": guess.heading} for name, guess in mapping.columns.items()}
            settings = {"tables": {"t": {"columns": columns}}, "facts": {"f": _plain(root.entries["fact"][1])}}
            parsed = TableSettings.model_validate(settings, strict=False)
            assert [fact.type for fact in TableCollector().declare(parsed)] == [entry.fact.type]


def _plain(node: object) -> object:
    if isinstance(node, MappingNode):
        return {key.text: _plain(value) for key, value in node.entries.values()}
    assert isinstance(node, ScalarNode)
    return node.text


class TestUnfilled:
    def test_each_open_place_is_named_with_its_line(self, tmp_path: Path) -> None:
        """`gonogo init` lists them, and so can lint."""
        (tmp_path / "gonogo.yaml").write_text(
            '# Where only a person knows it says FILL IN.\nx:\n  golive: "FILL IN: name it"\n  # FILL IN as: which\n'
        )
        (tmp_path / "plans.yaml").write_bytes(b"\xff")

        assert [str(entry) for entry in unfilled(tmp_path)] == [
            "gonogo.yaml:3:12: golive: name it",
            "gonogo.yaml:4:5: as: which",
        ]

    def test_a_folder_without_files_has_none(self, tmp_path: Path) -> None:
        """Nothing there, nothing open."""
        assert unfilled(tmp_path) == []


class TestWords:
    @pytest.mark.parametrize(
        "text", ["a", 'say "x"', "a: b #c", "é\u202e\x1b[0m\n", "😀", "NO", "1_000", "a::b ##c", "\\"]
    )
    def test_a_quoted_text_is_read_back_as_it_was(self, text: str) -> None:
        """Whatever a file or an agency is called."""
        root = read_yaml(f"k: {quoted(text)}\n".encode(), "q")

        assert isinstance(root, MappingNode)
        value = root.get("k")
        assert isinstance(value, ScalarNode)
        assert value.text == text
        assert quoted(text).isprintable()

    def test_plain_text_obeys_nobody(self) -> None:
        """A file's name may hold what moves a cursor or turns text around."""
        assert plain("a\x1b[31m\u202e\U000e0001b") == "a\\x1b[31m\\u202e\\U000e0001b"
        assert plain("x" * 300) == "x" * 240 + "…"

    def test_small_words(self) -> None:
        """Names, counts and positions read like sentences."""
        assert (slug("Harborline R1!", joint="-", otherwise="p"), slug("42", joint="_", otherwise="c")) == (
            "harborline-r1",
            "c_42",
        )
        assert slug("数", joint="-", otherwise="program") == "program"
        assert (counted(1, "file"), counted(1200, "copy", "copies")) == ("1 file", "1,200 copies")
        assert (positions(["A", "B"], 2), positions(["A", "B", "C"], 9)) == ("A, B", "A, B, C and 6 more")
        assert ascii_words("Coût total (USD) caseID") == ["cout", "total", "usd", "case", "id"]

    def test_headings_hint_at_what_stands_below(self) -> None:
        """Identifiers, money, and what must not be shown."""
        assert all(map(is_id, ["Vendor ID", "Case No.", "Risk #", "ID", "employeeNumber", "Case number"]))
        assert not any(map(is_id, ["Number", "Idle days", "Status"]))
        assert is_money("Cost (USD)")
        assert not is_money("Count")
        assert may_show("Employee status", ["Active", "Left"])
        assert not may_show("Supervisor", ["A", "B"])
        assert not may_show("Status", ["x" * 61])
