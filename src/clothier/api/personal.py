"""Machines' keys and what is told to other systems: numbers only."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    HEAD,
    TERM_OF_DAYS,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

holds(
    "api.Posting",
    "error",
    what=_("告诉别的系统的事件：只有编号；对方的应答"),
    whose=CUSTOMER,
    why=_("让收银、商城等系统知道发生了什么"),
    basis=CONTRACT,
    kept=TERM_OF_DAYS,
    readers=HEAD,
    term="postings",
)
holds(
    "api.ApiKey",
    "name",
    what=_("谁为什么建了接口密钥"),
    whose=EMPLOYEE,
    why=_("知道密钥归谁管"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=HEAD,
)
nobodys("api.ApiKey", "prefix secret_hash scopes stores")
nobodys("api.Repetition", "key_hash request_hash")
nobodys("api.Subscription", "url types stores sealing_key sealed_secret sealed_before")
