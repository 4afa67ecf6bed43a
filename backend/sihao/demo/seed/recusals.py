"""Who stands aside for which unit in the running year: declared, registered, withdrawn (回避)."""

from datetime import date, timedelta

from sihao.demo.seed.town import Town, Year
from sihao.inspections.actions.recusals import create_recusal, withdraw_recusal
from sihao.inspections.models import RecusalKind
from sihao.inspections.schemas.recusals import RecusalCreate, WithdrawalBody


async def add_recusals(town: Town, year: Year) -> None:
    """An inspector declares a relative, an officer registers a former post, one holds no more."""
    at = town.calendar.at(date(year.number, 10, 20))
    told = (
        ("inspector1", "inspector1", 33, RecusalKind.RELATIVE, "妻子在该单位机关工作", None),
        (
            "officer",
            "inspector5",
            34,
            RecusalKind.WORKED_THERE,
            "曾任该单位办公室副主任",
            date(year.number - 1, 9, 30),
        ),
        ("officer", "inspector7", 89, RecusalKind.OTHER, "参与该单位委托的课题研究", None),
    )
    for declarer, who, number, kind, reason, left_on in told:
        if number not in town.unit_ids:
            continue
        body = RecusalCreate(
            person_id=town.person(who),
            unit_id=town.unit_ids[number],
            kind=kind,
            reason=reason,
            left_on=left_on,
        )
        made = await town.do(create_recusal, town.by(declarer, at), body)
        if kind is RecusalKind.OTHER:
            leader = town.by("leader", at + timedelta(days=6))
            over = WithdrawalBody(reason="课题已经结题，委托关系终止")
            await town.do(withdraw_recusal, leader, made.id, over)
