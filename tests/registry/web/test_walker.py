"""Every address: nobody who is not signed in, and nobody without the role, gets further than they may."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Public on purpose; every other address asks for a sign-in. A new one belongs here only with a reason.
PUBLIC = {"home", "health", "login", "set_language", "set_theme", "activate", "glossary"}
PUBLIC_ROOMS = ("api:", "law:", "citizen:")  # what the law asks, the rules compare, and whose a page is
ADMINISTRATION = "admin:"  # Django's own, tested there


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, str]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from addresses(each.url_patterns, inner)
        elif not space.startswith(ADMINISTRATION):
            name = f"{space}{each.name}"
            arguments = {key: _example(converter) for key, converter in each.pattern.converters.items()}
            yield name, reverse(name, kwargs=arguments)


def _example(converter: object) -> object:
    return {"UUIDConverter": uuid.UUID(int=7), "IntConverter": 7}.get(type(converter).__name__, "none-such")


ALL = list(addresses(get_resolver().url_patterns))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "address"), ALL, ids=[name for name, _address in ALL])
def test_address_without_sign_in_asks_for_one_unless_public(name: str, address: str, method: str):
    answer = getattr(Client(), method)(address)
    asked = answer.status_code == 302 and answer["Location"].startswith("/login/")
    assert asked == (name not in PUBLIC and not name.startswith(PUBLIC_ROOMS))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("name", "address"),
    [each for each in ALL if each[0].startswith(("reviewer:", "auditor:"))] or [("none", "/none/")],
)
def test_address_of_another_role_is_not_there_for_an_employee(
    browser: Client, name: str, address: str, method: str
):
    del name
    assert getattr(browser, method)(address).status_code in {404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("name", "address"), [each for each in ALL if str(uuid.UUID(int=7)) in each[1] and ":" in each[0]]
)
def test_address_of_nothing_is_404(browser: Client, name: str, address: str, method: str):
    del name
    assert getattr(browser, method)(address).status_code in {404, 405}
