"""The words a roll file may use, the Chinese and the English one of the template first."""

from enum import StrEnum
from typing import Final

from wanjia.domain.premises import AreaSource, OwnerKind, SaleState, Use

USES: Final = {
    Use.DWELLING: ("住宅", "dwelling", "居住", "成套住宅", "residential"),
    Use.APARTMENT: ("公寓", "apartment"),
    Use.SHOP: ("商铺", "shop", "商业", "商业服务", "商业网点", "店铺"),
    Use.OFFICE: ("办公", "office", "写字楼"),
    Use.PARKING: ("车位", "parking", "车库", "地下车位", "parking space"),
    Use.STOREROOM: ("储藏室", "storeroom", "储藏间", "杂物间", "storage"),
}
AREA_SOURCES: Final = {
    AreaSource.REGISTERED: ("登记", "registered", "不动产登记", "产权登记"),
    AreaSource.SURVEYED: ("实测", "surveyed", "测绘"),
    AreaSource.CONTRACT: ("合同", "contract", "买卖合同"),
}
KINDS: Final = {
    OwnerKind.PERSON: ("个人", "person", "自然人", "单独所有"),
    OwnerKind.JOINT: ("共有", "joint", "共同共有", "按份共有"),
    OwnerKind.COMPANY: ("单位", "company", "企业", "法人", "公司"),
    OwnerKind.DEVELOPER: ("建设单位", "developer", "开发商"),
}
SALE_STATES: Final = {
    SaleState.HANDED_OVER: ("已交付", "handed over", "已售已交付"),
    SaleState.UNSOLD: ("未售", "unsold", "未出售"),
    SaleState.SOLD_NOT_HANDED_OVER: ("已售未交付", "sold not handed over", "已售未交房"),
}


class NumberType(StrEnum):
    """What a number of a person is."""

    IDENTITY = "identity"
    CREDIT = "credit"
    OTHER = "other"


NUMBER_TYPES: Final = {
    NumberType.IDENTITY: ("身份证", "identity card", "居民身份证"),
    NumberType.CREDIT: ("统一社会信用代码", "credit code", "营业执照"),
    NumberType.OTHER: (
        "护照",
        "passport",
        "港澳居民来往内地通行证",
        "台湾居民来往大陆通行证",
        "其他",
        "other",
    ),
}
BASES: Final = {
    "minor": ("未成年", "minor", "未成年人"),
    "incapacity": ("无民事行为能力", "incapacity", "限制民事行为能力", "无行为能力"),
}
