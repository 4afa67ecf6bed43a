import os

import pytest

from sihao.client.folder import Journal, files_of
from sihao.client.saying import CouldNot
from tests.imports.sending import workbook

INDEX = [["路径", "标题", "条目"], ["会议/纪要.txt", "党组会纪要", "A1、A13"]]


@pytest.fixture
def folder(tmp_path):
    for name in ("会议/纪要.txt", "A13 班子会议/A1/签到.txt", ".隐藏/x.txt", "~$锁.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "空.txt").touch()
    return tmp_path


def index_as(form: str, folder):
    path = folder.parent / f"{folder.name}-索引.{form.removeprefix('gb.')}"
    text = "\n".join(",".join(row) for row in INDEX)
    if form == "xlsx":
        path.write_bytes(workbook({"索引": INDEX}))
    else:
        path.write_bytes(text.encode("gb18030" if form == "gb.csv" else "utf-8-sig"))
    return path


@pytest.mark.parametrize("form", ["csv", "gb.csv", "xlsx"])
def test_items_come_from_the_index_and_else_from_folders(folder, form):
    files, missing = files_of(folder, index_as(form, folder))

    assert {one.path: (one.title, one.codes) for one in files} == {
        "会议/纪要.txt": ("党组会纪要", ("A1", "A13")),
        "A13 班子会议/A1/签到.txt": (None, ("A13", "A1")),
    }
    assert missing == []


def test_an_index_without_its_columns_is_refused(folder):
    index = folder / "索引.csv"
    index.write_text("名字,条目\nx,A1\n")

    with pytest.raises(CouldNot, match="列名"):
        files_of(folder, index)


def test_a_hash_is_remembered_until_the_file_changes_even_after_a_cut_line(folder, tmp_path):
    place = tmp_path / "state.jsonl"
    [first, _] = files_of(folder, None)[0]
    journal = Journal(place)
    digest = journal.hash_of(folder, first)
    journal.close()
    place.write_text(place.read_text() + '{"file_id": "cut')
    file = folder / first.path
    content = file.read_bytes()
    file.write_bytes(content[::-1])
    os.utime(file, ns=(first.modified, first.modified))

    again = Journal(place)
    assert again.hash_of(folder, first) == digest
    os.utime(file, ns=(first.modified + 1, first.modified + 1))
    [changed, _] = files_of(folder, None, place)[0]
    newer = again.hash_of(folder, changed)
    assert newer != digest
    again.close()
    file.write_bytes(content)
    os.utime(file, ns=(changed.modified, changed.modified))
    assert Journal(place).hash_of(folder, changed) == newer
