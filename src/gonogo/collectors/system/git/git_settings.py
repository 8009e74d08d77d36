"""Settings of the git collector."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from gonogo.collectors.document_moment import read_moment
from gonogo.collectors.system.git.contributors import People
from gonogo.documents.patterns import compiled
from gonogo.plugin.spec import Settings, SettingsRefusal

RefName = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\s~^:?*\[\\]+$")]
FilePath = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^/\\]+(/[^/\\]+)*$")]
Known = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class GitSettings(Settings):
    """Settings of a binding.

    Attributes:
        branch: Branch that is released: ``release/2027.1``.
        tag: Tag of the release; the facts on it are owed only with it.
        frozen_at: When the code was frozen: a day (its first moment), a local time, or a time with its offset.
        frozen_from: Tag or commit at which it was frozen, in place of ``frozen_at``.
        guarded: Files and folders that must not change after the freeze: ``db/migrations``.
        since: Tag or commit of the release before, which the build follows; what the build holds and it did not is what
            is in this release.
        change: RE2 pattern of what names a change in the message of a commit: ``HARB-[0-9]+``. If it has a group, the
            first one is the name.
        approved: Heading of the column of ids in the input ``approved``, a table of approved changes and no others (a
            row whose status or approval says otherwise is refused); a message then has to name one of them. Without it
            every change that is named counts as approved.
        trailers: What the last lines of a message begin with that name a reviewer.
        machines: Names and addresses of services that merge or approve; those are no reviewers. ``ci-bot``,
            ``dependabot[bot]``, ``noreply@...`` and the like are known.
        persons: Addresses of people who are called like a service, so that they count as reviewers.
    """

    branch: RefName
    tag: RefName | None = None
    frozen_at: str | None = None
    frozen_from: RefName | None = None
    guarded: tuple[FilePath, ...] = ()
    since: RefName | None = None
    change: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    approved: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    trailers: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z-]{0,60}$")], ...] = ("Reviewed-by",)
    machines: tuple[Known, ...] = ()
    persons: tuple[Known, ...] = ()

    @property
    def people(self) -> People:
        """Who counts as a person."""
        return People(frozenset(map(str.lower, self.machines)), frozenset(map(str.lower, self.persons)))

    @property
    def freezes(self) -> bool:
        """Whether they say when the code was frozen."""
        return bool(self.frozen_at or self.frozen_from)

    def check(self) -> None:
        """Refuse settings that contradict themselves.

        Raises:
            SettingsRefusal: The sentences say which.
        """
        errors: list[tuple[tuple[str | int, ...], str]] = []
        if self.frozen_at and self.frozen_from:
            errors.append((("frozen_from",), "give frozen_at or frozen_from, not both"))
        if self.frozen_at and read_moment(self.frozen_at, "UTC") is None:
            errors.append((("frozen_at",), f"{self.frozen_at[:60]!r} is no day and no time; write `2027-04-10T18:00`"))
        if self.guarded and not self.freezes:
            errors.append((("guarded",), "guarded needs the freeze: give frozen_at or frozen_from"))
        if self.change is not None and not (self.since or self.freezes):
            errors.append((("change",), "change needs the release before or the freeze: give since, or frozen_at"))
        if self.approved is not None and self.change is None:
            errors.append((("approved",), "approved needs the pattern of what names a change: give change"))
        if self.change is not None:
            try:
                pattern = compiled(self.change)
            except ValueError as error:
                errors.append((("change",), f"the pattern cannot be used: {error}"))
            else:
                if pattern.search(""):
                    errors.append((("change",), "the pattern fits an empty message, so every commit would fit"))
        for one in self.persons:
            if one.lower() in map(str.lower, self.machines):
                errors.append((("persons",), f"{one!r} is under machines too"))
        if errors:
            raise SettingsRefusal(errors)
