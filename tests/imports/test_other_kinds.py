from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clothier.catalog.selectors import skus_of, styles
from clothier.customers.selectors import by_external, card
from clothier.eventlog.models import Entry
from clothier.imports.models import Import
from clothier.imports.selectors import refusals
from clothier.imports.services import confirm, register_file, request, work_once
from clothier.knowledge.contracts import ArticleFacts, Audience
from clothier.knowledge.models import Version
from clothier.knowledge.selectors import Article, facts_of, versions_of
from clothier.knowledge.services import publish, write_article
from clothier.staff.models import Employee
from clothier.visits.models import Visit
from tests.imports.conftest import reasons

pytestmark = pytest.mark.django_db


def test_customers_come_with_what_identifies_them_and_twice_is_once(write, bring, cast):
    header = "客户编号,姓名,性别,手机号,会员卡号,开卡门店,注册日期"
    path = write(
        "C1,林晓,女,13800138000,M001,sh-nanjing,2024-05-01",
        "C2,孙悦,,not a phone,,,",
        "C1,林晓,女,13800138000,M001,sh-nanjing,2024-05-01",
        ",无名,,,,,",
        header=header,
    )
    task = bring(path, "customers")
    counts = task.read_counts()
    assert (counts.imported, counts.already, counts.rejected) == (2, 1, 1)
    assert counts.remarks == {"customers": 2, "malformed": 1}
    assert reasons(task) == [("5", "没有顾客编号")]
    lin = card(cast.viewer(cast.gao), by_external("import", "C1"))
    assert (lin.name, lin.title, lin.member_number) == ("林晓", "女士", "M001")
    assert lin.registered_at == datetime(2024, 4, 30, 16, tzinfo=UTC)
    again = bring(path, "customers").read_counts()
    assert (again.imported, again.already) == (0, 3)


def test_a_catalogue_groups_variants_into_styles_and_twice_changes_nothing(write, bring):
    header = "款号,名称,品类,颜色,尺码,条码,吊牌价,成本,季节,人群"
    path = write(
        "K1,双面羊绒大衣,大衣,驼色,M,690001,2999,899.5,冬,女",
        "K1,双面羊绒大衣,大衣,驼色,L,690002,2999,899.5,冬,女",
        "K2,圆领针织衫,毛衫,黑色,S/M,,399,,秋,女",
        "K3,坏价格,毛衫,黑色,S,,-5,,,",
        header=header,
    )
    task = bring(path, "catalogue")
    assert (task.read_counts().imported, task.read_counts().rejected) == (3, 1)
    assert reasons(task) == [("5", "“-5”是负数")]
    (coat,) = styles().filter(code="K1")
    assert (coat.name, coat.price_fen, coat.cost_fen, coat.season, coat.gender) == (
        "双面羊绒大衣", 299900, 89950, "winter", "women",
    )  # fmt: skip
    assert [(sku.colour.name, sku.size, sku.barcode) for sku in skus_of(coat.pk)] == [
        ("驼色", "M", "690001"),
        ("驼色", "L", "690002"),
    ]
    again = bring(path, "catalogue").read_counts()
    assert (again.imported, again.already, again.rejected) == (0, 3, 1)


def test_rows_of_a_style_that_disagree_stay_out_together(write, bring):
    rows = ("K1,大衣,驼色,M,2999", "K1,大衣,驼色,L,1999")
    task = bring(write(*rows, header="款号,名称,颜色,尺码,吊牌价"), "catalogue")
    assert reasons(task)[1] == ("3", "同一款号的名称或价格不一致")
    assert not styles().filter(code="K1")


def test_a_foreign_styles_file_is_a_catalogue_too(write, bring):
    header = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"
    bring(write("15,Women,Apparel,Topwear,Shirts,Sea Green,Fall,2011.0,Casual,Linen Shirt", header=header), "catalogue")
    (shirt,) = styles()
    assert (shirt.code, shirt.category.name, shirt.season, shirt.year, shirt.tags) == (
        "15", "Shirts", "autumn", 2011, ["Casual"],
    )  # fmt: skip
    assert [(sku.colour.name, sku.size) for sku in skus_of(shirt.pk)] == [("Sea Green", "均码")]


def test_staff_join_with_role_and_store(write, bring, cast):
    header = "工号,姓名,岗位,所属门店,入职日期"
    path = write("e100,何佳,导购,南京路店,2026-01-05", "e101,方正,总裁,,", "e001,周敏,店长,hz-hubin,", header=header)
    task = bring(path, "staff")
    assert reasons(task) == [("3", "“总裁”不是我们知道的岗位")]
    he = Employee.objects.get(number="e100")
    assert (he.name, he.role, he.home_store_id, str(he.hired_on)) == ("何佳", "associate", cast.store.pk, "2026-01-05")
    assert Employee.objects.get(number="e001").role == "manager"
    assert (task.read_counts().imported, task.read_counts().already) == (1, 1)


def test_visits_of_the_past_are_told_once_even_by_another_file(write, bring, cast):
    header = "门店,到店时间,离店时间,会员号,人数,是否购买"
    first = "sh-nanjing,2026-11-01 10:00,2026-11-01 10:30,C1,2,是"
    second = "sh-nanjing,2026-11-01 11:00,,,1,否"
    task = bring(write(first, second, "?,2026-11-01 11:00,,,1,否", header=header), "visits")
    assert reasons(task) == [("4", "没有编码或名称为“?”的门店")]
    visits = list(Visit.objects.order_by("arrived_at").values_list("outcome", "party_size", "customer_id"))
    assert visits == [("bought", 2, by_external("import", "C1")), ("left", 1, None)]
    again = bring(write(second, first, header=header, name="other.csv"), "visits").read_counts()
    assert (again.imported, again.already, Visit.objects.count()) == (0, 2, 2)


def test_questions_and_answers_come_from_a_sheet_and_twice_changes_nothing(write, bring):
    path = write(
        '可以带狗吗,小型犬可以。,"能带宠物吗\n狗能进吗",门店服务,pets',
        "几天能退,{till.return_days} 天内。,,退换,",
        "没有答案的问题,,,,",
        "引用了没有的规范,{till.nonsense} 天,,,",
        header="标准问题,答复,相似问题,分类,编号",
    )
    task = bring(path, "articles")
    counts = task.read_counts()
    assert (counts.imported, counts.already, counts.rejected) == (2, 0, 2)
    assert counts.remarks == {"articles_created": 2}
    assert [why for _line, why in reasons(task)] == ["没有答案", "服务规范里没有 {till.nonsense}"]
    pets = Article.objects.get(key="pets")
    assert (pets.topic, versions_of(pets.pk)[0].variants) == ("stores", ["能带宠物吗", "狗能进吗"])
    again = bring(path, "articles").read_counts()
    assert (again.imported, again.already, again.rejected) == (0, 2, 2)


def test_an_article_keeps_what_the_file_has_no_column_for(write, bring):
    facts = ArticleFacts("几天能退", "七天。", "", "Seven days.", ("多久能退",), "returns", Audience.STAFF, ("wecom",))
    version = write_article(facts=facts, code="days")
    publish(version=version.pk)
    bring(write("几天能退,十天。", header="问题,答案"), "articles")
    article = Article.objects.get()
    assert facts_of(versions_of(article.pk)[0]) == replace(facts, answer="十天。")


def test_a_trial_of_questions_and_answers_tells_what_is_new_changed_and_refused_by_line(write, bring):
    bring(write("几天能退,七天。", "能带狗吗,可以。", header="问题,答案"), "articles")
    path = write("能带狗吗,可以。", "几天能退,十天。", "没有答案,", "能停车吗,能。", header="问题,答案", name="b.csv")
    draft, written = register_file(kind="articles", path=path), Entry.objects.filter(subject_kind="article").count()
    confirm(import_id=draft.pk, columns=draft.columns, options={})
    request(import_id=draft.pk, dry=True)
    assert work_once() == 1
    tried = Import.objects.get(pk=draft.pk)
    assert tried.read_counts(trial=True).made == [
        [3, "articles_changed", "几天能退"],
        [5, "articles_created", "能停车吗"],
    ]
    assert refusals(tried, limit=5) == [(4, "没有答案")]
    assert sorted(Version.objects.values_list("question", "number")) == [("几天能退", 1), ("能带狗吗", 1)]
    assert Entry.objects.filter(subject_kind="article").count() == written
