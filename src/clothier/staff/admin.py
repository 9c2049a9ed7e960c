"""The back office's people: employees with their scopes, the roster, and sign-ins."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.paginator import InfinitePaginator

from clothier.kernel.office import ReferenceAdmin
from clothier.staff.models import Employee, Scope, Shift, User
from clothier.staff.services import forget_second_factors, give_for_once, note_change

# Their pages would let people edit each other's keys, addresses and tokens; sign-in is configured by the environment.
admin.site.unregister((Group, Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken))


class ScopeInline(TabularInline):  # type: ignore[misc]
    model = Scope
    fields = ("store", "region")
    autocomplete_fields = ("store", "region")
    extra = 0


@admin.register(Employee)
class EmployeeAdmin(ReferenceAdmin):
    list_display = ("number", "name", "role", "home_store", "user", "hired_on", "left_on")
    list_display_links = ("number", "name")
    list_filter = ("role", "home_store", ("left_on", admin.EmptyFieldListFilter))
    list_select_related = ("home_store", "user")
    search_fields = ("number", "name", "user__username")
    search_help_text = _("工号、姓名或账号")
    autocomplete_fields = ("home_store", "user")
    inlines = (ScopeInline,)
    fieldsets = (
        (None, {"fields": (("number", "name"), ("role", "home_store"), "user")}),
        (_("在职"), {"fields": (("hired_on", "left_on"), "skills")}),
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        note_change(employee=form.instance, actor=request.viewer.employee)  # type: ignore[attr-defined]


@admin.register(Shift)
class ShiftAdmin(ReferenceAdmin):
    list_display = ("employee", "store", "zone", "post", "starts_at", "ends_at")
    list_filter = ("store", "post")
    list_select_related = ("employee", "store", "zone")
    search_fields = ("employee__name", "employee__number")
    search_help_text = _("姓名或工号")
    autocomplete_fields = ("employee", "store", "zone")
    date_hierarchy = "starts_at"
    paginator = InfinitePaginator
    show_full_result_count = False
    ordering = ("-starts_at", "store")


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ReferenceAdmin):  # type: ignore[type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "person", "is_active", "last_login")
    list_filter = ("is_active",)
    list_select_related = ("employee",)
    search_fields = ("username", "employee__name", "employee__number")
    readonly_fields = ("last_login", "date_joined")
    actions = ("forget",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active", "language")}),
        (_("记录"), {"fields": (("last_login", "date_joined"),)}),
    )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            give_for_once(user=obj, actor=request.viewer.employee)  # type: ignore[attr-defined]

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """Django's page for a password saves by itself and then says so here."""
        if request.resolver_match and request.resolver_match.url_name == "auth_user_password_change":
            give_for_once(user=obj, actor=request.viewer.employee)  # type: ignore[attr-defined]
        return super().log_change(request, obj, message)

    @admin.action(description=_("取消双因素认证（手机或密钥丢失）"), permissions=["change"])
    def forget(self, request: HttpRequest, users: QuerySet[User]) -> None:
        gone = sum(forget_second_factors(user=user, actor=request.viewer.employee) for user in users)  # type: ignore[attr-defined]
        self.message_user(
            request, _("已取消 %(n)s 个账号的双因素认证，请他们重新设置。") % {"n": gone}, messages.SUCCESS
        )

    @admin.display(description=_("员工"))
    def person(self, user: User) -> str:
        return str(getattr(user, "employee", "—"))
