"""Shows the tables tests leave behind at the end of a run, whoever's worker made them."""

from __future__ import annotations

import pytest

TABLE = "reading exam"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if isinstance(report, pytest.TestReport)
    ]
    for name, table in (item for report in reports for item in report.user_properties):
        if name == TABLE:
            terminalreporter.section(TABLE)
            terminalreporter.write_line(str(table))
