"""What a program looks like before a waiver or a plan is forged: with a criterion open that they would cover."""

from __future__ import annotations

from collections.abc import Callable

from gonogo.drill.defect import NotPlanted, Stage
from gonogo.drill.kinds.papers import registers_in, set_papers_apart
from gonogo.drill.site import TargetProgram
from gonogo.model.ruleset import Criterion, Severity


def prepare(stage: Stage, site: TargetProgram) -> None:
    """Bring a copy to a stage.

    Raises:
        NotPlanted: This program cannot be brought there.
    """
    if stage is Stage.WAIVABLE_OPEN:
        _open(site, waivable, "no criterion that is asked today may be waived by seats that are held")
    elif stage is Stage.CONDITIONAL_OPEN:
        _open(site, conditional, "no conditional criterion is asked today")


def _open(site: TargetProgram, fits: Callable[[TargetProgram, Criterion], bool], otherwise: str) -> None:
    wanted = [criterion for criterion in site.loaded.ruleset.criteria if fits(site, criterion)]
    found = [finding for one in wanted if (finding := site.finding(one.id)) is not None and finding.status.judged]
    if not found:
        raise NotPlanted(otherwise)
    if any(finding.status.open for finding in found):
        return
    names = {finding.criterion for finding in found}
    behind = [source for source in site.every_source if source.criteria & names]
    if not behind:
        raise NotPlanted("no criterion of that kind rests on a file that could be lost")
    source = min(behind, key=lambda each: len(registers_in(site, each.path)))
    set_papers_apart(site, source.path)
    site.copy.remove(source.path)


def waivable(site: TargetProgram, criterion: Criterion) -> bool:
    """Whether people who hold seats today may waive a criterion."""
    people = site.loaded.people
    seats = criterion.waivable_by
    blocks = criterion.severity is Severity.MANDATORY
    return blocks and bool(seats) and all(people.holders(seat, site.today) for seat in seats)


def conditional(_site: TargetProgram, criterion: Criterion) -> bool:
    """Whether an action plan carries an open criterion."""
    return criterion.severity is Severity.CONDITIONAL


def open_one(site: TargetProgram, fits: Callable[[TargetProgram, Criterion], bool]) -> Criterion:
    """Return a criterion of a kind that is open now and blocks.

    Raises:
        NotPlanted: There is none.
    """
    for criterion in site.loaded.ruleset.criteria:
        finding = site.finding(criterion.id)
        blocks = finding is not None and finding.status.open and criterion.id in site.known.blocking
        if blocks and fits(site, criterion):
            return criterion
    raise NotPlanted("no criterion of that kind is open and blocks")
