"""Which choice of a form is ticked: ☑ √ ✓ ■ ● or an HTML box (domain.md 1.0, 3)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(
    r"(?P<on><input[^>]*\bchecked\b[^>]*>|[☑☒🗹✅√✓✔■●◉⦿]|\(\s*(?:√|✓|✔|●|■|☑)\s*\)"
    r"|〔\s*(?:√|✓|✔|x|X|■)\s*〕)"
    # Handwriting that a scanner renders as V (domain.md 3).
    r"|(?P<doubtful>\(\s*[Vv]\s*\)|〔\s*[Vv]\s*〕|(?<=[类意\s])[Vv](?=[\s)|]|$))"
    r"|(?P<off><input[^>]*>|[□☐▢○◯]|\(\s*\)|〔\s*〕)"
)
# 在相应栏内打“√”, 请在□内划√ tell how to tick and tick nothing.
_INSTRUCTION = re.compile(
    r"(?:打|划|画|勾选?|用|以|标注?)\s*[“\"'‘(〔]{0,2}\s*[√✓✔☑■Vv●]\s*[”\"'’)〕]{0,2}"
    r"|[“\"‘']\s*[√✓✔☑■Vv]\s*[”\"’']|在?[“\"]?[□☐○][”\"]?\s*(?:内|中|里|上)"
)
_RESULT = (
    r"[\u4e00-\u9fff、,/.]{0,16}(?:解决|采纳|列入|计划|规划|参考|落实)[\u4e00-\u9fff、,/]{0,16}"
)
_GAP = re.compile(rf"[\s|*类:()、.]*(?:\(?{_RESULT}\)?[\s|]*)?")
"""What may stand between a box and its words; a box behind other words is theirs."""
_RULE = re.compile(r"[\t|]")
_ROWS = 8
_COSTS = {"\n": 20, "\t": 5, "|": 5}


@dataclass(frozen=True, slots=True)
class Choice:
    """A ticked choice: its words and offsets; ``sure`` is False for a tick read as a letter."""

    text: str
    start: int
    end: int
    sure: bool = True


def ticked(text: str, start: int, end: int, choices: re.Pattern[str]) -> Choice | None:
    """The one choice of a stretch that is ticked; None when none or several are."""
    found = all_ticked(text, start, end, choices)
    return found[0] if len({choice.text for choice in found}) == 1 else None


def all_ticked(text: str, start: int, end: int, choices: re.Pattern[str]) -> list[Choice]:
    """All ticked choices of a stretch, in order.

    Boxes stand before their words or behind them, whichever most boxes are closer to; under
    a row of choices a tick belongs to the choice of its column.
    """
    marks = list(_marks(text, start, end))
    words = list(choices.finditer(text, start, end))
    on = [mark for mark in marks if mark["off"] is None]
    if not on or not words:
        return []
    if len(marks) == 1 and _between(text, marks[0], words):
        return _both(text, marks[0], words)
    before = _before(text, marks, words)
    found: dict[tuple[int, int], Choice] = {}
    for mark in on:
        word = _above(text, start, mark, words) or _neighbour(text, mark, words, before=before)
        if word is not None:
            choice = Choice(word.group(), *word.span(), sure=mark["doubtful"] is None)
            found.setdefault(word.span(), choice)
    return [found[at] for at in sorted(found)]


def _between(text: str, mark: re.Match[str], words: list[re.Match[str]]) -> bool:
    """Whether a lone tick stands as close to the word before as to the one behind it.

    In a row of cells it has a cell of its own, which is its word's next one; a V that a
    recogniser made of a tick is told as a doubt anyway.
    """
    if mark["doubtful"] is not None:
        return False
    left, right = _gaps(text, mark, words)
    return left is not None and left == right and left < _COSTS["\t"]


def _both(text: str, mark: re.Match[str], words: list[re.Match[str]]) -> list[Choice]:
    """The two words a tick may belong to: who reads one of them guesses."""
    pair = (_neighbour(text, mark, words, before=before) for before in (False, True))
    return [Choice(word.group(), *word.span(), sure=False) for word in pair if word]


def under_column(
    text: str, floor: int, start: int, end: int, choices: re.Pattern[str]
) -> list[Choice]:
    """Choices heading the columns that the ticks of a row stand in.

    Args:
        text: the folded text.
        floor: where the form begins.
        start: where the row's cells begin.
        end: behind them.
        choices: the words that may head a column.
    """
    found: list[Choice] = []
    for mark in _marks(text, start, end):
        if mark["off"] is not None:
            continue
        line = text.rfind("\n", 0, mark.start()) + 1
        column = len(_RULE.findall(text, line, mark.start()))
        word = _heading(text, floor, line, column, choices)
        if word is not None:
            found.append(Choice(word.group(), *word.span(), sure=mark["doubtful"] is None))
    return found


def _heading(
    text: str, floor: int, line: int, column: int, choices: re.Pattern[str]
) -> re.Match[str] | None:
    """The word over a column in the nearest row above that names several choices."""
    for _ in range(_ROWS):
        if line <= floor:
            return None
        above = text.rfind("\n", 0, line - 1) + 1
        words = list(choices.finditer(text, above, line))
        if len(words) > 1:
            return next((word for word in words if _column(text, above, word) == column), None)
        line = above
    return None


def has_boxes(text: str, start: int, end: int) -> bool:
    """Whether boxes or ticks stand in a stretch, instructions left out."""
    return next(_marks(text, start, end), None) is not None


def without_boxes(text: str) -> str:
    """A value without its boxes, ticks and the instruction how to tick."""
    return _MARK.sub(" ", _INSTRUCTION.sub(" ", text))


def _marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    told = [match.span() for match in _INSTRUCTION.finditer(text, start, end)]
    for mark in _MARK.finditer(text, start, end):
        index = bisect_right(told, mark.start(), key=_left) - 1
        if index < 0 or mark.start() >= told[index][1]:
            yield mark


def _left(span: tuple[int, int]) -> int:
    return span[0]


def _before(text: str, marks: list[re.Match[str]], words: list[re.Match[str]]) -> bool:
    """Whether boxes stand before their words, by the closer side of each box."""
    votes = 0
    for mark in marks:
        left, right = _gaps(text, mark, words)
        if left is None or right is None:
            votes += (right is not None) - (left is not None)
        else:
            votes += (right < left) - (left < right)
    return votes > 0 if votes else marks[0].start() < words[0].start()


def _gaps(
    text: str, mark: re.Match[str], words: list[re.Match[str]]
) -> tuple[int | None, int | None]:
    """How far the word before and the word behind are; None where they are out of reach."""
    earlier = _neighbour(text, mark, words, before=False)
    later = _neighbour(text, mark, words, before=True)
    left = None if earlier is None else _cost(text, earlier.end(), mark.start())
    right = None if later is None else _cost(text, mark.end(), later.start())
    return left, right


def _cost(text: str, start: int, end: int) -> int:
    """Blanks part a box from its words, the edge of a cell more, the end of a line most.

    What defines a class stands between the two and parts nothing: A类（已解决）□.
    """
    return sum(_COSTS.get(mark, 1) for mark in text[start:end] if mark.isspace() or mark == "|")


def _neighbour(
    text: str, mark: re.Match[str], words: list[re.Match[str]], *, before: bool
) -> re.Match[str] | None:
    if before:
        index = bisect_left(words, mark.end(), key=_start)
        left, right = mark.end(), words[index].start() if index < len(words) else mark.end()
    else:
        index = bisect_right(words, mark.start(), key=_end) - 1
        left, right = words[index].end() if index >= 0 else mark.start(), mark.start()
    if not 0 <= index < len(words):
        return None
    return words[index] if _GAP.fullmatch(text, left, right) else None


def _above(
    text: str, start: int, mark: re.Match[str], words: list[re.Match[str]]
) -> re.Match[str] | None:
    """The choice in the row above whose column the tick stands in."""
    head = text.rfind("\n", start, mark.start()) + 1
    above = text.rfind("\n", start, max(start, head - 1)) + 1 or start
    if head <= start or _RULE.search(text, head, _line_end(text, mark.end())) is None:
        return None
    first, own = (bisect_left(words, at, key=_start) for at in (above, head))
    if own < len(words) and words[own].start() < _line_end(text, mark.end()):
        return None
    column = len(_RULE.findall(text, head, mark.start()))
    row = words[first:own]
    if len(row) < 2 or next(_marks(text, above, head), None) is not None:  # noqa: PLR2004
        return None
    line = text.rfind("\n", 0, above) + 1
    return next((word for word in row if _column(text, line, word) == column), None)


def _column(text: str, line: int, word: re.Match[str]) -> int:
    return len(_RULE.findall(text, line, word.start()))


def _line_end(text: str, at: int) -> int:
    stop = text.find("\n", at)
    return len(text) if stop < 0 else stop


def _start(match: re.Match[str]) -> int:
    return match.start()


def _end(match: re.Match[str]) -> int:
    return match.end()
