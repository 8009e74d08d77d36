"""JSON Schemas for editors: they accept what is read, and refuse the commonest slips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.governance.test_lock_file import FIRST

from gonogo.documents.yaml import MappingNode, Node, ScalarKind, ScalarNode, SequenceNode, read_yaml
from gonogo.governance.lock_file import lock_text
from gonogo.model.lock import LockSignature
from gonogo.program.schema import DIALECT, DOCUMENTS, schemas

SIGNATURE = LockSignature(key="c" * 64, signature="MEUCIQ==")
ATTESTATIONS = """\
schema: 1
attestations:
  - {fact: ato.signed, value: true, person: mosei, role: customer.executive_sponsor, on: 2027-04-12,
     held_on: 2027-04-10, prepared_by: uhead, evidence: https://example.gov/x, qualified: except for the annex}
  - {fact: training.share, value: 93.2%, person: mosei, role: customer.executive_sponsor, on: 2027-04-12,
     held_on: 2027-04-10T10:00-04:00}
"""
ACCEPTANCES = """\
schema: 1
acceptances:
  - {id: A-1, register: interfaces, item: card issuer, person: r.amsel, role: customer.functional_lead, on: 2027-04-14,
     until: 2027-05-10, build: "7", workaround: keyed by hand, tried_on: 2027-04-12, tried_by: r.amsel, users: 4%,
     volume: 0.03, money: 1%, touches: Travel}
  - {id: A-2, register: interfaces, item: bank file}
"""
APPROVALS = """\
schema: 1
program: harborline
content: DIGEST
changes: DIGEST
request: CR-7
requested_by: uhead
reason: The provider's report comes weekly
approved_by:
  - {person: mosei, role: customer.executive_sponsor, on: 2027-03-01}
reviewed_by: {person: mosei, role: independent.reviewer, on: 2027-03-01}
"""
FILES = {
    "gonogo.yaml": "program/gonogo.yaml",
    "ruleset": "tiny/ruleset.yaml",
    "facts": "tiny/facts.yaml",
    "overlay": "agency.yaml",
    "cases": "tiny/cases/all.yaml",
    "people": "program/people.yaml",
    "waivers": "program/waivers.yaml",
    "plans": "program/plans.yaml",
}
SLIPS = [
    ("gonogo.yaml", "schema: 1", "schema: 2"),
    ("gonogo.yaml", "ruleset: ../tiny", "rulset: ../tiny"),
    ("gonogo.yaml", "side: provider", "side: vendor"),
    ("gonogo.yaml", "deadline: 30s", "deadline: soon"),
    ("gonogo.yaml", "handling: CUI (procurement)", "handling: CUI"),
    ("gonogo.yaml", "go_live: 2027-05-03T06:00", "go_live: 2027-05-03"),
    ("gonogo.yaml", "id: harborline", "id: 12"),
    ("ruleset", 'version: "1.0.0"', "version: 1.0"),
    ("ruleset", "severity: conditional", "severity: high"),
    ("ruleset", "max_age: 12h", "max_age: 12"),
    ("ruleset", "id: program.schedule.float", "id: Program"),
    ("ruleset", "T-60: 10", "T60: 10"),
    ("ruleset", "    remedy: Run the rest.\n", ""),
    ("facts", "type: decimal", "type: float"),
    ("facts", "allowed: [open, closed, late]", "allowed: open"),
    ("overlay", ", reason: Our PMO asks for it.", ""),
    ("cases", "expect: met", "expect: pass"),
    ("people", "from: 2026-01-01", "from: 1 January"),
    ("waivers", "expires_on: 2027-06-01", "expires: 2027-06-01"),
    ("plans", "due: 2027-06-01", "due: June"),
]


def as_an_editor_reads(node: Node) -> Any:
    """Turn a tree into what an editor's YAML 1.2 reader would hand to a validator."""
    if isinstance(node, MappingNode):
        return {key: as_an_editor_reads(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [as_an_editor_reads(item) for item in node.items]
    assert isinstance(node, ScalarNode)
    readers = {
        ScalarKind.NULL: lambda: None,
        ScalarKind.TRUTH: lambda: node.truth,
        ScalarKind.INTEGER: lambda: int(node.text),
        ScalarKind.DECIMAL: lambda: float(node.text),
        ScalarKind.TEXT: lambda: node.text,
    }
    return readers[node.kind]()


def check(name: str, text: str) -> None:
    """Validate a document as an editor would."""
    document = as_an_editor_reads(read_yaml(text.encode(), name))
    jsonschema.Draft202012Validator(schemas()[name]).validate(document)


class TestSchemas:
    def test_every_document_has_a_valid_schema(self):
        """An editor is pointed at one of these by name."""
        found = schemas()

        assert list(found) == list(DOCUMENTS)
        for schema in found.values():
            assert schema["$schema"] == DIALECT
            jsonschema.Draft202012Validator.check_schema(schema)

    @pytest.mark.parametrize("name", FILES)
    def test_a_good_file_is_accepted(self, good: dict[str, str], name: str):
        """An editor that underlines good lines is switched off."""
        check(name, good[FILES[name]])

    def test_a_good_attestation_file_is_accepted(self):
        """The attestation collector reads this very shape."""
        check("attestations", ATTESTATIONS)

    def test_a_good_file_of_acceptances_is_accepted(self):
        """And one with a share that is none is underlined."""
        check("acceptances", ACCEPTANCES)
        with pytest.raises(jsonschema.ValidationError):
            check("acceptances", ACCEPTANCES.replace("users: 4%", "users: few"))

    @pytest.mark.parametrize("signature", [None, SIGNATURE])
    def test_the_lock_is_accepted_as_gonogo_writes_it(self, signature):
        """Who opens it in an editor sees no line underlined, and one that was changed by hand is."""
        text = lock_text(FIRST, signature)

        check("gonogo.lock", text)
        with pytest.raises(jsonschema.ValidationError):
            check("gonogo.lock", text.replace("number: 1", "number: one"))

    def test_approvals_of_a_lock_are_accepted_filled_in(self):
        """The file goes from hand to hand, and each hand types a line."""
        text = APPROVALS.replace("DIGEST", "a" * 64)

        check("approvals", text)
        for old, new in (
            ("on: 2027-03-01", "on: 1 March"),
            ("approved_by", "approved"),
            ("request: CR-7", "requst: x"),
        ):
            with pytest.raises(jsonschema.ValidationError):
                check("approvals", text.replace(old, new, 1))

    @pytest.mark.parametrize("folder", ["m3-baseline", "m3-engagement"])
    def test_the_shipped_rulesets_are_accepted(self, folder: str):
        """What ships is the first example that people copy."""
        root = next(p / "rulesets" for p in Path(__file__).resolve().parents if (p / "rulesets" / folder).is_dir())

        check("ruleset", (root / folder / "ruleset.yaml").read_text(encoding="utf-8"))
        check("facts", (root / folder / "facts.yaml").read_text(encoding="utf-8"))
        for cases in (root / folder / "cases").glob("*.yaml"):
            check("cases", cases.read_text(encoding="utf-8"))

    @pytest.mark.parametrize(("name", "old", "new"), SLIPS)
    def test_a_slip_is_underlined(self, good: dict[str, str], name: str, old: str, new: str):
        """The commonest mistakes are seen while typing."""
        text = good[FILES[name]]
        assert old in text

        with pytest.raises(jsonschema.ValidationError):
            check(name, text.replace(old, new, 1))
