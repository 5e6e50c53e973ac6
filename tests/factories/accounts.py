import io
from functools import cache
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory
from PIL import Image

from accounts import photos, services
from accounts.models import Account, DeclaredFacts, Entry, Photo, Standing
from accounts.platforms import recognise
from tests.factories.officials import OfficialFactory


class AccountFactory(DjangoModelFactory[Account]):
    """A social account known by its link; nobody's yet."""

    class Meta:
        model = Account

    url = Sequence(lambda n: f"https://www.facebook.com/nguyen.van.binh.{n}")
    by = None

    @classmethod
    def _create(cls, model_class: type[Account], *args: Any, **kwargs: Any) -> Account:
        del model_class, args
        return services.account_for(link=recognise(kwargs["url"]), by=kwargs["by"])


class PhotoFactory(DjangoModelFactory[Photo]):
    """A picture that went through the one door; every `shade` (0 to 255) is another picture."""

    class Meta:
        model = Photo

    shade = Sequence(lambda n: n % 256)

    @classmethod
    def _create(cls, model_class: type[Photo], *args: Any, **kwargs: Any) -> Photo:
        del model_class, args
        return services.keep_photo(redrawn=_redrawn(kwargs["shade"]))


@cache
def _redrawn(shade: int) -> photos.RedrawnPhoto:
    """What the door makes of the picture: the same of the same, and it starts a process each time."""
    picture = Image.radial_gradient("L").point(lambda value: (value + shade) % 256)
    data = io.BytesIO()
    picture.resize((400, 400)).convert("RGB").save(data, "PNG")
    return photos.redraw(data.getvalue())


class DeclaredFactsFactory(DjangoModelFactory[DeclaredFacts]):
    """What an official says of an account; keywords are the statement."""

    class Meta:
        model = DeclaredFacts

    account = SubFactory(AccountFactory)
    official = SubFactory(OfficialFactory)
    name_shown = "Nguyễn Văn Bình"
    by = None

    @classmethod
    def _create(cls, model_class: type[DeclaredFacts], *args: Any, **kwargs: Any) -> DeclaredFacts:
        del model_class, args
        return services.state_facts(**kwargs)


class EntryFactory(DjangoModelFactory[Entry]):
    """A confirmed entry of an official's account; the ownership comes with it."""

    class Meta:
        model = Entry

    facts = SubFactory(DeclaredFactsFactory)
    standing = Standing.CONFIRMED
    by = None

    @classmethod
    def _create(cls, model_class: type[Entry], *args: Any, **kwargs: Any) -> Entry:
        del model_class, args
        return services.enter(**kwargs)
