"""What a sponsor reads: page one first, every word that matters in every format."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.cli.publish import TEXTS
from gonogo.model.acceptance import Acceptance
from gonogo.model.event import SealedRecord
from gonogo.model.run_by import RunBy
from gonogo.model.upgrade import Depth, UpgradeCompared
from gonogo.model.verdict import Verdict
from gonogo.model.waiting import Waiting
from gonogo.report.detail import page_of
from gonogo.report.formats import FORMATS, Format
from gonogo.report.formats.full_format import looks, render
from gonogo.report.formats.html_format import html_of
from gonogo.report.health import health
from gonogo.report.page import Figure, PageTable, Section
from gonogo.report.view import RunView

Seal = Callable[..., list[SealedRecord]]
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Outline(HTMLParser):
    """Elements, headings and words of a page; fails on elements that are not closed in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def text_of(name: str, data: bytes) -> str:
    """The words of a rendered report, whatever its format, with blanks evened out."""
    text = data.decode()
    if name == "html":
        text = " ".join(Outline(data).words)
    if name == "markdown":
        text = re.sub(r"\\([!-/:-@\[-`{-~])|[*`]", r"\1", text)
    return " ".join(text.split())


WORDS = {
    "go": ["GO", "Approval", "Nothing blocks"],
    "conditional": [
        "CONDITIONAL GO",
        "Verdict with waivers: CONDITIONAL GO; verdict without waivers: NO-GO (M3: Approval Denied)",
        "W-003",
        "It covers the open criterion until 2027-06-02.",
        "It changes nothing: the criterion is not open.",
        "Split the allocation job and rerun the simulated close, by the provider's technical lead, due 2027-04-27",
        "Yellow",
    ],
    "gaps_only": [
        "NO-GO",
        "Approval Denied",
        "No criterion failed on merit: chase evidence.",
        "Ask the customer's functional lead to repair training",
        "The source cannot be read",
        "roster.csv is not UTF-8 at byte 17.",
    ],
    "no_go": [
        "There are 4 reasons against going live.",
        "9 conditional criteria are open in all; the policy allows 8.",
        "Red",
        "It blocks because it has no plan.",
    ],
}
EVERYWHERE = [
    "Harborline",
    "National Inland Waterways Administration",
    "Consolidated Financial Services Center",
    "Mon 2027-05-03 06:00 EDT (America/New_York)",
    "Mon 2027-04-19 12:00 EDT (2027-04-19 16:00 UTC)",
    "Thu 2027-04-22 12:00 EDT (2027-04-22 16:00 UTC)",
    "T-14 (14 days before go-live)",
    "Answered of due",
    "Mandatory (High)",
    "Not due yet",
    "Not applicable",
    "Not yet adopted",
    "Records",
    "log-1",
    "run-1",
    "durable-rules 2.0.28",
    "P4-06",
]


@pytest.mark.parametrize("name", ["full", "markdown", "html"])
@pytest.mark.parametrize("run", WORDS)
def test_every_word_that_matters_is_there(every_run: dict[str, Any], seal_log: Seal, name: str, run: str) -> None:
    view = RunView.of(seal_log(every_run[run].events()))

    text = text_of(name, FORMATS[name].render(view))

    kind = view.started.kind.sentence
    missing = [
        word for word in [*WORDS[run], *EVERYWHERE, kind, view.head, view.finished.assessment] if word not in text
    ]
    assert missing == []


@pytest.mark.parametrize("name", ["terminal", "full", "markdown"])
def test_line_one_is_the_kind_of_run(every_run: dict[str, Any], seal_log: Seal, name: str) -> None:
    """Nobody deploys on a rehearsal by mistake."""
    for run in every_run.values():
        view = RunView.of(seal_log(run.events()))

        first = FORMATS[name].render(view).decode().split("\n")[0].replace("\\", "")

        assert first == view.started.kind.sentence


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].binary])
def test_every_format_says_what_kind_of_run_it_is_and_bears_the_marking(
    conditional: Any, seal_log: Seal, name: str
) -> None:
    """A format that is added must not turn a rehearsal into a decision, nor lose the marking."""
    view = RunView.of(seal_log(conditional.events()))

    text = text_of(name, FORMATS[name].render(view))

    assert view.started.kind.sentence in text
    assert "CUI//SP-PRVCY" in text
    assert FORMATS[name].for_machines or text.index(view.started.kind.sentence) < 400


@pytest.mark.parametrize(
    ("media_type", "binary"),
    [
        ("text/plain; charset=utf-8", False),
        ("application/json", False),
        ("application/sarif+json", False),
        ("application/xml", False),
        ("application/openmetrics-text; version=1.0.0; charset=utf-8", False),
        ("application/vnd.apache.parquet", True),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", True),
        ("application/pdf", True),
    ],
)
def test_what_is_no_text_is_known_by_its_media_type(media_type: str, binary: bool) -> None:
    """Such a report must go into a file: the line that a command prints after it would destroy it."""
    assert Format("x", ".x", media_type, lambda _: b"").binary is binary


@pytest.mark.parametrize("name", ["full", "markdown", "html"])
def test_the_verdict_comes_before_the_reasons_and_the_findings_last(no_go: Any, seal_log: Seal, name: str) -> None:
    text = text_of(name, FORMATS[name].render(RunView.of(seal_log(no_go.events())))).lower()

    order = [text.index(word) for word in ("no-go", "what blocks", "the four domains", "every finding")]
    order.append(text.rindex("the record"))

    assert order == sorted(order)


@pytest.mark.parametrize("name", ["terminal", "full", "markdown", "html"])
def test_a_marking_stands_at_head_and_foot(conditional: Any, seal_log: Seal, name: str) -> None:
    text = text_of(name, FORMATS[name].render(RunView.of(seal_log(conditional.events()))))

    assert text.count("CUI//SP-PRVCY") == 2
    assert text.index("CUI//SP-PRVCY") < 400
    assert text.rindex("CUI//SP-PRVCY") > len(text) - 100


@pytest.mark.parametrize("name", ["terminal", "full", "markdown", "html", "json"])
def test_an_accepted_condition_is_said(conditional: Any, seal_log: Seal, name: str) -> None:
    """Exit 0 on a CONDITIONAL GO never looks like a GO."""
    from dataclasses import replace

    run = replace(conditional, accepted=True, exit_code=0)

    text = text_of(name, FORMATS[name].render(RunView.of(seal_log(run.events()))))

    assert ('"accepted_conditional":true' if name == "json" else "accepted on the command line") in text


@pytest.mark.parametrize("name", ["full", "markdown", "html"])
def test_the_moment_until_which_it_holds_is_told_as_an_upper_bound(conditional: Any, seal_log: Seal, name: str) -> None:
    """What counts what is due by now may answer otherwise tomorrow; page one must not promise more."""
    view = RunView.of(seal_log(conditional.events()))
    assert view.decision.valid_until is not None

    told = text_of(name, FORMATS[name].render(view))

    assert "at most" in told[told.index("Valid until") :][:60]


def test_a_stored_log_gives_the_same_bytes(tmp_path: Any, conditional: Any, seal_log: Seal) -> None:
    """Written to disk, verified, read back and rendered: nothing of the run's own memory is needed."""
    with AuditLog.open(tmp_path / "audit", new_id=lambda: "log-1", version="0.1.0") as log:
        log.append(conditional.events())

    stored = RunView.of(read_log(tmp_path / "audit"))
    again = RunView.of(read_log(tmp_path / "audit"))

    assert all(entry.render(stored) == entry.render(again) for entry in FORMATS.values())
    assert stored.assessment == RunView.of(seal_log(conditional.events())).assessment


def test_health_is_m3s(conditional: Any, gaps_only: Any, no_go: Any, seal_log: Seal) -> None:
    """Met is Green, open with a plan that stands Yellow, open without Red."""

    def colours(run: Any) -> dict[str, str]:
        view = RunView.of(seal_log(run.events()))
        return {finding.criterion: health(view, finding) for finding in view.findings}

    assert colours(conditional)["system.test.batch_window"] == "Yellow"
    assert colours(conditional)["system.interfaces.tested"] == "Red"
    assert colours(conditional)["workforce.training.completion"] == "Green"
    assert colours(conditional)["operations.helpdesk.ready"] == ""
    assert colours(gaps_only)["workforce.training.completion"] == "Red"
    assert colours(no_go)["system.test.batch_window"] == "Red"


class TestTerminal:
    @pytest.mark.parametrize("width", [40, 60, 80, 100])
    def test_no_line_is_wider_than_asked(self, every_run: dict[str, Any], seal_log: Seal, width: int) -> None:
        for run in every_run.values():
            lines = render(RunView.of(seal_log(run.events())), width=width).decode().split("\n")

            assert max(map(len, lines)) <= width
            assert all(line == line.rstrip() for line in lines)

    def test_a_table_without_room_is_told_row_by_row(self, no_go: Any, seal_log: Seal) -> None:
        """Who reads at 40 columns, or with large letters, reads whole words."""
        text = render(RunView.of(seal_log(no_go.events())), width=40).decode()

        assert "Workforce\n  Verdict          NO-GO\n  Met              0\n  Answered of due  1 of 1\n" in text

    def test_colour_adds_nothing_but_colour(self, no_go: Any, seal_log: Seal) -> None:
        view = RunView.of(seal_log(no_go.events()))

        coloured = render(view, colour=True).decode()
        bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)

        assert coloured != bare
        assert [line.rstrip() for line in bare.split("\n")] == render(view).decode().split("\n")

    @pytest.mark.parametrize(
        ("is_tty", "columns", "environment", "wanted"),
        [
            (False, 200, {}, {"width": 100, "colour": False}),
            (True, 80, {}, {"width": 80, "colour": True}),
            (True, 300, {}, {"width": 100, "colour": True}),
            (True, 20, {}, {"width": 40, "colour": True}),
            (True, 80, {"NO_COLOR": "1"}, {"width": 80, "colour": False}),
            (True, 80, {"TERM": "dumb"}, {"width": 80, "colour": False}),
        ],
    )
    def test_colour_is_for_people_who_want_it(
        self, is_tty: bool, columns: int, environment: dict[str, str], wanted: dict[str, Any]
    ) -> None:
        assert looks(is_tty=is_tty, columns=columns, environment=environment) == wanted

    def test_the_environment_changes_nothing(self, go: Any, seal_log: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
        """The digest of a report is recorded; a variable of the runner must not be in it."""
        view = RunView.of(seal_log(go.events()))
        before = render(view)
        for name in ("FORCE_COLOR", "COLUMNS", "LINES", "TERM", "COLORTERM", "TTY_COMPATIBLE", "JUPYTER_COLUMNS"):
            monkeypatch.setenv(name, "40")

        assert render(view) == before


class TestJson:
    def test_it_is_one_document_with_everything(self, every_run: dict[str, Any], seal_log: Seal) -> None:
        for run in every_run.values():
            view = RunView.of(seal_log(run.events()))
            data = FORMATS["json"].render(view)
            document = json.loads(data)

            assert data.count(b"\n") == 1
            assert data.isascii()
            assert list(document) == sorted(document)
            assert document["verdict"] == view.decision.verdict.value
            assert document["kind"]["sentence"] == view.started.kind.sentence
            assert document["digest"] == run.assessment.sha256
            assert [entry["criterion"] for entry in document["findings"]] == [
                entry.criterion for entry in run.assessment.findings
            ]
            assert document["record"]["head"] == view.head

    def test_the_page_about_it_names_every_key(self, go: Any, seal_log: Seal) -> None:
        """Who writes a program against it reads that page, not our code."""
        root = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
        page = (root / "docs/how-to/in-a-pipeline.md").read_text(encoding="utf-8")
        table = page.partition("## What the JSON holds")[2].partition("\n## ")[0]
        told = {key for line in table.splitlines() for key in re.findall(r"`(\w+)`", line[: line.find("|", 1)])}

        view = RunView.of(seal_log(go.events()))
        who, upgrade = (
            RunBy(host="gate-1"),
            UpgradeCompared(
                compared="run-0", version="0.0.9", depth=Depth.FACTS, same=True, before=Verdict.GO, after=Verdict.GO
            ),
        )
        accepted = (Acceptance(id="A-1", register_id="tests", item="T1"),)
        waiting = Waiting(price="two months of both systems", source="the board's paper 14")
        release = view.started.release.model_copy(update={"waiting": waiting})
        whole = replace(
            view,
            upgrade=upgrade,
            started=view.started.model_copy(update={"who": who, "hold_point": "ponr", "release": release}),
            assessment=view.assessment.model_copy(update={"acceptances": accepted}),
        )
        after_the_run = {"outcomes", "history", "set_back"}

        assert told | {"schema"} == set(json.loads(FORMATS["json"].render(whole))) | after_the_run


class TestHtml:
    def test_it_is_one_page_without_scripts_or_outside_resources(self, conditional: Any, seal_log: Seal) -> None:
        page = FORMATS["html"].render(RunView.of(seal_log(conditional.events())))
        outline = Outline(page)

        policy = next(meta["content"] for meta in outline.all("meta") if "http-equiv" in meta)
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert {"script", "img", "iframe", "link", "object", "form"}.isdisjoint(name for name, _ in outline.elements)
        ids = {keys["id"] for _, keys in outline.elements if "id" in keys}
        assert {f"{link['href']}" for link in (*outline.all("a"), *outline.all("use"))} <= {f"#{name}" for name in ids}
        assert not any(key.startswith("on") or key == "style" for _, keys in outline.elements for key in keys)
        assert len(page) < 48_000

    def test_the_policy_allows_exactly_its_own_style(self, go: Any, seal_log: Seal) -> None:
        """A wrong digest would show the page without any style, and nobody would notice in a test."""
        import base64
        import hashlib

        page = FORMATS["html"].render(RunView.of(seal_log(go.events()))).decode()
        style = page[page.index("<style>") + 7 : page.index("</style>")]

        assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in page

    def test_the_design_system_is_there_for_each_class_and_fetches_nothing(self) -> None:
        """A class without its rules looks like nothing; `tools/uswds.py` writes them anew."""
        folder = files("gonogo.report").joinpath("templates")
        style = folder.joinpath("uswds.css").read_text(encoding="utf-8")
        used = set(re.findall(r"usa-[a-z_-]+", folder.joinpath("report.html").read_text(encoding="utf-8")))

        assert used <= set(re.findall(r"usa-[a-z_-]+", style))
        assert not re.search(r"url\(|@import|@font-face|overflow-x: hidden", style)
        assert len(style) < 10_000
        assert "CC0 1.0" in folder.joinpath("USWDS-NOTICE.txt").read_text(encoding="utf-8")

    def test_a_figure_is_a_drawing_with_its_values(self, go: Any, seal_log: Seal) -> None:
        """A reader who does not see the drawing reads the table; a name in the table is text."""
        view = RunView.of(seal_log(go.events()))
        drawn = '<svg role="img" aria-labelledby="t1"><title id="t1">Readiness</title></svg>'
        values = PageTable("Readiness by run", ("Run", "Met"), (("<b>T-30</b>", "12"), ("T-14", "24")))
        page = replace(page_of(view), sections=(Section("trend", "Trend", (Figure(drawn, values),)),))

        html = html_of(page).decode()

        assert drawn in html
        outline = Outline(html.encode())
        assert "The values of this figure" in outline.words
        assert '&lt;b&gt;T-30&lt;/b&gt;</th><td data-name="Met">12</td>' in html

    def test_words_from_right_to_left_turn_nothing_around_them(self, go: Any, seal_log: Seal) -> None:
        """Value and threshold would exchange their sides before the reader's eyes."""
        first = go.assessment.findings[0].model_copy(update={"sentence": "Met: <a> is قبول تام == رفض 12 < 13."})
        run = go.with_assessment(findings=(first, *go.assessment.findings[1:]))

        page = FORMATS["html"].render(RunView.of(seal_log(run.events()))).decode()

        assert "&lt;a&gt; is <bdi>قبول تام</bdi> == <bdi>رفض</bdi> 12 &lt; 13." in page

    def test_its_structure_serves_a_screen_reader(self, every_run: dict[str, Any], seal_log: Seal) -> None:
        for run in every_run.values():
            outline = Outline(FORMATS["html"].render(RunView.of(seal_log(run.events()))))
            levels = [int(name[1]) for name, _ in outline.elements if re.fullmatch("h[1-6]", name)]
            ids = [keys["id"] for _, keys in outline.elements if "id" in keys]

            assert outline.all("html")[0]["lang"] == "en"
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))
            named = [keys for keys in outline.all("table") if keys.get("aria-labelledby") in ids]
            assert len(outline.all("caption")) + len(named) == len(outline.all("table"))
            assert all(keys.get("scope") in ("row", "col") for keys in outline.all("th"))
            assert len(ids) == len(set(ids))
            assert {keys["aria-labelledby"] for keys in outline.all("section")} <= set(ids)

    def test_every_colour_has_contrast(self, go: Any, seal_log: Seal) -> None:
        """At least 4.5 to 1 against each wash that it can stand on, by day and in the dark, by the formula of WCAG."""
        page = FORMATS["html"].render(RunView.of(seal_log(go.events()))).decode()

        def luminance(colour: str) -> float:
            digits = colour * 2 if len(colour) == 3 else colour
            parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

        light, dark = (
            dict(re.findall(r"--([\w-]+): #([0-9a-f]{3,6})", part))
            for part in page.split("prefers-color-scheme: dark", 1)
        )
        assert light.keys() == dark.keys()
        both = (light, dark)
        pairs = [(ink, wash) for ink in ("ink", "soft", "link", "none") for wash in ("paper", "wash", "ask")]
        pairs += [(tone, wash) for tone in ("good", "mixed", "bad") for wash in ("paper", f"{tone}-wash")]
        pairs += [("link", f"{tone}-wash") for tone in ("good", "mixed", "bad")]
        weak = []
        for colours in both:
            for ink, wash in pairs:
                brighter, darker = sorted((luminance(colours[ink]), luminance(colours[wash])), reverse=True)
                if (brighter + 0.05) / (darker + 0.05) < 4.5:
                    weak.append((ink, colours[ink], wash, colours[wash]))

        assert weak == []


def test_nothing_heavy_is_imported_before_something_renders() -> None:
    """`gonogo --help` and `log verify` do not pay for rich and jinja2."""
    import subprocess
    import sys

    code = (
        "import sys, gonogo.report.formats; print(sorted({'rich', 'jinja2', 'fcntl', 'structlog'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout == "[]\n"


def test_what_the_command_line_takes_for_text_is_text():
    """Those formats are not asked before evidence is collected; a binary one among them would destroy what is said."""
    assert [name for name in TEXTS if FORMATS[name].binary] == []
