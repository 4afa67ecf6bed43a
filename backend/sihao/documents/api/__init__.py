"""`/documents`, their files and templates, and archives."""

from sihao.documents.api.archives import router as archives
from sihao.documents.api.documents import router as documents
from sihao.documents.api.files import router as files
from sihao.documents.api.templates import router as templates

routers = (documents, files, templates, archives)
