"""What a plugin made of a run is looked at before anybody reads it: its kind, its verdict, its marking."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from tests.conftest import write_stated

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.errors import ReportFault
from gonogo.model.assessment import Purpose
from gonogo.plugin.discovery import discover
from gonogo.report.view import RunView
from gonogo.testing.programs import write_distribution
from gonogo.workflow.plugin_formats import PluginFormat, check_rendered, render_by
from gonogo.workflow.publishing import view_of


def seen(log) -> RunView:
    history = open_history(log)
    return view_of(history, history.runs[-1])


@pytest.fixture(scope="module")
def go(stated_once) -> RunView:
    """A rehearsal that came to GO."""
    return seen(stated_once.log)


@pytest.fixture(scope="module")
def no_go(tmp_path_factory) -> RunView:
    """A rehearsal that came to NO-GO."""
    small = write_stated(tmp_path_factory.mktemp("refused") / "program", false=["desk.staffed"])
    assert run(small.arguments) == 1
    return seen(small.log)


def marked(view: RunView, marking: str) -> RunView:
    program = view.started.program.model_copy(update={"marking": marking})
    return replace(view, started=view.started.model_copy(update={"program": program}))


def told(view: RunView, *lines: str) -> bytes:
    return "\n".join([view.started.kind.sentence, *lines]).encode()


class TestKind:
    @pytest.mark.parametrize(
        "media_type",
        [
            *("text/plain", "text/html", "application/json", "application/xml", "application/x+json", "image/svg+xml"),
            *("application/octet-stream", "application/rtf", "message/x", "application/pdf"),
        ],
    )
    @pytest.mark.parametrize("text", [b"Approved: GO\n", b"all is well", b""])
    def test_a_text_by_whatever_name_says_that_it_is_a_rehearsal(self, go, media_type, text):
        """Who means to pass a rehearsal off as a decision would not call it a text."""
        with pytest.raises(ReportFault, match="might be taken for a decision"):
            check_rendered("acme/lines", text, go, media_type)

        check_rendered("acme/lines", told(go), go, media_type)

    def test_a_decision_need_not_say_so(self, go):
        """What else would it be."""
        kind = go.started.kind.model_copy(update={"purpose": Purpose.DECISION})
        decision = replace(go, started=go.started.model_copy(update={"kind": kind}))

        check_rendered("acme/lines", b"Approved: GO\n", decision, "text/plain")

    @pytest.mark.parametrize("data", [b"%PDF\xff", b"GO\0"])
    def test_bytes_of_another_kind_are_taken_as_they_are(self, no_go, data):
        """Nobody here can look into a slide."""
        check_rendered("acme/lines", data, no_go, "application/pdf")

    def test_a_text_by_its_name_is_utf_8(self, go):
        """What cannot be read cannot be looked at."""
        with pytest.raises(ReportFault, match="is declared as text but is not UTF-8"):
            check_rendered("acme/lines", told(go) + b"\xff", go, "text/html")


class TestVerdict:
    """A report must not say a better verdict than the run's, nor say it first."""

    @pytest.mark.parametrize(
        ("written", "media_type", "words"),
        [
            ("All good: GO", "text/plain", "says GO, and the verdict of the run is NO-GO"),
            ("GO. It was NO-GO once.", "text/html", "says GO before NO-GO"),
            ("NO-GO, hence verdict=GO", "text/plain", "ends in a verdict other than NO-GO"),
            ("CONDITIONAL GO", "text/csv", "says CONDITIONAL GO, and the verdict of the run is NO-GO"),
        ],
    )
    def test_a_better_one_is_not_shown(self, no_go, written, media_type, words):
        """It looked at the marking and at the kind of run, and not at what people read."""
        with pytest.raises(ReportFault, match=words):
            check_rendered("acme/lines", told(no_go, written), no_go, media_type)

    @pytest.mark.parametrize(
        ("written", "media_type"),
        [
            ("NO-GO; M3 calls GO an approval", "text/plain"),
            ("program,GO\nall,NO-GO", "text/csv"),
            ("Open criteria: 3", "text/plain"),
            ("NO-GO\nverdict=NO-GO", "text/plain"),
        ],
    )
    def test_its_own_and_what_is_no_verdict_is_shown(self, no_go, written, media_type):
        """A list of domains may name a GO before the verdict; a sentence may not."""
        check_rendered("acme/lines", told(no_go, written), no_go, media_type)

    def test_a_worse_one_is_shown(self, go):
        """It stops nobody who should not be stopped by the run itself."""
        check_rendered("acme/lines", told(go, "NO-GO"), go, "text/plain")


class TestMarking:
    @pytest.mark.parametrize(("times", "shown"), [(0, False), (1, False), (2, True), (3, True)])
    def test_it_is_at_head_and_foot(self, go, times, shown):
        """A marked program has no unmarked page."""
        view = marked(go, "CUI//SP-PRVCY")
        data = told(view, *["CUI//SP-PRVCY"] * times)

        if shown:
            check_rendered("acme/lines", data, view, "text/plain")
        else:
            with pytest.raises(ReportFault, match="lacks the marking 'CUI//SP-PRVCY' at head and foot"):
                check_rendered("acme/lines", data, view, "text/plain")


FAILING = {
    "raises": ("raise ValueError('no template')", "It could not render: ValueError: no template"),
    "leaves": ("raise SystemExit(0)", "It could not render: SystemExit: 0"),
    "ends": ("import os; os._exit(0)", "made no report"),
    "text": ("return 'text'", "It rendered str, not bytes"),
    "huge": ("return b'x' * 9_000_000", "made no report"),
    "prints": ("print(report['kind']['sentence']); return b''", "might be taken for a decision"),
}


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """A plugin whose formats fail, each in its way."""
    site = tmp_path_factory.mktemp("site")
    write_distribution(site, "acme-reports", "2.0", {"acme": "acme_reports"})
    source = "from gonogo.plugin.spec import hookimpl\n"
    for name, (body, _) in FAILING.items():
        source += textwrap.dedent(f"""
            class Form_{name}:
                name = "{name}"
                media_type = "text/html"
                def render(self, report):
                    {body}
        """)
    source += "\n@hookimpl\ndef gonogo_register_formats(register):\n"
    source += "".join(f"    register(Form_{name}())\n" for name in FAILING)
    (site / "acme_reports.py").write_text(source, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(site))
        yield discover()["acme"]


@pytest.mark.parametrize("name", FAILING)
def test_a_plugin_that_fails_to_render_is_a_sentence(name, failing, go):
    """Whatever it does in its child."""
    with pytest.raises(ReportFault) as caught:
        render_by(PluginFormat(failing, name, "text/html"), go)

    assert FAILING[name][1] in str(caught.value)
