"""`zhengjian identity`: people are added and changed whole, or not at all."""

import io
from pathlib import Path

import pytest
import yaml
from argon2 import PasswordHasher

from admin.main import main
from engine.identity.first_start import open_identities

PASSWORD = "correct horse battery"  # noqa: S105 - a test's


@pytest.fixture
def data(tmp_path: Path) -> Path:
    open_identities(tmp_path, demo=False)
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))


def people(data: Path) -> dict[str, dict[str, object]]:
    return {user["username"]: user for user in yaml.safe_load((data / "identity.yaml").read_text("utf-8"))["users"]}


def test_a_person_is_added_with_a_new_group_and_a_hashed_password(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, PASSWORD)
    options = ["--data", str(data), "--name", "李强", "--group", "bdb_tech=市大数据局技术审查"]
    assert main(["identity", "add", "li_qiang", *options]) == 0
    added = people(data)["li_qiang"]
    assert (added["name"], added["groups"], added["roles"]) == ("李强", ["bdb_tech"], [])
    assert PasswordHasher().verify(str(added["password_hash"]), PASSWORD)
    assert "admin" in people(data)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "admin", "--name", "重名"], "已有人员 admin"),
        (["add", "坏名字", "--name", "某人"], "登录名只能用"),
        (["add", "new_one", "--name", "某人", "--role", "king"], "没有角色 king"),
        (["add", "new_one", "--name", "某人", "--group", "unknown_group"], "unknown_group 还不存在"),
        (["add", "new_one", "--name", "某人", "--group", "坏=组"], "分组代码"),
        (["password", "nobody"], "没有人员 nobody"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    typed(monkeypatch, PASSWORD)
    before = (data / "identity.yaml").read_bytes()
    assert main(["identity", *arguments, "--data", str(data)]) == 2
    assert said in capsys.readouterr().err
    assert (data / "identity.yaml").read_bytes() == before


def test_a_short_password_is_refused(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "short")
    before = (data / "identity.yaml").read_bytes()
    assert main(["identity", "password", "admin", "--data", str(data)]) == 2
    assert "口令至少 12 个字符" in capsys.readouterr().err
    assert (data / "identity.yaml").read_bytes() == before


def test_a_changed_password_replaces_the_old_one(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = people(data)["admin"]["password_hash"]
    typed(monkeypatch, PASSWORD)
    assert main(["identity", "password", "admin", "--data", str(data)]) == 0
    assert people(data)["admin"]["password_hash"] != old
    assert PasswordHasher().verify(str(people(data)["admin"]["password_hash"]), PASSWORD)


def test_before_the_first_start_there_is_nobody_to_manage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["identity", "list", "--data", str(tmp_path)]) == 2
    assert "请先启动一次引擎" in capsys.readouterr().err


def test_camundas_own_configuration_names_the_people_and_no_password(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, PASSWORD)
    main(["identity", "add", "li_qiang", "--name", "李强", "--group", "bdb_tech=技术审查", "--data", str(data)])
    out = tmp_path / "camunda.yaml"
    assert main(["identity", "camunda", "--out", str(out), "--data", str(data)]) == 0
    written = out.read_text("utf-8")
    assert "li_qiang" in written
    assert "bdb_tech" in written
    assert PASSWORD not in written
    assert "$argon2" not in written
