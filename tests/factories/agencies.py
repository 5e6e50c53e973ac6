from typing import Any

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.faker import Faker

from accounts import services
from accounts.models import Agency, AgencyKind, Regulation, Succession, SuccessionKind


class AgencyFactory(DjangoModelFactory[Agency]):
    """An agency with its record; `parent` hangs it into the tree, other keywords are facts of the record."""

    class Meta:
        model = Agency

    code = Sequence(lambda n: f"A{n}")
    name = Sequence(lambda n: f"Sở số {n}")
    kind = AgencyKind.DEPARTMENT
    parent = None
    by = None

    @classmethod
    def _create(cls, model_class: type[Agency], *args: Any, **kwargs: Any) -> Agency:
        del model_class, args
        return services.create_agency(**kwargs)


class SuccessionFactory(DjangoModelFactory[Succession]):
    """One agency merged into another."""

    class Meta:
        model = Succession

    predecessor = SubFactory(AgencyFactory)
    successor = SubFactory(AgencyFactory)
    kind = SuccessionKind.MERGED
    on = Faker("date_object")
    by = None

    @classmethod
    def _create(cls, model_class: type[Succession], *args: Any, **kwargs: Any) -> Succession:
        del model_class, args
        return services.record_succession(**kwargs)


class RegulationFactory(DjangoModelFactory[Regulation]):
    """An agency's order that its staff declare within 30 days and confirm every year."""

    class Meta:
        model = Regulation

    agency = SubFactory(AgencyFactory)
    number = Sequence(lambda n: f"{n}/QĐ-UBND")
    issued_on = Faker("date_object")
    in_force_from = SelfAttribute("issued_on")
    obliges_declaration = True
    days_to_declare = 30
    days_between_confirmations = 365
    by = None

    @classmethod
    def _create(cls, model_class: type[Regulation], *args: Any, **kwargs: Any) -> Regulation:
        del model_class, args
        return services.record_regulation(**kwargs)
