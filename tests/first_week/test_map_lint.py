"""What ``map`` prints passes ``lint`` as it stands, and asks what the program around the file is bound to."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.first_week.written import texts

from gonogo.cli.map_command import command
from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.mapping import map_file
from gonogo.first_week.mapping_text import mapping_text
from gonogo.first_week.nearby_ruleset import nearby_rules
from gonogo.workflow.linting import lint

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00, subjects: {build: 4.2.118}}
  - {id: R2, go_live: 2027-09-03T06:00, subjects: {build: 4.3.0}}
ruleset: m3-baseline@1.0.0
evidence:
"""
BINDING = """\
  - id: pasted-{number}
    collector: table
    as: pasted{number}
    path: {path}
    side: customer
    producer: Somebody
{more}"""


def program(folder: Path, *bindings: str) -> Path:
    (folder / "gonogo.yaml").write_text(
        PROGRAM.replace("evidence:\n", "evidence: []\n" if not bindings else "evidence:\n")
    )
    if bindings:
        with (folder / "gonogo.yaml").open("a", encoding="utf-8") as stream:
            stream.writelines(bindings)
    return folder


def lint_of(folder: Path, files: list[Path]) -> tuple[int, str]:
    """Paste what ``map`` prints for each file into one program; return how many it reads, and what lint says.

    Lint raises where it finds a mistake.
    """
    bindings = []
    for number, file in enumerate(files):
        try:
            mapping = map_file(file)
        except UsageError:
            continue
        if not mapping.stopped:
            path = folder / f"t{number}{file.suffix}"
            shutil.copy(file, path)
            said = BINDING.format(number=number, path=path.name, more=mapping_text(mapping))
            bindings.append(said)
    return len(bindings), lint(program(folder, *bindings))


def test_every_table_of_the_examples_pasted_as_it_stands_passes_lint(tmp_path: Path) -> None:
    """An example that the next command refuses teaches people to distrust both."""
    files = sorted((ROOT / "examples" / "harborline" / "nogo" / "evidence").rglob("*.csv"))
    number, told = lint_of(tmp_path, files)

    assert number == len(files) > 3
    assert "are sound" in told
    assert told.count("settings.facts is empty") == number


@given(files=st.lists(texts(), min_size=1, max_size=12))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_table_pasted_as_it_stands_passes_lint(files: list[bytes]) -> None:
    """Whatever headings, delimiters, encodings and rows of totals there are."""
    with tempfile.TemporaryDirectory() as given, tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            (Path(given) / f"any{number}.csv").write_bytes(data)
        lint_of(Path(folder), sorted(Path(given).iterdir()))


def test_every_real_table_pasted_as_it_stands_passes_lint(tmp_path: Path, shared: Path) -> None:
    """Headings of agencies are longer and stranger than ours."""
    lint_of(tmp_path, [path for path in sorted(shared.rglob("*")) if path.suffix in (".csv", ".xlsx")])


class TestTheProgramAround:
    def test_releases_and_builds_of_every_release_are_known_where_no_binding_reads_the_file(self, tmp_path: Path):
        """Before it is bound, a table may be about any of them."""
        file = program(tmp_path) / "t.csv"
        bounds = nearby_rules(file, None)[0].bounds

        assert [(sorted(one.spelled), sorted(one.releases)) for one in bounds] == [
            (["4.2.118"], ["r1"]),
            (["4.3.0"], ["r2"]),
        ]

    @pytest.mark.parametrize(
        ("subject", "builds", "releases", "environments"),
        [
            ("subject: {release: R2}", ["4.3.0"], ["r2"], []),
            ("subject: {release: R2, build: 9.9.9}", ["9.9.9"], ["r2"], []),
            ("subject: {release: R1, environment: UAT}", ["4.2.118"], ["r1"], ["uat"]),
        ],
    )
    def test_the_binding_that_reads_the_file_says_what_it_is_about(
        self, tmp_path: Path, subject: str, builds: list[str], releases: list[str], environments: list[str]
    ):
        """As the collector is told."""
        more = f"    {subject}\n    settings: {{}}\n"
        program(tmp_path, BINDING.format(number=1, path="t*.csv", more=more))

        (bound,) = nearby_rules(tmp_path / "t1.csv", None)[0].bounds

        assert (sorted(bound.spelled), sorted(bound.releases), sorted(bound.environments)) == (
            builds,
            releases,
            environments,
        )
        assert len(nearby_rules(tmp_path / "other.csv", None)[0].bounds) == 2

    def test_map_asks_inside_a_program_and_warns_outside_of_one(self, tmp_path: Path):
        """A column that passes here and is refused by collect costs a day."""
        inside, outside = program(tmp_path / "p" if (tmp_path / "p").mkdir() is None else tmp_path), tmp_path / "v.csv"
        rows = "Case,Version\nT1,4.2.118\nT2,4.2.118\nT3,4.2.117\n"
        for file in (inside / "v.csv", outside):
            file.write_text(rows)

        def printed(*words: str) -> str:
            return CliRunner().invoke(command, list(words), standalone_mode=False).output

        asked = "! column Version: names 2 builds (4.2.117, 4.2.118), and the program is bound to 4.2.118"
        assert asked in printed(str(inside / "v.csv"))
        assert asked in printed(str(outside), "--program", str(inside))
        assert asked in printed(str(outside), "--program", str(inside / "gonogo.yaml"))
        assert "! column Version: may name builds or releases" in printed(str(outside))

    def test_a_program_that_is_named_must_be_there_and_sound(self, tmp_path: Path):
        """One beside the file that has mistakes is told, and does not keep a person from a first look."""
        with pytest.raises(UsageError):
            nearby_rules(tmp_path / "t.csv", None, tmp_path)
        (tmp_path / "gonogo.yaml").write_text("schema: 1\n")
        asked, told = nearby_rules(tmp_path / "t.csv", None)

        assert asked.bounds == ()
        assert "nothing is asked about the program's release and build" in told
        with pytest.raises(ConfigurationError):
            nearby_rules(tmp_path / "t.csv", None, tmp_path)
