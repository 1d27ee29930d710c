from pathlib import Path

import yaml

from engine.identity.camunda import camunda_configuration, camunda_yaml, password_variable
from engine.identity.demo import demo_directory
from engine.identity.file import write_directory


def test_people_groups_and_roles_become_camundas_initialization_without_any_hash() -> None:
    configuration = camunda_configuration(demo_directory("$argon2id$secret"))

    initialization = configuration["initialization"]
    assert {
        "username": "wang_fang",
        "password": "${ZHENGJIAN_PASSWORD_WANG_FANG}",
        "name": "王芳",
        "email": "wang_fang@example.org",
    } in initialization["users"]
    assert {"groupId": "bdb_tech", "name": "市大数据局 技术审查", "users": ["li_qiang", "zhao_min"]} in initialization[
        "groups"
    ]
    assert initialization["roles"] == []
    assert initialization["defaultRoles"]["admin"] == {"users": ["admin"]}
    assert "argon2" not in repr(configuration)


def test_every_group_works_on_its_own_tasks_through_camundas_role_for_that() -> None:
    roles = camunda_configuration(demo_directory(""))["initialization"]["defaultRoles"]

    assert roles["task-worker"] == {"groups": ["pu_csyx_operator", "bdb_tech", "mof_budget"]}


def test_only_programs_and_clerks_of_project_units_may_start_processes() -> None:
    granted = camunda_configuration(demo_directory(""))["initialization"]["authorizations"]

    starters = {each["ownerId"] for each in granted if "CREATE_PROCESS_INSTANCE" in each["permissions"]}
    assert starters == {"connectors", "pu_csyx_operator"}


def test_nobody_is_granted_all_user_tasks() -> None:
    granted = camunda_configuration(demo_directory(""))["initialization"]["authorizations"]

    assert not [each for each in granted if each["resourceType"] == "USER_TASK"]


def test_the_variable_of_a_password_is_a_name_a_shell_takes() -> None:
    assert password_variable("li.qiang@x") == "ZHENGJIAN_PASSWORD_LI_QIANG_X"


def test_the_identity_file_becomes_yaml_that_reads_back_the_same(tmp_path: Path) -> None:
    directory = demo_directory("$argon2id$secret")
    write_directory(tmp_path / "identity.yaml", directory, demo=True)

    text = camunda_yaml(tmp_path / "identity.yaml")

    assert yaml.safe_load(text) == {"camunda": {"security": camunda_configuration(directory)}}
    assert "王芳" in text
