"""Recount a ballot from its record, with Python alone: nothing of the product is needed.

    python3 recount_ballot.py record.json [published.json]

Prints the record's SHA-256, which must be the published one, and the counts as JSON. Given what the
product published (the ballot as the API answers it) it compares both,
and ends with 1 when anything differs.
"""  # noqa: INP001 - a script by itself, not a package

import hashlib
import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

Json = dict[str, Any]
FEWEST = 5


def mean(grades: list[Json], votes: list[int]) -> Fraction | None:
    """Points given, by how many gave any; None when nobody did."""
    pairs = zip(grades, votes, strict=True)
    pointed = [(Fraction(g["points"]), n) for g, n in pairs if g["points"] is not None]
    givers = sum(n for _, n in pointed)
    return sum(points * n for points, n in pointed) / Fraction(givers) if givers else None


def mean_of(questions: list[Json], votes: list[list[int]]) -> Fraction | None:
    """The mean of the questions that somebody gave points to."""
    means = [mean(one["grades"], chosen) for one, chosen in zip(questions, votes, strict=True)]
    known = [one for one in means if one is not None]
    return sum(known) / Fraction(len(known)) if known else None


def shown(score: Fraction | None) -> str | None:
    """Half up to the hundredth, as text."""
    if score is None:
        return None
    cents = Decimal(score.numerator * 100) / Decimal(score.denominator)
    return str(cents.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-2))


def recount(record: Json) -> Json:
    """Count the record's papers and hand counts."""
    questions = record["questions"]
    groups = [count_group(record, questions, group) for group in record["groups"]]
    part = [one for one in groups if one["left_out"] is None]
    weighed = [
        (Fraction(one["weight"]), score)
        for one in part
        if (score := mean_of(questions, [a["chosen"] for a in one["answers"]])) is not None
    ]
    weights = sum(weight for weight, _ in weighed)
    score = sum(weight * score for weight, score in weighed) / weights if weights else None
    return {
        "groups": groups,
        "issued": sum(one["issued"] for one in part),
        "returned": sum(one["returned"] for one in part),
        "valid": sum(one["valid"] for one in part),
        "answers": [
            answers(
                question,
                [
                    sum(row)
                    for row in zip(*(one["answers"][at]["chosen"] for one in part), strict=True)
                ],
                sum(one["answers"][at]["unfilled"] for one in part),
            )
            for at, question in enumerate(questions)
            if part
        ],
        "score": shown(score),
    }


def count_group(record: Json, questions: list[Json], group: Json) -> Json:
    """Count one group; with fewer than five votes it takes no part."""
    code = group["code"]
    papers = [chosen for named, _, chosen in record["papers"] if named == code]
    filled = [one for one in papers if any(chosen is not None for chosen in one)]
    by_hand = record["hand_counts"].get(code, {"issued": 0, "returned": 0, "valid": 0})
    sealed = code in record["unopened"]
    returned = len(papers) + by_hand["returned"]
    told = {name: group[name] for name in ("code", "name", "weight")}
    told["issued"] = group["codes"] + by_hand["issued"]
    nothing = {"returned": None, "valid": None, "kept_sealed": False, "answers": [], "score": None}
    if returned < FEWEST:
        return {**told, **nothing, "left_out": "few" if returned or sealed else "none"}
    valid = len(filled) + by_hand["valid"]
    votes = []
    for at, question in enumerate(questions):
        on_paper = by_hand["chosen"][at] if "chosen" in by_hand else [0] * len(question["grades"])
        votes.append([sum(one[at] == g for one in filled) + n for g, n in enumerate(on_paper)])
    return {
        **told,
        "returned": returned,
        "valid": valid,
        "kept_sealed": sealed,
        "left_out": None,
        "answers": [answers(q, v, valid - sum(v)) for q, v in zip(questions, votes, strict=True)],
        "score": shown(mean_of(questions, votes)),
    }


def answers(question: Json, votes: list[int], unfilled: int) -> Json:
    """How one question was answered."""
    score = shown(mean(question["grades"], votes))
    return {"chosen": votes, "unfilled": unfilled, "score": score}


def main(record_file: str, published_file: str | None = None) -> int:
    """Print the recount; 1 when it differs from what was published."""
    text = Path(record_file).read_text(encoding="utf-8")
    record = json.loads(text)
    found = recount(record)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    sys.stdout.write(f"SHA-256 {sha256}\n{json.dumps(found, ensure_ascii=False, indent=1)}\n")
    if published_file is None:
        return 0
    published = json.loads(Path(published_file).read_text(encoding="utf-8"))
    same = published["result"] == found and published["record_hash"] == sha256
    sys.stdout.write("与公布的结果一致。\n" if same else "与公布的结果不一致！\n")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
