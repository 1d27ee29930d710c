"""One requirement written as several: `CPU：2颗，每颗≥16核` against two lines of the tender, or the other way round.

When a judged pair differs and joining it with one parameter that nothing answers makes it consistent, the join is what
was meant: the further tender parameter is then no addition, the further approved parameter not missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.documents.table import Item, Parameter
from domain.parameters.judge import judge
from domain.parameters.match_parameters import At, ParameterMatch, parameter_at
from domain.parameters.names import split_name
from domain.parameters.outcomes import Judgement
from domain.parameters.rules import Rules
from domain.parameters.verdicts import Verdict

Judged = dict[ParameterMatch, Judgement]
_TRIED = 6
_SPLIT = frozenset({Verdict.LOWERED, Verdict.MANUAL})
_JOINED = frozenset({Verdict.RAISED, Verdict.ADDED, Verdict.MANUAL})


@dataclass(slots=True)
class Regrouping:
    """The parameters of one match: what is judged, what nothing answers on either side (tender's, approved)."""

    judged: Judged
    extra: list[At]
    lost: list[At]
    items: tuple[Sequence[Item], Sequence[Item]]
    rules: Rules

    def settle(self) -> None:
        """Explain what differs by one further parameter of either side; `judged`, `extra` and `lost` are changed."""
        for pair, judgement in list(self.judged.items()):
            if pair.tender is None or pair.approved is None:
                continue
            if judgement.verdict in _SPLIT and self._is_split(pair):
                continue
            if judgement.verdict in _JOINED:
                self._is_joined(pair)

    def _is_split(self, pair: ParameterMatch) -> bool:
        """Whether the tender asks for one approved parameter in two."""
        approved, tender = self._texts(pair)
        for at in [one for one in self.extra if pair.tender and one[0] == pair.tender[0]][:_TRIED]:
            further = parameter_at(self.items[1], at)
            found = _judge_joined(approved, (tender, further), self.rules)
            if found.verdict is Verdict.SAME:
                told = f"招标分两条写明（另见“{further.text}”），合并后与批复一致"
                self.judged[pair] = Judgement(Verdict.SAME, told, found.convention)
                self.extra.remove(at)
                return True
        return False

    def _is_joined(self, pair: ParameterMatch) -> bool:
        """Whether the tender asks for two approved parameters in one."""
        approved, tender = self._texts(pair)
        for at in [one for one in self.lost if pair.approved and one[0] == pair.approved[0]][:_TRIED]:
            further = parameter_at(self.items[0], at)
            found = _judge_joined(tender, (approved, further), self.rules)
            if found.verdict is Verdict.SAME:
                for own, other in ((pair, further), (ParameterMatch(at, pair.tender, pair.confidence), approved)):
                    told = f"批复分两条写明（另见“{other.text}”），与招标合并写的一条一致"
                    self.judged[own] = Judgement(Verdict.SAME, told, found.convention)
                self.lost.remove(at)
                return True
        return False

    def _texts(self, pair: ParameterMatch) -> tuple[Parameter, Parameter]:
        return parameter_at(self.items[0], pair.approved), parameter_at(self.items[1], pair.tender)


def _judge_joined(one: Parameter, parts: tuple[Parameter, Parameter], rules: Rules) -> Judgement:
    """Judge a parameter of one side against two of the other read as one.

    Marks must agree on all three, or the join would hide that one part's mark was changed.
    """
    name, value = split_name(one.text)
    other, first = split_name(parts[0].text)
    if parts[0].mark != parts[1].mark:
        return Judgement(Verdict.MANUAL, "")
    together = f"{first}，{parts[1].text}"
    return judge("", (name, value), (other, together), rules, (one.mark, parts[0].mark))
