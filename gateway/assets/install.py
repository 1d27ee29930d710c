"""Put the pages' third-party scripts and styles, with their licences, into `gateway/static/vendor/`.

Run by `make` (`python gateway/assets/install.py`). Running it again is quick and harmless: `npm ci` is skipped while
`node_modules` belongs to the committed lock file, and the copied files are the same. No package scripts are run.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from gateway.assets.node import Node, NodeMissingError, find_or_install_node

ASSETS = Path(__file__).resolve().parent
MODULES = ASSETS / "node_modules"
INSTALLED_LOCK = MODULES / ".installed-lock"
VENDOR = ASSETS.parent / "static" / "vendor"
SERVED = {
    "bpmn-js/dist/bpmn-navigated-viewer.production.min.js": "bpmn-viewer.js",
    "bpmn-js/dist/assets/diagram-js.css": "diagram-js.css",
    "bpmn-js/dist/assets/bpmn-js.css": "bpmn-js.css",
    "@bpmn-io/form-js/dist/form-viewer.umd.js": "form-viewer.js",
    "@bpmn-io/form-js/dist/assets/form-js.css": "form-js.css",
}


class InstallError(Exception):
    """The packages could not be fetched; the text is Chinese and for people."""


def install() -> None:
    """Fetch the locked packages if needed and copy what the pages serve.

    Raises:
        NodeMissingError: no Node.js and none could be installed.
        InstallError: npm could not fetch the packages.
    """
    if not _is_installed():
        _fetch(find_or_install_node())
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in SERVED.items():
        shutil.copyfile(MODULES / source, VENDOR / target)
    (VENDOR / "LICENCES.txt").write_text(_licences(["bpmn-js", "@bpmn-io/form-js"]), encoding="utf-8")


def _lock_hash() -> str:
    return hashlib.sha256((ASSETS / "package-lock.json").read_bytes()).hexdigest()


def _is_installed() -> bool:
    return INSTALLED_LOCK.exists() and INSTALLED_LOCK.read_text(encoding="ascii") == _lock_hash()


def _fetch(node: Node) -> None:
    answer = node.run("npm", "ci", "--ignore-scripts", "--prefer-offline", "--no-fund", "--no-audit", cwd=ASSETS)
    if answer.returncode:
        raise InstallError(
            "页面用的前端组件（bpmn-js、form-js）没有下载成功，多半是网络不通。\n"
            "没有改动任何数据；首次安装需要联网，之后断网也能运行。请接通网络后再运行一次。\n"
            f"npm 的说明：{answer.stderr.strip()[-800:]}"
        )
    INSTALLED_LOCK.write_text(_lock_hash(), encoding="ascii")


def _licences(roots: list[str]) -> str:
    """Return the licence texts of the packages and of everything they bundle, sorted by name."""
    names, waiting = set[str](), list(roots)
    while waiting:
        name = waiting.pop()
        manifest = MODULES / name / "package.json"
        if name not in names and manifest.exists():
            names.add(name)
            waiting += json.loads(manifest.read_text(encoding="utf-8")).get("dependencies", {})
    return "\n\n".join(_licence(name) for name in sorted(names))


def _licence(name: str) -> str:
    folder = MODULES / name
    manifest = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    texts = [
        p.read_text(encoding="utf-8")
        for p in sorted(folder.iterdir())
        if p.name.upper().startswith(("LICEN", "NOTICE"))
    ]
    heading = f"{name} {manifest['version']} ({manifest.get('license', 'see text')})"
    return "\n".join([heading, "-" * len(heading), *texts])


def main() -> None:
    """Install, or say in Chinese why not and exit with status 1."""
    try:
        install()
    except (NodeMissingError, InstallError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
