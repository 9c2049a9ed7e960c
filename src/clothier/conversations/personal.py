"""What customers write to us and we to them, and who worked on it."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    COLLEAGUES,
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    KEY_DROPPED,
    NOBODY,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_ANSWER = _("回答顾客的咨询，办好顾客的事")
_READERS = _("本店客服、店长和总部")

holds(
    "conversations.Contact",
    "sealed sealed_name",
    what=_("顾客在各渠道的地址和昵称"),
    whose=CUSTOMER,
    why=_ANSWER,
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=_READERS,
    sealed=True,
)
holds(
    "conversations.Contact",
    "hash customer_id key",
    what=_("地址的密钥散列，用于认出同一个地址"),
    whose=CUSTOMER,
    why=_ANSWER,
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=NOBODY,
)
holds(
    "conversations.Thread",
    "customer_id employee_id topic state",
    what=_("和谁有会话、由谁接待、什么话题"),
    whose=CUSTOMER,
    why=_ANSWER,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=_READERS,
)
holds(
    "conversations.Message",
    "sealed",
    what=_("会话的内容"),
    whose=CUSTOMER,
    why=_ANSWER,
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=_READERS,
    sealed=True,
)
holds(
    "conversations.Message",
    "employee_id",
    what=_("哪位客服写的"),
    whose=EMPLOYEE,
    why=_ANSWER,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.Attachment",
    "sealed_name",
    what=_("会话里发送的文件和文件名；文件加密后存放在数据库之外"),
    whose=CUSTOMER,
    why=_ANSWER,
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=_READERS,
    sealed=True,
)
holds(
    "conversations.Handover",
    "sealed",
    what=_("转人工时的说明"),
    whose=CUSTOMER,
    why=_ANSWER,
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=_READERS,
    sealed=True,
)
holds(
    "conversations.Handover",
    "actor_id",
    what=_("谁转的人工"),
    whose=EMPLOYEE,
    why=_ANSWER,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.Rating",
    "thread_id score",
    what=_("顾客给会话打了几星"),
    whose=CUSTOMER,
    why=_ANSWER,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=_READERS,
)
holds(
    "conversations.Rating",
    "employee_id",
    what=_("评分的是哪位客服"),
    whose=EMPLOYEE,
    why=_ANSWER,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.Read",
    what=_("客服读到了哪里"),
    whose=EMPLOYEE,
    why=_("让同事知道谁看过"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.Writing",
    what=_("谁正在输入"),
    whose=EMPLOYEE,
    why=_("不让两个人同时回复"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.Seat",
    what=_("客服什么时候暂离"),
    whose=EMPLOYEE,
    why=_("把会话交给在座的人"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.Mention",
    what=_("请哪位同事看一下"),
    whose=EMPLOYEE,
    why=_ANSWER,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.SavedReply",
    "owner_id",
    what=_("谁自己的快捷回复"),
    whose=EMPLOYEE,
    why=_ANSWER,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "conversations.Flag",
    "reason",
    what=_("坚持发送被提示的话的理由"),
    whose=EMPLOYEE,
    why=_("改进服务用语"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
nobodys("conversations.Message", "external_id sources")
nobodys("conversations.Attachment", "media_type stored")
nobodys("conversations.Dispatch", "number error")
nobodys("conversations.Tag", "word")
nobodys("conversations.SavedReply", "title text text_en")
nobodys("conversations.Flag", "severity")
holds(
    "conversations.Occurrence",
    "places",
    what=_("哪些消息里有哪个字词，字词只存密钥散列；删除顾客时一并去掉"),
    whose=CUSTOMER,
    why=_("在会话里查找"),
    basis=CONTRACT,
    kept=KEY_DROPPED,
    readers=NOBODY,
)
nobodys("conversations.Cursor", "value")
