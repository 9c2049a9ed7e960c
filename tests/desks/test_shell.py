import json

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from clothier.desks.shell import views
from clothier.desks.shell.access import signed_in
from clothier.desks.shell.middleware import RefusalMiddleware
from clothier.desks.shell.navigation import home_of, in_bar, places_for
from clothier.kernel.access import Denied, Role
from clothier.kernel.errors import Refused


def test_a_stranger_is_sent_to_sign_in_and_comes_back(client, db):
    response = client.get("/design/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/design/")


def test_a_fragment_of_an_ended_session_sends_the_whole_page_to_sign_in(client, db):
    response = client.get("/design/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (401, "/accounts/login/")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, ProgrammingError, IntegrityError])
def test_while_the_database_is_away_a_phone_is_told_to_come_back(client, cast, monkeypatch, error):
    def gone(*_):
        raise error("server closed the connection unexpectedly")

    client.force_login(cast.zhou.user)
    client.raise_request_exception = False
    monkeypatch.setattr(views, "home_of", gone)
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    # Whoever looks at it is not looked up: there is nowhere to look.
    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", gone)
        answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "马上回来" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "home"), [("zhou", "/floor/"), ("chen", "/inbox/"), ("wu", "/board/"), ("gao", "/studio/")]
)
def test_home_is_where_the_role_works(client, cast, who, home):
    client.force_login(getattr(cast, who).user)
    assert client.get("/")["Location"] == home


def test_everybody_has_a_way_home_and_at_least_one_more_place(cast):
    for employee in (cast.zhou, cast.chen, cast.wu, cast.gao):
        viewer = cast.viewer(employee)
        paths = [place.path for place in places_for(viewer)]
        assert home_of(viewer) in paths
        assert len(paths) >= 2


def test_the_bar_of_a_phone_shows_where_one_is(cast):
    places = places_for(cast.viewer(cast.zhou))
    till = next(place for place in places if place.path == "/till/")
    assert in_bar(places, places[0]) == in_bar(places, None) == places[:4]
    assert in_bar(places, till) == [*places[:3], till]


def test_the_back_office_is_for_head_office(cast):
    assert "/office/" not in [place.path for place in places_for(cast.viewer(cast.wu))]
    assert "/office/" in [place.path for place in places_for(cast.viewer(cast.gao))]


def test_the_wrong_role_sees_why_and_how_to_go_on(cast, rf: RequestFactory):
    request = rf.get("/floor/")
    request.user, request.viewer = cast.chen.user, cast.viewer(cast.chen)
    view = signed_in(Role.MANAGER)(lambda request: HttpResponse("secret"))
    with pytest.raises(Denied) as denied:
        view(request)
    response = RefusalMiddleware(view).process_exception(request, denied.value)
    assert response.status_code == 403
    assert "您的岗位没有打开这个页面的权限" in response.content.decode()


def test_an_account_without_an_employee_is_told_so(client, cast, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody"))
    response = client.get("/design/")
    assert response.status_code == 403
    assert "还没有关联到在职员工" in response.content.decode()


def test_a_refusal_in_a_fragment_is_a_toast_and_changes_nothing_on_the_page(rf: RequestFactory):
    request = rf.post("/visits/7/greeting", headers={"HX-Request": "true"})
    response = RefusalMiddleware(HttpResponse).process_exception(request, Refused("这位顾客已经离店。"))
    assert (response.status_code, response["HX-Reswap"]) == (409, "none")
    assert json.loads(response["HX-Trigger"]) == {"toast": {"text": "这位顾客已经离店。", "tone": "bad"}}


def test_the_api_keeps_its_own_errors(rf: RequestFactory):
    assert RefusalMiddleware(HttpResponse).process_exception(rf.post("/api/v1/x"), Refused("no")) is None


def test_a_form_whose_token_expired_says_that_nothing_changed(client, cast):
    client.handler.enforce_csrf_checks = True
    client.force_login(cast.zhou.user)
    response = client.post(reverse("shell:theme"), {"theme": "dark"})
    assert response.status_code == 403
    assert "什么都没有改动" in response.content.decode()


def test_the_theme_is_remembered_and_drawn_by_the_server(client, db):
    client.post(reverse("shell:theme"), {"theme": "dark", "next": "/accounts/login/"})
    assert '<html lang="zh-Hans" data-theme="dark">' in client.get("/accounts/login/").content.decode()


def test_a_switch_does_not_lead_to_another_site(client, db):
    response = client.post(reverse("shell:theme"), {"theme": "dark", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_the_interface_speaks_three_languages(client, db):
    for language, said in [("zh-hans", "登录"), ("zh-hant", "登入"), ("en", "Sign in")]:
        client.post(reverse("shell:language"), {"language": language})
        assert said in client.get("/accounts/login/").content.decode()


def test_demo_accounts_stand_at_the_door_of_a_demo_only(client, cast, settings):
    assert "<code>manager</code>" not in client.get("/accounts/login/").content.decode()
    settings.DEMO = True
    page = client.get("/accounts/login/").content.decode()
    assert "<code>manager</code>" in page
    assert "店长 · 吴静" in page


def test_an_address_that_leads_nowhere_is_answered_kindly(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


def test_the_design_page_draws_every_component_in_both_themes(client, cast, django_assert_max_num_queries):
    client.force_login(cast.zhou.user)
    with django_assert_max_num_queries(4):
        page = client.get("/design/").content.decode()
    components = (
        "button card badge chip avatar ring bar progress stat person table timeline field dialog tabs toast notice "
        "empty skeleton keys chart"
    )
    for name in components.split():
        assert page.count(f'class="{name}') >= 2, name


def test_the_app_installs_and_its_worker_serves_the_whole_site(client, db):
    manifest = client.get("/manifest.webmanifest").json()
    assert (manifest["short_name"], manifest["start_url"], manifest["display"]) == ("衣诺", "/", "standalone")
    worker = client.get("/sw.js")
    assert worker["Content-Type"] == "text/javascript"
    assert "/static/clothier/css/index.css" in worker.content.decode()
    assert client.get("/offline/").status_code == 200


def test_no_page_of_the_shell_carries_inline_script_or_style(client, cast):
    client.force_login(cast.gao.user)
    for address in ("/design/", "/accounts/2fa/", "/offline/"):
        page = client.get(address).content.decode()
        assert "<style" not in page
        assert " onclick=" not in page
        assert "<script>" not in page


def test_a_release_that_was_built_before_the_last_one_was_collected_still_replaces_it(tmp_path):
    from datetime import UTC, datetime

    from clothier.desks.shell.storage import HashedStatics

    (tmp_path / "index.css").write_text("a { color: red }")
    collected = HashedStatics(location=tmp_path, base_url="/static/").get_modified_time("index.css")
    assert collected < datetime(2000, 1, 1, tzinfo=UTC)
