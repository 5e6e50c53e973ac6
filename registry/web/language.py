"""Vietnamese unless the person chose otherwise."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import get_supported_language_variant


class ChosenLanguage:
    """Middleware: the language of the cookie, else Vietnamese.

    Django's own would follow the browser, and many a browser in a Vietnamese office speaks English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Speak the language while the request is answered."""
        language = chosen(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen(request: HttpRequest) -> str:
    """The language code the cookie names, if the register speaks it."""
    try:
        return get_supported_language_variant(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    except LookupError:
        return settings.LANGUAGE_CODE
