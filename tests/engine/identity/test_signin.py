import threading
import time

from argon2 import PasswordHasher

from engine.identity.directory import Directory, User
from engine.identity.signin import FIRST_WAIT, LONGEST_WAIT, SignIn

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def sign_in(hasher: PasswordHasher = QUICK) -> SignIn:
    users = [
        User("li_qiang", "李强", "", hasher.hash("right"), frozenset({"bdb_tech"}), frozenset()),
        User("worker", "自动化程序", "", hasher.hash("right"), frozenset(), frozenset({"connectors"})),
    ]
    return SignIn(Directory({}, {}, {user.username: user for user in users}), hasher)


def test_the_right_password_signs_in() -> None:
    user = sign_in().verify("li_qiang", "right", "here")

    assert user is not None
    assert user.name == "李强"


def test_a_wrong_password_and_an_unknown_user_do_not() -> None:
    signs = sign_in()

    assert signs.verify("li_qiang", "wrong", "here") is None
    assert signs.verify("nobody", "right", "here") is None


def test_a_verified_credential_is_remembered_and_only_that_one() -> None:
    signs = sign_in()
    signs.verify("li_qiang", "right", "here")

    assert signs.remembered("li_qiang", "right") is not None
    assert signs.remembered("li_qiang", "wrong") is None
    assert signs.remembered("worker", "right") is None


def test_nothing_remembered_contains_the_password() -> None:
    signs = sign_in()
    signs.verify("li_qiang", "right", "here")

    assert all(b"right" not in digest for digest in signs._verified)


def test_each_attempt_doubles_the_wait_of_that_user_from_that_address_up_to_a_limit() -> None:
    signs = sign_in()

    waits = [signs.attempt("li_qiang", "there") for _ in range(9)]

    assert waits == [0.0, *(min(FIRST_WAIT * 2**n, LONGEST_WAIT) for n in range(8))]
    assert signs.attempt("li_qiang", "elsewhere") == 0
    assert signs.attempt("worker", "there") == 0


def test_a_success_ends_the_wait() -> None:
    signs = sign_in()
    for password in ("wrong", "wrong", "right"):
        signs.attempt("li_qiang", "here")
        signs.verify("li_qiang", password, "here")

    assert signs.attempt("li_qiang", "here") == 0


def test_whoever_waits_is_let_in_when_the_same_credential_has_been_verified_meanwhile() -> None:
    signs = sign_in()
    for _ in range(8):
        signs.attempt("worker", "grpc")
    threading.Timer(0.2, lambda: signs.verify("worker", "right", "grpc")).start()
    start = time.monotonic()

    assert signs.admits_to_grpc("worker", "right")
    assert time.monotonic() - start < LONGEST_WAIT / 2


def test_an_unknown_user_costs_as_much_as_a_wrong_password() -> None:
    signs = sign_in(PasswordHasher(time_cost=3, memory_cost=8192, parallelism=1))

    def cost(username: str) -> float:
        start = time.perf_counter()
        for _ in range(5):
            signs.verify(username, "wrong", "here")
        return time.perf_counter() - start

    cost("li_qiang")
    assert 0.3 < cost("nobody") / cost("li_qiang") < 3


def test_grpc_admits_programs_and_not_people_of_a_bureau() -> None:
    signs = sign_in()

    assert signs.admits_to_grpc("worker", "right")
    assert not signs.admits_to_grpc("worker", "wrong")
    assert not signs.admits_to_grpc("li_qiang", "right")
