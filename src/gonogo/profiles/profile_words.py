"""What a profile says, in lines for a terminal and in Markdown for the reference."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.profiles.profile import Profile


def profile_lines(profile: Profile) -> Iterator[str]:
    """Yield what a person wants to know before a file is read by a profile."""
    yield f"{profile.reference}: {profile.title}"
    yield f"  tool         {profile.tool}"
    yield f"  one row      {profile.what}"
    if profile.save_as:
        yield f"  export it    {profile.save_as}"
    yield f"  formats      {', '.join(profile.formats)}"
    yield f"  when it held {profile.as_of}"
    yield "  columns that must be there"
    for column in profile.columns():
        if column.needed:
            yield f"    {_headings(column.headings)}"
    yield "  columns that may be there"
    for column in profile.columns():
        if not column.needed:
            yield f"    {_headings(column.headings)}"
    yield "  words, which `answers:` of a binding changes"
    for name, words in profile.words.items():
        yield f"    {name}: {words.meaning} {', '.join(words.usual) or 'Nobody but you knows.'}"
    yield "  facts"
    for each in profile.facts:
        for name, fact in each.facts.items():
            yield f"    {each.prefixes[0]}.{name}: {fact.get('meaning', '')}"
    for title, sentences in (
        ("questions that only a person can answer", profile.asks),
        ("not provable by it", profile.not_provable),
        ("traps", profile.traps),
        ("made from", profile.made_from),
    ):
        if sentences:
            yield f"  {title}"
            yield from (f"    - {sentence}" for sentence in sentences)


def binding_example(profile: Profile) -> list[str]:
    """Return a binding that names a profile, as YAML."""
    prefix = profile.facts[0].prefixes[0] if profile.facts else "defects"
    lines = [
        f"- id: {profile.name}",
        "  collector: table",
        f"  profile: {profile.reference}",
        f"  as: {prefix}",
        f"  path: evidence/{profile.name}-*.{profile.formats[0]}",
        "  pick: newest as_of",
        "  as_of:",
        f"    file_name: '{profile.name}-(\\d{{4}}-\\d{{2}}-\\d{{2}})\\.{profile.formats[0]}'",
        "  side: provider",
        "  producer: Harborline program office",
    ]
    return [*lines, "  handling: PII"] if profile.about_people else lines


def _headings(headings: tuple[str, ...]) -> str:
    also = f" (or {', '.join(headings[1:])})" if len(headings) > 1 else ""
    return f"{headings[0]}{also}"
