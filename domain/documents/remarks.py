"""Lines among a table's rows that are no rows: remarks, signatures, sentences, and the title of the next page."""

import re

from domain.documents.devices import titled
from domain.documents.fields import heading_text, package_label
from domain.documents.items import RowContent

_NOTE = re.compile(
    r"\s*(?:备注|附注|注意|注|说明|特别说明|编制说明|填表说明|其他说明|其它说明)\s*(?:[:：\d１-９一（(]|事项)"
)
_SIGNATURE = re.compile(
    r"\s*(?:编制|制表|审核|复核|审定|批准|审批|填报|填表|编报|报价|投标|供应商|法定代表|授权代表|项目负责|日期|时间|联系|电话|盖章|签字|签章)[^:：]{0,8}[:：]"
)
_PROSE = re.compile(r"[，。；]")
_PAGE = re.compile(r"(?:第\s*\d+\s*页|[(（]?续(?:表|上页)?\d*[)）]?\s*$|^\s*续\s*[上表])")
_SENTENCE_LENGTH = 24


def is_remark(content: RowContent) -> bool:
    """A remark below or between the rows: it begins as one, is signed, or is a sentence over the whole width."""
    anchors = content.row.anchors
    if all(_SIGNATURE.match(cell.text) for cell in anchors):
        return True
    first = anchors[0]
    if content.is_under(first, {"spec", "attribute", "remark"}) and first.across == 1:
        return False
    if len(anchors) <= 2 and _NOTE.match(first.text):
        return True
    wide = first.across > 1 or not content.is_under(first, {"name"})
    return (
        len(anchors) == 1
        and wide
        and len(first.text) > _SENTENCE_LENGTH
        and bool(_PROSE.search(first.text))
        and not package_label(first.text)
        and not titled(heading_text(first.text)).count
    )


def is_page_title(text: str) -> bool:
    """Whether a line only says which page or continuation follows."""
    return bool(_PAGE.search(text))
