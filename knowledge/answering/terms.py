"""What a question is about: its content words, what else they are called, how much each tells."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol, cast


class _Tokenizer(Protocol):
    """The little of jieba that is used; the package has no types."""

    FREQ: dict[str, int]
    total: int
    tmp_dir: str | None

    def initialize(self) -> None: ...
    def get_dict_file(self) -> IO[bytes]: ...
    def lcut(self, sentence: str) -> list[str]: ...
    def add_word(self, word: str, freq: int) -> None: ...


_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9\-+.]*")
_RARE: Final = 13.0
"""Information (nats) at which a word counts as rare; unknown words get this much."""
_COMMON: Final = 5.0
"""Information (nats) of a word too common to tell anything."""
_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{2,}[省市县区州旗镇乡村]")
_PLACE_WEIGHT: Final = 1.5
"""An answer about another place is no answer, however common the place's name."""
_SHORT_PLACE: Final = 2
_YEAR_DIGITS: Final = 4
_FIGURE_WEIGHT: Final = 0.6
_GENERIC_SHARE: Final = 0.3
"""A word every letter uses weighs this share of its information."""


@dataclass(frozen=True, slots=True)
class Term:
    """One idea of a question.

    Attributes:
        alternatives: its own word first, then what else it is called.
        weight: how much it tells about the subject, roughly 0.05 to 1.8.
    """

    alternatives: tuple[str, ...]
    weight: float

    def share_in(self, text: str) -> float:
        """How much of the idea ``text`` holds: 1 for any of its words, less for parts."""
        if any(word in text for word in self.alternatives):
            return 1.0
        word = self.alternatives[0]
        if len(word) < _SPLITTABLE or not _HAN.match(word):
            return 0.0
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        return 0.7 * sum(pair in text for pair in pairs) / len(pairs)


_SPLITTABLE: Final = 4


@dataclass(frozen=True, slots=True)
class Words:
    """The field's words (knowledge/rules/words.toml), ready for look-up."""

    synonyms: Mapping[str, tuple[str, ...]]
    generic: frozenset[str]
    stop: frozenset[str]
    english: Mapping[str, tuple[str, ...]]
    english_stop: frozenset[str]

    @staticmethod
    def of(rules: Mapping[str, object]) -> Words:
        """Read the tables of words.toml."""
        groups = cast("list[list[str]]", rules["synonyms"])
        english = cast("dict[str, list[str]]", rules["english"])
        stop = cast("dict[str, list[str]]", rules["english_stop"])
        return Words(
            synonyms={w: tuple(o for o in group if o != w) for group in groups for w in group},
            generic=frozenset(cast("list[str]", rules["generic"])),
            stop=frozenset(cast("list[str]", rules["stop"])),
            english={key: tuple(values) for key, values in english.items()},
            english_stop=frozenset(stop["words"]),
        )


class TermReader:
    """Splits questions into weighted terms with jieba's words and background frequencies."""

    def __init__(self, words: Words, *, cache: Path | None = None) -> None:
        """Take the field's words; ``cache`` is a folder for jieba's prepared dictionary."""
        self._words = words
        self._cache = cache
        self._tokenizer: _Tokenizer | None = None
        self._places: frozenset[str] = frozenset()

    def terms(self, text: str) -> tuple[Term, ...]:
        """Content terms in the order they appear, each once."""
        found: dict[str, Term] = {}
        for term in (*self._chinese(text), *self._english(text)):
            found.setdefault(term.alternatives[0], term)
        return tuple(found.values())

    def _chinese(self, text: str) -> Iterable[Term]:
        if not _HAN.search(text):
            return
        for word in self._jieba().lcut(text):
            if word in self._words.stop or not _HAN.search(word):
                continue
            if len(word) > 1:
                yield self._term(word)

    def _term(self, word: str) -> Term:
        others = self._words.synonyms.get(word, ())
        if word in self._places and len(word) > _SHORT_PLACE:
            others = (*others, word[:-1])
        return Term((word, *others), max(self._information(word), 0.02))

    def _information(self, word: str) -> float:
        tokenizer = self._jieba()
        if word in self._places or _PLACE.fullmatch(word):
            return _PLACE_WEIGHT
        frequency = tokenizer.FREQ.get(word, 0)
        nats = _RARE
        if frequency:
            nats = min(_RARE, math.log(tokenizer.total / frequency))
        weight = (max(0.0, nats - _COMMON) / 6.0) ** 2
        return weight * (_GENERIC_SHARE if word in self._words.generic else 1.0)

    def _english(self, text: str) -> Iterable[Term]:
        """Latin words: the glossary's Chinese where it knows them, else the word itself."""
        for phrase in self._phrases([w.lower() for w in _LATIN.findall(text)]):
            chinese = self._glossary(phrase)
            if phrase.isdecimal():
                yield from self._figure(phrase)
            elif chinese:
                for word in chinese:
                    yield self._term(word)
            else:
                yield Term((phrase, phrase.upper()), self._information(phrase))

    def _figure(self, digits: str) -> Iterable[Term]:
        """A year tells something; day and month figures occur everywhere."""
        if len(digits) >= _YEAR_DIGITS:
            yield Term((digits,), _FIGURE_WEIGHT)

    def _phrases(self, words: Sequence[str]) -> Iterable[str]:
        """Longest glossary phrases first; stop words dropped."""
        position = 0
        while position < len(words):
            size = next(
                (n for n in (3, 2) if self._glossary(" ".join(words[position : position + n]))), 1
            )
            phrase = " ".join(words[position : position + size])
            if size > 1 or phrase not in self._words.english_stop:
                yield phrase
            position += size

    def _glossary(self, phrase: str) -> tuple[str, ...]:
        for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es")):
            if form in self._words.english:
                return self._words.english[form]
        return ()

    def _jieba(self) -> _Tokenizer:
        if self._tokenizer is None:
            tokenizer = _prepare_jieba(self._words, self._cache)
            self._places = _known_places(tokenizer)
            self._tokenizer = tokenizer
        return self._tokenizer


def _prepare_jieba(words: Words, cache: Path | None) -> _Tokenizer:
    import jieba

    logging.getLogger("jieba").setLevel(logging.WARNING)
    tokenizer = cast("_Tokenizer", jieba.Tokenizer())
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(cache)
    tokenizer.initialize()
    for word in words.synonyms:
        if word not in tokenizer.FREQ:
            tokenizer.add_word(word, freq=50)
    return tokenizer


def _known_places(tokenizer: _Tokenizer) -> frozenset[str]:
    """Words that jieba's dictionary marks as places, two characters and more."""
    with tokenizer.get_dict_file() as lines:
        names = (line.split(b" ", 1)[0].decode() for line in lines if line.endswith(b" ns\n"))
        return frozenset(name for name in names if len(name) >= _SHORT_PLACE)


def coverage(terms: Sequence[Term], text: str) -> float:
    """Share of the question's weight that ``text`` holds, 0..1; 0 without terms."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    folded = text.casefold() if any(t.alternatives[0].isascii() for t in terms) else text
    return (
        sum(term.weight * max(term.share_in(text), term.share_in(folded)) for term in terms) / total
    )
