"""Evidence bundles that may not count as collected: unsigned, of a foreign key, doubled, too old, of another build.

The binding is one that the trust file lets a key deposit. The drill collects it in the copy, and signs with a key of
its own that it adds to the trust file of the copy, so that everything but the defect is in order.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from gonogo.bundle.manifest import MANIFEST
from gonogo.bundle.packing import pack_bundle
from gonogo.bundle.unpacking import Bundle, read_bundle
from gonogo.drill.defect import Defect, Noticed, NotPlanted, Planted
from gonogo.drill.kinds.trust_defects import DEPOSITOR, added_key, trust_of
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.site import BoundSource, TargetProgram
from gonogo.drill.tree_text import words
from gonogo.signing.private_key import PrivateKey, new_private_key
from gonogo.workflow.depositing import DepositOrder, SourceBytes, bundle_of
from gonogo.workflow.deposits import age_limits

_NEEDS: Final = "a trust file with a key that deposits evidence (`bundles:`) for a source that counts"
_BY: Final = "kind of run"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a job would hand over.

    Attributes:
        source: The source that is deposited.
        bundle: As collected, unsigned.
        key: A key that may sign it.
    """

    source: BoundSource
    bundle: Bundle
    key: PrivateKey

    def packed(self, *signers: PrivateKey, **changes: object) -> bytes:
        """Return the bytes of the bundle with parts of its manifest changed."""
        return pack_bundle(self.bundle.manifest.model_copy(update=changes), self.bundle.sources, *signers)


def _deposited(site: TargetProgram) -> HandedOver:
    may = {name for key in trust_of(site).keys if key.covers(site.now) for name in key.bundles}
    source = next((each for each in site.every_source if each.binding.id in may), None)
    if source is None:
        raise NotPlanted("no key of the trust file deposits evidence for a source that counts here")
    binding = source.binding
    order = DepositOrder(
        site.copy.root,
        release=site.loaded.release.id,
        as_of=site.now,
        only=[binding.id],
        sources=SourceBytes.ALL,
    )
    data, _ = bundle_of(order, None)
    key = added_key(site, DEPOSITOR, bundles=[words(binding.id)], side=words(binding.side.value))
    return HandedOver(source, read_bundle(_put(site, "drill-bundle.zip", data)), key)


def _put(site: TargetProgram, name: str, data: bytes) -> Path:
    site.copy.put(name, data)
    return site.copy.root / name


def _supplied(binding: str) -> Callable[[Rehearsed], str]:
    """Return why a run says that a bundle is supplied and not collected; empty where it says nothing."""

    def shown(after: Rehearsed) -> str:
        if after.snapshot is None:
            return ""
        deposited = after.snapshot.sources[binding].deposited
        return "" if deposited is None or deposited.supplied is None else f"A rehearsal: {deposited.supplied}."

    return shown


def _handed(
    make: Callable[[TargetProgram, HandedOver], bytes], *, supplied: bool = True
) -> Callable[[TargetProgram], Planted]:
    """Return how a class is planted: the run is handed what ``make`` returns in place of the source."""

    def plant(site: TargetProgram) -> Planted:
        found = _deposited(site)
        path = _put(site, "drill-bundle.zip", make(site, found))
        binding = found.source.binding.id
        return Planted(
            f"a bundle of {binding}",
            found.source.criteria,
            bundles=(path,),
            shows=_supplied(binding) if supplied else None,
            by=_BY,
        )

    return plant


def _doubled(site: TargetProgram) -> Planted:
    found = _deposited(site)
    paths = tuple(_put(site, f"drill-bundle-{n}.zip", found.packed(found.key)) for n in (1, 2))
    return Planted(f"two bundles of {found.source.binding.id}", found.source.criteria, bundles=paths)


def _too_old(site: TargetProgram, found: HandedOver) -> bytes:
    binding = found.source.binding.id
    declared = {binding: found.bundle.manifest.deposits[0].reply.declared}
    limit = age_limits(declared, site.loaded.ruleset).get(binding)
    if limit is None:
        raise NotPlanted("no criterion sets an age for the source")
    return found.packed(found.key, made=site.now - timedelta(seconds=limit))


def _another_build(site: TargetProgram, found: HandedOver) -> bytes:
    subjects = site.loaded.release.subjects
    if not subjects:
        raise NotPlanted("the release does not say what exactly is released (`subjects:`)")
    return found.packed(found.key, subjects={kind: f"{text}-drill" for kind, text in subjects.items()})


def _edited(_site: TargetProgram, found: HandedOver) -> bytes:
    """Other words are put under the signature, which a reader has to notice before anything is believed."""
    other = found.bundle.manifest.model_copy(update={"made_by": "drill"}).canonical()
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(found.packed(found.key))) as signed, zipfile.ZipFile(packed, "w") as edited:
        for entry in signed.infolist():
            edited.writestr(entry, other if entry.filename == MANIFEST else signed.read(entry))
    return packed.getvalue()


DEFECTS = (
    Defect(
        "bundle-unsigned",
        "Evidence is deposited without a signature",
        _NEEDS,
        _handed(lambda _site, found: found.packed()),
        Noticed.STOPPED,
    ),
    Defect(
        "bundle-of-a-foreign-key",
        "Evidence is deposited by a key that nobody trusts",
        _NEEDS,
        _handed(lambda _site, found: found.packed(new_private_key())),
        Noticed.STOPPED,
    ),
    Defect("bundle-doubled", "One source is deposited twice", _NEEDS, _doubled, Noticed.STOPPED),
    Defect("bundle-too-old", "A bundle is as old as its source may be", _NEEDS, _handed(_too_old), Noticed.STOPPED),
    Defect(
        "bundle-of-another-build",
        "A bundle is about a build that is not the one released",
        _NEEDS,
        _handed(_another_build, supplied=False),
        Noticed.STOPPED,
    ),
    Defect(
        "bundle-edited",
        "A bundle was changed after it was signed",
        _NEEDS,
        _handed(_edited, supplied=False),
        Noticed.STOPPED,
    ),
)
