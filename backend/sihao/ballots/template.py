"""What a ballot begins with: the four goods and a general question, four usual groups [C]."""

from decimal import Decimal

from sihao.ballots.schemas import BallotGrade, BallotGroup, BallotQuestion, BallotTemplate

_GRADES = (("好", 100), ("较好", 80), ("一般", 60), ("差", 30), ("不了解", None))
_QUESTIONS = (
    "政治坚定好：坚持正确政治方向，贯彻上级决策部署",
    "学习创新好：坚持学习，推动工作创新",
    "勤政为民好：联系群众，真抓实干，为民办实事",
    "清正廉洁好：遵守纪律，廉洁自律，作风民主",
    "对领导班子的总体评价",
)
_GROUPS = (
    ("team", "领导班子成员", 30, 7),
    ("heads", "中层干部", 30, 20),
    ("staff", "职工代表", 25, 30),
    ("served", "服务对象代表", 15, 20),
)


def template() -> BallotTemplate:
    """Give the usual questions and groups; everything in it may be changed."""
    grades = [
        BallotGrade(label=label, points=None if points is None else Decimal(points))
        for label, points in _GRADES
    ]
    return BallotTemplate(
        questions=[BallotQuestion(text=text, grades=grades) for text in _QUESTIONS],
        groups=[
            BallotGroup(code=code, name=name, weight=Decimal(weight), codes=codes)
            for code, name, weight, codes in _GROUPS
        ],
    )
