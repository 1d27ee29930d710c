"""A quantity of sets opened to what they hold: `1套(双机,共2台)` and `2套,每套1台` are two 台."""

import re
from decimal import Decimal
from functools import cache, lru_cache

from domain.parameters.phrases import phrase, phrases
from domain.parameters.wording import in_digits
from domain.text import fold

_SETS = "套|组|对|批|项|式|箱|盒|包|捆|盘"
_ALL = "合计|总计|总共|共计|共有|共|计"
_HOLDS = "(?:均|都|各)?(?:含有?|内含|包含|包括|配置|配备|配|为|即|由|装)?"
_OPEN = r"\s*[(,;、:=]?\s*"


@lru_cache(maxsize=4096)
def opened(text: str) -> str:
    """Give a folded quantity of sets as the quantity of what they hold, the text itself where none is written out.

    Of several sets only 每 or 各 says that each holds so much, and only 共 that all of them do; what merely stands
    beside several sets is left as it is written.
    """
    plain = phrase("set_arrangement").sub("", in_digits(fold(text)))
    told = re.sub(r"[,;、](?=[,;、)])|(?<=\()[,;、]+|\(\)", "", plain).strip(" ,;、")
    for pattern, spread in _forms():
        if match := pattern.fullmatch(told):
            if not spread and match["told"] is None and match["sets"] != "1":
                return text
            number = Decimal(match["number"]) * (Decimal(match["sets"]) if spread else 1)
            return f"{number}{match['unit']}"
    return text


@lru_cache(maxsize=4096)
def factors(text: str) -> tuple[str, str] | None:
    """How many sets, and how much is told of each (or of all) of them; None where no content is written out."""
    plain = phrase("set_arrangement").sub("", in_digits(fold(text))).strip(" ,;、")
    match = next((found for pattern, _ in _forms() if (found := pattern.fullmatch(plain))), None)
    return match and (match["sets"], match["number"])


@lru_cache(maxsize=4096)
def paired(text: str) -> str:
    """`主备各1台` said as two: the two of a pair, each with so many."""
    pattern = re.compile(rf"(?:{'|'.join(phrases('pair_of_machines'))})各(?:配置?|含)?(\d+)(?=[^\d])")
    return pattern.sub(lambda match: f"共{int(match[1]) * 2}", in_digits(fold(text)))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The patterns, and whether the number is of each set."""
    sets = rf"(?P<sets>\d+)\s*(?P<set>{_SETS})"
    # A device (台) is opened only where 每 or / says so: what else stands beside it may be its own parts.
    any_set = rf"(?P<set>{_SETS}|台|排|列|机柜|柜|楼层|层|间|处|个点位|点位|站点|区域|路口)"
    each_of = rf"(?P<sets>\d+)\s*{any_set}"
    unit = r"(?P<unit>[^\d\s(),;、:=/]{1,3})"
    held = rf"(?P<number>\d+)\s*{unit}"
    each = rf"每(?P=set)(?:{_ALL})?{_HOLDS}{held}"
    return (
        (re.compile(rf"{each_of}{_OPEN}{each}\)?"), True),
        (re.compile(rf"{each_of}{_OPEN}{held}/(?P=set)\)?"), True),
        (re.compile(rf"每{any_set}{_HOLDS}{held}{_OPEN}(?:{_ALL})?(?P<sets>\d+)(?P=set)\)?"), True),
        (re.compile(rf"{held}/{any_set}{_OPEN}[×xX*]?(?:{_ALL})?(?P<sets>\d+)(?P=set)\)?"), True),
        (re.compile(rf"{sets}\s*[×xX*]\s*{held}(?:/(?P=set))?"), True),
        (re.compile(rf"{sets}\s*[(,;、:=]\s*(?P<told>{_ALL})?{_HOLDS}{held}\)?"), False),
        (re.compile(rf"(?P<told>{_ALL})?{held}\((?:{_ALL})?{sets}\)"), False),
    )
