"""What clients send."""

from sqlmodel import SQLModel
from sqlmodel._compat import SQLModelConfig


class Body(SQLModel):
    """A request body: fields it does not know are refused."""

    model_config = SQLModelConfig(extra="forbid")
