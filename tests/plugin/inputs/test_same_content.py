"""A file that nobody reads is named beside the bound one whose headings it has, whatever it is called."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from gonogo.model.program import AsOf, AsOfRule, Binding, Handling, InputPath, Marking
from gonogo.model.reply import Beside
from gonogo.plugin.inputs.aside_folders import is_aside
from gonogo.plugin.inputs.beside import BesideFiles
from gonogo.plugin.inputs.same_content import LooseFiles, head_of, headings_read
from gonogo.testing.programs import binding_of, program_of

HEADINGS = ("Report", "Critical?", "Validated", "Proven against")
OLD = "evidence/ops/Report validation.csv"


def bound(path: str = OLD, headings: tuple[str, ...] = HEADINGS, **more: object) -> Binding:
    columns = {f"c{number}": {"header": heading} for number, heading in enumerate(headings)}
    entry = InputPath(name="file", paths=(path,), as_of=AsOf(rule=AsOfRule.DOCUMENT))
    settings = {"tables": {"t": {"columns": columns}}} if headings else {}
    return binding_of("table", inputs=(entry,), settings=settings, **more)


def put(root: Path, path: str, headings: tuple[str, ...] = HEADINGS) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    if path.endswith(("xlsx", "xlsm")):
        texts = "".join(f"<si><t>{each}</t></si>" for each in ("A title", *headings))
        with zipfile.ZipFile(root / path, "w") as archive:
            archive.writestr("xl/sharedStrings.xml", f"<sst>{texts}</sst>")
    else:
        (root / path).write_text(f"Reports of Harborline\n\n{','.join(headings)}\nLedger,Y,No,by hand\n")


def noted(root: Path, binding: Binding, *others: Binding, settled: dict[str, str] | None = None) -> list[Beside]:
    path = binding.inputs[0].paths[0]
    if not (root / path).exists():
        put(root, path)
    around = BesideFiles()
    program = program_of(binding, *others).model_copy(update={"not_evidence": settled or {}})
    personal = binding.handling.marking is Marking.PII
    LooseFiles(program, root).note(binding, [path], around, personal=personal)
    return around.beside


@pytest.mark.parametrize(
    "newer",
    [
        "evidence/ops/Reports validated 12-03.csv",
        "evidence/ops/Report validation v2.csv",
        "evidence/ops/Report validation (1).csv",
        "evidence/ops/Report validation FINAL.xlsx",
        "evidence/ops/2026-12-03.xlsx",
        "evidence/ops/December/validated.csv",
        "evidence/Week 49/Report validation.csv",
        "evidence/ops/Report validation.xlsm",
    ],
)
def test_a_file_with_the_same_headings_is_named_whatever_it_is_called(tmp_path: Path, newer: str) -> None:
    """The bound one says 12 of 12, the newer one beside it 7 of 12, and page one showed no word of it."""
    put(tmp_path, newer)

    assert noted(tmp_path, bound()) == [Beside(path=newer, than=OLD, by="headings")]


@pytest.mark.parametrize(("kept", "told"), [(2, False), (3, True), (4, True)])
def test_three_of_four_headings_make_another_version(tmp_path: Path, kept: int, told: bool) -> None:
    """A column renamed since last week is still this week's list; half of the headings is another list."""
    put(tmp_path, "evidence/ops/other.csv", (*HEADINGS[:kept], "Owner", "Remark"))

    assert bool(noted(tmp_path, bound())) is told


@pytest.mark.parametrize(("number", "told"), [(2, False), (3, True), (4, True)])
def test_fewer_than_three_headings_are_those_of_many_lists(tmp_path: Path, number: int, told: bool) -> None:
    put(tmp_path, "evidence/ops/other.csv")

    assert bool(noted(tmp_path, bound(headings=HEADINGS[:number]))) is told


def test_two_headings_tell_where_the_names_share_a_word(tmp_path: Path) -> None:
    put(tmp_path, "evidence/ops/validation_dec04.csv")

    assert [each.by for each in noted(tmp_path, bound(headings=HEADINGS[:2]))] == ["headings"]


@pytest.mark.parametrize(
    "name", ["evidence/old/reports.csv", "evidence/Archive/reports.csv", "evidence/ops/.hidden.csv"]
)
def test_what_people_put_aside_is_not_named(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)

    assert noted(tmp_path, bound()) == []


def test_what_is_older_by_its_name_is_history(tmp_path: Path) -> None:
    put(tmp_path, "evidence/ops/reports v3.csv")
    put(tmp_path, "evidence/ops/reports v5.csv")

    found = noted(tmp_path, bound("evidence/ops/reports v4.csv"))
    assert [each.path for each in found] == ["evidence/ops/reports v5.csv"]


def test_what_is_settled_or_read_is_not_named_and_what_waits_for_a_person_is(tmp_path: Path) -> None:
    put(tmp_path, "evidence/ops/a.csv")
    put(tmp_path, "evidence/ops/b.csv")
    reader = bound("evidence/ops/b.csv", id="second")

    assert noted(tmp_path, bound(), reader, settled={"evidence/ops/a.csv": "a trial"}) == []
    waits = reader.model_copy(update={"confirmed": False})
    assert [each.path for each in noted(tmp_path, bound(), waits)] == ["evidence/ops/a.csv", "evidence/ops/b.csv"]


def test_a_list_of_something_else_is_not_named(tmp_path: Path) -> None:
    put(tmp_path, "evidence/ops/potluck.csv", ("Dish", "Who", "Validated"))

    assert noted(tmp_path, bound()) == []


def test_of_a_source_about_people_no_name_is_shown(tmp_path: Path) -> None:
    put(tmp_path, "evidence/ops/J. Doe's list.csv")

    [found] = noted(tmp_path, bound(handling=Handling(marking=Marking.PII)))
    assert found.path == "a file that `gonogo status PROGRAM` names"


def test_an_xml_document_is_told_by_its_root(tmp_path: Path) -> None:
    """A schedule names no headings in its settings."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    for name, text in {
        "IMS.xml": '<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"/>',
        "update 4 Dec.xml": '<Project xmlns="http://schemas.microsoft.com/project"><Name/></Project>',
        "tests.xml": "<testsuites></testsuites>",
        "pom.xml": '<Project xmlns="urn:other">',
    }.items():
        (folder / name).write_text(text)

    assert [each.path for each in noted(tmp_path, bound("evidence/IMS.xml", ()))] == ["evidence/update 4 Dec.xml"]


def test_the_same_file_is_told_once_and_by_its_name_where_that_tells(tmp_path: Path) -> None:
    put(tmp_path, "evidence/ops/reports v2.csv")
    path = "evidence/ops/reports v1.csv"
    put(tmp_path, path)
    around = BesideFiles(beside=[Beside(path="evidence/ops/reports v2.csv", than=path, by="version")])
    binding = bound(path)
    LooseFiles(program_of(binding), tmp_path).note(binding, [path], around, personal=False)

    assert [each.by for each in around.beside] == ["version"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\xff\xfe", b"<", b"{"])
def test_what_cannot_be_read_shows_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)

    assert not head_of(tmp_path / "x").holds(frozenset({"report"}))
    assert not head_of(tmp_path / "missing").holds(frozenset({"report"}))


def test_the_other_forms_of_a_table_are_told_too(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"Report": 1, "Critical?": "Y"}]')
    (tmp_path / "b.csv").write_bytes("Report;Critical?\n".encode("utf-16"))
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as archive:
        text = '<c t="inlineStr"><is><r><t>Re</t></r><r><t xml:space="preserve">port</t></r></is></c>'
        archive.writestr("xl/worksheets/sheet1.xml", f"{text}<c><is><t>Critical?</t></is></c>")

    wanted = headings_read({"columns": {"a": {"header": " report"}, "b": {"header": "Critical?"}}})
    assert all(head_of(tmp_path / name).holds(wanted) for name in ("a.json", "b.csv", "c.xlsx"))


@pytest.mark.parametrize(
    ("folder", "aside"),
    [
        ("old", True),
        ("Previous versions", True),
        ("do not use, old", True),
        ("2027 old reports", True),
        ("Old Town office", False),
        ("ops", False),
    ],
)
def test_a_folder_put_aside_is_called_so_and_nothing_else(folder: str, aside: bool) -> None:
    assert is_aside(folder) is aside


DATED = "evidence/ops/defects 2026-11-28.csv"


@pytest.mark.parametrize(
    ("newer", "by"),
    [
        ("evidence/ops/defects 2026-12-05.txt", "date"),
        ("evidence/ops/new/defects 2026-12-05.csv", "date"),
        ("evidence/ops/defects 2026-12-05.pdf", "date"),
        ("evidence/ops/defects 2026-12-05.csv.gz", "date"),
        ("evidence/elsewhere/defects 2026-12-05.zip", "date"),
        ("evidence/ops/archive/defects 2026-12-05.csv", "date"),
        ("evidence/ops/defects 2026-11-28.xls", "name"),
        ("evidence/ops/new/defects.zip", "name"),
        ("evidence/ops/defects 2026-11-21.pdf", None),
        ("evidence/ops/archive/defects 2026-11-21.csv", None),
        ("evidence/ops/archive/defects.zip", None),
        ("evidence/ops/defects 2026-11-28.pdf", None),
        ("evidence/ops/new/defects.csv", None),
        ("evidence/ops/minutes 2026-12-05.txt", None),
    ],
)
def test_a_newer_file_is_named_in_any_form_and_any_folder(tmp_path: Path, newer: str, by: str | None) -> None:
    """Last week's list was bound, and this week's, which is worse, lay beside it as text, in a folder, or zipped."""
    put(tmp_path, DATED)
    (tmp_path / newer).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / newer).write_bytes(b"what nobody can read")

    found = noted(tmp_path, bound(DATED))

    assert [(each.path, each.by) for each in found] == ([(newer, by)] if by else [])


@pytest.mark.parametrize("inner", ["table.csv", "table.xlsx", "content.xml", "a/b/table.txt"])
@pytest.mark.parametrize("same", [True, False])
def test_what_is_in_an_archive_is_looked_at(tmp_path: Path, inner: str, same: bool) -> None:
    """The export was zipped under a name that says nothing, or saved as OpenDocument."""
    headings = HEADINGS if same else ("Dish", "Serves", "Cook", "Price")
    put(tmp_path, f"made/{inner}", headings)
    if inner == "content.xml":
        (tmp_path / "made" / inner).write_text("".join(f"<text:p>{each}</text:p>" for each in headings))
    (tmp_path / "evidence" / "ops").mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "evidence" / "ops" / "x.zip", "w") as archive:
        archive.writestr("readme.txt", "see the table")
        archive.write(tmp_path / "made" / inner, inner)

    assert [each.by for each in noted(tmp_path, bound())] == (["headings"] if same else [])


def test_a_packed_text_is_looked_at(tmp_path: Path) -> None:
    """Tools that export much pack it."""
    put(tmp_path, "evidence/ops/other.csv")
    packed = gzip.compress((tmp_path / "evidence" / "ops" / "other.csv").read_bytes())
    (tmp_path / "evidence" / "ops" / "other.csv").unlink()
    (tmp_path / "evidence" / "ops" / "other.csv.gz").write_bytes(packed)

    assert [each.by for each in noted(tmp_path, bound())] == ["headings"]


def test_an_archive_in_an_archive_is_not_opened_for_ever(tmp_path: Path) -> None:
    """A workbook in an archive is looked at; an archive in one is not."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("table.csv", ",".join(HEADINGS))
    (tmp_path / "x.zip").write_bytes(stream.getvalue())
    assert head_of(tmp_path / "x.zip").cells
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as archive:
        archive.write(tmp_path / "x.zip", "x.zip")

    assert head_of(tmp_path / "y.zip").cells == ()


@pytest.mark.parametrize(
    "piece", [b"<si>", b"<si><t>", b"<t ", b"<is>", b"</si>", b"<a ", b"<a:", b'"a" ', b"<sheet ", b"<text:p>", b"{"]
)
def test_what_never_ends_is_looked_at_once(tmp_path: Path, piece: bytes) -> None:
    """A file that nobody bound, made of one beginning again and again, kept the run for minutes."""
    (tmp_path / "x.xml").write_bytes(b"<" + piece * 200_000)
    (tmp_path / "x.json").write_bytes(b"{" + piece * 200_000)
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"):
            archive.writestr(name, piece * 200_000)
    with zipfile.ZipFile(tmp_path / "x.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", piece * 200_000)

    for name in ("x.xml", "x.json", "x.xlsx", "x.ods"):
        assert not head_of(tmp_path / name).holds(frozenset(HEADINGS))
