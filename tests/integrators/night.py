"""A night's exchange of an office system, written from docs/integration.md: httpx and nothing else.

    python night.py FOLDER

FOLDER holds people.csv (login,name,active,group), ledgers.csv as the import takes it, and
evidence/<item>/<file>. It gets todos.json, results.csv and, from night to night, night.json. What
was done is told as one line of JSON; the exit code is 1 when rows were refused.
"""

import csv
import json
import os
import random
import sys
import time
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx

SCIM = "urn:ietf:params:scim:schemas:core:2.0"
SCIM_JSON = {"Content-Type": "application/scim+json"}
TUS = {"Tus-Resumable": "1.0.0"}
STREAM = {**TUS, "Content-Type": "application/offset+octet-stream"}
PIECE = 64 * 1024
TRIES = 8


class System:
    """The product as one service account: waits as it is told, repeats with the same key."""

    def __init__(self, account: str) -> None:
        self.form = {
            "grant_type": "client_credentials",
            "client_id": os.environ[f"{account}_ID"],
            "client_secret": os.environ[f"{account}_SECRET"],
        }
        self.http = httpx.Client(base_url=os.environ["SIHAO_URL"], timeout=120)
        self.ends = 0.0

    def ask(self, method: str, url: str, **request: object) -> httpx.Response:
        headers = dict(request.pop("headers", {}))
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid4())
        if time.time() > self.ends:
            token = self.until_answered("POST", "/api/v1/auth/token", data=self.form).json()
            self.http.headers["Authorization"] = f"Bearer {token['access_token']}"
            self.ends = time.time() + token["expires_in"] - 60
        return self.until_answered(method, url, headers=headers, **request)

    def until_answered(self, method: str, url: str, **request: object) -> httpx.Response:
        for attempt in range(TRIES):
            wait = min(2**attempt, 60) * random.uniform(0.5, 1)
            try:
                answer = self.http.request(method, url, **request)
            except httpx.TransportError:
                if method == "PATCH" or attempt == TRIES - 1:
                    raise
            else:
                if answer.status_code not in {429, 503}:
                    return answer.raise_for_status()
                wait = float(answer.headers.get("Retry-After", wait))
            time.sleep(wait)
        raise SystemExit(f"{url}: no answer")

    def get(self, url: str, **wanted: object) -> dict:
        return self.ask("GET", url, params=wanted).json()

    def pages(self, path: str, **wanted: object):
        while True:
            page = self.get(f"/api/v1{path}", limit=200, **wanted)
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            wanted["cursor"] = page["next_cursor"]


class Directory(System):
    """Keeps people and groups; `changes` counts what was not yet so."""

    def __init__(self) -> None:
        super().__init__("DIRECTORY")
        self.changes = 0

    def keep(self, kind: str, wanted: dict) -> dict:
        """Have the one of its name be as wanted."""
        key = "userName" if kind == "User" else "displayName"
        asked = {"filter": f'{key} eq "{wanted[key]}"'}
        known = next(iter(self.get(f"/scim/v2/{kind}s", **asked).get("Resources") or ()), None)
        body = {"schemas": [f"{SCIM}:{kind}"], **wanted}
        if known is None:
            self.changes += 1
            return self.ask("POST", f"/scim/v2/{kind}s", json=body, headers=SCIM_JSON).json()
        if all(comparable(known.get(field)) == comparable(wanted[field]) for field in wanted):
            return known
        self.changes += 1
        url = f"/scim/v2/{kind}s/{known['id']}"
        return self.ask("PUT", url, json={**known, **body}, headers=SCIM_JSON).json()


def comparable(value: object) -> object:
    """Members of a group stand in no order and carry more than was sent."""
    return {one["value"] for one in value} if isinstance(value, list) else value


def keep_people(folder: Path) -> tuple[int, list[str]]:
    directory, groups, logins = Directory(), {}, []
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            active = row["active"] == "yes"
            wanted = {"userName": row["login"], "displayName": row["name"], "active": active}
            person = directory.keep("User", wanted)
            logins.append(row["login"])
            held = groups.setdefault(row["group"], [])
            if active:
                held.append({"value": person["id"]})
    for name, members in groups.items():
        directory.keep("Group", {"displayName": name, "members": members})
    return directory.changes, logins


def import_ledgers(system: System, folder: Path, campaign: str) -> dict:
    asked = {"kind": "ledger-entries", "campaign_id": campaign, "mode": "partial"}
    content = (folder / "ledgers.csv").read_bytes()
    sent = {"params": {**asked, "file_name": "ledgers.csv"}, "content": content}
    job = system.ask("POST", "/api/v1/imports", headers={"Content-Type": "text/csv"}, **sent).json()
    while job["state"] in {"received", "checking", "writing"}:
        time.sleep(0.5)
        job = system.get(f"/api/v1/imports/{job['id']}")
    told = {name: job[name] for name in ("created", "updated", "unchanged", "refused")}
    return {"state": job["state"], **told}


def hand_in(system: System, folder: Path, campaign: str, known: dict) -> tuple[dict, int]:
    """Promise the files unless they were, then send what is waiting; count what was sent."""
    root = folder / "evidence"
    lines = [
        {
            "path": path.relative_to(root).as_posix(),
            "size": path.stat().st_size,
            "sha256": sha256(path.read_bytes()).hexdigest(),
            "codes": [path.parent.name],
        }
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]
    said = sha256(json.dumps([campaign, lines]).encode()).hexdigest()
    if known.get("said") != said:
        body = {"campaign_id": campaign, "not_secret": True, "lines": lines}
        made = system.ask("POST", "/api/v1/evidence-manifests", json=body).json()
        known = {"said": said, "manifest": made["id"]}
    waiting = list(system.pages(f"/evidence-manifests/{known['manifest']}/lines", state="waiting"))
    for line in waiting:
        send(system, line, (root / line["path"]).read_bytes())
    return known, len(waiting)


def send(system: System, line: dict, content: bytes) -> None:
    name = line["path"].rsplit("/", 1)[-1]
    told = {"filename": name, "file_id": line["file_id"], "sha256": line["sha256"]}
    metadata = ",".join(f"{k} {b64encode(v.encode()).decode()}" for k, v in told.items())
    begin = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
    upload = system.ask("POST", "/api/v1/uploads", headers=begin).headers["Location"]
    offset = 0
    while offset < len(content):
        part = content[offset : offset + PIECE]
        piece = {**STREAM, "Upload-Offset": str(offset)}
        try:
            answer = system.ask("PATCH", upload, headers=piece, content=part)
        except httpx.TransportError:
            answer = system.ask("HEAD", upload, headers=TUS)
        offset = int(answer.headers["Upload-Offset"])


def read_todos(system: System, login: str) -> list[dict]:
    """Read what somebody has to do: nothing, once he is nobody of the unit any more."""
    try:
        found = system.get("/api/v1/todos", person=login)
    except httpx.HTTPStatusError as refused:
        if refused.response.json()["code"] != "person.unknown":
            raise
        return []
    return [
        {
            "key": [one["kind"], one["state"], one["subject_id"], one["campaign_id"]],
            "title": f"{one['verb']} {one['object']}".strip(),
            "due": one["due_at"],
        }
        for one in found
        if one["when"] != "waiting"
    ]


def write_results(system: System, folder: Path) -> None:
    with (folder / "results.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", "year", "total", "grade"])
        for one in system.pages("/results", state="published"):
            writer.writerow([one["unit_name"], one["year"], one["total"], one["grade"]])


def main(folder: Path) -> int:
    memory = folder / "night.json"
    known = json.loads(memory.read_text()) if memory.exists() else {}
    changes, logins = keep_people(folder)
    system = System("CLIENT")
    running = [one for one in system.pages("/campaigns") if one["state"] in {"open", "inspecting"}]
    campaign = running[0]["id"]
    imported = import_ledgers(system, folder, campaign)
    known, sent = hand_in(system, folder, campaign, known)
    todos = {login: read_todos(system, login) for login in logins}
    (folder / "todos.json").write_text(json.dumps(todos, ensure_ascii=False, indent=1))
    write_results(system, folder)
    memory.write_text(json.dumps(known))
    sys.stdout.write(json.dumps({"people": changes, "ledgers": imported, "files": sent}))
    return 1 if imported["state"] != "done" or imported["refused"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
