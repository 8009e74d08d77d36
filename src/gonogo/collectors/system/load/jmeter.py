"""JMeter's results, summed up: each request once, none of them hidden by a transaction or by another run beside it.

What ran with few users, such as a smoke run, makes nothing look better: where more than a tenth of the requests is of
such minutes, how slow requests were and how many failed is told of the other minutes too, and the worse counts.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from typing import Final

from gonogo.collectors.system.load.jtl import Sample, samples_of_csv, samples_of_xml
from gonogo.collectors.system.load.load_test import LoadTest, Minute, percentile_95
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input

_MINUTE_MS: Final = 60_000
_LONGEST_DAYS: Final = 31
_PAUSE_MINUTES: Final = 15
"""The most whole minutes without a request inside one test; runs that are further apart are two."""
_TOOK: Final = 0xFFFF
_CLOCK_MS: Final = 50
"""How far the clocks of a transaction and of its requests may differ."""
_CROWDED: Final = 2
"""A minute is one of many users if it has at least one in so many of the most that there were."""
_TWINS: Final = 100
"""One request in so many may begin and end as another one of its thread does; more are one request written twice."""


def read_jmeter(source: Input, key_transactions: Collection[str]) -> LoadTest:
    """Return the test that a JTL file records.

    Args:
        source: The file.
        key_transactions: Labels whose times count; all of them if empty.

    Raises:
        StructuralFault: Not whole, not in the form that JMeter writes, a label has no sample, several tests in one
            file, requests that are there twice, or a transaction that tells of failures that the file does not have.
    """
    with source.open() as stream:
        xml = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    sums = _Sums(source.file_name, frozenset(key_transactions))
    transactions: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples_of_xml(source) if xml else samples_of_csv(source):
        if sample.summed is None:
            sums.add(sample)
        elif sample.summed or not sample.good:
            transactions[sample.thread].append(sample)
    twins = 0
    for thread in sorted(sums.threads.keys() | transactions):
        codes = sorted(sums.threads.pop(thread, ()))
        twins += sum(one == other and one >> 1 & _TOOK > 0 for one, other in pairwise(codes))
        for sample in _alone(transactions.pop(thread, ()), codes):
            sums.add(sample)
    requests = sum(part.requests for part in sums.parts.values())
    if twins * _TWINS > requests:
        raise StructuralFault(
            f"{source.file_name} has {twins:,} of {requests:,} requests twice, of one thread at one moment; have "
            "one listener write it, and begin with an empty file"
        )
    return sums.test()


def _code(sample: Sample) -> int:
    """Return a sample as one number, which sorts by when it began: that, 16 bits of how long it took, its failure."""
    return sample.began << 17 | (sample.took & _TOOK) << 1 | (not sample.good)


def _alone(transactions: Iterable[Sample], codes: list[int]) -> Iterator[Sample]:
    """Yield the transactions of a thread whose requests are not in the file: JMeter writes these only as their parent.

    Pauses count as samples of a transaction, so it may have fewer requests than it says.

    Args:
        transactions: They.
        codes: The requests of the thread in their order; transactions that stand for theirs are added.

    Raises:
        StructuralFault: A transaction says that more of its requests failed than the file shows.
    """
    for one in sorted(transactions, key=lambda sample: sample.took + sample.idle):
        first = bisect_left(codes, (one.began - _CLOCK_MS) << 17)
        after = bisect_left(codes, (one.began + one.took + one.idle + 1) << 17)
        if first == after:
            insort(codes, _code(one))
            yield one
        elif max(one.failing, not one.good) > sum(code & 1 for code in codes[first:after]):
            raise StructuralFault(
                f"{one.where} says that {max(one.failing, 1)} of its requests failed, and the file shows fewer; save "
                "the results of each request"
            )


@dataclass(slots=True)
class _Part:
    """What is counted of the requests that began in one minute, or in several.

    Attributes:
        requests: How many there were.
        failed: How many of them failed.
        times: How many took so long.
        tried: By key transaction, how many there were.
        spoilt: By key transaction, how many failed.
        threads: The users that sent them.
    """

    requests: int = 0
    failed: int = 0
    times: Counter[int] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    spoilt: Counter[str] = field(default_factory=Counter)
    threads: set[str] = field(default_factory=set)

    def take(self, other: _Part) -> None:
        """Count what another one counted."""
        self.requests += other.requests
        self.failed += other.failed
        self.times.update(other.times)
        self.tried.update(other.tried)
        self.spoilt.update(other.spoilt)

    @property
    def worst(self) -> tuple[int, int]:
        """Failed and all requests: of all of them, or of the key transaction that fails most often."""
        shares = [(self.spoilt[label], self.tried[label]) for label in self.tried]
        return max([(self.failed, self.requests), *shares], key=lambda share: Fraction(*share))


@dataclass(slots=True)
class _Sums:
    """What is counted of the requests so far.

    Attributes:
        place: What the file is called.
        key_transactions: Labels whose times count; all of them if empty.
        minutes: By minute since 1970.
        parts: By minute since 1970, what is told of its requests.
        spans: The first and the last minute of requests.
        span: Those of the last request, which are mostly those of the next one.
        ended: When the last one ended, in milliseconds since 1970.
        threads: By thread, its requests as numbers.
    """

    place: str
    key_transactions: frozenset[str]
    minutes: dict[int, Minute] = field(default_factory=dict)
    parts: dict[int, _Part] = field(default_factory=dict)
    spans: set[tuple[int, int]] = field(default_factory=set)
    span: tuple[int, int] = (-1, -1)
    ended: int = 0
    threads: dict[str, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("Q")))

    def add(self, sample: Sample) -> None:
        """Count a request, or those that a transaction stands for: each as slow as the transaction."""
        began, took, idle, label, good, users, thread, summed, failing, _ = sample
        failed = max(failing, not good)
        count = max(summed or 1, failed)
        ended = began + took + idle
        first, last = began // _MINUTE_MS, ended // _MINUTE_MS
        part = self.parts.get(first)
        if part is None:
            part = self.parts[first] = _Part()
            self.minutes[first] = Minute()
        minute = self.minutes[first]
        part.requests += count
        part.failed += failed
        part.threads.add(thread)
        # Nobody knows in which minute the requests of a longer transaction began.
        minute.requests += count if first == last else 1
        if users > minute.users:
            minute.users = users
        if (first, last) != self.span:
            self.span = first, last
            self.spans.add(self.span)
        if ended > self.ended:
            self.ended = ended
        if not self.key_transactions or label in self.key_transactions:
            part.times[took] += count
            if self.key_transactions:
                part.tried[label] += count
                part.spoilt[label] += failed
        if summed is None:
            self.threads[thread].append(_code(sample))

    def test(self) -> LoadTest:
        """Return the test.

        Raises:
            StructuralFault: Nothing was tried, or the file holds more than one test.
        """
        self._check_one_test()
        crowds = {at: max(self.minutes[at].users, len(part.threads)) for at, part in self.parts.items()}
        most, whole, loaded = max(crowds.values()), _Part(), _Part()
        for at, part in self.parts.items():
            whole.take(part)
            if crowds[at] * _CROWDED >= most:
                loaded.take(part)
        if 10 * loaded.requests >= 9 * whole.requests:
            loaded = whole  # a ramp-up is a small part of a test, and changes little
        test = LoadTest(requests=whole.requests, failed=whole.failed, minutes=self.minutes)
        missing = sorted(self.key_transactions - set(whole.tried))
        if missing:
            test.no_p95 = f"{self.place} has no sample of the key transaction {missing[0][:80]!r}"
        else:
            slow = [p95 for each in (whole, loaded) if (p95 := percentile_95(each.times)) is not None]
            test.p95_ms = Fraction(max(slow)) if slow else None
        test.worst = max(whole.worst, loaded.worst, key=lambda share: Fraction(*share))
        test.ended = datetime.fromtimestamp(self.ended // 1000, UTC)
        return test

    def _check_one_test(self) -> None:
        if not self.spans:
            raise StructuralFault(f"{self.place} holds no sample, so nothing was tried", GapReason.MISSING)
        first = busy = min(self.spans)[0]
        if self.ended - first * _MINUTE_MS > _LONGEST_DAYS * 1440 * _MINUTE_MS:
            raise StructuralFault(f"{self.place} covers more than {_LONGEST_DAYS} days, so it is no single test")
        for began, ended in sorted(self.spans):
            if began - busy - 1 > _PAUSE_MINUTES:
                raise StructuralFault(
                    f"{self.place} has no request for {began - busy - 1} minutes, so it holds more than one test; bind "
                    "the results of one"
                )
            busy = max(busy, ended)
