"""What a person wrote into a binding workbook where nothing is read: nobody can tell `wait` from `checked with Ann`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from tests.first_week.adding.test_bound_answers import bound
from tests.invented_office import invented_office

from gonogo.errors import UsageError
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.start_sheet import START
from gonogo.first_week.adding.workbook_texts import AS_WRITTEN
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

LIST = "Interface ID,Partner,ICD status\nI-1,PAM,Approved\nI-2,SAM,Draft\nI-3,CGE,Approved\n"
BOOK = "bindings.xlsx"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "Interfaces.csv").write_text(LIST, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "evidence" / "potluck list.csv").write_text("Dish,Serves\nPie,8\nBeans,6\nRice,4\n", encoding="utf-8")
    (tmp_path / BOOK).write_bytes(make_workbook_of(tmp_path)[0])
    return tmp_path


def page_of(book: Any, name: str = "Interfaces") -> Any:
    (page,) = [each for each in book.worksheets if name in each.title]
    return page


def row_of(page: Any, tag: str) -> int:
    return next(int(row[0].row) for row in page.iter_rows() if row[0].value == tag)


def changed(root: Path, change: Callable[[Any], None], *, by: str | None = "Ada Kirsch") -> None:
    """Sign the sheet of the list, and change the workbook."""
    book = openpyxl.load_workbook(root / BOOK)
    page = page_of(book)
    page.cell(row_of(page, "confirmed by"), 4).value = by
    page.cell(row_of(page, "held"), 4).value = "2026-11-19"
    change(book)
    book.save(root / BOOK)


def comment_on(tag: str, column: int) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        page = page_of(book)
        page.cell(row_of(page, tag), column).comment = Comment("not confirmed", "Ada")

    return change


def text_at(tag: str, column: int, *, more: bool = False) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        page = page_of(book)
        cell = page.cell(row_of(page, tag), column)
        cell.value = f"{cell.value} - wait for Ben" if more else "wait for Ben"

    return change


def below(book: Any) -> None:
    page = page_of(book)
    page.cell(page.max_row + 3, 2).value = "not for use yet"


def picture(book: Any) -> None:
    from openpyxl.chart import BarChart

    page_of(book).add_chart(BarChart(), "D4")


def on_the_line(column: int) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        line = next(row for row in book[START].iter_rows() if "Interfaces" in str(row[1].value))
        book[START].cell(line[0].row, column).value = "ask Ben first"

    return change


def comment_on_the_line(book: Any) -> None:
    line = next(row for row in book[START].iter_rows() if "Interfaces" in str(row[1].value))
    line[3].comment = Comment("wait", "Ada")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (comment_on("confirmed by", 4), ": beside it is written `not confirmed`, and nothing reads it; say it as an"),
        (comment_on("fact", 1), "beside it is written `not confirmed`"),
        (text_at("confirmed by", 7), ": there is written `wait for Ben`, and nothing reads it; say it as an answer"),
        (text_at("confirmed by", 5), "there is written `wait for Ben`"),
        (text_at("confirmed by", 6, more=True), ": there is written `"),
        (text_at("fact", 6), "there is written `wait for Ben`"),
        (below, "there is written `not for use yet`"),
        (picture, "beside it is written `a picture or a shape without words`"),
        (on_the_line(12), "there is written `ask Ben first`"),
        (on_the_line(3), "there is written `ask Ben first`"),
        (on_the_line(10), "there is written `ask Ben first`"),
        (comment_on_the_line, "beside it is written `wait`"),
    ],
)
def test_a_sheet_with_a_remark_confirms_nothing(root: Path, change: Callable[[Any], None], told: str) -> None:
    """`not confirmed` stood beside the name, and the binding was confirmed."""
    changed(root, change)

    found = bind(root / BOOK, root)

    assert found[0].startswith("interfaces: not taken: sheet ")
    assert told in found[0]
    assert bound(root)["interfaces"].confirmed is not None


def test_a_sheet_as_it_was_made_is_taken(root: Path) -> None:
    """Nothing that gonogo writes is a remark, also after another program has saved it."""
    changed(root, lambda _book: None)

    assert bind(root / BOOK, root)[0].startswith("interfaces: confirmed by Ada Kirsch")


def test_a_remark_on_a_sheet_that_nobody_signed_is_nobodys_business(root: Path) -> None:
    """Who does not know yet leaves a remark, and the sheet waits as it did."""
    changed(root, comment_on("fact", 4), by=None)

    assert not any("not taken" in line for line in bind(root / BOOK, root))


def of_all_comment(book: Any) -> None:
    book[START]["B1"].comment = Comment("draft, do not use", "Ada")


def of_all_word(book: Any) -> None:
    book["Read me"]["A12"].value = "draft, do not use"


def sheet_more(book: Any) -> None:
    book.create_sheet("Notes")["B2"].value = "draft, do not use"


def head_of_others(book: Any) -> None:
    book["Other files"]["G1"].value = "draft, do not use"


@pytest.mark.parametrize("change", [of_all_comment, of_all_word, sheet_more, head_of_others])
def test_a_remark_that_may_be_about_each_sheet_stops_all_of_them(root: Path, change: Callable[[Any], None]) -> None:
    """A manager wrote `draft, do not use` on a sheet of its own."""
    changed(root, change)

    with pytest.raises(UsageError, match="draft, do not use`, and nothing reads it; say it as an answer, or delete it"):
        bind(root / BOOK, root)
    assert bound(root)["interfaces"].confirmed is not None


@pytest.mark.parametrize("how", ["comment", "hidden", "nothing"])
def test_a_file_is_not_settled_beside_a_remark_or_on_a_hidden_row(root: Path, how: str) -> None:
    """A file that was set aside is asked about no more."""

    def change(book: Any) -> None:
        page = book["Other files"]
        row = next(row for row in page.iter_rows() if "potluck" in str(row[1].value))
        row[3].value = "a potluck"
        if how == "comment":
            row[3].comment = Comment("not sure", "Ada")
        if how == "hidden":
            page.row_dimensions[row[0].row].hidden = True

    changed(root, change, by=None)

    told = "\n".join(bind(root / BOOK, root))

    assert ("not settled: " in told) is (how != "nothing")
    assert ("potluck" in (root / "gonogo.yaml").read_text(encoding="utf-8")) is (how == "nothing")


def test_a_workbook_of_another_program_is_not_taken(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two programs have the same list, and the answers about one of them are not about the other."""
    other = tmp_path_factory.mktemp("other")
    (other / "evidence").mkdir()
    (other / "evidence" / "Interfaces.csv").write_text(LIST, encoding="utf-8")
    start(other, conduct(other, {**invented_office(), "customer": "Another Agency"}))
    changed(root, lambda _book: None)

    with pytest.raises(UsageError, match=r"The workbook is of the program .*, and this one is .*Another Agency"):
        bind(root / BOOK, other)
    assert bound(other)["interfaces"].confirmed is not None


def test_a_workbook_that_does_not_say_whose_it_is_is_not_taken(root: Path) -> None:
    """An earlier version made it, or somebody deleted the hidden sheet."""
    changed(root, lambda book: book.remove(book[AS_WRITTEN]))

    with pytest.raises(UsageError, match="does not say of which program it is"):
        bind(root / BOOK, root)
