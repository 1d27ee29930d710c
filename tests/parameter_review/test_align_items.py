"""对齐设备清单."""

from typing import Any

from domain.parameters import Alignment


def test_every_row_of_both_tables_is_put_beside_what_answers_it(desk: Any) -> None:
    desk.submit()
    desk.run("parse_documents")
    returned = desk.run("align_items")
    alignment = desk.registry.paper(Alignment, returned["alignment_sha256"])
    assert [(match.approved, match.tender) for match in alignment.matches] == [((0,), (0,)), ((1,), (1,))]
    stored = desk.look(lambda books: books.tables.alignment(desk.review().id, 1))
    assert [(row.approved, row.tendered, row.confidence) for row in stored] == [([0], [0], 1.0), ([1], [1], 1.0)]


def test_a_second_run_gives_the_same_alignment_and_stores_it_once(desk: Any) -> None:
    desk.submit()
    desk.run("parse_documents")
    at = desk.occasion()
    assert desk.run("align_items", at=at) == desk.run("align_items", at=at)
    assert len(desk.look(lambda books: books.tables.alignment(desk.review().id, 1))) == 2
