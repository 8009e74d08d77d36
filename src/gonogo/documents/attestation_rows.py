"""Reading a file of attestations (:mod:`gonogo.documents.attestations`): its rows by fact, or every mistake of form.

A row that breaks the form refuses the file, because nobody knows what it was meant to say. The file ends with a line
end, so that a copy that was cut off inside a line is not taken for a shorter value. Who may state a fact, and whether a
value is of its fact's type, is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from gonogo.documents.attestations import AttestationDocument, AttestationsDocument
from gonogo.documents.known_keys import misspelt
from gonogo.documents.shape import raw_of
from gonogo.documents.yaml import MappingNode, Node, ScalarKind, ScalarNode, SequenceNode, read_yaml
from gonogo.errors import ConfigurationError
from gonogo.model.refusal import SourceRefusal
from gonogo.text import did_you_mean

SHOWN: Final = 5
_KEYS: Final = tuple(AttestationDocument.model_fields)
_REQUIRED: Final = tuple(key for key, field in AttestationDocument.model_fields.items() if field.is_required())
_BREAKS_THE_FORM: Final = ("G112", "G113", "G117")
"""Codes of a text that is no text, or blank; whatever else is wrong with a key is a defect of the fact alone."""


def read_rows(data: bytes, name: str) -> dict[str, list[MappingNode]]:
    """Return the rows of a file by the fact that they state, in the order of the file.

    Raises:
        SourceRefusal: Not YAML, or not of the form; the sentence names up to five mistakes.
    """
    try:
        root = read_yaml(data, name)
    except ConfigurationError as error:
        raise _refused([f"{problem.where}: {problem.what}" for problem in error.problems]) from error
    if not data.endswith(b"\n"):
        raise SourceRefusal(f"{name} does not end with a line end, so it may be cut off; save it again in an editor")
    rows = _rows(root, name)
    found: dict[str, list[MappingNode]] = {}
    mistakes: list[str] = []
    for row in rows:
        if isinstance(row, MappingNode):
            mistakes += _mistakes(row)
            found.setdefault(written_text(row, "fact"), []).append(row)
        else:
            mistakes.append(f"{row.position}: an attestation is a mapping with {', '.join(_REQUIRED)}")
    if mistakes:
        raise _refused(mistakes)
    return found


def checked_row(row: MappingNode) -> AttestationDocument | dict[str, str]:
    """Return the row as its document; or each key that is not as it must be, to the code of its first mistake."""
    try:
        return AttestationDocument.model_validate(raw_of(row))
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    found: dict[str, str] = {}
    for detail in details:
        found.setdefault(str(detail["loc"][0]), detail.get("ctx", {}).get("code", detail["type"]))
    return found


def written_text(row: MappingNode, key: str) -> str:
    """Return the text of a key as a message shows it."""
    value = row.get(key)
    return value.text.strip() if isinstance(value, ScalarNode) else ""


def _refused(mistakes: Sequence[str]) -> SourceRefusal:
    more = f" (and {len(mistakes) - SHOWN} more)" if len(mistakes) > SHOWN else ""
    return SourceRefusal("; ".join(mistakes[:SHOWN]) + more)


def _rows(root: Node, name: str) -> Sequence[Node]:
    """Return the rows, whatever each of them is."""
    keys = {field.alias or key for key, field in AttestationsDocument.model_fields.items()}
    if not isinstance(root, MappingNode) or set(root.entries) != keys:
        raise SourceRefusal(f"{name} has the keys `schema` and `attestations`, and no others")
    rows = root.entries["attestations"][1]
    try:
        AttestationsDocument.model_validate(raw_of(root) | {"attestations": []})
    except ValidationError:
        raise SourceRefusal(f"{root.entries['schema'][1].position}: only `schema: 1` is known") from None
    if not isinstance(rows, SequenceNode):
        raise SourceRefusal(f"{rows.position}: `attestations` is a list")
    return rows.items


def _mistakes(row: MappingNode) -> list[str]:
    """Return what breaks the form: keys that are unknown or missing, and what is no text."""
    document = checked_row(row)
    if isinstance(document, AttestationDocument):
        return []
    strange = [key for key, code in document.items() if code == "extra_forbidden"]
    found = [
        f"{row.entries[key][0].position}: `{key[:40]}` is not a key of an attestation; "
        + did_you_mean(key, _KEYS, otherwise=f"the keys are {', '.join(_KEYS)}")
        for key in strange
    ]
    lacking = [key for key, code in document.items() if code == "missing" and not misspelt(key, strange)]
    found += [f"{row.position}: `{key}` is missing" for key in lacking]
    for key, (_, node) in row.entries.items():
        code = document.get(key)
        if key == "value" or code not in _BREAKS_THE_FORM:
            continue
        if code == "G117" and isinstance(node, ScalarNode) and node.kind is ScalarKind.TEXT:
            found.append(f"{node.position}: `{key}` is blank; leave it out or say something")
        else:
            found.append(f"{node.position}: `{key}` is text; put it in quotes if it looks like something else")
    return found
