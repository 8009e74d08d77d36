"""Settings that leave room: other headings, absent and repeated columns, formats and encodings of one file."""

import json

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.collector import TableCollector
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import SettingsRefusal
from gonogo.profiles.example_files import workbook_of

COLUMNS = {
    "key": {"header": "Issue key", "also": ["Schlüssel", "Key"], "type": "id"},
    "status": {"header": "Status", "type": "text", "allowed": "any"},
    "tags": {"header": "Tag", "type": "text", "allowed": "any", "optional": True, "may_be_absent": True},
}
OPEN = {"count": {"where": 'status not in ["Done"]'}, "unit": "issues"}
TAGGED = {"count": {"where": 'tags in ["sod", "a; b"]'}, "unit": "issues"}


def settings(columns=COLUMNS, facts=None, **table):
    """Return settings of one table that leave room."""
    made = {"others": "ignored", "columns": columns, "unique": ["key"], **table}
    return {"tables": {"t": made}, "facts": facts or {"open": OPEN}}


def test_columns_come_in_any_order_under_any_of_their_names_and_others_are_passed_over(collect):
    """People choose the columns of an export; the next one has a column more."""
    made = settings()

    for file in (
        b"Issue key,Status\nA-1,Open\nA-2,Done\n",
        "Neu,Status,X,schlüssel \n,Open,,A-1\n,Done,,A-2\n".encode(),
    ):
        assert collect({"f.csv": file}, made)["open"].value == 1


def test_the_usual_heading_comes_first_and_two_of_the_others_are_refused(collect):
    """Nobody can tell which of two others is meant."""
    assert collect({"f.csv": b"Key,Issue key,Status\n1,A-1,Open\n"}, settings())["open"].open_items == ("A-1",)
    answer = collect({"f.csv": "Key,Schlüssel,Status\nA-1,1,Open\n".encode()}, settings())["open"]

    assert (
        answer.detail == "f.csv: the header has 'Schlüssel' and 'Key', and either could be what the settings call key"
    )


def test_a_lacking_column_is_told_with_what_nobody_reads(collect):
    """The person who exported it sees the difference: the column was renamed."""
    answer = collect({"f.csv": b"Key,State,Note\nA-1,Open,\n"}, settings())["open"]

    told = "f.csv: columns that it has not: 'Status'; columns that nobody reads: 'State', 'Note'"
    assert (answer.detail, answer.told) == (told, told)


@pytest.mark.parametrize(("above", "row"), [(1, 2), (10, 11), (11, None)])
def test_a_note_above_the_headings_is_told_with_where_they_are(collect, above, row):
    """It may say that a filter was applied, so nobody passes over it; and the person sees what is in the way."""
    text = "Applied filters: status is open\n" * above + "Key,Status\nA-1,Open\n"
    book = workbook_of(text, "S")

    for name, data in (("f.csv", text.encode()), ("f.xlsx", book)):
        detail = collect({name: data}, settings())["open"].detail
        assert (f"the headings are in row {row}, below a note or a title" in detail) == (row is not None)
        assert ("columns that it has not" in detail) == (row is None)


@pytest.mark.parametrize("above", ["Status now,Code\nA-1,Open\n", "Key,Now\nA-1,Open\n"])
def test_headings_of_a_later_group_are_not_proposed_for_the_first(collect, above):
    """A person who named that row would lose the items above it."""
    text = above + "Key,Status\nA-2,Done\n"
    repeats = settings(rows={"repeated_heading": "left_out"})

    detail = collect({"f.csv": text.encode()}, repeats)["open"].detail
    assert "columns that it has not: " in detail
    assert "header_row" not in detail


def test_where_no_heading_is_known_the_delimiter_is_that_of_most_cells(collect):
    """A file with tabs was told to be no CSV, where its language is what is different."""
    data = b'"Clave"\t"Estado"\n"A-1"\t"Abierta"\n'
    answer = collect({"f.csv": data}, settings(also_delimiters=["\t", ";"]))["open"]

    assert answer.detail.startswith("f.csv: columns that it has not: 'Issue key'")


def test_the_delimiter_is_that_of_the_headings_below_a_note(collect):
    """The note has a semicolon of its own, which is between no cells."""
    data = b"Filters: open; all\nKey\tStatus\nA-1\tOpen\n"

    assert "are in row 2" in collect({"f.csv": data}, settings(also_delimiters=[";", "\t"]))["open"].detail


def test_headings_that_may_be_data_are_not_shown(collect):
    """Without one heading that is known the row may be a person."""
    answer = collect({"f.csv": b"Ada Kirsch,1959\nA-1,Open\n"}, settings())["open"]

    assert "Ada" not in answer.detail
    assert "none of its headings is known" in answer.detail


def test_a_fact_that_needs_an_absent_column_is_a_gap_and_the_others_are_answered(collect):
    """A count of zero over a column that is not there would be the best answer of all."""
    found = collect({"f.csv": b"Key,Status\nA-1,Open\n"}, settings(facts={"open": OPEN, "tagged": TAGGED}))

    assert found["open"].value == 1
    assert found["tagged"].detail == "f.csv has no column 'Tag', which this fact needs"


def test_what_a_blank_means_does_not_count_for_a_column_that_is_not_there(collect):
    """`blank:` is about cells; a file without the column has none."""
    columns = {**COLUMNS, "tags": {**COLUMNS["tags"], "blank": "none", "blank_reason": "no tag is no risk"}}
    made = settings(columns, {"tagged": {"count": {"where": 'tags != "none"'}, "unit": "issues"}})

    assert collect({"f.csv": b"Key,Status,Tag\nA-1,Open,\nA-2,Open,x\n"}, made)["tagged"].value == 1
    assert collect({"f.csv": b"Key,Status\nA-1,Open\n"}, made)["tagged"].gap is not None


@pytest.mark.parametrize(
    ("which", "words"), [("first", ["sod", "a", "c"]), ("last", ["sod", "b", "c"]), ("joined", ["sod", "a; b", "c"])]
)
def test_repeated_columns_are_one_by_the_word_of_the_settings(collect, which, words):
    """Jira writes a field of several values as several columns of one heading, as many as the widest row needs."""
    columns = {**COLUMNS, "tags": {**COLUMNS["tags"], "repeated": which}}
    file = b"Key,Tag,Status,Tag,Tag\nA-1,sod,Open,,\nA-2,a,Open,,b\nA-3,,Done,c,c\n"
    facts = {f"f{n}": {"count": {"where": f'tags == "{word}"'}, "unit": "issues"} for n, word in enumerate(words)}

    assert {each.value for each in collect({"f.csv": file}, settings(columns, facts)).values()} == {1}
    assert collect({"f.csv": file}, settings(columns))["open"].value == 2


def test_a_repeated_column_without_a_word_on_it_is_refused(collect):
    """The first cell is not the field."""
    made = settings(facts={"open": OPEN, "tagged": TAGGED})
    answer = collect({"f.csv": b"Key,Status,Tag,Tag\nA-1,Open,a,b\n"}, made)["open"]

    assert answer.detail == "f.csv: the header has 'Tag' 2 times; say which counts: repeated: first, last or joined"


def test_a_short_record_of_repeated_columns_is_refused_as_it_was_written(collect):
    """Cells that slid to the left are other people's cells."""
    columns = {**COLUMNS, "tags": {**COLUMNS["tags"], "repeated": "joined"}}
    made = settings(columns, {"open": OPEN, "tagged": TAGGED})
    answer = collect({"f.csv": b"Key,Tag,Tag,Status\nA-1,a,Open\n"}, made)["open"]

    assert answer.detail == "f.csv: the record that begins in line 2 has 3 cells, not 4"


@pytest.mark.parametrize("above", [0, 1, 4])
def test_the_headings_are_found_below_titles(collect, above):
    """Reports have as many title lines as somebody gave them."""
    file = b"Status of Wave 1\n" * above + b"Key,Status\nA-1,Open\n"

    assert collect({"f.csv": file}, settings(header_within=5))["open"].value == 1


def test_headings_below_the_rows_that_are_looked_at_are_not_found(collect):
    """A table that begins late is another table."""
    answer = collect({"f.csv": b"Status of Wave 1\n" * 5 + b"Key,Status\nA-1,Open\n"}, settings(header_within=5))[
        "open"
    ]

    assert answer.gap is not None


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["2027-04-18 09:15"], 1),
        (["18.04.2027 09:15", "30.04.2026 09:15"], 1),
        (["18/Apr/27 9:15 AM"], 1),
        (["04/18/2027 09:15"], 1),
        (["05/04/2027 09:15"], None),
        (["18/Apr/27 9:15 AM", "04/18/2027 09:15"], None),
        (["31.02.2027 09:15"], None),
    ],
)
def test_the_one_format_that_fits_every_cell_is_taken(collect, cells, value):
    """05/04 is April or May by the country of the person who exports; what the file does not show, nobody guesses."""
    day = {"type": "instant", "zone": "local", "header": "Day"}
    day["also_formats"] = ["%d.%m.%Y %H:%M", "%d/%b/%y %I:%M %p", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"]
    made = settings({**COLUMNS, "day": day}, {"late": {"count": {"where": "day >= now - 28d"}, "unit": "issues"}})
    file = "Key,Status,Day\n" + "".join(f"A-{n},Open,{cell}\n" for n, cell in enumerate(cells))

    answer = collect({"f.csv": file.encode()}, made)["late"]

    assert answer.value == value, answer.detail
    assert (answer.gap is not None) is (value is None)


def test_the_same_day_in_two_formats_is_no_question(collect):
    """The fourth of April is the fourth of April."""
    day = {"type": "date", "header": "Day", "also_formats": ["%m/%d/%Y", "%d/%m/%Y"]}
    made = settings({**COLUMNS, "day": day}, {"late": {"count": {"where": "day >= now - 28d"}, "unit": "issues"}})

    assert collect({"f.csv": b"Key,Status,Day\nA-1,Open,04/04/2027\n"}, made)["late"].value == 1


DAY = {"type": "date", "header": "Day", "may_be_absent": True, "also_formats": ["%m/%d/%Y", "%d/%m/%Y"]}


def test_two_readings_of_a_column_that_may_be_absent_are_a_gap_of_what_needs_it(collect):
    """Nobody knows when the issues were raised; how many are open is known."""
    made = settings({**COLUMNS, "day": DAY}, {"late": {"count": {"where": "day >= now - 28d"}, "unit": "issues"}})
    made["facts"]["open"] = OPEN

    found = collect({"f.csv": b"Key,Status,Day\nA-1,Open,05/04/2027\n"}, made)

    assert found["open"].value == 1
    assert "can be read as MM/DD/YYYY or DD/MM/YYYY" in found["late"].detail


def test_two_readings_of_a_column_that_must_be_there_leave_what_needs_no_day(collect):
    """How many are open is known, whether they were raised in April or in May."""
    made = settings(
        {**COLUMNS, "day": {**DAY, "may_be_absent": False}},
        {"late": {"count": {"where": "day >= now - 28d"}, "unit": "issues"}, "open": OPEN},
    )
    file = {"f.csv": b"Key,Status,Day\nA-1,Open,05/04/2027\n"}

    found = collect(file, made)

    assert found["open"].value == 1
    assert "can be read as MM/DD/YYYY or DD/MM/YYYY" in found["late"].detail
    for keyed in ({"unique": ["key", "day"]}, {"subject": {"day": {"kind": "cycle", "counts": ["05/04/2027"]}}}):
        assert collect(file, {**made, "tables": {"t": {**made["tables"]["t"], **keyed}}})["open"].gap is not None


def test_two_readings_of_the_column_that_dates_the_file_leave_nothing(collect):
    """Nobody knows whether it held in April or in May, and the sentence says so."""
    rule = AsOf(rule=AsOfRule.COLUMN, column="day", latest=True)
    found = collect(
        {"f.csv": b"Key,Status,Day\nA-1,Open,05/04/2027\n"}, settings({**COLUMNS, "day": DAY}), as_of=None, rule=rule
    )["open"]

    assert found.gap is not None
    assert "can be read as MM/DD/YYYY or DD/MM/YYYY" in found.detail


@pytest.mark.parametrize(("cell", "late"), [("1 May 2027", 1), ("2027-05-01T23:00:00+0000", None), ("TBD", None)])
def test_a_day_that_no_format_names_is_read_where_it_has_one_reading(collect, cell, late):
    """A moment of another zone may be another day, and TBD is none; what is open is known in each case."""
    made = settings({**COLUMNS, "day": DAY}, {"late": {"count": {"where": "day >= now - 28d"}, "unit": "issues"}})
    made["facts"]["open"] = OPEN

    found = collect({"f.csv": f"Key,Status,Day\nA-1,Open,{cell}\n".encode()}, made)

    assert (found["open"].value, found["late"].value) == (1, late)


def test_a_strange_cell_in_a_column_that_nothing_asks_for_stops_nothing(collect):
    """A month in another language is no reason not to count what is open."""
    made = settings({**COLUMNS, "day": DAY})

    assert collect({"f.csv": "Key,Status,Day\nA-1,Open,05/Mär/27\n".encode()}, made)["open"].value == 1
    needed = settings({**COLUMNS, "day": {**DAY, "may_be_absent": False}})
    assert collect({"f.csv": "Key,Status,Day\nA-1,Open,05/Mär/27\n".encode()}, needed)["open"].value == 1


def test_the_column_that_dates_the_file_is_asked_for(collect):
    """The binding reads it, though no fact does."""
    made = settings({**COLUMNS, "day": {**DAY, "also_formats": []}})
    rule = AsOf(rule=AsOfRule.COLUMN, column="day", latest=True)
    file = b"Key,Status,Day\nA-1,Open,2027-04-01\nA-2,Done,2027-04-10\n"

    assert collect({"f.csv": file}, made, as_of=None, rule=rule)["open"].as_of.date().isoformat() == "2027-04-10"


def test_a_reason_goes_with_a_column_that_is_passed_over(collect):
    """It says in which build a defect will be mended, whether or not a fact reads it."""
    fix = {"header": "Build", "also": ["Fix build"], "type": "text", "allowed": "any", "may_be_absent": True}
    file = b"Key,Status,Fix build\nA-1,Open,27.4.1\nA-2,Done,27.3.9\n"
    made = settings({**COLUMNS, "fix": fix}, not_subject={"fix": "it says where a defect will be mended"})

    assert collect({"f.csv": file}, made, builds=["27.4.1"])["open"].value == 1
    assert collect({"f.csv": file}, settings({**COLUMNS, "fix": fix}), builds=["27.4.1"])["open"].gap is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_encoding_and_delimiter_are_found(collect, encoding, delimiter):
    """The same tool writes UTF-8, and Excel saves it otherwise."""
    made = settings(also_encodings=["cp1252", "utf-16"], also_delimiters=[";"])
    file = f"Schlüssel{delimiter}Status\nA-1{delimiter}Geprüft\nA-2{delimiter}Done\n".encode(encoding)

    assert collect({"f.csv": file}, made)["open"].value == 1


@pytest.mark.parametrize(("rows", "cut"), [(2, False), (3, True), (4, False)])
@pytest.mark.parametrize("small", [True, False])
def test_a_file_that_ends_where_the_tool_cuts_is_refused(collect, rows, cut, small):
    """A search of 1,400 issues is exported as 1,000, and the open ones may be the other 400."""
    file = "Key,Status\n" + "".join(f"A-{n},{'Open' if small else 'Öffen'}\n" for n in range(rows))
    found = collect({"f.csv": file.encode()}, settings(control={"cut_at": [3]}))["open"]

    assert (found.gap is not None) is cut
    assert not cut or "exactly 3 rows, where its tool cuts an export off" in found.detail
    whole = collect({"f.csv": file.encode()}, settings(control={"cut_at": [3], "rows": rows}))["open"]
    assert whole.value == rows


def test_rows_that_are_left_out_count_where_a_tool_cuts(collect):
    """The tool counts its rows, not ours."""
    made = settings(control={"cut_at": [3]}, rows={"group_title": "left_out"})

    assert collect({"f.csv": b"Key,Status\nWave,\nA-1,Open\nA-2,Open\n"}, made)["open"].gap is not None


def test_an_unread_column_of_another_build_is_still_seen(collect):
    """Passing a column over is no way to count another build's results."""
    made = settings()
    file = b"Key,Status,Build\nA-1,Done,27.4.1\nA-2,Done,27.3.9\n"

    assert collect({"f.csv": file}, made, builds=["27.4.1"])["open"].gap == "mixed_subjects"


PICKED = {
    "key": {"header": "Key", "type": "id"},
    "status": {"header": "Status", "type": "text", "allowed": "any"},
    "grade": {"header": "Labels", "type": "text", "pick": ["P1", "P2"], "members": ",", "allowed": ["P1", "P2"]},
    "kind": {
        "header": "Labels",
        "type": "text",
        "pick": ["bug"],
        "members": ",",
        "allowed": ["bug"],
        "blank": "bug",
        "blank_reason": "an issue without a kind may be a defect",
    },
}
GRADED = {
    "worst": {"count": {"where": 'grade == "P1" and kind == "bug"'}, "unit": "issues"},
    "second": {"count": {"where": 'grade == "P2" and kind == "bug"'}, "unit": "issues"},
}


class TestMembersOfLists:
    """Labels: what a severity or a kind is in tools that have no field for it."""

    def test_the_first_of_the_words_that_is_a_member_counts(self, collect):
        """An issue that is labelled twice is as bad as its worst label."""
        made = settings(PICKED, GRADED)
        file = b'Labels,Key,Status\n"bug, P2,P1",A-1,Open\n"P2,bug",A-2,Open\n"x,P2",A-3,Open\n'

        found = collect({"f.csv": file}, made)

        assert (found["worst"].value, found["second"].value) == (1, 2)

    def test_a_list_without_one_of_the_words_is_blank(self, collect):
        """Nobody said how severe it is, and that is no answer."""
        found = collect({"f.csv": b'Labels,Key,Status\n"bug,P2",A-1,Open\nbug,A-2,Open\n'}, settings(PICKED, GRADED))

        assert {answer.gap for answer in found.values()} == {"missing"}

    def test_repeated_columns_are_one_list(self, collect):
        """Jira has a column for each label."""
        file = b"Labels,Key,Labels,Status,Labels\nbug,A-1,P2,Open,P1\nP2,A-2,bug,Open,\n"
        found = collect({"f.csv": file}, settings(PICKED, GRADED))

        assert (found["worst"].value, found["second"].value) == (1, 1)

    def test_a_workbook_and_records_are_read_alike(self, collect):
        """The same export in another form has the same answers."""
        made = settings(PICKED, GRADED)
        book = workbook_of('Key,Status,Labels\nA-1,Open,"bug,P1"\nA-2,Open,"bug,P2"\n', "S")
        columns = {name: {**column} for name, column in PICKED.items()}
        for name in ("grade", "kind"):
            columns[name] |= {"header": "labels[].name", "members": ";"}
        records = [
            {"Key": "A-1", "Status": "Open", "labels": [{"name": "bug"}, {"name": "P1"}]},
            {"Key": "A-2", "Status": "Open", "labels": [{"name": "P2"}]},
        ]

        for found in (
            collect({"f.xlsx": book}, made),
            collect({"f.json": json.dumps(records).encode()}, settings(columns, GRADED)),
        ):
            assert (found["worst"].value, found["second"].value) == (1, 1), found["worst"].detail


class TestRecords:
    """The same for JSON."""

    def test_lists_are_one_text_and_other_keys_are_passed_over(self, collect):
        columns = {
            "key": {"header": "number", "also": ["iid"], "type": "integer"},
            "status": {"header": "state.name", "also": ["state"], "type": "text", "allowed": "any"},
            "tags": {"header": "labels[].name", "also": ["tags[]"], "type": "text", "allowed": "any", "optional": True},
        }
        made = settings(columns, {"open": OPEN, "tagged": TAGGED}, records="data", records_also=["", "items"])
        first = [{"number": 1, "state": {"name": "Open"}, "labels": [{"name": "a"}, {"name": "b"}], "x": {"y": 1}}]
        second = [{"iid": 1, "state": "Open", "tags": ["sod"], "author": {"name": "Ada"}}]

        for document in ({"data": first}, {"items": second}, second):
            found = collect({"f.json": json.dumps(document).encode()}, made)
            assert (found["open"].value, found["tagged"].value) == (1, 1), found["tagged"].detail

    def test_a_key_that_no_record_has_is_a_gap_of_what_needs_it(self, collect):
        """A key that is not exported is not the same as one that is empty."""
        columns = {**COLUMNS, "tags": {**COLUMNS["tags"], "header": "labels[].name"}}
        made = settings(columns, {"open": OPEN, "tagged": TAGGED})

        found = collect({"f.json": b'[{"Key": "A-1", "Status": "Open"}]'}, made)

        assert found["open"].value == 1
        assert found["tagged"].detail == "f.json has no column 'labels[].name', which this fact needs"

    @pytest.mark.parametrize("labels", ["[1]", '"a"', '[{"id": "x"}]', '{"name": "a"}'])
    def test_a_list_that_is_none_is_refused(self, collect, labels):
        """What cannot be read as texts is no empty text."""
        columns = {**COLUMNS, "tags": {**COLUMNS["tags"], "header": "labels[].name"}}
        file = f'[{{"Key": "A-1", "Status": "Open", "labels": {labels}}}]'

        made = settings(columns, {"open": OPEN, "tagged": TAGGED})

        assert collect({"f.json": file.encode()}, made)["open"].gap is not None


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({"columns": {**COLUMNS, "key": {**COLUMNS["key"], "may_be_absent": True}}}, "tables/t/unique"),
        ({"columns": {**COLUMNS, "tags": {**COLUMNS["tags"], "also": ["Key"]}}}, "tables/t/columns"),
        ({"header_row": 2, "header_within": 5}, "tables/t/header_within"),
        ({"rows": {"total": {"column": "tags", "values": ["x"]}}}, "tables/t/columns/tags/may_be_absent"),
        (
            {"columns": {**COLUMNS, "status": {**COLUMNS["status"], "also_formats": ["%d"]}}},
            "tables/t/columns/status/also_formats",
        ),
    ],
)
def test_room_that_would_leave_nothing_certain_is_refused(table, place):
    """A key that may be absent is no key."""
    made = settings()
    made["tables"]["t"] |= table

    with pytest.raises(SettingsRefusal) as caught:
        TableCollector().declare(TableSettings.model_validate_json(json.dumps(made)))

    assert place in ["/".join(map(str, where)) for where, _ in caught.value.errors]


@pytest.mark.parametrize(
    ("headings", "value", "said"),
    [
        ("Time,portal p95", "2", ""),
        ("Time,Value", "2", ""),
        ("Time,,portal p95", "2", ""),
        ("Time,portal p95,portal p99", None, "name one of the 2 others as its header: 'portal p95', 'portal p99'"),
        ("Time", None, "has no column 'Value', which this fact needs"),
    ],
)
def test_a_column_that_is_the_only_other_one_may_have_any_heading(collect, headings, value, said):
    """Grafana calls a column as its series is called; of several nobody knows which one was meant."""
    columns = {"time": {"header": "Time", "type": "date"}}
    columns["value"] = {"header": "Value", "type": "decimal", "may_be_absent": True, "sole": True}
    made = {
        "tables": {"f": {"columns": columns, "others": "ignored", "unique": ["time"]}},
        "facts": {"open": {"unit": "as measured", "max": {"of": "value"}}},
    }
    cells = {"portal p95": "2", "Value": "2", "": "", "portal p99": "3"}
    row = ",".join(["2027-04-18", *(cells[each] for each in headings.split(",")[1:])])

    answer = collect({"f.csv": f"{headings}\n{row}\n".encode()}, made)["open"]

    assert str(answer.value) == str(value)
    assert said in (answer.detail or "")
