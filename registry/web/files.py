"""Files that hold somebody's data, as answers: for this browser alone, and never kept by it."""

from django.http import HttpResponse


def personal_file(content: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    """A file as an answer.

    Args:
        content: its bytes.
        name: what it is called when saved; ASCII.
        kind: its media type.
        inline: shown in the browser instead of saved.
    """
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
