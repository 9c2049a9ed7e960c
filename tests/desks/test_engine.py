from jinja2 import DictLoader, Environment

from clothier.desks.shell.engine.environment import Kept


def test_a_page_is_drawn_though_its_compiled_form_cannot_be_kept(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    drawn = Environment(loader=DictLoader({"a.html": "{{ 1 + 1 }}"}), bytecode_cache=Kept(str(folder)), autoescape=True)
    folder.rmdir()
    assert drawn.get_template("a.html").render() == "2"
