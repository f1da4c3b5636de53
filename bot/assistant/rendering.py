"""An answer as plain text: head lines from the record, quotes as they stand, markers in place."""

from __future__ import annotations

import re
from typing import Final

from bot.catalogues import Catalogue
from knowledge.domain.answers import Answer, AnswerItem, Citation
from knowledge.domain.documents import DocumentKind
from knowledge.domain.library import DocumentCard, Provenance
from knowledge.domain.text import legible

_BLANKS: Final = re.compile(r"\s*\n\s*|[ \t\u3000]{2,}")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,}(?![A-Za-z0-9])")


def language_of(text: str, default: str) -> str:
    """The language a question is asked in: its answer is framed in the same."""
    if _HAN.search(text):
        return "zh-CN"
    return "en" if _LATIN_WORD.search(text) else default


def head_line(card: DocumentCard, catalogue: Catalogue, *, result_class: str | None = None) -> str:
    """Title, unit, number, date and class of a document, samples marked."""
    parts = [
        card.unit,
        card.document_number,
        _case(card, catalogue),
        card.date.isoformat() if card.date else None,
        _class(card.result_class or result_class, catalogue),
        _policy_status(card, catalogue),
    ]
    facts = " · ".join(part for part in parts if part)
    sample = catalogue.text("answers.sample") if card.provenance is Provenance.SAMPLE else ""
    title = catalogue.text("answers.title", title=nested(card.title))
    return f"{sample}{title}" + (f"\n{facts}" if facts else "")


def nested(title: str) -> str:
    """A title fit to stand inside 《》: marks inside it become 〈〉 (GB/T 15834)."""
    return display(title).replace("《", "〈").replace("》", "〉")


def _case(card: DocumentCard, catalogue: Catalogue) -> str | None:
    if not card.case_number:
        return None
    return catalogue.text("answers.case_number", number=card.case_number)


def _class(result_class: str | None, catalogue: Catalogue) -> str | None:
    if not result_class or len(result_class) > 1:
        return result_class
    return catalogue.text("answers.result_class", letter=result_class)


def _policy_status(card: DocumentCard, catalogue: Catalogue) -> str | None:
    key = f"answers.policy_{card.policy_status}"
    if card.kind is not DocumentKind.POLICY or not catalogue.has(key):
        return None
    return catalogue.text(key)


def display(quote: str) -> str:
    """A quote on one line: page breaks closed, layout blanks reduced; no character added.

    Characters nobody sees are left out: what is read aloud or copied is what is seen.
    """
    shown = legible(quote)
    return _BLANKS.sub(lambda blank: "" if "\n" in blank.group() else " ", shown).strip()


def quote_line(citation: Citation, catalogue: Catalogue) -> str:
    """One quote behind its marker."""
    return catalogue.text("answers.quote", marker=citation.marker, quote=display(citation.quote))


def answer_text(answer: Answer, catalogue: Catalogue) -> str:
    """The whole answer as plain text."""
    details = {name: nested(value) for name, value in answer.details.items()}
    lead = catalogue.text(
        answer.template, count=len(answer.items), nearest=len(answer.nearest), **details
    )
    blocks = [lead]
    blocks += [_block(number, item, catalogue) for number, item in enumerate(answer.items, 1)]
    blocks += ["\n".join(f"· {head_line(c, catalogue)}" for c in answer.nearest)]
    return "\n\n".join(block for block in blocks if block)


def _block(number: int, item: AnswerItem, catalogue: Catalogue) -> str:
    head = head_line(item.document, catalogue, result_class=item.result_class)
    lines = [f"{number}. {head}"]
    lines += [quote_line(citation, catalogue) for citation in item.citations]
    return "\n".join(lines)
