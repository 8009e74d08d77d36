"""Whether a name and an address in a history look like those of a person.

A history proves no person. What is looked at is what people write where nobody has reviewed yet, and how services that
commit, merge and approve call themselves. Settings name those of an agency, and people who are called like one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gonogo.model.machine_name import only_machine, says_machine
from gonogo.model.person_name import same_name
from gonogo.model.placeholder import has_content, plain_words


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOBODY: Final = _listed("""
    yourname name fullname firstlast firstnamelastname namesurname reviewer reviewername reviewersname you youremail
    youremailaddress email test testuser tester example user someoneelse somebodyelse anotherperson me myself self
    author
""")
"""What templates and examples have where a name belongs, blanks taken away."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who an author line or a trailer names. Never shown.

    Attributes:
        name: The name.
        address: The address, in small letters.
    """

    name: str
    address: str

    @property
    def mailbox(self) -> str:
        """The address without what follows ``+`` in its local part, which is one mailbox; empty if it is none."""
        local, at, domain = self.address.rpartition("@")
        return local.partition("+")[0] + at + domain if local and domain else ""

    def same(self, other: Contributor) -> bool:
        """Return whether both may be one person: one mailbox, or two full names that may be one."""
        full = all(" " in plain_words(each.name) for each in (self, other))
        return self.mailbox == other.mailbox or (full and same_name(self.name, other.name))


@dataclass(frozen=True, slots=True)
class People:
    """Who counts as a person.

    Attributes:
        machines: Names and addresses that are no person's, in small letters.
        persons: Addresses of people who are called like a machine or like nobody, in small letters.
    """

    machines: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()

    def has(self, one: Contributor) -> bool:
        """Return whether it is a person who can be told from others: one with a mailbox, and no machine."""
        if not one.mailbox or self.machines & {one.address, one.mailbox, one.name.strip().lower()}:
            return False
        if self.persons & {one.address, one.mailbox}:
            return True
        local = one.address.rpartition("@")[0]
        return not (_nobody(one.name, local) or _machine(one.name, local))


def _nobody(name: str, local: str) -> bool:
    written = [text for text in (name, local) if text.strip()]
    # Some agencies' addresses begin with a person's number.
    return any(
        (not has_content(text) and not text.isdigit()) or plain_words(text).replace(" ", "") in _NOBODY
        for text in written
    )


def _machine(name: str, local: str) -> bool:
    words, before = set(plain_words(name).split()), set(plain_words(local).split())
    squashed = plain_words(local).replace(" ", "")
    if says_machine(words | before) or "noreply" in squashed or "notreply" in squashed:
        return True
    return only_machine(words) or only_machine(before, named=False)
