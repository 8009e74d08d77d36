"""One key that is written in two ways is one item, not two: IF-4 and IF-04."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.collectors.table.look_alikes import alike, likely_doubles, set_aside
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal

STATE = {"header": "State", "type": "text", "allowed": ["Done", "New"]}
DONE = {"share": {"where": 'state == "Done"'}}


def ask(collect: Any, keys: list[str], fact: dict[str, Any] = DONE, **table: Any) -> Any:
    columns = {"key": {"header": "Key", "type": "text"}, "state": STATE}
    data = {"f.csv": ("Key,State\n" + "".join(f"{key},Done\n" for key in keys)).encode()}
    said = {"columns": columns, "unique": ["key"], **table}
    return collect(data, {"tables": {"t": said}, "facts": {"f": fact}})["f"]


class TestMarkup:
    @pytest.mark.parametrize("key", ["<b>IF-4</b>", "IF&#45;4", "IF-4 (dup)", "IF_x002D_4"])
    @pytest.mark.parametrize("small", [True, False])
    def test_a_key_in_markup_is_no_second_item(self, collect: Any, key: str, small: bool):
        """One item would be counted twice, in a small file and in a large one."""
        more = [] if small else [f"A-{number}" for number in range(1, 30_000)]

        assert ask(collect, ["IF-4", "IF-5", key, *more]).gap is GapReason.AMBIGUOUS_ROWS


class TestAlike:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("IF-4", "IF-04"),
            ("IF-4", "<b>IF-4</b>"),
            ("IF-4", "IF&#45;4"),
            ("IF-4", '="IF-4"'),
            ("IF-4", "IF-4 (dup)"),
            ("IF-4", "IF-4 [copy 2]"),
            ("IF-4", "IF4"),
            ("A1", "A-1"),
            ("IF-06", "IF-O6"),
            ("IF-06", "lF-06"),
            ("IF-10", "IF-1O"),
            ("IF-10", "IF-l0"),
            ("I06", "I6"),
            ("IF-4", "IF-4."),
            ("IF-4", "IF-4*"),
            ("IF-4", "'IF-4"),
            ("IF-4", "(IF-4)"),
            ("IF-4", "IF/4"),
            ("IF-4", "IF:4"),
            ("IF-4", "if-4"),
            ("IF-4", "IF 4"),
            ("IF-4", "IF_4"),
            ("IF-4", "IF\u20134"),
            ("IF-4", "IF--4"),
            ("IF-4", "IF-4\u200b"),
            ("IF-4", "IF-4 "),
            ("IF-4", "ＩＦ-４"),
            ("IF-4", "\u0406F-4"),
            ("HQ Finance", "HQ\u00a0finance"),
            ("HQ Finance", "HQ Fin\u200bance"),
            ("PAC-1", "\u0420\u0410\u0421-1"),
            ("7", "007"),
            ("0", "00"),
            ("A-1-B-2", "a-01-b-002"),
            ("abcDEF1234", "ABCdef1234"),
            ("abcdefghijk", "ABCDEFGHIJK"),
            ("abc-DEF-12345", "ABC-DEF-12345"),
        ],
    )
    def test_is_one_key_written_in_two_ways(self, one: str, other: str):
        assert alike(one) == alike(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("IF-4", "IF-40"),
            ("1-1", "11"),
            ("A-1-1", "A-11"),
            ("I-11", "II-1"),
            ("I1", "L1"),
            ("I-1", "L-1"),
            ("A+", "A-1"),
            ("IF-4", "IG-4"),
            ("1.1", "1.01"),
            ("1.1", "1.10"),
            ("1.1", "11"),
            ("A", "B"),
            ("abcDEF12345", "ABCdef12345"),
            ("0", ""),
            ("IF-10", "IF-1"),
        ],
    )
    def test_two_keys_are_two(self, one: str, other: str):
        """Outline numbers, and identifiers of a system in which capitals tell apart."""
        assert alike(one) != alike(other)

    def test_each_double_is_told_after_the_first_of_its_kind(self):
        keys = [("IF-4",), ("X",), ("IF-04",), ("if-4",), ("IF-4",)]

        assert likely_doubles(keys) == [(0, 2), (0, 3)]
        assert likely_doubles([("IF-4", "A"), ("IF-04", "B"), ("IF-04", "a")]) == [(0, 2)]


class TestDoubts:
    def test_both_are_named(self, collect):
        """Nineteen interfaces are not twenty."""
        answer = ask(collect, ["IF-4", "IF-5", "IF-04"])

        assert (answer.part, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)
        assert "key is 'IF-4' in line 2 and 'IF-04' in line 4, which look like one key" in answer.detail
        assert "IF-" not in answer.told
        assert "in line 2 and 4; correct the file" in answer.told

    def test_how_many_more_there_are_is_told(self, collect):
        assert "in line 4 (and 1 more), which" in ask(collect, ["IF-4", "IF-5", "IF-04", "if-5"]).detail

    @pytest.mark.parametrize(
        ("keys", "more", "gap"),
        [
            (["IF-4", "IF-40"], {}, False),
            (["IF-4", "IF-04"], {"distinct": "the old and the new interface of one name"}, False),
            (["IF-4", "IF-04"], {"unique": [], "one_row": "a run"}, False),
            (["IF-4", "IF-04"], {"unique": [], "one_row": None}, True),
            (["\u00c4-4", "\u00e4-4"], {}, True),
            (["\u00c4-4", "\u00c4-5"], {}, False),
        ],
    )
    def test_only_what_nobody_settled(self, collect, keys, more, gap):
        assert (ask(collect, keys, **more).gap is GapReason.AMBIGUOUS_ROWS) is gap

    @pytest.mark.parametrize(
        ("fact", "gap"),
        [
            ({"share": {"where": 'state == "Done"', "per": {"column": "key", "need": "every"}}}, True),
            ({"any": {"where": 'state == "Done"'}}, False),
        ],
    )
    def test_things_that_are_counted_have_keys_too(self, collect, fact, gap):
        """A fact that no second row changes has nothing to ask."""
        answer = ask(collect, ["IF-4", "IF-04", "IF-4"], fact, unique=[])

        assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is gap

    def test_numbers_are_written_in_one_way(self, collect):
        columns = {"key": {"type": "integer"}, "state": {**STATE, "header": "state"}}
        settings = {"tables": {"t": {"columns": columns, "unique": ["key"]}}, "facts": {"f": DONE}}

        assert collect({"f.csv": b"key,state\n1,Done\n-1,Done\n"}, settings)["f"].gap is None

    def test_a_long_key_is_cut(self, collect):
        answer = ask(collect, ["K" * 61 + "1", "K" * 61 + "01"])

        assert f"'{'K' * 60}'" in answer.detail

    @pytest.mark.parametrize("reason", ["tbd", "n/a"])
    def test_a_reason_says_something(self, reason):
        said = {"columns": {"key": {"type": "id"}}, "unique": ["key"], "distinct": reason}
        settings = {"tables": {"t": said}, "facts": {"f": {"count": {}, "unit": "rows"}}}

        with pytest.raises(SettingsRefusal, match="does not say why keys that look alike"):
            TableCollector().declare(TableSettings.model_validate_json(json.dumps(settings)))


class TestSetAside:
    KEYS = ("IF-1", "IF-2", "#IF-3")

    @pytest.mark.parametrize("key", ["#IF-3", "# IF-3", "//IF-3", "-- IF-3", "~~IF-3~~"])
    def test_a_key_that_is_commented_out_is_a_gap(self, collect: Any, key: str):
        """Somebody set the row aside where no line can strike it; it must not count as an item that is done."""
        answer = ask(collect, ["IF-1", "IF-2", key])

        assert answer.gap is GapReason.AMBIGUOUS_ROWS
        assert answer.detail.startswith("f.csv: key in line 4 begins with a sign that sets rows aside")
        assert "rows: {struck: {column: key, values: [...]}}" in answer.told

    @pytest.mark.parametrize(("keys", "found"), [(["#1", "2", "3"], [0]), (["#1", "2"], []), (["#1", "#2", "3"], [])])
    def test_a_sign_that_half_of_the_keys_have_is_part_of_them(self, keys: list[str], found: list[int]):
        """Numbers of tickets are written #12."""
        assert set_aside(keys) == found

    @pytest.mark.parametrize("key", ["IF#3", "-3", "#", "---"])
    def test_a_sign_elsewhere_or_alone_sets_nothing_aside(self, key: str):
        """What no sign of a comment begins is a key as others are."""
        assert set_aside(["IF-1", "IF-2", key]) == []

    def test_a_person_may_say_that_such_rows_are_items(self, collect: Any):
        """The office that numbers its late items so knows."""
        answer = ask(collect, list(self.KEYS), rows={"struck": "counts"})

        assert (answer.gap, answer.whole) == (None, 3), answer.detail

    def test_such_rows_are_left_out_by_name(self, collect: Any):
        """What the file sets aside is told beside the number."""
        answer = ask(collect, list(self.KEYS), rows={"struck": {"column": "key", "values": ["#IF-3"]}})

        assert (answer.gap, answer.whole) == (None, 2), answer.detail


@pytest.mark.parametrize("other", ["IF-O6", "lF-06", "IF06", "IF/06", "IF-06.", "IF-06*", "'IF-06", "(IF-06)"])
def test_a_second_spelling_is_a_doubt_in_a_table(collect, other):
    """The database looks first, and must not pass over what the eye takes for the same key."""
    assert ask(collect, ["IF-06", "IF-10", other]).gap == GapReason.AMBIGUOUS_ROWS
    assert ask(collect, ["IF-06", "IF-10", other], distinct="two systems").gap is None


@pytest.mark.parametrize("keys", [["IF-1", "IF-10", "IF-11"], ["1.1", "11", "1.10"], ["I-1", "L-1", "R-1"]])
def test_real_schemes_raise_no_doubt(collect, keys):
    """Outline numbers and the letters of a RAID log."""
    assert ask(collect, keys).gap is None
