"""What the schedule collectors say of their files, and of the setting that is about one release alone."""

from __future__ import annotations

from typing import Any, Final

from gonogo.plugin.recognizes import Recognizes

ONE_RELEASE: Final = {"golive": "the one go-live activity that it names"}
"""The second release would be on schedule because the first one is."""

_ALIKE: Final[dict[str, Any]] = {
    "binding": "schedule",
    "prefix": "ims",
    "settings": {"golive": "name of the go-live activity"},
    "remarks": ("golive is the name, WBS code, activity code or UID of exactly one activity",),
}
MSPDI_FILES: Final = (
    Recognizes(
        what="Microsoft Project XML", xml_root=("{http://schemas.microsoft.com/project}Project",), place=10, **_ALIKE
    ),
)
XER_FILES: Final = (
    Recognizes(
        what="Primavera XER",
        starts="ERMHDR\t",
        detail=r"ERMHDR\t(?P<version>[^\t]{1,12})",
        place=11,
        **_ALIKE,
    ),
)
