import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from argon2 import PasswordHasher

from engine.identity.file import IdentityRefusedError, read_directory
from engine.identity.first_start import open_identities


def test_a_demonstration_has_its_people_their_groups_and_the_worker(tmp_path: Path) -> None:
    opened = open_identities(tmp_path, demo=True)

    assert opened.admin_password is None
    assert {name: sorted(user.groups) for name, user in opened.directory.users.items()} == {
        "wang_fang": ["pu_csyx_operator"],
        "li_qiang": ["bdb_tech"],
        "zhao_min": ["bdb_tech"],
        "chen_jing": ["mof_budget"],
        "admin": [],
        "worker": [],
    }
    assert opened.directory.users["admin"].is_admin
    assert opened.directory.users["worker"].roles == {"connectors"}


def test_a_real_first_start_makes_one_administrator_with_a_password_nobody_else_has(tmp_path: Path) -> None:
    opened = open_identities(tmp_path, demo=False)

    assert opened.admin_password is not None
    assert sorted(opened.directory.users) == ["admin", "worker"]
    assert PasswordHasher().verify(opened.directory.users["admin"].password_hash, opened.admin_password)


def test_no_password_of_a_person_is_stored_in_clear(tmp_path: Path) -> None:
    opened = open_identities(tmp_path, demo=False)

    everything = "".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert opened.admin_password is not None
    assert opened.admin_password not in everything


def test_the_second_start_reads_what_the_first_one_wrote_and_tells_no_password(tmp_path: Path) -> None:
    first = open_identities(tmp_path, demo=False)

    second = open_identities(tmp_path, demo=False)

    assert second.directory == first.directory
    assert second.admin_password is None


def test_the_worker_signs_in_with_the_secret_that_only_the_owner_may_read(tmp_path: Path) -> None:
    opened = open_identities(tmp_path, demo=True)

    secret = tmp_path / "secrets" / "worker"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "identity.yaml").stat().st_mode) == 0o600
    assert PasswordHasher().verify(opened.directory.users["worker"].password_hash, secret.read_text("utf-8"))


def test_a_demonstration_is_refused_on_real_people(tmp_path: Path) -> None:
    open_identities(tmp_path, demo=False)

    with pytest.raises(IdentityRefusedError, match="真实人员"):
        open_identities(tmp_path, demo=True)


def test_a_real_start_is_refused_on_demonstration_people(tmp_path: Path) -> None:
    open_identities(tmp_path, demo=True)

    with pytest.raises(IdentityRefusedError, match="演示人员"):
        open_identities(tmp_path, demo=False)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda content: content["users"].append(dict(content["users"][0])), "出现了两次"),
        (lambda content: content["users"][0].update(groups=["nobody_knows"]), "nobody_knows"),
        (lambda content: content["users"][0].update(username="a:b"), "冒号"),
        (lambda content: content.pop("roles"), "读不懂"),
    ],
)
def test_a_wrong_identity_file_is_refused_and_left_alone(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], complaint: str
) -> None:
    open_identities(tmp_path, demo=True)
    path = tmp_path / "identity.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    change(content)
    path.write_text(yaml.safe_dump(content), "utf-8")
    before = path.read_bytes()

    with pytest.raises(IdentityRefusedError, match=complaint):
        read_directory(path)

    assert path.read_bytes() == before
