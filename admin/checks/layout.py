"""Whether a diagram can be read: everything drawn, lines square, no line across another or through a task."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from admin.checks import Complaint, Tree
from admin.checks.model import Model, readable_models

Point = tuple[float, float]
Segment = tuple[Point, Point]
Box = tuple[float, float, float, float]

DRAW = "请在 Modeler 中调整连线；保存后再检查一次。"


def check_layout(tree: Tree) -> list[Complaint]:
    """Return what is wrong with the drawing of each process's diagram; unreadable files are the wiring's complaint."""
    complaints: list[Complaint] = []
    for _, model in readable_models(tree):
        complaints += _check_drawing(tree.name(model.path), model)
    return sorted(complaints)


def _check_drawing(file: str, model: Model) -> Iterator[Complaint]:
    shapes, edges = model.shapes(), model.edges()
    nodes = [node.id for node in model.nodes()]
    for missing in sorted(set(nodes) - set(shapes)):
        yield Complaint(file, missing, "没有画在图上。", "请在 Modeler 中重新画出它（引擎能运行，人看不见）。")
    for flow in model.flows():
        points = edges.get(flow.id, [])
        if len(points) < 2:
            yield Complaint(file, flow.id, "连线没有画在图上。", DRAW)
        if any(not _is_square(segment) for segment in _segments(points)):
            yield Complaint(file, flow.id, "连线不是横平竖直的。", DRAW)
        for node in nodes:
            if node not in {flow.source, flow.target} and _passes(points, shapes.get(node)):
                yield Complaint(file, flow.id, f"连线穿过了 {node}。", DRAW)
    for (one, line), (other, crossing) in combinations(sorted(edges.items()), 2):
        if any(_cross(a, b) for a in _segments(line) for b in _segments(crossing)):
            yield Complaint(file, one, f"连线与 {other} 交叉。", DRAW)


def _segments(points: list[Point]) -> list[Segment]:
    return list(pairwise(points))


def _is_square(segment: Segment) -> bool:
    (x1, y1), (x2, y2) = segment
    return x1 == x2 or y1 == y2


def _passes(points: list[Point], box: Box | None) -> bool:
    if box is None:
        return False
    x, y, width, height = box
    for (x1, y1), (x2, y2) in _segments(points):
        inside_x = min(x1, x2) < x + width and max(x1, x2) > x
        inside_y = min(y1, y2) < y + height and max(y1, y2) > y
        if inside_x and inside_y:
            return True
    return False


def _cross(a: Segment, b: Segment) -> bool:
    """Tell whether two square segments cross inside both, or lie on one another for a stretch."""
    (ax1, ay1), (ax2, ay2) = a
    (bx1, by1), (bx2, by2) = b
    overlap_x = min(max(ax1, ax2), max(bx1, bx2)) - max(min(ax1, ax2), min(bx1, bx2))
    overlap_y = min(max(ay1, ay2), max(by1, by2)) - max(min(ay1, ay2), min(by1, by2))
    if (ax1 == ax2) == (bx1 == bx2):
        return (overlap_x > 0 and overlap_y == 0) or (overlap_y > 0 and overlap_x == 0)
    across, upright = (a, b) if ay1 == ay2 else (b, a)
    y, x = across[0][1], upright[0][0]
    return min(across[0][0], across[1][0]) < x < max(across[0][0], across[1][0]) and min(
        upright[0][1], upright[1][1]
    ) < y < max(upright[0][1], upright[1][1])
