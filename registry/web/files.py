"""Files that hold somebody's data, as answers: for this browser alone, and never kept by it."""

from django.http import HttpResponse


def personal_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be saved: what a browser may do inside a page is too little to show a document.

    Args:
        content: its bytes.
        name: what it is called when saved; ASCII.
        kind: its media type.
    """
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
