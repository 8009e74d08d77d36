"""NIST's own schemas of OSCAL, as published: what they refuse is refused here. The only importer of jsonschema-rs."""

from __future__ import annotations

import functools
import json
from importlib.resources import files
from typing import Any, Final

from gonogo.documents.json_object import JsonObject
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

SCHEMAS: Final = "1.2.1"
"""Version of the schemas; an earlier minor version of OSCAL is a subset of a later one."""
NO_EXTRA: Final = (
    "OSCAL is checked by NIST's schemas with jsonschema-rs, which is not installed: `pip install 'gonogo[oscal]'`"
)
_MODELS: Final = {
    "plan-of-action-and-milestones": "poam",
    "system-security-plan": "ssp",
    "assessment-results": "assessment-results",
}


def check_schema(document: JsonObject, model: str, version: str) -> None:
    """Refuse a document that the schema of its model refuses.

    Args:
        document: The whole document.
        model: Key of the model: ``plan-of-action-and-milestones``.
        version: Version of OSCAL that the document names.

    Raises:
        StructuralFault: With the place of the first fault, or the library is not installed.
    """
    try:
        schema = _schema(_MODELS[model])
    except ImportError:
        raise StructuralFault(NO_EXTRA, GapReason.NOT_PROVABLE) from None
    error = next(schema.iter_errors(document.values), None)
    if error is not None:
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:60]}" for step in error.instance_path)
        raise StructuralFault(
            f"{document.place}: {where.removeprefix('.') or 'the document'} {_what(error.kind)}; NIST's schema of "
            f"OSCAL {SCHEMAS} refuses it (the document is of {version}): mend it where it is made, and export it again"
        )


@functools.cache
def _schema(name: str) -> Any:
    import jsonschema_rs

    text = files(__package__).joinpath("schemas", f"oscal-{name}.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text))


def _what(kind: Any) -> str:
    """Say what is wrong, and never quote a value."""
    match kind.name:
        case "required":
            return f"has no {kind.property[:60]!r}"
        case "additionalProperties":
            return f"has the key {min(kind.unexpected)[:60]!r}, which OSCAL does not know"
        case "minItems":
            return "is an empty list"
        case "type":
            return "is a value of another type"
        case _:
            return "has a value that OSCAL does not allow"
