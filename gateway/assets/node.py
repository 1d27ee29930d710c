"""Where Node.js is: on the PATH if it is new enough, otherwise the wheel of `requirements/node.txt` in our venv."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

OLDEST_NODE = 20
REPOSITORY = Path(__file__).resolve().parents[2]


class NodeMissingError(Exception):
    """Node.js is neither on the PATH nor could its wheel be installed; the text is Chinese and for people."""


@dataclass(frozen=True)
class Node:
    """A usable Node.js.

    Attributes:
        directory: folder that holds `node` and `npm`.
    """

    directory: Path

    def run(self, *command: str, cwd: Path, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Run `npm`, `node`, … in `cwd` with the output captured; reading the exit status is the caller's duty.

        npm and its packages look for `node` on the PATH, so this Node's folder goes first there.
        """
        environment = {**os.environ, "PATH": f"{self.directory}{os.pathsep}{os.environ.get('PATH', '')}"}
        return subprocess.run(  # noqa: S603 - the program is ours by path, the arguments are the caller's literals
            [str(self.directory / command[0]), *command[1:]],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )


def find_node() -> Node | None:
    """Return a Node.js of at least `OLDEST_NODE` with npm beside it, from the PATH or this Python's own folder."""
    on_path = shutil.which("node")
    folders = [Path(on_path).parent] if on_path else []
    return next((Node(folder) for folder in (*folders, Path(sys.executable).parent) if _is_usable(folder)), None)


def find_or_install_node() -> Node:
    """Return a usable Node.js, installing its wheel into this Python's environment when there is none.

    Raises:
        NodeMissingError: there is no Node.js and the wheel could not be installed.
    """
    node = find_node()
    if node is None:
        _install_wheel()
        node = find_node()
    if node is None:
        raise NodeMissingError(
            f"没有找到 Node.js {OLDEST_NODE} 或更新的版本，自动安装后仍不可用。\n请手工安装 Node.js，再运行一次。"
        )
    return node


def _is_usable(folder: Path) -> bool:
    node, npm = folder / "node", folder / "npm"
    if not (shutil.which(node) and shutil.which(npm)):
        return False
    answer = subprocess.run([str(node), "--version"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def _install_wheel() -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    answer = subprocess.run(  # noqa: S603
        [*command, "-r", str(REPOSITORY / "requirements" / "node.txt")], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise NodeMissingError(
            f"本机没有 Node.js {OLDEST_NODE} 或更新的版本，自动下载也没有成功（多半是网络不通）。\n"
            f"没有改动任何数据。请接通网络或手工安装 Node.js 后再运行一次。\npip 的说明：{answer.stderr.strip()[-500:]}"
        )
