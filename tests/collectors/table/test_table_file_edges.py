"""Where a file ends, breaks or says too much: each limit of reading it below, on and above."""

from __future__ import annotations

import io
import resource
import types
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from gonogo.collectors.table import delimited, open_late, prepared, records
from gonogo.collectors.table.ahead import SMALL
from gonogo.collectors.table.database import lock, open_database
from gonogo.collectors.table.load import _reader_words
from gonogo.collectors.table.prepared import Prepared, Writer, check_control, match_headings
from gonogo.collectors.table.settings import Table
from gonogo.model.program import AsOf, AsOfRule
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal

COLUMNS: dict[str, Any] = {"id": {"type": "id"}, "result": {"type": "text", "allowed": ["PASS", "FAIL"]}}
FAILED = {"failed": {"count": {"where": 'result == "FAIL"'}, "unit": "runs"}}


def ask(collect: Any, data: bytes, name: str = "f.csv", columns: Any = COLUMNS, **table: Any) -> Any:
    return collect({name: data}, {"tables": {"t": {"columns": columns, **table}}, "facts": FAILED})["failed"]


class TestFooters:
    FOOTER: dict[str, Any] = {"footer": ["TOTAL", "{rows}"], "min_rows": 0}  # noqa: RUF012

    @pytest.mark.parametrize(("rows", "footer"), [(0, "TOTAL,0\n"), (1, "TOTAL,1\n")])
    def test_a_footer_may_be_all_there_is(self, collect, rows, footer):
        """An export without rows still says so."""
        data = "id,result\n" + "A,FAIL\n" * rows + footer

        assert ask(collect, data.encode(), control=self.FOOTER).value == rows

    @pytest.mark.parametrize(
        ("footer", "words"),
        [
            ("TOTAL,2\n", "states a number of rows other than the 1 above"),
            (
                "SUM,1\n",
                "its cell 1 is 'SUM', not 'TOTAL'; if it is right, correct `control: {footer: ...}` in gonogo.yaml",
            ),
            ("TOTAL\n", "not every line has 2 cells|is not the footer"),
            ("TOTAL,1,\n", ""),
            ("TOTAL,1,,\n", ""),
            ("TOTAL,1,x\n", "is not the footer"),
        ],
    )
    def test_a_footer_is_as_it_is_described(self, collect, footer, words):
        """Blank cells at its end are no difference."""
        answer = ask(collect, f"id,result\nA,FAIL\n{footer}".encode(), control=self.FOOTER)

        assert (answer.gap is None) is (not words), answer.detail
        assert not words or any(word in answer.detail for word in words.split("|"))

    def test_no_row_is_no_footer(self, collect):
        assert "has no footer row" in ask(collect, b"id,result\n", control=self.FOOTER).detail

    @pytest.mark.parametrize(("longest", "fits"), [(9, False), (10, True), (11, True)])
    def test_a_footer_is_looked_for_in_the_end_of_the_file_only(self, collect, monkeypatch, longest, fits):
        """The last line and the line end above it."""
        monkeypatch.setattr(delimited, "MAX_LINE", longest)

        answer = ask(collect, b"id,result\nA,FAIL\nTOTAL,1\n"[:-1] + b" \n", control={"footer": ["TOTAL", "1 "]})

        assert (answer.gap is None) is fits, answer.detail

    @pytest.mark.parametrize(
        ("column", "cell", "fits"),
        [
            ({}, "3.5", True),
            ({}, "3.50", True),
            ({}, "3.51", False),
            ({}, "x", False),
            ({}, '"3,5"', False),
            ({}, "-3.5", False),
            ({}, "--3.5", False),
            ({}, "\u0663.5", False),
            ({}, "3.\u0665", False),
            ({}, "3.x", False),
            ({}, "", False),
            ({"thousands": ","}, '"3.5"', True),
            ({"symbol": "$"}, "$3.5", True),
            ({"symbol": "$"}, "$$3.5", False),
            ({"decimal": "comma"}, '"3,5"', True),
        ],
    )
    def test_a_total_in_it_is_written_as_its_column(self, collect, column, cell, fits):
        symbol = column.get("symbol", "")
        one = '"1,5"' if column.get("decimal") else f"{symbol}1.5"
        columns = {**COLUMNS, "cost": {"type": "money", "unit": "USD", **column}}
        data = f"id,result,cost\nA,FAIL,{one}\nB,FAIL,{symbol}2\nTOTAL,,{cell}\n"

        answer = ask(collect, data.encode(), columns=columns, control={"footer": ["TOTAL", "", "{cost}"]})

        assert (answer.gap is None) is fits, answer.detail

    def test_a_negative_total(self, collect):
        columns = {**COLUMNS, "cost": {"type": "money", "unit": "USD"}}
        data = b"id,result,cost\nA,FAIL,-1.5\nTOTAL,,-1.5\n"

        assert ask(collect, data, columns=columns, control={"footer": ["TOTAL", "", "{cost}"]}).value == 1


class TestLines:
    def test_the_line_of_a_lone_carriage_return_is_named(self, collect):
        assert "line 3 has a carriage return" in ask(collect, b"id,result\nA,FAIL\nB,FA\rIL\n").detail
        assert "line 1 has a carriage return" in ask(collect, b"id\r,result\nA,FAIL\n").detail

    @pytest.mark.parametrize(("columns", "fits"), [(1000, True), (1001, False)])
    def test_a_thousand_columns(self, collect, columns, fits):
        header = ["id", "result", *(f"c{n}" for n in range(columns - 2))]
        data = ",".join(header) + "\nA,FAIL" + "," * (columns - 2) + "\n"

        answer = ask(collect, data.encode(), ignore=header[2:])

        assert (answer.gap is None) is fits
        assert fits or "more than 1000 columns" in answer.detail

    def test_a_header_without_an_end_is_given_up_on(self, collect):
        assert "no line end where the header should be" in ask(collect, b"x" * (4 * 2**20 + 1)).detail
        assert "has no header row 1" in ask(collect, b"x" * (4 * 2**20)).detail

    @pytest.mark.parametrize(
        ("rows", "at"), [(["A,FAIL", "", "B,PASS"], 3), (["", "A,FAIL"], 2), (["A,FAIL", ",", "B,PASS"], 3)]
    )
    @pytest.mark.parametrize("unique", [[], ["id"]])
    def test_a_blank_line_is_named(self, collect, rows, at, unique):
        data = "\n".join(["id,result", *rows, ""]).encode()

        answer = ask(collect, data, unique=unique)

        assert answer.gap == "malformed"
        assert f"line {at}" in answer.detail

    @pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 6, 7, 8])
    def test_a_blank_line_is_found_wherever_a_piece_of_the_file_ends(self, collect, monkeypatch, size):
        """Files are read in pieces; what is seen must not depend on them."""
        monkeypatch.setattr(delimited, "CHUNK", 10 + size)
        for blank in ("", ","):
            data = f"id,result\nAA,FAIL\n{blank}\nBB,FAIL\nCC,FAIL\n".encode()
            for more, whole in (({}, None), ({"blank_rows": "allowed"}, 3), ({"control": {"rows": 3}}, 3)):
                answer = ask(collect, data, unique=[], **more)
                assert answer.value == whole, (blank, more, answer.detail)

    @pytest.mark.parametrize("more", [{"line_breaks": True}, {"blank_rows": "allowed"}])
    @pytest.mark.parametrize(
        ("row", "words"),
        [
            ("B,PASS,x", "the record that begins in line 3 has 3 cells, not 2"),
            ("B", "the record that begins in line 3 has 1 cells, not 2"),
            ('B,"PASS', "the record that begins in line 3: "),
        ],
    )
    def test_a_record_of_another_length_is_named_by_its_first_line(self, collect, more, row, words):
        answer = ask(collect, f'id,result\n"A",FAIL\n{row}\n'.encode(), **more)

        assert words in answer.detail

    def test_a_blank_record_between_quoted_lines_is_named(self, collect):
        answer = ask(collect, b'id,result\n"A",FAIL\n""," "\n"B",FAIL\n', line_breaks=True)

        assert "the record that begins in line 3 is blank" in answer.detail

    def test_records_are_numbered_by_the_line_that_they_begin_in(self, collect):
        columns = {**COLUMNS, "note": {"type": "text", "optional": True}}
        data = b'id,result,note\nA,FAIL,"two\nlines"\nB,perhaps,x\n'

        assert "in line 4" in ask(collect, data, columns=columns, line_breaks=True).detail

    def test_lines_that_make_up_for_each_other_are_named(self, collect):
        """One delimiter too many and one too few are as many as there should be."""
        assert "line 2 cannot be read: it does not have 2 cells" in ask(collect, b"id,result\nA,FAIL,x\nB\n").detail
        assert (
            "not every line has 2 cells; the first that has not is line 3"
            in ask(collect, b"id,result\nA,FAIL\nB,PASS,x\n").detail
        )

    def test_a_line_break_inside_quotes_needs_its_setting(self, collect):
        """Else an unclosed quote folds rows into a remark that nobody reads."""
        data = b'id,note,result\nA,"two\nlines",FAIL\nB,x,PASS\n'

        assert ask(collect, data, ignore=["note"]).gap == "malformed"
        assert ask(collect, data, ignore=["note"], line_breaks=True).value == 1

    @pytest.mark.parametrize("size", [4, 8, 1000])
    def test_the_byte_that_is_no_text_is_named(self, collect, monkeypatch, size):
        monkeypatch.setattr(delimited, "CHUNK", size)

        assert "is not utf-8 near byte 14" in ask(collect, b"id,result\nA,FA\xffIL\n").detail

    def test_what_the_reader_says_is_never_repeated(self):
        source = Prepared("", ",", 2, {}, 1, 2, "line", "f.csv")

        assert _reader_words("CSV Error on Line: 3\nAnn,Lee", source).startswith("f.csv: line 4 cannot be read")
        assert _reader_words("Ann Lee", source) == "f.csv cannot be read as rows of 2 cells"

    def test_a_header_with_half_a_quote_is_told(self, collect):
        assert "the header cannot be read as CSV" in ask(collect, b'id,"result\nA,FAIL\n').detail

    @pytest.mark.parametrize(("wrong", "told"), [(5, "'e'"), (6, "; and 1 more columns")])
    def test_five_columns_are_told(self, collect, wrong, told):
        names = "abcdef"[:wrong]
        columns = {**COLUMNS, **{name: {"type": "integer"} for name in names}}
        data = f"id,result,{','.join(names)}\nA,FAIL{',x' * wrong}\n"

        detail = ask(collect, data.encode(), columns=columns, unique=["id", *names]).detail

        assert told in detail
        assert ("more columns" in detail) is (wrong > 5)

    @pytest.mark.parametrize(("doubles", "told"), [(3, "line 2, 4, 6 appear"), (4, "line 2, 4, 6 and 1 more appear")])
    def test_three_keys_that_come_again_are_named_and_the_others_counted(self, collect, doubles, told):
        data = "id,result\n" + "".join(f"K{n},FAIL\nK{n},FAIL\n" for n in range(doubles))

        assert told in ask(collect, data.encode(), unique=["id"]).detail

    @pytest.mark.parametrize("said", ["sep=,", "sep=,,", "note: sep=;"])
    def test_a_line_that_only_mentions_a_delimiter_is_prose(self, collect, said):
        assert ask(collect, f"{said}\nid,result\nA,FAIL\n".encode(), header_row=2).value == 1

    def test_a_header_that_says_so_is_a_header(self, collect):
        columns = {"id": {"type": "id", "header": "sep=;"}, "result": COLUMNS["result"]}

        assert ask(collect, b"sep=;,result\nA,FAIL\n", columns=columns).value == 1

    @pytest.mark.parametrize(
        ("data", "encoding", "words"),
        [
            (b"id,result\nA,FAIL\n", "utf-16", "it has no byte order mark"),
            (b"\xef\xbb\xbfid,result\nA,FAIL\n", "cp1252", "starts with the byte order mark of utf-8"),
            ("id,result\nA,FAIL\n".encode("utf-16"), "cp1252", "starts with the byte order mark of utf-16"),
            (b"id,result\nA,FA\x81IL\n", "cp1252", "is not cp1252 near byte 14"),
            (b"id,result\nA,FAIL\n", "iso-8859-1", ""),
        ],
    )
    def test_an_encoding_is_as_the_settings_say(self, collect, data, encoding, words):
        answer = ask(collect, data, encoding=encoding)

        assert (answer.value == 1) is (not words)
        assert words in answer.detail


class TestHeadings:
    TABLE = Table.model_validate_json(
        '{"columns": {"a": {"type": "id"}, "b": {"type": "id", "header": "B b"}}, "ignore": ["x y"]}'
    )

    @pytest.mark.parametrize(
        "headings", [["a", "B b", "x y"], ["x y", "a", "B b"], ["a", "x  y", "B b", "x y"], ["a", "B b", " x y "]]
    )
    def test_columns_that_nobody_reads_stand_anywhere_and_twice(self, headings):
        found = match_headings(self.TABLE, headings, "f.csv")

        assert found == {"a": headings.index("a"), "b": headings.index("B b")}

    @pytest.mark.parametrize(
        ("headings", "words", "told"),
        [
            (["a", "B b", "x y", "a"], "has 'a' twice", "has 'a' twice"),
            (["a", "x y"], "lacks 'B b'", "f.csv: the header lacks 'B b'"),
            (["a", "B b"], "lacks 'x y'", "lacks 'x y'"),
            (["a", "B b", "x y", "Lee"], "has 'Lee', which", "has something in column 4 that"),
            (["a", "B b", "Updated"], "lacks 'x y' and has 'Updated', which", "lacks 'x y' and has 'Updated', which"),
            (["a", "Status", "Lee"], "has 'Status', 'Lee'", "has 'Status', which the settings neither read nor ignore"),
            (["a", "Status Lee", "x y"], "has 'Status Lee'", "has something in column 2 that"),
            (["a", "b B", "x y"], "lacks 'B b' and has 'b B'", "lacks 'B b' and has something in column 2"),
            (["a", "B  b", "x y"], "they differ only in blanks or capitals", "in column 2 that"),
            (["A", "Lee"], "they differ only in blanks or capitals", "has something in column 1, 2 that"),
            (["Ann", "Lee"], "row 1 has none of the headings", "row 1 has none of the headings"),
            (["B b", "a", "x y"], "the columns come in another order", "the columns come in another order"),
        ],
    )
    def test_a_header_that_differs_is_told_and_what_may_be_a_cell_is_not(self, headings, words, told):
        with pytest.raises(CollectorRefusal) as caught:
            match_headings(self.TABLE, headings, "f.csv")

        assert words in str(caught.value)
        assert told in caught.value.told
        assert ("in column" in caught.value.told) is ("in column" in told or {"Lee", "Status"} <= set(headings))
        assert "Lee" not in caught.value.told

    @pytest.mark.parametrize(
        ("more", "told"), [(5, "'c4', which"), (6, "'c4' and 1 more, which"), (7, "'c4' and 2 more, which")]
    )
    def test_five_headings_are_told_and_the_others_counted(self, more, told):
        with pytest.raises(CollectorRefusal, match=told) as caught:
            match_headings(self.TABLE, ["a", "B b", "x y", *(f"c{n}" for n in range(more))], "f.csv")

        assert "in column 4, 5, 6, 7, 8 that" in caught.value.told

    def test_a_heading_is_told_to_sixty_characters_and_in_ascii(self):
        with pytest.raises(CollectorRefusal) as caught:
            match_headings(self.TABLE, ["a", "B b", "x y", "\u00e9" + "z" * 60], "f.csv")

        assert f"has '?{'z' * 59}', which" in str(caught.value)

    def test_columns_that_nobody_reads_may_come_in_any_order(self):
        """Somebody who moves a column that no count reads changes nothing, and must not stop the count."""
        table = Table.model_validate_json('{"columns": {"a": {"type": "id"}}, "ignore": ["x", "y"]}')

        assert match_headings(table, ["x", "a", "y", "x"], "f.csv") == {"a": 1}
        assert match_headings(table, ["y", "a", "x"], "f.csv") == {"a": 1}

    def test_a_column_that_is_read_elsewhere_is_named(self):
        """Two headings that changed places put every cell under the wrong name."""
        table = Table.model_validate_json('{"columns": {"a": {"type": "id"}, "b": {"type": "id"}}, "ignore": ["x"]}')

        with pytest.raises(StructuralFault, match="another order than the settings say: 'b' comes where they say 'a'"):
            match_headings(table, ["b", "x", "a"], "f.csv")


class TestScratch:
    def test_rows_are_named_as_the_source_numbers_them(self):
        said = {"path": "", "delimiter": ",", "width": 1, "positions": {}, "rows": 2, "row_word": "line", "place": "f"}
        plain, sparse = Prepared(**said, first_row=2), Prepared(**said, first_row=2, numbers=[5, 9])

        assert (plain.number(1), sparse.number(1)) == (3, 9)
        assert (plain.at([0]), plain.at([0, 1]), sparse.at([1])) == ("line 2", "lines 2, 3", "line 9")

    @pytest.mark.parametrize(("rows", "written"), [(19_999, 0), (20_000, 20_000), (20_001, 20_000)])
    def test_rows_are_written_in_batches(self, tmp_path: Path, rows: int, written: int):
        """A large workbook is not in memory twice."""
        path = tmp_path / "out.csv"
        writer = Writer(str(path))
        for _ in range(rows):
            writer.add(["x"])

        assert (path.read_text().count("\n") if path.exists() else 0) == written
        writer.flush()
        assert (path.read_text().count("\n"), writer.rows) == (rows, rows)

    @pytest.mark.parametrize("byte", [0, 8, 11, 12, 14, 31, 127])
    def test_a_control_character_is_refused(self, byte: int):
        with pytest.raises(StructuralFault, match="another control character"):
            check_control(b"a" + bytes([byte]), "f.csv")

    @pytest.mark.parametrize("byte", [9, 10, 13, 32, 126, 128, 255])
    def test_tabs_line_ends_and_letters_are_text(self, byte: int):
        check_control(b"a" + bytes([byte]), "f.csv")

    def test_half_a_character_is_refused(self, tmp_path: Path):
        writer = Writer(str(tmp_path / "out.csv"))
        writer.add(["\ud800"])

        with pytest.raises(StructuralFault, match="half of a surrogate pair"):
            writer.flush()

    def test_names_of_scratch_files(self):
        assert (prepared.MAX_COLUMNS, prepared.scratch_file("/x", "t")) == (1000, "/x/table-t.csv")


class TestDatabase:
    @pytest.mark.parametrize(("in_order", "threads"), [(True, 1), (False, 2)])
    def test_it_is_locked_before_anybody_asks(self, tmp_path, monkeypatch, in_order, threads):
        """A query of an analyst reads no file; sums of one thread come out alike."""
        import duckdb

        monkeypatch.setattr(resource, "getrlimit", lambda _what: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        with open_database(str(tmp_path)) as connection:
            lock(connection, in_order=in_order)
            assert connection.execute("SELECT current_setting('threads')").fetchone() == (threads,)
            for query in ("SELECT * FROM read_text('/etc/hosts')", "SET threads = 4", "SET TimeZone = 'Asia/Tokyo'"):
                with pytest.raises(duckdb.Error):
                    connection.execute(query)

    @pytest.mark.parametrize(
        ("sizes", "asked"), [([SMALL - 1], True), ([SMALL], True), ([SMALL + 1], False), ([SMALL, 1], False)]
    )
    def test_small_inputs_take_the_database_that_is_open(self, tmp_path, monkeypatch, sizes, asked):
        """A large one is worth a second thread."""
        ready = object()
        monkeypatch.setattr(open_late, "take", lambda _scratch: ready)
        job: Any = types.SimpleNamespace(files=[types.SimpleNamespace(size=n) for n in sizes], scratch=str(tmp_path))

        with open_late.Database(job) as database:
            assert (database.connection is ready) is asked

    def test_a_door_that_is_closed_stays_closed(self, tmp_path):
        """A database that is first opened after the door was closed reads no file either."""
        import duckdb

        job: Any = types.SimpleNamespace(files=[], scratch=str(tmp_path))
        with open_late.Database(job) as database:
            database.lock(in_order=True)
            for query in ("SELECT * FROM read_text('/etc/hosts')", "SET threads = 4"):
                with pytest.raises(duckdb.Error):
                    database.connection.execute(query)

    def test_eight_mebibytes_are_small(self):
        assert SMALL == 8 * 1024 * 1024


class TestJson:
    @pytest.mark.parametrize(("levels", "fits"), [(63, True), (64, True), (65, False)])
    def test_sixty_four_levels(self, collect, levels, fits):
        inner = "[" * (levels - 2) + "]" * (levels - 2)
        data = f'[{{"id": "A", "result": "FAIL", "x": {inner}}}]'

        answer = ask(collect, data.encode(), "f.json", ignore=["x"])

        assert (answer.value == 1) is fits, answer.detail
        assert fits or "deeper than 64 levels" in answer.detail

    def test_levels_beside_each_other_are_not_deep(self, collect):
        """Brackets inside of texts are none."""
        rows = ",".join(f'{{"id": "A{n}", "result": "FAIL", "x": "[[{{\\"["}}' for n in range(100))

        assert ask(collect, f"[{rows}]".encode(), "f.json", ignore=["x"]).value == 100

    @pytest.mark.parametrize(
        ("count", "fits"),
        [("2", True), ("2.0", False), ('"2"', False), ("-2", False), ("true", False), ("3", False), ("1" * 13, False)],
    )
    def test_a_size_is_a_plain_number(self, collect, count, fits):
        data = f'{{"n": {count}, "r": [{{"id": "A", "result": "FAIL"}}, {{"id": "B", "result": "PASS"}}]}}'

        answer = ask(collect, data.encode(), "f.json", records="r", control={"rows_at": "n"})

        assert (answer.value == 1) is fits, answer.detail

    @pytest.mark.parametrize(
        ("records_at", "document", "words"),
        [
            ("a.b", '{"a": {"b": []}}', "0 rows"),
            ("a.b", '{"a": {}}', "has nothing at a.b"),
            ("a.b", '{"a": []}', "has nothing at a.b"),
            ("a", '{"a": {}}', "a is not an array of records"),
            ("", "{}", "the document is not an array of records"),
        ],
    )
    def test_records_stand_where_the_settings_say(self, collect, records_at, document, words):
        assert words in ask(collect, document.encode(), "f.json", records=records_at).detail

    @pytest.mark.parametrize(
        ("record", "words"),
        [
            ('{"id": "A", "result": "FAIL", "who": {"unit": "N"}}', ""),
            ('{"id": "A", "result": null, "who": {"unit": "N"}}', "'result' is blank in record 1"),
            ('{"id": "A", "who": {"unit": "N"}}', "'result' has no value in record 1"),
            ('{"id": "A", "result": "FAIL", "who": null}', ""),
            ('{"id": "A", "result": "FAIL", "who": {"unit": "N"}, "who.unit": "N"}', "once dotted and once nested"),
            ('{"id": "A", "result": "FAIL", "who": {"unit": "N", "age": 4}}', "has 'who.age', which"),
            ('{"id": "A", "result": "FAIL", "who": "N"}', "has 'who', which"),
            ('{"x": "A", "y": "FAIL"}', "record 1 has keys, which"),
        ],
    )
    def test_dotted_keys_reach_into_objects(self, collect, record, words):
        columns = {**COLUMNS, "unit": {"header": "who.unit", "type": "text"}}

        answer = ask(collect, f"[{record}]".encode(), "f.json", columns=columns)

        assert (answer.value == 1) is (not words), answer.detail
        assert words in answer.detail

    def test_every_column_that_nobody_reads_is_looked_at(self, collect):
        """The second one as well as the first."""
        rows = ",".join(
            f'{{"id": "A{n}", "result": "FAIL", "Environment": "UAT", "Build": "1.1.{n % 2}"}}' for n in range(4)
        )
        said = {"ignore": ["Environment", "Build"], "unique": ["id"], "one_row": None}

        assert "the column 'Build' names 2 builds" in ask(collect, f"[{rows}]".encode(), "f.json", **said).detail

    def test_an_absent_value_of_a_column_that_may_be_blank_is_blank(self, collect):
        columns = {**COLUMNS, "note": {"type": "text", "optional": True}}

        assert ask(collect, b'[{"id": "A", "result": "FAIL"}]', "f.json", columns=columns).value == 1

    @pytest.mark.parametrize(("rule", "known"), [("left_out", True), ("counts", False)])
    def test_rows_are_left_out_of_records_too(self, collect, rule, known):
        data = b'[{"id": "A", "result": "FAIL"}, {"id": "Total", "result": "FAIL"}]'
        columns = {**COLUMNS, "id": {"type": "text"}}

        answer = ask(collect, data, "f.json", columns=columns, rows={"total": rule})

        assert answer.value == (1 if known else 2)
        assert ("left out: 1 total" in answer.where) is known

    def test_a_column_that_nobody_reads_is_looked_at_as_text(self):
        assert records._plain({"a": {"b": " x "}}, "a.b") == "x"
        assert records._plain({"a.b": "y", "a": {"b": "x"}}, "a.b") == "y"
        assert [records._plain({"a": value}, "a") for value in (True, None, 3, [])] == ["True", "", "", ""]
        assert (records._plain("a", "a"), records._plain({"a": "x"}, "a.b")) == ("", "")


def book(rows: list[list[Any]], change: Any = None) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Log")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if change is not None:
            change(made, sheet)
    return stream.getvalue()


HEAD = ["id", "result"]


class TestWorkbooks:
    @pytest.mark.parametrize(
        ("rows", "more", "words"),
        [
            ([HEAD], {}, "0 rows"),
            ([HEAD], {"header_row": 2}, "has no header row 2"),
            ([["x"], HEAD, ["A", "FAIL"]], {"header_row": 2}, ""),
            ([["id", 5], ["A", "FAIL"]], {}, "holds something that is not text"),
            ([HEAD, ["A", "FAIL"], ["TOTAL", "1"]], {"control": {"footer": ["TOTAL", "{rows}"]}}, ""),
            ([HEAD, ["A", "FAIL"], ["TOTAL", 1]], {"control": {"footer": ["TOTAL", "{rows}"]}}, ""),
            ([HEAD, ["A", "FAIL"], ["TOTAL", 1.5]], {"control": {"footer": ["TOTAL", "1.5"]}}, ""),
            ([HEAD], {"control": {"footer": ["TOTAL", "{rows}"], "min_rows": 0}}, "has no footer row"),
            ([HEAD, ["TOTAL", 0]], {"control": {"footer": ["TOTAL", "{rows}"], "min_rows": 1}}, "0 rows"),
            ([HEAD, ["A", "FAIL"], ["", "", "x"]], {}, "cell C3 holds something to the right"),
            ([HEAD, ["A", "FAIL", "x"]], {}, "cell C2 holds something to the right"),
            ([["t", "", "x"], HEAD, ["A", "FAIL"]], {"header_row": 2}, ""),
        ],
    )
    def test_where_the_table_begins_and_ends(self, collect, rows, more, words):
        answer = ask(collect, book(rows), "f.xlsx", **more)

        assert (answer.value == 1) is (not words), answer.detail
        assert words in answer.detail

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda b, s: s.set_row(1, None, None, {"hidden": True}), "row 2 hidden"),
            (lambda b, s: s.set_row(0, None, None, {"hidden": True}), ""),
            (lambda b, s: s.set_row(4, None, None, {"hidden": True}), ""),
            (lambda b, s: s.set_row(3, None, None, {"hidden": True}), "row 4 hidden"),
            (lambda b, s: s.set_column("B:B", None, None, {"hidden": True}), "column that is read is hidden"),
            (lambda b, s: s.set_column("C:C", None, None, {"hidden": True}), ""),
            (lambda b, s: s.set_column("A:B", None, None, {"hidden": True}), "column that is read is hidden"),
            (lambda b, s: s.merge_range("C2:C3", "n"), ""),
            (lambda b, s: s.merge_range("B2:C2", "FAIL"), "B2:C2 are merged"),
            (lambda b, s: s.merge_range("A6:B6", ""), ""),
            (lambda b, s: s.write_formula("C3", "=1/0", None, "#DIV/0!"), ""),
            (lambda b, s: s.write_formula("B3", "=1/0", None, "#DIV/0!"), "column 'result' in B3 holds an error value"),
        ],
    )
    def test_only_what_is_read_must_be_seen(self, collect, change, words):
        """A column of remarks may be hidden, merged or wrong."""
        rows = [[*HEAD, "note"], ["A", "FAIL", "n"], ["B", "PASS", "n"], ["C", "PASS", "n"]]

        answer = ask(collect, book(rows, change), "f.xlsx", ignore=["note"])

        assert (answer.value == 1) is (not words), answer.detail
        assert words in answer.detail

    @pytest.mark.parametrize(
        ("merged", "refused"), [("A2:B2", True), ("A2:A3", False), ("C2:D2", True), ("D2:D3", False)]
    )
    def test_a_merged_cell_reaches_into_what_is_read_from_either_side(self, collect, merged, refused):
        rows = [["note", *HEAD, "more"], ["n", "A", "FAIL", "m"], ["n", "B", "PASS", "m"]]
        text = {"A2:B2": "A", "C2:D2": "FAIL"}.get(merged, "n")

        answer = ask(collect, book(rows, lambda b, s: s.merge_range(merged, text)), "f.xlsx", ignore=["note", "more"])

        assert (f"{merged} are merged" in answer.detail) is refused

    @pytest.mark.parametrize("cell", ["B2", "B3", "B4"])
    def test_an_error_in_any_row_is_seen(self, collect, cell):
        """The first and the last are rows like others."""
        rows = [HEAD, ["A", "FAIL"], ["B", "PASS"], ["C", "PASS"]]
        data = book(rows, lambda b, s: s.write_formula(cell, "=1/0", None, "#DIV/0!"))

        assert f"column 'result' in {cell} holds an error value" in ask(collect, data, "f.xlsx").detail

    @pytest.mark.parametrize(
        ("cell", "value", "refused"),
        [("C2", 5, True), ("C3", 5, True), ("C3", None, False), ("D3", 0.5, False), ("C4", 0.5, False)],
    )
    def test_a_cell_shown_as_a_percentage_is_no_hundredth(self, collect, cell, value, refused):
        """In the last row too; not where it is blank, in another column, or in the footer."""

        def change(made: Any, sheet: Any) -> None:
            form = made.add_format({"num_format": "0%"})
            if value is None:
                sheet.write_blank(cell, None, form)
            else:
                sheet.write_number(cell, value, form)

        rows = [[*HEAD, "load", "rate"], ["A", "FAIL", 5, 0.5], ["B", "PASS", 5, 0.5], ["END", "", "", ""]]
        rows[2][2] = "" if value is None else 5
        columns = {
            **COLUMNS,
            "load": {"type": "percent", "written": "hundred", "optional": True},
            "rate": {"type": "percent", "written": "ratio"},
        }
        footer = ["END", "", "0.5"] if cell == "C4" else ["END"]

        answer = ask(collect, book(rows, change), "f.xlsx", columns=columns, control={"footer": footer})

        assert (answer.gap == "malformed") is refused, answer.detail
        assert refused is ("is shown as a percentage" in answer.detail)

    def test_four_hidden_rows_are_told_as_three_and_one(self, collect):
        def hide(_: Any, sheet: Any) -> None:
            for row in range(1, 5):
                sheet.set_row(row, None, None, {"hidden": True})

        answer = ask(collect, book([HEAD, *([f"K{n}", "PASS"] for n in range(4))], hide), "f.xlsx")

        assert "row 2, 3, 4 and 1 more hidden" in answer.detail

    def test_numbers_are_compared_without_a_point(self, collect):
        """``rows:`` names a value as a person sees it."""
        rows = [[*HEAD, "level"], ["A", "FAIL", 1], ["B", "FAIL", 2.5], ["C", "FAIL", 2]]
        columns = {**COLUMNS, "level": {"type": "decimal"}}
        for value, whole in (("1", 2), ("2.5", 2), ("1.0", 3)):
            rule = {"parent": {"column": "level", "values": [value]}}
            assert ask(collect, book(rows), "f.xlsx", columns=columns, rows=rule).value == whole

    def test_rows_after_one_that_was_left_out_keep_their_numbers(self, collect):
        rows = [HEAD, ["Total", "PASS"], ["", ""], ["A", "perhaps"]]
        columns = {**COLUMNS, "id": {"type": "text"}}

        answer = ask(collect, book(rows), "f.xlsx", columns=columns, rows={"total": "left_out"}, blank_rows="allowed")

        assert "around it, in row 4 (column B): 'perhaps' (" in answer.detail


class TestMoments:
    @pytest.mark.parametrize(
        ("rule", "words"),
        [
            (AsOf(rule=AsOfRule.CELL, cell="Log!B5"), "f.csv is a text, and 'Log!B5' is no cell above its headings"),
            (AsOf(rule=AsOfRule.DOCUMENT), "f.csv does not say when its content held; state as_of"),
        ],
    )
    def test_a_file_without_a_cell_or_a_word_about_it_is_told_so(self, collect, rule, words):
        settings = {"tables": {"t": {"columns": COLUMNS}}, "facts": FAILED}

        answer = collect({"f.csv": b"id,result\nA,FAIL\n"}, settings, as_of=None, rule=rule)["failed"]

        assert words in answer.detail
