"""docs/recount.py was written from docs/scoring.md alone: it must find what the product found."""

import ast
import json
import runpy
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from sihao.core.canonical import canonical, digest
from sihao.results.ranking import rank
from tests.conftest import ROOT
from tests.factories import make_unit
from tests.factories_campaigns import make_campaign
from tests.factories_results import make_result
from tests.factories_years import draw_comparison, draw_year, exported, with_quotas

SCRIPT = ROOT / "docs/recount.py"
RECOUNT = runpy.run_path(str(SCRIPT))
BLOCK = 50


def recount_year(text: str) -> tuple[list[list[str]], list[str]]:
    return RECOUNT["recount_year"](text)


def frozen_comparison(inputs) -> dict[str, str]:
    texts = {
        "inputs": canonical(inputs.model_dump(mode="json")),
        "outcome": canonical(rank(inputs).model_dump(mode="json")),
    }
    return texts | {f"{name}_hash": digest(text) for name, text in texts.items()}


def run(tmp_path, text: str, *flags: str) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "frozen"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-I", "-X", "utf8", str(SCRIPT), *flags, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("block", range(20))
def test_every_figure_of_a_thousand_drawn_years_is_found_again(block):
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        year = with_quotas(draw_year(Random(seed)))
        rows, differences = recount_year(exported(year))
        assert (seed, differences) == (seed, [])
        assert len(rows) == len(year)


def test_drawn_years_reach_every_corner_of_a_scheme():
    seen: Counter[str] = Counter()
    for seed in range(100):
        year = with_quotas(draw_year(Random(seed)))
        for line in exported(year).splitlines():
            outcome = json.loads(json.loads(line)["outcome"])
            parts = {one["code"] for one in outcome["tree"]["children"]}
            seen.update([outcome["grade"], *parts])
            seen["ceiling"] += outcome["total"].startswith(("100", "110", "90.125"))
            seen["zero"] += Decimal(outcome["total"]) == 0
        seen["drops"] += sum(len(one.drops) for one in year)
        seen["vetoes"] += sum(len(one.vetoes) for one in year)
    wanted = (
        *("好", "较好", "一般", "较差", "items", "merged", "ballots", "extras"),
        *("ceiling", "zero", "drops", "vetoes"),
    )
    assert {name: seen[name] > 0 for name in wanted} == dict.fromkeys(wanted, True)


def test_every_place_of_five_hundred_drawn_comparisons_is_found_again():
    for seed in range(500):
        inputs = draw_comparison(Random(seed))
        rows, differences = RECOUNT["recount_comparison"](json.dumps(frozen_comparison(inputs)))
        assert (seed, differences) == (seed, [])
        assert len(rows) == len(inputs.units)


def year_with_drops():
    drawn = (with_quotas(draw_year(Random(seed))) for seed in range(BLOCK))
    return next(year for year in drawn if any(one.drops for one in year))


def nodes(tree):
    yield tree
    for child in tree["children"]:
        yield from nodes(child)


def test_no_figure_of_the_explanation_goes_unlooked_at():
    (line, *_) = exported(with_quotas(draw_year(Random(7)))).splitlines()
    record = json.loads(line)
    outcome = json.loads(record["outcome"])
    assert recount_year(line)[1] == []
    for node in nodes(outcome["tree"]):
        for name in () if node["missing"] else ("got", "of", "lost"):
            right, node[name] = node[name], str(Decimal(node[name]) + 1)
            text = canonical(outcome)
            changed = json.dumps(record | {"outcome": text, "outcome_hash": digest(text)})
            assert len(recount_year(changed)[1]) == 1, (node["code"], name)
            node[name] = right


def test_the_script_says_yes_with_python_alone(tmp_path):
    year = with_quotas(draw_year(Random(1)))
    done = run(tmp_path, exported(year))
    assert (done.returncode, done.stderr) == (0, "")
    head, *rows, last = done.stdout.splitlines()
    assert head == "单位\t公布\t重算\t一致"
    assert last == f"共 {len(year)} 个单位，全部一致。"
    assert all(row.endswith("\t是") for row in rows)


def test_the_script_names_what_was_published_wrongly(tmp_path):
    year = with_quotas(draw_year(Random(1)))
    lines = [json.loads(one) for one in exported(year).splitlines()]
    outcome = json.loads(lines[0]["outcome"])
    outcome["total"] = "99.99"
    lines[0]["outcome"] = canonical(outcome)
    done = run(tmp_path, "\n".join(json.dumps(one) for one in lines))
    assert done.returncode == 1
    assert f"不一致 {year[0].unit_name}：公布结果与校验码不符" in done.stdout
    assert f"不一致 {year[0].unit_name}：总分：公布 99.99，重算 " in done.stdout


def test_a_quota_that_was_not_kept_is_found():
    year = [one.model_copy(update={"drops": []}) for one in year_with_drops()]
    _, differences = recount_year(exported(year))
    assert any("未得等次" in one for one in differences)


def test_a_units_own_export_keeps_the_grades_it_missed_by_quota():
    (dropped, *_) = [one for one in year_with_drops() if one.drops]
    assert recount_year(exported([dropped]))[1] == []


def test_a_corrected_result_does_not_open_its_class_again():
    year = year_with_drops()
    (at, *_) = [at for at, one in enumerate(year) if one.drops]
    better = [one.model_copy(update={"lost": Decimal(0)}) for one in year[at].items]
    year[at] = year[at].model_copy(update={"items": better})
    lines = [exported([one], revision=1 + (one is year[at])) for one in year]
    assert recount_year("\n".join(lines))[1] == []


async def test_what_the_api_hands_out_is_recounted(as_, world, tmp_path):
    first, second = [await make_campaign(world, year=year) for year in (2025, 2026)]
    for before, after in (("95", "93.5"), ("90", "91"), ("91", "90")):
        unit = await make_unit(world)
        await make_result(world, first, unit, total=before)
        await make_result(world, second, unit, total=after)
    officer = await as_.officer()
    body = {
        "name": "集中评比",
        "first_campaign_id": str(first.id),
        "second_campaign_id": str(second.id),
        "places": 2,
    }
    made = (await officer.post("/api/v1/comparisons", json=body)).json()
    url = f"/api/v1/comparisons/{made['id']}"
    assert (await officer.get(f"{url}/frozen")).json()["code"] == "comparison.not_frozen"
    await officer.move(made, url, "freeze")

    year = run(tmp_path, (await officer.get(f"/api/v1/campaigns/{second.id}/results/frozen")).text)
    both = run(tmp_path, (await officer.get(f"{url}/frozen")).text, "--comparison")

    assert (year.returncode, year.stdout.splitlines()[-1]) == (0, "共 3 个单位，全部一致。")
    assert (both.returncode, both.stdout.splitlines()[-1]) == (0, "共 3 个单位，全部一致。")
    assert (await (await as_.lead(unit)).get(f"{url}/frozen")).status_code == 404


@pytest.mark.parametrize("text", ["", "{", '{"revision": 1}', "[]"])
def test_a_file_that_is_no_export_is_told_apart_from_a_difference(tmp_path, text):
    done = run(tmp_path, text)
    assert done.returncode == 2
    assert "读不懂" in done.stderr


def test_the_script_needs_nothing_newer_than_python_3_9():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {
        name.name.split(".")[0]
        if isinstance(node, ast.Import)
        else (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported <= {*sys.stdlib_module_names, "__future__"}
