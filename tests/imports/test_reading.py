import gzip
import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from clothier.imports.contracts import Dialect, FileRefused
from clothier.imports.kinds.order_columns import COLUMNS
from clothier.imports.rules import delimiters, encodings, headers, rejected
from clothier.imports.sources import files, opening, pieces
from clothier.imports.sources.delimited import TextReader
from clothier.kernel import cells

# A workbook knows no zones.
MORNING = datetime(2010, 12, 1, 8, 26)  # noqa: DTZ001
CHINESE = "单号,款号,名称,数量,时间,单价\nA1,K2071,圆领针织衫,1,2026-11-01 12:00,299\n"


def read(path, columns=COLUMNS):
    dialect, header, _ = files.inspect(path, columns)
    source = files.reader(path, dialect)
    try:
        return dialect, header, list(files.rows(source, dialect))
    finally:
        source.close()


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_chinese_is_read_in_whatever_encoding_it_comes(tmp_path, encoding, told):
    path = tmp_path / "a.csv"
    path.write_bytes(CHINESE.encode(encoding))
    dialect, header, rows = read(path)
    assert dialect.encoding == told
    assert header[:3] == ["单号", "款号", "名称"]
    assert rows[0].cells[2] == "圆领针织衫"


def test_western_accents_are_not_taken_for_chinese(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("number;code;quantity;date;price\n1;Café crème à Zürich;1;2026-01-02;2,55\n".encode("latin-1"))
    dialect, _, rows = read(path)
    assert (dialect.encoding, dialect.delimiter, rows[0].cells[1]) == ("cp1252", ";", "Café crème à Zürich")


def test_a_few_damaged_bytes_refuse_their_row_and_no_other(tmp_path):
    path = tmp_path / "a.csv"
    text = CHINESE.encode() + "A2,K1,大衣,1,2026-11-01,99\n".encode() + b"A3,K1,\xff\xfe,1,2026-11-01,99\n"
    path.write_bytes(text)
    _, _, rows = read(path)
    assert [str(row.problem or "") for row in rows] == ["", "", "含有无法按 UTF-8 读出的字符"]


CELLS = st.sampled_from(["1", "大衣", '"a,b"', '"two\nlines"', '"', 'x"y', '"" ', "", "\udcff", "a\rb", '"q""q"'])
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.lists(CELLS, min_size=1, max_size=4), ENDS), max_size=30), st.integers(3, 60))
def test_whole_pieces_are_read_as_record_by_record(tmp_path_factory, lines, size):
    path = tmp_path_factory.mktemp("pieces") / "a.csv"
    text = "a,b\n" + "".join(",".join(cells) + end for cells, end in lines)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    read = []
    for careful in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pieces, "SIZE", size)
            if careful:
                patch.setattr(TextReader, "_at_once", lambda self, piece: None)
            source = TextReader(path, Dialect())
            read.append([(row.line, row.cells, str(row.problem or "")) for row in source])
            source.close()
    assert read[0] == read[1]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_although_words_hold_others(delimiter):
    table = [["number", '"words, many; of them|"', "price"], ["1", "a", "2"], ["2", '"b,c"', "3"]]
    assert delimiters.detect([delimiter.join(row) + "\n" for row in table]) == delimiter


def test_titles_above_the_table_and_empty_lines_are_passed_over(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("销售明细表\n,,,\n\n" + CHINESE + ",,,,,\n", "utf-8")
    dialect, header, rows = read(path)
    assert (dialect.header_line, header[0]) == (4, "单号")
    assert [row.line for row in rows] == [5]


def test_a_quoted_newline_stays_in_its_cell_and_line_numbers_stay_true(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CHINESE + 'A2,K1,"大衣\n双面",1,2026-11-01,99\nA3,K1,衫,1,2026-11-01,9\n', "utf-8")
    _, _, rows = read(path)
    assert [(row.line, row.cells[2]) for row in rows[1:]] == [(3, "大衣\n双面"), (5, "衫")]


@pytest.mark.parametrize("following", [3, 500])
def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path, following):
    path = tmp_path / "a.csv"
    more = "".join(f"B{n},K1,衫,1,2026-11-01,9\n" for n in range(following))
    path.write_text(CHINESE + 'A2,K1,"大衣,1,2026-11-01,99\n' + more, "utf-8")
    _, _, rows = read(path)
    assert [row.line for row in rows if row.problem] == [3]
    assert len(rows) == following + 2


def test_a_compressed_file_is_read_as_it_is(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(CHINESE.encode()))
    assert read(path)[2][0].cells[0] == "A1"


def test_a_workbook_gives_money_dates_and_codes_as_they_were_meant(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["订单导出"])
    sheet.append(["单号", "款号", "数量", "时间", "单价"])
    sheet.append([536365, "00123", 6, MORNING, 2.55])
    sheet.append([536366, "K1", 1, MORNING, "=1+1"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    dialect, _, rows = read(path)
    assert dialect.sheet == "Sheet"
    assert (rows[0].line, rows[0].cells) == (3, ["536365", "00123", "6", "2010-12-01 08:26:00", "2.55"])


def gzip_bomb() -> bytes:
    return gzip.compress(b"0" * 80_000_000, 9)


def not_a_workbook() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return packed.getvalue()


def workbook_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf\r\n \n", "文件是空的"),
        (b"%PDF-1.7 and so on", "这是 PDF 文件，请另存为 CSV 或 XLSX 再导入"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是 XLS 文件，请另存为 CSV 或 XLSX 再导入"),
        (b"PK\x03\x04 broken", "表格文件不完整或已损坏，请重新导出"),
        (b"\x1f\x8b broken", "压缩文件不完整或已损坏，请重新导出"),
        (not_a_workbook(), "这是压缩包而不是表格，请解压后导入其中的 CSV 或 XLSX"),
        (workbook_bomb(), "表格解压后太大，请另存为 CSV 再导入"),
        (b"a,b\n" + bytes(range(256)) * 20, "这不是文本文件，请另存为 CSV 或 XLSX 再导入"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(tmp_path, content, reason):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refusal:
        read(path)
    assert str(refusal.value) == reason


def test_a_gzip_bomb_is_stopped_while_it_unpacks(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip_bomb())
    opened = opening.open_text(path)
    with pytest.raises(FileRefused, match="大得不正常"):
        sum(len(chunk) for chunk in iter(lambda: opened.stream.read(1 << 20), b""))


def test_headers_are_found_in_both_languages_and_none_is_used_twice():
    english = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
    assert headers.guess(english, COLUMNS) == {
        "number": 0, "code": 1, "description": 2, "quantity": 3, "occurred_at": 4, "unit_price": 5, "customer": 6,
        "country": 7,
    }  # fmt: skip
    chinese = ["小票号", "销售日期", "商品编码", "品名", "件数", "成交金额", "会员卡号", "门店编码", "导购"]
    assert headers.guess(chinese, COLUMNS) == {
        "number": 0, "occurred_at": 1, "code": 2, "description": 3, "quantity": 4, "total": 5, "customer": 6,
        "store": 7, "seller": 8,
    }  # fmt: skip


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), min_size=1)))
def test_no_cell_of_the_refused_file_starts_a_formula(rows):
    import csv

    text = rejected.written(rows).decode()
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert cell[:1] not in "=@\t" or not cell
            assert cell[:1] not in "+-" or not cell or cells.cell(cell) == cell


@given(
    st.text(st.characters(codec="gb18030", categories=["Lo"], min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8)
)
def test_utf8_is_never_mistaken(text):
    assert encodings.detect(f"单号,名称\nA1,{text}\n".encode()) == "utf-8"
