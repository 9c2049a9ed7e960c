"""What a style is found by: its code, its names, the pinyin of the Chinese name and the pinyin's initials."""


def searchable(code: str, *names: str) -> str:
    """Lower-case words to search in, separated by spaces: "k2071 双面羊绒大衣 shuangmian… smyrdy double-faced …"."""
    # The dictionary takes half a second to load: a shop that opens does not wait for it.
    from pypinyin import Style as Spelling
    from pypinyin import lazy_pinyin

    chinese = [name for name in names if not name.isascii()]
    spelt = ["".join(lazy_pinyin(name)) for name in chinese]
    initials = ["".join(lazy_pinyin(name, style=Spelling.FIRST_LETTER)) for name in chinese]
    return " ".join(word for word in [code, *names, *spelt, *initials] if word).lower()
