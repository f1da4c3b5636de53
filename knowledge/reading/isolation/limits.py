"""What reading one file may cost, in one place: time, memory, length of text."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.reading.sniffing import Format

_GIB = 1024**3
_HEAVY = {Format.PDF: 6 * _GIB, Format.IMAGE: 6 * _GIB}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one file.

    Attributes:
        silence: seconds without any progress after which a parser is stopped.
        total: seconds after which it is stopped whatever it says.
        characters: longest extracted text taken, in code points.
        memory: address space of the parsing process in bytes, by format; picture models
            reserve far more than they use.
        light: address space for the formats not named in ``memory``.
    """

    silence: float = 120.0
    total: float = 1800.0
    characters: int = 5_000_000
    memory: dict[Format, int] = field(default_factory=lambda: dict(_HEAVY))
    light: int = 3 * _GIB

    def memory_for(self, fmt: Format) -> int:
        """Bytes of address space a format's parser may take."""
        return self.memory.get(fmt, self.light)
