"""Files that come in hold whatever their owner put into them."""

from django.utils.translation import gettext_lazy as _

from clothier.kernel.personal import (
    CONTRACT,
    CUSTOMER,
    EMPLOYEE,
    EMPLOYMENT,
    HEAD,
    NUMBERS_STAY,
    WHILE_EMPLOYED,
    holds,
    nobodys,
)

_TRACED = _("导入可以追查、可以撤销")

holds(
    "imports.Import",
    "path",
    what=_("上传的文件和未收的行：原样，可能有姓名、电话、订单"),
    whose=CUSTOMER,
    why=_("导入历史，改正出错的行"),
    basis=CONTRACT,
    kept=_("到规定的天数；读入的资料各按各表"),
    readers=HEAD,
    term="import_files",
)
holds(
    "imports.Import",
    "file_name options header problem",
    what=_("谁导入了什么文件"),
    whose=EMPLOYEE,
    why=_TRACED,
    basis=EMPLOYMENT,
    kept=WHILE_EMPLOYED,
    readers=HEAD,
)
holds(
    "imports.Brought",
    what=_("哪次导入带来了哪位顾客（编号）"),
    whose=CUSTOMER,
    why=_TRACED,
    basis=CONTRACT,
    kept=NUMBERS_STAY,
    readers=HEAD,
)
nobodys("imports.Import", "sha256 dialect columns language holder counts trial taken_back")
nobodys("imports.Mark", "mark")
