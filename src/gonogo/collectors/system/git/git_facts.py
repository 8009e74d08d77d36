"""What the history of the code answers for."""

from __future__ import annotations

from typing import Final

from gonogo.model.fact import FactType
from gonogo.plugin.spec import LocalFact


def _fact(name: str, type_: FactType, meaning: str, unit: str = "") -> LocalFact:
    return LocalFact(name=name, type=type_, unit=unit, meaning=meaning, if_known=True)


ON_BRANCH: Final = _fact(
    "build_on_branch",
    FactType.BOOLEAN,
    "The commit of the build that counts is on the release branch: its newest commit or an ancestor of it.",
)
COMMITTED: Final = _fact(
    "build_committed", FactType.INSTANT, "When the commit of the build that counts was made, by the committer's clock."
)
UNBUILT: Final = _fact(
    "commits_not_in_build",
    FactType.INTEGER,
    "Commits on the release branch that the build that counts does not hold, merges too.",
    "commits",
)
TAG_ON_BUILD: Final = _fact(
    "tag_on_build", FactType.BOOLEAN, "The tag of the release names the commit of the build that counts."
)
TAG_ANNOTATED: Final = _fact(
    "tag_annotated", FactType.BOOLEAN, "The tag of the release is an object of its own, with who made it and when."
)
TAG_SIGNED: Final = _fact(
    "tag_carries_signature",
    FactType.BOOLEAN,
    "The tag of the release carries a signature; whose it is, and whether it is right, is not looked at.",
)
SINCE_FREEZE: Final = _fact(
    "commits_since_freeze",
    FactType.INTEGER,
    "Commits that came to the release branch after the code was frozen, merges and what they brought too.",
    "commits",
)
GUARDED: Final = _fact(
    "guarded_files_changed",
    FactType.INTEGER,
    "Guarded files that are not on the release branch as they were when the code was frozen.",
    "files",
)
UNNAMED: Final = _fact(
    "unapproved_since_freeze",
    FactType.INTEGER,
    "Commits that came to the release branch after the code was frozen and whose message names no approved change; "
    "merges that only join are not counted.",
    "commits",
)
CHANGE_NAMED: Final = _fact(
    "change_named_ratio",
    FactType.RATIO,
    "Commits in the release whose message names an approved change, out of all in it; merges that only join are not "
    "counted.",
)
UNREVIEWED: Final = _fact(
    "unreviewed_commits",
    FactType.INTEGER,
    "Commits in the release that no person but their author reviewed, as trailers and merges say; merges that only "
    "join are not counted.",
    "commits",
)
ALWAYS: Final = (ON_BRANCH, COMMITTED, UNBUILT)
OF_TAG: Final = (TAG_ON_BUILD, TAG_ANNOTATED, TAG_SIGNED)
