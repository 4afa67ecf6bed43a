"""`sihao people FILE`: make accounts and groups as a list says, by SCIM as a directory does.

Whoever came by a list before and is missing from this one is shut out; accounts that were made by
hand are left alone until a list names them. The mark of a list is the external id.
"""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sihao.client.connection import SCIM, Connection
from sihao.client.saying import OK, SOME_REFUSED, CouldNot, Refused, finish, say

_CORE = "urn:ietf:params:scim:schemas:core:2.0"
_MARK = "list:"
_NAMES = {"登录名": "login", "姓名": "name", "在岗": "active", "组": "groups"}
_NO = frozenset({"否", "no", "false", "0"})
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class _Row:
    login: str
    name: str
    active: bool
    groups: frozenset[str]


@dataclass(slots=True)
class _Done:
    created: int = 0
    changed: int = 0
    shut_out: int = 0
    groups: int = 0

    def lines(self, refused: list[str]) -> list[str]:
        """Say it for people."""
        done = say(
            f"新增 {self.created}，修改 {self.changed}，停用 {self.shut_out}，调整组 {self.groups}",
            f"{self.created} new, {self.changed} changed, {self.shut_out} shut out,"
            f" {self.groups} groups",
        )
        return [done, *(f"✗ {one}" for one in refused)]


def run(connection: Connection, file: Path, *, keep_missing: bool, as_json: bool) -> None:
    """Follow the list; exit code 1 when somebody or a group was refused, the rest is done."""
    rows = _read(file)
    people = {one["userName"].lower(): one for one in _all(connection, "Users")}
    done, refused = _Done(), list[str]()
    for row in rows:
        try:
            people[row.login.lower()] = _follow(connection, row, people, done)
        except Refused as error:
            refused.append(f"{row.login}: {error}")
    listed = {row.login.lower() for row in rows}
    managed = {
        login: one
        for login, one in people.items()
        if login in listed or one.get("externalId", "").startswith(_MARK)
    }
    if not keep_missing:
        for login in managed.keys() - listed:
            if managed[login]["active"]:
                _put(connection, {**managed[login], "active": False})
                done.shut_out += 1
    refused += _follow_groups(connection, rows, people, managed, done)
    result = {"created": done.created, "changed": done.changed, "shut_out": done.shut_out}
    result |= {"groups": done.groups}
    code = SOME_REFUSED if refused else OK
    finish({**result, "refused": refused}, done.lines(refused), code, as_json=as_json)


def _read(file: Path) -> list[_Row]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CouldNot(f"读不了 {file}：{error}", f"{file}: {error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    reader = csv.DictReader(io.StringIO(text))
    names = {_NAMES.get(one.strip(), one.strip()): one for one in reader.fieldnames or ()}
    if missing := {"login", "name"} - names.keys():
        zh = f"名单缺少列：{'、'.join(sorted(missing))}（须有 登录名、姓名，可有 在岗、组）"
        raise CouldNot(zh, f"Columns are missing: {', '.join(sorted(missing))}")

    def cell(line: dict[str, Any], name: str) -> str:
        return (line.get(names.get(name, "")) or "").strip()

    rows = [
        _Row(
            login=cell(line, "login"),
            name=cell(line, "name"),
            active=cell(line, "active").lower() not in _NO,
            groups=frozenset(cell(line, "groups").replace("；", ";").split(";")) - {""},
        )
        for line in reader
        if cell(line, "login")
    ]
    if not rows:
        zh = "名单是空的，没有办理；否则会停用所有人。"
        raise CouldNot(zh, "The list is empty; following it would shut everybody out.")
    return rows


def _all(connection: Connection, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        page = connection.get(f"{SCIM}/{kind}", startIndex=len(found) + 1, count=_PAGE)
        found += page.get("Resources") or []
        if len(found) >= page["totalResults"]:
            return found


def _follow(
    connection: Connection, row: _Row, people: dict[str, dict[str, Any]], done: _Done
) -> dict[str, Any]:
    wanted = {
        "schemas": [f"{_CORE}:User"],
        "userName": row.login,
        "displayName": row.name,
        "active": row.active,
        "externalId": f"{_MARK}{row.login}",
    }
    known = people.get(row.login.lower())
    if known is None:
        done.created += 1
        return connection.post(f"{SCIM}/Users", json=wanted)
    wanted["userName"] = known["userName"]
    if all(known.get(name) == value for name, value in wanted.items()):
        return known
    if known["active"] and not row.active:
        done.shut_out += 1
    else:
        done.changed += 1
    return _put(connection, {**known, **wanted})


def _put(connection: Connection, wanted: dict[str, Any]) -> dict[str, Any]:
    kind = wanted["schemas"][0].rpartition(":")[2]
    answer = connection.request("PUT", f"{SCIM}/{kind}s/{wanted['id']}", json=wanted)
    changed: dict[str, Any] = answer.json()
    return changed


def _follow_groups(
    connection: Connection,
    rows: list[_Row],
    people: dict[str, dict[str, Any]],
    managed: dict[str, dict[str, Any]],
    done: _Done,
) -> list[str]:
    """Put whoever is on the list into his groups, out of others that came by a list first."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in row.groups:
            if row.login.lower() in people:
                wanted[name.lower()].add(people[row.login.lower()]["id"])
    names = {name.lower(): name for row in rows for name in row.groups}
    known = {one["displayName"].lower(): one for one in _all(connection, "Groups")}
    ours = {name for name, one in known.items() if one.get("externalId", "").startswith(_MARK)}
    ids = {one["id"] for one in managed.values()}
    refused: list[str] = []
    changed = set[str]()
    for leaves in (True, False):
        for name in sorted(ours | names.keys()):
            group = known.get(name)
            try:
                filled = _fill(connection, group, names.get(name, ""), wanted[name], ids, leaves)
            except Refused as error:
                refused.append(f"{names.get(name, name)}: {error}")
                continue
            if filled is not group and filled is not None:
                known[name] = filled
                changed.add(name)
    done.groups += len(changed)
    return list(dict.fromkeys(refused))


def _fill(
    connection: Connection,
    group: dict[str, Any] | None,
    name: str,
    wanted: set[str],
    managed: set[str],
    leaves: bool,
) -> dict[str, Any] | None:
    """Let those go who are to leave, or those in who are to join; give the group as it is then.

    Somebody leaves one unit's groups before he joins another's.
    """
    present = {one["value"] for one in (group or {}).get("members", [])}
    stays = present - (managed - wanted)
    members = stays if leaves else stays | wanted
    marked = group is not None and group.get("externalId", "").startswith(_MARK)
    if members == present and (marked or leaves):
        return group
    group = group or {"schemas": [f"{_CORE}:Group"], "displayName": name}
    body = {**group, "externalId": f"{_MARK}{group['displayName']}"}
    body["members"] = [{"value": one} for one in sorted(members)]
    if "id" in group:
        return _put(connection, body)
    return connection.post(f"{SCIM}/Groups", json=body)
