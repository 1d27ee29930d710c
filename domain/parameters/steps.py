"""The ordered levels of two phrases compared, ladder by ladder."""

from collections.abc import Sequence

from domain.parameters.data import load
from domain.parameters.directions import Direction
from domain.parameters.levels import Ladder, Level, ladders
from domain.parameters.outcomes import Effect, Outcome
from domain.parameters.reading import Phrase
from domain.parameters.rules import Rules
from domain.text import key

_LESS_IS_STRICTER = {Direction.MAX, Direction.ERROR}


def compare_steps(one: Phrase, other: Phrase, direction: Direction, rules: Rules) -> list[Outcome]:
    """Give the outcome of every ladder that either phrase says; a name's level counts when the other side says one."""
    mine, theirs = _related(one.levels, other.levels)
    outcomes = []
    for name in dict.fromkeys(level.ladder for level in (*mine, *theirs)):
        left = [level for level in mine if level.ladder == name] or [lv for lv in one.named if lv.ladder == name]
        right = [level for level in theirs if level.ladder == name] or [lv for lv in other.named if lv.ladder == name]
        outcomes.append(_compare(ladders()[name], left, right, direction, rules))
    return outcomes


def _related(one: tuple[Level, ...], other: tuple[Level, ...]) -> tuple[list[Level], list[Level]]:
    """Let bare levels (第三级) be read as steps of the ladder that the other side names (等保二级)."""
    return _named_by(one, other), _named_by(other, one)


def _named_by(levels: tuple[Level, ...], other: tuple[Level, ...]) -> list[Level]:
    own = {level.ladder for level in levels}
    said = [level.ladder for level in other if level.ladder not in own]
    return [_as_step(level, said) for level in levels]


def _as_step(level: Level, said: list[str]) -> Level:
    """A bare step read as one of the ladder that the other side says, where its own ladder allows that."""
    answered = next((ladder for ladder in said if ladder in ladders()[level.ladder].relative), level.ladder)
    return Level(answered, level.rank, level.wording)


def _compare(ladder: Ladder, mine: list[Level], theirs: list[Level], direction: Direction, rules: Rules) -> Outcome:
    if ladder.default is not None:
        left = min((level.rank for level in mine), default=ladder.default)
        right = min((level.rank for level in theirs), default=ladder.default)
        return _ranked(ladder, [left], [right], (mine, theirs), direction)
    if not mine or not theirs:
        return _one_sided(ladder, mine, theirs, rules)
    ranks = [level.rank for level in mine], [level.rank for level in theirs]
    return _ranked(ladder, *ranks, (mine, theirs), direction)


def _one_sided(ladder: Ladder, mine: list[Level], theirs: list[Level], rules: Rules) -> Outcome:
    name, said = ladder.name, (mine or theirs)[0]
    side, silent = ("批复", "招标") if mine else ("招标", "批复")
    if ladder.floor and all(level.rank == 0 for level in (*mine, *theirs)):
        return Outcome(Effect.SAME, f"{side}所写{name}“{said.wording}”为最低一档，不构成限定")
    if ladder.asks:
        return _asked(ladder, said, (side, silent))
    if mine and ladder.silent and rules.conventions.unstated_generation == "hint":
        hint = f"{name}缺省不改变指标下限，建议在招标文件中补写“{said.wording}”"
        return Outcome(Effect.SAME, f"招标未写明{name}", hint)
    effect, told = (Effect.LOST, "缺少") if mine else (Effect.EXTRA, "增加")
    return Outcome(effect, f"{told}{name}要求“{said.wording}”")


def _asked(ladder: Ladder, said: Level, sides: tuple[str, str]) -> Outcome:
    """A step that one side alone says: its strictest is lost or added, any other is for a person."""
    told = f"{sides[0]}写明{ladder.name}“{said.wording}”，{sides[1]}未写明"
    if ladder.upper:
        same = said.rank == _strictest(ladder)
        return Outcome(
            Effect.SAME if same else Effect.UNCLEAR, f"{told}，{'按最严理解相同' if same else '口径须人工确认'}"
        )
    if said.rank < ladder.top:
        return Outcome(Effect.UNCLEAR, f"{told}，口径须人工确认")
    lost = sides[0] == "批复"
    return Outcome(Effect.LOWERED if lost else Effect.RAISED, f"{told}，要求{'降低' if lost else '提高'}")


def _strictest(ladder: Ladder) -> int:
    """The step that silence means by custom on ladders of how a figure is taken: the whole, every time."""
    return int(load("levels")["silence"].get(ladder.name, -1))


def _ranked(
    ladder: Ladder,
    left: list[int],
    right: list[int],
    said: tuple[Sequence[Level], Sequence[Level]],
    direction: Direction,
) -> Outcome:
    name = ladder.name
    told = [f"“{levels[0].wording}”" if levels else "（未写，按通常理解）" for levels in said]
    if len(left) != len(right):
        if len(set(left)) == 1 and set(left) == set(right):
            return Outcome(Effect.SAME, f"{name}相同")
        return Outcome(Effect.UNCLEAR, f"{name}表述不同：批复{told[0]}，招标{told[1]}")
    pairs = list(zip(left, right, strict=True))
    if ladder.upper and direction not in _LESS_IS_STRICTER:
        pairs = [(after, before) for before, after in pairs]
    raised, lowered = any(after > before for before, after in pairs), any(after < before for before, after in pairs)
    if raised and lowered:
        return Outcome(Effect.UNCLEAR, f"{name}有升有降：批复{told[0]}，招标{told[1]}")
    if (
        ladder.wording
        and not raised
        and not lowered
        and {key(one.wording) for one in said[0]} != {key(one.wording) for one in said[1]}
    ):
        return Outcome(Effect.UNCLEAR, f"{name}不同：批复{told[0]}，招标{told[1]}，须人工确认")
    if not raised and not lowered:
        return Outcome(Effect.SAME, f"{name}相同")
    effect = Effect.RAISED if raised else Effect.LOWERED
    return Outcome(effect, f"{name}由{told[0]}变为{told[1]}，要求{'提高' if raised else '降低'}")
