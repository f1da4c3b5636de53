"""Where tests find what lies outside the project, and how they say that it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "knowledge" / "samples" / "library"
SHARED = ROOT.parent / "shared"
SEEDS = SHARED / "seeds"

needs_seeds = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the two real letters are not beside the project"
)
