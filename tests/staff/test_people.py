from dataclasses import replace

import pytest
from django.contrib.auth import authenticate

from clothier.eventlog.models import Entry
from clothier.kernel.access import Role
from clothier.kernel.errors import Refused
from clothier.staff import selectors, services
from clothier.staff.contracts import EmployeeFacts
from clothier.staff.models import Employee, User

PASSWORD = "spring linen 2026"


@pytest.fixture
def new(cast) -> EmployeeFacts:
    return EmployeeFacts(
        number="e100",
        name="孙悦",
        role=Role.MANAGER,
        home_store=cast.store.pk,
        username="sun",
        password=PASSWORD,
        regions=(cast.store.region_id,),
    )


def test_a_new_manager_signs_in_and_sees_the_stores_of_her_region(cast, new):
    services.create_employee(facts=new, actor=cast.gao.pk)
    user = authenticate(username="sun", password=PASSWORD)
    viewer = selectors.viewer_of(user)
    assert (viewer.role, viewer.stores) == (Role.MANAGER, {cast.store.pk, cast.other_store.pk})
    assert list(Entry.objects.values_list("type", "actor_id")) == [
        ("account.created", cast.gao.pk),
        ("employee.joined", cast.gao.pk),
    ]


def test_a_used_number_is_refused_and_makes_no_account(cast, new):
    with pytest.raises(Refused) as refused:
        services.create_employee(facts=replace(new, number="e001"))
    assert refused.value.field == "number"
    assert not User.objects.filter(username="sun").exists()


def test_a_weak_password_is_refused_and_nobody_joins(cast, new):
    with pytest.raises(Refused):
        services.create_employee(facts=replace(new, password="12345678"))
    assert not Employee.objects.filter(number="e100").exists()


def test_a_payroll_file_adds_the_new_and_changes_the_different(cast, new):
    known = EmployeeFacts(number="e001", name="周敏", role=Role.MANAGER, home_store=cast.other_store.pk)
    ids = services.import_employees(people=[known, new])
    assert ids == {"e001": cast.zhou.pk, "e100": Employee.objects.get(number="e100").pk}
    cast.zhou.refresh_from_db()
    assert (cast.zhou.role, cast.zhou.home_store_id) == (Role.MANAGER, cast.other_store.pk)
    services.import_employees(people=[known, new])
    assert Entry.objects.filter(type="employee.changed").count() == 1
    assert Entry.objects.filter(type="employee.joined").count() == 1


def test_whoever_leaves_is_signed_out_for_good(cast):
    services.end_employment(employee=cast.zhou.pk)
    services.end_employment(employee=cast.zhou.pk)
    assert not User.objects.get(username="e001").is_active
    assert selectors.viewer_of(cast.zhou.user) is None
    assert Entry.objects.filter(type="employee.left").count() == 1


def test_an_account_is_shut_opened_and_given_a_password(cast):
    services.deactivate(username="e001")
    assert authenticate(username="e001", password="a password for tests") is None
    services.reactivate(username="e001")
    services.set_password(username="e001", password=PASSWORD)
    assert authenticate(username="e001", password=PASSWORD) == cast.zhou.user
    with pytest.raises(Refused):
        services.set_password(username="nobody", password=PASSWORD)


def test_accounts_are_listed_with_their_people(cast):
    services.create_account(username="robot")
    listed = {account.username: (account.name, account.role) for account in selectors.accounts()}
    assert listed["e003"] == ("吴静", "manager")
    assert listed["robot"] == ("", "")
