"""`/search`."""

from typing import Annotated

from fastapi import Depends, Query

from sihao.accounts.auth import Ctx
from sihao.core.errors import Invalid
from sihao.core.rates import costs
from sihao.core.routes import Router
from sihao.search import queries
from sihao.search.schemas import FEWEST, SearchAnswer, SearchQuery
from sihao.search.words import words_of

router = Router(prefix="/search", tag="search")


@router.get(
    "",
    operation_id="search_find",
    response_model=SearchAnswer,
    dependencies=[Depends(costs("rate_searches"))],
)
async def search(ctx: Ctx, query: Annotated[SearchQuery, Query()]) -> SearchAnswer:
    """Find units, plans, problems, measures, entries, evidence, files, reports by their texts."""
    if not query.q or any(len(word) < FEWEST for word in words_of(query.q)):
        code, zh = "search.short", "每个检索词至少两个字。"
        raise Invalid(code, zh, "Each word needs two characters.", pointer="/query/q")
    if query.offset and query.kind is None:
        code, zh = "search.kind", "请先选定一类结果再翻页。"
        raise Invalid(code, zh, "Pages are of one kind.", pointer="/query/kind")
    return await queries.search(ctx, query)
