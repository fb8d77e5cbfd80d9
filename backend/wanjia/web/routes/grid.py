"""The grid: who looks after which building, and what waits."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.domain.premises import address_part
from wanjia.web.policy import staff
from wanjia.web.schemas.staff_concerns import DigestAnswer, GridAnswer, PostBody, PostPath
from wanjia.web.services import services

_COMMON = "common"

api = APIBlueprint(
    "grid", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="deliberation", description="议事")]
)


@api.get("/grid", summary="Who looks after which building", responses={200: GridAnswer})
def read_grid() -> dict[str, Any]:
    """Every place with its grid worker."""
    return GridAnswer(**asdict(services().grid.read(staff()))).model_dump()


@api.put("/grid/<building>", summary="Assign a building", responses={200: GridAnswer})
def assign_building(path: PostPath, body: PostBody) -> dict[str, Any]:
    """Give a building, or ``common``, to a grid worker or to nobody."""
    building = "" if path.building == _COMMON else address_part("building", path.building)
    return GridAnswer(**asdict(services().grid.assign(staff(), building, body.username))).model_dump()


@api.get("/concerns/digest", summary="What waits", responses={200: DigestAnswer})
def read_digest() -> dict[str, Any]:
    """Counts for the reader's role."""
    return DigestAnswer(**asdict(services().grid.digest(staff()))).model_dump()
