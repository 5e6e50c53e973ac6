"""Refusals and failures, made into pages in one place. No page of these ever shows a trace."""

import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.web.theme import chosen_theme

RETRY_SECONDS = 10
# Bytes of a whole request. The fields' own limits are smaller and say so kindly; this stops a flood early.
LARGEST_REQUEST = {"/me/": 64 * 1024 * 1024, "/hr/": 5 * 1024 * 1024 * 1024}


class Refusals:
    """Middleware: a RegistryError that a view did not shape itself becomes a page that says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Stop a request that is too large before anything reads it."""
        for prefix, largest in LARGEST_REQUEST.items():
            if request.path.startswith(prefix) and _length(request) > largest:
                request.close()
                return _page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Shape a refusal; leave every other exception to `failed`."""
        if not isinstance(exception, RegistryError):
            return None
        return refusal_page(request, exception)


def refusal_page(request: HttpRequest, error: RegistryError) -> HttpResponse:
    """The page that tells a person why not."""
    if isinstance(error, NotFoundError):
        # One wording for all: "not there" and "not yours" must not be told apart.
        return _page(request, HTTPStatus.NOT_FOUND)
    told = isinstance(error, (ConflictError, NotAllowedError))
    status = HTTPStatus(error.status) if told else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(request, status, message=str(error.message))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what arrived could not be read."""
    del exception
    return _page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen, but not this person's to do."""
    del exception
    return _page(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that is too old, or was sent from elsewhere."""
    del reason
    message = _("This form was open for too long, or cookies are switched off. Go back and send it again.")
    return _page(request, HTTPStatus.FORBIDDEN, message=message)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    del exception
    return _page(request, HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """A lost database is 503 with a retry; any other failure is 500. Drawn without asking the database."""
    lost = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    status = HTTPStatus.SERVICE_UNAVAILABLE if lost else HTTPStatus.INTERNAL_SERVER_ERROR
    nonce = getattr(request, "csp_nonce", None)
    context = {
        **_words(status),
        "status": int(status),
        "retry": RETRY_SECONDS if lost and request.method in {"GET", "HEAD"} else 0,
        "csp_nonce": str(nonce) if nonce is not None else "",
        "theme": chosen_theme(request),
    }
    response = HttpResponse(render_to_string("web/errors/failed.html", context), status=status)
    response["Cache-Control"] = "no-store"
    if lost:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def back_to(request: HttpRequest) -> str:
    """Where the person came from, if that is here; else the start page."""
    came_from = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return came_from
    return "/"


def _page(request: HttpRequest, status: HTTPStatus, **context: Any) -> HttpResponse:
    try:
        back = back_to(request)
    except Exception:  # noqa: BLE001 - a host nobody allows raises here too, and must still get a page
        back = "/"
    words = _words(status)
    words["message"] = context.pop("message", "") or words["message"]
    # Before the sign-in was looked at (a flood, a wrong host) there is nobody to greet.
    template = "web/errors/refused.html" if hasattr(request, "user") else "web/errors/failed.html"
    context |= {**words, "status": int(status), "back": back}
    return render(request, template, context, status=status)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("content-length") or 0)
    except ValueError:
        return 0


def _words(status: HTTPStatus) -> dict[str, str]:
    words = {
        400: (_("This could not be read"), _("Something in the address or the form was broken. Try again.")),
        403: (_("This is not yours to do"), _("You may look at this, but somebody else does this step.")),
        404: (
            _("There is nothing here"),
            _("The address is wrong, the thing was removed, or it is not yours to see."),
        ),
        409: (_("Somebody was faster"), _("What you looked at has changed meanwhile. Look at it again.")),
        413: (_("This is too large"), _("Send a smaller file.")),
        422: (_("This was not accepted"), _("Read the reason and try again.")),
        500: (
            _("Something broke on our side"),
            _("Try again. If it happens again, tell your administrator."),
        ),
        503: (
            _("The register cannot be reached"),
            _("The register cannot be reached for a moment. This page tries again by itself."),
        ),
    }
    title, message = words[int(status)]
    return {"title": title, "message": message}
