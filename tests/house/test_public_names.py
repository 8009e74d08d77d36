"""Names that ``from gonogo import ...`` promises beyond those of today."""

from __future__ import annotations

import pytest

import gonogo


def test_a_name_that_programs_were_written_with_still_leads_to_the_class() -> None:
    """The result of a run was called Result; a script that says so goes on working."""
    assert gonogo.Result is gonogo.RunResult


def test_a_name_that_nobody_promised_is_refused_as_python_does() -> None:
    """A misspelled import says so, and not what went wrong inside."""
    with pytest.raises(AttributeError, match="module 'gonogo' has no attribute 'Rezult'"):
        assert gonogo.Rezult
