"""A binding that names an export profile: what it becomes, and what leads to the mistake in it."""

import pytest

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program

PROGRAM = """schema: 1
program: {id: harborline, customer: NIWA, provider: CGS, time_zone: America/New_York}
releases: [{id: wave-1, go_live: 2027-05-03T06:00-04:00}]
ruleset: m3-baseline@1.0.0
evidence:
  - id: defects
    collector: table
    as: defects
    path: jira.csv
    as_of: {at: 2027-04-18, by: Ada Kirsch}
    side: provider
    producer: CGS
    handling: PII
"""


@pytest.fixture
def binding(tmp_path):
    """Return a function from lines of the binding to the binding as it is loaded."""

    def made(*lines, program=PROGRAM):
        (tmp_path / "gonogo.yaml").write_text(program + "".join(f"    {line}\n" for line in lines), encoding="utf-8")
        return load_program(tmp_path).program.bindings[0]

    return made


def problems(binding, *lines, program=PROGRAM):
    """Return the mistakes of a binding with these lines."""
    with pytest.raises(ConfigurationError) as caught:
        binding(*lines, program=program)
    return [f"{each.where.rpartition('/')[2]} {each.what} ({each.hint})" for each in caught.value.problems]


def test_a_profile_becomes_settings_and_is_recorded_by_its_digest(binding):
    """A reader of the record sees what was read, and by which description."""
    found = binding("profile: jira-issues@1", "answers: {final: [Shipped]}")

    assert found.settings["tables"]["issues"]["unique"] == ["issue_key"]
    assert '["Shipped"]' in found.settings["facts"]["critical_open"]["count"]["where"]
    assert (found.profile.name, found.profile.version, len(found.profile.sha256)) == ("jira-issues", "1", 64)
    assert "profile" in found.document()


def test_a_binding_without_a_profile_keeps_its_form(binding):
    """Records that were made before profiles keep their digest."""
    found = binding("settings: {tables: {t: {columns: {a: {type: id}}}}, facts: {}}")

    assert found.profile is None
    assert "profile" not in found.document()


def test_a_fact_that_the_file_cannot_show_is_left_out(binding):
    """The others are answered, and who gives this one stands in the record."""
    found = binding("profile: jira-issues@1", 'leaves_out: {critical_open: "a person states it, says Ada Kirsch"}')

    assert "critical_open" not in found.settings["facts"]
    assert "high_without_workaround" in found.settings["facts"]
    assert found.leaves_out == {"critical_open": "a person states it, says Ada Kirsch"}
    assert "leaves_out" not in binding("profile: jira-issues@1").document()


def test_a_binding_that_leaves_out_everything_is_a_mistake(binding):
    """It would answer nothing, and nobody would see that."""
    facts = binding("profile: jira-issues@1").settings["facts"]
    left = ", ".join(f"{name}: x" for name in facts)

    (told,) = problems(binding, "profile: jira-issues@1", f"leaves_out: {{{left}}}")
    assert "it leaves out every fact that it answers for (remove the binding" in told


def test_own_settings_win_key_by_key(binding):
    """One file has semicolons, and nobody copies the whole table for that."""
    found = binding("profile: jira-issues@1", 'settings: {tables: {issues: {delimiter: ";"}}}')

    assert found.settings["tables"]["issues"]["delimiter"] == ";"
    assert found.settings["tables"]["issues"]["others"] == "ignored"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["profile: jira-isues@1"], "there is no export profile 'jira-isues@1' (did you mean `jira-issues`?)"),
        (["profile: jira-issues"], "there is no export profile 'jira-issues' (write its version too: jira-issues@1)"),
        (["answers: {final: [Done]}"], "`answers` without `profile` has no meaning (add `profile`, or remove it)"),
        (
            ["leaves_out: {critical_open: x}"],
            "`leaves_out` without `profile` has no meaning (add `profile`, or remove it)",
        ),
        (
            ["profile: jira-issues@1", "leaves_out: {critical_opn: x}"],
            "the binding answers for no fact 'critical_opn' that it could leave out (did you mean `critical_open`?)",
        ),
        (
            ["profile: jira-issues@1", "answers: {finel: [Done]}"],
            "the profile jira-issues@1 has no word list 'finel' (did you mean `final`?)",
        ),
    ],
)
def test_a_mistake_about_a_profile_leads_to_its_line(binding, lines, told):
    """A profile that is misspelt must not be a binding without settings."""
    assert told in problems(binding, *lines)[0]


def test_a_profile_is_for_tables_and_for_its_own_facts(binding):
    """A profile of defects answers for no training."""
    other = PROGRAM.replace("collector: table", "collector: junit")
    assert "not of `junit`" in problems(binding, "profile: jira-issues@1", program=other)[0]
    training = PROGRAM.replace("as: defects", "as: training")
    assert "has no facts for `as: training`" in problems(binding, "profile: jira-issues@1", program=training)[0]
    own = binding("profile: jira-issues@1", "settings: {facts: {n: {count: {}, unit: issues}}}", program=training)
    assert list(own.settings["facts"]) == ["n"]


def test_a_profile_of_the_program_is_used_and_a_broken_one_is_told(binding, tmp_path):
    """An agency's own tool is described beside its program."""
    from gonogo.profiles.shelf import profile_named

    text = profile_named("jira-issues").path.read_text(encoding="utf-8")
    (tmp_path / "profiles").mkdir()
    file = tmp_path / "profiles" / "our-tool.yaml"
    file.write_text(text.replace("name: jira-issues", "name: our-tool"), encoding="utf-8")
    assert binding("profile: our-tool@1").profile.name == "our-tool"

    file.write_text(text.replace("formats: [csv]", "formats: [pdf]"), encoding="utf-8")
    assert "`pdf` is not a format" in problems(binding, "profile: our-tool@1")[0]
