"""Checking BASIC credentials: argon2 once, then from memory; guessing is slowed down and learns nothing.

- A verified credential is remembered under an HMAC keyed by a secret of this process, for a few minutes, so that
  argon2 (tens of milliseconds and 64 MiB) is not paid for every request. Neither password nor plain digest is kept.
- An unknown user costs the same argon2 as a wrong password.
- Each failure of a user from an address doubles that pair's wait, to `LONGEST_WAIT`; a success clears it. A credential
  already remembered is not slowed, so nobody locks a working program out by guessing.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.identity.directory import ADMIN, CONNECTORS, Directory, User

REMEMBERED_FOR: Final = 300.0
FIRST_WAIT: Final = 0.1
LONGEST_WAIT: Final = 5.0
_MOST_REMEMBERED: Final = 10_000
_AT_ONCE: Final = 2


class SignIn:
    """Says who signs in with a name and a password, from any thread.

    Args:
        directory: the people.
        hasher: argon2 with the parameters for new hashes; those of a stored hash are in the hash.
    """

    def __init__(self, directory: Directory, hasher: PasswordHasher | None = None) -> None:
        self.directory = directory
        self._hasher = hasher or PasswordHasher()
        self._secret = secrets.token_bytes(32)
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))
        self._lock = threading.Lock()
        self._verified: OrderedDict[bytes, float] = OrderedDict()
        self._failures: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._verifying = threading.Semaphore(_AT_ONCE)

    def remembered(self, username: str, password: str) -> User | None:
        """Return the user if these credentials were verified lately; never blocks."""
        digest = self._digest(username, password)
        with self._lock:
            until = self._verified.get(digest, 0.0)
        return self.directory.users.get(username) if until > time.monotonic() else None

    def wait_before(self, username: str, address: str) -> float:
        """Return the seconds that this user's failures from this address have to wait before `verify`."""
        with self._lock:
            failures = self._failures.get((username, address), 0)
        return min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT) if failures else 0.0

    def verify(self, username: str, password: str, address: str) -> User | None:
        """Return the user, or None for wrong credentials; blocks for argon2 and remembers how it went."""
        user = self.directory.users.get(username)
        matches = self._matches(user.password_hash if user else self._nobody, password)
        if user is None or not matches:
            self._count_failure(username, address)
            return None
        self._remember(username, password, address)
        return user

    def admits_to_grpc(self, username: str, password: str) -> bool:
        """Whether these credentials may use gRPC, where every command is open: administrators and programs only."""
        user = self.remembered(username, password)
        if user is None:
            time.sleep(self.wait_before(username, "grpc"))
            user = self.verify(username, password, "grpc")
        return user is not None and user.has_role(ADMIN, CONNECTORS)

    def _matches(self, password_hash: str, password: str) -> bool:
        with self._verifying:
            try:
                return self._hasher.verify(password_hash, password)
            except (VerificationError, InvalidHashError):
                return False

    def _digest(self, username: str, password: str) -> bytes:
        return hmac.digest(self._secret, f"{username}\0{password}".encode(), hashlib.sha256)

    def _count_failure(self, username: str, address: str) -> None:
        with self._lock:
            self._failures[username, address] = min(self._failures.pop((username, address), 0) + 1, 20)
            if len(self._failures) > _MOST_REMEMBERED:
                self._failures.popitem(last=False)

    def _remember(self, username: str, password: str, address: str) -> None:
        with self._lock:
            self._failures.pop((username, address), None)
            self._verified[self._digest(username, password)] = time.monotonic() + REMEMBERED_FOR
            if len(self._verified) > _MOST_REMEMBERED:
                self._verified.popitem(last=False)
