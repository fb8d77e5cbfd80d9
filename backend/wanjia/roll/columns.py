"""The columns of a roll file: their keys, and the header names that are understood."""

import re
from dataclasses import dataclass
from typing import Final

from wanjia.domain.premises import plain


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``names`` are the understood headers, the Chinese and the English one of the template first.

    ``personal``: its values never appear in a finding. ``listed``: several values in one cell.
    """

    key: str
    names: tuple[str, ...]
    required: bool = False
    personal: bool = False
    listed: bool = False

    @property
    def zh(self) -> str:
        """Header of the Chinese template."""
        return self.names[0]

    @property
    def en(self) -> str:
        """Header of the English template."""
        return self.names[1]

    def header(self, lang: str) -> str:
        """Header in a language, Chinese unless English is asked for."""
        return self.en if lang == "en" else self.zh


COLUMNS: Final = (
    Column("building", ("楼栋", "building", "楼号", "栋号", "幢号", "楼栋号"), required=True),
    Column("entrance", ("单元", "entrance", "单元号", "门洞"), required=True),
    Column("number", ("房号", "number", "室号", "房间号", "room", "unit"), required=True),
    Column("use", ("用途", "use", "房屋用途", "规划用途"), required=True),
    Column("area", ("建筑面积", "area", "面积", "产权面积", "floor area"), required=True),
    Column("area_source", ("面积来源", "area source"), required=True),
    Column("sale_state", ("销售状态", "sale state", "交付状态")),
    Column("kind", ("业主类型", "owner kind", "kind"), required=True),
    Column("holders", ("产权人", "holders", "业主姓名", "业主", "holder", "权利人"), True, True, True),
    Column("id_types", ("证件类型", "id types", "id type"), listed=True),
    Column("id_numbers", ("证件号码", "id numbers", "身份证号", "证件号", "id number"), True, True, True),
    Column("phones", ("手机", "phones", "手机号", "联系电话", "手机号码", "phone"), True, True, True),
    Column("representative", ("代表人", "representative", "共有代表人"), personal=True),
    Column("agent", ("监护人或授权人", "guardian or authorised person", "监护人", "授权人"), personal=True),
    Column("agent_basis", ("监护依据", "guardianship basis")),
    Column("agent_id_type", ("监护人或授权人证件类型", "agent id type")),
    Column("agent_id", ("监护人或授权人证件号码", "agent id number", "监护人证件号码"), personal=True),
    Column("agent_phone", ("监护人或授权人手机", "agent phone", "监护人手机"), personal=True),
)
BY_KEY: Final = {column.key: column for column in COLUMNS}

_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
_NOT_LETTERS = re.compile(r"[\s_*:.\-]+")


def header_form(text: str) -> str:
    """Reduce a header to what is compared: ``建筑面积（㎡）*`` and ``建筑面积`` are the same."""
    return _NOT_LETTERS.sub("", _IN_BRACKETS.sub("", plain(text))).lower()


HEADERS: Final = {header_form(name): column.key for column in COLUMNS for name in (*column.names, column.key)}
