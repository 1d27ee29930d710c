"""A Python module as the checks see it: what it defines, calls and spells out. Nothing of it is run."""

import ast
from collections.abc import Iterator
from pathlib import Path

from admin.checks import Complaint, Tree


def check_sources(tree: Tree, process: str) -> Iterator[Complaint]:
    """Yield the modules of a process that are no Python; the other checks take them for empty."""
    for module in (*tree.modules(process), tree.program()):
        try:
            ast.parse(module.read_bytes() if module.exists() else b"")
        except (SyntaxError, ValueError) as error:
            line = f"第 {error.lineno} 行" if isinstance(error, SyntaxError) and error.lineno else "编码"
            yield Complaint(tree.name(module), "", f"程序读不出来（{line}）。", "请改正语法后再检查一次。")


def methods(module: Path, wanted: str) -> dict[str, ast.FunctionDef]:
    """Return the methods of a class by name; none when the module or the class is not there."""
    for node in _parse(module).body:
        if isinstance(node, ast.ClassDef) and node.name == wanted:
            return {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}
    return {}


def imports(module: Path) -> set[str]:
    """Return the top names of every module that one imports."""
    found: set[str] = set()
    for node in ast.walk(_parse(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def texts(module: Path) -> set[str]:
    """Return every string that a module spells out."""
    walked = ast.walk(_parse(module))
    return {node.value for node in walked if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def calls(module: Path) -> list[tuple[str, list[ast.expr]]]:
    """Return the calls of plain names, each with its arguments by position."""
    walked = ast.walk(_parse(module))
    return [(n.func.id, n.args) for n in walked if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]


def outcomes(module: Path) -> set[str]:
    """Return the error codes that the `Outcome(…)` calls of a module spell out."""
    codes = [arguments[0] for name, arguments in calls(module) if name == "Outcome" and arguments]
    return {code.value for code in codes if isinstance(code, ast.Constant) and isinstance(code.value, str)}


def mentions(module: Path, dotted: str) -> bool:
    """Tell whether a module uses a name such as `parameter_review.rooms`."""
    return any(isinstance(n, ast.Attribute) and ast.unparse(n) == dotted for n in ast.walk(_parse(module)))


def required_parameters(function: ast.FunctionDef) -> list[str]:
    """Return the parameters that have no default."""
    names = [argument.arg for argument in function.args.args]
    return names[: len(names) - len(function.args.defaults)]


def _parse(module: Path) -> ast.Module:
    try:
        return ast.parse(module.read_bytes())
    except (OSError, SyntaxError, ValueError):  # what is missing or unreadable has complaints of its own
        return ast.Module([], [])
