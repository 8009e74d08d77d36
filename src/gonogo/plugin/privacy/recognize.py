"""Which columns are about people: one list of words and shapes, for CSV, workbooks and JSON alike.

A heading or the look of most cells decides, and the reason is given in words. It is a proposal for the person who binds
the file, never a proof: only a person can say that a column is not about people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STRONG: Final = _set("""
    ssn dob birth birthday birthdate birthplace maiden surname forename firstname lastname fullname email emails mail
    phone mobile telephone fax salary username login
    """)
"""Words that make any heading one about people, whatever follows them."""
_PERSON: Final = _set("""
    person persons people personnel employee employees worker workers user users userid learner learners trainee
    trainees student students attendee attendees participant participants owner owners manager managers lead leads
    assignee assignees assigned reviewer reviewers approver approvers trainer trainers instructor instructors contact
    contacts poc author authors submitter requester requestor reporter resource resources supervisor supervisors signer
    signers signatory signatories by who whom sponsor sponsors holder holders staff member members client patient
    veteran beneficiary beneficiaries incumbent incumbents tester testers executor responsible accountable developer
    developers analyst analysts engineer engineers technician technicians caller callers creator watcher watchers
    respondent respondents interviewee nominee behalf deputy delegate delegates street zip address agent agents officer
    officers sme smes mitarbeiter mitarbeiterin mitarbeitende bearbeiter bearbeiterin sachbearbeiter zustandig
    zustandiger verantwortlich verantwortlicher verantwortliche ansprechpartner benutzer anwender leiter leiterin
    teilnehmer vorname nachname dueno duena responsable responsables encargado encargada propietario usuario usuarios
    empleado empleados apellido apellidos prenom employe employes proprietaire utilisateur titulaire
    """)
_COUNTED: Final = _set("""
    people users members staff employees workers participants attendees learners trainees students resources testers
    respondents leads
    """)
"""Plurals under which a small number counts people and names none."""
_FOR: Final = _set("requested raised opened submitted ordered reported logged asked")
"""What is done for a person, in a heading that ends in ``for``: ``Requested For``. A thing is planned for a release."""
_WHOSE_NAME: Final = _set("name names nombre nombres nom noms")
THINGS: Final = _set("""
    account activity agency agreement app application batch board branch bug build building bureau calendar case cases
    category change channel checklist city class code column company component contract control country course
    criterion cycle data database dataset defect department document environment epic feature field file flag folder
    form function fund grade group host id_type interface issue item job key kind kpi label level list location map
    mapping measure method metric milestone module object office order organisation organization outcome phase plan
    priority probability procedure process product program project queue region release report request required
    requirement response result risk role room run scenario schedule script server service session set severity side
    site sprint stage state status step story suite system table tag task team test time topic training type unit
    version wave impact acceptance passed completed complete domain days hours count ratio rate percent guide
    """)
"""Words that, at the end of a heading, say that it is about a thing: ``User story``, ``Owner team``, ``Cycle name``."""
_MAIL: Final = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,}")
_NUMBER: Final = re.compile(
    r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b|(?<![0-9])\(?[0-9]{3}\)?[ .-][0-9]{3}[.-][0-9]{4}(?![0-9])"
)
_LAST_FIRST: Final = re.compile(r"[A-Z][\w'’-]+, [A-Z][\w'’-]*\.?(?: [A-Z]\.?)?", re.UNICODE)
_COUNT: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]+)?")
_SAMPLE: Final = 200


def heading_words(heading: str) -> list[str]:
    """Return the words of a heading in lower-case ASCII: ``Assigned To`` and ``assignedTo`` are alike."""
    apart = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading))
    return re.findall(r"[a-z]+|[0-9]+", apart.encode("ascii", "ignore").decode("ascii").lower())


def why_about_people(heading: str, texts: Iterable[str] = ()) -> str:
    """Return why a column is about people, in words that repeat no cell; empty where nothing says so.

    Args:
        heading: Of the column.
        texts: Some of its different texts, blanks left out.
    """
    sample = list(islice(texts, _SAMPLE))
    word = personal_word(heading)
    if word and not (word in _COUNTED and sample and all(_COUNT.fullmatch(text) for text in sample)):
        return f'its heading says "{word}"'
    return _why_by_shape(sample)


def counts_people(heading: str) -> bool:
    """Whether numbers under a heading count people rather than naming one: ``users``."""
    return personal_word(heading) in _COUNTED


def personal_word(heading: str) -> str:
    """Return the word of a heading that is about a person; empty for none."""
    words = heading_words(heading)
    strong = next((word for word in words if word in _STRONG), "")
    if strong or not words or words[-1] in THINGS:
        return strong
    if words[-1] == "for" and words[-2:-1] and words[-2] in _FOR:
        return f"{words[-2]} for"
    person = next((word for word in words if word in _PERSON), "")
    if not person and "social" in words and "security" in words:
        return "social security"
    if person or not _WHOSE_NAME & set(words):
        return person
    return "" if THINGS & set(words) else "name"


def _why_by_shape(sample: Collection[str]) -> str:
    shapes = (("mail addresses", _MAIL.search), ("numbers of people", _NUMBER.search))
    for what, looks in shapes:
        found = sum(looks(text) is not None for text in sample)
        if found and 2 * found >= len(sample):
            return f"most of its cells hold {what}"
    names = sum(_LAST_FIRST.fullmatch(text) is not None for text in sample)
    return "most of its cells read like last name, first name" if names >= 3 and 2 * names >= len(sample) else ""
