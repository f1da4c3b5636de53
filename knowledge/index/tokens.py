"""Cuts text and questions into index tokens, so that both sides of the word search agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from knowledge.script import spelled

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPEN, _CLOSE = r"[\[(〔【{「<〈《]", r"[\])〕】}」>〉》]"

_DOCUMENT_NUMBER = re.compile(
    rf"(?P<prefix>[{_HAN}a-z]{{0,24}})\s*{_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*年?\s*{_CLOSE}"
    r"\s*第?\s*(?P<number>\d{1,6})\s*号"
)
_CASE_NUMBER = re.compile(
    r"第?\s*(?P<prefix>[a-z]{0,4})-?(?P<number>\d{1,10})\s*号"
    r"|(?<![a-z0-9])(?P<bare_prefix>[a-z]{1,4})-?(?P<bare_number>\d{3,10})(?![a-z0-9])"
)
# Words that lead up to a document number in running text and are no part of its prefix.
_LEAD_IN = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|印发|转发|落实|执行|贯彻|废止|请问|关于|文件|文号|编号|通知"
    r"|意见|办法|规定|方案|以及|和|及|与|的|以|由|按|了|为|对|是|在|见|即|如|查|据|号)(?=.)"
)
_WORD = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:(?<=\d)[.,]\d+)*")


def fold(text: str) -> str:
    """Width, case and script folded to a fixpoint: folding folded text changes nothing.

    Characters nobody sees are gone: they would cut a word in two.
    """
    previous = None
    while text != previous:
        previous, text = text, spelled(unicodedata.normalize("NFKC", text).casefold())
    return text


def text_tokens(text: str) -> list[str]:
    """Tokens of a stored text in reading order, repeated words repeated.

    Runs of Han characters become bigrams (a run of one stays a single character), other
    words and numbers stay whole. 发文字号 and 案号 add an exact token each after their words:
    ``doc:国办发2021-29``, ``num:ta0423``, ``num:423``.
    """
    folded = fold(text)
    return [*_words(folded), *_numbers(folded)]


def query_tokens(text: str, phrases: Sequence[str] = ()) -> list[str]:
    """Distinct tokens of a question in order, after taking out what it is merely asked with.

    Args:
        text: the question as typed.
        phrases: folded phrases of low information, longest first (``question_phrases()``).
    """
    folded = fold(text)
    bare = folded
    for phrase in phrases:
        bare = bare.replace(phrase, " ")
    words = list(_words(bare)) or list(_words(folded))
    return list(dict.fromkeys([*words, *_numbers(folded)]))


@cache
def question_phrases() -> tuple[str, ...]:
    """The shipped list of question phrases, folded, longest first."""
    lines = (files("knowledge.index") / "question_phrases.txt").read_text("utf-8").splitlines()
    phrases = {fold(line.strip()) for line in lines if line.strip() and not line.startswith("#")}
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def joined(tokens: Iterable[str]) -> str:
    """Tokens as one string for an engine that cuts at white space."""
    return " ".join(tokens)


def _words(folded: str) -> Iterator[str]:
    for match in _WORD.finditer(folded):
        word = match.group()
        if match.lastgroup is None:
            yield word.replace(",", "")
        elif len(word) == 1:
            yield word
        else:
            yield from map("".join, pairwise(word))


def _numbers(folded: str) -> Iterator[str]:
    for match in _DOCUMENT_NUMBER.finditer(folded):
        prefix = _LEAD_IN.sub("", match["prefix"])
        yield f"doc:{prefix}{match['year']}-{int(match['number'])}"
    for match in _CASE_NUMBER.finditer(_DOCUMENT_NUMBER.sub(" ", folded)):
        prefix = match["prefix"] or match["bare_prefix"] or ""
        number = match["number"] or match["bare_number"]
        if prefix:
            yield f"num:{prefix}{number}"
        yield f"num:{int(number)}"
