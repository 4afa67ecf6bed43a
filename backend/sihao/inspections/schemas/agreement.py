"""How far a year's inspectors agree. All scores are shares of an item's points, to four places."""

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Field, SQLModel


class AgreementPublic(SQLModel):
    """All pairs of words on the same item of the same unit.

    `exact` is the share of equal pairs, `gap` their mean distance, `alpha` Krippendorff's for
    intervals. Null where there is nothing to compare.
    """

    things: int
    pairs: int
    exact: Decimal | None
    gap: Decimal | None
    alpha: Decimal | None


class ItemAgreement(AgreementPublic):
    """The part that one item has in the year's: `things` and `pairs` add up to the year's."""

    code: str
    title: str


class LeniencyPublic(SQLModel):
    """How far somebody lies from the mean on the same items; above 0 is lenient.

    Null below eight `items`: too few to say. `shrunk` is drawn towards 0 the more, the fewer there
    are. `outlying` is the robust z of one who stands out from the others.
    """

    id: UUID
    name: str
    items: int
    raw: Decimal | None
    shrunk: Decimal | None
    outlying: Decimal | None


class WordPublic(SQLModel):
    """One judgement behind the figures; `z` where it stands out from the item's others."""

    judgement_id: UUID
    inspection_id: UUID
    unit_name: str
    code: str
    inspector_id: UUID
    inspector: str
    group_id: UUID
    score: Decimal
    mean: Decimal
    """Of all words on the same item of the same unit."""
    compared: bool
    """Somebody else judged the same item of the same unit."""
    same: bool
    """Whether all who did gave the same."""
    z: Decimal | None


class YearAgreement(SQLModel):
    """A year's agreement. `enough` is the number below which nothing is said."""

    enough: int
    agreement: AgreementPublic
    items: list[ItemAgreement]
    """Item by item, in the order of the standard: those that are compared."""
    inspectors: list[LeniencyPublic]
    """Against the others who judged the same unit's item."""
    groups: list[LeniencyPublic]
    """Against the item's mean over all units."""
    outliers: list[WordPublic]


class WordQuery(BaseModel):
    """Which judgements: of one inspector, group, inspection or item; compared, alike or not."""

    model_config = ConfigDict(extra="forbid")

    inspector_id: UUID | None = None
    group_id: UUID | None = None
    inspection_id: UUID | None = None
    code: str | None = Field(default=None, max_length=8)
    compared: bool | None = None
    same: bool | None = None
