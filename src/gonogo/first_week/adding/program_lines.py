"""``gonogo.yaml`` as lines that are changed in one place each, with every comment and blank line kept. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.prose import plain, quoted

_UNCONFIRMED: Final = re.compile(r"^(\s+)confirmed:\s*(?:no|false)\s*(?:#.*)?$")
_BY_HAND: Final = "change it by hand; `gonogo lint` checks the file"


@dataclass(frozen=True, slots=True)
class ProgramLines:
    """The lines of a program file, without their ends.

    Attributes:
        lines: The lines.
        end: What ends each: a line feed, or carriage return and line feed.
    """

    lines: tuple[str, ...]
    end: str = "\n"

    @classmethod
    def of(cls, text: str) -> ProgramLines:
        """Return the lines of a text."""
        end = "\r\n" if "\r\n" in text else "\n"
        return cls(tuple(text.removesuffix(end).split(end)), end)

    @property
    def text(self) -> str:
        """The whole file."""
        return self.end.join(self.lines) + self.end

    def has(self, binding: str) -> bool:
        """Whether a line begins a binding with its id."""
        return self._begins(binding) is not None

    def _begins(self, binding: str) -> int | None:
        wanted = re.compile(rf"^\s*-\s+id:\s*[\"']?{re.escape(binding)}[\"']?\s*(?:#.*)?$")
        return next((number for number, line in enumerate(self.lines, 1) if wanted.match(line)), None)

    def line_of(self, binding: str) -> int:
        """Return the line on which a binding begins, from 1.

        Raises:
            UsageError: No line begins it with its id.
        """
        found = self._begins(binding)
        if found is None:
            raise UsageError(f"No line `- id: {binding}` begins the binding {binding}.", hint=_BY_HAND)
        return found

    def block(self, line: int) -> tuple[int, int]:
        """Return where a binding begins and ends, 0-based and half open, the comments right above it included.

        Args:
            line: Number of the line on which it begins, from 1.

        Raises:
            UsageError: It is not written as ``- id: …`` on lines of its own.
        """
        first = line - 1
        head = self.lines[first]
        depth = len(head) - len(head.lstrip())
        if not head.lstrip().startswith("- ") or head.lstrip().startswith("- {"):
            raise UsageError(f"The binding in line {line} is written on one line.", hint=_BY_HAND)
        end = first + 1
        while end < len(self.lines) and (_inside(self.lines[end], depth) or not self.lines[end].strip()):
            end += 1
        while not self.lines[end - 1].strip():
            end -= 1
        start = first
        while start and self.lines[start - 1].strip().startswith("#") and _depth(self.lines[start - 1]) == depth:
            start -= 1
        return start, end

    def replaced(self, start: int, end: int, new: Sequence[str]) -> ProgramLines:
        """Return the file with other lines in place of some."""
        return ProgramLines((*self.lines[:start], *new, *self.lines[end:]), self.end)

    def with_binding(self, new: Sequence[str], last: int | None) -> ProgramLines:
        """Return the file with one more binding, below the last one.

        Args:
            new: Its lines, its comments first.
            last: Line on which the last binding of the file begins, from 1; None where it has none.

        Raises:
            UsageError: The list of bindings is written on one line.
        """
        if last is not None:
            _, end = self.block(last)
            depth = _depth(self.lines[last - 1])
            shift = [line[2:] if depth == 0 and line.startswith("  ") else line for line in new]
            return self.replaced(end, end, ["", *shift])
        for index, line in enumerate(self.lines):
            if line.startswith("evidence:"):
                rest = line.removeprefix("evidence:").partition("#")[0].strip()
                if rest not in ("", "[]"):
                    raise UsageError("The list of bindings is written on one line.", hint=_BY_HAND)
                return self.replaced(index, index + 1, ["evidence:", *new, ""])
        return ProgramLines((*self.lines, "", "evidence:", *new), self.end)

    def confirmed(self, line: int, note: str) -> ProgramLines:
        """Return the file with a binding confirmed, and a comment who did it in place of the mark.

        Raises:
            UsageError: Its mark is not on a line of its own.
        """
        start, end = self.block(line)
        for index in range(start, end):
            if mark := _UNCONFIRMED.match(self.lines[index]):
                return self.replaced(index, index + 1, [f"{mark[1]}# {plain(note)}"])
        raise UsageError(f"The binding in line {line} has no line `confirmed: no`.", hint=_BY_HAND)

    def unconfirmed(self, line: int) -> ProgramLines:
        """Return the file with a binding that waits for a person again."""
        start, end = self.block(line)
        if any(_UNCONFIRMED.match(text) for text in self.lines[start:end]):
            return self
        pad = " " * (_depth(self.lines[line - 1]) + 2)
        return self.replaced(line, line, [f"{pad}confirmed: no   # nothing is read until a person has checked this"])

    def asking(self, line: int, question: str) -> ProgramLines:
        """Return the file with one more question above a binding."""
        pad = " " * _depth(self.lines[line - 1])
        return self.replaced(line - 1, line - 1, [f"{pad}# ask: {plain(question, most=600)}"])

    def with_path(self, line: int, old: str, new: str, *, pick: bool) -> ProgramLines:
        """Return the file with another path in a binding.

        Args:
            line: Line on which the binding begins.
            old: The path that is there.
            new: The path or pattern in its place.
            pick: Whether the newest of several matches counts.

        Raises:
            UsageError: The path does not stand on one line.
        """
        _, end = self.block(line)
        for index in range(line - 1, end):
            text = self.lines[index]
            if old in text and not text.lstrip().startswith("#"):
                picks = any(each.strip().startswith("pick:") for each in self.lines[line - 1 : end])
                pad = " " * _depth(text)
                also = [f"{pad}pick: newest as_of"] if pick and not picks else []
                return self.replaced(index, index + 1, [text.replace(old, new, 1), *also])
        raise UsageError(f"The path {old} does not stand on a line of its own.", hint=_BY_HAND)

    def with_next(self, line: int, path: str, new: str) -> ProgramLines:
        """Return the file with one more path in a list of a binding, below another one that has a line of its own."""
        for index in range(line - 1, self.block(line)[1]):
            if self.lines[index].strip().strip("- ").strip("\"'") == path:
                return self.replaced(index + 1, index + 1, [self.lines[index].replace(path, new, 1)])
        raise UsageError(f"The path {path} does not stand on a line of its own.", hint=_BY_HAND)

    def with_line(self, line: int, key: str, value: str) -> ProgramLines:
        """Return the file with another value of a key of a binding, which stands on one line.

        Raises:
            UsageError: The key has no line of its own.
        """
        _, end = self.block(line)
        wanted = re.compile(rf"^(\s+){re.escape(key)}:")
        for index in range(line - 1, end):
            if found := wanted.match(self.lines[index]):
                return self.replaced(index, index + 1, [f"{found[1]}{key}: {value}"])
        raise UsageError(f"The binding in line {line} has no line `{key}:`.", hint=_BY_HAND)

    def with_setting(self, line: int, key: str, value: str) -> ProgramLines:
        """Return the file with another value of an outermost setting of a binding, in flow style.

        Raises:
            UsageError: The settings are written on one line, or this one on several.
        """
        _, end = self.block(line)
        depth = _depth(self.lines[line - 1]) + 2
        heads = [at for at in range(line - 1, end) if self.lines[at].startswith(f"{' ' * depth}settings:")]
        if not heads:
            return self.replaced(end, end, [f"{' ' * depth}settings:", f"{' ' * (depth + 2)}{key}: {value}"])
        if self.lines[heads[0]].partition("settings:")[2].partition("#")[0].strip():
            raise UsageError(f"The settings of the binding in line {line} are written on one line.", hint=_BY_HAND)
        pad = " " * (depth + 2)
        for at in range(heads[0] + 1, end):
            if self.lines[at].startswith(f"{pad}{key}:"):
                if at + 1 < end and _inside(self.lines[at + 1], depth + 2):
                    raise UsageError(f"The setting {key} is written on several lines.", hint=_BY_HAND)
                return self.replaced(at, at + 1, [f"{pad}{key}: {value}"])
        return self.replaced(heads[0] + 1, heads[0] + 1, [f"{pad}{key}: {value}"])

    def noted(self, note: str) -> ProgramLines:
        """Return the file with a comment above the list of bindings, where no change of a binding takes it away."""
        heads = (at for at, line in enumerate(self.lines) if line.startswith("evidence:"))
        at = next(heads, len(self.lines))
        return self.replaced(at, at, [f"# {plain(note, most=600)}"])

    def without_line(self, line: int, key: str) -> ProgramLines:
        """Return the file without the line of a key of a binding.

        Raises:
            UsageError: The key has no line of its own.
        """
        _, end = self.block(line)
        for index in range(line - 1, end):
            if self.lines[index].strip().startswith(f"{key}:"):
                return self.replaced(index, index + 1, [])
        raise UsageError(f"The binding in line {line} has no line `{key}:`.", hint=_BY_HAND)

    def without_binding(self, line: int) -> ProgramLines:
        """Return the file without a binding and the comments above it."""
        start, end = self.block(line)
        if end < len(self.lines) and not self.lines[end].strip():
            end += 1
        return self.replaced(start, end, [])._with_a_list()

    def _with_a_list(self) -> ProgramLines:
        """Return the file with an empty list of bindings written out: a key with nothing below it is no list."""
        for index, line in enumerate(self.lines):
            if line.startswith("evidence:") and not line.removeprefix("evidence:").partition("#")[0].strip():
                below = itertools.takewhile(lambda text: not text[:1].isalpha(), self.lines[index + 1 :])
                if not any(text.lstrip().startswith("- ") for text in below):
                    return self.replaced(index, index + 1, [line.replace("evidence:", "evidence: []", 1)])
        return self

    def without_questions(self, line: int) -> ProgramLines:
        """Return the file without the questions above a binding that somebody has answered."""
        start, end = self.block(line)
        kept: list[str] = []
        asking = False
        for text in self.lines[start : line - 1]:
            asking = text.strip().startswith("# ask: ") or (asking and text.strip().startswith("#   "))
            if not asking:
                kept.append(text)
        return self.replaced(start, end, [*kept, *self.lines[line - 1 : end]])

    def with_authority(self, facts: Sequence[str], binding: str) -> ProgramLines:
        """Return the file with one binding that settles some facts which several answer.

        Raises:
            UsageError: The list is written on one line.
        """
        entries = {fact: f"{fact}: {binding}" for fact in facts}
        head = next((at for at, line in enumerate(self.lines) if line.startswith("authority:")), None)
        if head is None:
            lines = ["", "# Which binding counts where several answer.", "authority:"]
            return ProgramLines((*self.lines, *lines, *(f"  {each}" for each in entries.values())), self.end)
        if self.lines[head].removeprefix("authority:").partition("#")[0].strip():
            raise UsageError("`authority` is written on one line.", hint=_BY_HAND)
        end = head + 1
        while end < len(self.lines) and _inside(self.lines[end], 0):
            end += 1
        kept = [line for line in self.lines[head + 1 : end] if line.split(":")[0].strip() not in entries]
        return self.replaced(head + 1, end, [*kept, *(f"  {each}" for each in entries.values())])

    def without_authority(self, binding: str) -> ProgramLines:
        """Return the file in which a binding settles no fact any more."""
        head = next((at for at, line in enumerate(self.lines) if line.startswith("authority:")), None)
        if head is None:
            return self
        end = head + 1
        while end < len(self.lines) and _inside(self.lines[end], 0):
            end += 1
        gone = re.compile(rf"^\s+\S+:\s*[\"']?{re.escape(binding)}[\"']?\s*(?:#.*)?$")
        kept = [line for line in self.lines[head + 1 : end] if not gone.match(line)]
        return self.replaced(head if not kept else head + 1, end, kept)

    def not_evidence(self, path: str, reason: str) -> ProgramLines:
        """Return the file with one more file that is no evidence; as it is where it is listed already.

        Raises:
            UsageError: The list is written on one line.
        """
        entry = f"{quoted(path)}: {quoted(reason)}"
        if any(line.strip().startswith(f"{quoted(path)}: ") for line in self.lines):
            return self
        for index, line in enumerate(self.lines):
            if line.startswith("not_evidence:"):
                if line.removeprefix("not_evidence:").partition("#")[0].strip():
                    raise UsageError("`not_evidence` is written on one line.", hint=_BY_HAND)
                below = self.lines[index + 1] if index + 1 < len(self.lines) else ""
                pad = " " * (_depth(below) or 2)
                return self.replaced(index + 1, index + 1, [f"{pad}{entry}"])
        return ProgramLines((*self.lines, "", "not_evidence:", f"  {entry}"), self.end)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _inside(line: str, depth: int) -> bool:
    """Whether a line belongs to an item that begins at some depth."""
    return bool(line.strip()) and _depth(line) > depth
