"""How long each person of a parameter review has.

The regulation sets no period for Article 18; these are the bureau's own and may be changed where the steps are made.
"""

from dataclasses import dataclass

from workers.periods import Period

ARTICLE = "第十八条"
BASIS = "市大数据局办理时限（试行办法未规定期限，可配置）"

CORRECTION = Period("更正送审材料", 3, ARTICLE, BASIS)
EXPLANATION = Period("说明偏差", 3, ARTICLE, BASIS)
REVIEW = Period("初审参数差异", 3, ARTICLE, BASIS)
CONFIRMATION = Period("复核审查意见", 5, ARTICLE, BASIS)
REVISION = Period("修改招标文件", 5, ARTICLE, BASIS)
PUBLICATION = Period("提交公告文件", 20, ARTICLE, BASIS)


@dataclass(frozen=True)
class Periods:
    """One period a user task. Confirmation counts from the same day as the review before it."""

    correction: Period = CORRECTION
    explanation: Period = EXPLANATION
    review: Period = REVIEW
    confirmation: Period = CONFIRMATION
    revision: Period = REVISION
    publication: Period = PUBLICATION
