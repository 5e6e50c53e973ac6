"""What a row is made of besides what the book holds on its subject: where in the tree it stands."""

from functools import lru_cache

from django.db import connection

from accounts.agency_names import AgencyNames
from accounts.comparison.digests import digest_written
from accounts.comparison.duties import Duties
from accounts.paths import ancestors


class Places:
    """A number for each place in the tree: another one when anything there binds or is called otherwise."""

    def __init__(self, known: AgencyNames, ordered: Duties) -> None:
        self.known = known
        self.ordered = ordered
        self.of = lru_cache(maxsize=60_000)(self._of)
        self._called = lru_cache(maxsize=60_000)(self._called_at)

    def _of(self, path: str) -> int:
        """The number of the agency at `path`."""
        called = ", ".join(map(self._called, ancestors(path)))
        return digest_written(f"({self.ordered.all_at(path)}, [{called}])")

    def _called_at(self, step: int) -> str:
        """What one agency is called, written down once for all below it."""
        return repr((self.known.by_id[step], self.known.texts(step)))

    def tell(self) -> None:
        """Have every place and its number in a temporary table `places`, for this transaction."""
        with connection.cursor() as cursor:
            cursor.execute(
                'CREATE TEMP TABLE places (path text COLLATE "C" PRIMARY KEY, place bigint) ON COMMIT DROP'
            )
            with cursor.copy("COPY pg_temp.places (path, place) FROM STDIN") as copy:
                for each in self.known.by_id.values():
                    copy.write_row((each.path, self.of(each.path)))
            cursor.execute("ANALYZE pg_temp.places")


_kept: Places | None = None


def places_of(known: AgencyNames, ordered: Duties) -> Places:
    """The places by these names and duties, made again only when either was read again."""
    global _kept  # noqa: PLW0603 - one copy a process, replaced as a whole
    if _kept is None or _kept.known is not known or _kept.ordered is not ordered:
        _kept = Places(known, ordered)
    return _kept
