"""Changes that change nothing: how a text is typed, not what it says."""

import random
import re
from collections.abc import Callable

FULL = {ord(char): ord(char) + 0xFEE0 for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
NUMBERINGS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{n}、", lambda n: f"{n}.", lambda n: f"（{n}）", lambda n: f"({n})", lambda n: chr(0x245F + n),
    lambda n: f"{n}）",
)  # fmt: skip


def retyped(text: str, rng: random.Random) -> str:
    """The same words, typed another way, once or not at all."""
    match rng.choices(("as is", "full width", "spaced", "half width", "ended"), (40, 15, 20, 15, 10))[0]:
        case "full width":
            return text.translate(FULL)
        case "half width":
            return text.translate({ord("："): ":", ord("（"): "(", ord("）"): ")"})
        case "spaced":
            return _spaced(text, rng)
        case "ended":
            return text + rng.choice(("；", "。", ";"))
    return text


def _spaced(text: str, rng: random.Random) -> str:
    """Spaces about signs, and between number and unit."""
    spaced = re.sub(r"([：:≥≤、])", rng.choice((r"\1 ", r" \1 ")), text)
    return re.sub(r"(\d)(?=[A-Za-z\u4e00-\u9fff](?!\d))", r"\1 ", spaced) if rng.random() < 0.5 else spaced


def numbered(texts: list[str], style: int) -> str:
    """The texts as one cell, numbered; the mark stays before its text."""
    return "\n".join(f"{NUMBERINGS[style](number)}{text}" for number, text in enumerate(texts, start=1))
