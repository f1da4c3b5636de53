"""Numbers of a sheet read as the sheet shows them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from knowledge.reading.loaders.sheet_formats import NumberFormat, format_code, shown_value


@pytest.mark.parametrize(
    ("code", "literal", "shown"),
    [
        ("General", "15", "15"),
        ("General", "15.0", "15"),
        ("General", "1.3800000001E10", "13800000001"),
        ("General", "0.30000000000000004", "0.3"),
        ("General", "不是数", "不是数"),
        ("General", "1E400", "1E400"),
        ("@", "15", "15"),
        ("000", "15", "015"),
        ('"第"000"号"', "15", "第015号"),
        ("0.00", "1.5", "1.50"),
        ("0.##", "1.5", "1.5"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,##0.00;[Red]-#,##0.00", "-1234.5", "-1,234.50"),
        ('0.0"万元"', "12.34", "12.3万元"),
        ("[$¥-804]#,##0.00", "12", "¥12.00"),
        ("0%", "0.96", "96%"),
        ("0.00%", "0.9567", "95.67%"),
        ("yyyy-mm-dd", "45356", "2024-03-05"),
        ("yyyy/m/d", "45356", "2024-03-05"),
        ('yyyy"年"m"月"d"日";@', "45356", "2024年3月5日"),
        ("yyyy年m月d日", "45356", "2024年3月5日"),
        ('m"月"d"日"', "45356", "2024年3月5日"),
        ('yyyy"年"m"月"', "45352", "2024年3月"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "45356", "2024-03-05"),
        ("yyyy-mm-dd hh:mm", "45356.395833", "2024-03-05 09:30"),
        ("h:mm", "0.5", "12:00"),
        ("[h]:mm", "1.5", "36:00"),
        ("yyyy-mm-dd", "99999999", "99999999"),
        ("yyyy-mm-dd", "-3", "-3"),
        ("# ?/?", "0.5", "0.5"),
        ("0.00E+00", "1500", "1500"),
    ],
)
def test_a_number_reads_as_the_sheet_shows_it(code: str, literal: str, shown: str) -> None:
    assert NumberFormat(code).shown(literal) == shown


def test_days_can_be_counted_from_1904() -> None:
    assert NumberFormat("yyyy-mm-dd", from_1904=True).shown("43894") == "2024-03-05"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (14, "2024-03-05"),
        (31, "2024年3月5日"),
        (57, "2024年3月"),
        (58, "2024年3月5日"),
        (0, "45356"),
    ],
)
def test_built_in_formats_of_chinese_excel_are_known(number: int, shown: str) -> None:
    assert NumberFormat(format_code(number, {})).shown("45356") == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "TRUE"),
        (15.0, "15"),
        (0.95, "0.95"),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5), "2024-03-05"),  # noqa: DTZ001
        (datetime(2024, 3, 5, 9, 30), "2024-03-05 09:30"),  # noqa: DTZ001
        (time(9, 30), "09:30"),
        ("015", "015"),
    ],
)
def test_values_of_other_programs_read_alike(value: object, shown: str) -> None:
    assert shown_value(value) == shown
