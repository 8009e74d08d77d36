"""The samples of a JTL file, as CSV or as XML: one a request, and one for each transaction that sums up requests."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from gonogo.collectors.xml_head import check_head
from gonogo.documents.strict_xml import DocumentType, ParseError, elements
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input

_NEEDED: Final = ("timeStamp", "elapsed", "label", "success", "responseMessage", "threadName")
_OPTIONAL: Final = ("allThreads", "IdleTime", "SampleCount", "ErrorCount")
_ABSENT: Final = ["0", "0", "1", "as the success says"]
"""What these are where the file does not have them."""
_ATTRIBUTES: Final = ("ts", "t", "lb", "s", "rm", "tn", "na", "it", "sc", "ec")
"""The same of an element, in the same order."""
_SUMS_UP: Final = re.compile(
    r"Number of samples in transaction : ([0-9]{1,9}),? number of failing samples : ([0-9]{1,9})", re.ASCII
)
_MAX_DEPTH: Final = 64
_SUCCESS: Final = {"true": True, "false": False}


class Sample(NamedTuple):
    """One request, or a transaction that sums up several.

    Attributes:
        began: When it began, in milliseconds since 1970.
        took: How long it took, in milliseconds.
        idle: How long it paused meanwhile, which does not count as taken.
        label: What it is called.
        good: Whether it succeeded.
        users: How many there were at that moment; 0 where the file does not say.
        thread: The user that sent it.
        summed: How many requests a transaction says that it sums up; None of a request.
        failing: How many of these it says that failed.
        where: The place of a transaction; nobody asks for that of a request.
    """

    began: int
    took: int
    idle: int
    label: str
    good: bool
    users: int
    thread: str
    summed: int | None
    failing: int
    where: str


def samples_of_csv(source: Input) -> Iterator[Sample]:
    """Yield the samples of a table.

    Raises:
        StructuralFault: Not whole, not in the form that JMeter writes, or a row that is no single sample.
    """
    place = source.file_name
    with source.text() as text:
        rows = csv.reader(text, strict=True)
        try:
            header = next(rows, [])
            for name in (*_NEEDED, *_OPTIONAL):
                if name in _NEEDED and name not in header:
                    raise StructuralFault(f"{place} has no column {name}; save JMeter's results with field names")
                if header.count(name) > 1:
                    raise StructuralFault(f"{place} has the column {name} twice; save JMeter's results anew")
            names, width = [*header, *_OPTIONAL], len(header)
            values_of = itemgetter(*(names.index(name) for name in (*_NEEDED, *_OPTIONAL)))
            for row in rows:
                if not row:
                    continue
                if len(row) != width:
                    raise StructuralFault(
                        f"{place}: line {rows.line_num} has {len(row)} fields and the header {width}; it may be cut"
                    )
                yield _sample(values_of(row + _ABSENT), place, "line", rows.line_num)
        except csv.Error as error:
            raise StructuralFault(f"{place}: line {rows.line_num} is no CSV: {error}") from error
        except UnicodeDecodeError as error:
            raise StructuralFault(f"{place} is not UTF-8 at byte {error.start}") from error


def samples_of_xml(source: Input) -> Iterator[Sample]:
    """Yield the samples of a document: the outermost requests, since a request sums up its redirects.

    A sample around others is one of them only if it failed and none of them did.

    Raises:
        StructuralFault: Not whole, not in the form that JMeter writes, or an element that is no single sample.
    """
    place = source.file_name
    open_requests = depth = number = failed = 0
    failed_before: list[int] = []
    with source.open() as stream:
        check_head(stream, place)
        try:
            for event, element in elements(stream):
                depth += 1 if event == "start" else -1
                if depth > _MAX_DEPTH:
                    raise StructuralFault(f"{place}: elements are nested deeper than {_MAX_DEPTH}")
                is_sample = element.tag in ("httpSample", "sample")
                if event == "start":
                    if depth == 1 and element.tag != "testResults":
                        raise StructuralFault(f"{place} is no JTL: its root is {element.tag[:60]!r}")
                    open_requests += element.tag == "httpSample"
                    if is_sample:
                        failed_before.append(failed)
                    continue
                if not is_sample:
                    continue
                open_requests -= element.tag == "httpSample"
                number += 1
                inside_failed = failed - failed_before.pop()
                if not open_requests:
                    sample = _of_element(element, place, number)
                    around = element.tag == "sample" and any(child.tag in ("httpSample", "sample") for child in element)
                    if not around or sample.summed is not None or not (sample.good or inside_failed):
                        failed += not sample.good
                        yield sample
                if depth == 1:
                    element.clear()
        except DocumentType as error:
            raise StructuralFault(f"{place} declares a document type; results need none") from error
        except (ParseError, ValueError, LookupError) as error:
            raise StructuralFault(f"{place} is not well-formed XML; it may be cut") from error


def _of_element(element: Element, place: str, number: int) -> Sample:
    where = f"{place}: sample {number}"
    values = [element.get(name) for name in _ATTRIBUTES]
    if None in values[:4]:
        raise StructuralFault(f"{where} lacks ts, t, lb or s")
    if element.tag == "sample" and values[4] is None:
        raise StructuralFault(
            f"{where} lacks rm, which tells a transaction from a request; save JMeter's results with response_message"
        )
    absent = [*[""] * len(_NEEDED), *_ABSENT]
    said = [other if value is None else value for value, other in zip(values, absent, strict=True)]
    return _sample(said, place, "sample", number)


def _sample(values: Sequence[str], place: str, kind: str, number: int) -> Sample:
    """Return a sample of the values of the columns, in their order; its place is the line or sample of that number."""
    began, took, label, good, message, thread, users, idle, count, errors = values
    took_ms, at_once, idle_ms, fine = _number(took), _number(users), _number(idle.removeprefix("-")), _SUCCESS.get(good)
    if fine is None:
        fine = _SUCCESS.get(good.lower())
    plain = began.isdecimal() and began.isascii() and 12 <= len(began) <= 14
    if not plain or took_ms is None or fine is None or at_once is None or idle_ms is None or not thread:
        raise StructuralFault(f"{place}: {kind} {number}{_wrong(plain, took_ms, fine, at_once, idle_ms)}")
    if count != "1" or errors not in ("0" if fine else "1", _ABSENT[3]):
        raise StructuralFault(
            f"{place}: {kind} {number} sums up several requests, or counts errors that its success does not; run "
            "JMeter with mode=Standard, which writes one sample a request"
        )
    summed = _SUMS_UP.fullmatch(message.strip()) if "in transaction" in message else None
    idle_ms = 0 if idle.startswith("-") else idle_ms
    if summed is None:
        return Sample(int(began), took_ms, idle_ms, label, fine, at_once, thread, None, 0, "")
    sums = int(summed[1]), int(summed[2])
    return Sample(int(began), took_ms, idle_ms, label, fine, at_once, thread, *sums, f"{place}: {kind} {number}")


def _wrong(plain: bool, took: int | None, fine: bool | None, users: int | None, idle: int | None) -> str:
    """Return what is wrong with the first value that is."""
    if not plain:
        return ": the time is not in milliseconds since 1970; save JMeter's results with timestamp_format=ms"
    if took is None:
        return ": elapsed is not a number of milliseconds"
    if fine is None:
        return ": success is neither true nor false"
    if users is None:
        return ": the number of users is none"
    if idle is None:
        return ": the idle time is not a number of milliseconds"
    return " does not say which thread sent it; save JMeter's results with thread_name"


@lru_cache(maxsize=1 << 16)
def _number(text: str) -> int | None:
    """Return a whole number; a test has few different ones."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= 9 else None
