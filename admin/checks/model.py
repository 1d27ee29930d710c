"""A diagram as the checks see it: its elements with what Camunda reads from them, and its drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree

from admin.checks import Tree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MODELER = "{http://camunda.org/schema/modeler/1.0}"

SERVICE_TASKS = frozenset({"serviceTask", "sendTask", "scriptTask"})
NOT_DRAWN_NODES = frozenset({"sequenceFlow", "textAnnotation", "association", "extensionElements", "documentation"})


class UnreadableModelError(Exception):
    """The file is no XML, or no BPMN; the text says where."""


@dataclass(frozen=True)
class Node:
    """A flow node: `kind` is its BPMN tag (`serviceTask`), `xml` the element."""

    id: str
    kind: str
    name: str
    xml: Element

    def extension(self, tag: str) -> dict[str, str]:
        """Return the attributes of a `zeebe:` extension, empty when it has none or is not there."""
        found = self.xml.find(f"{BPMN}extensionElements/{ZEEBE}{tag}")
        return {} if found is None else dict(found.attrib)

    def has(self, tag: str) -> bool:
        """Tell whether a `zeebe:` extension is there."""
        return self.xml.find(f"{BPMN}extensionElements/{ZEEBE}{tag}") is not None

    @property
    def article(self) -> str:
        """The regulation's article, as `zeebe:property` `article` tells it; empty when it does not."""
        return _article(self.xml)

    @property
    def listeners(self) -> list[dict[str, str]]:
        """The attributes of each task listener."""
        path = f"{BPMN}extensionElements/{ZEEBE}taskListeners/{ZEEBE}taskListener"
        return [dict(listener.attrib) for listener in self.xml.iterfind(path)]

    @property
    def outputs(self) -> dict[str, str]:
        """The variables that its output mapping sets, each with the expression it takes them from."""
        return self._mapping("output")

    @property
    def inputs(self) -> dict[str, str]:
        """The variables of its own that its input mapping makes, each with the expression it takes them from."""
        return self._mapping("input")

    def _mapping(self, side: str) -> dict[str, str]:
        path = f"{BPMN}extensionElements/{ZEEBE}ioMapping/{ZEEBE}{side}"
        return {each.get("target", ""): each.get("source", "") for each in self.xml.iterfind(path)}

    @property
    def outgoing(self) -> list[str]:
        """Ids of the flows that leave it."""
        return [flow.text or "" for flow in self.xml.iterfind(f"{BPMN}outgoing")]


@dataclass(frozen=True)
class Flow:
    """A sequence flow and its name."""

    id: str
    name: str
    source: str
    target: str


@dataclass(frozen=True)
class Model:
    """An executable diagram with one process."""

    path: Path
    root: Element
    process: Element

    @property
    def id(self) -> str:
        """The process's id."""
        return self.process.get("id", "")

    @property
    def article(self) -> str:
        """The article of the process itself."""
        return _article(self.process)

    @property
    def platform(self) -> tuple[str, str]:
        """Execution platform and version, as Modeler notes them."""
        read = self.root.get
        return read(f"{MODELER}executionPlatform", ""), read(f"{MODELER}executionPlatformVersion", "")

    def nodes(self) -> list[Node]:
        """Return every flow node, those in sub-processes too, in the file's order."""
        return list(_nodes(self.process))

    def flows(self) -> list[Flow]:
        """Return every sequence flow."""
        return [
            Flow(flow.get("id", ""), flow.get("name", ""), flow.get("sourceRef", ""), flow.get("targetRef", ""))
            for flow in self.process.iter(f"{BPMN}sequenceFlow")
        ]

    def error_code(self, node: Node) -> str | None:
        """Return the code that an error event catches, None when the node is no error event."""
        definition = node.xml.find(f"{BPMN}errorEventDefinition")
        if definition is None:
            return None
        errors = {error.get("id"): error.get("errorCode", "") for error in self.root.iterfind(f"{BPMN}error")}
        return errors.get(definition.get("errorRef"), "")

    def steps_before(self, node: Node) -> list[str]:
        """Name the nearest service tasks that lead to a node, across gateways, events and people's tasks."""
        kinds = {each.id: each.kind for each in self.nodes()}
        found, seen, waiting = set(), {node.id}, [node.id]
        while waiting:
            target = waiting.pop()
            sources = {flow.source for flow in self.flows() if flow.target == target} - seen
            seen |= sources
            found |= {each for each in sources if kinds.get(each) in SERVICE_TASKS}
            waiting += [each for each in sources if kinds.get(each) not in SERVICE_TASKS]
        return sorted(found)

    def shapes(self) -> dict[str, tuple[float, float, float, float]]:
        """Return x, y, width and height of each drawn element, by element id."""
        drawn = {}
        for shape in self.root.iter(f"{BPMNDI}BPMNShape"):
            bounds = shape.find(f"{DC}Bounds")
            if bounds is not None:
                x, y, width, height = (float(bounds.get(side, "0")) for side in ("x", "y", "width", "height"))
                drawn[shape.get("bpmnElement", "")] = (x, y, width, height)
        return drawn

    def edges(self) -> dict[str, list[tuple[float, float]]]:
        """Return the way points of each drawn connection, by element id."""
        return {
            edge.get("bpmnElement", ""): [
                (float(point.get("x", "0")), float(point.get("y", "0"))) for point in edge.iterfind(f"{DI}waypoint")
            ]
            for edge in self.root.iter(f"{BPMNDI}BPMNEdge")
        }


def read_xml(path: Path) -> Any:
    """Parse a model or decision file; entities and external references are refused.

    Raises:
        UnreadableModelError: it is not well-formed, or missing.
    """
    try:
        return defusedxml.ElementTree.parse(path).getroot()
    except (defusedxml.ElementTree.ParseError, defusedxml.DefusedXmlException, OSError) as error:
        raise UnreadableModelError(str(error)) from error


def read_model(path: Path) -> Model:
    """Read a diagram.

    Raises:
        UnreadableModelError: it is no XML, or holds no process or more than one.
    """
    root = read_xml(path)
    processes = root.findall(f"{BPMN}process")
    if len(processes) != 1:
        raise UnreadableModelError(f"文件中有 {len(processes)} 个流程")
    return Model(path, root, processes[0])


def readable_models(tree: Tree) -> Iterator[tuple[str, Model]]:
    """Yield every process with its diagram; a file that can't be read is the wiring's complaint, and passed over."""
    for process in tree.processes():
        try:
            yield process, read_model(tree.model(process))
        except UnreadableModelError:
            continue


def _nodes(scope: Element) -> Iterator[Node]:
    for child in scope:
        kind = child.tag.removeprefix(BPMN)
        if kind != child.tag and child.get("id") and kind not in NOT_DRAWN_NODES:
            yield Node(child.get("id", ""), kind, child.get("name", ""), child)
            if kind in {"subProcess", "transaction", "adHocSubProcess"}:
                yield from _nodes(child)


def _article(element: Element) -> str:
    path = f"{BPMN}extensionElements/{ZEEBE}properties/{ZEEBE}property"
    return next((p.get("value", "") for p in element.iterfind(path) if p.get("name") == "article"), "")
