"""Names of devices and of parameters as two authors write them: renamed, shortened, mistyped, turned round."""

import random
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(files(__package__).joinpath("names_of_things.toml").read_text("utf-8"))
MISTYPED = "系统数据管理网信安服务设备视频监控机房用户"
Parts = list[str]


def names(count: int, seed: int) -> tuple[list[str], list[str]]:
    """Two lists of `count` names each; the second rewrites the first, in another order, with one in twenty foreign."""
    rng = random.Random(seed)
    written: dict[str, Parts] = {}
    while len(written) < count:
        parts = rng.choice((_device, _parameter))(rng)
        written.setdefault("".join(parts), parts)
    foreign = ["".join(rng.choice((_device, _parameter))(rng)) for _ in range(count // 20)]
    others = [_rewritten(parts, rng) for parts in list(written.values())[: count - len(foreign)]]
    others += foreign
    rng.shuffle(others)
    return list(written), others


def _device(rng: random.Random) -> Parts:
    parts = [rng.choice(WORDS["places"])] if rng.random() < 0.6 else []
    parts += [rng.choice(WORDS["things"]), rng.choice(WORDS["actions"])]
    if rng.random() < 0.3:
        parts += [rng.choice(WORDS["things"]), rng.choice(WORDS["actions"])][rng.randrange(2) :]
    return [*parts, rng.choice(WORDS["kinds"])]


def _parameter(rng: random.Random) -> Parts:
    parts = [rng.choice(WORDS["things"])] if rng.random() < 0.5 else []
    parts.append(rng.choice(WORDS["measured"]))
    if rng.random() < 0.4:
        parts.append(rng.choice(WORDS["actions"]))
    if rng.random() < 0.6:
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(WORDS["statistics"]))
    return [*parts, rng.choice(WORDS["quantities"])]


def _rewritten(parts: Parts, rng: random.Random) -> str:
    changes = rng.choices(CHANGES, WEIGHTS, k=rng.choices((0, 1, 2), (3, 5, 2))[0])
    for change in changes:
        parts = change(parts, rng)
    return "".join(parts)


def _renamed(parts: Parts, rng: random.Random) -> Parts:
    at = rng.randrange(len(parts))
    return [*parts[:at], rng.choice(WORDS["synonyms"].get(parts[at], (parts[at],))), *parts[at + 1 :]]


def _shortened(parts: Parts, rng: random.Random) -> Parts:
    at = rng.randrange(len(parts))
    return [*parts[:at], *parts[at + 1 :]] if len(parts) > 2 else [parts[0], parts[-1][:1]]


def _lengthened(parts: Parts, rng: random.Random) -> Parts:
    at = rng.randrange(len(parts) + 1)
    return [*parts[:at], rng.choice(WORDS["added"]), *parts[at:]]


def _turned(parts: Parts, rng: random.Random) -> Parts:
    at = rng.randrange(len(parts) - 1) if len(parts) > 1 else 0
    return [*parts[:at], *reversed(parts[at : at + 2]), *parts[at + 2 :]]


def _mistyped(parts: Parts, rng: random.Random) -> Parts:
    text = "".join(parts)
    at = rng.randrange(len(text))
    kept = rng.choice((text[at + 1 :], text[at:]))
    return [f"{text[:at]}{rng.choice(MISTYPED)}{kept}"]


Change = Callable[[Parts, random.Random], Parts]
CHANGES: tuple[Change, ...] = (_renamed, _shortened, _lengthened, _turned, _mistyped)
WEIGHTS = (35, 20, 15, 10, 20)
