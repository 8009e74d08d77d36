"""Coverage: the share of lines and branches that tests ran, counted from the report's own entries."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from gonogo.collectors.system.coverage import CoverageCollector
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing import CollectorConformance
from gonogo.testing.jobs import answers_of, job_of

MS = 1_808_000_040_000
COBERTURA_TYPE = '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">'
JACOCO_TYPE = '<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">'


def line(number: int, hits: int, branches: str = "") -> str:
    more = f' branch="true" condition-coverage="{branches}"' if branches else ' branch="false"'
    return f'<line number="{number}" hits="{hits}"{more}/>'


def cobertura(
    *lines: str, rate: str = "", stamp: object = MS, kind: str = "", name: str = "pay", file: str = "a.py"
) -> bytes:
    inside = "".join(lines)
    method = f'<methods><method name="m"><lines>{inside}</lines></method></methods>'
    body = f'<class filename="a.py">{method}<lines>{inside}</lines></class>'
    return (
        f'<?xml version="1.0"?>{kind}<coverage timestamp="{stamp}" line-rate="{rate}"><packages>'
        f'<package name="pay"><classes>{body}</classes></package></packages></coverage>'
    ).encode()


def totalled(report: bytes, covered: object, valid: object) -> bytes:
    said = f'<coverage lines-covered="{covered}" lines-valid="{valid}"'
    return report.replace(b"<coverage", said.encode(), 1)


def counters(lines: tuple[int, int], branches: tuple[int, int]) -> str:
    return "".join(
        f'<counter type="{kind}" missed="{missed}" covered="{covered}"/>'
        for kind, (missed, covered) in (("INSTRUCTION", (9, 9)), ("LINE", lines), ("BRANCH", branches))
    )


def jacoco(
    *packages: tuple[tuple[int, int], tuple[int, int]], total=None, dumps=(MS,), kind: str = JACOCO_TYPE
) -> bytes:
    total = total or [tuple(sum(one[n][k] for one in packages) for k in (0, 1)) for n in (0, 1)]
    inside = "".join(
        f'<package name="p{number}"><class name="c">{counters(*one)}</class>{counters(*one)}</package>'
        for number, one in enumerate(packages)
    )
    sessions = "".join(f'<sessioninfo id="h" start="1" dump="{dump}"/>' for dump in dumps)
    return f'<?xml version="1.0"?>{JACOCO_TYPE}<report name="r">{sessions}{inside}{counters(*total)}</report>'.encode()


def jacoco_class(lines: tuple[int, int], file: str | None = None) -> str:
    named = f' sourcefilename="{file}"' if file else ""
    return f'<class name="c"{named}>{counters(lines, (1, 1))}</class>'


def source_file(name: str, lines: tuple[int, int], listed: str = "") -> str:
    return f'<sourcefile name="{name}">{listed}{counters(lines, (0, 0))}</sourcefile>'


def of_package(lines: tuple[int, int], inside: str) -> bytes:
    """A report of one package; its branches are those of its parts."""
    branches = (0, 0)
    if "sourcefile name" not in inside:
        branches = (inside.count("<class"),) * 2
    elif '<class name="c">' in inside:
        branches = (1, 1)
    counted = counters(lines, branches)
    sessions = f'<sessioninfo id="h" start="1" dump="{MS}"/>'
    package = f'<package name="p">{inside}{counted}</package>'
    return f'<?xml version="1.0"?><report name="r">{sessions}{package}{counted}</report>'.encode()


def read(*reports: bytes, as_of=None, **settings):
    files = [(f"coverage{number}.xml", data) for number, data in enumerate(reports)]
    return answers_of(CoverageCollector(), job_of({"file": files}, as_of=as_of), settings)


def ratios(*reports: bytes) -> list[tuple[int, int]]:
    return [(answer.part, answer.whole) for answer in read(*reports).values()]


class TestConformance(CollectorConformance):
    """The promises of every collector."""

    module = "gonogo.collectors.system.coverage"
    files: ClassVar = {"file": ("coverage.xml", cobertura(line(1, 1), line(2, 0, "50% (1/2)")))}


class TestCobertura:
    def test_a_line_counts_once_and_those_of_methods_are_its_lines_again(self):
        """Else each line of a method would count double."""
        data = cobertura(line(1, 3), line(2, 0), line(3, 1, "50% (1/2)"), line(3, 0, "100% (2/2)"))

        assert ratios(data) == [(2, 3), (2, 2)]

    @pytest.mark.parametrize("stamp", [MS, MS // 1000, f"{MS // 1000}.25"])
    def test_its_time_is_in_seconds_or_milliseconds(self, stamp):
        """Tools write either."""
        answer = read(cobertura(line(1, 1), stamp=stamp))["line_ratio"]

        assert answer.as_of == datetime(2027, 4, 17, 22, 14, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("rate", "fits"), [("0.48", False), ("0.49", True), ("0.5", True), ("0.51", True), ("0.52", False)]
    )
    def test_a_total_that_its_lines_do_not_give_is_refused(self, rate, fits):
        """A hundredth is rounding."""
        data = cobertura(line(1, 1), line(2, 0), rate=rate)
        if fits:
            assert ratios(data)[0] == (1, 2)
        else:
            with pytest.raises(CollectorRefusal, match="line-rate that its lines do not"):
                read(data)

    @pytest.mark.parametrize(
        ("totals", "fits"),
        [((47, 100), False), ((49, 100), True), ((1, 2), True), ((51, 100), True), ((53, 100), False), ((0, 0), False)],
    )
    def test_totals_of_the_root_that_its_lines_do_not_give_are_refused(self, totals, fits):
        """They stand there to be read; a report of half its lines says so by them alone."""
        data = totalled(cobertura(line(1, 1), line(2, 0)), *totals)
        if fits:
            assert ratios(data)[0] == (1, 2)
        else:
            with pytest.raises(CollectorRefusal, match="lines-covered and lines-valid that its lines do not"):
                read(data)

    def test_totals_without_lines_are_refused(self):
        """Nobody can count them again."""
        with pytest.raises(CollectorRefusal, match="gives totals and lists none of its lines"):
            read(totalled(cobertura(), 2, 3))

    def test_a_report_of_no_line_is_a_gap_beside_a_full_one_too(self):
        """0 of 0 is no share, and a report that measured nothing hides the code that it is about."""
        nothing, full = totalled(cobertura(), 0, 0), cobertura(line(1, 1))

        for answer in (read(nothing)["line_ratio"], read(full, nothing)["line_ratio"]):
            assert answer.gap is GapReason.NOT_PROVABLE
            assert "a report counts no lines" in answer.detail

    def test_without_branches_only_the_lines_are_known(self):
        """Nothing of nothing is no full coverage."""
        assert read(cobertura(line(1, 1)))["branch_ratio"].gap is GapReason.NOT_PROVABLE

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (cobertura('<line number="1"/>'), "without its number and its hits"),
            (cobertura(line(1, 1, "half")), "without the number of its conditions"),
            (cobertura('<line number="1" hits="1" branch="true"/>'), "without the number of its conditions"),
            (cobertura('<line number="1" hits="1" condition-coverage="half"/>'), "without the number of its"),
            (cobertura(line(1, 1), stamp="yesterday"), "no time"),
            (cobertura(line(1, 1), rate="all"), "no number"),
            (cobertura(line(1, 1), rate="NaN"), "no number"),
            (totalled(cobertura(line(1, 1)), "two", 3), "no number"),
            (cobertura(line(1, 1))[:-30], "not well-formed"),
            (b"<html/>", "no coverage report"),
            (cobertura(line(1, 1), stamp=MS + 3 * 86_400_000), "after the assessment"),
            (cobertura(line(1, 1), stamp=0), "does not say when"),
        ],
    )
    def test_what_is_no_whole_report_is_refused(self, data, sentence):
        """A report that was cut has fewer lines that nobody ran."""
        with pytest.raises(CollectorRefusal, match=sentence):
            read(data)


class TestJaCoCo:
    def test_lines_and_branches_are_those_of_its_packages(self):
        """Counters of classes are in those of their package."""
        assert ratios(jacoco(((1, 9), (2, 2)), ((5, 5), (0, 0)))) == [(14, 20), (2, 4)]

    @pytest.mark.parametrize("total", [((5, 14), (2, 2)), ((6, 14), (1, 3))])
    def test_packages_that_do_not_add_up_are_refused(self, total):
        """A package was taken out, or the total was written by hand."""
        with pytest.raises(CollectorRefusal, match="do not add up"):
            read(jacoco(((1, 9), (2, 2)), ((5, 5), (0, 0)), total=total))

    @pytest.mark.parametrize(
        ("own", "parts", "fits"),
        [
            ((2, 2), [(None, (2, 2))], True),
            ((0, 4), [(None, (2, 2))], False),
            ((1, 2), [(None, (2, 2))], False),
            ((0, 2), [], False),
            ((3, 3), [(None, (1, 1)), (None, (2, 2))], True),
        ],
    )
    def test_a_package_counts_what_its_classes_count(self, own, parts, fits):
        """A package that claims every line, over a class half of which no test ran."""
        inside = "".join(jacoco_class(lines, file) for file, lines in parts)
        self.judge(of_package(own, inside), own, fits)

    @pytest.mark.parametrize(
        ("own", "file", "fits"), [((2, 2), (2, 2), True), ((0, 4), (2, 2), False), ((0, 2), (2, 2), False)]
    )
    def test_a_package_counts_what_its_source_files_count(self, own, file, fits):
        """Lines that two classes of one file share count once, so the classes have more than the package."""
        inside = jacoco_class((1, 2), "A.java") + jacoco_class((2, 1), "A.java") + source_file("A.java", file)
        self.judge(of_package(own, inside), own, fits)

    @pytest.mark.parametrize(
        ("classes", "fits"), [((2, 2), True), ((1, 3), True), ((3, 1), False), ((0, 3), False), ((3, 3), True)]
    )
    def test_no_source_file_has_more_lines_or_more_that_ran_than_its_classes(self, classes, fits):
        """The file and its package were raised together, and the class still tells."""
        inside = jacoco_class(classes, "A.java") + source_file("A.java", (2, 2))
        self.judge(of_package((2, 2), inside), (2, 2), fits)

    @pytest.mark.parametrize(("ran", "fits"), [((1, 0), True), ((1, 1), False), ((0, 0), False)])
    def test_a_source_file_counts_the_lines_that_it_lists(self, ran, fits):
        """They are what people look at."""
        lines = "".join(f'<line nr="{nr}" mi="1" ci="{ci}" mb="0" cb="0"/>' for nr, ci in enumerate(ran, 1))
        inside = jacoco_class((1, 1), "A.java") + source_file("A.java", (1, 1), lines)
        self.judge(of_package((1, 1), inside), (1, 1), fits)

    def test_a_class_beside_the_source_files_counts_too(self):
        """One that says no source file is in no source file's counters."""
        inside = jacoco_class((1, 1), "A.java") + source_file("A.java", (1, 1)) + jacoco_class((2, 0))
        self.judge(of_package((3, 1), inside), (3, 1), fits=True)
        self.judge(of_package((1, 1), inside), (1, 1), fits=False)

    @pytest.mark.parametrize(
        ("own", "fits"), [((2, 2), True), ((3, 2), False), ((1, 3), False), ((1, 2), False), ((4, 4), False)]
    )
    def test_classes_that_name_no_source_file_are_in_those_that_are_there(self, own, fits):
        """Reports of old versions name none, and every one of them was refused as if its numbers were wrong."""
        inside = f'<class name="c">{counters((2, 2), (0, 0))}</class>' + source_file("A.java", (2, 2))
        report = of_package(own, inside).replace(counters(own, (1, 1)).encode(), counters(own, (0, 0)).encode())

        self.judge(report, own, fits)

    @staticmethod
    def judge(report: bytes, own: tuple[int, int], fits: bool) -> None:
        if fits:
            assert ratios(report)[0] == (own[1], sum(own))
        else:
            with pytest.raises(CollectorRefusal, match=r"does not count the lines that (its source files|it lists)"):
                read(report)

    def test_a_report_without_counters_of_lines_is_a_gap(self):
        """Built without debug information, JaCoCo counts instructions alone."""
        report = jacoco(((1, 1), (0, 0)))
        silent = re.sub(rb'<counter type="LINE"[^>]*/>', b"", report)

        assert read(report)["line_ratio"].gap is None
        assert read(silent)["line_ratio"].gap is GapReason.NOT_PROVABLE

    def test_a_report_without_its_own_total_is_refused(self):
        """The total is the last thing in the file, so it is the first that a cut takes."""
        whole = jacoco(((1, 9), (2, 2)))
        last = whole.rindex(b"</package>") + len(b"</package>")

        with pytest.raises(CollectorRefusal, match="do not add up to its own total of lines"):
            read(whole[:last] + b"</report>")

    def test_a_merged_report_is_as_old_as_its_first_session(self):
        """Old sessions cover code that has changed since."""
        day = 86_400_000

        assert read(jacoco(((0, 1), (0, 1)), dumps=(MS, MS - 2 * day)))["line_ratio"].as_of.day == 15


class TestReports:
    def test_several_reports_are_added_and_the_oldest_counts(self):
        """A module each."""
        answers = read(cobertura(line(1, 1)), cobertura(line(1, 0), stamp=MS - 86_400_000))

        assert (answers["line_ratio"].part, answers["line_ratio"].whole) == (1, 2)
        assert answers["line_ratio"].as_of.day == 16

    def test_branches_are_known_only_if_every_report_counts_them(self):
        """The module without branches is not in the share, and nobody sees that it is left out."""
        with_branches, without = cobertura(line(1, 1, "100% (2/2)")), cobertura(line(1, 1), file="b.py")

        assert read(with_branches, without)["branch_ratio"].gap is GapReason.NOT_PROVABLE

    def test_the_same_report_twice_is_refused(self):
        """The best module, bound often enough, hides the others."""
        with pytest.raises(CollectorRefusal, match="the same file"):
            read(cobertura(line(1, 1)), cobertura(line(1, 0)), cobertura(line(1, 1)))

    def test_a_package_that_is_in_no_report_is_missing(self):
        """The module that nobody measured raises the share."""
        with pytest.raises(CollectorRefusal, match="no report covers the package 'ledger'"):
            read(cobertura(line(1, 1)), packages=["pay", "ledger"])

    @pytest.mark.parametrize(
        ("kind", "fits"),
        [
            (COBERTURA_TYPE, True),
            (JACOCO_TYPE.replace("report P", "coverage P"), True),
            (f"<!-- made by gcovr -->\n{COBERTURA_TYPE}", True),
            ('<!DOCTYPE coverage [<!ATTLIST line hits CDATA "1">]>', False),
            ('<!DOCTYPE coverage SYSTEM "x.dtd" [<!ENTITY a "b">]>', False),
            ("<!-- <!DOCTYPE coverage SYSTEM 'x'> --><!DOCTYPE coverage [<!ENTITY a 'b'>]>", False),
            ("<!DOCTYPE coverage>", False),
        ],
    )
    def test_a_document_type_may_name_a_file_and_nothing_more(self, kind, fits):
        """One with declarations could give every line its hits."""
        data = cobertura(line(1, 1), kind=kind)
        if fits:
            assert ratios(data)[0] == (1, 1)
        else:
            with pytest.raises(CollectorRefusal, match="more than the name of its document type"):
                read(data)


class TestOtherReports:
    @pytest.mark.parametrize("mark", ['clover="3.2.0"', 'clover="4.4.1" generated="1"', 'generated="1796015501"'])
    def test_a_clover_report_is_named_as_one(self, mark: str) -> None:
        """Jest, gcovr and PHPUnit write Clover too, below the same root: its lines have `num` and `count`."""
        lines = '<file name="a.js"><line num="1" count="1" type="stmt"/></file>'
        report = f"<coverage {mark}><project>{lines}</project></coverage>"

        with pytest.raises(CollectorRefusal, match="is a Clover report; have the tool write Cobertura or JaCoCo"):
            read(report.encode())


class TestNotListedTwice:
    def test_lines_that_stand_below_methods_alone_count(self):
        """A class that lists its lines there and nowhere else was not counted at all."""
        methods = '<method name="z"><lines><line number="1" hits="0"/><line number="2" hits="1"/></lines></method>'
        other = f'<class filename="b.py"><methods>{methods}</methods><lines/></class></classes>'
        report = cobertura(line(1, 1)).replace(b"</classes>", other.encode())

        found = read(report)["line_ratio"]
        assert (found.part, found.whole) == (2, 3)

    def test_a_line_of_a_class_is_not_better_below_its_method(self):
        """It counts as its class says, with its branches; the one that the class leaves out as its method says."""
        inside = line(1, 1, "100% (2/2)") + line(2, 0, "50% (1/2)")
        method = f'<methods><method name="m"><lines>{inside}</lines></method></methods>'
        report = cobertura(line(1, 0, "50% (1/2)"))
        start, end = report.index(b"<methods>"), report.index(b"</methods>") + len(b"</methods>")
        answers = read(report[:start] + method.encode() + report[end:])

        assert (answers["line_ratio"].part, answers["line_ratio"].whole) == (0, 2)
        assert (answers["branch_ratio"].part, answers["branch_ratio"].whole) == (2, 4)

    @pytest.mark.parametrize(("missed", "known"), [(9, False), (10, True), (11, False)])
    def test_a_group_of_jacoco_counts_what_its_packages_count(self, missed, known):
        """A group that says more has lost a package."""
        report = jacoco(((10, 90), (2, 8)), ((1, 1), (1, 1)))
        outer = f'<group name="g"><group name="h">{{}}{counters((missed, 90), (2, 8))}</group>'
        first = report.index(b"<package"), report.index(b"</package>") + len(b"</package>")
        package = report[slice(*first)].decode()
        own = counters((missed, 90), (2, 8))
        grouped = report[: first[0]] + (outer.format(package) + own + "</group>").encode() + report[first[1] :]

        if known:
            assert read(grouped)["line_ratio"].whole == 102
        else:
            with pytest.raises(CollectorRefusal, match="the group 'h' does not count the lines of its packages"):
                read(grouped)

    def test_a_group_without_its_packages_is_refused(self):
        """Its counters are in no total."""
        group = f'<group name="g">{counters((500, 0), (0, 0))}</group></report>'

        with pytest.raises(CollectorRefusal, match="the group 'g' does not count"):
            read(jacoco(((0, 5), (0, 1))).replace(b"</report>", group.encode()))
