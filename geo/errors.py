"""The one error type of this package."""


class GeoError(Exception):
    """Something about the boundaries is wrong.

    The message says what was expected, what was found, where, and what to do; the command line
    prints it as it is and exits with code 1.
    """
