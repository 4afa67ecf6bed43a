"""The routers of accounts."""

from sihao.accounts.api.bootstrap import router as _bootstrap
from sihao.accounts.api.oversight import router as _oversight
from sihao.accounts.api.people import router as _people
from sihao.accounts.api.service_accounts import router as _service_accounts
from sihao.accounts.api.sessions import router as _sessions
from sihao.accounts.api.sign_in import router as _sign_in
from sihao.accounts.api.totp import router as _totp

routers = (_sessions, _sign_in, _totp, _bootstrap, _people, _service_accounts, _oversight)
