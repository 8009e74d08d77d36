"""A report never replaces what the program reads, and a mistake in ``-o`` is told before anything runs."""

import os
import stat

import pytest

from gonogo.cli import run

EVIDENCE = ("evidence/training_*.csv", "evidence/junit.xml", "evidence/statements.yaml")


@pytest.mark.parametrize("name", ["people.yaml", "rules/ruleset.yaml", *EVIDENCE])
@pytest.mark.parametrize("verb", ["assess", "progress", "report"])
def test_nothing_that_the_program_reads_is_replaced(assessed, capfd, verb, name):
    """One slip of completion in the shell would put a page of HTML in the place of the register."""
    target = next(assessed.root.glob(name))
    before = target.read_bytes()
    records = (assessed.log / "000001.jsonl").read_bytes()

    assert run([verb, str(assessed.root), "-o", f"html:{target}"]) == 2

    assert "would replace" in capfd.readouterr().err
    assert target.read_bytes() == before
    assert (assessed.log / "000001.jsonl").read_bytes() == records


def test_a_way_round_through_a_link_is_seen(assessed, capfd):
    """The folder has two names; its files are the same."""
    link = assessed.root.parent / "other-name"
    link.symlink_to(assessed.root)

    assert run([*assessed.arguments, "-o", f"html:{link / 'people.yaml'}"]) == 2
    assert "would replace" in capfd.readouterr().err


def test_a_report_in_the_log_is_refused_before_anything_runs(assessed, capfd):
    """It costs no run, and no record."""
    records = (assessed.log / "000001.jsonl").read_bytes()

    assert run([*assessed.arguments, "-o", f"html:{assessed.log / 'page.html'}"]) == 2

    assert "audit log" in capfd.readouterr().err
    assert (assessed.log / "000001.jsonl").read_bytes() == records


def test_an_earlier_report_is_replaced(assessed):
    """The page of yesterday makes room for that of today, inside the program's folder too."""
    page = assessed.root / "first.html"
    page.write_text("old")

    assert run([*assessed.arguments, "-o", f"html:{page}"]) == 0
    assert page.read_text().endswith("</html>\n")


def test_a_name_that_is_too_long_is_a_mistake_of_the_command(assessed, capfd):
    """Not the system's fault, and not the end of a run."""
    assert run([*assessed.arguments, "-o", "html:" + "a" * 300]) == 2
    assert "choose a shorter name" in capfd.readouterr().err


@pytest.mark.parametrize(("umask", "mode"), [(0o077, 0o600), (0o022, 0o644), (0o027, 0o640)])
def test_a_report_is_as_private_as_the_user_s_other_files(assessed, umask, mode):
    """It names people and what they failed at; who closed their files to others meant this one too."""
    page = assessed.root / "page.html"
    before = os.umask(umask)
    try:
        assert run([*assessed.arguments, "-o", f"html:{page}"]) == 0
        after = os.umask(umask)
    finally:
        os.umask(before)

    assert stat.S_IMODE(page.stat().st_mode) == mode
    assert after == umask, "what was asked is put back"
