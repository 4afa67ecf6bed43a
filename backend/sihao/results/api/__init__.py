"""`/results`, `/comparisons`, their notices, `/commendations`."""

from sihao.core.routes import Router
from sihao.results.api.comparisons import router as comparisons
from sihao.results.api.corrections import router as corrections
from sihao.results.api.notices import router as notices
from sihao.results.api.results import router as results

router = Router(prefix="", tag="results")
router.include_router(results)
router.include_router(corrections)
router.include_router(comparisons)
router.include_router(notices)
