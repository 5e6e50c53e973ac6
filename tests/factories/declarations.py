from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.platforms import recognise
from registry.declarations import services
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration
from registry.users.models import User
from tests.factories.officials import OfficialFactory
from tests.factories.people import UserFactory


def _login(made: Any) -> User:
    """Log the official in as themself, making the login where there is none."""
    found = User.objects.filter(official=made.official).first()
    return found or UserFactory.create(official=made.official)


class DeclarationFactory(DjangoModelFactory[Declaration]):
    """An official's own complete declaration; a draft unless `submitted=True`."""

    class Meta:
        model = Declaration

    official = SubFactory(OfficialFactory)
    by = LazyAttribute(_login)
    url = Sequence(lambda n: f"https://www.facebook.com/tran.thi.lan.{n}")
    name_shown = "Trần Thị Lan"
    submitted = False

    @classmethod
    def _create(cls, model_class: type[Declaration], *args: Any, **kwargs: Any) -> Declaration:
        del model_class, args
        submitted, url, by = kwargs.pop("submitted"), kwargs.pop("url"), kwargs.pop("by")
        official = kwargs.pop("official")
        draft = services.save_draft(
            official=official,
            link=recognise(url),
            link_text=url,
            statement=kwargs | {"commitments": list(CURRENT)},  # type: ignore[arg-type]  # any mapping does here
            by=by,
        )
        return services.submit(declaration=draft, by=by) if submitted else draft
