import re

from clothier.eventlog.models import Entry


def seal_of(client, address: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


def address(cast) -> str:
    return f"/roster/at/sh-nanjing/skills/{cast.zhou.pk}/"


def test_skills_are_written_and_recorded_once(cast, wu):
    seal = seal_of(wu, address(cast))
    words = {"known": ["styling", "english"], "others": "皮草护理、 刺绣,", "seen": seal}
    assert wu.post(address(cast), words).status_code == 303
    cast.zhou.refresh_from_db()
    assert cast.zhou.skills == ["english", "styling", "刺绣", "皮草护理"]
    assert wu.post(address(cast), words).status_code == 303
    assert Entry.objects.filter(type="employee.changed").count() == 1
    page = wu.get("/roster/at/sh-nanjing/skills/").content.decode()
    assert all(word in page for word in ("搭配", "英语", "刺绣"))


def test_the_second_of_two_editors_is_told_and_loses_nothing(cast, wu, seat):
    seal = seal_of(wu, address(cast))
    seat(cast.gao).post(address(cast), {"known": ["menswear"], "seen": seal})
    response = wu.post(address(cast), {"known": ["english"], "seen": seal})
    assert response.status_code == 409
    assert response.context["form"].errors == {"__all__": ["另一位同事刚刚改过这些技能。没有保存，请核对后再提交。"]}
    assert "男装" in response.content.decode()
    cast.zhou.refresh_from_db()
    assert cast.zhou.skills == ["menswear"]


def test_a_skill_is_a_few_words(cast, wu):
    seal = seal_of(wu, address(cast))
    response = wu.post(address(cast), {"others": "很" * 31, "seen": seal})
    assert response.status_code == 422
    assert response.context["form"].errors == {"others": [f"“{'很' * 31}” 太长，每项最多 30 个字。"]}
    many = "、".join(f"技能{n}" for n in range(21))
    assert wu.post(address(cast), {"others": many, "seen": seal}).context["form"].errors == {
        "others": ["一个人最多 20 项技能。"]
    }
    cast.zhou.refresh_from_db()
    assert cast.zhou.skills == []


def test_an_unknown_skill_code_is_not_taken(cast, wu):
    response = wu.post(address(cast), {"known": ["flying"], "seen": seal_of(wu, address(cast))})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["known"]
