"""The meetings of the sample world: invented business of a real kind, one plan a meeting."""

import base64
from typing import Any

from wanjia.simulation.meeting import Plan
from wanjia.simulation.plain_pdf import plain_pdf

_MATTER_MANAGER, _MATTER_USE_FUND, _MATTER_RAISE_FUND = 4, 5, 6
_MATTER_RULES, _MATTER_COMMITTEE, _MATTER_REBUILD, _MATTER_COMMON_PARTS, _MATTER_OTHER = 1, 3, 7, 8, 9


def _motion(matter: int, title: str, text: str, group: int = 0, cap: int = 0) -> dict[str, Any]:
    return {"matter": matter, "group": group, "cap": cap, "title": title, "text": text}


def _document(name: str, text: str) -> dict[str, Any]:
    return _file(name, "text/markdown", text.encode())


def _file(name: str, media_type: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "media_type": media_type, "content_base64": base64.b64encode(content).decode()}


FINISHED = Plan(
    title="第一次业主大会会议",
    notice="请全体业主就议事规则、物业服务、维修资金使用、公共区域经营和公共收益使用五项议题表决。",
    motions=[
        _motion(
            _MATTER_RULES,
            "修订业主大会议事规则",
            "增加电子投票条款：业主可在手机上投票，需要纸质票的业主可到居委会领取。",
        ),
        _motion(
            _MATTER_MANAGER,
            "续聘现物业服务企业",
            "与现物业服务企业续签两年，物业费维持每月每平方米 3.20 元，增设夜间巡逻。",
        ),
        _motion(
            _MATTER_USE_FUND,
            "使用维修资金更换 3 栋、9 栋电梯主要部件",
            "预算 486,000 元，从维修资金列支，由受益业主按专有部分面积分摊。",
        ),
        _motion(
            _MATTER_COMMON_PARTS,
            "在地下室设置广告位",
            "电梯厅设置 24 块广告位，期限一年，收入全部计入公共收益。",
        ),
        _motion(
            _MATTER_OTHER,
            "使用公共收益更新儿童活动场地",
            "从公共收益支出 128,000 元，更换地垫和滑梯。",
        ),
    ],
    leans=[0.86, 0.71, 0.78, 0.66, 0.9],
    documents=[
        _document(
            "会议公告.md",
            "# 第一次业主大会会议公告\n\n会议采用记名电子投票。五项议题中第四项（改变共有部分用途或利用共有部分从事"
            "经营活动）须参与表决的面积和人数四分之三以上同意，其余须过半数同意。\n",
        )
    ],
)

OPEN = Plan(
    title="选聘物业服务企业和补足维修资金",
    notice="两家物业服务企业参加选聘，每位业主最多同意一家；另就维修资金的使用和补足表决。",
    motions=[
        _motion(
            _MATTER_MANAGER,
            "选聘甲公司：安和物业",
            "物业费每月每平方米 3.35 元，合同期三年，承诺报修两小时内上门。",
            group=1,
            cap=1,
        ),
        _motion(
            _MATTER_MANAGER,
            "选聘乙公司：邻里物业",
            "物业费每月每平方米 2.98 元，合同期两年，保留现有保洁人员。",
            group=1,
            cap=1,
        ),
        _motion(
            _MATTER_USE_FUND,
            "使用维修资金修缮屋面防水",
            "预算 312,000 元，用于 1 栋、4 栋、5 栋屋面防水，质保五年。",
        ),
        _motion(
            _MATTER_RAISE_FUND,
            "补足专项维修资金",
            "按每平方米 20 元补足维修资金，可分两年交存。",
        ),
    ],
    leans=[0.55, 0.6, 0.83, 0.7],
    documents=[
        _document(
            "两家企业比选表.md",
            "# 比选表\n\n| 项目 | 安和物业 | 邻里物业 |\n|---|---|---|\n| 每月每平方米 | 3.35 元 | 2.98 元 |\n"
            "| 合同期 | 三年 | 两年 |\n| 报修响应 | 2 小时 | 4 小时 |\n",
        ),
        _file(
            "屋面防水预算.pdf",
            "application/pdf",
            plain_pdf(
                "屋面防水维修预算",
                (
                    "1 栋屋面防水：面积 1,180 平方米，108,000 元",
                    "4 栋屋面防水：面积 1,120 平方米，102,000 元",
                    "5 栋屋面防水：面积 1,120 平方米，102,000 元",
                    "合计：312,000 元，从维修资金列支，质保五年。",
                ),
            ),
        ),
    ],
)

IN_NOTICE = Plan(
    title="选举第二届业主委员会",
    notice="七名候选人，选举五名委员，每位业主最多同意五人。候选人须获过半数同意，按票数排列。",
    motions=[
        _motion(
            _MATTER_COMMITTEE,
            f"候选人{order}：{name}",
            f"{building} 栋业主，{words}",
            group=1,
            cap=5,
        )
        for order, name, building, words in [
            ("一", "沈知行", 1, "退休工程师，熟悉电梯和消防设施。"),
            ("二", "罗青禾", 3, "会计，愿意公开每一笔公共收益。"),
            ("三", "何以宁", 4, "律师，曾参与起草小区管理规约。"),
            ("四", "唐亦舟", 5, "中学教师，关注儿童活动场地。"),
            ("五", "顾南乔", 6, "社区志愿者，负责助老服务队。"),
            ("六", "程见山", 9, "退役军人，关注夜间安全。"),
            ("七", "白采薇", 12, "园林设计师，愿意负责绿化改造。"),
        ]
    ],
    leans=[0.7, 0.75, 0.66, 0.6, 0.72, 0.58, 0.62],
)

SECRET_FINISHED = Plan(
    title="3 栋电梯更新和首层门厅改建",
    notice="3 栋业主就电梯更新和门厅改建无记名表决。三名受托人中任意两人才能解开合计，没有人看得到单张票。",
    motions=[
        _motion(
            _MATTER_USE_FUND,
            "使用维修资金更新 3 栋两部电梯",
            "预算 624,000 元，从 3 栋维修资金列支，由受益业主按专有部分面积分摊，质保三年。",
        ),
        _motion(
            _MATTER_REBUILD,
            "改建 3 栋首层门厅",
            "门厅外移 1.5 米，增设无障碍坡道和信报间，费用 186,000 元。",
        ),
    ],
    leans=[0.84, 0.6],
    scope="3",
    ballots="secret",
)
"""The affair of one building, so that a quorum is a few dozen owners."""

SECRET_OPEN = Plan(
    title="补选业主委员会委员",
    notice="三名候选人补选两名委员，每位业主最多同意两人；另就公共收益审计表决。本次会议无记名投票。",
    motions=[
        *(
            _motion(
                _MATTER_COMMITTEE, f"候选人{order}：{name}", f"{building} 栋业主，{words}", group=1, cap=2
            )
            for order, name, building, words in [
                ("一", "苏映雪", 4, "注册会计师，愿意每季度公开账目。"),
                ("二", "纪怀远", 9, "退休法官，熟悉调解和议事规则。"),
                ("三", "方若谷", 12, "给排水工程师，关注二次供水和管道更新。"),
            ]
        ),
        _motion(
            _MATTER_OTHER,
            "聘请会计师事务所审计公共收益",
            "审计近三年公共收益，费用不超过 45,000 元，报告向全体业主公布。",
        ),
    ],
    leans=[0.7, 0.6, 0.55, 0.88],
    documents=[
        _document(
            "候选人简历.md",
            "# 候选人简历\n\n| 候选人 | 楼栋 | 职业 | 设想 |\n|---|---|---|---|\n| 苏映雪 | 4 栋 | 注册会计师 | 每季度公开账目 |\n"
            "| 纪怀远 | 9 栋 | 退休法官 | 先调解，后表决 |\n| 方若谷 | 12 栋 | 给排水工程师 | 三年换完老旧水管 |\n",
        )
    ],
    ballots="secret",
)
