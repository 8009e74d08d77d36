"""Who ran it and where: in every whole report and in the JSON, never on page one."""

import json
from dataclasses import replace

import pytest

from gonogo.model.run_by import RunBy
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView

WHO = RunBy(
    account="svc-gate", host="runner-7", ci="GitLab CI", job="agency/gate / readiness", address="https://ci.example/815"
)


@pytest.fixture
def view(go, seal_log):
    plain = RunView.of(seal_log(go.events()))
    return replace(plain, started=plain.started.model_copy(update={"who": WHO}))


@pytest.mark.parametrize("name", ["full", "html", "markdown"])
def test_a_whole_report_says_it_and_that_it_is_declared(name, view):
    """Anybody can set a variable: nobody may take it for proof."""
    shown = FORMATS[name].render(view).decode()

    assert "Declared account" in shown
    assert "account svc-gate, host runner-7" in shown
    assert "https://ci.example/815" in shown


def test_the_json_holds_it_as_recorded(view):
    """A program looks the job up."""
    assert json.loads(FORMATS["json"].render(view))["who"] == WHO.document()


def test_page_one_does_not(view):
    """The account may be a person's, and a sponsor decides nothing by it."""
    assert b"svc-gate" not in FORMATS["terminal"].render(view)


@pytest.mark.parametrize("name", ["full", "html", "json", "markdown", "terminal"])
def test_a_record_that_does_not_say_it_shows_nothing_of_it(name, go, seal_log):
    """Older records, and a host that does not say."""
    shown = FORMATS[name].render(RunView.of(seal_log(go.events())))

    assert b"Declared account" not in shown
    assert b'"who"' not in shown
