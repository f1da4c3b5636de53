"""How an index differs from the library, in the figures ``dafu doctor`` shows."""

from __future__ import annotations

from knowledge.domain.library import PassageId
from knowledge.errors import IndexUnavailable
from knowledge.ports import DenseIndex, LexicalIndex


def examined(
    index: LexicalIndex | DenseIndex, expected: set[PassageId], revision: int, store: str
) -> dict[str, object]:
    """Compares an index with the ids SQL holds.

    Returns:
        ``{"ok", "state", "seq", "passages", "missing", "extra"}``; ``state`` is ``ok``,
        ``behind`` (will catch up), ``damaged`` (needs ``dafu reindex``) or ``unavailable``.
    """
    try:
        seq, ids, made_from = index.applied_seq(), index.passage_ids(), index.store_id()
    except IndexUnavailable as error:
        return {"ok": False, "state": "unavailable", "code": error.code}
    missing, extra = len(expected - ids), len(ids - expected)
    state = "ok"
    if seq != revision or made_from != store:
        state = "behind"
    elif missing or extra:
        state = "damaged"
    return {
        "ok": state == "ok",
        "state": state,
        "seq": seq,
        "passages": len(ids),
        "missing": missing,
        "extra": extra,
    }
