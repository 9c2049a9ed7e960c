"""A manager helps a colleague who forgot the password."""

import re

from django.test import Client


def test_a_manager_gives_a_password_that_serves_once_and_reads_it_once(cast, wu):
    page = wu.get(f"/roster/at/sh-nanjing/skills/{cast.zhou.pk}/").content.decode()
    address = f"/roster/at/sh-nanjing/crew/{cast.zhou.pk}/password/"
    assert f'action="{address}"' in page
    response = wu.post(address)
    found = re.search(r"<code>([\w-]{14})</code>", response.content.decode())
    assert found
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert found[1] not in wu.get(f"/roster/at/sh-nanjing/skills/{cast.zhou.pk}/").content.decode()
    zhou = Client()
    zhou.post("/accounts/login/", {"login": cast.zhou.user.username, "password": found[1]})
    assert zhou.get("/floor/").headers["location"] == "/accounts/password/change/"


def test_nobody_resets_the_password_of_another_store_or_of_the_manager(cast, wu, seat):
    before = cast.wu.user.password
    assert wu.post(f"/roster/at/sh-nanjing/crew/{cast.gao.pk}/password/").status_code == 404
    assert wu.post(f"/roster/at/sh-nanjing/crew/{cast.wu.pk}/password/").status_code == 403
    assert seat(cast.zhou).post(f"/roster/at/sh-nanjing/crew/{cast.wu.pk}/password/").status_code == 403
    cast.wu.user.refresh_from_db()
    assert cast.wu.user.password == before
