"""What residents of the sample community raised and what became of it: invented, of everyday kinds, in several states."""

from dataclasses import dataclass
from typing import Final

from wanjia.domain.concerns import ConcernKind, Step


@dataclass(frozen=True, slots=True)
class Act:
    """A step some days after the last one; by the level the concern has then, or by who raised it."""

    days: float
    step: Step
    words: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One concern; ``days`` ago it was raised, ``supports`` neighbours stand behind it."""

    days: float
    kind: ConcernKind
    building: str
    title: str
    text: str
    place: str = ""
    public: bool = True
    urgent: bool = False
    supports: int = 0
    comments: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    rude: str = ""
    """A comment that is hidden; who wrote it appeals with ``appeal``, if with any."""
    appeal: str = ""
    withdrawn: str = ""
    """Why it was taken back, half a day later."""
    by_visitor: bool = False
    """Raised by the first owner a visitor of the sample can be."""
    by_tenant: bool = False


def _take(days: float) -> Act:
    return Act(days, Step.TAKE)


def _note(days: float, words: str) -> Act:
    return Act(days, Step.NOTE, words)


def _answer(days: float, words: str) -> Act:
    return Act(days, Step.ANSWER, words)


def _climb(days: float, words: str) -> Act:
    return Act(days, Step.CLIMB, words)


def _settled(days: float, words: str = "") -> Act:
    return Act(days, Step.RATE_SETTLED, words)


def _unsettled(days: float, words: str) -> Act:
    return Act(days, Step.RATE_UNSETTLED, words)


_K = ConcernKind

STORIES: Final = (
    Story(
        *(41, _K.REPAIR, "9", "9栋1单元电梯又停了"),
        "这个月第三次停梯，晚上九点多困了一次人，物业二十分钟才到。家里老人七十多岁住十一层，上下楼很困难。",
        supports=17,
        comments=("我家也遇到过，轿厢抖得厉害。", "希望公示维保单位和上次检修的日期。"),
        acts=(
            _take(0.3),
            _note(1, "维保单位已到场，判断是门机皮带老化，正在调配件。"),
            _answer(
                1.4,
                "门机皮带和接触器已更换，当天试运行正常。维保记录贴在一层电梯厅。主要部件更换走维修资金，业主大会已表决。",
            ),
            _settled(1.2, "现在平稳多了。"),
        ),
    ),
    Story(
        *(38, _K.NOISE, "", "北侧工地夜间施工"),
        "北门外工地连续一周施工到夜里十二点以后，打桩和混凝土泵车的声音关窗也听得清楚，孩子没法睡。",
        place="北门",
        supports=34,
        comments=("昨晚一点十分还在浇筑。", "请公布他们的夜间施工许可。", "靠北的几栋都受影响。"),
        acts=(
            _take(0.5),
            _climb(1, "需要街道与城管部门协调夜间施工许可。"),
            _take(0.4),
            _climb(1.5, "施工单位称有连续浇筑许可，网格组无权核验。"),
            _answer(
                3,
                "已与城管执法队、施工单位三方约谈：连续浇筑须提前一天在北门公示，其余工序 22 时前停工。热线和值班人电话已贴在北门。",
            ),
            _unsettled(4, "周六又施工到十一点半。"),
            _take(0.5),
            _answer(4, "执法队夜查两次，已立案处罚一次。工地改为 21:30 停工，街道每晚巡查并在公告栏登记。"),
            _settled(3),
        ),
    ),
    Story(
        *(36, _K.CLEANING, "3", "3栋北侧垃圾桶满溢"),
        "厨余桶经常满出来，污水流到人行道上，天热味道很大。希望增加清运次数。",
        supports=6,
        acts=(
            _take(0.4),
            _answer(1.6, "清运由每天一次改为早晚两次，桶体每周三冲洗，已拍照存档。"),
            _settled(2),
        ),
    ),
    Story(
        *(35, _K.PARKING, "", "地库出口被外来车辆堵住"),
        "早上七点半出口经常有外卖和网约车停着，出车要等十分钟。",
        place="地下车库出口",
        supports=12,
        comments=("保安只喊话，没有人去劝离。",),
        acts=(
            _take(1),
            _answer(1.5, "早七点到八点半在出口增设一名秩序员，出口划了禁停黄线。"),
        ),
    ),
    Story(
        *(33, _K.SAFETY, "5", "有人把电动车电池拿上楼充电"),
        "五栋楼道里有拉线充电，晚上插座发烫，门口堆着纸箱，非常危险。",
        urgent=True,
        supports=21,
        comments=("物业贴过通知，没有用。", "建议电梯装阻车系统。"),
        acts=(
            _take(0.05),
            _note(0.02, "已上门断开拉线，纸箱清走，与住户谈过话。"),
            _answer(
                0.02, "隐患当晚消除。自行车棚新增 12 个充电口，电梯阻车系统列入下次业主大会议题征求意见。"
            ),
            _settled(1, "处理得很快。"),
        ),
    ),
    Story(
        *(32, _K.GREENERY, "4", "4栋前大树遮挡低层采光"),
        "二到四层白天也要开灯，希望修剪树冠，不要砍树。",
        supports=9,
        comments=("支持修剪，但请不要在鸟窝季节动手。",),
        acts=(
            _take(0.7),
            _climb(2, "修剪大树须报园林部门。"),
            _take(1),
            _answer(1.5, "园林部门已勘察同意修枝，定于下月第一个周六上午施工，届时请勿在树下停车。"),
            _settled(2),
        ),
    ),
    Story(
        *(31, _K.SERVICE, "12", "快递柜收费没有提前说明"),
        "柜子超过十八小时收五毛，没有任何公示。占用公共区域的收入也没有公开。",
        supports=15,
        acts=(
            _take(1),
            _answer(1.8, "柜体已贴收费说明；场地费每年 6,000 元，计入公共收益，下季度公示。"),
        ),
    ),
    Story(
        *(30, _K.MONEY, "", "请公开地下室广告位的收入"),
        "广告位已经挂了大半年，业主没有见过收入。希望按季度公布到账金额和合同。",
        place="地下室电梯厅",
        supports=28,
        comments=("同意，合同也应该能查。", "请写清楚多少块、每块多少钱。"),
        acts=(
            _take(2),
            _climb(0.5, "收入账目由业委会掌握，需要业委会答复。"),
            _answer(
                2,
                "业委会提供：24 块中已出租 19 块，本季到账 28,500 元，合同可在业委会办公室查阅，季度公示时附银行流水。",
            ),
            _settled(3),
        ),
    ),
    Story(
        *(28, _K.NEIGHBOURS, "1", "楼上深夜拖动家具"),
        "几乎每天十二点以后有拖椅子和掉东西的声音，沟通过两次没有改善。",
        public=False,
        acts=(
            _take(0.5),
            _answer(2, "已分别走访，楼上答应给桌椅加脚垫、十点后不再挪动。一周后网格员回访。"),
            _settled(5),
        ),
    ),
    Story(
        *(27, _K.REPAIR, "6", "6栋楼道灯三层到七层不亮"),
        "声控灯坏了五层，晚上下楼要打手电。",
        supports=5,
        acts=(_take(0.3), _answer(0.9, "五盏灯具更换完毕，余下楼层下周统一检查。"), _settled(0.5)),
    ),
    Story(
        *(26, _K.REPAIR, "3", "地下二层车库顶板渗水"),
        "B2 的 118 到 124 号车位上方滴水，碱水把车漆腐蚀了，下雨天地面积水。",
        place="地下车库B2",
        supports=19,
        comments=("124号车位同样漏。", "去年修过一次，只是刷了一层。"),
        rude="专业防水补漏，先修后付，加我微信。",
        acts=(
            _take(1),
            _note(0.8, "防水公司已看现场，初步判断是顶板伸缩缝老化。"),
            _climb(0.6, "修复费用超过日常维修，需要使用维修资金。"),
            _take(1),
            _climb(1.5, "需业主大会表决，请网格长协调业委会。"),
            _take(1),
            _note(2, "业委会已委托两家公司报价，准备列入议题。"),
        ),
    ),
    Story(
        *(24, _K.NOISE, "1", "广场舞音量太大"),
        "晚上七点到九点半，中心广场音响开到最大，写作业的孩子没法专心。",
        place="中心广场",
        supports=11,
        comments=("可以跳，请把音量降下来。", "老人也需要活动，商量一个时间吧。"),
        acts=(
            _take(0.5),
            _answer(
                2, "和领舞商定：19:00 到 20:30，音量不超过 60 分贝，音响背向住宅。社区送了一台定向音箱。"
            ),
            _settled(2, "现在好多了。"),
        ),
    ),
    Story(
        *(22, _K.CLEANING, "9", "9栋门前狗粪没人清"),
        "草坪和步道上每天都有，孩子踩到好几次。希望设拾便箱并提醒养犬人。",
        supports=14,
        acts=(_take(1), _answer(1.7, "增设三处拾便箱，养犬公约已送到登记的 41 户。"), _settled(3)),
    ),
    Story(
        *(21, _K.SAFETY, "4", "4栋2单元消防门被铁丝绑住"),
        "三层防火门一直敞开，被铁丝固定在墙上。",
        urgent=True,
        supports=4,
        acts=(_take(0.04), _answer(0.03, "铁丝已拆除，闭门器更换，物业全楼排查完毕。"), _settled(0.5)),
    ),
    Story(
        *(20, _K.PARKING, "12", "访客车位被长期占用"),
        "访客车位上有三辆车一个月没有动过，来客没有地方停。",
        supports=8,
        acts=(
            _take(2),
            _answer(0.9, "已联系三位车主移车两辆，一辆报交警核实；访客车位改为登记后最多停 12 小时。"),
        ),
    ),
    Story(
        *(18, _K.REPAIR, "5", "5栋水压不足"),
        "早晚高峰十层以上几乎没有热水，热水器打不着火。",
        supports=23,
        comments=("十四层也是这样。", "自来水公司说是小区泵房的问题。"),
        acts=(
            _take(0.8),
            _climb(1.5, "泵房设备检修需要自来水公司配合。"),
            _take(0.6),
            _note(1, "自来水公司已测压，低区正常，高区变频器故障。"),
            _answer(1.2, "变频器更换完成，高区恢复到 0.35 MPa。请住户观察一周，如仍不足直接在此评价。"),
            _unsettled(1.5, "傍晚六点到八点还是不够。"),
            _take(1),
        ),
    ),
    Story(
        *(17, _K.SERVICE, "1", "门岗不查外来人员"),
        "推销和发传单的人随意进楼，门岗从来不问。",
        supports=7,
        comments=("昨天又有人按门铃推销净水器。",),
        rude="302那家天天点外卖，人都是他们放进来的！",
        appeal="我没有写姓名，只是说事实。",
        by_tenant=True,
        acts=(
            _take(1.5),
            _answer(1.3, "门岗恢复登记，外来人员须由住户确认；本周起每天抽查两次。"),
        ),
    ),
    Story(
        *(15, _K.REPAIR, "9", "9栋2单元电梯按键没有反应"),
        "十五层以上的按键按了没有灯，要先坐到十四层再走上去。",
        supports=10,
        acts=(
            _take(0.5),
            _answer(1.5, "操纵盘线路板已更换。主要部件更换工程下周进场，届时每天停梯两小时。"),
            _settled(1),
        ),
    ),
    Story(
        *(14, _K.GREENERY, "6", "草坪被车轧坏"),
        "装修车辆为了掉头每天从草坪开过去，已经露土。",
        supports=6,
        acts=(_take(1), _answer(1, "草坪边加装石墩，装修公司承担补种费用，本周末补种。"), _settled(4)),
    ),
    Story(
        *(12, _K.NEIGHBOURS, "3", "阳台违规搭建"),
        "楼下把阳台外扩，影响我家排水，请核实。",
        public=False,
        acts=(_take(1), _climb(1, "涉及规划认定，需要城管核查。"), _take(1)),
    ),
    Story(
        *(11, _K.NOISE, "", "北侧工地早上五点就开始卸钢管"),
        "夜里是安静了，但早上五点卸货的声音更刺耳，希望一并约定早晨的时间。",
        place="北门",
        supports=26,
        comments=("今天四点五十。", "和上次一样，需要街道出面。"),
        acts=(
            _take(0.5),
            _climb(0.7, "与上一条夜间施工同一工地，需街道协调。"),
            _take(0.8),
            _climb(1, "施工单位要求街道书面通知。"),
            _take(1),
        ),
    ),
    Story(
        *(10, _K.SAFETY, "", "儿童滑梯螺丝松动"),
        "中心广场滑梯右侧扶手可以晃动，螺丝露出一截，怕划伤孩子。",
        place="中心广场",
        urgent=True,
        supports=13,
        acts=(
            _take(0.03),
            _answer(0.03, "已围挡停用并紧固，新滑梯按业主大会决定更换，下月安装。"),
            _settled(1),
        ),
    ),
    Story(
        *(9, _K.MONEY, "4", "物业费里的能耗分摊怎么算的"),
        "这个季度公共能耗分摊多了三成，账单上只有一个总数。",
        supports=16,
        comments=("我们家多了 46 元。",),
        acts=(
            _take(1.5),
            _answer(1.4, "多出部分为水泵维修期间的应急用电，分项清单已送到各楼公告栏，下季度起账单列明细。"),
        ),
    ),
    Story(
        *(8, _K.CLEANING, "12", "装修垃圾堆在消防通道"),
        "12栋西侧消防通道堆了两车装修垃圾，四天没有清。",
        supports=9,
        acts=(
            _take(0.6),
            _answer(1.2, "垃圾已清运，装修户押金扣除 300 元，通道划线并加摄像头。"),
        ),
        by_visitor=True,
    ),
    Story(
        *(7, _K.REPAIR, "3", "3栋1单元门禁刷卡没反应"),
        "门禁三天前开始失灵，晚上门一直开着，外人可以随便进来。",
        supports=8,
        comments=("用手机开门也不行。",),
        acts=(_take(0.5), _note(1, "厂家已寄来控制板，预计明天到。")),
    ),
    Story(
        *(6, _K.PARKING, "", "希望增加电动汽车充电桩"),
        "地库只有四个桩，晚上排队到十一点。能否在 B1 东区再装十个？",
        place="地下车库B1",
        supports=31,
        comments=("同意，但请先算清楚电容够不够。", "电费和服务费也要公开。"),
        acts=(_take(1), _climb(1, "涉及共有部分改造和用电增容，需业委会提出方案。")),
    ),
    Story(
        *(5, _K.NOISE, "5", "周末早上七点装修"),
        "十二层周六周日早上七点就用电锤，物业说管不了。",
        supports=7,
        acts=(
            _take(1),
            _answer(1.5, "与装修户约定周末不施工，平日 8:30 到 12:00、14:00 到 18:00。"),
        ),
    ),
    Story(
        *(4.5, _K.SERVICE, "9", "报修电话打不通"),
        "下午连续打了四次物业报修电话都没有人接。",
        supports=3,
        acts=(_take(1),),
    ),
    Story(
        *(4, _K.OTHER, "", "请在南门加一个遮雨棚"),
        "等校车的孩子下雨天没有地方躲。",
        place="南门",
        supports=18,
        comments=("支持，公共收益里可以出。",),
        acts=(),
    ),
    Story(
        *(3.5, _K.NEIGHBOURS, "6", "楼道长期堆放鞋柜"),
        "对门把鞋柜和婴儿车放在楼道，通行只剩一半。",
        public=False,
        acts=(_take(1),),
        by_visitor=True,
    ),
    Story(
        *(3.2, _K.PARKING, "1", "有车停在1栋门口"),
        "一辆白色轿车挡住了单元门，轮椅出不来。",
        withdrawn="车主已经把车开走了，谢谢。",
    ),
    Story(
        *(3, _K.REPAIR, "4", "4栋1单元屋面漏水"),
        "顶层客厅天花板出现大片水渍，下雨时滴水，希望尽快查看防水层。",
        supports=4,
        acts=(_take(0.7), _note(1, "已搭雨布临时遮挡，防水公司周四上屋面。")),
    ),
    Story(
        *(2, _K.CLEANING, "1", "电梯轿厢有异味"),
        "早上一直有烟味和垃圾味，请加强通风和清洁。",
        supports=5,
        by_tenant=True,
        acts=(_take(0.8),),
    ),
    Story(
        *(1.5, _K.GREENERY, "", "银杏树下落果太滑"),
        "南门步道落果没有清扫，昨天有老人滑倒。",
        place="南门步道",
        supports=6,
        comments=("雨天更滑。",),
        acts=(
            _take(0.3),
            _answer(0.6, "步道每天早晚清扫两次，落果期内铺防滑垫。"),
        ),
    ),
    Story(
        *(1.2, _K.NOISE, "", "北侧工地泵车又在夜里响"),
        "昨晚十点四十到十一点二十，北门外又有混凝土泵车的声音，没有看到公示。",
        place="北门",
        supports=14,
        comments=("我也听到了。",),
        acts=(),
    ),
    Story(
        *(0.4, _K.REPAIR, "12", "12栋门厅地砖松动"),
        "进门右侧两块地砖翘起来，老人容易绊倒。",
        supports=2,
        by_visitor=True,
        acts=(),
    ),
    Story(
        *(0.05, _K.SAFETY, "9", "9栋地下室有烧焦味"),
        "配电间门口能闻到烧焦味，请马上派人看看。",
        urgent=True,
        supports=1,
        acts=(),
    ),
)
