"""Accessibility results of axe: what is broken, what is undecided, and which pages were tried at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from gonogo.collectors.system.axe import AxeCollector
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of


def rule(name: str, *impacts: str | None, own: str | None = "serious") -> dict:
    nodes = [{"target": [f"#e{number}"], "html": "<a>", "impact": impact} for number, impact in enumerate(impacts)]
    return {"id": name, "impact": own, "tags": ["wcag2a"], "nodes": nodes}


def result(*broken: dict, url: str = "https://keelfin.example/", **more) -> dict:
    return {
        "testEngine": {"name": "axe-core", "version": "4.10.2"},
        "timestamp": "2027-04-18T07:30:00.000Z",
        "url": url,
        "toolOptions": {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa"]}},
        "violations": list(broken),
        "incomplete": [rule("color-contrast", "serious")],
        "passes": [rule("html-has-lang", None)],
        **more,
    }


def read(*results, listed: bool = False, **settings):
    data = json.dumps(list(results) if listed or len(results) > 1 else results[0]).encode()
    return counts(data, **settings)


def counts(data: bytes, **settings):
    return answers_of(AxeCollector(), job_of({"file": ("axe.json", data)}), settings)


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.axe"
    files: ClassVar = {"file": ("axe.json", json.dumps(result(rule("label", "critical"))).encode())}


class TestCounts:
    def test_each_element_counts_by_its_impact_and_one_without_counts_as_serious(self):
        """The rule's own impact stands for an element that has none."""
        answers = read(result(rule("label", "critical", "serious", "moderate", "minor"), rule("list", None, own=None)))

        values = {name: answer.value for name, answer in answers.items()}
        assert values == {"pages_tested": 1, "violations": 5, "serious_violations": 3, "undecided": 1}
        assert answers["violations"].open_items[0] == 'label at ["#e0"] of https://keelfin.example/'

    def test_pages_count_once_and_the_oldest_result_dates_all(self):
        """A fresh page beside a stale one."""
        older = result(timestamp="2027-04-01T00:00:00Z")
        answers = read(result(), result(), older | {"url": "https://keelfin.example/pay"})

        assert answers["pages_tested"].value == 2
        assert answers["pages_tested"].as_of == datetime(2027, 4, 1, tzinfo=UTC)

    def test_the_oldest_of_several_files_dates_all(self):
        """A fresh file beside a stale one."""
        fresh, stale = (
            (name, json.dumps(result(timestamp=f"2027-04-{day}T00:00:00Z")).encode())
            for name, day in (("fresh.json", "18"), ("stale.json", "01"))
        )

        found = answers_of(AxeCollector(), job_of({"file": [fresh, stale]}), {})
        assert {answer.as_of for answer in found.values()} == {datetime(2027, 4, 1, tzinfo=UTC)}

    def test_two_elements_at_one_place_are_two(self):
        """A page that repeats an id breaks the rule as often as it repeats it."""
        node = {"target": ["#e"], "html": "<a>", "impact": "serious"}

        assert read(result({**rule("label"), "nodes": [node, node]}))["serious_violations"].value == 2

    def test_the_error_that_axe_keeps_beside_a_rule_does_not_hide_the_page(self):
        """axe-core 4.14 writes `error` into a rule of `incomplete`; earlier versions only put it into the message."""
        ended = {**rule("color-contrast", "serious"), "error": {"name": "Error", "message": "no canvas", "stack": "x"}}

        assert read(result(incomplete=[ended]))["undecided"].value == 1

    def test_a_rule_that_ended_with_an_error_is_undecided(self):
        """axe lists it without an element, because it looked at none."""
        answers = read(result(incomplete=[rule("label"), rule("list", "minor")]))

        assert next(iter(answers["undecided"].open_items)) == "label of https://keelfin.example/"
        assert answers["undecided"].value == 2

    def test_a_place_may_be_written_with_numbers(self):
        """A target is whatever axe says; it is shown, and never a reason to stop."""
        node = {"target": [1.5], "html": "<a>", "impact": "serious"}

        assert read(result({**rule("label"), "nodes": [node]}))["violations"].value == 1

    def test_a_page_that_is_not_there_is_missing(self):
        """The page that nobody tried has no violations."""
        with pytest.raises(CollectorRefusal, match="no result is about the page") as refusal:
            read(result(), pages=["https://keelfin.example/", "https://keelfin.example/close"])

        assert refusal.value.reason is GapReason.MISSING


class TestNoWholeRun:
    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"passes": []}, "did not load"),
            ({"url": "chrome-error://chromewebdata/"}, "did not load"),
            ({"url": "about:blank"}, "did not load"),
            ({"violations": None}, "leaves out"),
            ({"incomplete": None}, "leaves out"),
            ({"testEngine": {"name": "pa11y"}}, "no result of axe-core"),
            ({"toolOptions": {"runOnly": {"type": "rule", "values": ["label"]}}}, "some rules only"),
            ({"toolOptions": {"runOnly": {"type": "tag", "values": ["wcag2a"]}}}, "some rules only"),
            ({"toolOptions": {"rules": {"label": {"enabled": False}}}}, "leave out the rule 'label'"),
            ({"timestamp": "today"}, "does not say when"),
            ({"timestamp": "2027-04-20T00:00:00Z"}, "after the assessment"),
            ({"violations": [rule("label", "awful")]}, "does not know"),
            ({"violations": [{**rule("label", "serious"), "node": []}]}, "does not know"),
            ({"violations": [rule("label")]}, "does not list its elements"),
            ({"violations": [{**rule("label"), "nodes": None}]}, "does not list its elements"),
            ({"incomplete": [{**rule("label"), "nodes": None}]}, "does not list its elements"),
        ],
    )
    def test_a_result_of_less_is_refused(self, change, sentence):
        """It has fewer violations than the page."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(result(**change))

    def test_an_empty_list_holds_no_result(self):
        """The command line writes one where every page failed."""
        with pytest.raises(CollectorRefusal, match="holds no result"):
            counts(b"[]")


class TestOptions:
    @pytest.mark.parametrize(
        ("types", "sentence"), [(["passes"], "add violations"), (["incomplete"], "add violations"), ([], "")]
    )
    def test_a_result_that_lists_one_element_a_rule_is_refused(self, types, sentence):
        """Of the kinds that resultTypes does not name, axe lists one element of each rule."""
        told = result(rule("label", "critical"), toolOptions={"resultTypes": types})

        if sentence:
            with pytest.raises(CollectorRefusal, match=sentence):
                read(told)
        else:
            assert read(told)["undecided"].value == 1

    def test_undecided_elements_that_are_not_all_listed_are_not_counted(self):
        """Many tests ask for every broken element alone."""
        whole = result(toolOptions={"resultTypes": ["violations", "incomplete"]})
        short = result(rule("label", "critical"), toolOptions={"resultTypes": ["violations"]})
        answers = read(short, whole)

        assert answers["violations"].value == 1
        assert "results[0] lists one undecided element of each rule" in answers["undecided"].detail
        assert read(whole)["undecided"].value == 1

    @pytest.mark.parametrize(("iframes", "known"), [(None, True), (True, True), (False, False)])
    def test_frames_that_are_left_out_are_a_part_of_the_page(self, iframes, known):
        """Payment forms stand in them."""
        told = result(toolOptions={} if iframes is None else {"iframes": iframes})

        if known:
            assert read(told)["pages_tested"].value == 1
        else:
            with pytest.raises(CollectorRefusal, match="left out frames"):
                read(told)
