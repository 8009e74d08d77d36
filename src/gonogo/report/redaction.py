"""A copy of a report for people outside: what names a person, an item or a place in a source is left out.

Two things together: lines of a kind that would name them are left out whole, and every text that the record holds as a
name, a key, a path or a person's own words is replaced wherever it occurs, also in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from gonogo.report.name_forms import ordinary_words, other_forms, solid_forms
from gonogo.report.own_words import only_own_words
from gonogo.report.page import Entry, Figure, Page, Pairs, Section, SheetPart, Short, Words
from gonogo.report.report_reader import CopyFor
from gonogo.report.view import RunView
from gonogo.report.words import seat
from gonogo.text import PERSONAL_NUMBER, SECRET

NAME, ITEM, PATH, TEXT = "[name]", "[item]", "[path]", "[text left out]"
NUMBER, TOKEN = "[number]", "[token]"
_DROPPED: Final = frozenset({"Open", "File", "Left out", "Declared account", "Declared job", "Address of the job"})
"""Labels of lines that exist to name items, files or machines."""
_LISTS: Final = {
    CopyFor.PARTNER: frozenset({"changed", "beside", "old_rows", "papers"}),
    CopyFor.PUBLIC: frozenset({"changed", "beside", "old_rows", "papers", "refused", "trusted", "unread"}),
}
"""Parts whose sentences quote what files say; only their number stays."""
_OWN: Final = frozenset({"id", "where", "tone", "facets", "seat", "seats", "svg", "verdict", "kind", "marking"})
"""Parts of a page that are our own words."""
_PEOPLE: Final = frozenset({"person", "requested_by", "prepared_by", "tried_by", "account", "host", "address"})
_WORDS: Final = frozenset(
    {"reason", "residual_risk", "compensating_control", "action", "workaround", "item", "unreadable", "touches"}
)
"""Fields that people fill with their own words."""
_SHORTEST: Final = 3
_ANY: Final = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-]))"
    r"|(?P<path>(?:[\w.@~*?-]+/)+[\w.@*?-]+\.\w{1,5}|\b[\w*?-]+\.(?:csv|tsv|xlsx|xlsm|xls|xml|xer|json|ya?ml|txt|pdf|docx|pptx|mpp)\b)"
    r"(?:,? (?:sheet|rows?|UID|line|cell|column) [^;.]*)?"
)
_SAID_UNDER: Final = frozenset({"Reason", "Risk", "Instead", "Workaround", "Touches"})
"""Labels under which nothing but a person's own words stand."""
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_WORD: Final = re.compile(r"\w")
_TWICE: Final = re.compile(r"\b(the \w+'s [\w ]+?), \1\b")
_Value = TypeVar("_Value")


def redacted(page: Page, view: RunView, level: CopyFor) -> Page:
    """Return the copy, with a note that says what it is."""
    found = _known(view, level)
    said = frozenset(text for text, instead in found.items() if instead == TEXT)
    if level is CopyFor.PUBLIC:
        found = _solid_forms(view, page) | dict(found)
    known = _index({text: instead for text, instead in found.items() if not only_own_words(text)})

    def clean(text: str) -> str:
        text = SECRET.sub(TOKEN, _without(text, known))
        text = _ANY.sub(lambda found: NAME if found["mail"] else PATH, text)
        return _TWICE.sub(r"\1", PERSONAL_NUMBER.sub(NUMBER, text))

    brief = tuple(_emptied(part, level) for part in page.brief)
    sections = tuple(_section(section, level, said) for section in page.sections)
    parts = tuple(_sheet_part(part, level) for part in page.sheet.parts)
    lean = replace(page, brief=brief, sections=sections, sheet=replace(page.sheet, parts=parts))
    note = (
        "Redacted for the public: names of people, what they wrote, keys of open items, paths and places in sources "
        "are left out."
        if level is CopyFor.PUBLIC
        else "Redacted for partners: keys of open items, paths, places in sources and what could not be read there are "
        "left out."
    )
    marked = " The handling marking stays: gonogo does not know who may lift it." if page.marking else ""
    cleaned = _mapped(lean, clean)
    return replace(cleaned, notes=(*cleaned.notes, f"{note}{marked}"))


def _index(known: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Return the texts in small letters with what stands instead, by their first word, the longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for text in sorted(known, key=len, reverse=True):
        if first := _TOKEN.match(text):
            found.setdefault(_small(first.group()), []).append((_small(text), known[text]))
    return found


def _without(text: str, known: Mapping[str, list[tuple[str, str]]]) -> str:
    """Return a text with every known one in it replaced; only whole words are one."""
    small = _small(text)
    parts, at = [], 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < at:
            continue
        for one, instead in known.get(small[start : token.end()], ()):
            end = start + len(one)
            whole = not (_WORD.match(small, end) and _WORD.match(one[-1])) and not small.startswith("@", end)
            if whole and small.startswith(one, start):
                parts += [text[at:start], instead]
                at = end
                break
    return "".join((*parts, text[at:]))


def _small(text: str) -> str:
    """Return a text in small letters, each in its place: one that would become two, as in ``İlhan``, stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def _emptied(part: Short, level: CopyFor) -> Short:
    if part.id not in _LISTS[level] or (part.id == "changed" and not part.lead):  # the first run: nothing to compare
        return part
    return replace(part, items=(_left_out(len(part.items)),), short=(), owners=(), seats=())


def _sheet_part(part: SheetPart, level: CopyFor) -> SheetPart:
    name = part.id.removeprefix("sheet-")
    if name not in _LISTS[level] or not part.rows or (name == "changed" and not part.lead):
        return part
    return replace(part, rows=((_left_out(len(part.rows)),),), owners=(), seats=())


def _section(section: Section, level: CopyFor, said: frozenset[str]) -> Section:
    if section.id in _LISTS[level]:
        return replace(section, blocks=(Words(_left_out(len(section.blocks))),))
    return replace(section, blocks=tuple(_block(block, said) for block in section.blocks))


def _block(block: Any, said: frozenset[str]) -> Any:
    if isinstance(block, Entry | Pairs):
        kept = (row for row in block.rows if row[0] not in _DROPPED and not row[0].endswith(", not read"))
        return replace(block, rows=tuple((label, _unsaid(label, value, said)) for label, value in kept))
    return block.table if isinstance(block, Figure) else block


def _unsaid(label: str, value: str, said: frozenset[str]) -> str:
    """Leave out a person's words where they stand alone, also such as are nothing but our own: *not met*."""
    return TEXT if label in _SAID_UNDER and " ".join(value.split()) in said else value


def _left_out(number: int) -> str:
    return "1 sentence is left out of this copy." if number == 1 else f"{number} sentences are left out of this copy."


def _mapped(value: _Value, clean: Any) -> _Value:
    """Return a value with every text in it cleaned, apart from what is our own."""
    if isinstance(value, str):
        return clean(value)  # type: ignore[no-any-return]
    if isinstance(value, tuple):
        return tuple(_mapped(each, clean) for each in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            each.name: _mapped(getattr(value, each.name), clean) for each in fields(value) if each.name not in _OWN
        }
        return replace(value, **changes)
    return value


def _known(view: RunView, level: CopyFor) -> Mapping[str, str]:
    """Return each text that is left out, with what stands instead."""
    found: dict[str, str] = {}
    for finding in (*view.findings, *(view.decision.holds or ())):
        for reading in finding.facts:
            found |= dict.fromkeys(reading.open_items or (), ITEM)
            found |= {reading.source: PATH} | {each.source: PATH for each in reading.agreeing or ()}
    for entry in view.evidence:
        found |= {each.source.locator: PATH for each in entry.values}
    for reply in view.collectors:
        read = [each.path for each in reply.inputs]
        aside = [*(each.path for each in reply.beside or ()), *(each.path for each in reply.left_out or ())]
        found |= dict.fromkeys([*read, *aside], PATH)
        details = [reply.failure.detail] if reply.failure is not None else []
        found |= dict.fromkeys([*details, *(each.detail for each in reply.unanswered or ())], TEXT)
    found |= {gap.detail: TEXT for gap in view.gaps}
    found |= {path: PATH for gap in view.gaps for path in gap.sources}
    found |= {each.item: ITEM for each in view.assessment.acceptances or ()}
    if level is CopyFor.PUBLIC:
        documents = [view.started.document(), *(each.document() for each in view.waivers)]
        documents += [each.document() for each in (*view.assessment.plans, *(view.assessment.acceptances or ()))]
        decided = view.decision.document()
        documents += [{key: decided[key] for key in decided.keys() - {"requests", "holds"}}]
        documents += [*(each.document() for _, each in view.outcomes)]
        documents += [each.document() for each in (*view.decisions, *view.set_back)]
        documents += [each.document() for entry in view.evidence for value in entry.values for each in value.attested]
        for document in documents:
            found |= dict(_texts(document))
        found |= {
            reading.stated_by.partition(" as ")[0]: NAME
            for finding in view.findings
            for reading in finding.facts
            if reading.stated_by
        }
        found |= {change.reason: TEXT for change in view.changes if change.reason}
        found |= _named(view)
        found |= _other_forms(view, found)
    return {" ".join(text.split()): instead for text, instead in found.items() if _can_be_found(text.strip())}


def _can_be_found(text: str) -> bool:
    """Return whether a text is long enough to be nothing else; two letters of other alphabets are a whole name."""
    return len(text) >= (_SHORTEST if text.isascii() else 2)


def _named(view: RunView) -> dict[str, str]:
    """Return each name that the decision gives, and each id of a person, with what stands instead: a seat if it can."""
    people = view.decision.people or {}
    offices = {who: seat(who) for who in people if seat(who) != who}
    held = {name: office for who, office in offices.items() for name in people[who]}
    return {name: NAME for who in people.keys() - offices.keys() for name in (who, *people[who])} | held


def _other_forms(view: RunView, found: Mapping[str, str]) -> dict[str, str]:
    """Return how else the names may be written; what stands for a name itself stays."""
    forms: dict[str, str] = {}
    for name, instead in sorted(_named(view).items(), key=lambda one: one[1] == NAME):
        for form in other_forms(name):
            forms.setdefault(form.lower(), instead)
    known = {text.lower() for text in found}
    return {form: instead for form, instead in forms.items() if form not in known}


def _solid_forms(view: RunView, page: Page) -> dict[str, str]:
    """Return what one word says of a person and of nothing else on the page: *Osei*, and not *Price*."""
    ordinary = ordinary_words(_strings(page))
    forms = [(form, instead) for name, instead in _named(view).items() for form in solid_forms(name)]
    return {form: instead for form, instead in forms if form.lower() not in ordinary}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            if part.name not in _OWN:
                yield from _strings(getattr(value, part.name))


def _texts(document: Any) -> Iterator[tuple[str, str]]:
    """Yield names of people and their own words from a recorded document."""
    if isinstance(document, dict):
        for key, value in document.items():
            named = key in _PEOPLE or (key == "owner" and value == seat(str(value)))  # an owner may be anybody in words
            if isinstance(value, str) and named:
                yield value, NAME
            elif isinstance(value, str) and key in _WORDS:
                yield value, TEXT
            else:
                yield from _texts(value)
    elif isinstance(document, list):
        for each in document:
            yield from _texts(each)
