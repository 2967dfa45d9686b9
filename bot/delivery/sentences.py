"""What people are told on every channel when something about their message itself is amiss."""

from __future__ import annotations

from typing import Final

NOT_WORD: Final = "我只能读 .docx 格式的 Word 文件。请另存为 .docx 再发给我。"
NOT_FETCHED: Final = "文件没能取到，请再发一次。"
ANSWER_EDITED: Final = "{number}号发给提问人的话不会跟着改。要更正，请回复这条：“补充答复：……”。"
UNREACHED: Final = "{number}号的提问人收不到消息了（停用了机器人，或账号已注销），刚才发的没有送到。"
FLOOD: Final = "消息有点多，我按先后一条条回，请稍等。"
FAILED: Final = "刚才那条消息没能处理好，内容没有保存。请换个说法再发一次；还不行，请联系管理员。"
AGAIN: Final = "（网络不稳，这条可能重复）"
