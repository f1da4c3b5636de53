"""Libraries and filters for hypothesis to draw from: small, so that drawn filters often meet."""

from __future__ import annotations

from hypothesis import strategies as st

from knowledge.domain.documents import DocumentKind, Openness
from knowledge.domain.search import SearchFilters
from tests.fakes.index_fakes import card

UNITS = ["晋城市住建局", "晋城市公安局", "太原市住建局", "Ａ局", None]
CARDS = st.builds(
    card,
    st.uuids().map(str),
    title=st.sampled_from(["", "加装电梯", "停车"]),
    kind=st.sampled_from(DocumentKind),
    openness=st.sampled_from([*Openness, None]),
    unit=st.sampled_from(UNITS),
    place=st.sampled_from(["晋城", "太原", None]),
    year=st.sampled_from([2021, 2022, None]),
    result_class=st.sampled_from(["A", "B", None]),
)
STATES = st.lists(
    st.tuples(CARDS, st.lists(st.text("加装电梯停车位", min_size=2, max_size=9), max_size=3)),
    max_size=12,
)
FILTERS = st.builds(
    SearchFilters,
    kinds=st.frozensets(st.sampled_from(DocumentKind), max_size=2),
    unit=st.sampled_from([None, "住建", "晋城市", "局", "Ａ", "A", "市公", "无"]),
    place=st.sampled_from([None, "晋", "太原"]),
    year=st.sampled_from([None, 2021, 2023]),
    result_class=st.sampled_from([None, "A"]),
    openness=st.sampled_from([None, *Openness]),
)
