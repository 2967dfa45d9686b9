"""Commands and questions, told apart from values."""

from __future__ import annotations

import re

COMMANDS: tuple[tuple[str, str], ...] = (
    ("start", r"/?(?:写|填写?|开始写?|开始填写?|起草|新建|新写)(?:一份|一个)?(?:申报书|申请书|申报|表)?(?:吧|了)?|开始(?:填|写|申报)?(?:吧)?|/draft|/new|我(?:要|想)(?:写|填|报)(?:申报书)?"),
    ("export", r"/?(?:导出|下载|生成|出|输出)(?:一下)?(?:文件|word|文档|申报书|word文件|word文档|docx)?(?:吧)?|/export|(?:给我|要)(?:word|文件)"),
    ("preview", r"/?(?:预览|看一眼|看一下|看看|预览看看|预览一下|预览一遍|看看现在(?:的)?(?:样子|情况)?)|/preview|.{0,6}看.{0,6}(?:填成什么样|填的内容|预览).{0,3}|.{0,4}(?:预览).{0,4}"),
    ("progress", r"/?(?:进度|进展|还差什么|还差哪些|还缺什么|还缺哪些|填到哪了|还有什么没填|到哪了)[?？]?|/progress|/status"),
    ("back", r"/?(?:上一步|返回|退回|回退|上一题|撤销|撤回|上一个)(?:吧|一下)?|/back|/undo"),
    ("skip", r"/?(?:跳过|下一步|下一题|先跳过|略过|过|以后再填|待会再说|先不填|稍后再填)(?:吧|这题|这个)?|/skip|.{0,4}先?跳过.{0,6}"),
    ("help", r"/?(?:帮助|怎么用|使用说明|说明|help|\?|？)|/help"),
    ("greet", r"/start(?:\s+\S+)?|(?:你好|您好|在吗|hi|hello|嗨|喂)[！!。，,]?(?:在吗)?[?？]?"),
    ("cancel", r"/?(?:取消|不填了|不写了|退出|放弃|停)|/cancel"),
    ("confirm", r"(?:是|是的|对|对的|好|好的|好吧|行|可以|同意|我同意|确认|确认承诺|没问题|ok|嗯|嗯嗯|yes|y|属实)[。！!]?"),
    ("deny", r"(?:不|不是|不对|否|不同意|我不同意|不行|暂不|no|n|先不)[。！!]?"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in COMMANDS)
_ASSENT = re.compile(r"^(?:好的?|行|没问题|可以|嗯|确认无误|确认|ok)[，,。！!\s]+(?:请|就|那)?(?:你)?|^(?:请|麻烦|帮我|给我|让我|请让我|那就|那)+", re.IGNORECASE)
_ASKS = re.compile(
    r"[?？]\s*$|(?:吗|呢|么|嘛)[。!！\s]*$|什么(?:时候|意思|是|样的)|多少|哪(?:个|些|里|儿|天|年|几)|怎么|如何|为什么|为啥|"
    r"能不能|可不可以|是不是|要不要|行不行|有没有|需不需要|算不算|会不会|几(?:号|家|个|项|份|月|天)(?!\d)|请问|问一?下|啥|咋|多久|谁"
)
_VALUE_LIKE = re.compile(r"[：:]\s*\S{8,}|@|\d{7,}")


def command(text: str) -> str:
    """The command a short message is, empty when it is none."""
    bare = text.strip(" 。.!！~～")
    for candidate in (bare, _ASSENT.sub("", bare)):
        if 0 < len(candidate) <= 16:
            name = next((name for name, pattern in _COMPILED if pattern.fullmatch(candidate)), "")
            if name:
                return name
    return ""


def asks(text: str) -> bool:
    """True for a question about the notice or the form; a labelled value is none, whatever it ends with."""
    short = text if len(text) < 120 else text[-60:]
    return bool(_ASKS.search(short)) and not (_VALUE_LIKE.search(text) and not re.search(r"[?？吗]\s*$", text))
