"""Facts about the code that tests run, from reports of Cobertura's form and of JaCoCo. Imports the readers of XML.

What share is enough, and of which packages, is a ruleset's to say.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Final
from xml.etree.ElementTree import Element

from pydantic import StringConstraints

from gonogo.collectors.document_moment import held_by
from gonogo.collectors.system.coverage.cobertura import read_cobertura
from gonogo.collectors.system.coverage.covered import Covered
from gonogo.collectors.system.coverage.jacoco import read_jacoco
from gonogo.collectors.xml_head import check_head
from gonogo.documents.strict_xml import DocumentType, ParseError, elements
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Collector, CollectorRefusal, Input, Job, LocalFact, Settings, hookimpl

PackageName = Annotated[str, StringConstraints(min_length=1, max_length=300)]
_MAX_DEPTH: Final = 64

LINES: Final = LocalFact(
    if_known=True,
    name="line_ratio",
    type=FactType.RATIO,
    meaning="Lines that a test ran, out of the lines that can run.",
)
BRANCHES: Final = LocalFact(
    if_known=True,
    name="branch_ratio",
    type=FactType.RATIO,
    meaning="Branches that a test took, out of those that can be taken.",
)


class CoverageSettings(Settings):
    """Settings of a binding.

    Attributes:
        packages: Packages that have to be in the reports; one that is missing takes every fact away.
    """

    packages: tuple[PackageName, ...] = ()


class CoverageCollector:
    """Reads coverage reports in XML (inputs ``file``, one or several), Cobertura's form and JaCoCo's. Calls nothing.

    Several reports are of different code: what is in two of them counts twice, and the same file twice is refused.
    Under ``as_of: document`` the oldest report counts. The build is said by the binding.
    """

    name = "coverage"
    facts: Sequence[LocalFact] = (LINES, BRANCHES)
    settings: type[Settings] = CoverageSettings
    network: Sequence[str] = ()
    recognizes = (
        Recognizes(
            what="coverage report (Cobertura)",
            xml_root=("coverage",),
            binding="coverage",
            prefix="coverage",
            of_build=True,
            place=28,
        ),
        Recognizes(
            what="coverage report (JaCoCo)",
            xml_root=("report",),
            binding="coverage",
            prefix="coverage",
            of_build=True,
            place=28,
        ),
    )

    def declare(self, settings: CoverageSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: CoverageSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: A report cannot be read, a package is in none, or nobody knows when one was made.
        """
        sources = job.inputs("file")
        if not sources:
            raise CollectorRefusal("the binding gives no input named 'file'", GapReason.MISSING)
        if len({source.sha256 for source in sources}) < len(sources):
            raise StructuralFault("two of the reports are the same file, and its code would count twice")
        reports = [_read(source) for source in sources]
        as_of = min(
            held_by(source, [report.made] if report.made else [], job)
            for source, report in zip(sources, reports, strict=True)
        )
        there = {name for report in reports for name in report.packages}
        for name in settings.packages:
            if name not in there:
                raise CollectorRefusal(f"no report covers the package {name[:80]!r}", GapReason.MISSING)
        if all(report.lines for report in reports):
            covered = sum(report.lines_covered for report in reports)
            yield LINES.counted(part=covered, whole=sum(report.lines for report in reports), as_of=as_of)
        else:
            yield LINES.missing(
                "a report counts no lines; build with debug information and measure again, or leave out a report of "
                "what has no code",
                GapReason.NOT_PROVABLE,
            )
        if all(report.branches for report in reports):
            taken = sum(report.branches_covered for report in reports)
            yield BRANCHES.counted(part=taken, whole=sum(report.branches for report in reports), as_of=as_of)
        else:
            yield BRANCHES.missing(
                "a report counts no branches; measure them, or use line_ratio", GapReason.NOT_PROVABLE
            )


def _read(source: Input) -> Covered:
    place = source.file_name
    with source.open() as stream:
        try:
            check_head(stream, place)
            events = _shallow(elements(stream, plain_type=True), place)
            _, root = next(events)
            whole = itertools.chain([("start", root)], events)
            if root.tag == "coverage":
                return read_cobertura(root, whole, place)
            if root.tag == "report":
                return read_jacoco(whole, place)
            raise StructuralFault(f"{place} is no coverage report: its root is {root.tag[:60]!r}")
        except DocumentType as error:
            raise StructuralFault(f"{place} declares more than the name of its document type") from error
        except (ParseError, ValueError, LookupError) as error:
            raise StructuralFault(f"{place} is not well-formed XML; it may be cut") from error


def _shallow(events: Iterator[tuple[str, Element]], place: str) -> Iterator[tuple[str, Element]]:
    depth = 0
    for event, element in events:
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise StructuralFault(f"{place}: elements are nested deeper than {_MAX_DEPTH}")
        yield event, element


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collector."""
    register(CoverageCollector())
