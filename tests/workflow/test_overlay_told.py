"""An overlay that lets a release through is told wherever somebody reads the verdict."""

import json

import pytest

from gonogo.cli import run

OVERLAY = """\
schema: 1
overlay: board
version: "3"
set:
  - {criterion: workforce.training.completion, severity: advisory, reason: The board bears it.}
  - {criterion: workforce.survey.response, severity: mandatory, reason: Asking is cheap.}
"""


@pytest.fixture
def softened(stated_program):
    """A program whose people are not trained, and whose overlay says that this does not matter."""
    small = stated_program(sources=["training", "survey"], trained=10)
    (small.root / "board.yaml").write_text(OVERLAY, encoding="utf-8")
    small.edit("gonogo.yaml", "ruleset: ./rules\n", "ruleset: ./rules\noverlays: [board.yaml]\n")
    return small


@pytest.mark.parametrize("name", ["markdown", "html", "terminal", "full"])
def test_page_one_of_every_report_says_what_was_loosened(softened, name, capfd):
    """A mandatory criterion became advisory, and the GO said nothing of it."""
    file = softened.root / "out"
    assert run([*softened.arguments, *([] if name == "terminal" else ["-o", f"{name}:{file}"])]) == 0
    text = capfd.readouterr().out if name == "terminal" else file.read_text(encoding="utf-8")
    text = " ".join(text.split())
    front = text if name == "terminal" else text[: text.casefold().rindex("every finding")]

    for words in (
        "board@3",
        "loosens",
        "workforce.training.completion",
        "mandatory",
        "advisory",
        "The board bears it.",
    ):
        assert words in front, words
    if name != "terminal":  # one screen names what loosens; all else is in the whole report
        assert "tightens" in text
        assert "Asking is cheap." in text


def test_the_json_lists_each_change(softened, capfd):
    """A pipeline can refuse a GO that rests on one."""
    assert run([*softened.arguments, "-o", "json"]) == 0
    told = json.loads(capfd.readouterr().out.splitlines()[0])

    assert told["overlays"] == ["board@3"]
    assert [(one["criterion"], one["old"], one["new"], one["loosens"]) for one in told["overlay_changes"]] == [
        ("workforce.training.completion", "mandatory", "advisory", True),
        ("workforce.survey.response", "conditional", "mandatory", False),
    ]


def test_without_an_overlay_nothing_is_said_of_one(stated, capfd):
    """A section that is always there is read by nobody."""
    assert run(stated.arguments) == 0

    assert "loosen" not in capfd.readouterr().out
