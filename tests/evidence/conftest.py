"""A unit with a promised piece of evidence, and its office."""

import pytest

from sihao.evidence.lifecycle import EvidenceState
from tests.evidence.uploading import spooled
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_evidence import make_evidence


@pytest.fixture
async def unit(world):
    return await make_unit(world)


@pytest.fixture
async def campaign(world):
    return await make_campaign(world)


@pytest.fixture
async def promised(world, unit, campaign):
    return await make_evidence(world, unit, campaign, state=EvidenceState.PROMISED)


@pytest.fixture
async def office(as_, unit):
    return await as_.unit(unit)


@pytest.fixture
def empty_spool():
    for path in spooled():
        path.unlink()
