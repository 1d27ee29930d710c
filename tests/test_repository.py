"""What the repository as a whole promises: nothing in it names a package registry or one person's machine."""

import re
import subprocess
from pathlib import Path

from engine.rest.catalogue import CATALOGUE
from engine.rest.commands import COMMANDS
from engine.rest.queries import QUERIES

ROOT = Path(__file__).parents[1]
# Written in pieces, so that this file does not name what it looks for.
FORBIDDEN = re.compile(
    "|".join(
        [
            "registry[.]npm" + "js",
            "py" + "pi[.]org",
            "python" + "hosted",
            "repo1?[.]mav" + "en",
            "deb[.]deb" + "ian[.]org",
            "/ro" + "ot/",
            "/wo" + "rk/",
        ]
    )
)


def committed_text() -> list[tuple[str, str]]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    files = [ROOT / name for name in names if name and (ROOT / name).is_file()]
    contents = [(str(path.relative_to(ROOT)), path.read_bytes()) for path in files]
    return [(name, data.decode("utf-8")) for name, data in contents if b"\0" not in data]


def test_no_committed_file_names_a_package_registry_or_a_folder_of_one_machine() -> None:
    texts = committed_text()
    found = [f"{name}: {match.group()}" for name, text in texts for match in FORBIDDEN.finditer(text)]
    assert len(texts) > 10
    assert found == []


def test_every_locked_python_dependency_carries_a_hash() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        blocks = [block for block in re.split(r"\n(?=\S)", lock.read_text()) if "==" in block]
        assert blocks, lock.name
        assert [block.split(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_list_of_served_operations_in_the_documentation_is_true() -> None:
    told = set(
        re.findall(r"^\| (\w+) \| ([A-Z]+) \| `(.+)` \|$", (ROOT / "docs" / "rest.md").read_text("utf-8"), re.MULTILINE)
    )
    served = {operation.operation_id for operation in (*COMMANDS, *QUERIES)}
    assert told == {(key, CATALOGUE[key].method, CATALOGUE[key].path) for key in served}
