"""The root of an OSCAL document in JSON: which model it is, and when it was last changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from gonogo.collectors.document_moment import held_by, read_moment
from gonogo.collectors.system.oscal.nist_schema import check_schema
from gonogo.documents.json_object import JsonObject, read_object
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input, Job

_VERSION: Final = re.compile(r"1\.[0-9]{1,3}\.[0-9]{1,3}")


def read_model(source: Input, model: str, called: str, job: Job) -> tuple[JsonObject, datetime]:
    """Return the model of a document, and when it held: its last change under ``as_of: document``.

    Args:
        source: The file.
        model: Key of the model: ``plan-of-action-and-milestones``.
        called: What people call it, for a refusal.
        job: What the evidence is collected for.

    Raises:
        CollectorRefusal: Another model, another version of OSCAL than 1, a document that NIST's schema refuses, or
            nobody knows when it held.
    """
    data = source.read()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise StructuralFault(f"{source.file_name} is XML; export it as OSCAL in JSON")
    document = read_object(data, source.file_name)
    found = document.object(model)
    if found is None or document.values.keys() - {model, "$schema"}:
        raise StructuralFault(f"{source.file_name} is no {called} in OSCAL")
    metadata = found.object("metadata")
    version = metadata.text("oscal-version") if metadata else ""
    if metadata is None or not _VERSION.fullmatch(version):
        raise StructuralFault(f"{source.file_name} does not say that it is OSCAL of version 1, which is read")
    check_schema(document, model, version)
    moment = read_moment(metadata.text("last-modified"), job.time_zone)
    return found, held_by(source, [moment] if moment else [], job)


def by_id(entries: Iterable[JsonObject], key: str) -> dict[str, JsonObject]:
    """Return entries by what identifies each.

    Raises:
        StructuralFault: Two have the same: one of them would be hidden behind the other.
    """
    found: dict[str, JsonObject] = {}
    for entry in entries:
        if found.setdefault(entry.text(key), entry) is not entry:
            raise StructuralFault(f"{entry.place} has the {key} of {found[entry.text(key)].place}")
    return found


def known(owner: JsonObject, key: str, words: frozenset[str]) -> str:
    """Return a word of a closed list.

    Raises:
        StructuralFault: It is absent, or another word.
    """
    word = owner.text(key)
    if word not in words:
        raise StructuralFault(f"{owner.place}.{key} is none of {', '.join(sorted(words))}")
    return word
