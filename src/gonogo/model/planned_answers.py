"""Answers to *what is done about it* that speak of a plan and say nothing of it. Pure.

``Need plan``, ``A plan will be written``, ``Plan due 5/3`` and ``Vendor to provide an update`` say that the answer is
still *owed*; so evidence cannot be either. ``Plan``, ``Plan in place``, ``Escalated`` and ``See Jira HL-12`` say that
there is one, who has it, or where it may stand. Each clause is judged as a whole: one word more that names a thing or a
deed makes it a plan, such as ``Vendor to provide patch 4.2`` or ``HL-12 is fixed in build 27.4``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from gonogo.model.placeholder import has_content, plain_words
from gonogo.model.shown_text import shown_text

_LONGEST: Final = 300
_PAPER: Final = (
    r"(?:plans?|planning|strategy|response|mitigations?|remediation|resolution|actions?|approach|proposals?|details?|"
    r"info|information|input|answers?|updates?|text|description|guidance|decisions?|comments?|feedback|reply|eta|"
    r"workarounds?|fallback|controls?|way forward|next steps|steps|path forward|"
    r"massnahmenplan|aktionsplan|massnahmen|plan d actions?)"
)
_ADJECTIVE: Final = (
    r"(?:an?|the|this|our|their|his|her|your|its|any|some|full|formal|detailed|written|proper|draft|new|final|revised|"
    r"updated|further|more|additional|clear|vendor|provider|owner|customer|risk|issue|corrective|resolution|response|"
    r"mitigation|remediation|recovery|contingency|treatment|action|closure|get well|poam|compensating|"
    r"alternative|manual|temporary|interim)"
)
_WHO: Final = (
    r"(?:(?:the|our|their|its|all|both|risk|issue|action|project|program|programme|business|system|technical|functional|"
    r"data|test|security|vendor|provider|product|process|contract|contracting|change|steering|senior|agency|support) )"
    r"{0,3}(?:owners?|vendors?|teams?|project|program|programme|pmo|provider|customer|agency|sponsors?|managers?|leads?|"
    r"management|office|board|contractor|suppliers?|integrator|legal|security|finance|business|stakeholders?|smes?|"
    r"leadership|cio|cfo|coo|cor|officer|committee|department|bureau|partners?|developers?|support|it|pm|group)"
)
_DAY: Final = (
    r"(?:[0-9]+(?:st|nd|rd|th)?|q[1-4]|fy|asap|soon|shortly|later|tomorrow|today|yesterday|next|this|last|coming|end|"
    r"beginning|mid|early|late|start|week|month|quarter|year|cob|eod|eow|eom|weeks|days|months|mon|monday|tue|tuesday|"
    r"wed|wednesday|thu|thursday|fri|friday|jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|"
    r"august|sep|sept|september|oct|october|nov|november|dec|december|go live|golive|cutover|meeting|the|a|of|in)"
)
_WHEN: Final = rf"(?:(?:by|on|before|in|until|for|at|after|within|from|due|as of) )?{_DAY}(?: {_DAY}){{0,5}}"
_TAIL: Final = (
    rf"(?: (?:(?:from|of|by|with|to|for|between|at) {_WHO}(?: and {_WHO})?|{_WHEN}|yet|still|now|currently|soon|asap|"
    r"at this time|at present|in due course|as well|accordingly|please)){0,4}"
)
_A_PLAN: Final = rf"(?:{_ADJECTIVE} ){{0,4}}{_PAPER}(?: (?:and|or) (?:{_ADJECTIVE} ){{0,3}}{_PAPER})?"
_MAKE: Final = (
    r"(?:write|draft|develop|prepare|agree|approve|define|determine|create|establish|produce|provide|supply|submit|make|"
    r"complete|finali[sz]e|confirm|discuss|decide|review|update|share|document|propose|find|identify|formulate|advise|"
    r"respond|reply|send|set up|work out|come up with|put together|follow up on|agree on|decide on|work on|get|obtain)"
)
_ANSWER: Final = (
    r"(?:provide|supply|submit|advise|confirm|respond|reply|answer|follow up|update|determine|decide|define|discuss|"
    r"propose|revert|get back|come back|clarify|comment|complete|plan|review|investigate|agree|assess)"
)
"""What somebody may be asked to do so that there is an answer; without an object it does nothing else."""
_MADE: Final = (
    r"(?:written|drafted|developed|prepared|agreed|approved|defined|determined|created|established|produced|provided|"
    r"supplied|submitted|made|completed|finali[sz]ed|confirmed|discussed|decided|reviewed|updated|shared|added|"
    r"documented|proposed|found|identified|formulated|received|given|sent|worked out|put together|worked on|set up|"
    r"done|available|ready|in place|signed|issued|presented|signed off)"
)
_SHALL: Final = (
    r"(?:to|will|shall|must|should|can|is to|are to|needs? to|has to|have to|(?:is |are )?going to|agreed to|"
    r"(?:was |were |is |are )?asked to|promised to|plans? to|intends? to|working to)"
)
_NAMES: Final = r"(?:[^\W\d_]+ ){1,3}?"
_STATE: Final = (
    r"(?:due|overdue|pending|required|needed|requested|outstanding|missing|owed|expected|awaited|forthcoming|underway|"
    r"ongoing|coming|follows|to follow|to come|will follow|tbd|tba|tbc|open|in progress|in work|in development|"
    r"in draft|in drafting|in review|in preparation|under (?:development|review|discussion|preparation|construction)|"
    r"incomplete|unknown|unclear|asked for)"
)
_OWED: Final = (
    # somebody wants one, waits for one, or works on one
    rf"(?:(?:we|they|i|{_WHO}) )?(?:(?:is|are|am|still|also|currently|now) ){{0,3}}(?:needs?|requires?|lacks?|missing|"
    r"wants?|awaits?|awaiting|waiting (?:for|on)|pending|expecting|expects?|requested|requesting|request|asked|chasing|"
    r"owes?|working on|developing|drafting|preparing|writing|finali[sz]ing|creating|discussing|reviewing|"
    rf"following up on|looking for|defining|determining)(?: {_WHO}(?: for)?)? {_A_PLAN}{_TAIL}",
    # it is not there yet
    rf"(?:there (?:is|are|was|were) )?{_A_PLAN} (?:(?:is|are|was|were|still|now|currently|yet) ){{0,3}}{_STATE}{_TAIL}",
    rf"{_A_PLAN} (?:(?:is|are|was|were|has|have|still|yet) ){{0,3}}(?:not|not yet|yet to be|never)(?: been| be)? "
    rf"{_MADE}{_TAIL}",
    rf"{_A_PLAN} (?:(?:still|yet|now|currently) )?(?:to be|being|is being|are being|(?:is |are )?(?:still )?to be|"
    rf"(?:will|shall|must|should|needs? to|has to|have to|can) be) {_MADE}{_TAIL}",
    # somebody is to make one
    rf"(?:(?:we|they|i|it|{_WHO}|{_NAMES}) ?)?(?:{_SHALL} )?{_MAKE} {_A_PLAN}{_TAIL}",
    rf"(?:we|they|i|{_WHO}) (?:still )?{_SHALL} {_ANSWER}{_TAIL}",
    rf"will {_ANSWER}{_TAIL}",
    rf"to be {_MADE}{_TAIL}",
    # in other languages
    r"(?:massnahmen|aktions)?plan (?:folgt|wird (?:noch )?(?:erstellt|erarbeitet|nachgereicht)|steht (?:noch )?aus|"
    r"in (?:arbeit|erstellung|erarbeitung|bearbeitung|abstimmung|vorbereitung))",
    r"plan (?:en cours(?: d elaboration)?|a venir|a definir|por definir|en elaboracion|pendiente|da definire)",
)
_HAVE: Final = (
    rf"(?:see )?{_A_PLAN}",
    rf"(?:(?:we|they|{_WHO}) have |there is |there are |has |have )?{_A_PLAN}(?: (?:is|are|was|were|has been|have been|"
    r"already|now|has|have))* (?:exists?|approved|agreed|available|attached|ready|drafted|submitted|in place|provided|"
    r"written|developed|documented|defined|completed|signed|signed off|known|enclosed|done|made|"
    r"identified|established)",
    rf"(?:we|they|{_WHO}) (?:have|has) {_A_PLAN}|there (?:is|are) {_A_PLAN}",
    rf"(?:(?:it |this |issue |risk |was |is |has been |have been |being |already |we |they |to be )*)"
    r"(?:escalated?|escalation|escalating|eskaliert|raised|reported|logged|assigned|acknowledged|noted|discussed)"
    rf"(?: (?:to|with|by|for|at|up|internally|further|accordingly|today|{_WHO}|and))*",
    rf"(?:it is |is |now )*with {_WHO}",
    rf"(?:(?:we|they|{_WHO}) )?(?:(?:is|are) )?(?:already |still |currently )*(?:working on|looking into|looking at|on|"
    r"handling|dealing with|addressing|aware of|investigating) (?:it|this|that)",
    r"(?:it is |is |are |this is |all )*(?:being (?:worked|handled|addressed|looked at|dealt with|managed|investigated)"
    r"(?: on)?|ongoing|underway|under control|in hand|in work|handled|dealt with)(?: (?:now|currently|by) ?)?"
    rf"(?: {_WHO})?",
)
_TRACKER: Final = (
    r"(?:jira|tickets?|issues?|cases?|incidents?|servicenow|snow|ado|azure devops|devops|requests?|defects?|bugs?|"
    r"tracker|work items?|tfs|remedy|github|gitlab|ritm|alm|e ?mails?|confluence|sharepoint|teams|backlog|raid log|log)"
)
_ITEM: Final = "trackeditem"
"""Stands for a key of a tracker in plain words."""
_KEY: Final = re.compile(
    r"(?<![\w-])(?!(?:CHG|CHANGE|RFC|CRQ?|ECR|SOP|KB|WI|RB|REV|SEC|FY|Q|V)-)(?:[A-Z][A-Z0-9]{0,9}-[0-9]{1,7}"
    r"|(?:INC|RITM|REQ|PRB|TASK|SCTASK)[0-9]{4,12})(?![\w-])"
)
"""A key of a tracker; a change, a procedure or a section says what is done."""
_ELSEWHERE: Final = (
    rf"(?:(?:please |pls )?(?:see|refer to|cf|ref|reference|(?:being )?(?:tracked|logged|documented|recorded|captured|"
    r"raised|reported|described|managed|handled)(?: (?:in|under|as|by|with|at))?|details? (?:in|under)|in|under|per|"
    r"as per) )?"
    rf"(?:the |our |their )?(?:(?:{_TRACKER}(?: [0-9]+)?|{_ITEM}|in|under|as|and|the|number|no|id|item)(?: |$)){{1,8}}"
    r"(?:for (?:more |further )?(?:details?|info|information))?",
)
_OWED_FORMS: Final = tuple(map(re.compile, _OWED))
_NO_DEED_FORMS: Final = tuple(map(re.compile, (*_HAVE, *_ELSEWHERE)))
_HINTS: Final = re.compile(rf"(?i)\b(?:{_PAPER}|ma(?:\u00df|ss)nahmen\w*|to (?:be|[a-z]+)|will|shall|must|should)\b")
"""One of them is in every text that is owed, so that few texts are compared."""
_CLAUSES: Final = re.compile(r"[;:!?\n]+\s*|\.(?:\s+|$)|\s+[-\u2013\u2014]+\s+|,\s+")
_INITIAL: Final = re.compile(r"\b([A-Z])\.\s+(?=[A-Z])")


def is_owed(text: str) -> bool:
    """Return whether a text says as a whole that what belongs here is not there yet: ``Need plan``, ``Plan due 5/3``.

    Args:
        text: As somebody wrote it.
    """
    if not _HINTS.search(text):
        return False
    clauses = _clauses(text)
    return any(map(_matches_owed, clauses)) and all(
        _matches_owed(clause) or _does_nothing(clause) or not has_content(clause) for clause in clauses
    )


def says_what_is_done(text: str) -> bool:
    """Return whether a text says what is done about something, and not that a plan is owed, exists or stands elsewhere.

    Args:
        text: As somebody wrote it.
    """
    if not has_content(text):
        return False
    return not all(_matches_owed(each) or _does_nothing(each) or not has_content(each) for each in _clauses(text))


def _clauses(text: str) -> list[str]:
    """Return the clauses of a text that is short enough to be empty talk; a longer one says something."""
    shown = " ".join(shown_text(text).split("\r"))
    if len(shown) > _LONGEST:
        return [shown]
    return [clause for clause in _CLAUSES.split(_INITIAL.sub(r"\1 ", shown)) if plain_words(clause)] or [shown]


def _matches_owed(clause: str) -> bool:
    return _has_form(_OWED_FORMS, clause)


def _does_nothing(clause: str) -> bool:
    return _has_form(_NO_DEED_FORMS, clause)


def _has_form(forms: Iterable[re.Pattern[str]], clause: str) -> bool:
    words = plain_words(_KEY.sub(f" {_ITEM} ", clause))
    return len(words) <= _LONGEST and any(form.fullmatch(words) for form in forms)
