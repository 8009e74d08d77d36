"""What a GO allows is said where it is not going live; where it is, every sentence is as before."""

import json
from dataclasses import replace

import pytest
from tests.report.conftest import recorded, training
from tests.report.test_not_due_yet import ato

from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.report.claim import claim_of
from gonogo.report.formats import full_format, html_format, json_format, markdown_format, terminal_format
from gonogo.report.view import RunView

GATE = "the end of Phase 3"
SAYS = f"This gate decides on {GATE}. A GO here is no permission to go live."


def seen(seal_log, gate, *findings, verdict=Verdict.GO):
    run = recorded((training(Status.MET), *findings), verdict=verdict, without=verdict)
    return replace(RunView.of(seal_log(run.events())), gate=gate)


def words(view, form=markdown_format):
    return " ".join(form.render(view).decode("utf-8").split())


@pytest.mark.parametrize("form", [terminal_format, full_format, markdown_format, html_format])
def test_every_form_says_what_is_decided(seal_log, form):
    """A sponsor who reads GO on a screen must not take it for the go-live."""
    text = words(seen(seal_log, GATE), form)

    assert SAYS in text
    assert f", for {GATE}" in text
    assert "Go-live readiness" not in text


def test_going_live_is_named_as_before(seal_log):
    """Readers, and programs that read reports, find what they know."""
    text = words(seen(seal_log, None))

    assert "# Go-live readiness of " in text
    assert "permission" not in text
    assert "gate" not in json.loads(json_format.render(seen(seal_log, None)))
    assert json.loads(json_format.render(seen(seal_log, GATE)))["gate"] == GATE


def test_a_report_of_another_gate_is_known_for_what_it_is(seal_log):
    """`report --check` must find its run."""
    for name, form in (("markdown", markdown_format), ("html", html_format), ("full", full_format)):
        claim = claim_of(form.render(seen(seal_log, GATE)))
        assert claim is not None
        assert claim.format == name


def test_no_sentence_of_another_gate_is_about_going_live(seal_log):
    """Neither what is not due, nor what blocks, nor what it depends on."""
    waiting = words(seen(seal_log, GATE, ato()))
    assert "The gate also depends on what nobody has judged" in waiting
    assert "Do not decide on" in waiting
    assert "Go-live also depends" not in waiting
    assert "Do not deploy" not in waiting
    assert "and the decision depends on nothing that is still open" in words(seen(seal_log, GATE))
    assert "and go-live depends on nothing that is still open" in words(seen(seal_log, None))
