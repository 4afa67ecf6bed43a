"""Calendars for other programs: appointments as iCalendar (RFC 5545), in China's time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry; a calendar that takes it in again knows it by `id`, the newer by `version`."""

    id: UUID
    version: int
    updated_at: datetime
    start: datetime
    length: timedelta
    title: str
    place: str = ""
    note: str = ""
    whole_day: bool = False
    """A day on which something ends or begins: it takes nobody's time."""


def calendar_of(name: str, appointments: Iterable[Appointment]) -> bytes:
    """Write a calendar."""
    from icalendar import Calendar, Event, Timezone  # noqa: PLC0415 - megabytes, rarely wanted

    calendar = Calendar()
    calendar.add("prodid", "-//sihao//sihao//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_tzinfo(_ZONE))
    for one in appointments:
        event = Event()
        event.add("uid", f"{one.id}@sihao")
        event.add("dtstamp", one.updated_at)
        event.add("last-modified", one.updated_at)
        event.add("sequence", one.version)
        start, end = one.start.astimezone(_ZONE), (one.start + one.length).astimezone(_ZONE)
        event.add("dtstart", start.date() if one.whole_day else start)
        event.add("dtend", start.date() + timedelta(days=1) if one.whole_day else end)
        if one.whole_day:
            event.add("transp", "TRANSPARENT")
        event.add("summary", one.title)
        if one.place:
            event.add("location", one.place)
        if one.note:
            event.add("description", one.note)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
