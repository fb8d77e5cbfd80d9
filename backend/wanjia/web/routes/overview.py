"""The overview of concerns for committee, supervisor and grid."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.web.policy import staff
from wanjia.web.schemas.overview import ConcernOverviewAnswer, OverviewQuery
from wanjia.web.services import services

api = APIBlueprint(
    "overview", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="deliberation", description="议事")]
)


@api.get("/concerns/overview", summary="Concerns in figures", responses={200: ConcernOverviewAnswer})
def read_overview(query: OverviewQuery) -> dict[str, Any]:
    """Counts by state, level, kind, building and age, and how long answers take."""
    found = services().overviews.read(staff(), query.days)
    return ConcernOverviewAnswer.model_validate(asdict(found)).model_dump()
