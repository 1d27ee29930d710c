"""Ids that findings and hints keep from round to round while what was written stays the same."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence


def stable_ids(written: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield an id for each sequence of texts: sixteen hexadecimal digits of its hash, `-2` and so on where it repeats.

    Equal texts are numbered in their order, so that every id is unique among those given at once.
    """
    seen: Counter[str] = Counter()
    for texts in written:
        stem = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]
        seen[stem] += 1
        yield stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
