"""What a request is refused for. Raised where it is noticed, told to people and scripts by `gateway.failures`."""


class SignInRequiredError(Exception):
    """The page needs a signed-in person."""


class ForgedRequestError(Exception):
    """A changing request without this session's CSRF token."""


class NothingHereError(Exception):
    """The thing does not exist or is not for this person."""


class NotOwnError(Exception):
    """The person may do this, but not for another unit.

    Attributes:
        detail: why not, in Chinese and for people.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotForThemError(Exception):
    """The page is for administrators."""


class NotHeldError(Exception):
    """The person would complete a task that somebody else holds, under that other's name."""


class TooLargeError(Exception):
    """The request's body is larger than allowed.

    Attributes:
        limit: the largest body in bytes.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit
