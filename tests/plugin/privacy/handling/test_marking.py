"""The program's marking heads and foots every page of everything that gonogo writes for people to pass on."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from tests.conftest import Small, write_small

from gonogo.cli import run
from gonogo.report.formats import FORMATS
from gonogo.requests.request_formats import FORMATS as REQUEST_FORMATS

MARKING = "CUI//SP-PRVCY"
ASIDE = 12
"""Lines within which a page's head and foot are."""


@pytest.fixture(scope="module")
def marked(tmp_path_factory) -> Small:
    """A small program with a marking; every test only reads what is made of it."""
    made = write_small(tmp_path_factory.mktemp("marked") / "small")
    made.edit("gonogo.yaml", "time_zone: America/New_York}", f"time_zone: America/New_York, marking: {MARKING}}}")
    return made


@pytest.fixture(scope="module")
def reports(marked) -> dict[str, bytes]:
    """The report of one run in every format."""
    wanted = {name: marked.root / f"report.{name}" for name in FORMATS}
    code = run([*marked.arguments, *(part for name in wanted for part in ("-o", f"{name}:{wanted[name]}"))])
    assert code == 0
    return {name: path.read_bytes() for name, path in wanted.items()}


@pytest.fixture(scope="module")
def asked(marked) -> Small:
    """The program with one fact that nobody answers."""
    folder = marked.root.parent / "asked"
    made = Small(Path(shutil.copytree(marked.root, folder, ignore=shutil.ignore_patterns("audit"))), marked.now)
    drop_binding(made.file, "statements")
    return made


@pytest.fixture(scope="module")
def requests(asked) -> dict[str, Path]:
    """What one command asks for in every format."""
    wanted = {name: asked.root / f"requests.{name}" for name in REQUEST_FORMATS}
    outputs = [part for name, path in wanted.items() for part in ("-o", f"{name}:{path}")]
    assert run(["requests", str(asked.root), "--as-of", asked.as_of, *outputs]) == 0
    return wanted


def head_and_foot(data: bytes) -> tuple[str, str]:
    lines = [line for line in data.decode("utf-8").splitlines() if line.strip()]
    return "\n".join(lines[:ASIDE]), "\n".join(lines[-ASIDE:])


class TestReports:
    def test_every_text_format_has_it_at_its_head_and_at_its_foot(self, reports):
        """A page that is torn off must still say what it is."""
        for name in sorted(name for name in reports if not FORMATS[name].for_machines):
            if b"\0" in reports[name]:
                continue  # an archive of pages; the tests of workbooks below show how they are read
            text = reports[name].decode("utf-8")
            if name == "html":
                text = re.sub(r"(?s)<style>.*?</style>|<[^>]+>", "\n", text)
            head, foot = head_and_foot(text.encode())
            assert MARKING in head.replace("\\", ""), name
            assert MARKING in foot.replace("\\", ""), name

    def test_the_document_for_programs_has_it_at_its_top(self, reports):
        """A person who stores the document must not have to look for it."""
        assert json.loads(reports["json"])["marking"] == MARKING

    def test_every_format_for_machines_has_it(self, reports):
        """A table or a scan result is passed on like a page."""
        for name in sorted(name for name in reports if FORMATS[name].for_machines):
            assert MARKING.encode() in reports[name].replace(b"\\/", b"/"), name

    def test_on_paper_the_head_and_the_foot_come_again_on_every_sheet(self, reports):
        """Browsers repeat what is laid out as the head and the foot of a table; nothing else works in all of them."""
        page = reports["html"].decode()
        style = files("gonogo.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
        paper = style[style.index("@media print") :]

        head = page[page.index("<header ") : page.index("</header>")]
        foot = page[page.index("<footer>") : page.index("</footer>")]

        assert MARKING in head
        assert MARKING in foot
        assert re.search(r"\bbody \{ display: table;", paper)
        assert re.search(r"\bheader \{ display: table-header-group;", paper)
        assert re.search(r"\bfooter \{ display: table-footer-group;", paper)

    def test_no_marking_leaves_no_trace(self, reports, assessed_once):
        """An empty box at the head of a page would make readers ask what was taken out."""
        assert 'class="marking"' in reports["html"].decode()
        assert 'class="marking"' not in (assessed_once.root / "first.html").read_text(encoding="utf-8")


class TestForPeople:
    def test_every_workbook_sheet_is_marked_on_paper(self, asked, tmp_path):
        """The workbook travels by e-mail and is printed for the meeting."""
        target = tmp_path / "evidence.xlsx"

        assert run(["workbook", str(asked.root), "-o", str(target), "--as-of", asked.as_of]) == 0

        check_sheets(target)

    @pytest.mark.parametrize("name", sorted(REQUEST_FORMATS))
    def test_requests_are_marked_in_every_format(self, name, requests):
        """A request names who owes what."""
        if name == "xlsx":
            check_sheets(requests[name])
            return
        text = requests[name].read_bytes().decode("utf-8").replace("\r\n ", "")
        assert MARKING in text[: len(text) // 2]
        assert MARKING in text[len(text) // 2 :]


def drop_binding(program: Path, name: str) -> None:
    """Take one binding out of a program file."""
    text = program.read_text(encoding="utf-8")
    program.write_text(re.sub(rf"(?ms)^  - id: {name}\n.*?(?=^  - id: |^\S|\Z)", "", text), encoding="utf-8")


def check_sheets(path: Path) -> None:
    """See that each visible sheet of a workbook has the marking in the head and foot of its printed pages."""
    with zipfile.ZipFile(path) as archive:
        hidden = archive.read("xl/workbook.xml").decode().count('state="')
        sheets = [archive.read(name).decode() for name in archive.namelist() if "/worksheets/sheet" in name]
    marked = [text for text in sheets if re.search(rf"<oddHeader>[^<]*{MARKING}[^<]*</oddHeader>", text)]
    assert sheets
    assert len(marked) >= len(sheets) - hidden
    assert all(re.search(rf"<oddFooter>[^<]*{MARKING}[^<]*</oddFooter>", text) for text in marked)
