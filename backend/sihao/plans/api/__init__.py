"""The routes of plans: `/plans`, `/problems`, `/measures`, `/team-meetings`."""

from sihao.plans.api.measures import router as measures
from sihao.plans.api.meetings import router as meetings
from sihao.plans.api.plans import router as plans
from sihao.plans.api.problems import router as problems

ROUTERS = (plans, problems, measures, meetings)

__all__ = ["ROUTERS"]
