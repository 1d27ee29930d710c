"""Whose words count where a table shows the approved beside the tendered: those of the document's own stage."""

import re
from collections.abc import Iterable

from domain.documents.columns import Columns
from domain.documents.titles import APPROVED, TENDER, stage_words

_TEXTS = 200


def stage_of_document(file_name: str, texts: Iterable[str]) -> int:
    """Tell by its name, else by its text, whether a document is an approval or a tender: APPROVED, TENDER, or 0."""
    named = [stage for stage in (APPROVED, TENDER) if _said(stage, [file_name])]
    if len(named) == 1:
        return named[0]
    first = [text for _, text in zip(range(_TEXTS), texts, strict=False)]
    approved, tender = _said(APPROVED, first), _said(TENDER, first)
    if approved >= 3 * max(tender, 1):
        return APPROVED
    return TENDER if tender >= 3 * max(approved, 1) else 0


def of_stage(columns: Columns | None, stage: int) -> Columns | None:
    """Let the columns of a document's own stage count; of a document that tells neither both are requirements."""
    if columns is None or stage == TENDER:
        return columns
    for role, ranks in columns.staged.items():
        approved = [index for index, rank in ranks.items() if rank == APPROVED]
        left = [] if stage == 0 else [index for index, rank in ranks.items() if rank == TENDER]
        if stage == 0 and role != "spec":
            continue
        columns.roles[role] = sorted({*columns.roles[role], *approved} - {*left})
        columns.loose = {index: title for index, title in columns.loose.items() if index not in approved}
        columns.loose.update({index: columns.said(index) for index in left})
    return columns


def _said(stage: int, texts: Iterable[str]) -> int:
    pattern = re.compile("|".join(stage_words(stage)))
    return sum(len(pattern.findall(text)) for text in texts)
