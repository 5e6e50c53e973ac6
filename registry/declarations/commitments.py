"""What a declarant promises. The wordings are the book's, whose comparisons ask which were given."""

from accounts.commitments import CURRENT, VERSION, WORDINGS

__all__ = ["CURRENT", "VERSION", "WORDINGS"]
