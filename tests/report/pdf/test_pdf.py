"""The PDF: tagged by a real browser, finished so that a screen reader announces it, and the same each time."""

import io
import re
import socket
import stat
import sys
from contextlib import suppress
from datetime import UTC, datetime

import pikepdf
import pytest

from gonogo.cli.publish import check_targets
from gonogo.errors import PrintFault, UsageError
from gonogo.report.formats import FORMATS, pdf_format
from gonogo.report.pdf import browser
from gonogo.report.pdf.browser import find_browser, print_page
from gonogo.report.pdf.finishing import finished
from gonogo.report.pdf.without_browser import print_without_browser
from gonogo.report.view import RunView

_NOON = datetime(2027, 4, 19, 16, tzinfo=UTC)
PAGE = b'<!doctype html><html lang="en-US"><title>t</title><h1>One</h1><p>x</p></html>'


@pytest.fixture
def view(conditional, seal_log):
    return RunView.of(seal_log(conditional.events()))


def elements(document):
    """Yield every element of the structure tree."""
    seen, left = set(), [document.Root.StructTreeRoot]
    while left:
        node = left.pop()
        if isinstance(node, pikepdf.Array):
            left.extend(node)
        elif isinstance(node, pikepdf.Dictionary) and not (node.is_indirect and node.objgen in seen):
            seen.add(node.objgen)
            if "/S" in node:
                yield node
            if "/K" in node:
                left.append(node.K)


def scope(element):
    attributes = element.get("/A", pikepdf.Array())
    attributes = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return [str(each.Scope) for each in attributes if "/Scope" in each]


STANDARD = re.compile(
    r"/(Document|Part|Art|Sect|Div|BlockQuote|Caption|TOCI?|Index|NonStruct|Private|P|H[1-6]?|L|LI|Lbl|LBody|Table|TR|T[HD]"
    r"|THead|TBody|TFoot|Span|Quote|Note|Reference|Link|Annot|Figure|Form)"
)
"""Tags of PDF 1.7; a later one needs a role."""


def linked(document):
    """Return the areas that links refer to."""
    kids = [kid for element in elements(document) if str(element.S) == "/Link" for kid in element.K]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]


def untagged(page):
    """Return what is painted on a page outside every tag."""
    depth, found = 0, []
    for each in pikepdf.parse_content_stream(page):
        operator = str(each.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        if depth == 0 and operator in {"f", "f*", "S", "B", "Tj", "TJ", "Do", "sh"}:
            found.append(operator)
    return found


@pytest.mark.browser
def test_a_screen_reader_finds_title_language_headings_and_the_scope_of_each_heading_of_a_table(view):
    """Section 508: without scope, a cell is read without saying what it is about."""
    first = FORMATS["pdf"].render(view)
    with pikepdf.open(io.BytesIO(first)) as document:
        root, found = document.Root, list(elements(document))
        with document.open_metadata() as said:
            assert said["pdfuaid:part"] == "1"
            assert "Harborline" in said["dc:title"]
        assert root.ViewerPreferences.DisplayDocTitle
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-US", True)
        assert str(document.docinfo.CreationDate).startswith("D:20270419160000")
    kinds = [str(element.S) for element in found]
    headings = [element for element in found if str(element.S) == "/TH"]
    assert kinds.count("/H1") == 1
    assert headings
    assert [element for element in headings if scope(element) not in (["/Row"], ["/Column"])] == []
    assert "/Table" in kinds
    assert FORMATS["pdf"].render(view) == first

    with pikepdf.open(io.BytesIO(first)) as document:
        found = list(elements(document))
        roles = {str(kind) for kind in document.Root.StructTreeRoot.get("/RoleMap", {})}
        assert [each for each in {str(element.S) for element in found} - roles if not STANDARD.fullmatch(each)] == []
        assert [element for element in found if str(element.S) == "/Figure" and "/Alt" not in element] == []
        links = [kid.Obj for kid in linked(document)]
        assert links
        assert [link for link in links if not str(link.get("/Contents", "")).strip()] == []
        assert [page.index for page in document.pages if untagged(page)] == []


def test_without_a_browser_there_is_a_pdf_that_does_not_call_itself_accessible(view, monkeypatch):
    """WeasyPrint loses the headings of tables: its file is for the eye, and must not say otherwise."""
    monkeypatch.setattr(pdf_format, "find_browser", lambda: None)

    with pikepdf.open(io.BytesIO(FORMATS["pdf"].render(view))) as document, document.open_metadata() as said:
        assert said.get("pdfuaid:part") is None
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert "/Marked" not in document.Root.get("/MarkInfo", {})


@pytest.mark.parametrize(
    ("missing", "there", "sentence"),
    [
        (["pikepdf"], "/bin/true", "finished with pikepdf, which is not installed"),
        (["weasyprint"], None, "needs Chromium on this machine, or WeasyPrint"),
    ],
)
def test_what_is_missing_is_named_before_a_run_takes_place(missing, there, sentence, monkeypatch, tmp_path):
    """A decision that is recorded and then cannot be printed comes too late for the meeting."""
    monkeypatch.setattr(pdf_format, "find_browser", lambda: there)
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(UsageError, match=sentence) as caught:
        check_targets([f"pdf:{tmp_path / 'x.pdf'}"], tmp_path)
    assert "gonogo[pdf]" in caught.value.hint


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("exit 0", "ended without a whole PDF"),
        ('for a in "$@"; do case $a in --print-to-pdf=*) echo "%PDF-1.4 cut" > "${a#*=}";; esac; done', "whole PDF"),
        ("sleep 60", "did not end within 0.3 seconds"),
    ],
)
def test_a_browser_that_prints_nothing_whole_makes_no_file(script, sentence, tmp_path):
    """Half a file that opens looks like a report whose end is missing for a reason."""
    made = tmp_path / "browser"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)

    with pytest.raises(PrintFault, match=sentence) as caught:
        print_page(PAGE, str(made), seconds=0.3 if "sleep" in script else 20)
    assert "the run is recorded" in caught.value.hint
    assert caught.value.exit_code == 4


def test_a_browser_that_is_not_there_or_no_pdf_is_a_sentence():
    """Not a traceback."""
    with pytest.raises(PrintFault, match="cannot be started"):
        print_page(PAGE, "/nowhere/chromium")
    with pytest.raises(PrintFault, match="cannot be read as a PDF"):
        finished(b"no pdf", title="t", language="en-US", made=_NOON, accessible=False)


def test_a_print_without_tags_is_refused_where_tags_are_promised():
    """An old browser prints none; the mark of PDF/UA on such a file would be untrue."""
    with pikepdf.new() as plain:
        plain.add_blank_page()
        stream = io.BytesIO()
        plain.save(stream)

    with pytest.raises(PrintFault, match="printed no tags"):
        finished(stream.getvalue(), title="t", language="en-US", made=_NOON, accessible=True)


def test_a_browser_is_looked_for_by_the_names_that_it_has(monkeypatch):
    """Debian says chromium, others say otherwise; the first that is there prints."""
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/usr/bin/{name}" if "google" in name else None)
    assert find_browser() == "/usr/bin/google-chrome-stable"

    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    assert find_browser() is None


@pytest.mark.parametrize(("length", "short"), [(40, False), (41, True), (90, True)])
def test_a_long_folder_for_scratch_files_is_no_place_for_the_browsers_socket(length, short, tmp_path):
    """A job of a pipeline has such a folder, and Chromium would end without a word."""
    usual = "/" + "x" * (length - 1)

    assert browser._place(usual, str(tmp_path)) == (str(tmp_path) if short else None)
    assert browser._place(usual, str(tmp_path / "none")) is None


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Run a browser that writes down how it was called and what it was given, and prints a whole PDF."""
    made, heard = tmp_path / "browser", tmp_path / "heard"
    made.write_text(
        "#!/bin/sh\n"
        f'{{ env; pwd; ls -A; printf "%s\\n" "$@"; }} > {heard}\n'
        'for a in "$@"; do case $a in --print-to-pdf=*) printf "%%PDF-1.4\\n%%%%EOF\\n" > "${a#*=}";; esac; done\n'
    )
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("GONOGO_SIGNING_KEY", "/keys/gate.pem")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert print_page(PAGE, str(made)).startswith(b"%PDF-1.4")
    return heard.read_text().splitlines()


def test_a_browser_gets_no_network_no_profile_of_a_person_and_no_secret(told):
    """It reads a page that quotes files: it fetches nothing, stores nothing, and knows no key of the gate."""
    variables = dict(line.split("=", 1) for line in told if "=" in line and not line.startswith("--"))
    [profile] = [line.partition("=")[2] for line in told if line.startswith("--user-data-dir=")]
    folder = profile.removesuffix("/profile")

    assert {"--headless", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server", "--disable-extensions",
            "--disable-background-networking", "--disable-sync", "--disable-component-update"} <= set(told)  # fmt: skip
    assert {variables[name] for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")} == {folder}
    assert folder in told  # where it stands
    assert (variables["TZ"], variables["LC_ALL"]) == ("UTC", "C.UTF-8")
    assert {"GONOGO_SIGNING_KEY", "HTTPS_PROXY"} & variables.keys() == set()
    assert told[-1] == f"file://{folder}/page.html"


def test_a_browser_is_asked_for_tags_and_an_outline_and_no_lines_of_its_own(told):
    """A date and an address at the edge of each page would be of the print, and not of the record."""
    assert {"--export-tagged-pdf", "--generate-pdf-document-outline", "--no-pdf-header-footer"} <= set(told)


def test_without_a_browser_nothing_is_fetched():
    """WeasyPrint would load what a page names: that page cannot be printed at all."""
    page = (
        b'<!doctype html><html><title>t</title><link rel="stylesheet" href="http://127.0.0.1:9/x.css"><p>x</p></html>'
    )
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        port = server.getsockname()[1]
        print_without_browser(page.replace(b":9/", f":{port}/".encode()))
        with suppress(TimeoutError):
            asked.append(server.accept())

    assert asked == []
