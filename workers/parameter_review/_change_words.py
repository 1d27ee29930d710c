"""How a change during procurement is spoken of, in forms and in the opinion on it (Article 18)."""

from dataclasses import dataclass

from domain.formats import day
from records.changes import opinion_number
from records.models import ParameterChange, ParameterReview, ReviewKind
from workers.registry import Books

TITLE = "技术参数变更审核意见"
_ADJUST = (
    "变更不在项目审批的内容或投资额度内，请依据第十九条报市发展改革委进行概算调整，批准后重新申请审查；"
    "调整批准前不得公告或者执行变更。"
)
_CONSEQUENCES = {
    "同意": "请按本次审查的变更文件公告，公告后上传公告文件原件核对；与本次审查文件不一致的，须重新审查。",
    "修改后同意": "请按处理要求修改变更文件后提交复审，复审只审改动的内容和合计金额；复审同意前不得公告或者执行变更。",
    "不同意": "请按上次审定的招标文件执行；本次变更文件不得公告或者执行。",
    "转概算调整": _ADJUST,
}
_REPLACED = "可以按本次审查的替代型号执行；型号、参数、数量或者价格再有变化的，须重新申请变更审查。"


@dataclass(frozen=True)
class ChangeWords:
    """What an opinion says of a change: what it is about, and what follows from a conclusion."""

    told: str
    is_replacement: bool

    def consequence(self, conclusion: str) -> str:
        """Return what the unit is to do after a conclusion."""
        return _REPLACED if self.is_replacement and conclusion == "同意" else _CONSEQUENCES[conclusion]


def change_words(books: Books, review: ParameterReview) -> ChangeWords | None:
    """Return how the review's change is spoken of, None for a review before procurement."""
    change = books.changes.of_review(review.id)
    if change is None:
        return None
    told = f"本次为采购中变更：{change_note(books, change)}"
    return ChangeWords(told, change.kind == ReviewKind.REPLACEMENT)


def change_note(books: Books, change: ParameterChange) -> str:
    """Return what a change is, what it rests on and what is compared."""
    before = books.reviews.with_id(change.agreed_review_id)
    number = opinion_number(before) if before else ""
    return (
        f"{change.kind}（{change.reason}），{change.notice_number}，{day(change.notice_date)}。"
        f"批复参数价格表沿用原审查，变更前的招标文件为意见书 {number} 审定的文件；未变更的内容不再审查。"
    )
