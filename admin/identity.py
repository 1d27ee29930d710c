"""`zhengjian identity`: people, groups and passwords of this installation, and the same for Camunda (design D10)."""

import argparse
import getpass
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from argon2 import PasswordHasher

from admin.settings import add_options, data_folder, environment
from engine.identity.camunda import camunda_yaml
from engine.identity.directory import Directory, Group, User
from engine.identity.file import IdentityRefusedError, read_directory, write_directory, write_private

SHORTEST_PASSWORD = 12
USERNAME = re.compile(r"[a-zA-Z0-9_@.+-]{2,64}")
RESTART = "重新启动引擎后生效。"

ABOUT = "管理本次安装的人员、单位分组和口令，并可生成 Camunda 自身的身份配置。"


class RefusedError(Exception):
    """What was asked can't be done; the message says why and that nothing was changed."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `identity` and its own sub-commands to the command line."""
    parser = subparsers.add_parser("identity", help="管理人员、单位分组和口令", description=ABOUT)
    commands = parser.add_subparsers(required=True, metavar="操作")
    _command(commands, "list", "列出人员和分组", _list)
    add = _command(commands, "add", "增加一名人员（口令从终端读入）", _add)
    add.add_argument("username", help="登录名")
    add.add_argument("--name", required=True, help="姓名")
    add.add_argument("--email", default="", help="电子邮箱")
    add.add_argument(
        "--group", action="append", default=[], metavar="代码=名称", help="所属分组，如 bdb_tech=市大数据局技术审查"
    )
    add.add_argument("--role", action="append", default=[], metavar="角色", help="角色，如 admin")
    _command(commands, "password", "更改一名人员的口令", _password).add_argument("username", help="登录名")
    camunda = _command(commands, "camunda", "生成 Camunda 自身的身份配置", _camunda)
    camunda.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪个文件")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    text: str,
    do: Callable[[Path, argparse.Namespace], None],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    add_options(parser)
    parser.set_defaults(run=lambda arguments: _run(do, arguments))
    return parser


def _run(do: Callable[[Path, argparse.Namespace], None], arguments: argparse.Namespace) -> int:
    path = data_folder(environment(arguments)) / "identity.yaml"
    if not path.exists():
        print(f"还没有 {path}：请先启动一次引擎，它会生成管理员和这个文件。没有改动任何内容。", file=sys.stderr)
        return 2
    try:
        do(path, arguments)
    except (RefusedError, IdentityRefusedError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


def _list(path: Path, _arguments: argparse.Namespace) -> None:
    directory, _ = read_directory(path)
    for user in sorted(directory.users.values(), key=lambda each: each.username):
        print(f"{user.username}\t{user.name}\t{'、'.join(sorted(user.groups | user.roles)) or '（无分组）'}")
    for group in directory.groups.values():
        print(f"分组 {group.group_id}\t{group.name}\t{len(directory.members_of_group(group.group_id))} 人")


def _add(path: Path, arguments: argparse.Namespace) -> None:
    directory, demo = read_directory(path)
    username = arguments.username
    if not USERNAME.fullmatch(username):
        raise RefusedError("登录名只能用字母、数字和 _@.+-,2 至 64 个字符。没有改动任何内容。")
    if username in directory.users:
        raise RefusedError(
            f"已有人员 {username}；改口令请用 zhengjian identity password {username}。没有改动任何内容。"
        )
    unknown = sorted(set(arguments.role) - set(directory.roles))
    if unknown:
        raise RefusedError(
            f"没有角色 {'、'.join(unknown)}；现有 {'、'.join(sorted(directory.roles))}。没有改动任何内容。"
        )
    groups = dict(map(_group, arguments.group))
    missing = sorted(key for key, name in groups.items() if not name and key not in directory.groups)
    if missing:
        raise RefusedError(f"分组 {'、'.join(missing)} 还不存在，请写成“代码=名称”。没有改动任何内容。")
    added = {key: Group(key, name) for key, name in groups.items() if name}
    user = User(username, arguments.name, arguments.email, _hashed(), frozenset(groups), frozenset(arguments.role))
    write_directory(
        path,
        Directory({**directory.groups, **added}, directory.roles, {**directory.users, username: user}),
        demo=demo,
    )
    print(f"已增加 {username}（{user.name}）。{RESTART}")


def _group(text: str) -> tuple[str, str]:
    code, _, name = text.partition("=")
    if not re.fullmatch(r"[a-z0-9_]+", code):
        raise RefusedError(f"分组代码 {code} 只能用小写字母、数字和下划线。没有改动任何内容。")
    return code, name


def _password(path: Path, arguments: argparse.Namespace) -> None:
    directory, demo = read_directory(path)
    user = directory.users.get(arguments.username)
    if user is None:
        raise RefusedError(f"没有人员 {arguments.username}。没有改动任何内容。")
    changed = {**directory.users, user.username: replace(user, password_hash=_hashed())}
    write_directory(path, Directory(directory.groups, directory.roles, changed), demo=demo)
    print(f"已更改 {user.username} 的口令。{RESTART}")


def _hashed() -> str:
    if sys.stdin.isatty():
        password = getpass.getpass("口令：")
        if password != getpass.getpass("再输一次："):
            raise RefusedError("两次输入不同。没有改动任何内容。")
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST_PASSWORD:
        raise RefusedError(f"口令至少 {SHORTEST_PASSWORD} 个字符。没有改动任何内容。")
    return PasswordHasher().hash(password)


def _camunda(path: Path, arguments: argparse.Namespace) -> None:
    write_private(arguments.out, camunda_yaml(path))
    print(f"已写入 {arguments.out}。口令不在其中：Camunda 首次启动时从文件里写明的环境变量读取。")
