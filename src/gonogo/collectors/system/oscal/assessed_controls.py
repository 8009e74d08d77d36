"""Facts about assessment results: what the last assessment found not satisfied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from gonogo.collectors.document_moment import held_by, read_moment
from gonogo.collectors.system.oscal.oscal_document import known, read_model
from gonogo.documents.json_object import JsonObject
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Job, LocalFact, NoSettings, Settings


class AssessmentCollector:
    """Reads assessment results (input ``file``). Calls nothing. Of several results those that ended last count.

    A target that an earlier one did not find satisfied stays so until it is assessed again. Under ``as_of: document``
    the end of the last assessment counts, not the document's last change.
    """

    name = "assessment"
    facts: Sequence[LocalFact] = (
        LocalFact(
            if_known=True,
            name="not_satisfied",
            type=FactType.INTEGER,
            unit="findings",
            meaning="Findings whose target is not satisfied: of the last assessment, and of those before it for "
            "what it did not assess.",
        ),
        LocalFact(
            if_known=True,
            name="satisfied_ratio",
            type=FactType.RATIO,
            meaning="Targets satisfied in every finding of the last assessment, out of its targets, the controls "
            "that it selected without a finding, and targets that failed before and were not assessed again.",
        ),
    )
    settings: type[Settings] = NoSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="OSCAL assessment results",
            json_keys=("assessment-results",),
            binding="assessment",
            prefix="assessment",
            place=32,
        ),
    )

    def declare(self, settings: NoSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: NoSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The results cannot be read, hold no assessment that ended, or are dated ahead.
        """
        source = job.input("file")
        results, _ = read_model(source, "assessment-results", "assessment results", job)
        ended: list[tuple[datetime, JsonObject]] = []
        for result in results.objects("results"):
            moment = read_moment(result.text("end"), job.time_zone)
            if moment is None:
                raise StructuralFault(f"{result.place} does not say when it ended, so the assessment is not done")
            ended.append((moment, result))
        if not ended:
            raise StructuralFault(f"{results.place} holds no results", GapReason.MISSING)
        moment = max(end for end, _ in ended)
        as_of = held_by(source, [moment], job)
        last = [result for end, result in ended if end == moment]
        targets, failed = _found(last)
        if not targets:
            raise StructuralFault(f"{last[0].place} has no findings, so it found nothing out", GapReason.MISSING)
        decided = set(targets)
        for _, result in sorted((each for each in ended if each[0] < moment), key=lambda each: each[0], reverse=True):
            before, missed = _found([result])
            failed += [name for name in missed if name not in decided]
            targets |= dict.fromkeys(set(missed) - decided, False)
            decided |= before.keys()
        untried = [name for name in _selected(last) if not any(_about(target, name) for target in targets)]
        targets |= dict.fromkeys(untried, False)
        count, ratio = self.facts
        yield count.value(len(failed), as_of=as_of).naming(failed)
        yield ratio.counted(part=sum(targets.values()), whole=len(targets), as_of=as_of).naming(
            sorted(name for name, good in targets.items() if not good)
        )


def _found(results: Iterable[JsonObject]) -> tuple[dict[str, bool], list[str]]:
    """Return whether each target is satisfied in all its findings, and the target of each finding that is not."""
    targets: dict[str, bool] = {}
    failed = []
    for result in results:
        risks = {risk.text("uuid"): risk.text("status") for risk in result.objects("risks")}
        for finding in result.objects("findings"):
            target = finding.object("target")
            if target is None:
                raise StructuralFault(f"{finding.place} does not say what is satisfied")
            name = target.text("target-id")
            good = _satisfied(finding, target, risks)
            targets[name] = targets.get(name, True) and good
            failed += [] if good else [name]
    return targets, failed


def _satisfied(finding: JsonObject, target: JsonObject, risks: Mapping[str, str]) -> bool:
    """Return whether a finding says so, and neither its reason nor a risk that it left says otherwise."""
    status = target.object("status")
    if status is None:
        raise StructuralFault(f"{finding.place} does not say what is satisfied")
    good = known(status, "state", frozenset(["satisfied", "not-satisfied"])) == "satisfied"
    left = [risks.get(entry.text("risk-uuid"), "closed") for entry in finding.objects("related-risks")]
    return good and status.text("reason").strip().lower() != "fail" and all(each == "closed" for each in left)


def _selected(results: Iterable[JsonObject]) -> list[str]:
    """Return the controls that assessments named as reviewed; all of a catalog are not named."""
    found: dict[str, None] = {}
    for result in results:
        reviewed = result.object("reviewed-controls")
        for selection in reviewed.objects("control-selections") if reviewed else ():
            without = {control.text("control-id") for control in selection.objects("exclude-controls")}
            named = (control.text("control-id") for control in selection.objects("include-controls"))
            found.update(dict.fromkeys(name for name in named if name not in without))
    return list(found)


def _about(target: str, control: str) -> bool:
    """Return whether a target is a control, or a statement or objective of it: `ac-2_obj.a` of `ac-2`."""
    rest = target.removeprefix(control)
    return rest != target and (not rest or rest[0] == "_" or (rest[0] == "." and rest[1:2].isalpha()))
