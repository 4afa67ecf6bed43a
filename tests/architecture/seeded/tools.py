"""What ruff, import-linter, mypy and the comparison of generated files must refuse."""

from tests.architecture.seeded.kinds import Defect, Tree

RUFF = ("-m", "ruff", "check", "--no-cache", "--output-format", "concise", ".")
IMPORTS = ("-c", "from importlinter.cli import lint_imports_command as main; main()")

LINT = Tree(
    "lint",
    command=RUFF,
    defects=(
        Defect(
            "rows are read in queries alone",
            "backend/sihao/units/actions.py",
            "",
            "\nfrom sqlmodel import select\n",
            "TID251 `sqlmodel.select` is banned: Only queries.py",
        ),
        Defect(
            "nothing loads by itself",
            "backend/sihao/units/models.py",
            "",
            "\nfrom sqlmodel import Relationship\n",
            "TID251 `sqlmodel.Relationship` is banned: Nothing loads by itself",
        ),
        Defect(
            "an error is a Problem",
            "backend/sihao/units/api.py",
            "",
            "\nfrom fastapi import HTTPException\n",
            "TID251 `fastapi.HTTPException` is banned: Raise a Problem",
        ),
        Defect(
            "nothing of a transaction lives on after its commit",
            "backend/sihao/units/api.py",
            "",
            "\nfrom fastapi import BackgroundTasks\n",
            "TID251 `fastapi.BackgroundTasks` is banned",
        ),
        Defect(
            "no answer streams from a session",
            "backend/sihao/units/api.py",
            "",
            "\nfrom fastapi.responses import StreamingResponse\n",
            "TID251 `fastapi.responses.StreamingResponse` is banned: Nothing streams",
        ),
        Defect(
            "passwords are hashed in the pool",
            "backend/sihao/units/api.py",
            "",
            "\nfrom argon2 import PasswordHasher\n",
            "TID251 `argon2` is banned: Hashing blocks",
        ),
        Defect(
            "PostgreSQL is the only moving part",
            "backend/sihao/units/api.py",
            "",
            "\nimport redis\n",
            "TID251 `redis` is banned: PostgreSQL is the only moving part",
        ),
        Defect(
            "imports are absolute",
            "backend/sihao/units/policy.py",
            "",
            "\nfrom .models import Member\n",
            "TID252",
        ),
        Defect(
            "the loop never sleeps",
            "backend/sihao/units/queries.py",
            "",
            "\nimport time\n\n\nasync def wait() -> None:\n    time.sleep(1)\n",
            "ASYNC251",
        ),
        Defect(
            "an exception names its rule",
            "backend/sihao/units/schemas.py",
            "",
            "\nimport os  # noqa\n",
            "PGH004",
        ),
    ),
)
SHELF = Tree(
    "imports",
    command=IMPORTS,
    defects=(
        Defect(
            "a slice imports earlier slices only",
            "backend/sihao/units/policy.py",
            "",
            "\nfrom sihao.results import models as later\n",
            "sihao.units is not allowed to import sihao.results",
        ),
        Defect(
            "chapters keep their order",
            "backend/sihao/units/policy.py",
            "",
            "\nfrom sihao.units import actions as upward\n",
            "sihao.units.policy is not allowed to import sihao.units.actions",
        ),
    ),
)
EXHAUSTIVE = Tree(
    "imports of a slice that has no place",
    command=IMPORTS,
    defects=(
        Defect(
            "every slice has its place on the shelf",
            "backend/sihao/parties/__init__.py",
            "",
            "",
            "parties",
        ),
    ),
)
TYPES = Tree(
    "types",
    command=("-m", "mypy", "--cache-dir", ".mypy", "runner/processes.py"),
    defects=(
        Defect(
            "types are strict",
            "runner/processes.py",
            "",
            "\n\ndef loose(x):\n    return x\n",
            "Function is missing a type annotation",
        ),
    ),
)
CONTRACT = Tree(
    "openapi.json",
    command=("-m", "sihao", "openapi", "--check"),
    defects=(
        Defect(
            "the contract is the served one",
            "openapi.json",
            '"complaint_list"',
            '"complaint_lost"',
            "openapi.json is not what the code says",
        ),
    ),
)
DIAGRAMS = Tree(
    "lifecycles.md",
    command=("-m", "sihao", "lifecycles", "--check"),
    defects=(
        Defect(
            "diagrams are drawn from the code",
            "docs/lifecycles.md",
            "received --> answered",
            "received --> forgotten",
            "docs/lifecycles.md is not what the code says",
        ),
    ),
)
