"""A stack that cannot start says why, in one sentence a newcomer can act on."""


class StackError(Exception):
    """This machine or folder keeps the registry from starting; the message says what to do."""
