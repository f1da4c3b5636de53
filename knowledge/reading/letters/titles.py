"""The letter's title over one or several lines, and the 文种 it ends with (domain.md 1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.domain.text import Field
from knowledge.reading.headings import starts_heading
from knowledge.reading.source import Compact, Line, Source
from knowledge.reading.words import GENRE, KINDS

_BEGIN = re.compile(
    r"关于|^对(?!外|口)|^答复|第?[0-9一二三四五六七八九十]{1,3}届|^第[A-Za-z0-9]{1,12}号"
)
_MARKDOWN = re.compile(r"[#*_>\s]*")
_LABEL = re.compile(r"(?:标\s*题|题\s*目|名\s*称|建议标题|提案标题)\s*[:\t]\s*")
_TAIL = r"(?:[(〔][^。]{0,60}[)〕]|[A-D]类?|\*)*"
_END = re.compile(rf"(?P<genre>{GENRE}|(?<=案)的?函|(?<=议)的?函|(?<=号)的?函){_TAIL}$")
_ABOUT = re.compile(rf"{KINDS}|届|来信|人大|政协")
_REFUSED = re.compile(
    r"[。;!?]|如下|收悉|抄送|《[^》]*$|[上下]一[篇条个]|相关(?:链接|阅读|文章|信息)"
)
# A title may name the topic alone (domain.md 1.2: none).
_TOPIC = re.compile(r"关于[^,。:]{4,50}的(?:答复|复函|答复函|答复意见|答复的函)(?:\(节选\))?")
_BLANK = re.compile(r"\s+")
_NAMED = re.compile(r"届[^届。]{0,24}?第[^第号。]{1,14}号")
_MAXIMUM_LINES = 5
_MAXIMUM_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: clean offsets, its text without blanks, and the 文种."""

    start: int
    end: int
    compact: Compact
    genre: str
    genre_at: tuple[int, int]

    def field(self, source: Source) -> Field[str]:
        """As printed on one line; lines are joined without their break."""
        parts = source.clean[self.start : self.end].splitlines()
        value = "".join(part.strip(" \t\u3000#*") for part in parts)
        # 关 于 市 政 协 …: blanks between all characters are layout, not spelling.
        if 3 * len(_BLANK.findall(value)) > len(value):
            value = "".join(value.split())
        return source.field(value, self.start, self.end)


def find_titles(source: Source, lines: Sequence[Line]) -> list[Title]:
    """All titles among these lines, in order; pages repeat them."""
    titles: list[Title] = []
    index = 0
    while index < len(lines):
        title, used = _title_at(source, lines, index)
        if title is not None:
            titles.append(title)
        index += max(used, 1)
    return titles


def _title_at(source: Source, lines: Sequence[Line], index: int) -> tuple[Title | None, int]:
    first = lines[index]
    start = _content_start(first)
    begin = "".join(source.folded[start : first.end].split())
    if not _BEGIN.search(begin) or starts_heading(first.text):
        return None, 1
    for used in range(1, min(_MAXIMUM_LINES, len(lines) - index) + 1):
        last = lines[index + used - 1]
        if last.end - start > _MAXIMUM_LENGTH or _REFUSED.search(last.text):
            return None, 1
        title = _ending(source, start, last.end)
        if title is not None:
            return (None, 1) if used > 1 and _stands_alone(source, title, last) else (title, used)
    return None, 1


def _stands_alone(source: Source, title: Title, last: Line) -> bool:
    """Whether the last line is a title of its own below a page title that lacks its 文种."""
    own = "".join(last.text.split())
    if not _NAMED.search(own) or len(_NAMED.findall(title.compact.text)) < 2:  # noqa: PLR2004
        return False
    return _ending(source, _content_start(last), last.end) is not None


def _content_start(line: Line) -> int:
    marks = _MARKDOWN.match(line.text)
    start = marks.end() if marks else 0
    label = _LABEL.match(line.text, start)
    return line.start + (label.end() if label else start)


def _ending(source: Source, start: int, end: int) -> Title | None:
    while end > start and source.folded[end - 1] in "*_# ":
        end -= 1
    compact = source.compact(start, end)
    match = _END.search(compact.text)
    if match is None:
        return None
    topic = _TOPIC.fullmatch(compact.text) is not None
    if not topic and not _ABOUT.search(compact.text, 0, match.end()):
        return None
    genre, left = match["genre"], match.start("genre")
    if genre == "的函":
        genre, left = "函", left + 1
    return Title(start, end, compact, genre, compact.bounds(left, match.end("genre")))
