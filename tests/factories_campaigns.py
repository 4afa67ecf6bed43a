"""Standards and campaigns for tests."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from sihao.campaigns.examples import make_rules
from sihao.campaigns.lifecycle import CampaignState, StandardState
from sihao.campaigns.models import (
    Campaign,
    CampaignWindow,
    Criterion,
    Dimension,
    Scheme,
    SchemeVersion,
    Stage,
    Standard,
)
from sihao.campaigns.scheme import Rules
from sihao.campaigns.standard_document import built_in
from sihao.core.canonical import canonical, digest
from tests.factories import STAMPS

SMALL = ("A1", "A2", "B12", "C6", "D1")
"""Items that keep a test quick; both numeric rules are among them."""


async def make_standard(
    world, *, codes: tuple[str, ...] | None = SMALL, state=StandardState.PUBLISHED, **fields
) -> Standard:
    """Make a standard with the items `codes`; None takes all 52."""
    document = built_in(fields.pop("year", 2026))
    standard = Standard(
        name=fields.pop("name", document.name), year=document.year, state=state, **fields, **STAMPS
    )
    criteria = [one for one in document.criteria if codes is None or one.code in codes]
    dimensions = {
        one.code: Dimension(standard_id=standard.id, code=one.code, title=one.title, sort_order=at)
        for at, one in enumerate(document.dimensions)
        if any(item.dimension == one.code for item in criteria)
    }
    ctx = await world.ctx()
    ctx.db.add(standard)
    await ctx.db.flush()
    ctx.db.add_all(dimensions.values())
    await ctx.db.flush()
    ctx.db.add_all(
        Criterion(
            **one.model_dump(),
            standard_id=standard.id,
            dimension_id=dimensions[one.dimension].id,
            sort_order=dimensions[one.dimension].sort_order * 1000 + int(one.code[1:]),
        )
        for one in criteria
    )
    await ctx.db.commit()
    await ctx.db.close()
    return standard


async def criteria_of(world, standard: Standard) -> dict[str, Criterion]:
    """Give a standard's items by code."""
    rows = select(Criterion).where(Criterion.standard_id == standard.id)
    return {one.code: one for one in await world.all(rows.order_by(Criterion.sort_order))}


async def make_campaign(
    world, *, year: int = 2026, state=CampaignState.OPEN, standard: Standard | None = None, **fields
) -> Campaign:
    """Make a campaign with basis, all windows around now, and the default scheme.

    `windows={Stage.PLANNING: (opens_at, closes_at)}` moves some, `rules=` gives another scheme.
    """
    standard = standard or await make_standard(world, year=year)
    now = datetime.now(UTC)
    around = (now - timedelta(days=30), now + timedelta(days=30))
    windows = dict.fromkeys(Stage, around) | fields.pop("windows", {})
    rules: Rules = fields.pop("rules", None) or make_rules(
        (code[0], code) for code in await criteria_of(world, standard)
    )
    plain = rules.model_dump(mode="json")
    campaign = Campaign(
        year=year,
        standard_id=standard.id,
        state=state,
        **{
            "name": f"{year}年度“四好班子”创建活动",
            "basis_authority": "市委",
            "basis_number": f"市委发〔{year - 1}〕12号",
            "basis_title": "关于开展“四好班子”创建活动的批复",
            "basis_valid_from": date(year, 1, 1),
            "basis_valid_until": date(year + 1, 12, 31),
            **fields,
        },
        **STAMPS,
    )
    await world.add(campaign)
    await world.add(
        Scheme(campaign_id=campaign.id, rules=plain, **STAMPS),
        SchemeVersion(
            campaign_id=campaign.id,
            number=1,
            rules=plain,
            rules_hash=digest(canonical(plain)),
            origin="默认方案",
            saved_at=now,
            saved_by=STAMPS["updated_by"],
        ),
        *(
            CampaignWindow(campaign_id=campaign.id, stage=stage, opens_at=opens, closes_at=closes)
            for stage, (opens, closes) in windows.items()
        ),
    )
    return campaign
