"""Answers that say only that there is none: a denial, a postponement, a pointer elsewhere in words alone. Pure.

Each is judged as a whole. One word more that names a thing, a person or a day makes it a sentence that says something:
``no mitigation`` says nothing, and ``no mitigation before the patch of the vendor`` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DENY: Final = _listed("""
    no none not never nothing nobody without unmitigated unplanned unaddressed
    kein keine keiner keinen keines keinerlei nicht nichts ohne noch
    aucun aucune pas sans rien ningun ninguno ninguna sin nada nessun nessuno nessuna senza non
    nenhum nenhuma sem nao geen niet zonder нет без не
""")
_DENIED: Final = _listed("""
    mitigation mitigations mitigated action actions plan plans planned response responses control controls measure
    measures owner owners position positions article articles contingency fallback workaround workarounds assignee
    content text description details comment comments note notes value entry answer answers reason reasons selection
    steps step strategy remediation treatment documentation guidance
    identified identifiable assigned proposed available provided given recorded reported found required needed necessary
    applicable appointed nominated designated selected chosen entered specified documented written set made taken done
    agreed approved started begun completed performed implemented addressed resolved responded answered existing exists
    exist foreseen envisaged intended compensating mitigating alternative further additional other specific formal any
    anything anyone place longer valid relevant filled out up right need one available added

    massnahme massnahmen plan verantwortlicher verantwortliche zustandiger vorgesehen geplant erforderlich notwendig
    bekannt benannt festgelegt definiert vorhanden zugewiesen angabe angaben eintrag bisher derzeit weitere es ist sind
    gibt
    mesure mesures responsable prevu prevue prevues requis requise necessaire identifie identifiee defini definie
    designe designee attenuation de du des ce pour moment encore il y a
    medida medidas plan accion acciones prevista previsto previstas necesaria necesario requerida identificada
    identificado definida definido asignado asignada mitigacion hay se ha han por el momento
    misura misure piano azione azioni responsabile previste richiesta identificata identificato definita definito
    assegnato assegnata mitigazione al momento
    plano acao acoes responsavel necessaria necessario atribuido atribuida mitigacao medidas
    maatregel maatregelen actie acties verantwoordelijke gepland nodig vereist bekend aangewezen toegewezen
    мер меры план плана деиствии деиствия ответственного ответственныи назначен определен требуется требуются
    запланировано запланированы выявлено выявлены
""")
_HELD: Final = _listed("""
    cancelled canceled withdrawn abandoned postponed deferred rejected declined refused skipped dropped suspended
    delayed until further notice indefinitely hold
    abgebrochen abgelehnt abgesagt verschoben zuruckgestellt zuruckgezogen annule annulee reporte reportee rejete
    rejetee
    cancelado cancelada aplazado aplazada pospuesto pospuesta rechazado rechazada annullato annullata rinviato rinviata
    respinto adiado adiada rejeitado rejeitada geannuleerd uitgesteld afgewezen отменено отменен отложено отклонено
""")
_NO_STATE: Final = _listed("until further notice indefinitely hold")
_NOUN: Final = (
    r"(?:approvals?|review|decisions?|confirmation|input|sign ?off|signature|response|reply|answer|discussions?|"
    r"assignment|funding|clarification|feedback|information|info|updates?|guidance|direction|instructions?|"
    r"consideration|development|construction|progress|preparation|process|work|hold|analysis|investigation|evaluation|"
    r"assessment|planning|discussed|drafted|developed|reviewed|decided|prepared|worked on)"
)
_LATER: Final = r"(?: (?:now|currently|soon|later|shortly|asap|in due course|at this time|at present))?"
_WAITS: Final = re.compile(
    r"(?:still |currently |now |is |it is )*"
    r"(?:pending|awaiting|waiting(?: for| on)?|subject to|requires?|needs|under|in|for|on|out for|being)"
    r"(?: (?:the|an?|further|final|more|additional|management|internal|formal|his|her|"
    r"their|our|your|cfo|cio|pmo|vendor|agency|legal|customer|provider|sponsor|board|user)){0,4}"
    rf" {_NOUN}(?:(?: and| or)? {_NOUN}){{0,3}}{_LATER}"
)
_TO_BE: Final = re.compile(
    r"(?:still |yet |is |are |needs? |has |have |must |should )*(?:to )?be (?:completed|done|finished|provided|"
    r"supplied|updated|drafted|developed|established|created|documented|planned|scheduled|reviewed|investigated|analy[sz]ed|"
    rf"assessed|resolved|written|prepared|reported|filled(?: in| out)?|added|addressed|mitigated){_LATER}"
)
_OPENS_UNDECIDED: Final = re.compile(
    r"(?:tbd|tba|tbc|tbs)(?: |$)"
    r"|(?:(?:still|yet|is|are|needs?|has|have|this|it) ){0,3}to be (?:determined|decided|defined|confirmed|"
    r"announced|advised|agreed|assigned|named|discussed|clarified|specified|identified|nominated|appointed|considered|"
    r"finali[sz]ed|worked out)(?: |$)"
    r"|(?:it |this )?will be (?:worked out|determined|decided|defined|agreed|found|discussed|clarified|identified|"
    r"nominated)(?: |$)|we will (?:think|decide|see|discuss)(?: |$)|lorem ipsum(?: |$)"
)
"""What says first that nothing is decided: the rest says why."""
_DOCUMENT: Final = (
    r"(?:e ?mails?|mails?|attached|attachments?|enclosed|enclosures?|notes?|comments?|remarks?|chat|teams|thread|"
    r"column|cell|row|file|folder|documents?|docs?|link|above|below|previous|minutes|tickets?|description|details|"
    r"history|sharepoint|confluence|wiki|jira|log|message|page|list|register|meeting|discussions?|conversation)"
)
"""Where things may stand. A tab of the same workbook is no such place: lists of reports specify by `See tab`."""
_POINTS: Final = re.compile(
    r"(?:please |pls )?(?:see|refer to|per|as per|according to|cf|ask|view|consult)"
    r"(?: (?:the|my|our|your|his|her|their|attached|separate|other|linked|last|latest|previous|next|prior|in)){0,3}"
    rf" {_DOCUMENT}(?: {_DOCUMENT}){{0,2}}(?: for (?:more |further )?(?:details|info|information))?"
    r"|as (?:discussed|agreed|needed|required|appropriate|applicable|before|usual)"
    r"|siehe (?:e ?mail|anhang|anlage|kommentare?|notiz|unten|ticket)|wie (?:besprochen|vereinbart)"
    r"|voir (?:courriel|piece jointe|e ?mail|commentaires?|annexe)|ver (?:correo|adjunto|email|e ?mail|anexo|nota)"
    r"|vedi (?:email|e ?mail|allegato|nota|sotto)|zie (?:e ?mail|bijlage|opmerking|boven|onder)|см (?:письмо|вложение)"
)
_REFUSED: Final = re.compile(
    r"no (?:further |other |specific )?(?:action|plan|mitigation|response|measure|control|contingency|workaround)s?"
    r"(?: (?:is |are )?(?:planned|taken|foreseen|intended|possible|identified))?"
)
_OPENERS: Final = _listed("""
    still currently now yet is it are this to be will we need needs has have must should requires require
    pending awaiting waiting subject under in for on out being tbd tba tbc tbs lorem
    please pls see refer per as according cf ask view consult siehe wie voir ver vedi zie см
""")
"""First words of all that the patterns find, so that few texts are compared with them."""
_WILL_NOT: Final = re.compile(r"\w+ (?:.* )?(?:(?:will|would|shall|can) ?not|won t)\b")


def says_only_that_there_is_none(words: str, small: frozenset[str]) -> bool:
    """Return whether words as a whole deny, put off, take back or point elsewhere, and name nothing.

    Args:
        words: Plain words, without a digit.
        small: Words that carry nothing by themselves.
    """
    if len(words) > 200:
        return False
    split = words.split()
    if all(word in _HELD or word in small for word in split) and not _HELD.isdisjoint(split):
        return True
    if not _DENY.isdisjoint(split[:4]) and all(word in _DENIED or word in _DENY or word in small for word in split):
        return True
    return split[0] in _OPENERS and any(pattern.fullmatch(words) for pattern in (_WAITS, _TO_BE, _POINTS))


def is_taken_back(words: str) -> bool:
    """Return whether one word says that a thing is cancelled, declined or put off: how it stands."""
    return words in _HELD and words not in _NO_STATE


def opens_undecided(words: str) -> bool:
    """Return whether words open by saying that something is undecided: ``to be discussed with the vendor``."""
    return words.partition(" ")[0] in _OPENERS and _OPENS_UNDECIDED.match(words) is not None


def refuses(clauses: Sequence[str]) -> bool:
    """Return whether a text says that nothing is done and what will not happen.

    ``No action; the groups will not be told`` does. ``No action; the batch reruns by itself`` says what happens.

    Args:
        clauses: The plain words of its clauses.
    """
    first, *rest = clauses
    return bool(_REFUSED.fullmatch(first) and rest) and all(_WILL_NOT.match(each) for each in rest)
