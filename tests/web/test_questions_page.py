"""The questions: answered by a named person who has looked, or in the binding workbook; nothing else is confirmed."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from tests.web.asked import Asker

from gonogo.first_week.adding.added import add
from gonogo.first_week.adding.open_program import open_program
from gonogo.model.program import Binding
from gonogo.program.program_file import load_program
from gonogo.text import seat_words
from gonogo.web.forms import MOST_UPLOAD

PAGE = "/bindings/change-requests-v"
FILE = "evidence/change requests v3.csv"


def bound(asker: Asker) -> Binding:
    """The binding that waits."""
    return next(each for each in load_program(asker.desk.program).program.bindings if each.id == "change-requests-v")


def heard(asker: Asker, fields: dict[str, str]) -> str:
    """What an answer had to say."""
    assert asker.send(PAGE, fields).status == 303
    notice = asker.desk.take_notice()
    assert notice is not None
    return " ".join((notice.title, *notice.lines))


def test_questions_are_listed_by_the_seat_that_is_asked(week: Asker) -> None:
    """One list, so that each person is asked once."""
    with (week.desk.program / "gonogo.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# FILL IN: who signs\n")
    text = week.get("/questions").text

    assert "A guess stands for each; nothing is read until a person has confirmed it." in text
    assert "Ask the provider's program manager " in text
    assert f"change-requests-v {FILE}" in text
    assert "To fill in, in the program's files gonogo.yaml:" in text
    assert "8 MB" in text
    assert "who signs" in text


def test_the_questions_above_a_binding_stand_below_its_name(week: Asker) -> None:
    """Where there is none, the question is whether it is read rightly."""
    path = week.desk.program / "gonogo.yaml"
    text = path.read_text(encoding="utf-8")
    begin = "  - id: change-requests-v"
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(("  # ask: ", "  #   "))]
    path.write_text("".join(lines), encoding="utf-8")
    assert "Is it read rightly?" in week.get("/questions").text
    path.write_text("".join(lines).replace(begin, f"  # ask: who decides?\n{begin}"), encoding="utf-8")
    shown = week.get("/questions").text

    assert f"{FILE} who decides?" in shown
    assert "Is it read rightly?" not in shown


def test_what_a_collector_reads_is_asked_of_who_owns_its_facts(week: Asker) -> None:
    """A test report has no facts of its own in the program's file; its name says what it is about."""
    report = "<testsuite name='s' timestamp='2026-04-02T00:00:00'><testcase classname='a' name='x'/></testsuite>"
    (week.desk.program / "evidence" / "sit.xml").write_text(report, encoding="utf-8")
    add(week.desk.program, [week.desk.program / "evidence" / "sit.xml"])
    opened = open_program(week.desk.program)
    [owner] = {seat for group, seat in opened.terms().owners.items() if group == "sit"}

    text = week.get("/questions").text

    assert f"Ask {seat_words(owner)} sit evidence/sit.xml" in text


def test_a_person_who_looked_confirms_by_name(week: Asker) -> None:
    """The page shows what is read today; the comment in the file says who confirmed it and when."""
    page = week.get(PAGE)
    assert "Confirmed no, so no run reads it What it reads today" in page.text
    text = week.follow(week.send(PAGE, {"answer": "yes", "by": "Ada Kirsch", "seen": page.hidden("seen")})).text

    assert bound(week).confirmed is None
    assert "Answered change-requests-v: confirmed by Ada Kirsch." in text
    assert "# confirmed by Ada Kirsch on 20" in (week.desk.program / "gonogo.yaml").read_text(encoding="utf-8")
    again = week.get(PAGE)
    assert ("yes, or never asked" in again.text, "<form" in again.html) == (True, False)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"answer": "yes", "by": "Ada Kirsch", "seen": ""}, "Nobody has looked at what it reads."),
        ({"answer": "yes", "by": "Ada Kirsch", "seen": "x"}, "has changed since you looked"),
        ({"answer": "yes", "by": " "}, "Nobody is named."),
        ({"answer": "", "by": "Ada Kirsch"}, "neither yes nor no"),
        ({"answer": "later", "by": "Ada Kirsch"}, "neither yes nor no"),
        ({"answer": "no", "by": "Ada Kirsch"}, "No reason is given."),
    ],
)
def test_half_an_answer_confirms_nothing(week: Asker, fields: dict[str, str], why: str) -> None:
    """A guess is never used before a person has confirmed it."""
    before = (week.desk.program / "gonogo.yaml").read_bytes()
    seen = {} if "seen" in fields else {"seen": week.get(PAGE).hidden("seen")}
    said = heard(week, {**seen, **fields})

    assert said.startswith("Not done ")
    assert why in said
    assert (week.desk.program / "gonogo.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("said", "confirmed", "build"), [("", False, "B-7"), ("x", False, "B-7"), ("yes", None, "B-7"), ("no", None, None)]
)
def test_of_which_build_results_are_is_signed_by_who_was_asked(
    week: Asker, said: str, confirmed: bool | None, build: str | None
) -> None:
    """The file may be last month's; the terminal and the workbook ask, and the page signed it unasked."""
    path = week.desk.program / "evidence" / "SIT results 2026-11-19.csv"
    path.write_text("Case,Result\nS-1,Passed\nS-2,Failed\n", encoding="utf-8")
    add(week.desk.program, [path])
    page = week.get("/bindings/sit-results")
    assert "Are these the results of build B-7? The file does not say it." in page.text

    fields = {"answer": "yes", "by": "Ada Kirsch", "seen": page.hidden("seen"), "build": said}
    text = week.follow(week.send("/bindings/sit-results", fields)).text

    (found,) = [each for each in load_program(week.desk.program).program.bindings if each.id == "sit-results"]
    assert (found.confirmed, found.build) == (confirmed, build)
    assert ("nobody has said whether these are the results of build B-7" in text) is (confirmed is False)
    assert "Are these the results" not in week.get(PAGE).text


@pytest.mark.parametrize("changed", [FILE, "gonogo.yaml"])
def test_what_changed_since_somebody_looked_is_not_confirmed_by_that(week: Asker, changed: str) -> None:
    """The answer is about what was on the screen, and not about what lies there by now."""
    seen = week.get(PAGE).hidden("seen")
    file = week.desk.program / changed
    file.write_bytes(file.read_bytes() + (b"# later\n" if changed == "gonogo.yaml" else b"C3,Rejected,2026-04-03\n"))

    assert "has changed since you looked" in heard(week, {"answer": "yes", "by": "Ada Kirsch", "seen": seen})
    assert bound(week).confirmed is False


ANSWERS = f"{PAGE}/answers"


def answered(asker: Asker, fields: dict[str, str]) -> str:
    """What the detailed answers had to say: on the page that they come back with, or on the next one."""
    answer = asker.send(ANSWERS, fields)
    if answer.status == 200:
        return answer.text
    assert answer.status == 303
    notice = asker.desk.take_notice()
    assert notice is not None
    return " ".join((notice.title, *notice.lines))


def test_what_was_typed_is_not_lost_by_a_mistake(week: Asker) -> None:
    """Forty answers and one wrong day: the page comes back with the forty, and says what is wrong."""
    page = week.get(ANSWERS)
    name, value = page.choice("Submitted in Decision means", "approved")
    fields = page.fields() | {"a1": "Ada Kirsch", "a6": "soon", name: value}
    again = week.send(ANSWERS, fields)

    assert again.status == 200
    assert "Not done error[G010] `soon` is not a day" in again.text
    assert again.fields() == fields
    assert week.follow(week.send(ANSWERS, again.fields() | {"a6": ""})).status == 200
    assert bound(week).confirmed is None


def test_a_name_is_typed_once(week: Asker) -> None:
    """It stands in the next form, and may be changed there."""
    assert week.get(PAGE).fields()["by"] == ""
    heard(week, {"answer": "yes", "by": "Ada Kirsch", "seen": "x"})

    assert week.get(PAGE).fields()["by"] == "Ada Kirsch"
    assert week.get(ANSWERS).fields()["a1"] == "Ada Kirsch"


def test_a_person_says_in_detail_how_it_is_read(week: Asker) -> None:
    """Which column says what and what each word means: the rows of the binding workbook, as a form."""
    page = week.get(ANSWERS)
    fields = page.fields() | {"a1": "Ada Kirsch"}
    assert fields.keys() >= {"form", "seen", "a1", "a2"}
    only, column = page.choice("Column by which only some rows count", "Decision")
    fields |= {only: column, only.replace("a", "s"): "Approved; Submitted"}  # words are written, and not chosen
    before = (week.desk.program / "gonogo.yaml").read_bytes()
    refused = answered(week, fields | {only.replace("a", "s"): "Waived"})
    assert "say beside it which words of `Decision` count" in refused
    assert (week.desk.program / "gonogo.yaml").read_bytes() == before
    said = answered(week, fields)
    found = bound(week)

    assert said.startswith("Answered change-requests-v: confirmed by Ada Kirsch; answers cr.undecided.")
    assert found.confirmed is None
    where = found.settings["facts"]["cr.undecided"]["count"]["where"]
    assert where == 'not (decision == "Approved")'


def test_a_confirmed_binding_is_corrected_on_the_page(week: Asker) -> None:
    """What stands is shown, a reason is needed, and the page says what it comes to before and after."""
    answered(week, week.get(ANSWERS).fields() | {"a1": "Ada Kirsch"})
    assert "It stays in force as it was confirmed" in week.get(PAGE).text
    page = week.get(ANSWERS)
    assert "Each answer stands as it was confirmed." in page.text
    name, value = page.choice("Submitted in Decision means", "approved")
    fields = page.fields() | {"a1": "Bea Lund", name: value}
    before = (week.desk.program / "gonogo.yaml").read_bytes()
    assert "say under `why corrected` why" in answered(week, fields)
    assert (week.desk.program / "gonogo.yaml").read_bytes() == before

    said = answered(week, fields | {"a2": "submitted is as good as approved here"})

    assert said.startswith("Answered change-requests-v: against what the words say, by Bea Lund")
    assert "`Submitted` under Decision counts" in said
    assert "change-requests-v: corrected by Bea Lund: submitted is as good as approved here" in said
    assert "word Submitted under Decision: open before, approved now" in said
    assert "cr.undecided: " in said
    assert bound(week).confirmed is None


def test_detailed_answers_that_nobody_gave_change_nothing(week: Asker) -> None:
    """No name, a row that is missing, a choice that was not offered, a file that has changed: each is refused."""
    page = week.get(ANSWERS)
    fields = page.fields() | {"a1": "Ada Kirsch"}
    before = (week.desk.program / "gonogo.yaml").read_bytes()
    later = dict([page.choice("What to do with the file", "later")])
    key = dict([page.choice("The column that tells every row apart", "Modified")])
    many = {"a0": "interfaces", **{f"a{number}": "" for number in range(len(fields), 60)}}

    assert "still waits" in answered(week, fields | {"a1": "  "})
    assert "still waits" in answered(week, fields | later)
    assert "not every question is answered" in answered(week, {k: v for k, v in fields.items() if k != "a5"})
    assert "was not offered" in answered(week, fields | {"a4": "4"})
    assert "was not offered" in answered(week, fields | {"a4": "-1"})
    assert "was not offered" in answered(week, fields | {"a4": "provider"})
    assert "was not offered" in answered(week, fields | {"a4": ""})
    assert "has changed since you looked" in answered(week, fields | {"seen": ""})
    assert (week.desk.program / "gonogo.yaml").read_bytes() == before
    assert week.send(ANSWERS, fields | {"form": "x"}).status == 403
    assert "confirmed by" in answered(week, fields | key | many)


def test_what_is_no_evidence_is_set_aside_with_the_reason(week: Asker) -> None:
    """It is asked about once."""
    seen = week.get(PAGE).hidden("seen")
    said = heard(week, {"answer": "no", "by": "Ada Kirsch", "reason": "a draft", "seen": seen})
    program = load_program(week.desk.program).program

    assert "change-requests-v: no evidence" in said
    assert program.bindings == ()
    assert (program.not_evidence or {})[FILE].startswith("a draft (Ada Kirsch, 20")
    assert "No binding waits for a person." in week.get("/questions").text


def test_the_binding_workbook_goes_out_and_comes_back(week: Asker) -> None:
    """Download, fill in, upload: the same workbook as of `gonogo bind`; without a name in it nothing is confirmed."""
    sheet = week.get("/bindings.xlsx")
    assert sheet.header("content-disposition") == 'attachment; filename="bindings.xlsx"'
    assert "1 sheet of the workbook still waits." in week.follow(week.upload("/workbook", sheet.body)).text
    assert bound(week).confirmed is False

    book = openpyxl.load_workbook(io.BytesIO(sheet.body))
    (page,) = [each for each in book.worksheets if "change requests" in each.title]
    next(row for row in page.iter_rows() if row[0].value == "confirmed by")[3].value = "Ada Kirsch"
    filled = io.BytesIO()
    book.save(filled)
    answer = week.upload("/workbook", filled.getvalue(), name="../../../gonogo.yaml")

    assert "The binding workbook was read change-requests-v: confirmed by Ada Kirsch" in week.follow(answer).text
    assert bound(week).confirmed is None
    assert not list(week.desk.program.rglob("bindings.xlsx"))


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "No workbook was chosen."), (b"PK\x03\x04 none", "error["), (b"Sheet,1\n", "error[")]
)
def test_what_is_no_workbook_is_refused(week: Asker, data: bytes, why: str) -> None:
    """A chosen photograph, a file that was cut, or nothing."""
    week.upload("/workbook", data)
    notice = week.desk.take_notice()

    assert notice is not None
    assert (notice.good, why in " ".join(notice.lines)) == (False, True)
    assert bound(week).confirmed is False


def test_a_workbook_that_is_too_large_is_not_read(week: Asker) -> None:
    """Neither by what the browser says of it, nor where it says nothing of it or too little."""
    said = week.ask("POST", week.at("/workbook"), b"x", {"content-length": str(MOST_UPLOAD + 1)})
    hidden = week.ask("POST", week.at("/workbook"), b"x" * (MOST_UPLOAD + 1), {"content-length": "10"})
    most = week.ask("POST", week.at("/workbook"), b"x" * MOST_UPLOAD)

    assert [each.status for each in (said, hidden, most)] == [413, 413, 400]
    assert "larger than 8,000,000 bytes" in hidden.text


def test_a_binding_that_the_program_has_not_is_said_so(week: Asker) -> None:
    """A name from a browser is compared, and never used."""
    for name in ("nothing", "../gonogo.yaml", "%3Cscript%3E"):
        page = week.get(f"/bindings/{name}")
        assert "The program has no binding" in page.text or page.status == 404
        assert "<script" not in page.html


def test_a_workbook_of_nothing_is_not_made(week: Asker) -> None:
    """The link leads to a sentence, and not to an empty workbook; one file that nobody settled is not nothing."""
    heard(week, {"answer": "no", "by": "Ada Kirsch", "reason": "a draft", "seen": week.get(PAGE).hidden("seen")})

    assert week.get("/bindings.xlsx").body.startswith(b"PK")
    (week.desk.program / "evidence" / "interfaces.csv").unlink()
    assert "No binding of the program waits for a person." in week.get("/bindings.xlsx").text


def test_hostile_headings_and_words_are_text_and_can_be_chosen(week: Asker) -> None:
    """A table of somebody else's tool holds what it likes; a choice comes back as a number, and never as its words."""
    rows = 'CR #,"Decision <script>\n""x""",Modified\nC9,"<img src=x>\n",2026-04-01\nC8,Approved,2026-04-02\n'
    (week.desk.program / FILE).write_text(rows, encoding="utf-8")
    pages = [week.get(PAGE), week.get(ANSWERS), week.get("/questions")]

    assert not [bad for bad in ("<script", "<img", '""x""') if any(bad in each.html for each in pages)]
    fields = pages[1].fields() | {"a1": "Ada <b>Kirsch</b>\n  confirmed: yes"}
    assert all(value.isdigit() for value in re.findall(r'<option value="([^"]*)"', pages[1].html))
    answered(week, fields)
    assert "<b>" not in week.get("/questions").html
    assert load_program(week.desk.program).program.identity.id == "p"


DEFECTS = "/bindings/defects"
SIGNED = {"answer": "yes", "by": "Ada Kirsch", "held": "2026-11-19"}


def defects(asker: Asker) -> Binding:
    """The list of two environments."""
    return next(each for each in load_program(asker.desk.program).program.bindings if each.id == "defects")


def said_of_rows(asking: Asker, **fields: str) -> str:
    """What the form of the list had to say."""
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', asking.get(DEFECTS).html)[0]
    assert asking.send(DEFECTS, {**SIGNED, "seen": seen, **fields}).status == 303
    notice = asking.desk.take_notice()
    assert notice is not None
    return " ".join((notice.title, *notice.lines))


def test_which_rows_count_is_chosen_beside_what_each_choice_gives(asking: Asker) -> None:
    """The guess was signed by anyone who pressed the button, and the page did not show it."""
    page = asking.get(DEFECTS)

    assert "Which rows count by Environment" in page.text
    options = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', page.html)
    assert options[0] == ("", "nothing chosen")
    assert options[1][1].startswith("SIT: defects.critical_open 3")
    assert options[2][1].startswith("UAT: defects.critical_open 0")
    assert options[3][1].startswith("every row counts: defects.critical_open 3")
    assert "selected" in page.html.partition('value=""')[2][:20]
    assert "defects.critical_open = " not in page.text


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "nobody has said which rows count by `Environment`"),
        ({"r0": ""}, "nobody has said which rows count by `Environment`"),
        ({"r0": "4"}, "What was chosen was not offered."),
        ({"r0": "UAT"}, "What was chosen was not offered."),
    ],
)
def test_a_form_without_a_choice_of_rows_confirms_nothing(asking: Asker, chosen: dict[str, str], said: str) -> None:
    assert said in said_of_rows(asking, **chosen)
    assert defects(asking).confirmed is False


@pytest.mark.parametrize(("number", "counts"), [("1", ["SIT"]), ("2", ["UAT"]), ("3", None)])
def test_the_rows_that_were_chosen_are_those_that_count(asking: Asker, number: str, counts: list[str] | None) -> None:
    assert "by `Environment`." in said_of_rows(asking, r0=number)

    binding = defects(asking)
    (table,) = binding.settings["tables"].values()
    assert binding.confirmed is None
    assert table.get("subject", {}).get("environment", {}).get("counts") == counts
    assert ("Environment" in table.get("not_subject", {})) is (counts is None)


def test_what_is_no_evidence_needs_no_choice_of_rows(asking: Asker) -> None:
    """The other form of the page asks nothing of it."""
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', asking.get(DEFECTS).html)[0]
    asking.send(DEFECTS, {"answer": "no", "reason": "a list of last year", "by": "Ada Kirsch", "seen": seen})

    assert "evidence/Defects.csv" in (load_program(asking.desk.program).program.not_evidence or {})
