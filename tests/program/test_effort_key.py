"""`effort:` of a program: working days of a fact or a criterion, which decide nothing."""

import pytest

from gonogo.errors import ConfigurationError
from gonogo.program.cross_checks import check_program
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import load_ruleset


def with_effort(small, text: str):
    """Add it to a program file."""
    small.file.write_text(small.file.read_text(encoding="utf-8") + f"\neffort: {text}\n", encoding="utf-8")
    return load_program(small.root)


def test_it_is_read_by_fact_or_criterion(small):
    """Whole working days are what people can say of work that is not begun."""
    program = with_effort(small, "{training.completed_ratio: 5, operations.desk.staffed: 12}").program

    assert program.effort == {"training.completed_ratio": 5, "operations.desk.staffed": 12}


def test_a_program_without_one_keeps_its_form(small):
    """Records of earlier versions keep their digests."""
    assert "effort" not in load_program(small.root).program.document()


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "soon", '"5"', "1001", "true"])
def test_what_is_no_number_of_days_is_refused(small, days):
    """An effort that is guessed would choose the work."""
    with pytest.raises(ConfigurationError, match="G116"):
        with_effort(small, f"{{training.completed_ratio: {days}}}")


def test_a_name_that_is_nothing_is_a_warning(small):
    """It decides nothing, so it stops nothing; but its days would count for nothing without a word."""
    rules = load_ruleset("./rules", root=small.root)
    found = check_program(with_effort(small, "{training.complete_ratio: 5, desk.open_posts: 1}"), rules)

    [warning] = [each for each in found.warnings if "training.complete_ratio" in each.what]
    assert (warning.level, warning.hint) == ("warning", "did you mean `training.completed_ratio`?")
