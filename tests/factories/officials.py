import datetime as dt
from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts import services
from accounts.models import Category, NilReturn, Official
from tests.factories.agencies import AgencyFactory


class OfficialFactory(DjangoModelFactory[Official]):
    """An official in post, with a record; `agency` and other keywords are facts of the record."""

    class Meta:
        model = Official

    agency = SubFactory(AgencyFactory)
    staff_code = Sequence(lambda n: f"CB{n:05}")
    full_name = Sequence(lambda n: f"Nguyễn Văn Bình {n}")
    category = Category.CIVIL_SERVANT
    position = "Chuyên viên"
    work_email = LazyAttribute(lambda made: f"{made.staff_code.lower()}@example.gov.vn")
    employed_since = dt.date(2020, 1, 2)
    by = None

    @classmethod
    def _create(cls, model_class: type[Official], *args: Any, **kwargs: Any) -> Official:
        del model_class, args
        return services.record_official(**kwargs)


class NilReturnFactory(DjangoModelFactory[NilReturn]):
    """An official's "I have no account"."""

    class Meta:
        model = NilReturn

    official = SubFactory(OfficialFactory)
    by = None

    @classmethod
    def _create(cls, model_class: type[NilReturn], *args: Any, **kwargs: Any) -> NilReturn:
        del model_class, args
        return services.record_nil(**kwargs)
