"""Evidence of a unit's year: titles, the criteria each serves, verdicts, the files themselves."""

from dataclasses import dataclass
from datetime import date

from sihao.demo.city import Unit
from sihao.demo.figures import figures_for
from sihao.demo.files import file_bytes
from sihao.demo.profiles import profile_of
from sihao.demo.texts import criteria
from sihao.demo.words import dice, fill

_HELD = {"strong": 0.97, "middling": 0.9, "weak": 0.75, "poor": 0.6}
"""The share of the suggested evidence that a unit hands in."""
_REASONS = (
    "缺印发日期，请补盖章页",
    "与条目要求不对应，请换用会议纪要",
    "登记含谈话内容，须脱敏后重传",
    "只有通知，没有落实情况",
)
_SHARED = {
    "“三重一大”事项会议纪要汇编": ("A8", "A12"),
    "现行制度目录（{year}年）": ("A13",),
    "中心组学习签到和纪要（{year}年）": ("B1", "A1"),
    "参训情况统计表（{year}年）": ("B9",),
    "领导班子下基层出差审批汇总（{year}年）": ("C5", "B11"),
    "党风廉政建设责任书及分工（{year}年）": ("D7", "A4"),
}
"""One file, many uses: further criteria that the evidence of one criterion serves."""


@dataclass(frozen=True)
class Evidence:
    """One file, the criteria it serves, the period it is about, the verdict on it (or empty)."""

    title: str
    file_name: str
    criteria: tuple[str, ...]
    covers_from: date
    covers_to: date
    verdict: str
    reason: str
    unit: Unit
    year: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The file's text: what the report says of the criteria, and the measures behind it."""
        unit, year = self.unit, self.year
        first = criteria()[self.criteria[0]]
        said = [
            fill(criteria()[code].report, unit, year, code, **figures_for(unit, year))
            for code in self.criteria
        ]
        done = [
            fill(f"{one.text}；产出：{one.output}。", unit, year, first.code)
            for one in first.measures
        ]
        signed = f"{unit.short_name}机关党委　{year}年11月16日"
        return (f"{unit.name}　{year}年度", *said, *done, signed)

    def content(self) -> bytes:
        """The file's bytes."""
        return file_bytes(self.file_name, self.lines)


def evidence_for(unit: Unit, year: int, *, judged: bool = True) -> tuple[Evidence, ...]:
    """What the unit handed in, in the standard's order; without verdicts before inspection.

    A picture of a Party day and a note in plain text close the list.
    """
    rng = dice(unit.number, year, "evidence")
    items = []
    for code, texts in criteria().items():
        for name in texts.evidence:
            if rng.random() > _HELD[profile_of(unit, year).tier]:
                continue
            verdict = rng.choices(("accepted", "rejected"), (12, 1))[0] if judged else "unreviewed"
            also = _SHARED.get(name.rpartition(".")[0], ())
            items.append(
                _evidence(
                    unit,
                    year,
                    name,
                    (code, *also),
                    verdict,
                    rng.choice(_REASONS) if verdict == "rejected" else "",
                )
            )
    verdict = "accepted" if judged else "unreviewed"
    for name, code in (
        ("主题党日活动现场照片（{year}年）.png", "B6"),
        ("联系点走访情况说明.txt", "C7"),
    ):
        items.append(_evidence(unit, year, name, (code,), verdict, ""))
    return tuple(items)


def _evidence(
    unit: Unit, year: int, name: str, codes: tuple[str, ...], verdict: str, reason: str
) -> Evidence:
    file_name = fill(name, unit, year, codes[0])
    return Evidence(
        title=file_name.rpartition(".")[0],
        file_name=file_name,
        criteria=codes,
        covers_from=date(year, 1, 1),
        covers_to=date(year, 12, 31),
        verdict=verdict,
        reason=reason,
        unit=unit,
        year=year,
    )
