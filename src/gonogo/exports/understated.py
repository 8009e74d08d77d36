"""Acceptances that grant a smaller share than the export of their register names: read in a walled child, recorded.

An acceptance counts with its own share, because a person signed that one. That the program's own list names a larger
share is for the reader to know.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any, Final

from gonogo.core.exposure import DIMENSIONS
from gonogo.exports.export_columns import exported_in, kept_closed, known_bytes
from gonogo.isolate import Limits, Task, Walls, run
from gonogo.isolate.installation import folders, libraries
from gonogo.model.acceptance import Acceptance
from gonogo.model.canonical import decimal_text
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding
from gonogo.model.reply import InputRead, Reply, Understated

_LIMITS: Final = Limits(wall_s=20.0, cpu_s=20)


def with_understated(
    replies: Sequence[Reply],
    bindings: Iterable[Binding],
    acceptances: Collection[Acceptance],
    vocabulary: Vocabulary,
    root: Path,
) -> list[Reply]:
    """Return the replies, each with the acceptances for which its own export names a larger share.

    A file is read only for a register of which an item is accepted, as the collector read it, and none of a source
    about people or with CUI. What cannot be read says nothing.
    """
    by_id = {binding.id: binding for binding in bindings}
    made = []
    for reply in replies:
        binding = by_id.get(reply.binding)
        found: tuple[Understated, ...] = ()
        if binding is not None and not kept_closed(binding) and reply.deposited is None:
            found = tuple(_understated(reply, binding, acceptances, vocabulary, root))
        made.append(reply.model_copy(update={"understated": found}) if found else reply)
    return made


def _understated(
    reply: Reply, binding: Binding, acceptances: Collection[Acceptance], vocabulary: Vocabulary, root: Path
) -> Iterator[Understated]:
    for register in vocabulary.registers or ():
        keys = frozenset(key for item in reply.answers.get(register.fact, ()) for key in item.open_items or ())
        accepted = [one for one in acceptances if one.register_id == register.id and one.item in keys]
        if not accepted:
            continue
        for each in reply.inputs:
            said = _shares(each, keys, binding, root)
            yield from (found for one in accepted for found in _smaller(one, said.get(one.item, {}), each.path))


def _smaller(one: Acceptance, said: Mapping[str, Decimal], path: str) -> Iterator[Understated]:
    for part in DIMENSIONS:
        granted, share = getattr(one, part), said.get(part)
        if granted is not None and share is not None and granted < share:
            yield Understated(acceptance=one.id, item=one.item, part=part, share=share, granted=granted, file=path)


def _shares(read: InputRead, keys: Collection[str], binding: Binding, root: Path) -> dict[str, dict[str, Decimal]]:
    """Return the shares that a file names for each open item, read in a child; nothing where it gives no answer."""
    data = known_bytes(root / read.path, read.sha256)
    if data is None:
        return {}
    work = partial(_in_child, data=data, path=read.path, keys=keys, settings=binding.settings)
    walls = Walls(reads=libraries(), lists=folders(), alone=True)
    [outcome] = run([Task(f"shares-{binding.id}", b"", _LIMITS, work=work, walls=walls)], parallel=1)
    if not outcome.ok:
        return {}
    try:
        answer = json.loads(outcome.payload)
        return {key: {part: Decimal(share) for part, share in parts.items()} for key, parts in answer.items()}
    except (ValueError, InvalidOperation, AttributeError, TypeError):
        return {}


def _in_child(
    _request: bytes,
    _descriptors: tuple[int, ...],
    *,
    data: bytes,
    path: str,
    keys: Collection[str],
    settings: Mapping[str, Any],
) -> bytes:
    found = {
        key: {part: decimal_text(item.drafted[part]) for part in DIMENSIONS if part in item.drafted}
        for key, item in exported_in(data, path, keys, settings).items()
    }
    return json.dumps(found).encode()
