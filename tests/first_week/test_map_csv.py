"""``map`` on delimited text: every cell is looked at, and what does not fit is told with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gonogo.errors import UsageError
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.mapping_text import mapping_text


def mapped(folder: Path, data: bytes | str, name: str = "table.csv") -> TableMapping:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return map_file(path)


def notes(mapping: TableMapping) -> str:
    return "\n".join(map(str, mapping.notes))


def column(folder: Path, heading: str, cells: list[str]) -> tuple[dict[str, Any], str]:
    rows = "".join(f"{number}x,{cell}\n" for number, cell in enumerate(cells))
    mapping = mapped(folder, f"row,{heading}\n{rows}")
    return list(mapping.columns.values())[1].settings, notes(mapping)


@pytest.mark.parametrize(
    ("heading", "cells", "settings"),
    [
        ("count", ["1", "20", "-3"], {"type": "integer"}),
        ("score", ["1", "2.5", "3.25"], {"type": "decimal"}),
        ("amount", ["1.50", "2.00", "3"], {"type": "money"}),
        ("paid", ["$1.50", "$2.00", "-$3.00"], {"type": "money", "symbol": "$", "unit": "USD"}),
        ("people", ['"1,200"', '"12"', '"1,000,000"'], {"type": "integer", "thousands": ","}),
        ("rate %", ["93.2", "12", "99"], {"type": "percent", "written": "hundred"}),
        ("share", ["0.932", "0.5", "0"], {"type": "percent", "written": "ratio"}),
        ("done", ["93.2%", "50 %", "0%"], {"type": "percent", "written": "sign"}),
        ("load %", ["103.2", "50", "99"], {"type": "percent", "written": "hundred", "highest": "9.99"}),
        ("load", ["103.2%", "50%"], {"type": "percent", "written": "sign", "highest": "9.99"}),
        ("load", ["100%", "50%"], {"type": "percent", "written": "sign"}),
        ("held_on", ["2027-04-19", "2027-04-20", "2026-01-01"], {"type": "date"}),
        ("held_on", ["4/19/2027", "12/1/2026", "1/2/2027"], {"type": "date", "format": "%m/%d/%Y"}),
        ("held_on", ["19/4/2027", "1/12/2026", "2/1/2027"], {"type": "date", "format": "%d/%m/%Y"}),
        ("held_on", ["19-Apr-2027", "01-Dec-2026"], {"type": "date", "format": "%d-%b-%Y"}),
        ("seen_at", ["2027-04-19T10:00Z", "2027-04-19T10:00:30-04:00"], {"type": "instant"}),
        ("seen_at", ["2027-04-19 10:00", "2027-04-19 11:00"], {"type": "instant", "zone": "local"}),
        (
            "seen_at",
            ["4/19/2027 10:00 AM", "4/20/2027 1:30 PM"],
            {"type": "instant", "zone": "local", "format": "%m/%d/%Y %I:%M %p"},
        ),
        ("passed", ["Yes", "No", "yes"], {"type": "boolean"}),
        ("passed", ["Y", "N", "Y"], {"type": "boolean", "yes_words": ["Y"], "no_words": ["N"]}),
        ("case id", ["00017", "00018", "00020"], {"type": "id"}),
        ("zip code", ["02139", "10001", "20500"], {"type": "id"}),
        ("note", ["a", "b c", "d"], {"type": "text"}),
    ],
)
def test_the_type_of_a_column_is_told_by_its_cells(
    tmp_path: Path, heading: str, cells: list[str], settings: dict[str, Any]
) -> None:
    """The person who pastes should have to correct little, and never a leading zero."""
    assert column(tmp_path, heading, cells)[0] == settings


class TestWhatDoesNotFit:
    def test_a_word_among_numbers_is_told_by_its_line_and_column(self, tmp_path: Path) -> None:
        """ "N/A" among counts is the commonest cell that silently becomes nothing elsewhere."""
        settings, told = column(tmp_path, "open", ["1", "2", "N/A", "4", "5"])

        assert settings == {"type": "integer"}
        assert "line 4, column 2 (open): not a whole number" in told

    def test_only_the_first_places_are_named_and_the_rest_counted(self, tmp_path: Path) -> None:
        """Ten thousand bad cells must not make ten thousand lines."""
        _, told = column(tmp_path, "open", ["7"] * 20 + ["?"] * 10)

        assert "line 22, column 2, line 23, column 2, line 24, column 2 and 7 more (open)" in told

    def test_a_day_that_no_calendar_has_is_unreadable(self, tmp_path: Path) -> None:
        """30 February looks like a date to a pattern."""
        settings, told = column(tmp_path, "held_on", ["2027-02-28", "2027-02-30", "2027-03-01"])

        assert settings == {"type": "date"}
        assert "line 3, column 2 (held_on): not a date" in told

    def test_blank_cells_make_a_column_optional_and_are_counted(self, tmp_path: Path) -> None:
        """A blank is unknown, never zero."""
        mapping = mapped(tmp_path, "id,done_on\n1,2027-01-01\n2,\n3,2027-01-02\n")

        guess = mapping.columns["done_on"]
        assert (guess.blanks, guess.settings) == (1, {"type": "date", "optional": True})

    def test_dates_that_could_be_either_order_are_told(self, tmp_path: Path) -> None:
        """4/5 is April in Washington and May in Ottawa."""
        _, told = column(tmp_path, "held_on", ["4/5/2027", "6/7/2027"])

        assert "every date could be month/day or day/month" in told

    def test_blanks_around_a_text_are_told(self, tmp_path: Path) -> None:
        """`Closed ` is not `Closed`: a count by status would be short without a word."""
        settings, told = column(tmp_path, "status", ["Open", "Open", "Closed ", "Closed"])

        assert "allowed" not in settings
        assert "line 4, column 2 (status): blanks before or after the text, so that one word would count as two" in told
        assert "the column is ignored" in told

    @pytest.mark.parametrize("heading", ["done %", "completion"])
    def test_three_ways_to_write_a_percentage_are_one_message_with_each_first_cell(
        self, tmp_path: Path, heading: str
    ) -> None:
        """93.2, 0.932 and 93.2 % in one column differ by a factor of a hundred and look alike."""
        _, told = column(tmp_path, heading, ["93.2", "0.932", "93.2 %", "50"])

        assert "written in 3 ways in one column" in told
        assert "like 93.2 in line 2, column 2, like 0.932 in line 3, column 2, like 93.2 % in line 4, column 2" in told

    def test_one_way_of_percentages_is_no_message(self, tmp_path: Path) -> None:
        """A hundred percent and zero are written the same in more than one way."""
        assert "ways" not in column(tmp_path, "done %", ["93.2", "100", "0", "1"])[1]


class TestRows:
    def test_title_lines_above_the_header_are_passed(self, tmp_path: Path) -> None:
        """Exports begin with the report's name and its date."""
        mapping = mapped(tmp_path, "Training report,,\nas of 2027-04-01,,\nid,name,done\n1,a,Yes\n2,b,No\n3,c,No\n")

        assert mapping.grid.settings["header_row"] == 3
        assert list(mapping.columns) == ["id", "name", "done"]

    def test_a_second_header_is_told(self, tmp_path: Path) -> None:
        """Units under the headings would make every number a text."""
        mapping = mapped(tmp_path, "load,hours\npercent,decimal\n1,2.5\n2,3.5\n3,4.5\n")

        assert "row 2: reads like a second header" in notes(mapping)
        assert mapping.columns["hours"].settings["type"] == "decimal"

    def test_a_header_that_comes_again_is_told(self, tmp_path: Path) -> None:
        """Appending one month's export to the next repeats it."""
        mapping = mapped(tmp_path, "id,n\n1,2\nid,n\n3,4\n")

        assert "row 3: the header is repeated there" in notes(mapping)

    def test_a_row_of_totals_is_told(self, tmp_path: Path) -> None:
        """The total of a column is not a member of it."""
        assert "row 4: looks like a row of totals" in notes(mapped(tmp_path, "who,n\na,1\nb,2\nTotal,3\n"))

    def test_rows_of_another_length_are_told_and_not_counted(self, tmp_path: Path) -> None:
        """A comma inside an unquoted name shifts every cell after it."""
        mapping = mapped(tmp_path, "a,b\n1,2\n1,2,3\n4,5\n")

        assert "line 3: 1 row without 2 cells" in notes(mapping)
        assert len(mapping.grid.rows) == 2

    def test_a_blank_line_is_told(self, tmp_path: Path) -> None:
        """The collector refuses it, so that a cut file is not taken for a whole one."""
        assert "line 3: a blank row" in notes(mapped(tmp_path, "a,b\n1,2\n\n3,4\n"))

    def test_a_quote_that_is_never_closed_is_told_with_its_line(self, tmp_path: Path) -> None:
        """It swallows the rest of the file."""
        assert "line 3: quotes that are opened and never closed" in notes(mapped(tmp_path, 'a,b\n1,2\n"3,4\n5,6\n'))

    def test_a_last_line_without_end_is_told(self, tmp_path: Path) -> None:
        """A download that stopped looks like this."""
        mapping = mapped(tmp_path, "a,b\n1,2")

        assert mapping.grid.settings == {"final_line_break": False}
        assert "line 2: the last line does not end" in notes(mapping)

    def test_line_breaks_inside_cells_are_found_and_lines_still_counted(self, tmp_path: Path) -> None:
        """A note of two lines must not move the place of what is wrong below it."""
        mapping = mapped(tmp_path, 'id,note,n\n1,"two\nlines",5\n2,one,x\n3,b,6\n4,c,7\n')

        assert mapping.grid.settings == {"line_breaks": True}
        assert "line 4, column 3 (n): not a whole number" in notes(mapping)

    def test_a_file_without_rows_proves_nothing(self, tmp_path: Path) -> None:
        """An export with a wrong filter has a header and no row."""
        assert "no row below the header" in notes(mapped(tmp_path, "a,b\n"))

    def test_one_heading_for_two_columns_is_told_and_neither_is_read(self, tmp_path: Path) -> None:
        """Which of the two was meant nobody can tell."""
        mapping = mapped(tmp_path, "id,date,date\n1,2027-01-01,2027-01-02\n2,2027-01-01,2027-01-02\n")

        assert "columns 2, 3: the heading 'date' appears 2 times" in notes(mapping)
        assert list(mapping.columns) == ["id"]

    def test_cells_under_no_heading_are_told(self, tmp_path: Path) -> None:
        """A remark beside the table belongs to no column."""
        mapping = mapped(tmp_path, "id,n,\n1,2,remark\n3,4,\n5,6,\n")

        assert "line 2, column 3: cells under no heading" in notes(mapping)
        assert mapping.ignored == ("",)

    def test_columns_beyond_the_collectors_limit_are_ignored(self, tmp_path: Path) -> None:
        """Sixty are read; what is left out is said."""
        heading = ",".join(f"c{number}" for number in range(70))
        mapping = mapped(tmp_path, f"{heading}\n{','.join('1' * 70)}\n")

        assert (len(mapping.columns), len(mapping.ignored)) == (60, 10)
        assert "more than 60 columns" in notes(mapping)


class TestBytes:
    def test_windows_text_is_read_and_told(self, tmp_path: Path) -> None:
        """Excel's CSV is Windows-1252 unless asked otherwise, and names lose their accents."""
        mapping = mapped(tmp_path, "id,site\n1,Montréal\n2,Québec\n".encode("cp1252"))

        assert mapping.grid.settings["encoding"] == "cp1252"
        assert "line 2: not UTF-8; read as Windows-1252" in notes(mapping)

    def test_utf_16_and_byte_order_marks_are_no_part_of_the_first_heading(self, tmp_path: Path) -> None:
        """A mark that sticks to the first heading makes it another one."""
        marked = mapped(tmp_path, "\ufeffid,n\n1,2\n", "a.csv")
        wide = mapped(tmp_path, "id\tn\n1\t2\n3\t4\n".encode("utf-16"), "b.csv")

        assert list(marked.columns) == list(wide.columns) == ["id", "n"]
        assert wide.grid.settings == {"delimiter": "\t", "encoding": "utf-16"}

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_delimiter_is_found(self, tmp_path: Path, delimiter: str) -> None:
        """A European Excel writes semicolons."""
        rows = [["id", "note, text", "n"], ["1", "a, b", "5"], ["2", "c", "6"], ["3", "d, e, f", "7"]]
        mapping = mapped(tmp_path, "".join(delimiter.join(f'"{c}"' for c in row) + "\n" for row in rows))

        assert mapping.grid.settings.get("delimiter", ",") == delimiter
        assert len(mapping.columns) == 3

    @pytest.mark.parametrize("text", ["a,b\r\n1,2\n3,4\r\n", "a,b\n1,2\r3,4\n"])
    def test_mixed_line_ends_are_told(self, tmp_path: Path, text: str) -> None:
        """Two programs disagree on how many lines there are."""
        told = notes(mapped(tmp_path, text.encode()))

        assert "one kind of line end" in told

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "is empty (0 bytes)"),
            (b"\x00" * 5000, "holds only zero bytes"),
            (b"a,b\n1,\x00\n", "control character in line 2"),
            (b"a,b\n1,\x01\n", "control character in line 2"),
            (b"\xd0\xcf\x11\xe0rest", "old .xls workbook or has a password"),
            (b'{"a": 1}', "JSON without a list of records"),
            (b"<a/>", "is XML, not a table"),
            (b"a,b\n1,\x81\n", "neither UTF-8 nor Windows-1252"),
            (b"PK\x03\x04broken", "damaged or truncated|truncated"),
        ],
    )
    def test_what_is_no_table_is_refused_with_a_sentence(self, tmp_path: Path, data: bytes, sentence: str) -> None:
        """A traceback helps nobody in a PMO."""
        with pytest.raises(UsageError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
            mapped(tmp_path, data)

    def test_a_missing_file_a_folder_and_a_sheet_of_no_workbook_are_refused(self, tmp_path: Path) -> None:
        """Slips of the command line."""
        (tmp_path / "t.csv").write_text("a,b\n1,2\n")

        for path, sheet, sentence in (
            (tmp_path / "no.csv", None, "is no file"),
            (tmp_path, None, "is a folder"),
            (tmp_path / "t.csv", "Log", "not a workbook"),
        ):
            with pytest.raises(UsageError, match=sentence):
                map_file(path, sheet=sheet)


class TestPrivacy:
    @pytest.mark.parametrize("heading", ["Name", "Learner", "Owner", "E-mail", "Vendor ID", "Approved by", "SSN"])
    def test_no_value_of_a_column_about_people_is_printed(self, tmp_path: Path, heading: str) -> None:
        """A mapping is pasted into a file that many read."""
        secret = ["Zyxwv", "Qponm"]
        mapping = mapped(tmp_path, f"n,{heading}\n" + "".join(f"{i},{secret[i % 2]}\n" for i in range(20)))

        text = mapping_text(mapping)
        assert not any(value in text for value in secret)

    @pytest.mark.parametrize(
        "values",
        [
            ["ada@example.gov", "bob@example.gov"],
            ["078-05-1120", "219-09-9999"],
            ["Ada Kirsch", "Theo Brandvold"],
            ["ghp0123456789abcdefghij", "ghp9876543210abcdefghij"],
            ["(202) 555-0143", "202-555-0199"],
        ],
    )
    def test_values_that_look_personal_are_not_printed_under_any_heading(
        self, tmp_path: Path, values: list[str]
    ) -> None:
        """Headings are often wrong about what stands below them."""
        mapping = mapped(tmp_path, "n,remark\n" + "".join(f"{i},{values[i % 2]}\n" for i in range(20)))

        assert not any(value in mapping_text(mapping) for value in values)
        assert mapping.columns["remark"].hidden

    def test_the_values_of_a_category_are_printed(self, tmp_path: Path) -> None:
        """Without them no condition can be written, and a misspelt one would count nothing for ever."""
        mapping = mapped(
            tmp_path, "n,Status\n" + "".join(f"{i},{['In Progress', 'Not Started'][i % 2]}\n" for i in range(20))
        )

        assert mapping.columns["status"].settings["allowed"] == ["In Progress", "Not Started"]

    def test_more_than_twelve_values_are_no_category(self, tmp_path: Path) -> None:
        """A list of hundreds is data, not a mapping."""
        mapping = mapped(tmp_path, "n,region\n" + "".join(f"{i},r{i % 13}x\n" for i in range(60)))

        assert "allowed" not in mapping.columns["region"].settings

    def test_an_unreadable_value_is_placed_and_never_quoted(self, tmp_path: Path) -> None:
        """The text in the wrong cell may be a name."""
        assert "Zyxwv" not in mapping_text(mapped(tmp_path, "n,count\n1,4\n2,Zyxwv\n3,5\n"))


class TestNames:
    def test_column_names_are_safe_whatever_the_headings_are(self, tmp_path: Path) -> None:
        """Expressions call columns by these names."""
        mapping = mapped(tmp_path, 'not,Coût total (USD),42,"a\nb",数,now,Cost\n1,2,3,4,5,6,7\n')

        assert list(mapping.columns) == [
            "column_not",
            "cout_total_usd",
            "column_42",
            "a_b",
            "column",
            "column_now",
            "cost",
        ]

    def test_two_headings_of_one_name_are_told_apart(self, tmp_path: Path) -> None:
        """`Start` and `start?` are two columns."""
        assert list(mapped(tmp_path, "Start,start?\n1,2\n").columns) == ["start", "start_2"]

    def test_a_heading_that_stands_twice_is_told_and_no_row_of_data_becomes_the_header(self, tmp_path: Path) -> None:
        """Two columns `Name` are a slip of the export; without them the first person would be a heading."""
        mapping = mapped(tmp_path, "Name,Name,Status\nAnn,Bo,Open\nCy,Di,Closed\n")

        assert "header_row" not in mapping.grid.settings
        assert list(mapping.columns) == ["status"]
        assert "columns 1, 2: the heading 'Name' appears 2 times; to read one" in notes(mapping)

    def test_headings_of_groups_above_the_header_are_told(self, tmp_path: Path) -> None:
        """Of two header rows the lower one counts, and a user who meant the other must see it."""
        mapping = mapped(tmp_path, "Plan,Plan,Actual,Actual\nstart,end,began,ended\n1,2,3,4\n5,6,7,8\n")

        assert mapping.grid.settings["header_row"] == 2
        assert "row 1: above the header in row 2; not read. If another row is the header" in notes(mapping)

    def test_identifiers_that_excel_spoiled_before_it_saved_are_told_with_their_cells(self, tmp_path: Path) -> None:
        """In a CSV they are text like any other."""
        settings, told = column(tmp_path, "Position ID", ["1.20E+05", "12-Mar", "00017", "A-17"])

        assert settings == {"type": "id"}
        assert "line 2, column 2, line 3, column 2 (Position ID): Excel has turned identifiers into" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ID    Title        Status\n1     Log in       Pass\n2     Log out      Fail\n", True),
        ("Title of it  then\nx\ny\n", False),
        ("ID,Title of  it   all\n1,x\n2,y\n", False),
    ],
)
def test_columns_that_blanks_set_apart_are_told(tmp_path: Path, text: str, said: bool) -> None:
    """*No column in which every cell is as expected* helps nobody whose file has no commas."""
    (tmp_path / "t.csv").write_text(text)

    told = [str(note) for note in map_file(tmp_path / "t.csv").notes if "blanks seem to set columns apart" in str(note)]

    assert bool(told) is said


def test_columns_without_a_heading_are_called_so(tmp_path: Path) -> None:
    """*The heading \'\' appears 3 times* is a riddle."""
    (tmp_path / "t.csv").write_text("ID,Area,,,Status\nD-1,Net,x,,Open\nD-2,Net,y,,Done\n")

    told = [str(note) for note in map_file(tmp_path / "t.csv").notes]

    assert "columns 3, 4: have no heading; to read one of them, give it one" in told
