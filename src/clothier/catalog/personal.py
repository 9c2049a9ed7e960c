"""Goods are about nobody."""

from clothier.kernel.personal import nobodys

nobodys("catalog.Category", "name name_en")
nobodys("catalog.Colour", "name name_en swatch")
nobodys(
    "catalog.Style",
    "code name name_en brand line fabric care tags description description_en listed_on withdrawn_on words",
)
nobodys("catalog.Sku", "size code barcode")
