"""CSV: whatever two readers could read differently is refused."""

from __future__ import annotations

from typing import Any

import pytest

PLAIN = b"id,result\nA1,PASS\nA2,FAIL\nA3,FAIL\n"
SETTINGS: dict[str, Any] = {
    "tables": {
        "runs": {"columns": {"id": {"type": "id"}, "result": {"type": "text", "allowed": ["PASS", "FAIL"]}}},
    },
    "facts": {"failed": {"count": {"where": 'result == "FAIL"'}, "unit": "runs"}},
}


def with_table(**changes: Any) -> dict[str, Any]:
    return {**SETTINGS, "tables": {"runs": {**SETTINGS["tables"]["runs"], **changes}}}


def with_text(**changes: Any) -> dict[str, Any]:
    columns = {"id": {"type": "id"}, "result": {"type": "text"}}
    return {
        "tables": {"runs": {"columns": columns, **changes}},
        "facts": {"failed": {"count": {"where": "id != result"}, "unit": "runs"}},
    }


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            pytest.param(b"", "no header", id="empty"),
            pytest.param(b"\n", "header", id="blank line only"),
            pytest.param(b"id,result\n", "0 rows", id="header only"),
            pytest.param(b"id,result", "no header", id="header without a line end"),
            pytest.param(PLAIN[:-1], "cut off", id="no line end after the last row"),
            pytest.param(PLAIN[:-3], "cut off", id="cut inside a cell"),
            pytest.param(b"id,result\nA1,PASS\nA2\n", "line 3", id="a cell too few"),
            pytest.param(b"id,result\nA1,PASS\nA2,FAIL,x\n", "line 3", id="a cell too many"),
            pytest.param(b"id,result\nA1,PASS\n,,\n", "line 3", id="blank cells too many"),
            pytest.param(b'"id","result"\n"A1","PASS"\n\n"A2","FAIL"\n', "line 3", id="a blank line between quotes"),
            pytest.param(b"id,result\nA1,PASS\n\nA2,FAIL\n", "line 3", id="a blank line between"),
            pytest.param(PLAIN + b"\n\n", "line 5", id="blank lines at the end"),
            pytest.param(b'id,result\nA1,"PASS\nA2,FAIL\nA3,FAIL\n', "line", id="a quote that is never closed"),
            pytest.param(b'id,result\nA1,"PASS\nA2,FAIL\nA3,PASS"\n', "line", id="a quote that swallows a row"),
            pytest.param(b'id,result\nA1,"PASS"x\nA2,FAIL\n', "line 2", id="text after a closing quote"),
            pytest.param(b'id,result\nA1, "PASS"\nA2,FAIL\n', "line 2", id="a blank before a quote"),
            pytest.param(b'id,result\nA1,PA"SS\nA2,FAIL\n', "line 2", id="a quote inside a bare cell"),
            pytest.param(b"id,result\r\nA1,PASS\r\nA2,FAIL\n", "CR LF", id="mixed line ends"),
            pytest.param(b"id,result\rA1,PASS\rA2,FAIL\r", "carriage return", id="carriage returns alone"),
            pytest.param(b"id,result\nA1,PA\rSS\nA2,FAIL\n", "carriage return", id="a carriage return in a cell"),
            pytest.param(b"id,result\nA1,PASS\x00\nA2,FAIL\n", "NUL", id="NUL"),
            pytest.param(b"id,result\nA1,PA\x1bSS\n", "control character", id="escape"),
            pytest.param(b"id,result\nA1,PASS\xff\n", "not utf-8", id="not UTF-8"),
            pytest.param(PLAIN.decode().encode("utf-16"), "byte order mark of utf-16", id="UTF-16"),
            pytest.param(PLAIN.decode().encode("utf-16-le"), "NUL", id="UTF-16 without a mark"),
            pytest.param(b"PK\x03\x04" + PLAIN, "control character", id="a workbook with another name"),
            pytest.param(b"ID,result\nA1,PASS\n", "blanks or capitals", id="a header in capitals"),
            pytest.param(b"id, result\nA1,PASS\n", "blanks or capitals", id="a header with a blank"),
            pytest.param(b"result,id\nPASS,A1\n", "another order", id="columns in another order"),
            pytest.param(b"id,result,result\nA1,PASS,FAIL\n", "twice", id="a heading twice"),
            pytest.param(b"id,result,note\nA1,PASS,x\n", "neither read nor ignore", id="a column more"),
            pytest.param(b"id\nA1\n", "lacks 'result'", id="a column less"),
            pytest.param(b"id;result\nA1;PASS\n", "lacks", id="another delimiter"),
            pytest.param(b"id,result\nA1,pass\n", "column 'result'", id="another capital in a category"),
            pytest.param(b"id,result\nA1,FAIL \n", "column 'result'", id="a blank after a category"),
            pytest.param(b"id,result\nA1,FAIL\xc2\xa0\n", "column 'result'", id="a no-break blank after a category"),
            pytest.param(b"id,result\nA1,\n", "blank in line 2", id="a blank cell"),
            pytest.param(b'id,result\nA1,""\n', "blank in line 2", id="a quoted blank cell"),
            pytest.param(b"id,result\n A1,PASS\n", "column 'id'", id="a blank before an id"),
            pytest.param("id,result\nA\u0661,PASS\n".encode(), "column 'id'", id="an Arabic digit in an id"),
        ],
    )
    def test_the_fact_is_a_gap_that_says_where(self, collect, data, words):
        """A file that is not exactly what the settings say proves nothing; the reader is told what to look at."""
        answer = collect({"runs.csv": data}, SETTINGS)["failed"]

        assert answer.gap == "malformed"
        assert words in answer.detail, answer.detail

    def test_of_personal_data_no_cell_is_told(self, collect):
        """Where the source is about people the sentence names places only."""
        data = b"id,result\nA1,Jane Doe failed twice\nA2,PASS,Jane Doe\n"
        loose = b"id,result\nA1,Jane Doe failed twice\n"

        told = [collect({"runs.csv": entry}, SETTINGS)["failed"].told for entry in (data, loose)]

        assert all(told)
        assert not any("Jane" in each for each in told), told

    def test_a_word_that_is_not_allowed_is_told_with_what_allows_it(self, collect):
        """Who keeps the settings must not open the file to learn which word is new."""
        answer = collect({"runs.csv": b"id,result\nA1,Retest\nA2,PASS\nA3,Retest\n"}, SETTINGS)["failed"]

        hint = "(if it is right, add it to `allowed:` of result in gonogo.yaml)"
        assert answer.detail.endswith(f"around it, in line 2, 4 (column B): 'Retest' {hint}")
        assert answer.told == answer.detail.replace(": 'Retest'", "")

    @pytest.mark.parametrize(("length", "shown"), [(60, "x" * 60), (61, "x" * 60 + "…")])
    def test_a_long_cell_is_told_by_its_beginning(self, collect, length, shown):
        answer = collect({"runs.csv": b"id,result\nA1," + b"x" * length + b"\n"}, SETTINGS)["failed"]

        assert f"in line 2 (column B): '{shown}' (" in answer.detail

    @pytest.mark.parametrize(
        ("heading", "other", "cell", "told"),
        [
            ("Owner", "Note", "Retest", False),
            ("Result", "Owner", "Retest", False),
            ("Result", "Note", "Ann Kim", False),
            ("Result", "Note", "ann@example.gov", False),
            ("Result", "Note", "Retest", True),
            ("Result", "Note", "In Progress", True),
            ("Result", "Note", "Ready for test", True),
        ],
    )
    def test_what_may_be_about_a_person_is_not_told_either(self, collect, heading, other, cell, told):
        """Most files about people are bound by somebody who has not said so yet."""
        columns = {"id": {"type": "id"}, "c": {"header": heading, "type": "text", "allowed": ["A"]}}
        facts = {"n": {"only": {"of": "c"}}}
        table = {"columns": columns, "unique": ["id"], "ignore": [other]}

        answer = collect(
            {"f.csv": f"id,{heading},{other}\nA1,{cell},x\n".encode()}, {"tables": {"t": table}, "facts": facts}
        )

        assert (cell in answer["n"].detail) is told, answer["n"].detail

    def test_three_positions_and_the_number_of_the_others_are_told(self, collect):
        """Enough to find the mistake in the file, not a second copy of the file."""
        data = b"id,result\n" + b"A1,maybe\n" * 10

        assert "line 2, 3, 4 and 7 more" in collect({"runs.csv": data}, SETTINGS)["failed"].detail


class TestReadFiles:
    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(PLAIN, id="plain"),
            pytest.param(b"\xef\xbb\xbf" + PLAIN, id="byte order mark"),
            pytest.param(PLAIN.replace(b"\n", b"\r\n"), id="CR LF"),
            pytest.param(b'"id","result"\n"A1","PASS"\n"A2","FAIL"\n"A3","FAIL"\n', id="everything quoted"),
        ],
    )
    def test_ordinary_spellings_of_one_file_give_one_answer(self, collect, data):
        """Excel, a database and a script write the same table differently."""
        assert collect({"runs.csv": data}, SETTINGS)["failed"].value == 2

    @pytest.mark.parametrize(
        ("data", "changes"),
        [
            pytest.param(PLAIN.decode().encode("utf-16"), {"encoding": "utf-16"}, id="UTF-16"),
            pytest.param(PLAIN, {"encoding": "cp1252"}, id="cp1252"),
            pytest.param(PLAIN.replace(b",", b";"), {"delimiter": ";"}, id="semicolon"),
            pytest.param(PLAIN.replace(b",", b"|"), {"delimiter": "|"}, id="bar"),
            pytest.param(PLAIN.replace(b",", b"\t"), {"delimiter": "\t"}, id="tab"),
            pytest.param(PLAIN[:-1], {"final_line_break": False}, id="no last line end"),
            pytest.param(b"Report of April\nby the LMS\n" + PLAIN, {"header_row": 3}, id="lines above the header"),
            pytest.param(PLAIN + b"TOTAL,3\n", {"control": {"footer": ["TOTAL", "{rows}"]}}, id="footer"),
            pytest.param(PLAIN, {"control": {"rows": 3}}, id="known number of rows"),
        ],
    )
    def test_what_the_settings_declare_is_read(self, collect, data, changes):
        """A source has its habits; the settings state them."""
        assert collect({"runs.csv": data}, with_table(**changes))["failed"].value == 2

    @pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
    def test_quotes_are_checked_for_every_delimiter(self, collect, delimiter):
        """The second check of each line speaks the delimiter's own dialect."""
        data = f'id{delimiter}result\n"A1"{delimiter}"a ""b"" {delimiter} c"\n'.encode()

        answer = collect({"runs.csv": data}, with_text(delimiter=delimiter))["failed"]

        assert answer.value == 1, answer.detail

    def test_ignored_columns_may_hold_anything_on_one_line(self, collect):
        """A column of remarks is not evidence, and must not get in the way of it."""
        data = b'id,remark,result\nA1,"x, y",FAIL\nA2,,PASS\n'

        assert collect({"runs.csv": data}, with_table(ignore=["remark"]))["failed"].value == 1

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            (b'A1,"x,a,PASS\nA2,y",b,PASS\n', False),
            (b'A1,"x,a,PASS\nA2,z,c,FAIL\nA3,y",b,PASS\n', False),
            (b'A1,"x,a,PASS\nA2,z,c\nA3,y",b,PASS\n', True),
            (b'A1,"seen,by Ann\nthen, closed",b,PASS\n', True),
        ],
        ids=["one row lost", "two rows lost", "a line that is no row", "prose with commas"],
    )
    def test_a_cell_whose_lines_are_rows_is_an_open_quote(self, collect, text, read):
        """A tool that does not double the quotes of a text loses every row up to the next quote."""
        columns = {name: {"type": "text", "allowed": "any"} for name in ("id", "remark", "who", "result")}
        made = {
            "tables": {"runs": {"columns": columns, "line_breaks": True, "unique": ["id"]}},
            "facts": {"runs": {"count": {}, "unit": "runs"}},
        }
        answer = collect({"runs.csv": b"id,remark,who,result\n" + text}, made)["runs"]

        assert answer.value == (1 if read else None)
        assert read or "lines are rows" in answer.detail

    def test_line_breaks_in_cells_are_read_where_the_settings_allow_them(self, collect):
        """Then one reader alone decides where a row ends, and rows are told as records."""
        data = b'id,remark,result\nA1,"two\nlines",FAIL\nA2,one,PASS\n'

        answer = collect({"runs.csv": data}, with_table(ignore=["remark"], line_breaks=True))["failed"]

        assert answer.value == 1, answer.detail

    @pytest.mark.parametrize(
        "data",
        [
            b'id,remark,result\nA1,"two\nlines,FAIL\nA2,one,PASS\n',
            b'id,remark,result\nA1,"two\nlines"x,FAIL\nA2,one,PASS\n',
            b'id,remark,result\nA1,"two\nlines",FAIL\nA2,one\n',
        ],
    )
    def test_line_breaks_do_not_excuse_broken_quotes(self, collect, data):
        """An unclosed quote must not fold rows into a remark."""
        answer = collect({"runs.csv": data}, with_table(ignore=["remark"], line_breaks=True))["failed"]

        assert answer.gap == "malformed"

    def test_a_chunk_that_ends_between_cr_and_lf_is_no_mistake(self, collect):
        """Files are read in pieces of a megabyte; where a piece ends must not matter."""
        row = b"A,FAIL\r\n"
        start = b"id,result\r\n"
        filler = b"B" * ((1 << 20) - len(start) - 2 - len(b",PASS\r")) + b"BB"
        data = start + filler + b",PASS\r\n" + row * 3

        answer = collect({"runs.csv": data}, SETTINGS)["failed"]

        assert answer.value == 3, answer.detail


class TestSize:
    @pytest.mark.parametrize(
        ("changes", "data"),
        [
            pytest.param({"control": {"rows": 4}}, PLAIN, id="another number of rows"),
            pytest.param({"control": {"min_rows": 4}}, PLAIN, id="too few rows"),
            pytest.param({"control": {"footer": ["TOTAL", "{rows}"]}}, PLAIN, id="no footer"),
            pytest.param({"control": {"footer": ["TOTAL", "{rows}"]}}, PLAIN + b"TOTAL,4\n", id="footer disagrees"),
            pytest.param({"control": {"footer": ["TOTAL", "{rows}"]}}, PLAIN + b"TOTAL,3\nA4,FAIL\n", id="rows below"),
            pytest.param({"control": {"footer": ["TOTAL", "{rows}"]}}, PLAIN + b"TOTAL,\xd9\xa3\n", id="other digits"),
            pytest.param({"unique": ["id"]}, PLAIN + b"A1,PASS\n", id="a key twice"),
        ],
    )
    def test_a_table_of_another_size_is_a_gap(self, collect, changes, data):
        """A deleted row leaves no other trace than the count."""
        assert collect({"runs.csv": data}, with_table(**changes))["failed"].gap in ("malformed", "ambiguous_rows")

    def test_an_empty_table_counts_only_where_the_settings_say_so(self, collect):
        """No rowsis not evidence of no failures, unless somebody says that it may be."""
        answer = collect({"runs.csv": b"id,result\n"}, with_table(control={"min_rows": 0}))["failed"]

        assert answer.value == 0

    @pytest.mark.parametrize(("total", "works"), [("30.51", True), ("30.52", False)])
    def test_a_control_total_must_be_met_to_the_cent(self, collect, total, works):
        """Two amounts that changed places, or a digit that did, show in the total."""
        settings = {
            "tables": {
                "ledger": {
                    "columns": {"account": {"type": "id"}, "amount": {"type": "money", "unit": "USD"}},
                    "control": {"totals": {"amount": total}, "footer": ["Total", "{amount}"]},
                }
            },
            "facts": {"n": {"count": {}, "unit": "accounts"}},
        }
        data = b"account,amount\nA,10.50\nB,20.01\nTotal,30.51\n"

        answer = collect({"ledger.csv": data}, settings)["n"]

        assert (answer.value == 2) is works


@pytest.mark.parametrize(("said", "read"), [("sep=,", True), ("sep=;", False), ('"sep=;"', False), ("Sep=\t", False)])
def test_a_first_line_that_names_another_delimiter_is_refused(collect, said, read):
    """A spreadsheet program obeys that line and shows another table than the one that would be counted."""
    data = f"{said}\nkey,state\nA-1,done\n".encode()
    columns = {"key": {"type": "id"}, "state": {"type": "text", "allowed": ["done"]}}
    settings = {
        "tables": {"t": {"columns": columns, "header_row": 2, "unique": ["key"]}},
        "facts": {"done": {"share": {"where": 'state == "done"'}}},
    }

    answer = collect({"f.csv": data}, settings)["done"]

    assert (answer.part == 1) is read
    assert read or "says" in answer.detail
