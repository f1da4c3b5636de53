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


_HARDSHIP: Final = re.compile(r"[\u4e00-\u9fff]{2}难")
"""停车难, 上学难: the trouble is worded freely, the thing is not."""
_ASKING: Final = re.compile(r"几|多[少长久大高远快]")
"""Openings of words that ask for an amount and name nothing."""
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
_FOREIGN_WEIGHT: Final = 0.9
"""An English word the glossary lacks: it may be the subject, or only the way of asking."""
_FOREIGN_BESIDE: Final = 0.3
"""The same beside Chinese words, which carry the question."""
_ACT_SHARE: Final = 0.7
"""A verb or adjective weighs this share of its information: letters word it otherwise."""
_GENERIC_SHARE: Final = 0.3
"""A word every letter uses weighs this share of its information."""


@dataclass(frozen=True, slots=True)
class Term:
    """One idea of a question.

    Attributes:
        alternatives: its own word first, then what else it is called.
        weight: how much it tells about the subject, roughly 0.05 to 1.8.
        place: whether it names a place.
    """

    alternatives: tuple[str, ...]
    weight: float
    place: bool = False

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
        self._kinds = _Kinds()

    def terms(self, text: str) -> tuple[Term, ...]:
        """Content terms in the order they appear, each once."""
        found: dict[str, Term] = {}
        foreign = _FOREIGN_BESIDE if _HAN.search(text) else _FOREIGN_WEIGHT
        for term in (*self._chinese(text), *self._english(text, foreign)):
            found.setdefault(term.alternatives[0], term)
        return tuple(found.values())

    def _chinese(self, text: str) -> Iterable[Term]:
        if not _HAN.search(text):
            return
        for word in self._jieba().lcut(text):
            if word in self._words.stop or not _HAN.search(word):
                continue
            if len(word) > 1 and not _ASKING.match(word):
                yield self._term(word)

    def _term(self, word: str) -> Term:
        others = self._words.synonyms.get(word, ())
        if _HARDSHIP.fullmatch(word):
            others = (word[:-1], *self._words.synonyms.get(word[:-1], ()))
        weight = max(self._information(word), 0.02)
        place = self._names_place(word)
        if place and len(word) > _SHORT_PLACE:
            others = (*others, word[:-1])
        return Term((word, *others), weight, place)

    def _names_place(self, word: str) -> bool:
        self._jieba()
        return word in self._kinds.places or _PLACE.fullmatch(word) is not None

    def _information(self, word: str) -> float:
        tokenizer = self._jieba()
        if self._names_place(word):
            return _PLACE_WEIGHT
        frequency = tokenizer.FREQ.get(word, 0)
        nats = _RARE
        if frequency:
            nats = min(_RARE, math.log(tokenizer.total / frequency))
        weight = (max(0.0, nats - _COMMON) / 6.0) ** 2
        if word in self._words.generic:
            return weight * _GENERIC_SHARE
        return weight * (_ACT_SHARE if word in self._kinds.acts else 1.0)

    def _english(self, text: str, foreign: float) -> Iterable[Term]:
        """Latin words: the glossary's Chinese where it knows them, else the word itself."""
        for phrase in self._phrases([w.lower() for w in _LATIN.findall(text)]):
            chinese = self._glossary(phrase)
            if phrase.isdecimal():
                yield from self._figure(phrase)
            elif chinese:
                for word in chinese:
                    yield self._term(word)
            else:
                yield Term((phrase, phrase.upper()), foreign)

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
            self._kinds = _kinds_of(tokenizer)
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


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What jieba's dictionary says of words: which name places, which only act or describe."""

    places: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()


def _kinds_of(tokenizer: _Tokenizer) -> _Kinds:
    """Read the dictionary's part-of-speech column; lines are ``word frequency tag``."""
    with tokenizer.get_dict_file() as file:
        lines = file.read().decode().split("\n")
    places = (line.split(" ", 1)[0] for line in lines if line.endswith(" ns"))
    acts = (line.split(" ", 1)[0] for line in lines if line.endswith(_ACTS))
    return _Kinds(frozenset(w for w in places if len(w) >= _SHORT_PLACE), frozenset(acts))


_ACTS: Final = (" v", " d", " ad", " a", " p", " c", " r", " m", " q", " f", " t", " i", " l")
"""Tags of words that do or describe something; things are what questions are about."""


def coverage(terms: Sequence[Term], text: str) -> float:
    """Share of the question's weight that ``text`` holds, 0..1; 0 without terms."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * _share(term, text) for term in terms) / total


def _share(term: Term, text: str) -> float:
    if not term.alternatives[0].isascii():
        return term.share_in(text)
    return max(term.share_in(text), term.share_in(text.casefold()))
