"""Evidence lines: what ``collect`` writes and ``assess --evidence`` judges again."""

import json
from pathlib import Path

import pytest

from gonogo.audit.history import open_history
from gonogo.errors import ConfigurationError
from gonogo.model.people import Side
from gonogo.model.program import Binding
from gonogo.report.view import RunView
from gonogo.workflow.collecting import collected
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import assess
from gonogo.workflow.supplied import MAX_BYTES, supplied_replies


@pytest.fixture(scope="module")
def lines(assessed_once):
    """What a small program that is ready collects."""
    return collected(assessed_once.root, as_of=assessed_once.now)[0]


def judged(small, data, tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_bytes(data)
    return assess(Order(program=small.root, as_of=small.now, evidence=path))


class TestSupplied:
    def test_what_was_collected_is_judged_alike(self, small, lines, tmp_path, assessed_once):
        """Same status for every criterion, and it says that it was supplied."""
        history = open_history(assessed_once.log)
        whole = RunView.of(history.report_records(history.runs[0])).assessment

        again = judged(small, lines, tmp_path).assessment

        assert [f.status for f in again.findings] == [f.status for f in whole.findings]
        assert again.kind.evidence.value == "supplied"

    def test_a_line_left_out_is_a_gap(self, small, lines, tmp_path):
        """Taking evidence away is not a way to GO."""
        kept = b"".join(line for line in lines.splitlines(keepends=True) if b'"desk.open_posts"' not in line)

        assert judged(small, kept, tmp_path).exit_code == 1

    def test_a_line_twice_is_a_gap(self, small, lines, tmp_path):
        """Which of the two counts?"""
        line = next(line for line in lines.splitlines(keepends=True) if b'"desk.open_posts"' in line)

        assert judged(small, lines + line, tmp_path).exit_code == 1

    @pytest.mark.parametrize(("second", "code"), [("sit", 1), ("uat", 0)])
    def test_a_fact_of_two_environments_is_a_gap(self, small, lines, tmp_path, second, code):
        """Results in two environments are not results in one, though their numbers agree."""
        line = next(line for line in lines.splitlines(keepends=True) if b'"desk.open_posts"' in line)
        bodies = [json.loads(line), json.loads(line)]
        for body, environment, binding in zip(bodies, ("uat", second), ("one", "two"), strict=True):
            body["evidence"]["subject"] = {"environment": environment}
            body["evidence"]["source"]["binding"] = binding
        data = lines.replace(line, b"".join(json.dumps(body).encode() + b"\n" for body in bodies))

        assert judged(small, data, tmp_path).exit_code == code

    @pytest.mark.parametrize(("said", "known"), [("uat", True), ("sit", False), (None, True)])
    def test_a_line_about_something_else_than_its_binding_is_a_gap(self, lines, tmp_path, said, known):
        """A line may say less than its binding, and never something else."""
        line = next(line for line in lines.splitlines(keepends=True) if b'"desk.open_posts"' in line)
        body = json.loads(line)
        body["evidence"]["subject"] = {"environment": said} if said else {}
        path = tmp_path / "lines.jsonl"
        path.write_text(json.dumps(body) + "\n")
        binding = Binding(
            id=body["evidence"]["source"]["binding"],
            plugin="table",
            side=Side.CUSTOMER,
            producer="p",
            environment="uat",
        )

        [item] = supplied_replies(path, [binding])[0].items

        assert (item.gap is None) is known
        assert known or item.detail == "The line is about the environment sit, but its binding is about uat."

    def test_what_the_vocabulary_forbids_stays_forbidden(self, small, lines, tmp_path):
        """Supplied lines pass the same admission."""
        changed = lines.replace(b'"value":0', b'"value":-1')
        assert changed != lines

        assert judged(small, changed, tmp_path).exit_code == 1

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "G212"),
            (b"\n\n", "G212"),
            (b"not json\n", "G211"),
            (b"[]\n", "G211"),
            (b'{"evidence": {}}\n', "G211"),
            (b'{"evidence": {}, "gap": {}}\n', "G211"),
            (b'{"proof": {}}\n', "G211"),
            (b'{"gap": {"fact": "a.b", "fact": "a.c", "reason": "missing", "detail": "x"}}\n', "G211"),
            (b'{"gap": {"fact": "a.b", "reason": "lost", "detail": "x"}}\n', "G211"),
            (b"\xff\n", "G211"),
            (b"[" * 100_000 + b"\n", "G211"),
        ],
        ids=str,
    )
    def test_lines_that_are_not_evidence_are_named(self, data, code, tmp_path):
        """With the number of the line."""
        path = tmp_path / "lines.jsonl"
        path.write_bytes(data)

        with pytest.raises(ConfigurationError) as caught:
            supplied_replies(path)

        assert [problem.code for problem in caught.value.problems] == [code]
        assert "lines.jsonl" in str(caught.value)
        assert all(problem.hint for problem in caught.value.problems)
        assert "G530" not in str(caught.value)

    def test_more_than_may_be_read_is_refused_and_not_read(self, tmp_path):
        """A file with a hole takes no room on the disk, and all of the memory."""
        path = tmp_path / "lines.jsonl"
        with path.open("wb") as stream:
            stream.truncate(MAX_BYTES + 1)

        with pytest.raises(ConfigurationError, match="larger than"):
            supplied_replies(path)

    def test_a_device_is_no_file(self):
        """It has no end."""
        with pytest.raises(ConfigurationError, match="not a regular file"):
            supplied_replies(Path("/dev/zero"))

    def test_a_gap_stays_a_gap(self, small, tmp_path):
        """With its reason."""
        (small.root / "evidence" / "desk.csv").unlink()
        data = collected(small.root, as_of=small.now)[0]
        gap = next(json.loads(line)["gap"] for line in data.splitlines() if b'"desk.open_posts"' in line)

        result = judged(small, data, tmp_path)

        assert result.exit_code == 1
        found = next(g for g in result.assessment.evidence.gaps if g.fact == "desk.open_posts")
        assert (found.reason.value, found.detail) == (gap["reason"], gap["detail"])
