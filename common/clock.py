"""The database's clock, as it runs inside a transaction."""

from django.db.models import DateTimeField, Func


class ClockTime(Func):
    """The present instant. `Now()` is when the transaction began: all its rows would be of one age."""

    function = "clock_timestamp"
    arity = 0
    output_field = DateTimeField()
