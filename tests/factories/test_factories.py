"""Every factory makes what it says, on the real services."""

import pytest

from registry.declarations.states import State
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [name for name in factories.__all__ if name.endswith("Factory")])
def test_factory_makes_a_saved_row_of_its_model(name: str):
    maker = getattr(factories, name)
    made = maker.create()
    assert type(made).objects.filter(pk=made.pk).exists()
    assert type(made).__name__ == name.removesuffix("Factory")


def test_declaration_factory_when_submitted_is_before_hr():
    assert factories.DeclarationFactory.create(submitted=True).state == State.SUBMITTED
