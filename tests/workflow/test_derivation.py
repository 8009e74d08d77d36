"""What the rules pin reaches the collector, and a binding that says otherwise proves nothing."""

import json

import pytest

from gonogo.cli import run


@pytest.fixture
def pinning(small_program):
    """A program whose vocabulary says by which property a test report names its build; the binding does not."""
    small = small_program()
    with (small.rules / "facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write("derivation:\n  junit: {build_property: build}\n")
    small.edit("gonogo.yaml", "    settings: {build_property: build}\n", "    settings: {}\n")
    return small


def test_the_collector_reads_by_what_is_pinned_and_page_one_does_not_call_it_the_programs_word(pinning, capfd):
    """Without the setting the report proves no build, and the facts of the build are gaps."""
    assert run([*pinning.arguments, "-o", "json"]) == 0
    report = json.loads(capfd.readouterr().out.splitlines()[0])

    assert [each for each in report["decision"].get("trusted", ()) if each["by"] == "settings"] == []


def test_a_binding_that_says_otherwise_is_a_gap_that_names_both(small_program, capfd):
    """The collector can read by the binding's setting, and every fact still means something else than the rules say."""
    small = small_program()
    with (small.rules / "facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write("derivation:\n  junit: {build_property: version}\n")

    assert run([*small.arguments, "-o", "json"]) == 1
    report = json.loads(capfd.readouterr().out.splitlines()[0])

    (gap,) = [each for each in report["gaps"] if each["fact"] == "sit.failed"]
    assert (gap["binding"], gap["reason"]) == ("tests", "not_provable")
    assert gap["detail"].startswith("The binding tests says build_property: build where the rules pin version.")


def test_lint_warns_of_it(pinning, capfd):
    """Before anybody collects anything."""
    pinning.edit("gonogo.yaml", "    settings: {}\n", "    settings: {build_property: version}\n")

    assert run(["lint", str(pinning.root)]) == 0
    text = " ".join(capfd.readouterr().out.split())
    assert "warning[G185]" in text
    assert "The binding tests says build_property: version where the rules pin build." in text


def test_a_table_that_counts_what_another_collectors_pin_decides_proves_nothing(small_program, capfd):
    """Days after which an item is stale are pinned; a table that counts *open* rows would choose its own meaning."""
    small = small_program()
    for name in ("rules/ruleset.yaml", "rules/facts.yaml", "gonogo.yaml"):
        small.edit(name, "open_posts", "stale_items")
    with (small.rules / "facts.yaml").open("a", encoding="utf-8") as facts:
        facts.write("derivation:\n  raid: {stale_days: 14}\n")

    assert run([*small.arguments, "-o", "json"]) == 1
    report = json.loads(capfd.readouterr().out.splitlines()[0])
    (gap,) = [each for each in report["gaps"] if each["fact"] == "desk.stale_items"]
    assert gap["detail"].startswith("The rules pin stale_days: 14 of raid, which decides what desk.stale_items means")

    assert run(["lint", str(small.root)]) == 0
    text = " ".join(capfd.readouterr().out.split())
    assert "warning[G185]" in text
    assert "or compare with that value in its condition. The fact is a gap until then." in text
