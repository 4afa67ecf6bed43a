"""The twenty ledgers of a year as a list."""

from collections.abc import Mapping
from datetime import date

from sihao.campaigns.queries import list_criteria
from sihao.core.context import Context
from sihao.ledgers import policy, queries
from sihao.ledgers.kinds import DERIVED, KINDS
from sihao.ledgers.schemas import LedgerPublic, LedgersQuery, MembersPublic


async def list_ledgers(ctx: Context, query: LedgersQuery) -> list[LedgerPublic]:
    """Say what each ledger is, which items it serves and how many rows the caller sees."""
    campaign = await queries.find_campaign(ctx, query.campaign_id)
    criteria: dict[str, list[str]] = {}
    if campaign.standard_id:
        for item in await list_criteria(ctx, campaign.standard_id):
            for code in item.ledgers:
                criteria.setdefault(code, []).append(item.code)
    counts = await queries.count_entries(ctx, campaign.id, query.unit_id or ctx.actor.unit_id)
    return [*_derived(criteria, counts), *_kept(ctx, criteria, counts)]


def _derived(
    criteria: Mapping[str, list[str]], counts: Mapping[str, tuple[int, date | None]]
) -> list[LedgerPublic]:
    return [
        LedgerPublic(
            kind=code,
            name=name,
            hint=hint,
            criteria=criteria.get(code, []),
            derived=True,
            writable=False,
            count=counts[code][0],
            last_on=None,
            title_label=None,
            happened_label="日期",
            ended_label=None,
            members=None,
            details_schema=None,
        )
        for code, (name, hint) in DERIVED.items()
    ]


def _kept(
    ctx: Context,
    criteria: Mapping[str, list[str]],
    counts: Mapping[str, tuple[int, date | None]],
) -> list[LedgerPublic]:
    made = []
    for code, kind in KINDS.items():
        count, last_on = counts.get(code, (0, None))
        asked = kind.members
        made.append(
            LedgerPublic(
                kind=code,
                name=kind.name,
                hint=kind.hint,
                criteria=criteria.get(code, []),
                derived=False,
                writable=policy.writes(ctx.actor, code),
                count=count,
                last_on=last_on,
                title_label=None if kind.personal else kind.title,
                happened_label=kind.happened,
                ended_label=kind.ended,
                members=MembersPublic(label=asked.label, required=asked.required)
                if asked
                else None,
                details_schema=kind.schema,
            )
        )
    return made
