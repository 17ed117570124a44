"""The parts of an install sheet, and how they look as plain text and as Markdown."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

_WIDTH = 100


@dataclass(frozen=True)
class Section:
    """A heading; ``lines`` to read, ``facts`` (name, value) to type in exactly, ``boxes`` to tick."""

    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    boxes: tuple[str, ...] = ()
    level: int = 2


def as_text(sections: Iterable[Section]) -> str:
    """Return the sheet for a terminal; a value stands on a line of its own, never broken."""
    return "\n\n".join("\n".join(_text(each)) for each in sections) + "\n"


def as_markdown(sections: Iterable[Section]) -> str:
    """Return the sheet as GitHub Flavored Markdown; values are code, so that nothing in them acts."""
    return "\n\n".join("\n\n".join(_markdown(each)) for each in sections) + "\n"


FORMATS: Mapping[str, Callable[[Iterable[Section]], str]] = {"text": as_text, "markdown": as_markdown}


def _text(section: Section) -> Iterator[str]:
    rule = {1: "=", 2: "-"}.get(section.level)
    yield section.title
    if rule:
        yield rule * len(section.title)
    for line in section.lines:
        yield from textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
    for name, value in section.facts:
        yield f"  {name}"
        yield f"      {value}"
    for line in section.boxes:
        yield from textwrap.wrap(line, _WIDTH, initial_indent="  [ ] ", subsequent_indent="      ")


def _markdown(section: Section) -> Iterator[str]:
    yield f"{'#' * section.level} {section.title}"
    yield from section.lines
    if section.facts:
        yield "\n".join(f"- {name}: `{value}`" for name, value in section.facts)
    if section.boxes:
        yield "\n".join(f"- [ ] {line}" for line in section.boxes)
