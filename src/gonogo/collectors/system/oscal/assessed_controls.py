"""Facts about assessment results: what the last assessment found not satisfied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """Reads assessment results (input ``file``). Calls nothing. Of several results the one that ended last counts.

    Under ``as_of: document`` the end of that assessment counts, not the document's last change.
    """

    name = "assessment"
    facts: Sequence[LocalFact] = (
        LocalFact(
            if_known=True,
            name="not_satisfied",
            type=FactType.INTEGER,
            unit="findings",
            meaning="Findings of the last assessment whose target is not satisfied.",
        ),
        LocalFact(
            if_known=True,
            name="satisfied_ratio",
            type=FactType.RATIO,
            meaning="Targets that are satisfied in every finding of the last assessment, out of its targets.",
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
        moment, last = max(ended, key=lambda entry: entry[0])
        as_of = held_by(source, [moment], job)
        targets: dict[str, bool] = {}
        failed = []
        for finding in last.objects("findings"):
            target = finding.object("target")
            status = target.object("status") if target else None
            if target is None or status is None:
                raise StructuralFault(f"{finding.place} does not say what is satisfied")
            good = known(status, "state", frozenset(["satisfied", "not-satisfied"])) == "satisfied"
            name = target.text("target-id")
            targets[name] = targets.get(name, True) and good
            failed += [] if good else [name]
        if not targets:
            raise StructuralFault(f"{last.place} has no findings, so it found nothing out", GapReason.MISSING)
        count, ratio = self.facts
        yield count.value(len(failed), as_of=as_of).naming(failed)
        yield ratio.counted(part=sum(targets.values()), whole=len(targets), as_of=as_of)
