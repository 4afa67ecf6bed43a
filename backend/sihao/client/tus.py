"""Send one promised file by tus 1.0: in one request if it is small, in pieces that resume else."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from sihao.client.connection import Connection
from sihao.client.folder import Journal
from sihao.client.saying import CouldNot, Refused

_VERSION = {"Tus-Resumable": "1.0.0"}
_STREAM = {**_VERSION, "Content-Type": "application/offset+octet-stream"}
_CUTS = 20
"""How often in a row a piece may fail without any progress."""
_FROM_ANEW = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_LOOK_AGAIN = frozenset({HTTPStatus.CONFLICT, HTTPStatus.LOCKED, 460})


@dataclass(frozen=True)
class Sending:
    """A connection, a memory, and how much goes in one piece."""

    connection: Connection
    journal: Journal
    piece: int
    moved: Callable[[int], object]
    """Told of every byte that the server has."""

    def send(self, path: Path, line: dict[str, Any]) -> None:
        """Send one line of a manifest; raise `Refused` or `CouldNot`."""
        file_id, size = str(line["file_id"]), int(line["size"])
        known = self.journal.upload_of(file_id)
        if known is None and size <= self.piece:
            self._begin(line, path.read_bytes())
            self.moved(size)
            return
        offset = self._offset(known) if known else None
        if known is None or offset is None:
            known, offset = self._begin(line), 0
            self.journal.note_upload(file_id, known)
        self.moved(offset)
        self._go_on(path, known, offset, size)

    def _begin(self, line: dict[str, Any], content: bytes | None = None) -> str:
        told = {
            "filename": str(line["path"]).rsplit("/", 1)[-1],
            "file_id": str(line["file_id"]),
            "sha256": str(line["sha256"]),
        }
        meta = ",".join(f"{key} {b64encode(one.encode()).decode()}" for key, one in told.items())
        headers = {"Upload-Length": str(line["size"]), "Upload-Metadata": meta}
        if content is None:
            answer = self.connection.request("POST", "/uploads", headers={**_VERSION, **headers})
        else:
            sent = {**_STREAM, **headers, "Upload-Checksum": _checksum(content)}
            answer = self.connection.request("POST", "/uploads", headers=sent, content=content)
        return str(answer.headers["Location"])

    def _offset(self, upload: str) -> int | None:
        """Ask how far an upload is; None when it is there no more."""
        try:
            answer = self.connection.request("HEAD", upload, headers=_VERSION)
        except Refused as refused:
            if refused.status in _FROM_ANEW:
                return None
            raise
        return int(answer.headers["Upload-Offset"])

    def _go_on(self, path: Path, upload: str, offset: int, size: int) -> None:
        cuts = 0
        with path.open("rb") as file:
            while offset < size:
                file.seek(offset)
                content = file.read(self.piece)
                if not content:
                    raise CouldNot(f"{path} 在上传时变短了。", f"{path} became shorter.")
                try:
                    reached = self._patch(upload, offset, content)
                    cuts = 0
                except Refused as refused:
                    if refused.status not in _LOOK_AGAIN:
                        raise
                    reached, cuts = self._look(upload, refused), cuts + 1
                except CouldNot as cut:
                    reached, cuts = self._look(upload, cut), cuts + 1
                self.moved(reached - offset)
                offset = reached
                if cuts > _CUTS:
                    raise CouldNot(f"{path} 一再中断。", f"{path} is cut again and again.")

    def _patch(self, upload: str, offset: int, content: bytes) -> int:
        headers = {
            **_STREAM,
            "Upload-Offset": str(offset),
            "Upload-Checksum": _checksum(content),
        }
        answer = self.connection.request("PATCH", upload, headers=headers, content=content)
        return int(answer.headers["Upload-Offset"])

    def _look(self, upload: str, why: CouldNot) -> int:
        offset = self._offset(upload)
        if offset is None:
            raise why
        return offset


def _checksum(content: bytes) -> str:
    return f"sha256 {b64encode(sha256(content).digest()).decode()}"
