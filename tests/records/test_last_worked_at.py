"""The migration that tells for every project when it was last worked on."""

from datetime import UTC, datetime

from alembic import command

from records import connections
from records.database import open_database
from records.migrations import configuration
from records.project_list import ProjectList, ProjectSearch

ORGANISATION = """INSERT INTO organisation (id, code, name, created_at)
VALUES (1, 'csyx', '中心', '2026-01-01 00:00:00.000000{zone}')"""
PROJECTS = """INSERT INTO project
(id, code, name, organisation_id, regulation_version, configuration_version, created_at) VALUES
(1, 'P-1', '一', 1, '1', '1', '2026-02-01 00:00:00.000000{zone}'),
(2, 'P-2', '二', 1, '1', '1', '2026-03-01 00:00:00.000000{zone}')"""
REVIEW = """INSERT INTO parameter_review
(id, process_instance_key, project_id, package, approval_number, submitted_by, round, state, created_at, updated_at)
VALUES (1, 7, 1, '包', '号', '某', 1, '核对中',
'2026-02-01 00:00:00.000000{zone}', '2026-03-02 08:00:00.000000{zone}')"""


def test_projects_recorded_before_it_are_sorted_by_their_reviews(empty_url: str) -> None:
    engine = connections.create(empty_url)
    config = configuration()
    config.attributes["engine"] = engine
    command.upgrade(config, "0004")
    zone = "+00:00" if engine.dialect.name == "postgresql" else ""
    with engine.begin() as connection:
        for statement in (ORGANISATION, PROJECTS, REVIEW):
            connection.exec_driver_sql(statement.format(zone=zone))
    command.upgrade(config, "head")
    engine.dispose()
    database = open_database(empty_url)
    with database.reading() as session:
        found = [(line.code, line.last_worked_at) for line in ProjectList(session).page(ProjectSearch()).items]
    database.close()
    assert found == [("P-1", datetime(2026, 3, 2, 8, tzinfo=UTC)), ("P-2", datetime(2026, 3, 1, tzinfo=UTC))]
