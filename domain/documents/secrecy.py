"""State-secret markings: a document that carries one is refused, and none of its content travels any further.

A marking is the wording of 国家秘密标志 (`机密★10年`, `密级：秘密`) or a level that stands alone. Words that
merely contain a level (`商业秘密`, `秘密级以上信息`) are ordinary text. Source: design D4.
"""

import re
import unicodedata
from collections.abc import Iterable

_LEVEL = "(?:绝密|机密|秘密)"
_STARRED = re.compile(rf"(?<!商业)(?<!工作){_LEVEL}级?[ \t]*[★☆*][ \t]*(?=\d|长期|启封|解密|$)", re.MULTILINE)
_LABELLED = re.compile(rf"(?:密级|保密等级|秘密等级)(?:和保密期限)?\s*[:：]\s*[【\[(]?\s*{_LEVEL}")
_ALONE = re.compile(
    rf"[【\[(〔<《「]*\s*{_LEVEL}\s*(?:级|件|级文件)?\s*(?:[,、]?\s*(?:\d{{1,2}}\s*(?:年|个月|月)|长期|启用前))?\s*[】\])〕>》」]*"
)
_IN_NAME = re.compile(rf"(?:^|[\s_\-—.,·+【\[(〔《「])({_LEVEL})(?:级|件)?(?=$|[\s_\-—.,·+★☆*】\])〕》」\d])")


def is_marking(text: str) -> bool:
    """Tell whether a cell, paragraph, header or property is (or holds) a state-secret marking."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if "密" not in folded:
        return False
    if _STARRED.search(folded) or _LABELLED.search(folded):
        return True
    return any(_ALONE.fullmatch(re.sub(r"\s+", "", line)) for line in folded.splitlines())


def is_marked_name(file_name: str) -> bool:
    """Tell whether a file's or sheet's name carries a level as a word of its own (`【机密】清单.xlsx`)."""
    folded = unicodedata.normalize("NFKC", file_name)
    return bool(_STARRED.search(folded) or _LABELLED.search(folded) or _IN_NAME.search(folded))


def first_marking(texts: Iterable[tuple[str, str]]) -> str | None:
    """Give the place of the first marked text among (text, place) pairs, None when there is none."""
    return next((place for text, place in texts if is_marking(text)), None)
