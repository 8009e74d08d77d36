"""Facts about accessibility, from results of axe-core in JSON: one page a result, or a list of them.

axe proves only a part of WCAG, so what it could not decide is counted beside what it found. A page on which no rule
passed did not load. Imports the readers of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Final

from pydantic import StringConstraints

from gonogo.collectors.document_moment import held_by, read_moment
from gonogo.documents.json_object import JsonObject, read_object
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, Collector, CollectorRefusal, Input, Job, LocalFact, Settings, hookimpl

Page = Annotated[str, StringConstraints(min_length=1, max_length=500)]
_IMPACTS: Final = ("minor", "moderate", "serious", "critical")
_WANTED: Final = frozenset(["wcag2a", "wcag2aa"])
_RULE: Final = frozenset(
    {"id", "impact", "tags", "description", "help", "helpUrl", "nodes", "any", "all", "none", "error"}
)


def _count(name: str, unit: str, meaning: str) -> LocalFact:
    return LocalFact(name=name, type=FactType.INTEGER, unit=unit, meaning=meaning, if_known=True)


PAGES: Final = _count("pages_tested", "pages", "Pages on which axe ran, each address once.")
VIOLATIONS: Final = _count("violations", "elements", "Elements that break a rule, each rule and page for itself.")
SERIOUS: Final = _count(
    "serious_violations",
    "elements",
    "Elements that break a rule with serious, critical or no stated impact.",
)
UNDECIDED: Final = _count("undecided", "elements", "Elements for which a person has to look, since axe cannot decide.")


class AxeSettings(Settings):
    """Settings of a binding.

    Attributes:
        pages: Addresses that have to be among the results; one that is missing takes every fact away.
    """

    pages: tuple[Page, ...] = ()


def _recognizes(*, json_keys: tuple[str, ...] = (), starts: str = "") -> Recognizes:
    """Return a mark: axe writes the violations last, beyond the head of a long result; its command line, a list."""
    return Recognizes(
        what="axe accessibility results",
        json_keys=json_keys,
        starts=starts,
        binding="accessibility",
        prefix="accessibility",
        of_build=True,
        remarks=("axe decides a part of WCAG only; bind the manual test too",),
        place=29,
    )


class AxeCollector:
    """Reads results of axe-core 4 in JSON (inputs ``file``, one or several). Calls nothing.

    Under ``as_of: document`` the oldest result counts. The build is said by the binding.
    """

    name = "axe"
    facts: Sequence[LocalFact] = (PAGES, VIOLATIONS, SERIOUS, UNDECIDED)
    settings: type[Settings] = AxeSettings
    network: Sequence[str] = ()
    recognizes = (
        *(_recognizes(json_keys=("testEngine", key)) for key in ("violations", "toolOptions")),
        *(_recognizes(starts=start) for start in ('[{"testEngine":', '[\n  {\n    "testEngine":')),
    )

    def declare(self, settings: AxeSettings) -> Sequence[LocalFact]:
        """Return all facts."""
        return self.facts

    def collect(self, job: Job, settings: AxeSettings) -> Iterable[Answer]:
        """Yield one answer for each fact.

        Raises:
            CollectorRefusal: A result cannot be read or is of no whole run, or a page is missing.
        """
        sources = job.inputs("file")
        if not sources:
            raise CollectorRefusal("the binding gives no input named 'file'", GapReason.MISSING)
        broken: list[tuple[str, bool]] = []
        undecided: list[str] = []
        shortened = ""
        pages: set[str] = set()
        ages = []
        for source in sources:
            moments: list[datetime] = []
            for result in _results(source):
                pages.add(_check(result))
                moment = read_moment(result.text("timestamp"), job.time_zone)
                if moment is None:
                    raise StructuralFault(f"{result.place} does not say when it ran")
                moments.append(moment)
                broken += _elements(result, "violations")
                undecided += [key for key, _ in _elements(result, "incomplete")]
                shortened = shortened or ("" if "incomplete" in _types(result) else result.place)
            ages.append(held_by(source, moments, job))
        missing = [page for page in settings.pages if page not in pages]
        if missing:
            raise CollectorRefusal(f"no result is about the page {missing[0][:200]}", GapReason.MISSING)
        as_of = min(ages)
        yield PAGES.value(len(pages), as_of=as_of)
        if shortened:
            yield UNDECIDED.missing(
                f"{shortened} lists one undecided element of each rule; add incomplete to resultTypes"
            )
        else:
            yield UNDECIDED.value(len(undecided), as_of=as_of).naming(dict.fromkeys(undecided))
        for fact, keys in (
            (VIOLATIONS, [key for key, _ in broken]),
            (SERIOUS, [key for key, serious in broken if serious]),
        ):
            yield fact.value(len(keys), as_of=as_of).naming(dict.fromkeys(keys))


def _results(source: Input) -> Iterator[JsonObject]:
    """Yield the results of a file; the command line of axe writes a list."""
    data = source.read()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
        data = b'{"results": ' + data.removeprefix(b"\xef\xbb\xbf") + b"}"
        document = read_object(data, source.file_name)
        if not document.items("results"):
            raise StructuralFault(f"{source.file_name} holds no result", GapReason.MISSING)
        yield from document.objects("results")
    else:
        yield read_object(data, source.file_name)


def _check(result: JsonObject) -> str:
    """Return the address of the page; refuse a result of another tool, of some rules only, or of an empty page."""
    engine = result.object("testEngine")
    if engine is None or engine.text("name") != "axe-core":
        raise StructuralFault(f"{result.place} is no result of axe-core")
    if result.items("violations") is None or result.items("incomplete") is None:
        raise StructuralFault(f"{result.place} leaves out violations or incomplete; keep both with resultTypes")
    if not result.items("passes"):
        raise StructuralFault(f"{result.place}: no rule passed, so the page did not load")
    if not result.text("url").startswith(("https://", "http://", "file://")):  # chrome-error: is a page of the browser
        raise StructuralFault(f"{result.place}: its url is no address of a page, so the page did not load")
    options = result.object("toolOptions")
    only = options.object("runOnly") if options else None
    if only is not None and not (only.text("type") == "tag" and set(only.texts("values")) >= _WANTED):
        raise StructuralFault(f"{result.place} tried some rules only; run those of wcag2a and wcag2aa")
    if options and not options.truth("iframes", absent=True):
        raise StructuralFault(f"{result.place} left out frames (iframes: false); run axe on the whole page")
    if "violations" not in _types(result):
        raise StructuralFault(f"{result.place} lists one element of each broken rule; add violations to resultTypes")
    off = options.object("rules") if options else None
    for rule in off.values if off else ():
        chosen = off.object(rule) if off else None
        if chosen is not None and not chosen.truth("enabled", absent=True):
            raise StructuralFault(f"{result.place} was told to leave out the rule {rule[:60]!r}")
    return result.text("url")


def _types(result: JsonObject) -> set[str]:
    """Return of which kinds of results axe was told to list every element; of the others it lists one a rule."""
    options = result.object("toolOptions")
    return set(options.texts("resultTypes") if options else ()) or {"violations", "incomplete"}


def _elements(result: JsonObject, key: str) -> Iterator[tuple[str, bool]]:
    """Yield rule and place of each element, and whether its impact is serious, critical or not said."""
    for rule in result.objects(key):
        rule.only(_RULE)
        nodes = rule.items("nodes")
        if nodes is None or (key == "violations" and not nodes):
            raise StructuralFault(f"{rule.place} does not list its elements (nodes)")
        if not nodes:  # a rule that ended with an error has looked at none
            yield f"{rule.text('id')} of {result.text('url')}", True
        for node in rule.objects("nodes"):
            impact = node.text("impact") or rule.text("impact")
            if impact and impact not in _IMPACTS:
                raise StructuralFault(f"{node.place} has an impact that axe does not know")
            target = json.dumps(node.items("target") or [], ensure_ascii=False, default=str)[:200]
            yield f"{rule.text('id')} at {target} of {result.text('url')}", impact not in ("minor", "moderate")


@hookimpl
def gonogo_register_collectors(register: Callable[[Collector], None]) -> None:
    """Register the collector."""
    register(AxeCollector())
