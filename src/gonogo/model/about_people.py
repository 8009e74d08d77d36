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

from gonogo.text import PERSONAL_NUMBER


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STRONG: Final = _set("""
    ssn dob birth birthday birthdate birthplace maiden surname forename firstname lastname fullname email emails mail
    phone mobile telephone fax salary username screenname login edipi passport
    """)
"""Words that make any heading one about people, whatever follows them."""
_PERSON: Final = _set("""
    ipaddress
    person persons people personnel employee employees worker workers user users userid learner learners trainee
    trainees student students attendee attendees participant participants owner owners manager managers lead leads
    assignee assignees assigned reviewer reviewers approver approvers trainer trainers instructor instructors
    contact contacts poc author authors submitter requester requestor reporter resource resources supervisor
    supervisors signer signers signatory signatories by who whom sponsor sponsors holder holders staff member
    members client patient veteran beneficiary beneficiaries incumbent incumbents tester testers executor
    responsible accountable developer developers analyst analysts engineer engineers technician technicians caller
    callers creator watcher watchers respondent respondents interviewee nominee behalf deputy delegate delegates
    street zip address agent agents officer officers sme smes mitarbeiter mitarbeiterin mitarbeitende bearbeiter
    bearbeiterin sachbearbeiter zustandig zustandiger verantwortlich verantwortlicher verantwortliche
    ansprechpartner benutzer anwender leiter leiterin teilnehmer vorname nachname dueno duena responsable
    responsables encargado encargada propietario usuario usuarios empleado empleados apellido apellidos prenom
    employe employes proprietaire utilisateur titulaire contac designer designers editor editors collaborator
    collaborators follower followers presenter presenters facilitator facilitators interviewer interviewers witness
    witnesses traveler travelers traveller travellers cardholder cardholders claimant claimants applicant applicants
    payee payees steward stewards custodian custodians isso issos issm issms isse cotr coordinator coordinators
    liaison preparer attester attestor certifier auditor auditors evaluator evaluators operator operators
    administrator administrators admin director directors secretary chair chairperson responder responders leader
    leaders caseworker caseworkers inspector inspectors investigator investigators adjudicator adjudicators judge
    judges counsel attorney attorneys lawyer lawyers physician physicians doctor doctors nurse nurses guardian
    guardians spouse spouses kin scheduler schedulers planner planners architect architects consultant consultants
    specialist specialists expert experts advisor advisors adviser advisers examiner examiners clerk clerks
    accountant accountants recruiter recruiters moderator moderators mentor mentors mentee mentees coach coaches
    teacher teachers professor professors speaker speakers panelist panelists observer observers scribe scribes
    invitee invitees organizer organizers guest guests visitor visitors appointee appointees addressee addressees
    retiree retirees annuitant annuitants survivor survivors victim victims complainant complainants defendant
    defendants plaintiff plaintiffs petitioner petitioners appellant appellants inmate inmates detainee detainees
    soldier soldiers commander commanders chief chiefs president senator governor mayor citizen citizens resident
    residents taxpayer taxpayers borrower borrowers subscriber subscribers donor donors volunteer volunteers intern
    interns apprentice apprentices programmer programmers
    """)
_COUNTED: Final = _set("""
    people users members staff employees workers participants attendees learners trainees students resources testers
    respondents leads
    """)
"""Plurals under which a small number counts people and names none."""
_LAST: Final = _set("""
    official officials signature signatures maker makers alternate alternates backup backups initials dependent
    dependents recipient recipients
    """)
"""Words about a person at the end of a heading: ``Approving Official``, ``Decision Maker Name``."""
_APPROVING: Final = _set("approving approval certifying authorizing authorising signing signature designated delegated")
"""Before ``authority`` they make a person of it; a *Legal Authority* is a statute."""
_ALONE: Final = _set("pm co ao cor poc isso issm sme by who")
"""Offices by their letters, where they are the whole heading: ``COR``. In others they are something else."""
_WHOLE: Final = _set("samaccountname upn dodid dodidnumber userprincipalname")
"""Whole headings without blanks that name an account of a person."""
_BADGE: Final = (["badge"], ["badge", "no"], ["badge", "number"], ["badge", "id"])
"""Whole headings about the number on somebody's badge; a *Badge Type* and a badge that was earned have other words."""
_PLACES: Final = _set("""
    mac url web network internet host server device asset system site facility building office location
    node subnet dns memory start end base
    """)
"""With ``address`` it is no person's."""
_BUDGET_YEAR: Final = re.compile(r"BY ?[+-] ?[0-9].*|BY [0-9]+.*")
"""``BY+1`` is the budget year after this one."""
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
_NAMED: Final = THINGS | _set("""
    weakness reference communication cr plugin dns netbios bios repository asset software image scan vulnerability
    finding policy rule award county facility curriculum deliverable template goal objective initiative investment
    portfolio package element workflow treasury federal nation territory district zone campus hardware firmware
    device machine node cluster instance subdomain network router switch printer container volume disk drive disc
    share path directory library archive bucket stream endpoint api url uri web website page portal dashboard widget
    chart graph query view schema index record row cell sheet worksheet workbook tab variable parameter setting
    option property attribute alert alarm signal sensor certificate license licence standard regulation statute law
    section clause article chapter paragraph figure appendix attachment artifact grant loan appropriation ledger
    journal voucher invoice payment receipt transaction bill budget expense revenue cost price currency bank center
    centre division directorate command corps firm institution school university hospital clinic subagency committee
    council commission panel forum meeting event conference workshop lesson competency skill certification
    credential badge exam assessment survey questionnaire question answer score benefit hazard threat attack
    safeguard countermeasure mitigation exception waiver deviation baseline configuration cutover rehearsal
    migration conversion extract transform message campaign audience segment brand model series part assembly
    material commodity indicator target benchmark theme strategy mission vision principle capability solution
    offering catalog catalogue pool tier layer line lane workstream swimlane kanban backlog iteration increment
    programme commit pipeline deployment window outage incident problem ticket
    """)
"""Words of things that have names of their own: ``Weakness Name``, ``CR Name``."""
_NAMES_TOO: Final = frozenset(["bill", "grant", "page", "judge", "clerk", "mentor", "guest"])
"""Words of headings that people bear as names."""
_PLAIN: Final = ((_STRONG | _PERSON | _LAST | _NAMED) - _NAMES_TOO) | _set("""
    a accepted action actions actual added after all amount an and answer any approved approval approvals as assigned at
    available baseline before begin begun blocked by changed check checked close closed closure code comment comments
    completion condition confirmed count covered created current date dates day decided decision defects delivered
    description detail details detected disposition documented done due duration e2e effective email end ended entered
    entry error estimate evidence exit expected expiry external finish finished fix fixed for found from go group held
    high history id identified ids if in internal issued kind last later latest length link links list live local
    logged lower mail mapped mapping mandatory met missing mitigation modified modification month name needed new next
    no note notes notice number obligatory of old on onboard open opened optional or order original other overdue owned
    owner passed pending percent planned possible previous primary progress proof published quarter raised rate rated
    rating reason received recorded ref reference registered rejected related remark remarks remaining reported
    required requested resolved resolution resolve responsible result results retest revised revision root scheduled
    scope secondary sent set severity sev short sign signed size solution source stage start started state states
    status step still sub submitted sum summary tag tags target tested text the then through ticket till time title to
    total trained training type types unit until up update updated updates url usage used user valid validated value
    values verified version via view wave week weight when where with within without workaround worked year yes
    estado fecha titulo situacion descripcion prioridad responsable vencimiento etat statut titre datum stand titel
    """)
_PARTICLES: Final = _set("de da di du des dos das van von der den ter ten zu zur la le el al bin ibn y e of af av")
"""Small words of personal names."""
_MAIL: Final = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,}")
_LAST_FIRST: Final = re.compile(r"[A-Z][\w'’-]+, [A-Z][\w'’-]*\.?(?: [A-Z]\.?)?", re.UNICODE)
_COUNT: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]+)?")
_AMOUNT: Final = re.compile(r"[$(-]{0,2}[0-9][0-9,]*(?:\.[0-9]+)?[%)]?")
_SAMPLE: Final = 200
_WEAK: Final = _set("""
    name by alternate alternates backup backups signature signatures pm co ao cor resource resources
    """)
"""Words under which cells may also name things, so that the cells are looked at."""
_ANSWERS: Final = _set("yes no y n true false none x")
_WHETHER: Final = _set("yes no y n true false n/a na none si sí ja nein oui non")
"""Cells of which even one or two name nobody under ``Approved by ISSO``."""
_ENOUGH: Final = 3
_PROSE: Final = 6


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
    counts = word in _COUNTED and bool(sample) and all(_COUNT.fullmatch(text) for text in sample)
    if word and not counts and not (word in _WEAK and _are_things(sample)):
        return f'its heading says "{word}"'
    return _why_by_shape(sample)


def _are_things(sample: Collection[str]) -> bool:
    """Whether nearly all texts under a heading that may mean people are clearly no names of people."""
    if sample and all(text.strip().lower() in _WHETHER for text in sample):
        return True
    things = sum(map(_is_thing, sample))
    return things >= _ENOUGH and 10 * things >= 9 * len(sample)


def _is_thing(text: str) -> bool:
    """Whether a text is no name of a person and no account: prose, a number, yes or no, words with digits."""
    if _MAIL.search(text) or PERSONAL_NUMBER.search(text):
        return False
    words = text.split()
    if len(words) < 2:
        return text.lower() in _ANSWERS or _AMOUNT.fullmatch(text) is not None
    small = sum(word[:1].islower() and word not in _PARTICLES for word in words)
    digits = any(char.isdigit() for word in words for char in word)
    return digits or len(words) >= _PROSE or (len(words) >= 3 and 0 < small < len(words))


def counts_people(heading: str) -> bool:
    """Whether numbers under a heading count people rather than naming one: ``users``."""
    return personal_word(heading) in _COUNTED


def personal_word(heading: str) -> str:
    """Return the word of a heading that is about a person; empty for none."""
    words = heading_words(heading)
    strong = next((word for word in words if word in _STRONG), "")
    if strong or not words or (words[-1] in THINGS and "".join(words) not in _WHOLE) or _BUDGET_YEAR.fullmatch(heading):
        return strong
    if "".join(words) in _WHOLE or (len(words) == 1 and words[0] in _ALONE):
        return words[0]
    if words in _BADGE:
        return "badge"
    if words[-1] == "for" and words[-2:-1] and words[-2] in _FOR:
        return f"{words[-2]} for"
    person = next((word for word in words if word in _PERSON), "")
    if person in ("address", "agent") and _PLACES & set(words):
        person = ""
    last = words[-2] if len(words) > 1 and words[-1] in _WHOSE_NAME else words[-1]
    if not person and last in _LAST:
        return last
    if not person and words[-1] == "authority" and words[-2:-1] and words[-2] in _APPROVING:
        return "authority"
    if not person and "social" in words and "security" in words:
        return "social security"
    if person or not _WHOSE_NAME & set(words):
        return person
    return "" if _NAMED & set(words) else "name"


def _why_by_shape(sample: Collection[str]) -> str:
    shapes = (("mail addresses", _MAIL.search), ("numbers of people", PERSONAL_NUMBER.search))
    for what, looks in shapes:
        found = sum(looks(text) is not None for text in sample)
        if found and 2 * found >= len(sample):
            return f"most of its cells hold {what}"
    names = sum(_LAST_FIRST.fullmatch(text) is not None for text in sample)
    return "most of its cells read like last name, first name" if names >= 3 and 2 * names >= len(sample) else ""


def names_nobody(heading: str) -> bool:
    """Whether a heading may be told of a file about people: every word of it is one that headings are made of.

    Nobody can tell that a text above cells is a heading, and a list may have a column for each of its people.
    """
    words = heading_words(heading)
    return any(len(word) > 1 for word in words) and all(word in _PLAIN or word.isdigit() for word in words)
