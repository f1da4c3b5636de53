"""Who issued a policy: signed below, named in the title, printed at the head or labelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.domain.text import Field
from knowledge.reading.dates import DATE
from knowledge.reading.letters.organs import organ_names
from knowledge.reading.source import Line, Source
from knowledge.reading.words import ORGAN_LINE, ORGAN_SUFFIX, is_label_line

_HEAD = 15
_TITLE_ORGAN = re.compile(
    rf"(?P<organs>(?:中共)?[\u4e00-\u9fff]{{2,24}}?{ORGAN_SUFFIX}"
    rf"(?:[\s、]+[\u4e00-\u9fff]{{2,24}}?{ORGAN_SUFFIX}){{0,6}})\s*(?=关于|印发)"
)
_ORDER = re.compile(
    rf"[#*\s]*(?P<organs>[\u4e00-\u9fff、 ]{{2,60}}?{ORGAN_SUFFIX})\s*(?:令|公告)\s*"
    r"(?:[(〔]?\d{4}[)〕]?年?)?(?:\(?第?\s*[\d一二三四五六七八九十百]{1,5}\s*号\)?)?[*\s]*"
)
_CAPTION = re.compile(
    rf"^\(\s*{DATE.pattern}\s*(?P<organ>(?!\S{{2,12}}第\S{{1,3}}届)[\u4e00-\u9fff]{{4,30}}?(?:常务委员会|人民代表大会(?!常务)|人民政府))"
    r"(?:第[^()\s]{1,16}?会议)?(?:审议)?通过"
)
_BY_ORDER = re.compile(
    rf"^\(.{{0,60}}?{DATE.pattern}\s*(?P<organ>[\u4e00-\u9fff]{{2,20}}?{ORGAN_SUFFIX})令第[^()]{{1,6}}号"
    r"(?:公布|发布)"
)
_ISSUER_LABEL = re.compile(
    r"(?:发文机关|发文单位|发布机构|发布机关|制定机关|印发机关|公布机关)\s*[::\t]\s*(?P<organs>[^\t。;:]{2,120})"
)


def read_issuers(
    source: Source, lines: Sequence[Line], title: tuple[int, int] | None
) -> tuple[Field[str], ...]:
    """Signing organs, else the organ the title begins with, else those the head names."""
    ways = (
        _signed(source, lines, title),
        _of_title(source, title),
        _of_head(source, lines),
        _labelled(source, lines),
        _of_order(source, lines),
        _of_caption(source, lines),
    )
    for way in ways:
        found = {field.value: field for field in way}
        if found:
            return tuple(found.values())
    return ()


def _signed(
    source: Source, lines: Sequence[Line], title: tuple[int, int] | None
) -> list[Field[str]]:
    dated = [index for index, line in enumerate(lines) if DATE.fullmatch(line.text)]
    last = dated[-1] if dated else len(lines)
    signed: list[Field[str]] = []
    for line in reversed(lines[max(0, last - 6) : last]):
        if ORGAN_LINE.fullmatch(line.text) is None or is_label_line(line.text):
            break
        if title is None or line.start >= title[1]:
            signed[:0] = organ_names(source, line.start, line.end)
    return signed


def _of_title(source: Source, title: tuple[int, int] | None) -> Iterator[Field[str]]:
    match = _TITLE_ORGAN.match(source.folded, *title) if title else None
    if match is not None:
        yield from organ_names(source, *match.span("organs"))


def _of_head(source: Source, lines: Sequence[Line]) -> Iterator[Field[str]]:
    """Organs on lines of their own above the text: over the title or right below it."""
    for line in lines[:_HEAD]:
        bare = line.text.strip("#* ").removesuffix("文件")
        at = line.start + line.text.find(bare)
        if ORGAN_LINE.fullmatch(bare) and not is_label_line(bare):
            yield from organ_names(source, at, at + len(bare))


def _labelled(source: Source, lines: Sequence[Line]) -> Iterator[Field[str]]:
    for line in lines[:_HEAD]:
        match = _ISSUER_LABEL.search(line.text)
        if match is not None:
            start, end = match.span("organs")
            yield from organ_names(source, line.start + start, line.start + end)
            return


def _of_order(source: Source, lines: Sequence[Line]) -> Iterator[Field[str]]:
    """``…人民政府令``, ``…常务委员会公告``: the organ whose order it is."""
    for line in lines[:_HEAD]:
        match = _ORDER.fullmatch(line.text)
        if match is not None:
            start, end = match.span("organs")
            yield from organ_names(source, line.start + start, line.start + end)
            return


def _of_caption(source: Source, lines: Sequence[Line]) -> Iterator[Field[str]]:
    """``（2013年9月27日…常务委员会通过 …）``: who adopted the rules, as printed.

    第八届 inside the name tells of a meeting and leaves no name to print.
    """
    for line in lines[:_HEAD]:
        match = _CAPTION.search(line.text) or _BY_ORDER.search(line.text)
        if match is None:
            continue
        start, end = match.span("organ")
        yield source.literal(line.start + start, line.start + end)
        return
