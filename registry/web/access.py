"""Who may call a page. A page that is not the person's is not there: 404, never 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase

from accounts.models import Official
from registry.users.models import Role, User
from registry.users.policies import grants_of, not_found, scopes_asked_once
from registry.users.selectors import own_official

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class ScopesAskedOnce:
    """Middleware: a page that is only looked at asks once whose branches it is about."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """An act is decided by what is true at its moment: there, every question is asked."""
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with scopes_asked_once():
            return self.get_response(request)


def person(request: HttpRequest) -> User:
    """The person who is signed in.

    Raises:
        NotFoundError: nobody is (the middleware lets nobody that far).
    """
    if not isinstance(request.user, User):
        raise not_found()
    return request.user


def declarant(request: HttpRequest) -> Official:
    """The staff record of the person who is signed in.

    Raises:
        NotFoundError: the login is nobody's on a staff list.
    """
    return own_official(person(request))


def for_role(role: Role) -> Callable[[V], V]:
    """Let pass who holds the role somewhere; what of it they see is the selectors' affair."""

    def wrap(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not grants_of(person(request), role):
                raise not_found()
            return view(request, *args, **kwargs)

        return cast("V", guarded)

    return wrap


def for_officials(view: V) -> V:
    """Let pass who has a staff record."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        declarant(request)
        return view(request, *args, **kwargs)

    return cast("V", guarded)


Context = dict[str, Any]  # what a page is drawn with
