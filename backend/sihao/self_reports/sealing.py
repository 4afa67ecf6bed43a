"""What a signature freezes, and its hash."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sihao.evidence.queries import Locked
from sihao.self_reports.figures import all_figures, fill_in
from sihao.self_reports.models import SelfReportSection
from sihao.self_reports.year import YearFacts


def freeze(
    sections: Sequence[SelfReportSection], facts: YearFacts, used: Sequence[Locked]
) -> dict[str, Any]:
    """Give the report as signed: texts with their figures filled in, figures, files used."""
    figures = all_figures(facts)
    return {
        "unit": facts.unit,
        "year": facts.year,
        "sections": [
            {
                "dimension": one.dimension,
                "title": facts.titles[one.dimension],
                "text": fill_in(one.text, figures),
            }
            for one in sections
        ],
        "figures": [figure.model_dump() for figure in figures],
        "evidence": [
            {
                "evidence_id": str(one.evidence_id),
                "title": one.title,
                "sha256": one.files[0].sha256,
                "label": one.label,
                "target_id": str(one.target_id),
                "files": [
                    {"id": str(file.id), "file_name": file.file_name, "sha256": file.sha256}
                    for file in one.files
                ],
            }
            for one in used
        ],
    }


def hash_of(content: Mapping[str, Any]) -> str:
    """Hash canonical JSON: sorted keys, no spaces, UTF-8. Anybody can compute it again."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def receipt_number(year: int, number: int) -> str:
    """Write a receipt number: 自查〔2026〕001号."""
    return f"自查〔{year}〕{number:03}号"
