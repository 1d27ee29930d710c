"""Everything that can go wrong, told once: a Chinese page for people, problem+json for scripts. Endpoints never catch.

| exception | status | whose fault |
|---|---|---|
| `SignInRequiredError` | 401 (people are led to the sign-in page) | the session is over |
| `ForgedRequestError` | 403 | the CSRF token is missing or of another session |
| `NothingHereError` | 404 | no such thing, or not for this person; the answer does not tell which |
| `NotOwnError` | 403 | the form names another unit or its project |
| `NotForThemError` | 403 | a page for administrators |
| `DictionaryRefusedError` | 409, with the reason | nobody's; the dictionary says no |
| `NotHeldError` | 409 | an administrator would sign for another |
| `TooLargeError` | 413 | the upload |
| `DeniedError` | 409, with the listener's reason | nobody's; the process says no |
| `EngineRefusalError` | the engine's 4xx; 409 when somebody was faster | the state of the task has changed |
| `EngineBusyError`, `EngineUnreachableError` | 503 | nobody's; trying again is right |
| anything else | 500 | ours; logged with a number that the page shows |
"""

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from gateway.engine_errors import (
    DeniedError,
    EngineBusyError,
    EngineRefusalError,
    EngineUnreachableError,
    SignInRefusedError,
)
from gateway.refusals import (
    ForgedRequestError,
    NotForThemError,
    NotHeldError,
    NothingHereError,
    NotOwnError,
    SignInRequiredError,
    TooLargeError,
)
from gateway.rendering import render
from gateway.requests import recognise
from records.dictionary_changes import DictionaryRefusedError

LOG = logging.getLogger("gateway")


@dataclass(frozen=True)
class Failure:
    """What a person is told: what happened, whether anything was lost, what to do."""

    status: int
    title: str
    lost: str
    advice: str


NOTHING_LOST = "没有改动任何数据。"
_SIGN_IN_AGAIN = Failure(401, "登录已失效", "已提交的内容都在；本页尚未提交的内容没有保存。", "请重新登录后继续。")
_ENGINE = {
    400: ("系统没有接受这次提交的内容", NOTHING_LOST, "请检查填写的内容后再提交；仍不成功时请联系管理员。"),
    403: ("这项操作不归您办理", NOTHING_LOST, "请回到待办，从自己名下的事项进入；确需办理时请联系管理员调整分工。"),
    404: ("这项任务已经不在了", NOTHING_LOST, "它可能已由他人办结或已撤回。请回到待办查看最新情况。"),
    409: ("这项任务的状态刚刚变了", NOTHING_LOST, "可能他人已经领取或办结。请回到待办，刷新后再看。"),
    504: (
        "后续处理用时过长，系统还没有给出结果",
        "您提交的内容可能已经收到，也可能没有。",
        "请稍等片刻，回到待办刷新：任务已消失即为办结，仍在则请再提交一次。",
    ),
}


_EXPECTED: list[tuple[type[Exception], Failure]] = [
    (SignInRequiredError, _SIGN_IN_AGAIN),
    (SignInRefusedError, _SIGN_IN_AGAIN),
    (
        ForgedRequestError,
        Failure(
            403,
            "这次提交没有通过安全校验",
            NOTHING_LOST,
            "多半是登录已更换或页面停留太久。请返回上一页，刷新后再提交。",
        ),
    ),
    (
        NothingHereError,
        Failure(404, "没有找到这一页", NOTHING_LOST, "内容可能不存在，或不在您的查阅范围内。请从待办或项目列表进入。"),
    ),
    (
        EngineUnreachableError,
        Failure(
            503,
            "暂时连不上流程引擎",
            "已办结的事项都在；如果刚刚提交过，可能没有送达。",
            "请稍等一分钟再试。持续出现时请联系管理员。",
        ),
    ),
    (
        NotForThemError,
        Failure(403, "这一页只供管理员使用", NOTHING_LOST, "确需查看或办理时，请联系管理员调整分工。"),
    ),
    (
        DictionaryRefusedError,
        Failure(409, "词典没有改动", NOTHING_LOST, "请按上面的说明处理，再回到词典办理。"),
    ),
    (
        NotHeldError,
        Failure(409, "这项任务不在您名下", NOTHING_LOST, "办理人要有署名：请先改派给自己（或领取）再提交。"),
    ),
    (NotOwnError, Failure(403, "只能为本单位办理", NOTHING_LOST, "请核对单位代码和项目代码后再提交。")),
    (EngineBusyError, Failure(503, "系统正忙，这次没有受理", NOTHING_LOST, "请等几秒钟再试一次。")),
    (RequestValidationError, Failure(422, "请求的内容不完整", NOTHING_LOST, "请返回上一页，检查后再提交。")),
]
"""What is always told in the same words; the first kind that fits counts."""


def describe(error: Exception) -> Failure:
    """Return what to tell about an exception; unknown ones are ours and get a number in the log."""
    expected = next((failure for kind, failure in _EXPECTED if isinstance(error, kind)), None)
    if expected is not None:
        return expected
    if isinstance(error, TooLargeError):
        limit = f"单个文件不能超过 {error.limit // 1024 // 1024} MB。"
        advice = limit + "请拆分或压缩其中的图片后再上传。"
        return Failure(413, "文件太大", "文件没有上传，其他内容仍在页面上。", advice)
    if isinstance(error, DeniedError):
        return Failure(error.status, "这一步没有获准", NOTHING_LOST, "请按上面的说明处理，或回到待办办理其他事项。")
    if isinstance(error, EngineRefusalError):
        return Failure(error.status, *_ENGINE.get(error.status, _ENGINE[400]))
    if isinstance(error, HTTPException):
        return _plain(error.status_code)
    number = secrets.token_hex(4)
    LOG.error("unexpected failure %s", number, exc_info=error)
    advice = f"请再试一次；仍出错时，把编号 {number} 告诉管理员。"
    return Failure(500, "系统内部出错了", "此前办结的内容都在；刚才的操作可能没有完成。", advice)


def answer(request: Request, error: Exception) -> Response:
    """Return the response that tells about an exception."""
    failure = describe(error)
    detail = str(getattr(error, "detail", "") or "")
    if request.url.path.startswith("/api/"):
        return JSONResponse(_problem(request, failure, detail), failure.status, media_type="application/problem+json")
    if isinstance(error, SignInRequiredError | SignInRefusedError) and request.method == "GET":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(here)}", HTTPStatus.SEE_OTHER)
    said = detail if isinstance(error, EngineRefusalError | DictionaryRefusedError) else ""
    if isinstance(error, HTTPException):
        recognise(request)
    headers = {"Retry-After": "10"} if failure.status == HTTPStatus.SERVICE_UNAVAILABLE else None
    page = render(
        request,
        "failure.html",
        status=failure.status,
        failure=failure,
        again=request.url.path if request.method == "GET" else "/tasks",
        detail=said,
        is_for_people=isinstance(error, DeniedError | DictionaryRefusedError),
    )
    page.headers.update(headers or {})
    return page


def install(app: FastAPI) -> None:
    """Let this module answer every exception of an application."""
    for kind in (Exception, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, answer)
    known = (SignInRequiredError, ForgedRequestError, NothingHereError, NotHeldError, NotOwnError, TooLargeError)
    admin = (NotForThemError, DictionaryRefusedError)
    engine = (EngineUnreachableError, EngineBusyError, EngineRefusalError)
    for expected in (*known, *admin, *engine):
        app.add_exception_handler(expected, answer)


def _problem(request: Request, failure: Failure, detail: str) -> dict[str, object]:
    return {
        "type": "about:blank",
        "title": failure.title,
        "status": failure.status,
        "detail": detail or failure.title,
        "instance": request.url.path,
        "lost": failure.lost,
        "advice": failure.advice,
    }


def _plain(status: int) -> Failure:
    if status == HTTPStatus.NOT_FOUND:
        return describe(NothingHereError())
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return Failure(405, "这个地址不支持这样的操作", NOTHING_LOST, "请从待办或项目列表进入。")
    return Failure(status, "请求没有被接受", NOTHING_LOST, "请返回上一页再试；仍不成功时请联系管理员。")
