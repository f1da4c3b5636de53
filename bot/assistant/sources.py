"""Opens a source that was shown: only to the person it was shown to, only while they may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from bot.assistant.messages import SourceView
from knowledge.domain.answers import Citation, PersonId
from knowledge.domain.library import PassageId
from knowledge.domain.search import Access
from knowledge.domain.text import Span
from knowledge.ports import Library


def opened_source(
    kept: Mapping[str, object] | None, *, person: PersonId, access: Access, library: Library
) -> SourceView | None:
    """The source with its passage, or None; absent and forbidden look the same."""
    if kept is None or kept["person"] != person:
        return None
    passages = library.passages([PassageId(cast("str", kept["passage"]))], access=access)
    if not passages:
        return None
    passage = passages[0]
    citation = Citation(
        marker=cast("int", kept["marker"]),
        document=passage.document,
        passage=passage.id,
        quote=cast("str", kept["quote"]),
        span=Span(cast("int", kept["start"]), cast("int", kept["end"])),
        heading_path=passage.heading_path,
    )
    return SourceView(citation, passage)
