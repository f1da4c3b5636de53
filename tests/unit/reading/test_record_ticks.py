"""A tick counts for the words it stands with, and an instruction how to tick for none."""

from __future__ import annotations

import re

import pytest

from knowledge.domain.documents import RecordFields
from knowledge.reading.folding import fold
from knowledge.reading.parsing import parse_text
from knowledge.reading.ticks import all_ticked, has_boxes

_CLASS = re.compile(r"(?<![A-Za-z])[A-D](?![A-Za-z])")
_HEAD = "溪口市政协提案面商记录表\n承办单位：溪口市园林管理局\n提案编号：12\n委员姓名：陶然\n"


def _record(lines: str) -> tuple[RecordFields, set[str]]:
    (document,) = parse_text(_HEAD + lines)
    assert isinstance(document.fields, RecordFields)
    return document.fields, {warning.code for warning in document.warnings}


@pytest.mark.parametrize(
    "boxes",
    [
        "□A类 ☑B类 □C类",
        "A类□ B类☑ C类□",
        "A类 □  B类 ☑  C类 □",
        "A类□B类☑C类□",
        "□A类☑B类□C类",
        "A类（ ） B类（√） C类（ ）",
        "（ ）A类 （✓）B类 （ ）C类",
        "[ ] A类 [x] B类 [ ] C类",
        "○A类 ●B类 ○C类",
        "□A ■B □C",
        "A类 B类√ C类",
        "A类 √B类 C类",
        "A类\tB类\t√\tC类",
        "A类\tB类 √\tC类",
        "A类（已解决）□ B类（列入计划）☑ C类（留作参考）□",
        "□A.已解决 ☑B.列入计划 □C.留作参考",
        '<input type="radio">A类 <input type="radio" checked="">B类 <input type="radio">C类',
        'A类 <input type="checkbox"/> B类 <input checked="" type="checkbox"/> C类',
        "A类\tB类\tC类\n\t√\t",
        "（请在□内打√）□A类 √B类 □C类",
    ],
)
def test_the_ticked_class_is_read_wherever_its_box_stands(boxes: str) -> None:
    fields, warnings = _record(f"办理情况：{boxes}\n面商时间：2024年5月6日\n面商人：路长风\n")

    assert fields.result_class is not None
    assert fields.result_class.value == "B"
    assert warnings == set()


@pytest.mark.parametrize("boxes", ["A类 V B类 C类", "A类（V） B类（ ） C类（ ）"])
def test_a_tick_read_as_a_letter_counts_with_a_doubt(boxes: str) -> None:
    fields, warnings = _record(f"办理情况：{boxes}\n面商人：路长风\n")

    assert fields.result_class is not None
    assert fields.result_class.value == "A"
    assert fields.result_class.confidence < 1
    assert warnings == {"tick.recognised"}


@pytest.mark.parametrize(
    "boxes",
    [
        "□A类 □B类 □C类",
        "A类 B类 C类",
        "（打√）A类 B类 C类",
        "A类（ ） B类（ ）",
        "请划“√”：A类□ B类□",
    ],
)
def test_nothing_ticked_gives_no_class_and_no_doubt(boxes: str) -> None:
    fields, warnings = _record(f"办理情况：{boxes}\n面商人：路长风\n")

    assert fields.result_class is None
    assert warnings == set()


def test_two_ticked_classes_give_none_and_a_doubt() -> None:
    fields, warnings = _record("办理情况：☑A类 □B类 ☑C类\n面商人：路长风\n")

    assert fields.result_class is None
    assert warnings == {"result_class.ambiguous"}


def test_two_ticked_ratings_give_none_and_a_doubt() -> None:
    fields, warnings = _record("满意度：☑满意 ☑基本满意 □不满意\n")

    assert fields.satisfaction is None
    assert warnings == {"satisfaction.ambiguous"}


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("满意程度：满意（√） 基本满意（ ） 不满意（ ）\n", "satisfied"),
        ("办理态度：☑满意 □不满意\n办理结果：□满意 ☑不满意\n", "dissatisfied"),
        ("办理结果：☑满意 □不满意\n总体评价：□满意 ☑不满意\n", "dissatisfied"),
        ("办理态度：☑满意 □不满意\n", None),
        ("委员意见：望把好事办好，让群众满意。\n", None),
        ("委员意见：答复不够满意。\n", "dissatisfied"),
        ("是否满意：是\n", "satisfied"),
        ("项目\t满意\t基本满意\t不满意\n办理态度\t√\t\t\n办理结果\t\t√\t\n", "mostly_satisfied"),
        ("反馈意见（在相应栏内打“√”）\n满意\n基本满意　√\n不满意\n", "mostly_satisfied"),
    ],
)
def test_satisfaction_is_the_overall_mark_else_the_one_on_the_result(
    lines: str, value: str | None
) -> None:
    fields, _ = _record(lines)

    assert (fields.satisfaction.value if fields.satisfaction else None) == value


def test_attitude_marked_apart_is_kept_beside_and_told() -> None:
    fields, warnings = _record("办理态度：☑满意 □不满意\n办理结果：□满意 ☑不满意\n")

    assert [(item.value.label, item.value.text) for item in fields.extra] == [("办理态度", "满意")]
    assert warnings == {"satisfaction.by_result"}


@pytest.mark.parametrize(
    ("boxes", "value"),
    [
        ("□解决采纳 ☑正在解决 □计划解决 □留作参考", "正在解决"),
        ("解决或采纳□ 列入计划拟解决☑ 留作参考□", "列入计划拟解决"),
        ("解决或采纳", "解决或采纳"),
        ("□甲类 ☑乙类 □丙类", "乙"),
    ],
)
def test_classes_in_words_stand_in_the_words_used(boxes: str, value: str) -> None:
    fields, _ = _record(f"办理结果：{boxes}\n面商人：路长风\n")

    assert fields.result_class is not None
    assert fields.result_class.value == value


@pytest.mark.parametrize("told", ["在□内打√", "划“√”", "请打勾", "用√表示"])
def test_an_instruction_is_no_box(told: str) -> None:
    text = fold(told)

    assert not has_boxes(text, 0, len(text))
    assert all_ticked(f"{text} A B", 0, len(text) + 4, _CLASS) == []
