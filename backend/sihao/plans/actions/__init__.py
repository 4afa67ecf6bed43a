"""Write plans, problems, measures and the team's meetings."""

from sihao.plans.actions.measures import (
    create_measures,
    delete_measure,
    move_measure,
    order_measures,
    report_progress,
    update_measure,
)
from sihao.plans.actions.meetings import create_meeting, delete_meeting, update_meeting
from sihao.plans.actions.plans import (
    accept_plan,
    create_plan,
    move_plan,
    return_plan,
    sign_plan,
    update_plan,
)
from sihao.plans.actions.problems import (
    carry_over,
    create_problem,
    delete_problem,
    move_problem,
    order_problems,
    update_problem,
)

__all__ = [
    "accept_plan",
    "carry_over",
    "create_measures",
    "create_meeting",
    "create_plan",
    "create_problem",
    "delete_measure",
    "delete_meeting",
    "delete_problem",
    "move_measure",
    "move_plan",
    "move_problem",
    "order_measures",
    "order_problems",
    "report_progress",
    "return_plan",
    "sign_plan",
    "update_measure",
    "update_meeting",
    "update_plan",
    "update_problem",
]
