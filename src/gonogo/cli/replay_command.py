"""``gonogo replay``: Judge recorded runs again, by their own ruleset or by another."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli import options


@click.command(name="replay")
@click.argument("words", metavar="[PROGRAM] [RUN]", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Judge every run of the log that reached a verdict; give no RUN.")
@click.option("--ruleset", metavar="REF", help="Judge by this ruleset (name@version or path) and say what changes.")
@options.answer_option
def command(words: tuple[str, ...], every: bool, ruleset: str | None, outputs: tuple[str, ...]) -> int:
    """Judge a recorded run again with both evaluators, from the log alone, and compare the digests.

    PROGRAM is a program's folder, or that of a log; the current folder by default. RUN is the id of a run, the
    beginning of it, or `last`. The log is never written. Each run says how deep it went: from kept bytes, from recorded
    facts, or record only.

    Exits 0 if every run came out as recorded, 1 if one did not, 4 if one could not be judged again, 5 if the log is
    broken.

    \b
    Example: gonogo replay our-program last
    """
    from gonogo.cli.text_or_json import answer, answer_targets
    from gonogo.workflow.replay_words import document_of, exit_code, lines, summary
    from gonogo.workflow.replaying import replayed

    place, run = _meant(words, every=every)
    wanted = answer_targets(outputs, place)
    found, rules = replayed(place, wanted=[run] if run else [], ruleset=ruleset)
    answer(
        wanted,
        place,
        lambda: [*(line for each in found for line in lines(each, rules=rules)), summary(found, rules=rules)],
        lambda: document_of(found, rules=rules),
    )
    return exit_code(found, rules=rules)


def _meant(words: tuple[str, ...], *, every: bool) -> tuple[Path, str]:
    """Return the place of the log, and the run; no run for all. The two may be typed in either order."""
    from gonogo.errors import UsageError

    places = [word for word in words if Path(word).exists()]
    others = [word for word in words if word not in places]
    if every and not others and len(words) < 2:
        return Path(*words), ""
    if every:
        raise UsageError("--all takes a program and no RUN.", hint="write `gonogo replay PROGRAM --all`")
    if len(others) > 1 or len(words) > 2:
        raise UsageError(f"There is no {others[0] if others else words[0]}.", hint="write `gonogo replay PROGRAM RUN`")
    if not others:
        raise UsageError("No run is named.", hint="`last` is the last one; `--all` judges every one again")
    return Path(*places), others[0]
