"""四好: the campaign of leadership teams over the year."""

__version__ = "0.1.0"
