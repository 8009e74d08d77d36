"""Every evidence file of the example, one after the other: gone, empty, cut in half."""

from pathlib import Path

import pytest
from tests.figures import figure

from gonogo.audit.reading import read_log
from gonogo.model.ruleset import Severity
from gonogo.model.verdict import Verdict
from gonogo.report.view import RunView

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harborline" / "go"
FILES = sorted(str(path.relative_to(EXAMPLE)) for path in (EXAMPLE / "evidence").glob("**/*") if path.is_file())


def halve(name):
    """Cut inside a line: that a list was cut between two of its lines shows only where its length is known."""

    def way(folder):
        content = folder.bytes(name)[: len(folder.bytes(name)) // 2]
        folder.put(name, content.rstrip(b"\n"))

    return way


WAYS = {
    "gone": lambda name: lambda folder: folder.path(name).unlink(),
    "empty": lambda name: lambda folder: folder.put(name, b""),
    "cut in half": halve,
}


@pytest.fixture(scope="session")
def view(example):
    return RunView.of(read_log(example.root / "audit"))


@pytest.fixture(scope="session")
def readers(view):
    """Bindings that read each file."""
    return {
        name: {asked.binding for asked in view.collectors if any(entry.path == name for entry in asked.inputs)}
        for name in FILES
    }


@pytest.fixture(scope="session")
def needed(view):
    """Files that evidence was read from on which a criterion rests that decides."""
    read = {
        reading.fact
        for finding in view.findings
        if finding.severity is not Severity.ADVISORY and finding.status.judged
        for reading in finding.facts
    }
    bindings = {entry.source.binding for entry in view.evidence if entry.fact in read}
    return {entry.path for asked in view.collectors if asked.binding in bindings for entry in asked.inputs}


EACH = figure("ways of losing each file: one in", small=3, large=1)
LOST = [
    (name, way) for number, name in enumerate(FILES) for place, way in enumerate(WAYS) if (number + place) % EACH == 0
]


class TestEveryFile:
    @pytest.mark.torture
    @pytest.mark.parametrize(("name", "way"), LOST)
    def test_losing_a_file_is_never_a_way_to_go(self, name, way, needed, readers, judged):
        """Whatever a criterion that decides was proved by must still be there, and the gap names who should have it."""
        found = judged(WAYS[way](name))

        assert name not in needed or found.decision.verdict is not Verdict.GO
        assert name not in needed or {gap.binding for gap in found.evidence.gaps} & readers[name]

    @pytest.mark.parametrize("fixture", ["judged", "spoiled"])
    def test_only_the_bindings_that_read_the_file_are_asked_again(self, example, fixture, request):
        """To ask all of them each time would come to the same, and take half of the suite's time."""
        request.getfixturevalue(fixture)(WAYS["empty"]("evidence/system/interfaces.csv"))

        assert example.asked == ["interfaces"]

    def test_most_files_are_needed(self, example, needed):
        """So that the test above tests something."""
        assert example.outcome.code == 0
        assert len(needed) >= 30

    def test_asking_every_binding_again_comes_to_the_same(self, spoiled):
        """The other tests ask only the bindings that they touched."""
        assert spoiled(WAYS["cut in half"]("evidence/system/interfaces.csv"), whole=True).code == 1

    def test_the_example_assessed_whole_and_in_part_has_one_digest(self, example, spoiled, tmp_path):
        """Likewise."""
        assert spoiled(lambda folder: folder.put("evidence/note.txt", "x")).code == 0

        again = RunView.of(read_log(tmp_path / "go" / "audit"))
        assert again.assessment.sha256 == RunView.of(read_log(example.root / "audit")).assessment.sha256
