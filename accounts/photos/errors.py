"""The refusals of the photo door: one code, one sentence that says what to do."""

from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.errors import RegistryError

MESSAGES: Final = {
    "photo_empty": _("The photo file is empty. Choose the photo again and send it once more."),
    "photo_too_large": _(
        "The photo file is larger than {limit_mb} MB. Save a smaller copy of the photo and send that."
    ),
    "photo_format": _(
        "This is not a photo we can read ({found}). Save the photo as JPEG, PNG, WebP or HEIC and send it."
    ),
    "photo_animated": _("This is a moving picture. Send a still photo."),
    "photo_too_small": _(
        "The photo is only {width} × {height} pixels. Send one of at least {minimum} pixels on each side."
    ),
    "photo_shape": _(
        "The photo is too long and narrow ({width} × {height} pixels). Cut away what is not needed first."
    ),
    "photo_outside": _(
        "That part lies outside the photo, which is {width} × {height} pixels. Move or shrink the frame."
    ),
    "photo_too_many_pixels": _(
        "The photo is {width} × {height} pixels, more than {limit_mp} million in all. Send a smaller copy."
    ),
    "photo_unreadable": _(
        "The photo file is damaged or incomplete. Open it, save it again as JPEG and send that."
    ),
    "photo_timeout": _("The photo took too long to read. Open it, save it again as JPEG and send that."),
    "zip_unreadable": _(
        "This is not a ZIP file, or it is damaged. Pack the photos into a new ZIP file (not RAR or 7z)."
    ),
    "zip_empty": _("There are no photos in the ZIP file. Check what was packed and send it again."),
    "zip_encrypted": _("The ZIP file is locked with a password. Pack the photos again without a password."),
    "zip_method": _(
        "The ZIP file is packed in an unusual way. Pack the photos again with the ordinary ZIP method."
    ),
    "zip_too_many": _(
        "The ZIP file holds more than {limit} files. Divide the photos into several ZIP files."
    ),
    "zip_too_large": _(
        "The photos in the ZIP file take more than {limit_gb} GB. Divide them into several ZIP files."
    ),
    "zip_bomb": _(
        "The file “{name}” in the ZIP file unpacks to far more than a photo does. Take it out and pack again."
    ),
    "zip_duplicate_name": _(
        "The ZIP file holds several different photos called “{name}”. Give each photo its own name."
    ),
    "zip_no_such_photo": _(
        "There is no photo called “{name}” in the ZIP file. Add it, or correct the name in the list."
    ),
    "zip_damaged": _("The photo “{name}” is damaged inside the ZIP file. Pack the photos again."),
}


class PhotoError(RegistryError):
    """A photo or an archive of photos was refused; nothing has been written.

    Args:
        code: a key of ``MESSAGES``.
        facts: what the sentence names (sizes in pixels, limits), also kept in ``extra``.
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code, format_lazy(MESSAGES[code], **facts), facts, field="photo")
