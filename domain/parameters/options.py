"""Enumerations: `支持A、B、C` asks for all, `支持A或B` for one of them, `等` leaves the list open."""

import re
from dataclasses import dataclass, replace
from functools import cache

from domain.parameters.data import load
from domain.parameters.intervals import Measure
from domain.parameters.names import canonical_words

_PROTECTED = re.compile(
    r"(?<![A-Za-z])(?:B/S|C/S|I/O|TCP/IP|GB/T|GA/T|YD/T|GM/T|SJ/T|DB\d*/T|A/B)(?![A-Za-z])", re.IGNORECASE
)
_SLASH = "\ue001"
_SERIES = re.compile(r"([A-Za-z][A-Za-z-]*)\s*(\d+(?:\s*[/、,]\s*\d+)+)")
_ANY = re.compile(r"或者|或|中?的?任[一意选](?:[一1]?[种类个项])?|(?:其中|之)一(?:种|个)?")
_OPEN = re.compile(r"等(?!级|保|待|同|于|效)|包括但不限于|不限于|其他")
_LIST = re.compile(r"[、/]")
_JOINED = re.compile(r"(?<=..)(?:以及|和|及(?!时|以[下上内]|其)|与)(?=..)")
_OFFER = re.compile(
    r"(?:应当|应|须|必须|需)?(?:可?同时)?(?:支持|兼容|适配|包括|包含|具备|提供|满足|提交|交付|采用|出具|移交|编制|配置|配备|实现|完成)"
)
_BETWEEN = re.compile(r"[\s、/,和与及或者]|以及|等|频段|频率|双频")
_LATIN = re.compile("[A-Za-z0-9]")
_LEAD = re.compile(
    r"^(?:防(?!火|护|病|雷|尘|水|盗|伪|泄|抖)|通过|能够|以(?!太|内|及)|对(?!讲|象|外|接|端|比|账)|在(?!线|用)|与)(?=..)"
)
_COUNT_OF = re.compile(r"中?(?:的)?(?:任意|其中)?(?:[一二两三四五六七八多]|\d+)[种类个项](?:[^\d、]{0,4})?$")
_HEADS = re.compile(
    r"^(?:可?同时)?(?:支持|兼容|适配|包括但不限于|包括|包含|含|具备|提供|满足|采用|配置|提交|交付|出具|移交|编制|配备|实现|完成)*"
)


@dataclass(frozen=True, slots=True)
class Options:
    """A list of things asked for: all of them, or any of them (`any_of`).

    `is_open` when the list may go on; `tail` is what it then says of the whole (等国产数据库).
    """

    members: frozenset[str]
    any_of: bool
    is_open: bool
    text: str
    wordings: tuple[tuple[str, str], ...] = ()
    tail: str = ""

    def within(self, names: str) -> "Options":
        """The same list without the words at its ends that the parameters' names say (支持A、B备份 of 备份对象)."""
        members = [(_before(_behind(member, names), names), wording) for member, wording in self.wordings]
        bare = frozenset(member for member, _ in members)
        return replace(self, members=bare, wordings=tuple(members)) if len(bare) == len(self.members) else self

    def told(self, members: frozenset[str]) -> str:
        """Members as the document writes them."""
        written = dict(self.wordings)
        return "、".join(sorted(written.get(member, member) for member in members))


def find_options(text: str, phrase: str) -> Options | None:
    """Read what is left of a phrase as an enumeration; None when it lists fewer than two things.

    `phrase` is the whole wording: only after a verb of offering (支持…) do 和 and 与 join members of a list.
    """
    offered = _OFFER.match(phrase) is not None
    body = _SERIES.sub(_spread, _PROTECTED.sub(lambda match: match[0].replace("/", _SLASH), text))
    any_of = bool(_ANY.search(body))
    is_open = bool(_OPEN.search(body))
    # What follows 等 names the kind of thing listed (等国产数据库), not one more member.
    listed = _OPEN.split(body, maxsplit=1)[0] if re.search(r"等(?!级|保|待|同|于|效)", body) else body
    listed = _HEADS.sub("", _OPEN.sub("", listed))
    parts = _LIST.split(_ANY.sub("、", listed))
    pieces = [piece for part in parts for piece in (_JOINED.split(part) if offered or len(parts) > 1 else [part])]
    wordings = {member: piece.replace(_SLASH, "/").strip() for piece in pieces if (member := _member(piece))}
    tail = canonical_words(body.split("等", 1)[1]) if listed != body and "等" in body else ""
    found = Options(frozenset(wordings), any_of, is_open, text, tuple(wordings.items()), tail)
    return found if len(wordings) > 1 else None


def measured_options(measures: tuple[Measure, ...], rest: str, text: str) -> Options | None:
    """Read figures with nothing but separators between them (`2.4GHz和5GHz`) as an enumeration."""
    alike = {(one.dimension, one.kind) for one in measures}
    if (
        len(measures) < 2
        or len(alike) > 1
        or measures[0].kind != "bare"
        or _BETWEEN.sub("", _HEADS.sub("", rest.strip()))
    ):
        return None
    wordings = {measured_member(one): one.text for one in measures}
    members = frozenset(wordings)
    any_of = bool(_ANY.search(rest))
    return (
        Options(members, any_of, bool(_OPEN.search(rest)), text, tuple(wordings.items())) if len(members) > 1 else None
    )


def measured_member(measure: Measure) -> str:
    """A figure as a member of an enumeration."""
    return f"{measure.low and measure.low.normalize()}{measure.dimension}"


def member_words(text: str) -> str:
    """A single thing asked for, as it would stand in an enumeration."""
    return _member(_HEADS.sub("", text))


def _spread(match: re.Match[str]) -> str:
    return "、".join(f"{match[1]}{number.strip()}" for number in re.split(r"[/、,]", match[2]))


def is_tail(words: str, member: str) -> bool:
    """Whether words are a member with nothing but a common noun more (协议, 方式) or the same."""
    return words == member or without_edges(words) == member


def without_edges(words: str) -> str:
    """Words without the common nouns at their end (协议, 格式), unless they are nothing else."""
    return _edges().sub("", words) or words


def _behind(member: str, names: str) -> str:
    """What follows the longest beginning that the names say; Latin words are never cut."""
    ends = (end for end in range(len(member) - 1, 1, -1) if member[:end] in names and not _LATIN.search(member[:end]))
    return next((member[end:] for end in ends), member)


def _before(member: str, names: str) -> str:
    """What precedes the longest ending that the names say."""
    starts = range(1, len(member) - 1)
    told = (start for start in starts if member[start:] in names and not _LATIN.search(member[start:]))
    return next((member[:start] for start in told), member)


def _member(piece: str) -> str:
    words = canonical_words(_COUNT_OF.sub("", _LEAD.sub("", piece.replace(_SLASH, "/").strip())))
    return without_edges(words)


@cache
def _edges() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(load('synonyms')['noise']['edges'])})+$")
