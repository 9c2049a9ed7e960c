"""What is kept about employees and their sign-ins."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    ADMINS,
    COLLEAGUES,
    EMPLOYEE,
    EMPLOYMENT,
    NOBODY,
    TERM_OF_DAYS,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_DOOR = _("让员工安全地登录")

_PLANNING = _("排班、派活、找到负责的人")

holds(
    "staff.Employee",
    "name skills hired_on left_on",
    what=_("姓名、工号、岗位、门店、技能、入职和离职日期"),
    whose=EMPLOYEE,
    why=_PLANNING,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "staff.Shift",
    what=_("班次：谁、哪天、在哪个岗位"),
    whose=EMPLOYEE,
    why=_PLANNING,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=COLLEAGUES,
)
holds(
    "staff.Scope",
    what=_("负责哪些门店和区域"),
    whose=EMPLOYEE,
    why=_("只看得到自己负责的门店"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=ADMINS,
)
holds(
    "staff.User",
    "username first_name last_name email",
    what=_("登录名、界面语言、最近登录时间"),
    whose=EMPLOYEE,
    why=_DOOR,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=ADMINS,
)
holds(
    "staff.User",
    "password",
    what=_("密码的 Argon2 摘要"),
    whose=EMPLOYEE,
    why=_DOOR,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=NOBODY,
)
nobodys("staff.User", "language")

# The tables of the packages that do the signing in.
holds(
    "mfa.Authenticator",
    what=_("两步验证的密钥、恢复码、通行密钥"),
    whose=EMPLOYEE,
    why=_DOOR,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=NOBODY,
)
holds(
    "socialaccount.SocialAccount",
    what=_("企业账号（OpenID Connect、企业微信）里的工号"),
    whose=EMPLOYEE,
    why=_DOOR,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=ADMINS,
)
holds(
    "account.EmailAddress",
    what=_("登录用的邮箱；不发邮件，平时是空的"),
    whose=EMPLOYEE,
    why=_DOOR,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=ADMINS,
)
holds(
    "sessions.Session",
    what=_("登录会话"),
    whose=EMPLOYEE,
    why=_DOOR,
    basis=EMPLOYMENT,
    kept=TERM_OF_DAYS,
    readers=NOBODY,
    term="sessions",
)
holds(
    "admin.LogEntry",
    what=_("谁在后台改了什么"),
    whose=EMPLOYEE,
    why=_("后台的修改可以追查"),
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=ADMINS,
)
nobodys("account.EmailConfirmation", "key")
nobodys("socialaccount.SocialApp", "provider provider_id name client_id secret key settings")
nobodys("socialaccount.SocialToken", "token token_secret")
