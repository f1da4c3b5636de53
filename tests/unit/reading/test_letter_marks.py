"""Class and openness marks: each form and place, and what only looks like one (domain.md 1.5)."""

from __future__ import annotations

import pytest

from tests.evals.reading.exam import read
from tests.unit.reading.letters import letter, read_one

Rows = list[tuple[str, str, str, list[str]]]
"""The part of the letter, what is printed there, the field, its values in the exam's notation."""

ROWS: Rows = [
    ("above", "（B类，公开）", "result_class", ["B"]),
    ("below", "（B类，公开）", "result_class", ["B"]),
    ("after", "（B类，公开）", "result_class", ["B"]),
    ("above", "B（公开）", "result_class", ["B"]),
    ("below", "B（公开）", "result_class", ["B"]),
    ("after", "B（公开）", "result_class", ["B"]),
    ("above", "B类（公开）", "result_class", ["B"]),
    ("below", "B类（公开）", "result_class", ["B"]),
    ("after", "B类（公开）", "result_class", ["B"]),
    ("above", "“B”类", "result_class", ["B"]),
    ("below", "“B”类", "result_class", ["B"]),
    ("after", "“B”类", "result_class", ["B"]),
    ("above", "A类（已解决或采纳）", "result_class", ["A"]),
    ("below", "A类（已解决或采纳）", "result_class", ["A"]),
    ("after", "A类（已解决或采纳）", "result_class", ["A"]),
    ("above", "解决或采纳", "result_class", ["解决或采纳"]),
    ("below", "解决或采纳", "result_class", ["解决或采纳"]),
    ("after", "解决或采纳", "result_class", ["解决或采纳"]),
    ("above", "（留作参考）", "result_class", ["留作参考"]),
    ("below", "（留作参考）", "result_class", ["留作参考"]),
    ("after", "（留作参考）", "result_class", ["留作参考"]),
    ("after", "☑A类 □B类 □C类", "result_class", ["A"]),
    ("after", "A□ B☑ C□", "result_class", ["B"]),
    ("after", "□A类  ■B类  □C类", "result_class", ["B"]),
    ("after", "A类√ B类 C类", "result_class", ["A"]),
    ("above", "办理结果（类别）：B", "result_class", ["B"]),
    ("below", "办理结果（类别）：B", "result_class", ["B"]),
    ("after", "办理结果（类别）：B", "result_class", ["B"]),
    ("above", "（B类　公开）", "openness", ["open"]),
    ("below", "（B类　公开）", "openness", ["open"]),
    ("after", "（B类　公开）", "openness", ["open"]),
    ("above", "（B类，公开）", "openness", ["open"]),
    ("below", "（B类，公开）", "openness", ["open"]),
    ("after", "（B类，公开）", "openness", ["open"]),
    ("above", "B（公开）", "openness", ["open"]),
    ("below", "B（公开）", "openness", ["open"]),
    ("after", "B（公开）", "openness", ["open"]),
    ("above", "B类（公开）", "openness", ["open"]),
    ("below", "B类（公开）", "openness", ["open"]),
    ("after", "B类（公开）", "openness", ["open"]),
    ("above", "云农提复[2020]11号（B类　公开）", "openness", ["open"]),
    ("below", "云农提复[2020]11号（B类　公开）", "openness", ["open"]),
    ("after", "云农提复[2020]11号（B类　公开）", "openness", ["open"]),
    ("above", "云农提复〔2020〕11号（A类，主动公开）", "openness", ["open"]),
    ("below", "云农提复〔2020〕11号（A类，主动公开）", "openness", ["open"]),
    ("after", "云农提复〔2020〕11号（A类，主动公开）", "openness", ["open"]),
    ("after", "此件删减后公开", "openness", ["open"]),
    ("above", "是否同意对外公开：同意", "openness", ["open"]),
    ("below", "是否同意对外公开：同意", "openness", ["open"]),
    ("after", "是否同意对外公开：同意", "openness", ["open"]),
    ("above", "复文公开：是", "openness", ["open"]),
    ("below", "复文公开：是", "openness", ["open"]),
    ("after", "复文公开：是", "openness", ["open"]),
    ("above", "公开：是", "openness", ["open"]),
    ("below", "公开：是", "openness", ["open"]),
    ("after", "公开：是", "openness", ["open"]),
    ("above", "☑公开 □不公开", "openness", ["open"]),
    ("below", "☑公开 □不公开", "openness", ["open"]),
    ("after", "☑公开 □不公开", "openness", ["open"]),
    ("above", "□主动公开 ☑依申请公开 □不予公开", "openness", ["on_request"]),
    ("below", "□主动公开 ☑依申请公开 □不予公开", "openness", ["on_request"]),
    ("after", "□主动公开 ☑依申请公开 □不予公开", "openness", ["on_request"]),
    ("above", "是否可以公开：可以", "openness", ["open"]),
    ("below", "是否可以公开：可以", "openness", ["open"]),
    ("after", "是否可以公开：可以", "openness", ["open"]),
    ("above", "部分公开", "openness", ["open"]),
    ("below", "部分公开", "openness", ["open"]),
    ("after", "部分公开", "openness", ["open"]),
    ("body", "云溪现有A类人才12名。", "result_class", []),
    ("body", "我区创建A级景区3家。", "result_class", []),
    ("body", "B类企业30家已建档。", "result_class", []),
    ("body", "对A类、B类企业分别管理。", "result_class", []),
    ("body", "该小区属于C类管理。", "result_class", []),
    ("body", "C类驾驶证。", "result_class", []),
    ("body", "全市A类地区补助每人100元。", "result_class", []),
    ("body", "评为B类。", "result_class", []),
    ("body", "政务公开工作扎实推进。", "openness", []),
    ("body", "公开招标已完成。", "openness", []),
    ("body", "结果将向社会公开。", "openness", []),
    ("body", "该规划已主动公开。", "openness", []),
    ("below", "云水函〔2024〕14号\n（B类，公开）", "result_class", ["B"]),
]


@pytest.mark.parametrize(("part", "printed", "field", "expected"), ROWS)
def test_a_mark_is_read_where_it_stands_and_nowhere_else(
    part: str, printed: str, field: str, expected: list[str]
) -> None:
    parts = {part: printed}

    assert read(read_one(letter(**parts)))[field] == expected
