import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.platforms.phones import looks_like_phone, phone_digest, phone_mask


def test_phone_digest_depends_on_the_key() -> None:
    assert phone_digest("0912345667", key=b"one") != phone_digest("0912345667", key=b"two")
    assert phone_digest("0912345667", key=b"one") == phone_digest("+84 912 345 667", key=b"one")


def test_phone_digest_is_hmac_sha256_of_e164() -> None:
    # echo -n +84912345667 | openssl dgst -sha256 -hmac khoa
    expected = "0e9da7eae7218991ae925b237c6af466d95f8fda730855b9e1afac0ffd3c4452"
    assert phone_digest("0912345667", key=b"khoa") == expected


def test_phone_digest_without_a_key_refuses(settings: object) -> None:
    settings.PHONE_DIGEST_KEY = ""  # type: ignore[attr-defined]  # pytest-django's fixture has no public type
    with pytest.raises(ImproperlyConfigured):
        phone_digest("0912345667")


@pytest.mark.parametrize(
    "text", ["", "912345667", "091234566", "09123456678", "0012345667", "8491234566", "٠٩١٢٣٤٥٦٦٧"]
)
def test_phone_functions_refuse_what_is_no_number_without_repeating_it(text: str) -> None:
    assert not looks_like_phone(text)
    for act in (phone_digest, phone_mask):
        with pytest.raises(ValueError, match="not a Vietnamese phone number") as caught:
            act(text)
        assert not text or text not in str(caught.value)
