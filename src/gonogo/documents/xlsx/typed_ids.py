"""What people write where an id belongs: a name, a title, other capitals. One match counts and is shown, two do not.

Only whole names and titles match, after capitals and blanks are evened out. Letters that merely look alike do not.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from gonogo.documents.xlsx.answers import read_form
from gonogo.documents.xlsx.cell_values import UnfitCell
from gonogo.documents.xlsx.form import DELEGATIONS, NO, PEOPLE, STAFF, YES
from gonogo.documents.xlsx.workbook import Cell, Workbook
from gonogo.model.people import M3_OFFICES, Side
from gonogo.model.refusal import SourceRefusal
from gonogo.model.spoken import Spoken

_MAIL: Final = re.compile(r"\s*<[^<>]*>\s*$")
_IN_BRACKETS: Final = re.compile(r".*\(([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)\)\s*$", re.DOTALL)
_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'")
_ID: Final = re.compile(r"[A-Za-z0-9._-]+")
_TRUTHS: Final = {YES: YES, NO: NO, "true": YES, "false": NO, "y": YES, "n": NO}


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Who and what a workbook knows.

    Attributes:
        people: Person id to every name that the register gives.
        offices: Ids of offices.
        sides: Names of the customer and the provider to their side.
        titles: Reads the titles of the criteria, by id.
    """

    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    offices: frozenset[str] = frozenset(M3_OFFICES)
    sides: Mapping[str, str] = field(default_factory=dict)
    titles: Callable[[], Mapping[str, str]] = dict


def known_in(spoken: Spoken, titles: Callable[[], Mapping[str, str]] = dict) -> KnownNames:
    """Return who and what the program's register knows: nobody else's sheet says who a name is."""
    people = {person: frozenset(names) for person, names in spoken.people.items()}
    sides = {name: side for side, name in spoken.sides.items()}
    return KnownNames(people, frozenset((*M3_OFFICES, *spoken.offices)), sides, titles)


def known_of(workbook: Workbook) -> KnownNames:
    """Return who and what a workbook that is the register itself knows; M3's offices where it cannot be read."""
    people: dict[str, set[str]] = {}
    offices = set(M3_OFFICES)
    for form, ids in ((PEOPLE, "person"), (DELEGATIONS, "to"), (STAFF, "person")):
        if form.sheet not in workbook.sheet_names:
            continue
        try:
            for row in read_form(workbook, form):
                person, name, office = (row.cells.get(key, "") for key in (ids, "name", "office"))
                if isinstance(person, str) and person:
                    people.setdefault(person, set()).update({name} if isinstance(name, str) and name else ())
                if isinstance(office, str) and re.fullmatch(r"[a-z][a-z0-9_]*", office):
                    offices.add(office)
        except SourceRefusal:
            continue
    return KnownNames({person: frozenset(names) for person, names in people.items()}, frozenset(offices))


def yes_or_no(cell: Cell) -> str:
    """Return ``yes`` or ``no``; the empty text where the cell is neither."""
    if isinstance(cell, bool):
        return YES if cell else NO
    return _TRUTHS.get(evened(cell), "") if isinstance(cell, str) else ""


def one_of(text: str, choices: Iterable[str]) -> str:
    """Return the one choice that a text means, whatever its capitals; the text itself where none does.

    Raises:
        Unfit: Several differ by capitals alone.
    """
    offered = list(choices)
    if text in offered:
        return text
    return _single(text, [choice for choice in offered if evened(choice) == evened(text)]) or text


def side_meant(text: str, known: KnownNames) -> str:
    """Return the side that a text is, or whose name it is: the program's own customer or provider."""
    by_name = {side for name, side in known.sides.items() if evened(name) == evened(text)}
    return one_of(text, [side.value for side in Side]) if not by_name else _single(text, by_name)


def person_meant(text: str, known: KnownNames) -> str:
    """Return the id of the person whose id or name a text is; the text itself where it may be the id of somebody else.

    Raises:
        Unfit: It is the name of several, or it is no id and nobody's name.
    """
    if text in known.people:
        return text
    wanted = evened(_MAIL.sub("", text))
    last, comma, first = wanted.partition(",")
    turned = f"{first.strip()} {last.strip()}" if comma else wanted
    found = [
        person
        for person, names in known.people.items()
        if evened(person) == wanted or {evened(name) for name in names} & {wanted, turned}
    ]
    meant = _single(text, found)
    if not meant and known.people and not _ID.fullmatch(text):
        raise UnfitCell(
            f"holds {text[:60]!r}, and nobody in the people register has that name{_nearest(wanted, known)}"
        )
    return meant or text


def _nearest(wanted: str, known: KnownNames) -> str:
    """Return whom a name may be meant for; ids and names are compared, and the id is reported."""
    called = {evened(name): person for person, names in known.people.items() for name in (*names, person)}
    close = difflib.get_close_matches(wanted, called, n=1)
    return f"; {called[close[0]]} is near" if close else f"; it has {', '.join(sorted(known.people)[:8])}"


def office_meant(text: str, known: KnownNames) -> str:
    """Return the id of the office that a title is: ``PMO lead`` is ``pmo_lead``; the text itself where none is."""
    return text if text in known.offices else _office(text, known.offices) or text


def seat_meant(text: str, known: KnownNames) -> str:
    """Return the seat that a title is: ``Customer program manager``; the text itself where none is."""
    side, _, rest = text.replace("’", "'").strip().partition(" ")
    if evened(side) == "the":
        side, _, rest = rest.partition(" ")
    named = one_of(side.removesuffix("'s"), [each.value for each in Side])
    office = _office(rest, known.offices)
    return f"{named}.{office}" if office and named in list(Side) else text


def criterion_meant(text: str, known: KnownNames | None = None) -> str:
    """Return the id of a criterion that is written with its title, by its title alone, or with capitals.

    Raises:
        Unfit: It is the title of several criteria, or of none where the titles are known.
    """
    match = _IN_BRACKETS.fullmatch(text)
    lower = text.strip().lower()
    if match or re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", lower):
        return match[1] if match else lower
    titles = known.titles() if known is not None else {}
    meant = _single(text, [name for name, title in titles.items() if evened(title) == evened(text)])
    if not meant and titles:
        called = {evened(title): name for name, title in titles.items()}
        close = difflib.get_close_matches(evened(text), called, n=1)
        hint = f"; {called[close[0]]} is near" if close else f"; the criteria are {', '.join(sorted(titles)[:30])}"
        raise UnfitCell(f"holds {text[:60]!r}, which is neither the id nor the title of a criterion{hint}")
    return meant or text


def read_as(text: str, meant: str) -> str:
    """Return the sentence that shows a match; empty where nothing was changed."""
    return "" if text == meant else f"{text[:60]!r} is read as {meant}"


def _office(text: str, offices: Collection[str]) -> str:
    words = evened(text.replace("’", "'"))
    for side in Side:
        words = re.sub(rf"^(?:the )?{side.value}(?:'s)? ", "", words)
    made = re.sub(r"[^a-z0-9]+", "_", words).strip("_")
    return made if made in offices else ""


def _single(text: str, found: Collection[str]) -> str:
    if len(found) > 1:
        raise UnfitCell(f"holds {text[:40]!r}, which could be {' or '.join(sorted(found))}; type the id")
    return next(iter(found), "")


def evened(text: str) -> str:
    """Return a text as it is compared: capitals, blanks, accents and typographic apostrophes evened out."""
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return " ".join("".join(mark for mark in apart if not unicodedata.combining(mark)).split())
