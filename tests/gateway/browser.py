"""A person's browser without scripts, over the application itself."""

import warnings
from collections.abc import Callable
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.exceptions import StarletteDeprecationWarning

with warnings.catch_warnings():
    # Starlette asks for its own fork of httpx here; the one the product uses serves the tests as well.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient


PASSWORD = "demo"  # noqa: S105 - the demonstration's, meant to be known


class Browser:
    """A browser of one person, without scripts: keeps cookies, finds the CSRF token of the last page."""

    def __init__(self, app: FastAPI, address: str = "http://testserver") -> None:
        self.http = TestClient(app, address, raise_server_exceptions=False, follow_redirects=False)
        self.token = ""

    def get(self, address: str) -> httpx.Response:
        answer = self.http.get(address)
        if '<meta name="csrf-token" content="' in answer.text:
            self.token = answer.text.split('<meta name="csrf-token" content="')[1].split('"')[0]
        return answer

    def post(self, address: str, **form: str) -> httpx.Response:
        return self.http.post(address, data={"csrf_token": self.token, **form})

    def send(self, address: str, body: Any) -> httpx.Response:
        return self.http.post(address, json=body, headers={"X-CSRF-Token": self.token})

    def sign_in(self, username: str, password: str = PASSWORD) -> httpx.Response:
        self.get("/login")
        answer = self.post("/login", username=username, password=password)
        if answer.status_code == 303:
            self.get("/projects")
        return answer


OpenBrowser = Callable[..., Browser]
