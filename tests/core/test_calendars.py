from datetime import UTC, datetime, timedelta
from uuid import uuid4

from icalendar import Calendar

from sihao.core.calendars import Appointment, calendar_of


def appointment(**fields):
    known = {
        "id": uuid4(),
        "version": 3,
        "updated_at": datetime(2026, 1, 8, 1, tzinfo=UTC),
        "start": datetime(2026, 1, 15, 1, tzinfo=UTC),
        "length": timedelta(hours=2),
        "title": "集体约谈：市水务局",
    }
    return Appointment(**{**known, **fields})


def test_an_appointment_is_read_back_in_chinas_time_with_all_it_says():
    one = appointment(place="第二会议室, 三楼；东侧", note="一、学习情况\n二、议事决策")

    (event,) = Calendar.from_ical(calendar_of("约谈", [one])).walk("VEVENT")

    assert event["uid"] == f"{one.id}@sihao"
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert event["dtstart"].dt.isoformat() == "2026-01-15T09:00:00+08:00"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=2)
    assert (event["location"], event["description"]) == (one.place, one.note)
    assert event["sequence"] == 3


def test_lines_are_folded_below_seventy_six_octets_and_end_as_the_format_asks():
    written = calendar_of("约谈", [appointment(title="关于集体约谈的通知" * 20)])

    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
