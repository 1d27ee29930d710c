"""Opening the identities of a data folder; at the first start they are made, with passwords that nobody else knows.

What is made once: the identity file, and `secrets/worker`, the password the workers sign in with, readable by the
owner only. A real first start also makes one person, `admin`, whose password is told to the caller and kept nowhere
in clear.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher

from engine.identity.demo import DEMO_PASSWORD, ROLES, demo_directory
from engine.identity.directory import ADMIN, CONNECTORS, Directory, User
from engine.identity.file import IdentityRefusedError, read_directory, write_directory, write_private

WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Opened:
    """The identities of a data folder.

    Attributes:
        directory: people, groups, roles.
        admin_password: the generated password when this start made the administrator, to be shown once.
    """

    directory: Directory
    admin_password: str | None


def open_identities(data: Path, *, demo: bool) -> Opened:
    """Read `identity.yaml` of the data folder, or make it at the first start.

    Raises:
        IdentityRefusedError: demonstration asked for on real people, or real service on demonstration people.
    """
    path = data / "identity.yaml"
    admin_password = None
    if path.exists():
        directory, is_demo = read_directory(path)
        _refuse_mixing(path, demo=demo, is_demo=is_demo)
    else:
        hasher = PasswordHasher()
        if demo:
            directory = demo_directory(hasher.hash(DEMO_PASSWORD))
        else:
            admin_password = secrets.token_urlsafe(15)
            admin = User("admin", "管理员", "", hasher.hash(admin_password), frozenset(), frozenset({ADMIN}))
            directory = Directory({}, ROLES, {admin.username: admin})
        directory = _with_worker(directory, hasher.hash(_worker_password(data)))
        write_directory(path, directory, demo=demo)
    return Opened(directory, admin_password)


def _refuse_mixing(path: Path, *, demo: bool, is_demo: bool) -> None:
    if demo and not is_demo:
        raise IdentityRefusedError(
            f"{path} 里是真实人员，不能以演示方式启动（演示账号的口令人人皆知）。没有改动任何内容。"
            "请去掉 --demo，或用 --data 另指一个空目录来演示。"
        )
    if is_demo and not demo:
        raise IdentityRefusedError(
            f"{path} 里是演示人员（口令人人皆知），不能用来正式运行。没有改动任何内容。"
            "请加上 --demo，或用 --data 另指一个目录正式运行。"
        )


def _worker_password(data: Path) -> str:
    path = data / "secrets" / WORKER
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24))
    return path.read_text("utf-8").strip()


def _with_worker(directory: Directory, password_hash: str) -> Directory:
    worker = User(WORKER, "自动化程序", "", password_hash, frozenset(), frozenset({CONNECTORS}))
    return Directory(directory.groups, directory.roles, {**directory.users, worker.username: worker})
