"""What a bureau's people say, and what they wish by it; and what only sounds like it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.registry import ACTIONS
from bot.hearing.wishes import typed
from bot.turn.wish import Wish
from knowledge.call import pack

# A line a wish: its kind, its number, its text (- for none), and ways of saying it.
SAID = """
queue 0 - 待办|看一下待办|待办事项|待处理|没回的问题|有几个问题没回|还有几个没处理|有没有新问题|有啥要处理的没|今天有什么事
queue 0 - 看看有没有新的工单|现在有几个待办|今天有没有人提问|都谁在问|待办有哪些|列一下待办|待办清单|我手上的
queue 0 - 看看有没有人问问题|谁在问|工单|看看待办|请帮我看一下待办吧|有没有新问题吗|还有几个问题没答|未处理的工单
ticket 1 - 看看1号|1号|#1|１号工单|＃1|工单1|工单 1|第1号|（1）|1号问题|看看1号的问题|看第一个|一号
ticket 3 - 帮我看看３号|3号谁在办|3号怎么样了|查一下3号|看３|打开3号
ticket 7 - 看看第7号|7号什么情况|七号什么情况
ticket 6 - 打开6号|看6|请打开6号
ticket 2 - 2号是啥|2号问的啥|2号详情|2号怎么回|工单2详情|看一眼2号|2号给我看看
take 2 - 我来2号|2号我办|2号我来处理|2号由我来处理|我处理2号|抢单2|2号我领了
take 1 - 接1|接单1|接单 1|1号问题我来接|我接1|1号我来|请把1号接单|1我来办
take 4 - 我来接4号|接4号|我要接4|4号归我办
take 8 - 接8号|我接8|8我来|领单8|八号我来
take 3 - 我来办3|3号归我|办3|认领3
take 12 - 接单十二|接12号吧
over 4 - 把4号接过来|接手4|接手 4
over 6 - 6号我接手|我来接手6号
leave 4 - 放下4|退单4|不办了4|4号不办了|4号放回去|我不接了4
hand 4 小李 4号转给小李|让小李处理4|把4号转给小李|4号交给小李办|请小李处理一下4号
hand 2 李四 2号给李四|2号请李四办|2号让李四办|把2号派给李四|2号转李四
hand 4 张姐 4号让给张姐|让张姐回复4|转给张姐4号
answer 3 - 回3号：|答复三号|答复第3个|答复（3）|回答 3|3号答复|答复3|回3|答 3|回复3号问题
answer 8 - 回8|答8
answer 3 好 3号答复：好|答复 3 好|答复3：好|回复3号，好|3号：好|给3号答复：好|回3号：好|答复第三号：好
answer 2 可以 2号，答复：可以|2号回他：可以|跟2号说：可以|告诉2号：可以|给2号回：可以|回复一下2号，可以
answer 0 就这样 答复：就这样|回复：就这样|回：就这样
more 3 另附 补充答复 3 另附|3号补充答复：另附
fix 1 甲 更正 1 甲|修改答复 1 甲|更正答复1：甲|改1号答复 甲|1号答错了 甲|重新答1 甲|1号更正：甲|改答复 1：甲
fix 2 不行 2号答复改成：不行|2号答复改为 不行|把2号的答复改成不行|2号更正答复：不行|重新回答2号：不行
ask 2 哪家 2号问一下 哪家|问2号：哪家|2号问他：哪家|再问问2号 哪家
pass 5 - 请示省厅5|5号请省厅答|5号转上级|5号报省厅
fetch 5 - 5号不转了|5号从省厅拿回来
close 5 - 5号处理完了|结案5|5号不用管了
fix 8 - 8号答错了|更正8|8号写错了|重新答复8
ask 3 哪家 追问 3 哪家|问一下3号 哪家|反问3 哪家|3号追问：哪家|追问3号：哪家
ask 3 - 追问3|3号追问
pass 2 - 2号往上报|转省里 2|转省厅2|上报2号|把2号给省里|2号转省厅吧|2号交给省厅
fetch 3 - 收回3|3号转错了 拿回来|撤回转省厅 3|3号转错了|3号拿回来|把3号收回来
close 3 - 3号直接关了吧|关单3|关闭3|关闭 3|3号结了|办结3|3号办完了|把3号关掉
reopen 3 - 撤销关闭3|重开 3|3号重开|重新打开3号
note 3 等电话 备注 3 等电话|3号备注：等电话
keep 3 - 存成常见问题 3|存3|3号存成常见问题|把3号的答复存为常见问题|3号收进FAQ|存为常见问题3
either 5 撤回 撤回 5|撤回5号|5号撤回
either 1 退回 退回 1|退回1|1号退回
faqs 0 - FAQ|faq|常见问答|常见问题|口径|看看常见问题|口径列表
faq_add 0 常见问题 新增常见问题|加一条常见问题
faq_add 0 口径 写一条口径|新增口径
faq 1 - 看看1有啥变化|常见问题1|看第1条|常见问题 1|口径1
faq_answer 1 周末不收 修改常见问题1 周末不收|改答案 1 周末不收|改1 周末不收|第1条改一下：周末不收
faq_answer 1 - 第1条改一下|修改常见问题1|把第1条改一下
faq_answer 1 周末收 口径1改成 周末收|把口径1改成周末收|第1条答案改成 周末收|常见问题1改成：周末收
faq_return 1 不对 驳回常见问题1 不对|退回口径1：不对|第1条退回 不对|口径1退回 不对
faq_withdraw 5 - 第5条作废|口径5作废|废止口径5|把第5条删掉|删除常见问题5|5号口径先不要了|撤回常见问题5|下架口径5
faq_back 1 - 回到上一版 1|还原 1|退回上一版1|第1条恢复到上一版|第1条换回原来的
faq_back 0 - 换回原来的|退回上一版
faq_drop 0 - 算了不改了|算了，不改了|放弃修改
faq_until 4 4月3日 4号有效期到4月3日|有效期 4 4月3日
faq_waiting 0 - 待审|待发布|审批|有没有要我批的|有什么要我审的|待审批
faq_publish 1 - 批准1|发布1|发布常见问题1|1号可以发布
faq_submit 1 - 送审1|送审 1
recruit 0 人 加人
recruit 0 同事 怎么把同事加进来|邀请同事
recruit 0 小李 我想让小李也进来|邀请小李
dismiss 0 张姐 把张姐删了|移除张姐|停用张姐
figures 0 - 统计|统计数据|统计一下|这个月的统计|多少人来问过|使用情况|各市情况|看看统计|有多少人来问过
write 0 明天开会 给大家发个通知 明天开会|发通知：明天开会|广播 明天开会|推送 明天开会|群发 明天开会
collect 0 - 我收到几份邮寄的怎么弄|收邮寄的申报书|有一份邮寄的怎么录
filed 0 - 申报|申报情况|收到几份|谁交了|有几家报了|看看申报|收到几份申报
opened 3 - 申报 3|打开3号申报|看3号申报|申报3号|看一下3号申报
word 3 - 3号申报书|申报书 3
returns 4 电话不对 4号退回 电话不对|驳回4 电话不对|不通过4 电话不对|退回 4 电话不对|退回4：电话不对|打回4号，电话不对
returns 4 改电话 4号让他们改电话|4号通知企业改电话
returns 4 - 驳回4|退回申报4
accepts 3 - 通过3|同意3|接受3|收下3号|接收3|接收申报3|3号通过|3号可以接收
accepts 3 仍要 仍要接收3
accepts_all 0 2号、3号 接收2号、3号
accepts_all 0 2 接收 2 3
reopens 2 - 撤销接收2|重审2|2号重审
rank 0 - 排名|排名次|看看排名
rank 3 1 3号第一|把3号提到第一|3号放第一
returns 4 改名称 让4号改名称|4号打回去 改名称|退回4号申报：改名称
filed 0 - 申报书有哪些|收到哪些申报|都有谁报了|企业报了几家|申报名单
crew 0 - 工作人员|同事有谁|谁在值班|有哪些工作人员
rank 3 1 把3号排第一|第一名3号|3号排到第1名|3号调到第一
rank 5 out 5号移出|把5号移出排名
pack 0 - 把材料打个包|生成推荐汇总表|导出材料|打包|汇总
pack 0 仍要 仍要打包
"""
NEVER = (
    "任务1是必选吗", "什么时候截止", "联系电话是多少", "4月3日", "第三条是什么", "3号之前能报吗", "第5部分写什么",
    "任务3：编制标准", "专利5个", "3号截止吗", "有什么要求", "有没有补助", "回答任务3怎么填", "4号还能交吗", "通知第1条",
    "第二个呢", "4号关闭吗", "3号退回吗？", "任务3的答复", "把纺织协会删了", "去掉江苏样例大学", "回去上一个", "五、六、十二要",
    "我们负责1、7、8", "看第五部分", "第1点不要了", "任务5也做", "版本1", "打包下载", "李四离职了", "恢复版本1", "比较1和2", "邀请江苏样例大学",
    "写申报书", "导出", "预览", "你好", "好的", "可以", "同意", "算了", "第3点改成：再采数",
)  # fmt: skip


def rows() -> Iterator[tuple[str, Wish]]:
    for line in SAID.strip().splitlines():
        kind, number, text, ways = line.split(" ", 3)
        wanted = "2 3" if ways == "接收 2 3" else "" if text == "-" else text
        yield from ((one, Wish(kind, int(number), wanted)) for one in ways.split("|"))


@pytest.mark.parametrize(("said", "wish"), list(rows()))
def test_what_is_said_at_a_desk_is_heard(said: str, wish: Wish) -> None:
    assert typed(said, serves=True) == wish


def test_there_are_hundreds_of_ways() -> None:
    said = [one for one, _ in rows()]
    assert len(said) > 250 and len(set(said)) == len(said)


@pytest.mark.parametrize("said", NEVER)
def test_what_only_sounds_like_it_is_no_wish(said: str) -> None:
    assert typed(said, serves=True) is None


def asked() -> Iterator[str]:
    """Every golden question, every question of the samples, every sentence said of a form."""
    here = Path(__file__).parents[1]
    files = [*pack.DEFAULT.glob("golden*.jsonl"), here / "reading" / "sentences.jsonl"]
    files += [here / "ask" / "questions.jsonl", here / "ask" / "strangers.jsonl"]
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row.get("q") or row.get("text") or row["question"]


def test_no_question_and_nothing_said_of_a_form_is_taken_for_a_wish_of_the_desk() -> None:
    taken = [one for one in asked() if typed(one, serves=True) != typed(one, serves=False)]
    assert taken == []


def test_where_the_city_is_named_it_is_kept() -> None:
    assert typed("答复 南京2 没有", serves=True) == Wish("answer", 2, "没有", "南京")
    assert typed("退回 苏州1", serves=True) == Wish("back", 1, "", "苏州")
    assert typed("苏州市3号答复：没有", serves=True) == Wish("answer", 3, "没有", "苏州市")
    assert typed("南京1号退回", serves=True) == Wish("back", 1, "", "南京")
    assert typed("接单 苏州市3", serves=True) == Wish("take", 3, "", "苏州市")


def test_nothing_of_the_desk_is_heard_from_anybody_else() -> None:
    for said, _ in rows():
        wish = typed(said, serves=False)
        assert wish is None or ACTIONS[wish.kind].needs == "anyone", said


# Said without a look at the shapes, in two goes; of 57 and 44 at first 31 and 21 were heard.
UNSEEN = [
    ("还有哪些没答的", "queue"), ("今天有人问吗", "queue"), ("把待办列一下", "queue"), ("第五个问题给我看下", "ticket"),
    ("看一下5号工单", "ticket"), ("五号问题详情", "ticket"), ("5号我拿了", "take"), ("我处理5号", "take"),
    ("5号交给我", "take"), ("回复5：不用盖", "answer"), ("5号就说不用盖", "answer"), ("跟5号说不用盖章", "answer"),
    ("答5 不用盖章", "answer"), ("5号答得不对，应该是要盖章", "fix"), ("5号改一下答复：要盖章", "fix"), ("更正5号：要盖章", "fix"),
    ("再问问5号是哪个材料", "ask"), ("追问5 哪个材料", "ask"), ("5号报省里", "pass"), ("5号交省厅答", "pass"),
    ("把5号转上去", "pass"), ("5号从省里拿回来", "fetch"), ("5号办完了", "close"), ("结束5号", "close"),
    ("5号重新开", "reopen"), ("5号给小王办", "hand"), ("转给小王5号", "hand"), ("5号我不办了", "leave"),
    ("放回5号", "leave"), ("把5号的答复做成常见问题", "keep"), ("新加一个常见问题", "faq_add"), ("看常见问题", "faqs"),
    ("第2条常见问题", "faq"), ("常见问题2改答案 要盖章", "faq_answer"), ("通过常见问题2", "faq_publish"), ("把2号常见问题下架", "faq_withdraw"),
    ("恢复2号常见问题上一版", "faq_back"), ("看看谁在这个局工作", "crew"), ("加个同事", "recruit"), ("把小王移出去", "dismiss"),
    ("这周有多少人问", "figures"), ("给我统计图", "figures"), ("通知大家明天开会", "write"), ("收到哪些申报", "filed"),
    ("5号申报看一下", "opened"), ("5号申报通过", "accepts"), ("5号申报退回去 电话错", "returns"), ("排个名", "rank"),
    ("5号排第二", "rank"), ("打包发我", "pack"), ("邮件来的申报我要传", "collect"), ("我要传个资料", "stock"),
    ("资料列表", "materials"), ("看设置", "settings"), ("截止改成3月28", "set"), ("工作台怎么用", "desk"),
    ("有几个没处理", "queue"), ("还剩哪些问题", "queue"), ("谁还没答", "queue"), ("给我看第3个", "ticket"),
    ("3号我来答", "take"), ("我领3号", "take"), ("3号归我处理", "take"), ("3号：可以的", "answer"),
    ("给3号回个话：可以", "answer"), ("3号答案：可以", "answer"), ("上次3号说错了 应该不行", "fix"), ("3号之前答错 应该不行", "fix"),
    ("让3号说清楚是哪家", "ask"), ("3号请省厅定", "pass"), ("3号我们答不了 给省厅", "pass"), ("3号完结", "close"),
    ("3号不用答了", "close"), ("3号再开一下", "reopen"), ("3号给李工", "hand"), ("3号让李工看", "hand"),
    ("3号先放着 我不弄了", "leave"), ("3号存常见问题", "keep"), ("写个常见问题", "faq_add"), ("口径有哪些", "faqs"),
    ("常见问题3看看", "faq"), ("3号常见问题发布", "faq_publish"), ("停用3号口径", "faq_withdraw"), ("待我审的", "faq_waiting"),
    ("有哪几家报了", "filed"), ("3号申报的情况", "opened"), ("收3号申报", "accepts"), ("3号打回 缺章", "returns"),
    ("把3号排到第一", "rank"), ("看排名", "rank"), ("导出汇总表", "pack"), ("看看统计", "figures"),
    ("发个通知 明天开会", "write"), ("邀请个同事", "recruit"), ("都有哪些工作人员", "crew"), ("操作日志", "audit"),
    ("我们局设置", "settings"), ("设置联系人李样例", "set"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), UNSEEN)
def test_what_somebody_else_says_is_heard(said: str, kind: str) -> None:
    wish = typed(said, serves=True)
    assert wish is not None and wish.kind == kind
