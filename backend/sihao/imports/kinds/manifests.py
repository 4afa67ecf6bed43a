"""Lists of files promised before the deadline: what `POST /evidence-manifests` takes, as a file."""

from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from sihao.campaigns.models import Campaign
from sihao.core.context import Context
from sihao.core.errors import Invalid
from sihao.evidence import actions
from sihao.evidence.manifest_schemas import MOST_LINES, ManifestCreate, ManifestLine
from sihao.evidence.models import EvidenceKind, EvidenceManifest
from sihao.evidence.queries import show_manifest
from sihao.imports.checking import Layout, Place, lay_out
from sihao.imports.columns import Column, Sheet, Type, is_blank
from sihao.imports.kinds.base import Made
from sihao.imports.kinds.plain import validated
from sihao.imports.schemas import RowError

EVIDENCE_KINDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.MEETING: "会议",
    EvidenceKind.DOCUMENT: "文件",
    EvidenceKind.REPORT: "报告",
    EvidenceKind.STUDY: "学习资料",
    EvidenceKind.RECORD: "登记",
    EvidenceKind.PICTURE: "影像",
    EvidenceKind.PRESS: "报道",
    EvidenceKind.AWARD: "表彰",
    EvidenceKind.FIGURES: "统计数据",
    EvidenceKind.OTHER: "其他",
}
"""What kinds of evidence are called in files."""
_COLUMNS = (
    Column(
        "path",
        "路径",
        required=True,
        hint="文件在本单位的存放位置；同一路径换了内容，就是新的一版。",
        example="会议/20260302党组会议纪要.pdf",
        width=40,
    ),
    Column(
        "size",
        "大小",
        Type.INTEGER,
        required=True,
        hint="字节数。",
        example=482133,
        aliases=("字节数",),
    ),
    Column(
        "sha256",
        "SHA-256",
        required=True,
        hint="文件内容的 SHA-256，64 位十六进制。",
        example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        aliases=("校验值", "哈希"),
        width=66,
    ),
    Column(
        "codes",
        "条目",
        Type.NAMES,
        hint="用于哪些条目，用顿号隔开。",
        example="A13、B2",
        aliases=("条目编号",),
    ),
    Column("title", "名称", hint="不填就用文件名。", aliases=("材料名称",), width=32),
    Column(
        "kind",
        "种类",
        Type.CHOICE,
        choices={kind.value: zh for kind, zh in EVIDENCE_KINDS.items()},
        aliases=("材料种类",),
    ),
    Column("covers_from", "所属时间起", Type.DATE, hint="材料说的是哪一天，或者从哪一天起。"),
    Column("covers_until", "所属时间止", Type.DATE),
)


class Manifests:
    """A unit's list for one year."""

    title: ClassVar[str] = "材料清单"
    needs_campaign: ClassVar[bool] = True
    is_whole: ClassVar[bool] = True
    is_confirmed: ClassVar[bool] = True

    def sheets(self) -> list[Sheet]:
        """One sheet."""
        return [Sheet(self.title, _COLUMNS, ("清单整体受理，有一行不对就都不受理。",))]

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:
        """Whoever may hand in a manifest of that year now."""
        await _open(ctx, campaign_id)

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "ManifestCheck":
        """Hold the year."""
        return ManifestCheck(await _open(ctx, campaign_id))


async def _open(ctx: Context, campaign_id: UUID | None) -> Campaign:
    assert campaign_id is not None  # noqa: S101 - the kind needs one
    return await actions.open_year(ctx, campaign_id, "/query/campaign_id")


class ManifestCheck:
    """One list."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._places: list[Place] = []
        self._lines: list[ManifestLine] = []
        self._manifest: EvidenceManifest | None = None

    def lay_out(self, sheet: str, headings: Sequence[str]) -> Layout:  # noqa: ARG002 - any title
        """Find the columns."""
        return lay_out(headings, _COLUMNS)

    async def stage(
        self,
        ctx: Context,  # noqa: ARG002 - nothing is asked of the database yet
        places: Sequence[Place],
    ) -> list[RowError]:
        """Check lines one by one, as the request does."""
        errors: list[RowError] = []
        for place in places:
            values = {
                column.name: column.read(place.cells[at])
                for at, column in place.layout.columns
                if at < len(place.cells) and not is_blank(place.cells[at])
            }
            line = validated(ManifestLine, place, values)
            if isinstance(line, ManifestLine):
                self._places.append(place)
                self._lines.append(line)
            else:
                errors += line
        if len(self._lines) > MOST_LINES:
            zh = f"一份清单最多 {MOST_LINES} 行，请拆成几份。"
            raise Invalid("import.rows", zh, "Too many lines for a manifest.")
        return errors

    async def settle(self, ctx: Context) -> tuple[dict[str, int], list[RowError]]:
        """Take the manifest; of a dry run, or with a wrong line, the job takes it back."""
        numbers = [place.row for place in self._places]
        mistakes = await actions.list_mistakes(ctx, self._campaign, self._lines, numbers)
        if mistakes or not self._lines:
            return {}, [
                self._places[one.at].error(one.field, f"evidence_manifest.{one.reason}", one.zh)
                for one in mistakes
            ]
        # Valid lines are not validated again; the confirmation came with the file.
        body = ManifestCreate.model_construct(
            campaign_id=self._campaign.id, not_secret=True, lines=self._lines
        )
        taken = await actions.create_manifest(ctx, body)
        self._manifest = taken.manifest
        counts = {"created": taken.made, "updated": taken.revised}
        return {**counts, "unchanged": taken.manifest.unchanged}, []

    async def write(self, ctx: Context, job_id: UUID) -> Made:  # noqa: ARG002 - it has its own event
        """Give the receipt."""
        assert self._manifest is not None  # noqa: S101 - settled without a mistake
        receipt = await show_manifest(ctx, self._manifest)
        return Made(self._manifest.id, receipt["number"])
