"""Names of organisations as they stand in a text."""

from __future__ import annotations

import re

from drafting.reading.words import source

_CHARS = r"[\u4e00-\u9fffA-Za-z0-9（）()·&-]"
_BRANCH = rf"(?:[\u4e00-\u9fff]{{1,8}}(?:{source('members.branches')}))?"
_NOT = "我们|我司|咱们|本公司|本单位|贵|该|自己|牵头|参与|推荐|一家"
_ASIDE = r"(?:（(?![^）]*(?:任务|承担|负责|牵头))[^）]{2,12}）)?"
NAME = rf"(?!{_NOT}){_CHARS}{{2,40}}?(?:{source('members.kinds')}){_ASIDE}{_BRANCH}"
ONE = re.compile(NAME)
