"""Names of sheets that say of themselves that a list goes on there: ``Page 2``, ``Risks (2)``, ``Risks cont.``."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = r"(?:page|part|pt|pg|section|seite|teil|partie|parte|pagina|página|folha|hoja)"
_GOES_ON: Final = re.compile(
    rf"(?i)(?<![^\W\d_]){_WORD}[ ._-]{{0,3}}(?:[2-9]|[1-9][0-9]{{1,2}})(?![0-9])"
    r"|\((?:[2-9]|[1-9][0-9]{1,2})\)\s*$"
    r"|(?<![^\W\d_])(?:cont\.?|cont'd|contd|continued|continuation|fortsetzung|suite|continuación|continuacion)\W*$"
)


def goes_on_by_name(name: str) -> bool:
    """Whether the name of a sheet says that it is a further page of a list."""
    return _GOES_ON.search(name) is not None
