"""`/interviews`, `/rectifications`, `/referrals`."""

from sihao.core.routes import Router
from sihao.followups.api.interviews import router as interviews
from sihao.followups.api.rectifications import router as rectifications
from sihao.followups.api.referrals import router as referrals

router = Router(prefix="", tag="followups")
router.include_router(interviews)
router.include_router(rectifications)
router.include_router(referrals)
