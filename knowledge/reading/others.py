"""Documents of no known kind still have a title line, citations and passages."""

from __future__ import annotations

from knowledge.domain.documents import DocumentKind, OtherFields, ParsedDocument
from knowledge.reading.citations import find_policies
from knowledge.reading.passages import cut
from knowledge.reading.source import Source
from knowledge.reading.structure import section_tree


def read_other(source: Source, start: int, end: int) -> ParsedDocument:
    """First line as title; sections, citations and passages as for any text."""
    lines = source.lines_in(start, end)
    title = source.literal(lines[0].start, lines[0].end) if lines else None
    body = lines[1].start if len(lines) > 1 else end
    sections = section_tree(source, body, end)
    policies, warnings = find_policies(source, start, end)
    return ParsedDocument(
        DocumentKind.OTHER,
        source.span(start, end),
        OtherFields(title),
        sections,
        policies,
        cut(source, start, end, sections),
        warnings,
    )
