"""JMeter's results: JTL as CSV or as XML, one sample a request; what sums up others is none."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Final
from xml.etree.ElementTree import Element

from gonogo.collectors.system.load.load_test import LoadTest, Minute, percentile_95
from gonogo.collectors.xml_head import check_head
from gonogo.documents.strict_xml import DocumentType, ParseError, elements
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input

NEEDED: Final = ("timeStamp", "elapsed", "label", "success")
_SUMS_UP: Final = "Number of samples in transaction"
_MINUTE_MS: Final = 60_000
_LONGEST_DAYS: Final = 31
_MAX_DEPTH: Final = 64


@dataclass(frozen=True, slots=True)
class Sample:
    """One request: when it began, in milliseconds since 1970, how long it took, its label, whether it succeeded."""

    began: int
    took: int
    label: str
    good: bool
    users: int


def read_jmeter(source: Input, key_transactions: Collection[str]) -> LoadTest:
    """Return the test that a JTL file records.

    Args:
        source: The file.
        key_transactions: Labels whose times count; all of them if empty.

    Raises:
        StructuralFault: Not whole, not in the form that JMeter writes, or a label has no sample.
    """
    with source.open() as stream:
        xml = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return _summed(_of_xml(source) if xml else _of_csv(source), source.file_name, key_transactions)


def _summed(samples: Iterator[Sample], place: str, key_transactions: Collection[str]) -> LoadTest:
    test, times = LoadTest(), Counter[int]()
    tried, failed = Counter[str](), Counter[str]()
    first, last = None, 0
    for sample in samples:
        test.requests += 1
        test.failed += not sample.good
        minute = test.minutes.setdefault(sample.began // _MINUTE_MS, Minute())
        minute.requests += 1
        minute.users = max(minute.users, sample.users)
        first = sample.began if first is None else min(first, sample.began)
        last = max(last, sample.began + sample.took)
        if not key_transactions or sample.label in key_transactions:
            times[sample.took] += 1
            if key_transactions:
                tried[sample.label] += 1
                failed[sample.label] += not sample.good
    if first is None:
        raise StructuralFault(f"{place} holds no sample, so nothing was tried", GapReason.MISSING)
    if last - first > _LONGEST_DAYS * 1440 * _MINUTE_MS:
        raise StructuralFault(f"{place} covers more than {_LONGEST_DAYS} days, so it is no single test")
    missing = sorted(set(key_transactions) - set(tried))
    if missing:
        test.no_p95 = f"{place} has no sample of the key transaction {missing[0][:80]!r}"
    else:
        p95 = percentile_95(times)
        test.p95_ms = None if p95 is None else Fraction(p95)
    shares = [(failed[label], tried[label]) for label in tried]
    test.worst = max([(test.failed, test.requests), *shares], key=lambda share: Fraction(*share))
    test.ended = datetime.fromtimestamp(last // 1000, UTC)
    return test


def _of_csv(source: Input) -> Iterator[Sample]:
    place = source.file_name
    with source.text() as text:
        rows = csv.reader(text, strict=True)
        try:
            header = next(rows, [])
            missing = [name for name in NEEDED if header.count(name) != 1]
            if missing:
                raise StructuralFault(f"{place} has no column {missing[0]}; save JMeter's results with field names")
            at = {name: header.index(name) for name in header}
            for row in rows:
                if not row:
                    continue
                where = f"{place}: line {rows.line_num}"
                if len(row) != len(header):
                    raise StructuralFault(f"{where} has {len(row)} fields and the header {len(header)}; it may be cut")
                if "responseMessage" in at and row[at["responseMessage"]].startswith(_SUMS_UP):
                    continue
                users = row[at["allThreads"]] if "allThreads" in at else "0"
                began, took, label, good = (row[at[name]] for name in NEEDED)
                yield _sample(began, took, label, good, users, where)
        except csv.Error as error:
            raise StructuralFault(f"{place}: line {rows.line_num} is no CSV: {error}") from error
        except UnicodeDecodeError as error:
            raise StructuralFault(f"{place} is not UTF-8 at byte {error.start}") from error


def _of_xml(source: Input) -> Iterator[Sample]:
    """Yield the samples of a document; a transaction sums up its requests, and a request its redirects."""
    place = source.file_name
    open_requests = depth = number = 0
    with source.open() as stream:
        check_head(stream, place)
        try:
            for event, element in elements(stream):
                depth += 1 if event == "start" else -1
                if depth > _MAX_DEPTH:
                    raise StructuralFault(f"{place}: elements are nested deeper than {_MAX_DEPTH}")
                if event == "start":
                    if depth == 1 and element.tag != "testResults":
                        raise StructuralFault(f"{place} is no JTL: its root is {element.tag[:60]!r}")
                    is_request = element.tag == "httpSample"
                    open_requests += is_request
                    continue
                if element.tag == "httpSample":
                    open_requests -= 1
                if element.tag not in ("httpSample", "sample"):
                    continue
                number += 1
                lone = element.tag == "httpSample" or not any(
                    child.tag in ("httpSample", "sample") for child in element
                )
                if not open_requests and lone and not element.get("rm", "").startswith(_SUMS_UP):
                    yield _of_element(element, f"{place}: sample {number}")
                if depth == 1:
                    element.clear()
        except DocumentType as error:
            raise StructuralFault(f"{place} declares a document type; results need none") from error
        except (ParseError, ValueError, LookupError) as error:
            raise StructuralFault(f"{place} is not well-formed XML; it may be cut") from error


def _of_element(element: Element, where: str) -> Sample:
    values = [element.get(name) for name in ("ts", "t", "lb", "s")]
    if None in values:
        raise StructuralFault(f"{where} lacks ts, t, lb or s")
    began, took, label, good = (value or "" for value in values)
    return _sample(began, took, label, good, element.get("na", "0"), where)


def _sample(began: str, took: str, label: str, good: str, users: str, where: str) -> Sample:
    if not (began.isdecimal() and began.isascii() and 12 <= len(began) <= 14):
        raise StructuralFault(
            f"{where}: the time is not in milliseconds since 1970; save JMeter's results with timestamp_format=ms"
        )
    if not (took.isdecimal() and took.isascii() and len(took) <= 9):
        raise StructuralFault(f"{where}: elapsed is not a number of milliseconds")
    if good.lower() not in ("true", "false"):
        raise StructuralFault(f"{where}: success is neither true nor false")
    if not (users.isdecimal() and users.isascii() and len(users) <= 9):
        raise StructuralFault(f"{where}: the number of users is none")
    return Sample(int(began), int(took), label, good.lower() == "true", int(users))
