"""Facts about how high a program's risks are rated, from GSA's M3 Risk Assessment Tool as it is.

How it is read, where it leaves room:

- A score is calculated from the ratings and the weights of *Parameters* as the tool's formula does: the mean of the
  weighted points. Where the workbook stores another result, the score is a gap.
- *N/A* is no rating, and a score with a category that nobody rated is a gap: the tool itself leaves it out of the mean.
- A strategy is *accepted* where the second rating says so and a strategy is written down. That somebody rates a risk
  lower accepts nothing.
- The tool's second rating is GSA's reviewer's. Where the provider filled it in, the setting says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from typing import Final, Literal

from gonogo.collectors.program.m3.risk_ratings import (
    ACCEPTED,
    HIGH,
    SIDES,
    PhaseRatings,
    Rating,
    check_phase,
    read_ratings,
)
from gonogo.collectors.worksheet import open_workbook
from gonogo.documents.xlsx.workbook import read_workbook
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.plugin.recognizes import Recognizes, Start
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings

RATED: Final = LocalFact(
    if_known=True,
    name="categories_rated_both",
    type=FactType.INTEGER,
    unit="categories",
    meaning="Categories that both sides have rated.",
)
UNMITIGATED: Final = LocalFact(
    if_known=True,
    name="high_categories_unmitigated",
    type=FactType.INTEGER,
    unit="categories",
    meaning="Categories that either side rated high, without a written strategy that the second rating calls accepted.",
)
SELF: Final = LocalFact(
    if_known=True,
    name="self_score",
    type=FactType.DECIMAL,
    unit="points",
    meaning="Mean of the agency's weighted ratings, from 0 to 5.",
)
INDEPENDENT: Final = LocalFact(
    if_known=True,
    name="independent_score",
    type=FactType.DECIMAL,
    unit="points",
    meaning="Mean of the outside reviewer's weighted ratings, from 0 to 5.",
)
_EXACT: Final = Decimal("0.0001")
_SAME: Final = Decimal("0.006")
"""How far a result that was stored rounded may be from ours."""
_PHASES: Final = (4, 3, 2, 1)


class RiskToolSettings(Settings):
    """Settings of a binding of the risk tool.

    Attributes:
        phase: Whose ratings count: 1 to 4.
        second_rating: Who filled in the columns *OSSPI Rating*: a reviewer from outside the program (``independent``),
            or the ``provider``.
    """

    phase: Literal[1, 2, 3, 4, "1", "2", "3", "4"]
    second_rating: Literal["independent", "provider"] = "independent"


class RiskToolCollector:
    """Reads the sheet of one phase of M3's Risk Assessment Tool (``.xlsm``; macros are not run). Calls nothing.

    The workbook does not say when it held; the file's name or a person does.
    """

    name = "risk"
    facts: Sequence[LocalFact] = (RATED, UNMITIGATED, SELF, INDEPENDENT)
    settings: type[Settings] = RiskToolSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="GSA M3 risk assessment tool",
            sheets=("Risk Descriptions", "Phase 1", "Phase 2", "Phase 3", "Phase 4", "Dashboard", "Parameters"),
            binding="m3risk",
            prefix="m3risk",
            dated=False,
            settings={"phase": ""},
            choices={"phase": ("1", "2", "3", "4")},
            missing=("phase: 1 to 4, the phase whose ratings count",),
            remarks=(
                "the second rating is a reviewer's; where the provider filled it in, say second_rating: provider",
            ),
            place=31,
        ),
    )

    @staticmethod
    def start(data: bytes, file_name: str) -> Start | None:
        """Return the last phase that somebody rated; None for GSA's template."""
        try:
            workbook = read_workbook(data, file_name)
            for phase in _PHASES:
                ratings = read_ratings(workbook, phase).ratings
                if any(rating.agency or rating.second for rating in ratings):
                    remark = f"phase {phase} is the last one that is rated; check that it is the one that counts"
                    return Start(settings={"phase": str(phase)}, remarks=(remark,))
        except CollectorRefusal:
            return None
        return None

    def declare(self, settings: RiskToolSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: RiskToolSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: Not the tool, nobody filled it in, or nobody knows when it held.
        """
        source = job.input()
        phase = int(settings.phase)
        found = read_ratings(open_workbook(source), phase)
        check_phase(found, phase)
        as_of = source.held(None)
        yield _rated(found, settings, as_of)
        yield _unmitigated(found, as_of)
        yield _score(SELF, found, "agency", as_of)
        if settings.second_rating == "provider":
            yield INDEPENDENT.missing(
                "the second rating of the tool is the provider's, so no outside reviewer rated", GapReason.NOT_PROVABLE
            )
        else:
            yield _score(INDEPENDENT, found, "second", as_of)


def _rated(found: PhaseRatings, settings: RiskToolSettings, as_of: datetime) -> Answer:
    if settings.second_rating != "provider":
        return RATED.missing(
            "the tool holds the agency's rating and an outside reviewer's, and none of the provider; where the "
            "provider filled in OSSPI Rating, say second_rating: provider",
            GapReason.NOT_PROVABLE,
        )
    open_ones = [rating.category for rating in found.ratings if not (rating.agency and rating.second)]
    answer = RATED.value(len(found.ratings) - len(open_ones), as_of=as_of, where=_where(found))
    return answer.naming(open_ones)


def _unmitigated(found: PhaseRatings, as_of: datetime) -> Answer:
    for side in SIDES:
        gap = _unrated(UNMITIGATED, found, side)
        if gap is not None:
            return gap
    high = [rating for rating in found.ratings if rating.agency in HIGH or rating.second in HIGH]
    open_ones = [rating.category for rating in high if not (rating.second in ACCEPTED and rating.strategy)]
    return UNMITIGATED.value(len(open_ones), as_of=as_of, where=_where(found)).naming(open_ones)


def _score(fact: LocalFact, found: PhaseRatings, side: str, as_of: datetime) -> Answer:
    gap = _unrated(fact, found, side)
    if gap is not None:
        return gap
    points = [rating.points(side) or Decimal() for rating in found.ratings]
    score = (sum(points, Decimal()) / len(points)).quantize(_EXACT, ROUND_CEILING)
    stored = found.stored.get(side)
    if stored is not None and abs(stored - score) > _SAME:
        return fact.missing(
            f"{found.sheet.where()} shows {stored.normalize():f} as its own result, and its ratings and weights give "
            f"{score.normalize():f}; open the workbook, let it calculate, save it, and look for changed formulas",
            GapReason.MALFORMED,
        )
    lighter = [f"{rating.category} {rating.weight.normalize():f}" for rating in found.ratings if rating.weight < 1]
    weighed = f", weights below 1: {', '.join(lighter)}" if lighter else ""
    return fact.value(score, as_of=as_of, where=_where(found) + weighed)


def _unrated(fact: LocalFact, found: PhaseRatings, side: str) -> Answer | None:
    def has(rating: Rating) -> str:
        return rating.agency if side == "agency" else rating.second

    blank = [rating.category for rating in found.ratings if not has(rating)]
    if not blank:
        return None
    named = ", ".join(blank[:3]) + (", …" if len(blank) > 3 else "")
    return fact.missing(
        f"{found.sheet.where()} has no rating under {SIDES[side]!r} for {len(blank)} of {len(found.ratings)} "
        f"categories: {named}; an unrated one may be high",
        GapReason.MISSING,
    )


def _where(found: PhaseRatings) -> str:
    hidden = [rating for rating in found.ratings if rating.row in found.sheet.scan.hidden_rows]
    more = f", {len(hidden)} of them in hidden rows" if hidden else ""
    return f"sheet {found.sheet.name}, {len(found.ratings)} categories{more}"
