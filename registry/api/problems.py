"""Refusals as RFC 9457 problem documents: the one place that shapes them for machines."""

from http import HTTPStatus
from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.errors import RegistryError

_TYPE = "application/problem+json"


def shape(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a refusal, or what the framework refused itself, into a problem document; leave failures alone."""
    if isinstance(error, RegistryError):
        body = {"title": HTTPStatus(error.status).phrase, "status": error.status, "code": error.code}
        return Response({**body, "detail": str(error.message)}, status=error.status, content_type=_TYPE)
    response = exception_handler(error, context)
    if response is None:
        return None
    code = getattr(error, "default_code", "refused")
    response.data = {
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
        "code": code,
        "detail": str(getattr(error, "detail", "")),
    }
    response.content_type = _TYPE
    return response
