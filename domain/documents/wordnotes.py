"""What of a `.docx` paragraph is not judged, and where it stands: struck out, hidden, revised, or a picture."""

from typing import Any

from domain.documents.table import Clause, Notice
from domain.documents.wordtext import ParagraphText, W

_REVISIONS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_MESSAGES = {
    "tracked_changes": "文档含未接受的修订，已按“接受全部修订”读取，请确认后另存定稿：{places}。",
    "hidden_text": "文档含隐藏文字，打印和公告时看不见，未参与比对：{places}，请核对。",
    "struck_out": "有划去（删除线）的文字，视为已删除，未参与比对：{places}，请核对。",
    "picture": "文档有图片，图中文字无法读取，如含参数请人工核对：{places}。",
}
_SOME = 8


class WordNotes:
    """Collects the places of what is left out, and the texts themselves as clauses."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {code: [] for code in _MESSAGES}

    def take(self, found: ParagraphText, element: Any, place: str) -> list[Clause]:
        """Note what of a paragraph is not judged; give the texts left out."""
        if found.has_picture:
            self._at("picture", place)
        self.revised(element, place)
        return self.texts(found, place)

    def texts(self, found: ParagraphText, place: str) -> list[Clause]:
        """Note the struck-out and the hidden text of a paragraph; give both as clauses."""
        left_out = (("struck_out", "（已划去）", found.struck), ("hidden_text", "（隐藏文字）", found.hidden))
        clauses = []
        for code, label, pieces in left_out:
            if text := "".join(pieces).strip():
                self._at(code, place)
                clauses.append(Clause(f"{label}{text}", place))
        return clauses

    def revised(self, element: Any, place: str) -> None:
        """Note revisions anywhere in an element."""
        if next(element.iter(*_REVISIONS), None) is not None:
            self._at("tracked_changes", place)

    def notices(self) -> list[Notice]:
        """What must be told, each with its places."""
        return [
            Notice(code, _MESSAGES[code].format(places=_some(places)), places[0])
            for code, places in self.places.items()
            if places
        ]

    def _at(self, code: str, place: str) -> None:
        places = self.places[code]
        if place not in places[-1:]:
            places.append(place)


def _some(places: list[str]) -> str:
    return "、".join(places[:_SOME]) + (f" 等 {len(places)} 处" if len(places) > _SOME else "")
