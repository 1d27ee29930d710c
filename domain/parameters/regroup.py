"""One requirement written as several: `CPU：2颗，每颗≥16核` against two lines of the tender, or the other way round.

When a judged pair differs and joining it with one left-over tender parameter makes it consistent, the join is what was
meant; the left-over parameter is then no addition.
"""

from collections.abc import Callable

from domain.documents.table import Parameter
from domain.parameters.judge import judge
from domain.parameters.match_parameters import ParameterMatch
from domain.parameters.names import split_name
from domain.parameters.outcomes import Judgement
from domain.parameters.rules import Rules
from domain.parameters.verdicts import Verdict

At = tuple[int, int]
_TRIED = 6


def regroup(
    judged: dict[ParameterMatch, Judgement], extra: list[At], text_of: Callable[..., Parameter], rules: Rules
) -> tuple[dict[ParameterMatch, Judgement], list[At]]:
    """Try to explain pairs that lost something by the tender's left-over parameters of the same row."""
    settled = dict(judged)
    left = list(extra)
    for pair, judgement in judged.items():
        if judgement.verdict not in {Verdict.LOWERED, Verdict.MANUAL} or pair.tender is None:
            continue
        approved, tender = text_of(pair.approved, approved=True), text_of(pair.tender)
        for at in [one for one in left if one[0] == pair.tender[0]][:_TRIED]:
            joined = judge_joined(approved, tender, text_of(at), rules)
            if joined.verdict is Verdict.SAME:
                settled[pair] = Judgement(
                    Verdict.SAME, f"招标分两条写明（另见“{text_of(at).text}”），合并后与批复一致", joined.convention
                )
                left.remove(at)
                break
    return settled, left


def judge_joined(approved: Parameter, tender: Parameter, further: Parameter, rules: Rules) -> Judgement:
    """Judge an approved parameter against two tender parameters read as one."""
    name, value = split_name(approved.text)
    other, first = split_name(tender.text)
    together = f"{first}，{further.text}"
    return judge("", (name, value), (other, together), rules, (approved.mark, tender.mark))
