"""`/interviews`, `/rectifications`, `/referrals`, `/referral-files`."""

from sihao.core.routes import Router
from sihao.followups.api.interviews import router as interviews
from sihao.followups.api.records import router as records
from sihao.followups.api.rectifications import router as rectifications
from sihao.followups.api.referral_files import router as referral_files
from sihao.followups.api.referrals import router as referrals

router = Router(prefix="", tag="followups")
router.include_router(interviews)
router.include_router(records)
router.include_router(rectifications)
router.include_router(referral_files)
router.include_router(referrals)
