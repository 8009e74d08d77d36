"""Tables whose cells, headers and rows are not what the program says: CSV, workbooks and JSON."""

import io
import json
import re

import openpyxl
import pytest

INTERFACES = "evidence/system/interfaces.csv"
FUNDING = "evidence/program/funding_2027-04-09.csv"
CONFIG = "evidence/system/config_items_2027-04-14.csv"
EXIT = "evidence/system/mock_exit_2027-03-31.csv"
CALLS = "evidence/operations/helpdesk_test_calls.csv"
SESSIONS = "evidence/workforce/sessions_2027-04-14.csv"
DEFECTS = "evidence/system/defects.json"
STATUS = "evidence/program/status_2027-04-16.csv"
ROSTER = "evidence/workforce/roster_2027-04-16.csv"
RTM = "evidence/system/rtm.xlsx"
COMMS = "evidence/workforce/comms_plan.xlsx"
FIRST = "IF-01,Treasury payments,Approved,Passed,None,2027-04-14"


def interface(row):
    return lambda folder: folder.edit(INTERFACES, FIRST, row)


def amount(text):
    return lambda folder: folder.edit(FUNDING, "1284611.37", text)


def defects(change):
    def way(folder):
        document = json.loads(folder.bytes(DEFECTS))
        change(document)
        folder.put(DEFECTS, json.dumps(document, indent=1))

    return way


def requirements(change):
    return lambda folder: folder.sheet(RTM, lambda workbook: change(workbook["RTM"]))


def groups(change):
    return lambda folder: folder.sheet(COMMS, lambda workbook: change(workbook["Cutover Groups"]))


def swap(folder):
    text = folder.bytes(INTERFACES).decode()
    folder.put(INTERFACES, re.sub(r"(?m)^([^,]*),([^,]*),([^,]*),([^,]*),", r"\1,\2,\4,\3,", text))


def merge_header(sheet):
    sheet["C1"] = None
    sheet.merge_cells("B1:C1")


CSV = {
    "an id twice": (lambda f: f.edit(INTERFACES, "IF-02,", "IF-01,"), "interfaces.csv"),
    "a column too many": (interface(FIRST + ",x"), "the first that has not is line 2"),
    "a cell too few": (interface("IF-01,Treasury payments,Approved,Passed,None"), "the first that has not is line 2"),
    "a header renamed": (lambda f: f.edit(INTERFACES, "end_to_end", "end_2_end"), "end_2_end"),
    "a header twice": (lambda f: f.edit(INTERFACES, "open_problem", "end_to_end"), "end_to_end"),
    "columns swapped": (swap, "interfaces.csv"),
    "a word that nobody declared": (
        interface(FIRST.replace("Passed", "OK")),
        "column 'end_to_end' is not one of the 3 allowed texts",
    ),
    "a word in another case": (interface(FIRST.replace("Passed", "passed")), "in line 2"),
    "a blank where a word belongs": (interface(FIRST.replace("Passed", "")), "column 'end_to_end' is blank in line 2"),
    "a stray blank": (interface(FIRST.replace("Passed", "Passed ")), "no blanks around it, in line 2"),
    "a letter that looks the same": (
        interface(FIRST.replace("Passed", "P\u0430ssed")),
        "column 'end_to_end' is not one of the 3 allowed texts",
    ),
    "a quote that is never closed": (interface(FIRST.replace("Passed", '"Passed')), "interfaces.csv"),
    "semicolons": (lambda f: f.put(INTERFACES, f.bytes(INTERFACES).replace(b",", b";")), "interfaces.csv"),
    "carriage returns": (lambda f: f.put(INTERFACES, f.bytes(INTERFACES).replace(b"\n", b"\r")), "carriage return"),
    "rows that differ in their date": (interface(FIRST.replace("14", "13")), "differ in column 'status_on'"),
    "a row from the future": (
        lambda f: f.put(INTERFACES, f.bytes(INTERFACES).replace(b"2027-04-14", b"2027-04-20")),
        "after the assessment",
    ),
    "rows that are old": (
        lambda f: f.put(INTERFACES, f.bytes(INTERFACES).replace(b"2027-04-14", b"2027-02-14")),
        "only evidence younger",
    ),
    "a day that does not exist": (interface(FIRST.replace("04-14", "02-30")), "column 'status_on' is not a date"),
    "a date as Americans write it": (
        interface(FIRST.replace("2027-04-14", "04/14/2027")),
        "column 'status_on' is not a date",
    ),
    "NaN": (amount("NaN"), "column 'obligated' is not an amount"),
    "Infinity": (amount("Infinity"), "column 'obligated' is not an amount"),
    "N/A": (amount("N/A"), "column 'obligated' is not an amount"),
    "an exponent": (amount("1e9"), "column 'obligated' is not an amount"),
    "an underscore": (amount("1_284_611.37"), "column 'obligated' is not an amount"),
    "digits of another script": (amount("\u0661\u0662\u0663"), "column 'obligated' is not an amount"),
    "thousands": (amount('"1,284,611.37"'), "column 'obligated' is not an amount"),
    "a third decimal": (amount("1284611.375"), "column 'obligated' is not an amount"),
    "a cent less": (amount("1284611.36"), "column 'obligated' do not add up to the control total"),
    "a formula": (amount("=1+1"), "column 'obligated' is not an amount"),
    "a share with a sign where ratios stand": (
        lambda f: f.edit(CONFIG, "0.9800", "98%"),
        "column 'coverage' is not a ratio",
    ),
    "a share of a hundred where ratios stand": (
        lambda f: f.edit(CONFIG, "0.9800", "98.00"),
        "column 'coverage' is not a ratio",
    ),
    "a ratio where shares of a hundred stand": (
        lambda f: f.edit(EXIT, ",99.68", ",0.9968"),
        "up to 1 it may be a ratio; more than 100% only where `highest` says how much, in line 2",
    ),
    "a share without its sign": (
        lambda f: f.edit(EXIT, "99.5%", "99.5"),
        "column 'required' is not a percentage with its sign",
    ),
    "a number with its unit": (
        lambda f: f.edit(SESSIONS, ",24\n", ",24 seats\n"),
        "column 'seats' is not a whole number",
    ),
    "an instant in another form": (
        lambda f: f.edit(CALLS, "2027-04-15 03:41:00", "2027-04-15T03:41:00Z"),
        "column 'called_at_utc'",
    ),
    "words for a count": (
        lambda f: f.edit(STATUS, "without workaround,Green,0", "without workaround,Green,none"),
        "column 'figure' is not a whole number",
    ),
    "a person twice": (
        lambda f: f.line(ROSTER, 3, f.bytes(ROSTER).decode().splitlines()[1]),
        "training-plan",
    ),
    "a row too many": (
        lambda f: f.put(ROSTER, f.bytes(ROSTER) + b"0123456789abcdef,Unit 01,HQ,Auditor,No\n"),
        "has 1463 rows of data, not 1462",
    ),
    "yes in another language": (
        lambda f: f.edit("evidence/workforce/role_courses.csv", ",Yes", ",Oui"),
        "role_courses.csv",
    ),
    "two sources that disagree": (
        lambda f: f.edit(STATUS, "without workaround,Green,0", "without workaround,Green,9"),
        "Sources disagree",
    ),
}

JSON = {
    "cut": (lambda f: f.cut(DEFECTS, 0.5), "defects.json"),
    "a key twice": (lambda f: f.edit(DEFECTS, '"key": "HL-1",', '"key": "HL-1", "key": "HL-1",'), "defects.json"),
    "NaN": (lambda f: f.edit(DEFECTS, '"total": 486', '"total": NaN'), "defects.json"),
    "words after the end": (lambda f: f.put(DEFECTS, f.bytes(DEFECTS) + b"{}"), "defects.json"),
    "a record less": (defects(lambda d: d["issues"].pop()), "486"),
    "an empty list with a total to match": (
        defects(lambda d: (d["issues"].clear(), d["meta"].update(total=0))),
        "defects.json",
    ),
    "a field gone": (defects(lambda d: d["issues"][3]["fields"].pop("severity")), "severity"),
    "a field too many": (defects(lambda d: d["issues"][3]["fields"].update(risk="x")), "risk"),
    "null": (defects(lambda d: d["issues"][3]["fields"].update(severity=None)), "severity"),
    "another word": (
        defects(lambda d: d["issues"][3]["fields"].update(severity="Critical", status="Done")),
        "column 'fields.status' is not one of the 5 allowed texts",
    ),
    "a number as id": (defects(lambda d: d["issues"][3].update(key=4)), "key"),
    "an id twice": (defects(lambda d: d["issues"][3].update(key="HL-1")), "key should be unique"),
    "made in the future": (
        defects(lambda d: d["meta"].update(exported_at="2027-04-20T22:00:00Z")),
        "after the assessment",
    ),
    "made nobody knows when": (defects(lambda d: d["meta"].pop("exported_at")), "exported_at"),
    "made long ago": (defects(lambda d: d["meta"].update(exported_at="2027-01-17T22:00:00Z")), "only evidence younger"),
    "a critical defect": (
        defects(lambda d: d["issues"][3]["fields"].update(severity="Critical", status="Open")),
        "defects.critical_open stands at 1 defect",
    ),
    "nested without end": (lambda f: f.put(DEFECTS, b"[" * 100_000 + b"]" * 100_000), "defects.json"),
    "UTF-16": (lambda f: f.put(DEFECTS, f.bytes(DEFECTS).decode().encode("utf-16")), "defects.json"),
}

WORKBOOKS = {
    "a sheet renamed": (groups(lambda s: setattr(s, "title", "Groups")), "Cutover Groups"),
    "a sheet hidden": (requirements(lambda s: setattr(s, "sheet_state", "hidden")), "hidden"),
    "rows hidden": (requirements(lambda s: setattr(s.row_dimensions[5], "hidden", True)), "hidden"),
    "a column hidden": (requirements(lambda s: setattr(s.column_dimensions["M"], "hidden", True)), "hidden"),
    "a header merged": (groups(merge_header), "comms_plan.xlsx, sheet Cutover Groups"),
    "a header renamed": (requirements(lambda s: s.__setitem__("M2", "State")), "columns that it has not"),
    "a header renamed in a table without a profile": (groups(lambda s: s.__setitem__("C1", "Heard")), "Heard"),
    "a column put in": (groups(lambda s: s.insert_cols(2)), "comms_plan.xlsx, sheet Cutover Groups"),
    "a number as id": (requirements(lambda s: s.__setitem__("A5", 4)), "A5"),
    "a formula that was never computed": (requirements(lambda s: s.__setitem__("M5", '="Appr"&"oved"')), "M5"),
    "an error cell": (requirements(lambda s: s.__setitem__("M5", "#N/A")), "M5"),
    "another word": (requirements(lambda s: s.__setitem__("M5", "approved-active")), "rtm.approved_ratio"),
    "a row cleared": (
        requirements(lambda s: [s.cell(9, column, None).__setattr__("value", None) for column in range(1, 34)]),
        "19",
    ),
    "a changed requirement without a request": (
        requirements(lambda s: s.__setitem__("O5", "Yes")),
        "rtm.changed_without_cr stands at 1 requirement",
    ),
    "no date on the cover": (lambda f: f.sheet(RTM, lambda w: w["Cover"].__setitem__("B5", None)), "B5"),
    "words for a date on the cover": (lambda f: f.sheet(RTM, lambda w: w["Cover"].__setitem__("B5", "April")), "B5"),
    "a cover that was torn off": (lambda f: f.sheet(COMMS, lambda w: w.remove(w["Cover"])), "Cover"),
    "cut": (lambda f: f.cut(RTM, 0.6), "rtm.xlsx"),
    "a number of groups that is not the plan's": (
        lambda f: f.sheet(COMMS, lambda w: w["Cutover Groups"].delete_rows(15)),
        "14",
    ),
}


KEPT = 20


@pytest.fixture(scope="module")
def shortened(example):
    """Have the requirements in fewer rows: to write 1,210 of them takes longer than to judge them."""
    workbook = openpyxl.load_workbook(example.root / RTM)
    workbook["RTM"].delete_rows(KEPT + 3, 2000)
    stream = io.BytesIO()
    workbook.save(stream)

    def shorten(folder):
        folder.put(RTM, stream.getvalue())
        folder.edit("gonogo.yaml", "control: {rows: 1210}", f"control: {{rows: {KEPT}}}")

    return shorten


class TestTables:
    @pytest.mark.parametrize(("way", "says"), CSV.values(), ids=CSV)
    def test_a_spoiled_csv_is_a_gap_that_says_where(self, way, says, spoiled_evidence):
        """Two readers would read it differently, so nobody reads it."""
        found = spoiled_evidence(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    def test_a_spoiled_cell_of_a_row_that_no_fact_asks_about_changes_nothing(self, spoiled_evidence):
        """The report gives 41 open risks, and what counts is its row of high defects."""
        assert spoiled_evidence(lambda folder: folder.edit(STATUS, "Green,41", "Green,forty-one")).code == 0

    @pytest.mark.parametrize(("way", "says"), JSON.values(), ids=JSON)
    def test_a_spoiled_json_is_a_gap_that_says_where(self, way, says, spoiled_evidence):
        """A tracker's export is believed only whole."""
        found = spoiled_evidence(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    @pytest.mark.parametrize(("way", "says"), WORKBOOKS.values(), ids=WORKBOOKS)
    def test_a_spoiled_workbook_is_a_gap_that_says_where(self, way, says, shortened, decided):
        """What one does to a workbook without noticing."""
        found = decided(lambda folder: (shortened(folder), way(folder)))

        assert found.code == 1, found.told[-3000:]
        assert says in found.told

    def test_a_workbook_that_is_saved_again_changes_nothing(self, shortened, decided):
        """So that the ways above fail for what they do, not for how they do it."""
        assert decided(lambda folder: (shortened(folder), requirements(lambda sheet: None)(folder))).code == 0

    @pytest.mark.parametrize(("ways", "name"), [(CSV, "an id twice"), (JSON, "cut"), (WORKBOOKS, "cut")])
    def test_a_run_on_it_ends_with_1(self, ways, name, spoiled):
        """The command itself comes to what the ways above come to."""
        way, says = ways[name]

        found = spoiled(way)

        assert found.code == 1, found.told[-3000:]
        assert says in found.told
