"""Which sub-system of the tender stands for which of the approved table: renamed ones are known by what they hold."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from domain.parameters.assignment import assign
from domain.parameters.likeness import Profile
from domain.parameters.names import similarity

_LIKELY = 0.5  # half name, half content: one of them has to agree
_TRIED = 200  # sub-systems of a side that are tried with each other


def counterparts(approved: Sequence[Profile], tender: Sequence[Profile]) -> dict[str, str]:
    """Give for every sub-system of the approved table the tender's name for it, where there is one."""
    mine, theirs = _contents(approved), _contents(tender)
    found = {name: name for name in mine if name in theirs}
    open_names = [name for name in mine if name not in found and name][:_TRIED]
    free = [name for name in theirs if name not in found and name][:_TRIED]
    candidates = {
        i: [(j, score) for j, other in enumerate(free) if (score := _score(name, other, mine, theirs)) >= _LIKELY]
        for i, name in enumerate(open_names)
    }
    found |= {open_names[i]: free[j] for i, j in assign(candidates).items()}
    return found


def _contents(profiles: Sequence[Profile]) -> dict[str, Counter[str]]:
    contents: dict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        contents[profile.subsystem][profile.name] += 1
    return contents


def _score(one: str, other: str, mine: dict[str, Counter[str]], theirs: dict[str, Counter[str]]) -> float:
    shared = (mine[one] & theirs[other]).total()
    held = shared / max(min(mine[one].total(), theirs[other].total()), 1)
    return 0.5 * similarity(one, other) + 0.5 * held
