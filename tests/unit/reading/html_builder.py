"""Pages as government sites publish them, for tests."""

from __future__ import annotations

from knowledge.reading.loaded import Loaded, silent
from knowledge.reading.loaders.html_pages import load_html

LETTER = (
    "<p>林知秋委员：</p><p>您提出的《关于增设路灯的提案》收悉，现答复如下：</p>"
    "<p>一、巡查情况</p><p>我局已对沿线设施逐一登记，并更换路灯40盏。</p>"
    "<p>云溪市水务局</p><p>2024年6月18日</p>"
)


def read(body: str, head: str = "") -> Loaded:
    """A page as the loader reads it."""
    page = f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return load_html(page.encode(), "复文.html", silent)


def lines(body: str, head: str = "") -> list[str]:
    """Its lines."""
    return [line for line in read(body, head).text.splitlines() if line]
