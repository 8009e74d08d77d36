"""The forms of the criteria document: nothing is left out, and the checklist has a row for each criterion."""

import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pytest

from gonogo.model.finding import Status
from gonogo.model.ruleset import GateMode, NotApplicable
from gonogo.paper.criteria_paper import criteria_paper
from gonogo.paper.paper_formats import FORMATS
from gonogo.paper.paper_page import PaperTable
from gonogo.workflow.criteria_document import agreed_criteria

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def workbook(agreed):
    return openpyxl.load_workbook(BytesIO(FORMATS["xlsx"](agreed, criteria_paper(agreed))))


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("name", FORMATS)
def test_equal_input_gives_equal_bytes(agreed, name):
    """The digest of the paper that was signed can be noted."""
    once, again = (FORMATS[name](agreed, criteria_paper(agreed)) for _ in range(2))

    assert once == again


def test_the_word_document_holds_every_cell_of_the_paper(agreed):
    """What is missing from the paper that is signed was never agreed to."""
    paper = criteria_paper(agreed)
    with zipfile.ZipFile(BytesIO(FORMATS["docx"](agreed, paper))) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    told = [block for block in paper.blocks if isinstance(block, PaperTable)]
    written = [
        [
            ["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
            for row in table.iter(f"{W}tr")
        ]
        for table in document.iter(f"{W}tbl")
    ]

    assert written == [[list(block.header), *map(list, block.rows)] for block in told]


class TestTheChecklist:
    def test_each_criterion_is_a_row_with_its_words_and_people(self, agreed):
        """M3's form: what is asked, how critical it is, by whom."""
        head, *found = rows(workbook(agreed)["Checklist"])
        (desk,) = [dict(zip(head, row, strict=True)) for row in found if row[3] == "operations.desk.staffed"]

        assert [row[3] for row in found] == [each.id for each in agreed.ruleset.questions]
        assert (desk["Criticality"], desk["Due from"]) == ("High (mandatory)", "the first assessment")
        assert desk["Owner"] == "the customer's program manager (Theo Brandvold)"

    def test_what_is_not_asked_or_decides_nothing_says_so(self, agreed):
        """A criterion that does not apply stood among the others, and one in shadow looked enforced."""
        first, second, *rest = agreed.ruleset.criteria
        spared = first.model_copy(
            update={"not_applicable": NotApplicable(reason="No union.", approved_by="Ada Kirsch")}
        )
        tried = second.model_copy(update={"mode": GateMode.SHADOW})
        changed = replace(agreed, ruleset=agreed.ruleset.model_copy(update={"criteria": (spared, tried, *rest)}))
        head, *found = rows(workbook(changed)["Checklist"])
        told = [dict(zip(head, row, strict=True)) for row in found]

        assert told[0]["Not applicable"] == "No union. (approved by Ada Kirsch)"
        assert told[1]["Enforced from"] == "never: it is tried out, and decides nothing"
        assert {(row["Not applicable"] or "", row["Enforced from"] or "") for row in told[2:]} == {("", "")}

    def test_a_ladder_is_told_where_it_changes(self, agreed):
        """The value of each milestone, without repeating one that stays."""
        head, *found = rows(workbook(agreed)["Checklist"])
        told = {row[3]: dict(zip(head, row, strict=True))["Thresholds by milestone"] for row in found}

        assert told["workforce.training.completion"] == "min_completion: 60% from T-30, 98% from T-0"
        assert told["system.tests.executed"] == "min_executed: 95% from T-30\nmax_failed: 0 from T-30"

    def test_the_headings_are_those_of_a_table(self, agreed):
        """A screen reader and a filter know them."""
        book = workbook(agreed)

        assert book.sheetnames == [
            "Checklist",
            "Cover",
            "Schedule",
            "Signatures of the customer",
            "Signatures of the provider",
        ]
        assert all(len(sheet.tables) == 1 and sheet.freeze_panes == "A2" for sheet in book)

    def test_without_a_run_it_has_no_column_of_statuses(self, agreed):
        """An empty status reads like one that nobody filled in."""
        assert "Status in the run" not in rows(workbook(agreed)["Checklist"])[0]

    def test_the_statuses_of_a_run_stand_beside(self, assessed):
        """Asked, and found, in M3's colours."""
        found = agreed_criteria(assessed.root, run="last")
        head, *told = rows(workbook(found)["Checklist"])

        assert {(row[head.index("Status in the run")], row[head.index("M3 status")]) for row in told} == {
            ("Met", "Green")
        }

    def test_a_criterion_that_the_run_did_not_judge_says_so(self, agreed):
        """A blank would look like a formality."""
        head, first, *_ = rows(workbook(replace(agreed, run="r1"))["Checklist"])

        assert first[head.index("Status in the run")] == "not judged in the run"
        assert Status.MET.value not in first
