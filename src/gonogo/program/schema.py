"""JSON Schemas of every document, for editors: draft 2020-12."""

from __future__ import annotations

from typing import Any, Final

from gonogo.documents.attestations import AttestationsDocument
from gonogo.documents.lock_documents import LockApprovalsDocument, LockDocument
from gonogo.documents.shape import Document
from gonogo.profiles.profile_documents import ProfileDocument
from gonogo.program.acceptance_documents import AcceptancesDocument
from gonogo.program.program_documents import ProgramDocument
from gonogo.program.side_documents import PeopleDocument, PlansDocument, WaiversDocument
from gonogo.ruleset.ruleset_documents import CasesDocument, FactsDocument, OverlayDocument, RulesetDocument
from gonogo.signing.trust_documents import TrustDocument

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

DOCUMENTS: Final[dict[str, type[Document]]] = {
    "gonogo.yaml": ProgramDocument,
    "ruleset": RulesetDocument,
    "facts": FactsDocument,
    "overlay": OverlayDocument,
    "cases": CasesDocument,
    "people": PeopleDocument,
    "waivers": WaiversDocument,
    "plans": PlansDocument,
    "acceptances": AcceptancesDocument,
    "attestations": AttestationsDocument,
    "trust": TrustDocument,
    "approvals": LockApprovalsDocument,
    "gonogo.lock": LockDocument,
    "profile": ProfileDocument,
}
"""Name of a document to its type."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each document, by name.

    An editor that checks against them finds wrong keys, kinds and forms; meaning (types, units, known names) is
    checked by ``gonogo lint``.
    """
    return {
        name: {"$schema": DIALECT, **_closed(model.model_json_schema(by_alias=True))}
        for name, model in DOCUMENTS.items()
    }


def _closed(schema: Any) -> Any:
    """Close the mappings with keys of a certain form, which pydantic leaves open for keys of any other form."""
    if isinstance(schema, list):
        return [_closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    return closed | {"additionalProperties": False} if "patternProperties" in closed else closed
