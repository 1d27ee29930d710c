import contextlib

import pytest

from engine.addresses import AddressTakenError, check_free, is_loopback, listen


def test_a_free_port_is_taken_and_given_back() -> None:
    with contextlib.closing(listen("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(AddressTakenError, match=f"{port} 已被其他程序占用"):
            listen("127.0.0.1", port)

    check_free("127.0.0.1", port)


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(AddressTakenError, match="无法在"):
        listen("192.0.2.1", 0)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("engine.example", False)],  # noqa: S104
)
def test_only_this_machines_own_addresses_are_loopback(host: str, expected: bool) -> None:  # noqa: FBT001
    assert is_loopback(host) is expected
