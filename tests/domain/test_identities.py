"""Ids that stay the same while what was written does."""

from domain.identities import stable_ids


def test_the_same_texts_give_the_same_id_whatever_stands_before_them() -> None:
    (alone,) = stable_ids([("服务器", "内存")])
    _, second = stable_ids([("交换机", "端口"), ("服务器", "内存")])

    assert alone == second
    assert len(alone) == 16


def test_equal_texts_are_numbered_in_their_order() -> None:
    first, second, third = stable_ids([("服务器",)] * 3)

    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_where_one_text_ends_and_the_next_begins_counts() -> None:
    one, other = stable_ids([("服务", "器"), ("服", "务器")])

    assert one != other
