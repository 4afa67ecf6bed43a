"""What tests say to `/uploads`."""

import base64
from hashlib import sha256

from sihao.core.settings import settings

URL = "/api/v1/uploads"
TUS = {"Tus-Resumable": "1.0.0"}
STREAM = TUS | {"Content-Type": "application/offset+octet-stream"}
TEXT = "学习笔记\n".encode() * 100_000


def metadata(**pairs) -> str:
    return ",".join(f"{k} {base64.b64encode(str(v).encode()).decode()}" for k, v in pairs.items())


def checksum(content):
    return {"Upload-Checksum": f"sha256 {base64.b64encode(sha256(content).digest()).decode()}"}


async def begin(client, length, content=b"", **pairs):
    said = metadata(**{"filename": "党组会议纪要.txt", **pairs})
    headers = TUS | {"Upload-Length": str(length), "Upload-Metadata": said}
    if content:
        headers |= STREAM
    return await client.post(URL, content=content, headers=headers)


async def send(client, url, offset, content, **headers):
    wanted = STREAM | {"Upload-Offset": str(offset)} | headers
    return await client.patch(url, content=content, headers=wanted)


async def head(client, url):
    return await client.head(url, headers=TUS)


def spooled():
    folder = settings().data_dir / "incoming" / "uploads"
    return list(folder.iterdir()) if folder.exists() else []
