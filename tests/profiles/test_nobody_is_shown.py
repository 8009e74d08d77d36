"""Names, addresses, numbers and tokens stand in every export, and nothing that gonogo writes or says repeats one."""

import functools
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.invented_office import invented_office
from tests.profiles.planted import PLANTED, all_bytes, planted_file, traces
from tests.warm import Warm

from gonogo.documents.xlsx.workbook import read_workbook
from gonogo.errors import UsageError
from gonogo.first_week.adding import checking, reading_now
from gonogo.first_week.adding.bound_answers import make_workbook_of
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.folder_status import folder_status
from gonogo.first_week.adding.profile_sheets import profile_rows
from gonogo.first_week.file_kinds import FileKind
from gonogo.first_week.interview import conduct
from gonogo.first_week.mapping import map_file
from gonogo.first_week.mapping_text import mapping_text
from gonogo.first_week.profile_draft import drafted_profile
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.starting import start
from gonogo.profiles import shelf

EXAMPLES = [(each, example) for each in shelf.shipped_profiles() for example in each.examples]
NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
GIVEN = invented_office()


@dataclass(frozen=True)
class Site:
    """A program whose evidence is every example with the set planted in it."""

    root: Path
    said: str
    program: str
    files: tuple[Path, ...]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    root = tmp_path_factory.mktemp("planted")
    (root / "evidence").mkdir()
    for number, (profile, example) in enumerate(EXAMPLES):
        letters = "".join("abcdefghij"[int(digit)] for digit in str(number))
        name, data = planted_file(profile, example, f"{profile.name}-x{letters}-2027-04-18{{}}".format)
        (root / "evidence" / name).write_bytes(data)
    started = start(root, conduct(root, GIVEN, ask=None, tell=print))
    text = (root / "gonogo.yaml").read_text()
    said = "\n".join([*started.lines(), *started.everything()])
    return Site(root, said, text, tuple(sorted((root / "evidence").iterdir())))


def test_the_set_stands_in_every_export_that_is_about_people(site):
    """What is not planted is not looked for."""
    held = {path.name: b"".join(all_bytes(path).values()).decode("utf-8", "replace") for path in site.files}
    planted = {re.sub("-x[a-j]+-2027.*", "", name) for name, text in held.items() if traces(text)}

    assert {profile.name for profile, _ in EXAMPLES} == planted
    assert {each for each in PLANTED if any(each in text for text in held.values())} == set(PLANTED)


def test_what_init_says_and_writes_names_nobody(site):
    """Each file is bound by its own profile, so that its columns about people are known."""
    assert traces(site.said) == []
    assert traces(site.program) == []
    assert "FILL IN" not in re.sub(r"(?m)^#.*", "", site.program)
    settled = re.findall('(?m)^  "evidence/.*asks for no fact of it"$', site.program)
    assert len(re.findall("(?m)^    profile: ", site.program)) + len(settled) == len(EXAMPLES)


def test_the_binding_workbook_names_nobody(site):
    """It goes by mail to those who are asked."""
    data, sheets = make_workbook_of(site.root, NOW)

    assert sheets == len(re.findall("(?m)^    profile: ", site.program))
    assert traces(str([read_workbook(data, "b.xlsx").sheet(name).rows for name in _sheets(data)])) == []


class Everything:
    """A vocabulary that knows every fact, so that each export is asked about as widely as it can be."""

    def __contains__(self, name):
        return True

    def names(self):
        return ()

    def by_evidence(self, name):
        return True


def test_what_is_asked_of_any_export_names_nobody(site):
    """The words of its columns stand in the workbook, but for those of columns about people."""
    asked = []
    for path in site.files:
        profile = next(each for each, _ in EXAMPLES if path.name.startswith(f"{each.name}-x"))
        mapping = map_file(path)
        proposal = Proposal("x", FileKind.CSV, (path.name,), "table", profile.facts[0].prefixes[0], mapping=mapping)
        asked += list(profile_rows(profile, proposal, Everything()))

    assert len(asked) > 5 * len(EXAMPLES)
    assert [(each, found) for each in asked if (found := traces(str(each)))] == []


def _sheets(data):
    return read_workbook(data, "b.xlsx").sheet_names


def test_status_and_map_and_drafted_profiles_name_nobody(site):
    """Their output is pasted into tickets."""
    said = [str(each) for each in folder_status(site.root)]
    for path in site.files:
        try:
            said += [mapping_text(map_file(path)), drafted_profile(path)]
        except UsageError as error:
            said += [str(error), error.hint or ""]

    assert [(text[:80], found) for text in said if (found := traces(text))] == []


def _no_program(*_, **__):
    return SimpleNamespace(bindings=(None,), releases=(None,))


def test_check_names_nobody(site, tmp_path, monkeypatch):
    """It is the first thing that somebody runs on a file that just came by mail."""
    monkeypatch.setattr(reading_now, "preview", lambda *_, **__: "nothing was collected here")
    monkeypatch.setattr(reading_now, "program_of_lines", _no_program)
    for asked_again in ("declared_kinds", "_terms"):  # each the same for every file
        monkeypatch.setattr(checking, asked_again, functools.cache(getattr(checking, asked_again)))
    said = []
    for path in site.files:
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        said.append("\n".join(check_file(copy, now=NOW).lines()))

    assert [(text[:80], found) for text in said if (found := traces(text))] == []


def test_a_run_of_all_of_them_records_and_shows_nobody(site, tmp_path, warm: Warm):
    """The log is kept for years, and the report is read by both sides."""
    root = shutil.copytree(site.root, tmp_path / "run")  # the other tests ask about bindings that wait for a person
    program = re.sub(r"\n    confirmed: no[^\n]*", "", site.program)
    said = 'as_of: {at: 2027-04-18T20:00:00Z, by: "Ada Kirsch"}'
    (root / "gonogo.yaml").write_text(re.sub(r"as_of: \{(?:at: 2000|column|file_name)[^\n]*", said, program))
    outputs = ["full", "json:r.json", "html:r.html", "md:r.md"]
    done = warm(
        "assess",
        ".",
        "--as-of",
        "2027-04-19T16:00Z",
        *(word for each in outputs for word in ("-o", each)),
        cwd=root,
    )
    written = {name: data for name, data in all_bytes(root).items() if "-2027-04-18" not in name}

    assert done.returncode == 1, done.stderr
    assert "r.html" in written
    assert len(written["r.json"]) > 50_000
    assert traces(done.stdout + done.stderr) == []
    assert {name: found for name, data in written.items() if (found := traces(data.decode("utf-8", "replace")))} == {}
