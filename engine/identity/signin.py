"""Checking BASIC credentials: argon2 once, then from memory; guessing is slowed down and learns nothing.

- A verified credential is remembered under an HMAC keyed by a secret of this process, for a few minutes, so that
  argon2 (tens of milliseconds and 64 MiB) is not paid for every request. Neither password nor plain digest is kept.
- An unknown user costs the same argon2 as a wrong password.
- Each attempt for a user from an address doubles that pair's wait, to `LONGEST_WAIT`, until one succeeds; attempts made
  at the same time count as well, so guessing in parallel gains nothing. A credential that is remembered, or becomes so
  while its owner waits, is let in at once: nobody locks a working program out by guessing.
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
PAUSE: Final = 0.05
"""Seconds between two looks whether a credential has become known while it waits."""
_COUNTED: Final = 20
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
        self._nobody = self._some_hash()
        self._lock = threading.Lock()
        self._verified: OrderedDict[bytes, float] = OrderedDict()
        self._attempts: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._verifying = threading.Semaphore(_AT_ONCE)

    def remembered(self, username: str, password: str) -> User | None:
        """Return the user if these credentials were verified lately; never blocks."""
        digest = self._digest(username, password)
        with self._lock:
            until = self._verified.get(digest, 0.0)
        return self.directory.users.get(username) if until > time.monotonic() else None

    def attempt(self, username: str, address: str) -> float:
        """Count an attempt; return the seconds that it has to wait before `verify`."""
        with self._lock:
            earlier = self._attempts.pop((username, address), 0)
            self._attempts[username, address] = min(earlier + 1, _COUNTED)
            if len(self._attempts) > _MOST_REMEMBERED:
                self._attempts.popitem(last=False)
        return min(FIRST_WAIT * 2 ** (earlier - 1), LONGEST_WAIT) if earlier else 0.0

    def verify(self, username: str, password: str, address: str) -> User | None:
        """Return the user, or None for wrong credentials; blocks for argon2 and remembers how it went."""
        user = self.directory.users.get(username)
        matches = self._matches(user.password_hash if user else self._nobody, password)
        if user is None or not matches:
            return None
        self._remember(username, password, address)
        return user

    def admits_to_grpc(self, username: str, password: str) -> bool:
        """Whether these credentials may use gRPC, where every command is open: administrators and programs only."""
        user = self.remembered(username, password)
        if user is None:
            until = time.monotonic() + self.attempt(username, "grpc")
            while user is None and time.monotonic() < until:
                time.sleep(PAUSE)
                user = self.remembered(username, password)
            user = user or self.verify(username, password, "grpc")
        return user is not None and user.has_role(ADMIN, CONNECTORS)

    def _matches(self, password_hash: str, password: str) -> bool:
        with self._verifying:
            try:
                return self._hasher.verify(password_hash, password)
            except (VerificationError, InvalidHashError):
                return False

    def _digest(self, username: str, password: str) -> bytes:
        return hmac.digest(self._secret, f"{username}\0{password}".encode(), hashlib.sha256)

    def _some_hash(self) -> str:
        """Return a hash that costs an unknown user's password as much as a known one's: somebody's own."""
        stored = next((user.password_hash for user in self.directory.users.values()), None)
        return stored or self._hasher.hash(secrets.token_urlsafe(16))

    def _remember(self, username: str, password: str, address: str) -> None:
        with self._lock:
            self._attempts.pop((username, address), None)
            self._verified[self._digest(username, password)] = time.monotonic() + REMEMBERED_FOR
            if len(self._verified) > _MOST_REMEMBERED:
                self._verified.popitem(last=False)
