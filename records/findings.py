"""The findings of a round as people look through them: filtered, page by page, with what the filters would give."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from domain.parameters.verdicts import Verdict
from records.models import ParameterFinding

DEVIATIONS = "偏差"
PAGE = 50
_counting = func.coalesce(ParameterFinding.overruled, ParameterFinding.verdict)
_is_open = and_(
    _counting != Verdict.SAME.value, ParameterFinding.disposition.is_(None), ParameterFinding.carried_over.is_(False)
)
_SEARCHED = (
    ParameterFinding.item,
    ParameterFinding.tender_item,
    ParameterFinding.parameter,
    ParameterFinding.approved,
    ParameterFinding.tender,
    ParameterFinding.reason,
    ParameterFinding.approved_ref,
    ParameterFinding.tender_ref,
)


@dataclass(frozen=True)
class FindingSearch:
    """Which findings of a round are wanted.

    Attributes:
        verdict: one of the nine as it counts, `DEVIATIONS` for all but 一致, or "" for every one.
        kind: 一致性, 合规性, …, or "" for every one.
        subsystem: the approved side's name of a subsystem, or "" for every one.
        words: each must stand in the names, texts, places or the reason; case does not matter.
        only_open: deviations that nobody has dealt with yet.
    """

    verdict: str = ""
    kind: str = ""
    subsystem: str = ""
    words: str = ""
    only_open: bool = False


@dataclass(frozen=True)
class Overview:
    """A round in figures: findings by the verdict that counts, deviations by kind, and how many are open.

    `tally` has the findings by verdict, kind, subsystem and whether they are open: all that is filtered by but words.
    """

    verdicts: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    subsystems: Sequence[str] = ()
    open: int = 0
    tally: Mapping[tuple[str, str, str, bool], int] = field(default_factory=dict)

    def count(self, search: FindingSearch) -> int:
        """Return how many findings fit a search, whose words are not looked at."""
        return sum(
            count
            for (verdict, kind, subsystem, is_open), count in self.tally.items()
            if (verdict != Verdict.SAME if search.verdict == DEVIATIONS else search.verdict in {"", verdict})
            and search.kind in {"", kind}
            and search.subsystem in {"", subsystem}
            and (is_open or not search.only_open)
        )


@dataclass(frozen=True)
class FindingPage:
    """One page of the findings that fit a search, in the order of the tables; `number` counts from 1."""

    rows: Sequence[ParameterFinding]
    found: int
    number: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.found // PAGE))


class Findings:
    """The findings of one round of a review."""

    def __init__(self, session: Session, review_id: int, review_round: int) -> None:
        self.session = session
        self._belongs = (ParameterFinding.review_id == review_id) & (ParameterFinding.round == review_round)

    def overview(self) -> Overview:
        """Count the whole round in one pass."""
        grouped = (_counting, ParameterFinding.kind, ParameterFinding.subsystem, _is_open)
        counted = self.session.execute(
            select(*grouped, func.count(), func.min(ParameterFinding.position)).where(self._belongs).group_by(*grouped)
        ).all()
        verdicts, kinds, first, still_open = Counter[str](), Counter[str](), dict[str, int](), 0
        tally = {}
        for verdict, kind, subsystem, is_open, count, position in counted:
            tally[verdict, kind, subsystem, bool(is_open)] = count
            verdicts[verdict] += count
            kinds[kind] += count if verdict != Verdict.SAME else 0
            still_open += count if is_open else 0
            first[subsystem] = min(position, first.get(subsystem, position))
        named = sorted(filter(None, first), key=first.__getitem__)
        deviating = {kind: count for kind, count in kinds.items() if count}
        return Overview(dict(verdicts), deviating, named, still_open, tally)

    def at(self, position: int) -> ParameterFinding | None:
        """Return the finding at a position of the round, from 0; None beyond its end."""
        wanted = select(ParameterFinding).where(self._belongs, ParameterFinding.position == position)
        return self.session.scalars(wanted).one_or_none()

    def page(self, search: FindingSearch, number: int, overview: Overview | None = None) -> FindingPage:
        """Return a page; beyond the last one, the last. With the round's overview nothing is counted again."""
        if search.words.strip():
            return self._page_of_words(search, number)
        wanted = self._wanted(search)
        found = (overview or self.overview()).count(search)
        number = min(number, FindingPage((), found, number).pages)
        rows = select(ParameterFinding).where(wanted).order_by(ParameterFinding.position)
        return FindingPage(self.session.scalars(rows.limit(PAGE).offset((number - 1) * PAGE)).all(), found, number)

    def _page_of_words(self, search: FindingSearch, number: int) -> FindingPage:
        """Look through the texts once only: for how many there are as well as for which are on the page."""
        positions = self.session.scalars(
            select(ParameterFinding.position).where(self._wanted(search)).order_by(ParameterFinding.position)
        ).all()
        number = min(number, FindingPage((), len(positions), number).pages)
        shown = ParameterFinding.position.in_(positions[(number - 1) * PAGE : number * PAGE])
        rows = select(ParameterFinding).where(self._belongs, shown).order_by(ParameterFinding.position)
        return FindingPage(self.session.scalars(rows).all(), len(positions), number)

    def page_with(self, search: FindingSearch, position: int) -> int:
        """Return the number of the page that holds a position, or would hold it."""
        before = self._wanted(search) & (ParameterFinding.position < position)
        return (self.session.scalar(select(func.count()).select_from(ParameterFinding).where(before)) or 0) // PAGE + 1

    def next_deviation(self, search: FindingSearch, after: int) -> int | None:
        """Return the position of the first deviation beyond a position, or None."""
        beyond = self._wanted(search) & (ParameterFinding.position > after) & (_counting != Verdict.SAME.value)
        return self.session.scalar(select(func.min(ParameterFinding.position)).where(beyond))

    def _wanted(self, search: FindingSearch) -> ColumnElement[bool]:
        asked: list[ColumnElement[bool]] = [self._belongs]
        if search.verdict == DEVIATIONS:
            asked.append(_counting != Verdict.SAME.value)
        elif search.verdict:
            asked.append(_counting == search.verdict)
        if search.kind:
            asked.append(ParameterFinding.kind == search.kind)
        if search.subsystem:
            asked.append(ParameterFinding.subsystem == search.subsystem)
        if search.only_open:
            asked.append(_is_open)
        asked += [_holds(word) for word in search.words.split()]
        return and_(*asked)


def _holds(word: str) -> ColumnElement[bool]:
    """A word without letters that have two cases is looked for as it stands, which saves folding every text."""
    has_case = word.lower() != word.upper()
    return or_(
        *(
            column.icontains(word, autoescape=True) if has_case else column.contains(word, autoescape=True)
            for column in _SEARCHED
        )
    )
