"""The error of a service that a test needs and cannot get."""

from __future__ import annotations


class UnavailableError(Exception):
    """The message says what is missing and names the one command that provides it."""
