"""The linkage on a population that is dirty on purpose, and on the shop's own records."""

import pytest

from clothier.customers.contracts import NewCustomer, NewIdentifier
from clothier.customers.models import Customer, Duplicate
from clothier.customers.rules.identifiers import Kind
from clothier.customers.services import note_fact, register_many
from clothier.customers.services.linking import find_duplicates
from clothier.customers.trial import trial


def test_few_of_the_pairs_put_up_for_review_are_two_people():
    outcome = trial(people=2_000, seed=7)
    assert outcome.precision >= 0.97
    assert outcome.recall >= 0.7


@pytest.mark.django_db
def test_a_bulk_import_puts_probable_doubles_up_with_the_fields_that_agree(saturday):
    names = ["赵敏", "钱芳", "孙丽", "李强", "周杰", "吴磊", "郑洋", "王艳", "冯涛", "陈超"]
    old = register_many(
        NewCustomer(name, f"A{n}", (NewIdentifier(Kind.PHONE, f"139{n:08d}"),), title="ms")
        for n, name in enumerate(names)
    )
    new = register_many([NewCustomer("赵敏", "B0", (NewIdentifier(Kind.PHONE, "13700000000"),), title="ms")])
    for pk in (old.ids["A0"], new.ids["B0"]):
        note_fact(customer_id=pk, field="birthday", value="05-03")
    assert find_duplicates(since_id=new.ids["B0"]) == 1
    pair = Duplicate.objects.get()
    assert (pair.a_id, pair.b_id, pair.origin) == (old.ids["A0"], new.ids["B0"], "linkage")
    assert pair.evidence["agree"] == ["name", "birthday", "title"]
    assert pair.evidence["close"] == ["phone"], "the last four digits are the same"
    assert find_duplicates(since_id=new.ids["B0"]) == 0
    assert Customer.objects.filter(person__isnull=True).count() == 0


@pytest.mark.django_db
def test_a_bulk_registration_is_idempotent_and_joins_verified_phones(saturday):
    rows = [
        NewCustomer("赵敏", "C0", (NewIdentifier(Kind.PHONE, "13912345678", True),)),
        NewCustomer(
            "赵小敏", "C1", (NewIdentifier(Kind.PHONE, "139-1234-5678", True), NewIdentifier(Kind.EMAIL, "no"))
        ),
    ]
    first, second = register_many(rows), register_many(rows)
    assert (first.created, second.created, first.ids) == (2, 0, second.ids)
    assert first.malformed == [("C1", "email")]
    assert Customer.objects.get(pk=first.ids["C1"]).person_id == first.ids["C0"]
