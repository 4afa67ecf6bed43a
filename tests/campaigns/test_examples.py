"""The ready schemes are whole, fit any standard, and survive being written and read."""

import pytest

from sihao.campaigns.examples import Example, make_rules
from sihao.campaigns.scheme import Rules
from sihao.campaigns.standard_document import built_in_criteria

BUILT_IN = [(one.dimension, one.code) for one in built_in_criteria()]


@pytest.mark.parametrize("example", Example)
@pytest.mark.parametrize("items", [BUILT_IN, [("A", "A1"), ("B", "B1"), ("B", "B2")]])
def test_an_example_is_a_valid_scheme_for_any_standard(example, items):
    made = make_rules(items, example)

    assert Rules.model_validate(made.model_dump(mode="json")) == made
    assert sum(made.dimensions.values()) == 25 * len(made.dimensions)


def test_the_default_has_no_veto_no_quota_no_ballot():
    made = make_rules(BUILT_IN)

    assert (made.vetoes, made.quotas, made.extras) == ([], [], [])
    assert made.ballot_share == made.co_share == 0


async def test_a_draft_year_begins_anew_from_an_example(as_, world):
    from tests.factories_campaigns import make_campaign  # noqa: PLC0415 - it needs the settings

    campaign = await make_campaign(world, state="drafted")
    officer = await as_.officer()
    url = f"/api/v1/campaigns/{campaign.id}/scheme"
    version = (await officer.get(url)).json()["version"]

    answer = await officer.post(f"{url}/reset?example=levels", headers={"If-Match": f'"{version}"'})

    rules = answer.json()["rules"]
    assert [one["name"] for one in rules["items"]["A1"]["levels"]] == ["好", "较好", "一般", "差"]
    assert rules["quotas"][0] == {"grade": "好", "unit_class": "", "percent": 30}
