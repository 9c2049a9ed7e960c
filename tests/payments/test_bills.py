"""Daily bills as WeChat Pay and Alipay write them: packed or plain, in their encodings, with their sums."""

import gzip
import zipfile
from datetime import UTC, date, datetime

import pytest

from clothier.payments.contracts import (
    RefusedRow,
    StatementKind,
    StatementRefused,
    StatementRow,
    StatementTotals,
    statement_formats,
)

# ruff: noqa: E501 - lines as the providers write them
WECHAT = """\ufeff交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注
`2026-11-13 10:20:30,`wx1,`1900000109,`0,`,`4200001,`261113aa,`o1,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`299.00,`0.00,`0,`0,`0.00,`0.00,`,`,`衣诺,`,`1.79000,`0.60%,`299.00,`0.00,`
`2026-11-13 18:00:00,`wx1,`1900000109,`0,`,`4200001,`261113aa,`o1,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5030001,`261113bb,`99.00,`0.00,`ORIGINAL,`SUCCESS,`衣诺,`,`-0.59000,`0.60%,`0.00,`99.00,`
`nonsense,`wx1
总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额
`3,`299.00,`99.00,`0.00,`1.20000,`299.00,`99.00
"""
ALIPAY = """#支付宝业务明细查询
#账号：[20880000000000000156]
#起始日期：[2026年11月13日 00:00:00]   终止日期：[2026年11月14日 00:00:00]
#-----------------------------------------业务明细列表----------------------------------------
支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注
20261113220014\t,261113cc\t,交易\t,衣诺\t,2026-11-13 10:20:00\t,2026-11-13 10:20:30\t,,,,,,299.00,299.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,,-1.79,0.00,
20261113220014\t,261113cc\t,退款\t,衣诺\t,2026-11-13 18:00:00\t,2026-11-13 18:00:00\t,,,,,,-99.00,-99.00,0.00,0.00,0.00,0.00,0.00,,0.00,0.00,261113dd\t,0.59,0.00,
#-----------------------------------------业务明细列表结束------------------------------------
#交易合计：1笔，商家实收共299.00元，商家优惠共0.00元
#退款合计：1笔，商家实收退款共-99.00元，商家优惠退款共0.00元
#导出时间：[2026年11月14日 10:00:00]
"""
TEN = datetime(2026, 11, 13, 2, 20, 30, tzinfo=UTC)
SIX = datetime(2026, 11, 13, 10, 0, tzinfo=UTC)


def read(provider, path):
    return list(statement_formats[provider].parse(path))


@pytest.mark.parametrize("packed", [False, True])
def test_wechats_bill(tmp_path, packed):
    path = tmp_path / "bill.csv"
    path.write_bytes(gzip.compress(WECHAT.encode()) if packed else WECHAT.encode())
    paid, back, refused, totals = read("wechat", path)
    assert paid == StatementRow(2, StatementKind.PAYMENT, "261113aa", "4200001", TEN, 29_900, 179, "CNY")
    assert back == StatementRow(3, StatementKind.REFUND, "261113bb", "5030001", SIX, -9_900, -59, "CNY")
    assert (type(refused), refused.line) == (RefusedRow, 4)
    assert totals == StatementTotals(3, 29_900, -9_900, 120)


@pytest.mark.parametrize("packed", [False, True])
def test_alipays_bill(tmp_path, packed):
    path = tmp_path / "bill.zip"
    if packed:
        with zipfile.ZipFile(path, "w") as folder:
            folder.writestr("20880000000000000156_20261113_业务明细(汇总).csv", "#支付宝业务汇总查询".encode("gb18030"))
            folder.writestr("20880000000000000156_20261113_业务明细.csv", ALIPAY.encode("gb18030"))
    else:
        path.write_bytes(ALIPAY.encode("gb18030"))
    paid, back, totals = read("alipay", path)
    assert paid == StatementRow(6, StatementKind.PAYMENT, "261113cc", "20261113220014", TEN, 29_900, 179)
    assert back == StatementRow(7, StatementKind.REFUND, "261113dd", "20261113220014", SIX, -9_900, -59)
    assert totals == StatementTotals(rows=2)


@pytest.mark.parametrize("provider", ["wechat", "alipay"])
@pytest.mark.parametrize(
    "content", [b"", b"a,b,c\n1,2,3\n", b"\x00\xff\xfe\x80" * 9, b"PK\x03\x04", b"\x1f\x8b\x08broken"]
)
def test_what_is_no_bill_is_refused_in_words(tmp_path, provider, content):
    path = tmp_path / "bill.csv"
    path.write_bytes(content)
    with pytest.raises(StatementRefused) as refusal:
        read(provider, path)
    assert str(refusal.value)


def test_a_bill_cut_off_in_the_middle_of_its_packing_is_refused(tmp_path):
    path = tmp_path / "bill.gz"
    path.write_bytes(gzip.compress(WECHAT.replace("`nonsense", "`nonsense,`1\n" * 5000).encode())[:-30])
    with pytest.raises(StatementRefused):
        read("wechat", path)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("1900000109All2026-11-13.csv", date(2026, 11, 13)),
        ("20880000_20261113_业务明细.csv", date(2026, 11, 13)),
        ("2026-99-99.csv", None),
        ("bill.csv", None),
    ],
)
def test_the_day_is_in_the_name(name, day):
    assert statement_formats["wechat"].day(name) == day
