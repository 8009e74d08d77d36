"""Who signs: what people write in the place of a name, and is nobody's."""

from __future__ import annotations

import re
from typing import Final

from gonogo.model.placeholder import has_content, plain_words

_REFUSES: Final = {
    *("no", "not", "nope", "never", "nein", "non", "false", "wrong", "incorrect", "reject", "rejected", "refuse"),
    *("refused", "decline", "declined", "deny", "denied", "disagree", "unconfirmed"),
    *("yes", "true", "confirmed", "approved", "agreed", "fine", "correct"),
}
"""First words of an answer to the question whether it is right. A person called so puts another name first."""


_NOBODYS: Final = {
    *("me", "myself", "self", "us", "our", "the", "all", "team", "group", "office", "pmo"),
    *("gonogo", "admin", "administrator", "user", "system", "root", "owner", "manager", "sponsor", "lead"),
}
"""First words of what stands for a person, a role or a program and names none of them."""


def is_name(text: str) -> bool:
    """Whether a text can be the name of who signs: ``no``, ``?``, ``later``, ``x`` and ``12`` are nobody's."""
    words = plain_words(text)
    opening = words.partition(" ")[0]
    return has_content(text) and re.search(r"[^\W\d_]", words) is not None and opening not in _REFUSES | _NOBODYS
