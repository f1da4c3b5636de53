"""What the letter counts: numbers with their units, in digits and in characters (domain.md 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.domain.facts import Figure
from knowledge.domain.text import Field
from knowledge.reading.numerals import number
from knowledge.reading.source import Source

_UNITS = (
    r"(?:万亿|万|亿|千|百)?[多余几]?(?:元|美元|平方公里|平方千米|平方米|立方米|公里|千米|米|公顷|吨|公斤|千克|千瓦时|千瓦|兆瓦|千伏"
    r"|度|人次|户次|车次|班次|场次|个百分点|个工作日|个月|个|家|人|户|亩|件|项|条|座|处|所|辆次|辆|架次|台|套|次|批次|批|名|位|期|场|册|份|篇"
    r"|部|张|间|栋|幢|片|株|棵|头|只|只次|盏|根|口|眼|块|段|支|组|类|种|艘|架|对|门|班|床|层|周岁|岁|天|小时|分钟|倍|成|字|句|公分"
    r"|厘米|毫米|升|枚|艺|趟|路|村|乡镇|箱|桶|袋|笔|宗|例|列|起(?!来|步|点)|学时|课时)"
    r"|万|亿|%|‰|℃|㎡|(?:[MGkK]W|[kK]V|km|kg)(?![A-Za-z])|年(?!度|代|级|前|来|以来|底|初|间)"
)
_RATE = r"(?:/(?:平方米|立方米|公里|千瓦时|小时|人次|[月人年日天亩吨户秒次件度个]))?"
_TO = r"(?:[-—–─~]{1,2}|至|到)"
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z第〔+])(?<!\d[\-—])(?:(?P<low>\d+(?:\.\d+)?)[万亿]?{_TO}\s?)?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?:多|余|几)?(?P<unit>(?:{_UNITS}){_RATE})"
)
# 第3至5项 counts nothing; 30%—50% are two figures.
_ORDINAL = re.compile(rf"第\d+{_TO}$")
_CN = "零〇一二三四五六七八九十百千两"
_WRITTEN = re.compile(
    rf"百分之(?P<percent>[{_CN}]+(?:点[{_CN}]+)?)"
    rf"|(?P<parts>[{_CN}]{{1,3}})分之(?P<share>[{_CN}]{{1,3}})"
    r"|(?<![统唯第合一])(?P<tenths>[一二两三四五六七八九])成(?P<half>[半一二三四五六七八九])?"
    r"(?![立为员功果熟本长型绩效不交色就都份])"
    rf"|(?<![{_CN}第最后初每数几·“])(?P<count>[{_CN}]{{1,6}})"
    r"(?P<unit>[余多](?:个|家|处|所|名|人|户|次|件|项|条|座|辆|台|场|亩|万元|亿元|公里)|万元|亿元|万亩|万人|平方米|公里)"
)
_DIGITS = re.compile(r"\d+")
_NUMERALS = re.compile(rf"[{_CN}]+")
_LONGEST_NUMBER = 15
_LONGEST_YEARS = 2
_WHOLE = 100
_TENTHS = 10


_CUT = re.compile(r"[\d.,][ \t\r]*\n\s*$|\d\s*\.\s+$")


def read_figures(source: Source, start: int, end: int) -> tuple[Field[Figure], ...]:
    """Numbers with their units; years, dates, phones and numbers of documents are none.

    A range such as 5—8公里 is one figure with the number it begins with.
    """
    found = [*_figures(source, start, end), *_written(source, start, end)]
    return tuple(sorted(found, key=lambda field: field.span.start if field.span else 0))


def _matches(
    pattern: re.Pattern[str], runs: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """Matches of a pattern at the starts of digit runs: a figure begins nowhere else."""
    at = start
    for run in runs.finditer(text, start, end):
        match = pattern.match(text, run.start(), end) if run.start() >= at else None
        if match is not None:
            at = match.end()
            yield match


def _figures(source: Source, start: int, end: int) -> Iterator[Field[Figure]]:
    clean = source.clean
    for match in _matches(_FIGURE, _DIGITS, source.folded, start, end):
        digits, unit = match["number"], match["unit"]
        # Folding turns ，into a comma: only a true comma groups thousands.
        if "," in digits and "，" in clean[match.start("number") : match.end("number")]:
            continue
        if len(digits) > _LONGEST_NUMBER or (unit == "年" and len(digits) > _LONGEST_YEARS):
            continue
        if _ORDINAL.search(source.folded, max(start, match.start() - _TENTHS), match.start()):
            continue
        if _CUT.search(source.folded, max(start, match.start() - _TENTHS), match.start()):
            continue  # 资金1⏎62万元: half a number is a wrong number
        value = float((match["low"] or digits).replace(",", ""))
        unit = re.sub("[多余几]", "", unit)
        yield source.field(Figure(clean[match.start() : match.end()], value, unit), *match.span())


def _written(source: Source, start: int, end: int) -> Iterator[Field[Figure]]:
    for match in _matches(_WRITTEN, _NUMERALS, source.folded, start, end):
        value, unit = _value(match)
        if value is not None:
            figure = Figure(source.clean[match.start() : match.end()], value, unit)
            yield source.field(figure, *match.span())


def _value(match: re.Match[str]) -> tuple[float | None, str | None]:
    """A share of a hundred, of so many parts, of ten, or a count with its unit."""
    if match["percent"]:
        whole, _, rest = match["percent"].partition("点")
        value = number(whole)
        tail = "".join(str(number(mark)) for mark in rest)
        return (None if value is None else float(f"{value}.{tail or 0}")), "%"
    if match["parts"]:
        share, parts = number(match["share"]), number(match["parts"])
        return (share / parts if share is not None and parts else None), None
    if match["tenths"]:
        half = {"": 0, "半": 5}.get(match["half"] or "", number(match["half"] or "")) or 0
        return (number(match["tenths"]) or 0) * _TENTHS + half, "%"
    value = number(match["count"])
    return (None if value is None else float(value)), match["unit"].lstrip("余多")
