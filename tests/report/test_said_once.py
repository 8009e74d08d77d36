"""The whole report says a thing once: 1,852 lines of one first run held the same sentence 127 times."""

from __future__ import annotations

import pytest

from gonogo.model.what_would_change import FactChange
from gonogo.report.detail import says_no_value
from gonogo.report.formats.full_format import _once, _table
from gonogo.report.page import Entry, PageTable, Words
from gonogo.report.would_change import _rows

OWNER = ("Owner", "Ada Kirsch")
LACKS = ("Facts", "a.b and a.c: no usable value. The binding a waits for a person to confirm it.")
BLOCKER = Entry("Training (w.t)", ("High",), "Unknown: a.b is unconfirmed. It blocks because it has no plan.", (OWNER,))


def lines(table: PageTable, width: int = 100) -> list[str]:
    """A table as text."""
    return ["".join(text for text, _ in line).rstrip() for line in _table(table, width)]


class TestEntries:
    def test_a_finding_that_blocks_names_the_section_that_said_why(self) -> None:
        """Sentence, owner and remedy stood in both sections."""
        told: dict[str, tuple[Entry, str]] = {}
        asks = ("Asks", "Everybody has a seat.")
        again = Entry(BLOCKER.title, ("Unknown",), "Unknown: a.b is unconfirmed.", (asks, LACKS, OWNER))

        assert _once(BLOCKER, "What blocks", told) == BLOCKER
        said = _once(again, "Every finding", told)

        assert said == Entry(BLOCKER.title, ("Unknown",), "As said under What blocks.", (asks,))

    @pytest.mark.parametrize(
        "entry",
        [
            Entry("Another (w.o)", (), "Unknown: a.b is unconfirmed.", (LACKS, OWNER)),
            Entry(BLOCKER.title, (), "Met: 12 of 12.", (LACKS, OWNER)),
            Entry(BLOCKER.title, (), "", (LACKS, OWNER)),
        ],
    )
    def test_what_was_not_said_before_is_said_whole(self, entry: Entry) -> None:
        """A sentence that is left out and stands nowhere is a reason that nobody hears."""
        told = {BLOCKER.title: (BLOCKER, "What blocks")}

        assert _once(entry, "Every finding", told) == entry
        assert _once(Words("x"), "Every finding", told) == Words("x")

    def test_only_a_row_of_facts_without_a_value_says_what_the_sentence_says(self) -> None:
        """The value of a fact that counts against the criterion stands in no sentence."""
        assert says_no_value(LACKS)
        assert not says_no_value(("Fact", "a.b = 3 of 12, from roster"))
        assert not says_no_value(("Remedy", "a.b: no usable value. "))


class TestTables:
    def test_a_table_that_wraps_most_of_its_lines_is_told_row_by_row(self) -> None:
        """Three columns of thirty marks made 250 lines of seventeen sentences."""
        wide = " ".join(["word"] * 60)
        cause, facts = "Nobody has confirmed the binding", "comms.delivered_ratio, comms.owed_ratio, comms.late"
        rows = ((cause, facts, wide), (cause, facts.upper(), wide))
        table = PageTable("Facts", ("Cause", "Facts", "What is wrong"), rows)

        text = lines(table)

        assert text.count(cause) == 2
        assert f"  Facts          {facts}" in text
        assert sum(line.count("word") for line in text) == 120

    def test_a_table_of_short_cells_keeps_its_columns(self) -> None:
        """Figures are compared down a column."""
        table = PageTable("Domains", ("Domain", "Met"), (("Program", "3"), ("System", "4")))

        assert any("Domain" in line and "Met" in line for line in lines(table))
        assert any("Program" in line and "3" in line for line in lines(table))


def test_why_nothing_is_known_stands_once_for_a_way() -> None:
    """Three facts of one binding gave its sentence three times; another reason is said too."""
    why, other = "it is unconfirmed: nobody has looked", "it is missing: row 7 is blank"
    way = [FactChange("a.b", why, "1"), FactChange("a.c", why, "2"), FactChange("d.e", other, "3")]

    [(label, text)] = _rows([way], "Needed")

    assert label == "Needed"
    assert text == f"a.b: 1 (now {why}); a.c: 2 (now unconfirmed); d.e: 3 (now {other})"
