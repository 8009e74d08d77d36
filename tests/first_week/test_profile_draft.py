"""A drafted profile: it reads its own file, and says what only a person can fill in."""

import pytest

from gonogo.first_week.profile_draft import drafted_profile
from gonogo.profiles.expanding import expanded
from gonogo.profiles.profile_reading import read_profile

FILE = """Ticket;Title;State;Severity;Owner
T-1;Payroll stops;Open;Critical;Quillon Farrowby
T-2;Vendor totals differ;Closed;High;Ottoline Prewitt
T-3;Report is cut;In work;Low;Severin Oakhollow
"""


@pytest.fixture
def file(tmp_path):
    """An export of a tool that nobody knows."""
    path = tmp_path / "our tickets 2027.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_draft_is_a_profile_with_what_the_file_shows(file, tmp_path):
    """The person who drafts one starts from columns and words, not from an empty page."""
    text = drafted_profile(file, "our-tool")
    (tmp_path / "our-tool.yaml").write_text(text, encoding="utf-8")
    profile = read_profile(tmp_path / "our-tool.yaml")

    assert (profile.name, profile.formats, profile.about_people) == ("our-tool", ("csv",), ("Owner",))
    assert profile.words["final"].usual == ("Closed",)
    assert [profile.words[name].usual for name in ("critical", "high", "lower")] == [("Critical",), ("High",), ("Low",)]
    table = expanded(profile, prefix=None).settings["tables"]["items"]
    assert table["delimiter"] == ";"
    assert table["unique"] == ["ticket"]
    assert table["columns"]["severity"]["allowed"] == ["Critical", "High", "Low"]
    assert "owner" not in table["columns"]
    assert "FILL IN" in profile.title


def test_a_draft_holds_no_name_and_is_named_after_its_file(file):
    """A profile is passed on to other offices."""
    text = drafted_profile(file)

    assert "name: our-tickets-2027" in text
    assert not any(name in text for name in ("Quillon", "Ottoline", "Severin", "Payroll"))
    assert '# its words: ["In work", "Open"] count as open' in text
