"""What the Telegram channel itself says, and its command menu."""

from __future__ import annotations

from typing import Final

MEDIA: Final = "这类消息我看不了。请用文字告诉我，或发 Word 文件（.docx）。"
TOO_BIG: Final = "文件超过 20 MB，我收不下。请压缩图片后再发。"
EDITED: Final = "改动已发出的消息，我看不到改的是哪一项。请把改好的内容重新发一条。"
NAMELESS: Final = "匿名发的消息分不清是谁。请用本人身份再发一次。"
FORWARDED: Final = "转发来的话不当命令办。确实要办，请自己打字发一遍。"

# Telegram's menu takes Latin names only; the conversation hears the Chinese word. None: the command itself goes on.
MENU: Final = (
    ("start", None, "开始"),
    ("draft", "写申报书", "写申报书"),
    ("progress", "进度", "看还缺什么"),
    ("preview", "预览", "预览已填内容"),
    ("back", "上一步", "回到上一步"),
    ("skip", "跳过", "先跳过这一项"),
    ("word", "导出", "导出 Word 文件"),
    ("export", "我的数据", "取走您的全部数据"),
    ("forget", "删除我的数据", "删除您的全部数据"),
    ("help", "帮助", "能做什么"),
)
# Where others read along, nothing is filled in.
GROUP_MENU: Final = (("help", "能做什么"),)
# For whoever works at a desk, and for the group they work in.
STAFF_MENU: Final = (
    ("desk", "工作台", "能办什么"),
    ("queue", "待办", "待答复的问题"),
    ("applications", "申报", "收到的申报书"),
    ("ranking", "排名", "推荐排名"),
    ("faq", "常见问题", "常见问题和口径"),
    ("documents", "资料", "本局参考资料"),
    ("gaps", "没答上的问题", "没答上的问题"),
    ("figures", "统计", "近30天统计"),
    ("settings", "本局设置", "本局设置"),
)
HELP: Final = "帮助"
WORDS: Final = {name: word for name, word, _ in (*MENU, *STAFF_MENU) if word}
