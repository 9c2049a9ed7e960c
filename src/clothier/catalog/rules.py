"""How sizes sort, fabrics are written and categories are drawn. Plain Python."""

import re

LETTER_SIZES = ("XXXS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "XXXL", "3XL", "4XL", "5XL")
_LETTER_RANK = {"2XL": "XXL", "3XL": "XXXL"}

FIBRE_WORDS = {
    "羊绒": "cashmere",
    "山羊绒": "cashmere",
    "羊毛": "wool",
    "绵羊毛": "wool",
    "羊驼毛": "alpaca",
    "马海毛": "mohair",
    "桑蚕丝": "silk",
    "蚕丝": "silk",
    "真丝": "silk",
    "棉": "cotton",
    "亚麻": "linen",
    "麻": "linen",
    "苎麻": "ramie",
    "聚酯纤维": "polyester",
    "涤纶": "polyester",
    "锦纶": "nylon",
    "尼龙": "nylon",
    "氨纶": "elastane",
    "腈纶": "acrylic",
    "粘纤": "viscose",
    "黏纤": "viscose",
    "莫代尔": "modal",
    "莱赛尔": "lyocell",
    "天丝": "lyocell",
    "醋酸纤维": "acetate",
    "醋纤": "acetate",
    "牛皮": "leather",
    "羊皮": "leather",
    "鸭绒": "down",
    "鹅绒": "down",
    "羽绒": "down",
}
_WORD_FIRST = re.compile(r"(?P<fibre>[A-Za-z\u4e00-\u9fff]+)\s*[:\uff1a]?\s*(?P<percent>\d{1,3})(?:\.\d+)?\s*[%\uff05]")
_PERCENT_FIRST = re.compile(r"(?P<percent>\d{1,3})(?:\.\d+)?\s*[%\uff05]\s*(?P<fibre>[A-Za-z\u4e00-\u9fff]+)")

# First match wins, so the narrow words stand before the wide ones ("风衣" before "衣").
_SILHOUETTE_WORDS = (
    ("down", ("羽绒", "棉服", "puffer", "down", "padded")),
    ("trench", ("风衣", "trench", "raincoat", "rain")),
    ("coat", ("大衣", "coat")),
    ("blazer", ("西装", "西服", "blazer", "suit", "waistcoat")),
    ("jacket", ("夹克", "外套", "jacket", "tracksuit", "kurta set")),
    ("cardigan", ("开衫", "cardigan", "shrug")),
    ("vest", ("马甲", "背心", "vest", "camisole", "tank")),
    ("hoodie", ("卫衣", "hoodie", "sweatshirt")),
    ("knit", ("针织", "毛衣", "羊绒衫", "knit", "sweater", "jumper", "pullover")),
    ("polo", ("polo",)),
    ("tee", ("t恤", "t-shirt", "tshirt", "tee")),
    ("shirt", ("衬衫", "衬衣", "shirt", "blouse", "top", "kurta", "tunic")),
    ("dress", ("连衣裙", "旗袍", "dress", "gown", "jumpsuit", "saree")),
    ("skirt", ("裙", "skirt")),
    ("jeans", ("牛仔", "jeans", "denim")),
    ("shorts", ("短裤", "shorts", "boxer", "trunk", "brief")),
    ("trousers", ("裤", "trouser", "pants", "legging", "chino", "capri")),
    ("scarf", ("围巾", "披肩", "scarf", "stole", "shawl", "dupatta", "muffler")),
    ("hat", ("帽", "hat", "cap", "beanie")),
    ("socks", ("袜", "sock", "stocking")),
    ("shoes", ("鞋", "靴", "shoe", "boot", "sandal", "flats", "heels", "flip")),
    ("bag", ("包", "bag", "backpack", "clutch", "wallet")),
)
PLAIN = "hanger"


def silhouette_for(*names: str) -> str:
    """The drawing for a category of that name, in Chinese or English; a bare hanger when nothing fits."""
    text = " ".join(names).lower()
    return next((drawing for drawing, words in _SILHOUETTE_WORDS if any(word in text for word in words)), PLAIN)


def size_rank(size: str) -> tuple[int, float, str]:
    """Sort key: letters from small to large, then numbers, then the rest by name."""
    letters = size.strip().upper()
    if letters in LETTER_SIZES:
        return 0, LETTER_SIZES.index(_LETTER_RANK.get(letters, letters)), ""
    number = re.match(r"\d+(\.\d+)?", letters)
    return (1, float(number.group()), letters) if number else (2, 0.0, letters)


def parse_fabric(text: str) -> dict[str, int]:
    """Percent by fibre from a label: "羊毛90% 羊绒10%", "95% cotton, 5% elastane". Unknown fibres keep their word."""
    pattern = _PERCENT_FIRST if text.strip()[:1].isdigit() else _WORD_FIRST
    parts = [(match["fibre"], int(match["percent"])) for match in pattern.finditer(text)]
    return {FIBRE_WORDS.get(word, word.lower()): percent for word, percent in parts}


def sku_code(style: str, colour: str, size: str) -> str:
    return f"{style}-{colour}-{size}".upper()
