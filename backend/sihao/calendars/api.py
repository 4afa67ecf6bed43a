"""Calendars."""

from sihao.core.routes import Router

router = Router(prefix="", tag="calendars")
