"""Facts about gaps, from the tables of GSA's deck *Business Readiness Assessment*.

- A *gap* is a row of step 4 that names one in either of its first two columns; the template's words name none. A row
  that lists several in several lines has to give a resolution for each, in as many lines.
- A gap is *open* unless its resolution names a release, by its id or by one of the names in ``releases``, or a
  workaround. A possible resolution that names neither is an idea.
- Both columns have to be answered, by gaps or by words such as *none identified*: an analysis that nobody made names no
  gap either.
- A *section* is one column of the tables of steps 1 to 4. It is filled in if no instruction of the template is left in
  it and its cells say something. A table that is not there leaves its sections open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from gonogo.collectors.program.decks.deck_source import DeckSource, HeadedTable, headed, read_source
from gonogo.collectors.program.decks.readiness_template import INSTRUCTIONS, LABELS, STEPS, AssessmentStep
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.placeholder import has_content, plain_words
from gonogo.model.planned_answers import says_what_is_done
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings

OPEN: Final = LocalFact(
    name="readiness_gaps_open",
    type=FactType.INTEGER,
    unit="gaps",
    meaning="Gaps of the business readiness assessment whose resolution names neither a release nor a workaround.",
    if_known=True,
)
GAPS: Final = LocalFact(
    name="readiness_gaps",
    type=FactType.INTEGER,
    unit="gaps",
    meaning="Gaps that the business readiness assessment names.",
    if_known=True,
)
SECTIONS: Final = LocalFact(
    name="readiness_sections_ratio",
    type=FactType.RATIO,
    meaning="Sections of the business readiness assessment that are filled in, out of all sections of the template.",
    if_known=True,
)
_NO_GAP: Final = re.compile(
    r"(?:none|no (?:additional |further |other |new )?(?:business )?(?:needs? )?gaps?)"
    r"(?: (?:were |was )?(?:identified|found|remain))?\.?",
    re.IGNORECASE,
)
_WORKAROUND: Final = re.compile(r"\bwork-? ?arounds?\b", re.IGNORECASE)
_NONE: Final = re.compile(
    r"\b(?:no|not|nothing|without|never|none|pending|tb[acds]|n/a|unknown|undecided|to be|missing|lacks?|cancel\w*"
    r"|dropped|descoped|rejected|out of scope|beyond|or later|deferred|postponed|removed|excluded|declined|refused"
    r"|withdrawn|cannot|can.?t|won.?t|impossible|unable|unfunded|failed|fails|needed|needs? an?|looking for|find an?"
    r"|may (?:not|be|bring|have|do|close|deliver|solve|come|include|help)|could|probably|hopefully|tentativ\w*|likely"
    r"|if|should|would|hop(?:e|es|ing)|we expect|expects? to|ask|wanted|too (?:costly|expensive|slow|risky|much)"
    r"|proposed|proposal|await\w*|subject to|candidate|backlog|requested(?! by)|in discussion"
    r"|(?:to|being) discuss(?:ed)?|will (?:offer|provide|propose|suggest|look|check|consider)"
    r"|under discussion|explor\w*|evaluat\w*|investigat\w*|maybe|perhaps|possibly|might|idea|asked for)\b|\?",
    re.IGNORECASE,
)


class ReadinessSettings(Settings):
    """Settings of a binding.

    Attributes:
        releases: What the deck calls the releases, as whole words: ``Release 1``, ``Wave 2``. The id of the release
            that is assessed counts without being named if it has a digit; ``payroll`` is a word of any resolution.
    """

    releases: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=2, max_length=80)], ...], Field(max_length=50)
    ] = ()


@dataclass(frozen=True, slots=True)
class NamedGap:
    """One gap.

    Attributes:
        words: How the deck describes it.
        resolution: What the deck says against it.
    """

    words: str
    resolution: str


class ReadinessCollector:
    """Reads GSA's deck of the business readiness assessment (input ``file``). Calls nothing.

    A binding ``as: release`` makes ``release.readiness_gaps_open`` of it. A deck does not say when its content held.
    """

    name = "readiness"
    facts: Sequence[LocalFact] = (OPEN, GAPS, SECTIONS)
    settings: type[Settings] = ReadinessSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="GSA M3 business readiness assessment",
            table_row=("Identify the Gaps in Business Needs", "Brainstorm Possible Resolutions"),
            binding="business-readiness",
            prefix="release",
            dated=False,
            remarks=(
                "a gap is open unless its resolution names a workaround or a release; say in `releases` what the deck "
                "calls them",
            ),
            place=31,
        ),
    )

    def declare(self, settings: ReadinessSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: ReadinessSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: The tables are not there, are not filled in, or two people may read them differently.
        """
        source = read_source(job)
        tables = {step: headed(source.tables, step.column_of, step.needed) for step in STEPS}
        if not any(tables.values()):
            raise source.lacking("a business readiness assessment")
        open_sections = [name for step, found in tables.items() for name in _open_sections(step, found)]
        whole = sum(len(step.columns) for step in STEPS)
        if len(open_sections) == whole:
            raise CollectorRefusal(
                f"{source.name} is the template; none of its sections is filled in", GapReason.MISSING
            )
        own = (job.release,) if any(map(str.isdigit, job.release)) else ()
        yield from _gaps(source, tables[STEPS[-1]], (*own, *settings.releases))
        part = whole - len(open_sections)
        yield SECTIONS.counted(part=part, whole=whole, as_of=source.as_of, where=source.name).naming(open_sections)


def _open_sections(step: AssessmentStep, tables: Sequence[HeadedTable]) -> Iterator[str]:
    """Yield the names of a step's columns that are not filled in."""
    for name in step.columns:
        cells = [cells[name] for table in tables for _, cells in table.rows()]
        lines = [line for cell in cells for line in cell.lines]
        asked = any(_is_instruction(line) for line in lines)
        if asked or not any(has_content(line) or _NO_GAP.fullmatch(line) for line in _own(lines)):
            yield f"{step.title}: {name.replace('_', ' ')}"


def _gaps(source: DeckSource, tables: Sequence[HeadedTable], releases: Sequence[str]) -> Iterator[Answer]:
    """Yield what step 4 says of gaps; it may be refused without the rest."""
    try:
        gaps = list(_named_gaps(tables, source.name))
    except StructuralFault as fault:
        for fact in (OPEN, GAPS):
            yield fact.missing(str(fault), fault.reason)
        return
    where = "; ".join(table.table.place for table in tables)
    still = [gap for gap in gaps if not _is_resolved(gap.resolution, releases)]
    yield OPEN.value(len(still), as_of=source.as_of, where=where).naming(gap.words[:200] for gap in still)
    yield GAPS.value(len(gaps), as_of=source.as_of, where=where)


def _named_gaps(tables: Sequence[HeadedTable], name: str) -> Iterator[NamedGap]:
    if not tables:
        raise StructuralFault(f"{name} has no table of the gap analysis (step 4)", GapReason.MISSING)
    answered: set[str] = set()
    seen: set[str] = set()
    for table in tables:
        for place, cells in table.rows():
            named: list[str] = []
            for column in ("needs", "standards"):
                lines = _own(cells[column].lines)
                if lines and not any(map(_is_instruction, cells[column].lines)):
                    answered.add(column)
                named += [line for line in lines if not _NO_GAP.fullmatch(line)]
            resolutions = _own(cells["resolutions"].lines)
            unnamed = not any(_own(cells[column].lines) for column in ("needs", "standards"))
            if unnamed and any(map(plain_words, resolutions)):
                raise StructuralFault(f"{place}: the row has a resolution and names no gap; name it, or clear the row")
            if len(named) > 1 and len(resolutions) != len(named):
                raise StructuralFault(
                    f"{place}: {len(named)} lines name gaps and {len(resolutions)} resolutions; give each gap a row"
                )
            for number, words in enumerate(named):
                if plain_words(words) in seen:
                    raise StructuralFault(f"{place}: a gap stands in an earlier row too; delete one of them")
                seen.add(plain_words(words))
                yield NamedGap(words, resolutions[number] if len(named) > 1 else " / ".join(resolutions))
    lacking = [
        heading
        for column, heading in (("needs", "business needs"), ("standards", "FIBF standards"))
        if column not in answered
    ]
    if lacking:
        raise StructuralFault(
            f"{name}: the gap analysis of {' and '.join(lacking)} is not filled in; write `none identified` if it is",
            GapReason.MISSING,
        )


def _is_resolved(text: str, releases: Sequence[str]) -> bool:
    """Whether any part of a resolution names a release or a workaround, and does not say that there is none."""
    for part in text.split(" / "):
        words = f" {plain_words(part)} "
        named = any(
            f" {plain_words(each)} " in words.replace(" after ", " \0") for each in releases if plain_words(each)
        )
        if (named or _WORKAROUND.search(part)) and says_what_is_done(part) and not _NONE.search(part):
            return True
    return False


def _own(lines: Iterable[str]) -> list[str]:
    """Return the lines that are neither an instruction nor a label of the template."""
    return [line for line in lines if not _is_instruction(line) and plain_words(line) not in LABELS]


def _is_instruction(line: str) -> bool:
    return plain_words(line) in INSTRUCTIONS
