"""How the indexes differ from the library, in the figures ``dafu doctor`` shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from knowledge.domain.library import PassageId
from knowledge.domain.search import Access
from knowledge.errors import IndexUnavailable
from knowledge.ports import ChangeLog, DenseIndex, LexicalIndex, PassageSource, VectorStore

_SAMPLE = 64
_SAME = 0.999
_EVERYTHING = Access(restricted=True)


class IndexedLibrary(ChangeLog, PassageSource, Protocol):
    """What the indexes are made from and checked against."""


@dataclass(frozen=True, slots=True)
class Health:
    """Compares the indexes with SQL, and the vector graph with itself."""

    library: IndexedLibrary
    vectors: VectorStore

    def report(
        self, lexical: LexicalIndex, dense: DenseIndex | None, model: str | None
    ) -> dict[str, object]:
        """Both indexes, or the word index alone.

        Returns:
            ``{"ok", "revision", "passages", "lexical", "dense"}``; each index as
            ``{"ok", "state", "seq", "passages", "missing", "extra"}`` with ``state`` one of
            ``ok``, ``behind`` (will catch up), ``damaged`` (needs ``dafu reindex``) and
            ``unavailable``; ``dense`` also has ``model``, ``without_vector``, ``unfindable``.
        """
        expected = self.library.active_passage_ids()
        words = self._compared(lexical, expected)
        meanings = None
        if dense is not None and model is not None:
            meanings = self._compared(dense, expected) | {
                "model": model,
                "without_vector": self.vectors.missing(model),
            }
            if meanings["ok"] is True and (lost := self._unfindable(dense, model)):
                meanings |= {"ok": False, "state": "damaged", "unfindable": lost}
        return {
            "ok": words["ok"] is True and (meanings is None or meanings["ok"] is True),
            "revision": self.library.revision(),
            "passages": len(expected),
            "lexical": words,
            "dense": meanings,
        }

    def _compared(
        self, index: LexicalIndex | DenseIndex, expected: set[PassageId]
    ) -> dict[str, object]:
        try:
            seq, ids, store = index.applied_seq(), index.passage_ids(), index.store_id()
        except IndexUnavailable as error:
            return {"ok": False, "state": "unavailable", "code": error.code}
        missing, extra = len(expected - ids), len(ids - expected)
        state = "damaged" if missing or extra else "ok"
        if seq != self.library.revision() or store != self.library.store_id():
            state = "behind"
        return {
            "ok": state == "ok",
            "state": state,
            "seq": seq,
            "passages": len(ids),
            "missing": missing,
            "extra": extra,
        }

    def _unfindable(self, dense: DenseIndex, model: str) -> int:
        """How many of a sample are not found by their own vector: a spoiled graph loses many."""
        ids = sorted(dense.passage_ids())
        sample = self.library.passages(ids[:: len(ids) // _SAMPLE + 1], access=_EVERYTHING)
        return sum(
            not any(hit.score >= _SAME for hit in dense.search(vector, access=_EVERYTHING, limit=1))
            for vector in self.vectors.vectors(model, sample).values()
        )
