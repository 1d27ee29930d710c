"""A parameter that one item lost and another gained: said in both findings, so that a person sees them together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.documents.clauses import without_mark
from domain.parameters.names import canonical_words
from domain.parameters.verdicts import Finding, Subject, Verdict


def point_out_moves(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Add to what is missing where the same requirement was added, and the other way round; verdicts stay."""
    every = tuple(findings)
    lost, gained = _by_words(every, Verdict.MISSING), _by_words(every, Verdict.ADDED)
    for finding in every:
        others = gained if finding.verdict is Verdict.MISSING else lost if finding.verdict is Verdict.ADDED else {}
        found = others.get(_words(finding)) if finding.subject is Subject.PARAMETER else None
        if found is None:
            yield finding
        elif finding.verdict is Verdict.MISSING:
            where = f"招标在“{found.tender_item}”（{found.tender_ref}）中有相同要求，请确认是否移位"
            yield replace(finding, reason=f"{finding.reason}；{where}")
        else:
            where = f"批复“{found.item}”（{found.approved_ref}）缺失相同要求，请确认是否移位"
            yield replace(finding, reason=f"{finding.reason}；{where}")


def _by_words(findings: Iterable[Finding], verdict: Verdict) -> dict[str, Finding]:
    """The parameters of a verdict by their words, those that stand once: a common phrase proves no move."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.subject is Subject.PARAMETER and finding.verdict is verdict:
            found[_words(finding)].append(finding)
    return {words: alike[0] for words, alike in found.items() if words and len(alike) == 1}


def _words(finding: Finding) -> str:
    return canonical_words(without_mark(finding.approved or finding.tender))
