"""The routers of evidence."""

from sihao.evidence.api.files import router as _files
from sihao.evidence.api.links import router as _links
from sihao.evidence.api.manifests import router as _manifests
from sihao.evidence.api.pieces import router as _pieces
from sihao.evidence.api.previews import router as _previews
from sihao.evidence.api.uploads import router as _uploads

routers = (_pieces, _files, _previews, _links, _uploads, _manifests)
