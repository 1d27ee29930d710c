"""What stands in a requirement's place and asks for nothing: 详见附件, 按初步设计要求, 本次不采购, 利旧.

Nothing can be compared with it, so a person is asked once for the item, instead of a requirement that is missing and
another that is added.
"""

from collections.abc import Sequence

from domain.documents.clauses import without_mark
from domain.documents.table import Item, Parameter
from domain.parameters.outcomes import Effect, Judgement, Outcome
from domain.parameters.phrases import phrase
from domain.parameters.verdicts import Evidence, Side, Verdict
from domain.text import plain


def told_of(text: str) -> str:
    """What to tell of a text that asks for nothing, "" of any other."""
    text = without_mark(text)
    written = plain(text).strip("()")
    if phrase("elsewhere").fullmatch(written):
        return f"招标只写“{text}”，所指内容未随文列出，不能比对，须附上所指内容或写明要求"
    if _is_not_bought(text):
        return f"招标写“{text}”，本次是否采购、批复内容是否落空须人工确认；不采购的等同取消，应更正或报批"
    return ""


def compare_unwritten(approved: str, tender: str) -> Outcome | None:
    """The outcome where only the tender's value asks for nothing, None of any other two values."""
    told = told_of(tender)
    return Outcome(Effect.UNCLEAR, told) if told and not told_of(approved) else None


def is_given_up(item: Item) -> bool:
    """Whether a row says that it is not bought and gives no number of pieces: its quantity is told with it."""
    unnumbered = item.quantity is None or item.quantity.number is None
    return unnumbered and any(_is_not_bought(parameter.text) for parameter in item.parameters)


def unwritten_item(
    approved: Item, tender: Item, lost: Sequence[Parameter], instead: Sequence[Parameter]
) -> tuple[Evidence, Judgement]:
    """One question about an item of which the tender writes something else `instead` of what is `lost`."""
    mine = Side(_told_with(approved, lost), lost[0].place if lost else approved.place)
    reason = "；".join(dict.fromkeys(told_of(one.text) for one in instead))
    return Evidence("整项", mine, Side(_told_with(tender, instead), instead[0].place)), Judgement(
        Verdict.MANUAL, reason
    )


def _told_with(item: Item, parameters: Sequence[Parameter]) -> str:
    """An item in words, with its quantity and some of its parameters."""
    named = f"{item.name} {item.quantity.text}" if item.quantity else item.name
    asked = "；".join(f"{one.mark}{without_mark(one.text)}" for one in parameters)
    return f"{named}：{asked}" if asked else named


def _is_not_bought(text: str) -> bool:
    return bool(phrase("not_bought").fullmatch(plain(without_mark(text)).strip("()")))
