"""The coverage-guided fuzzer of one format, in a process of its own: `python -m tests.fuzz.guided xlsx -runs=…`.

libFuzzer ends its process by itself, so this module is started by `python -m tests.fuzz` and never imported.
"""

import random
import sys

import atheris

with atheris.instrument_imports(include=["domain.documents", "domain.numerals", "domain.money", "domain.text"]):
    from domain import documents  # noqa: F401  (imported here so that its branches are counted)
    from tests.fuzz.targets import run, targets

from tests.fuzz.mutation import mutated

_SLOW_BYTES = 60_000


def main() -> None:
    """Fuzz the format named first; everything after it is libFuzzer's."""
    target = targets()[sys.argv[1]]
    seeds = target.seeds()
    header = 2 if target.is_markup else 0

    def mutate(data: bytes, limit: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311  (repeatable, not secret)
        if len(data) <= header:
            return chance.choice(seeds)[:limit]
        if chance.random() < 0.1:
            return data[:header] + bytes(atheris.Mutate(data[header:], limit - header))
        return mutated(data, min(limit, _SLOW_BYTES), chance, is_markup=target.is_markup, header=header)

    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda data: run(target, data) and None, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
