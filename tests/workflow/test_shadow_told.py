"""What is in shadow is told wherever somebody reads the verdict, and a gate in shadow decides nothing."""

import json

import pytest

from gonogo.cli import run


@pytest.fixture
def tried(stated_program):
    """A program whose people are not trained, judged by a criterion that is not enforced yet."""
    small = stated_program(sources=["training", "survey"], trained=10)
    owner = "    owner: customer.functional_lead\n    waivable_by"
    small.edit("rules/ruleset.yaml", owner, f"    enforce_from: T-0\n{owner}")
    return small


@pytest.mark.parametrize("name", ["markdown", "html", "terminal", "full"])
def test_page_one_of_every_report_says_what_would_block(tried, name, capfd):
    """A GO that leaves out a mandatory criterion must never read like any other GO."""
    file = tried.root / "out"
    # The rules also lack a mandatory criterion of the domain until T-0, so the verdict is NO-GO for that.
    assert run([*tried.arguments, *([] if name == "terminal" else ["-o", f"{name}:{file}"])]) == 1
    text = capfd.readouterr().out if name == "terminal" else file.read_text(encoding="utf-8")
    text = " ".join(text.split())
    front = text if name == "terminal" else text[: text.casefold().rindex("every finding")]

    for words in ("would block", "not enforced before T-0", "workforce.training.completion"):
        assert words in front, words


def test_a_go_never_says_that_nothing_is_open(tried, capfd):
    """With another mandatory criterion in the domain it is a GO, and page one says what it leaves out."""
    soft = "    severity: conditional\n    require: survey"
    tried.edit("rules/ruleset.yaml", soft, "    severity: mandatory\n    require: survey")

    assert run(tried.arguments) == 0
    text = " ".join(capfd.readouterr().out.split())

    assert "Nothing that is enforced blocks" in text
    assert "In shadow: 1 criterion is judged and not enforced; it would block." in text
    assert "depends on nothing that is still open" not in text


def test_the_json_names_it(tried, capfd):
    """A pipeline can refuse a GO that leaves something out."""
    run([*tried.arguments, "-o", "json"])
    told = json.loads(capfd.readouterr().out.splitlines()[0])

    (shadow,) = [one["shadow"] for one in told["findings"] if "shadow" in one]
    assert (shadow["severity"], shadow["until"]) == ("mandatory", "T-0")


def test_a_gate_in_shadow_decides_nothing_and_says_so_on_line_one(stated, capfd):
    """A ruleset that is tried out can be run every day, and nobody can deploy on it."""
    stated.edit("rules/ruleset.yaml", "  milestones: [T-30, T-0]\n", "  milestones: [T-30, T-0]\n  mode: shadow\n")

    assert run(["assess", str(stated.root)]) == 2
    assert "in shadow" in capfd.readouterr().err
    assert run(stated.arguments) == 0
    assert "The ruleset is in shadow: it is tried out" in capfd.readouterr().out


def test_a_date_after_a_go_live_is_refused_with_the_release(small, capfd):
    """The ruleset does not know the go-live; the program does."""
    owner = "    owner: customer.functional_lead\n    waivable_by"
    small.edit("rules/ruleset.yaml", owner, f"    enforce_from: 2027-05-04\n{owner}")

    assert run(small.arguments) == 2
    text = " ".join(capfd.readouterr().err.split())
    assert "error[G162]" in text
    assert (
        "workforce.training.completion (from 2027-05-04) would never be enforced before the go-live of 'first'" in text
    )
