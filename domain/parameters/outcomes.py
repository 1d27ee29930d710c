"""What a comparison of one piece of two requirements found, before the pieces become a verdict."""

from dataclasses import dataclass
from enum import StrEnum

from domain.parameters.verdicts import FindingKind, Verdict


class Effect(StrEnum):
    """The effect of the tender's wording on what was approved."""

    SAME = "same"
    RAISED = "raised"
    LOWERED = "lowered"
    LOST = "lost"
    EXTRA = "extra"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One piece's effect, told in Chinese; `convention` names the reading that decided."""

    effect: Effect
    text: str
    convention: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the reason a reviewer could sign, the conventions it rests on, which question it answers.

    `confidence` (0 to 1) says how sure the reading of the two texts is.
    """

    verdict: Verdict
    reason: str
    convention: str = ""
    basis: str = ""
    kind: FindingKind = FindingKind.CONSISTENCY
    confidence: float = 1.0


_UNSURE = 0.5
"""How sure a reading is that is left to a person."""


def conclude(outcomes: list[Outcome]) -> Judgement:
    """Join the pieces: anything unclear, or both stricter and looser, is left to a human."""
    effects = {outcome.effect for outcome in outcomes}
    lower = effects & {Effect.LOWERED, Effect.LOST}
    replaced = Effect.LOST in effects and Effect.EXTRA in effects
    if Effect.UNCLEAR in effects or replaced or (lower and Effect.RAISED in effects):
        verdict = Verdict.MANUAL
    elif lower:
        verdict = Verdict.LOWERED
    elif Effect.RAISED in effects:
        verdict = Verdict.RAISED
    elif Effect.EXTRA in effects:
        verdict = Verdict.ADDED
    else:
        verdict = Verdict.SAME
    told = [outcome for outcome in outcomes if outcome.effect is not Effect.SAME] or outcomes
    reason = "；".join(dict.fromkeys(outcome.text for outcome in told if outcome.text))
    if verdict is Verdict.MANUAL and Effect.UNCLEAR not in effects:
        reason = f"既有加严又有放宽或替换，需人工判断：{reason}"
    conventions = dict.fromkeys(outcome.convention for outcome in told if outcome.convention)
    sure = _UNSURE if Effect.UNCLEAR in effects else 1.0
    return Judgement(verdict, reason or "要求相同", "；".join(conventions), confidence=sure)
