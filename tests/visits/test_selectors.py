from clothier.visits import selectors, services

LIN = 41


def test_who_is_here_with_what_was_done_and_what_is_next(cast, saturday, visit, django_assert_num_queries):
    zhou = cast.zhou.pk
    services.greet(visit=visit.pk, actor=zhou)
    second = services.arrive(store=cast.store.pk, party_size=3)
    gone = services.arrive(store=cast.store.pk)
    services.leave(visit=gone.pk, outcome="left", actor=zhou)
    slip = services.arrive(store=cast.store.pk)
    services.undo(visit=slip.pk, actor=zhou)
    services.arrive(store=cast.other_store.pk)
    gao = cast.viewer(cast.gao)
    with django_assert_num_queries(3):
        here = selectors.here(gao, store=cast.store.pk)
    assert [(v.id, v.next, v.party_size, v.done) for v in here] == [
        (visit.pk, "approached", 1, {"arrived", "greeted"}),
        (second.pk, "greeted", 3, {"arrived"}),
    ]
    assert here[0].last.by_name == "周敏"


def test_no_query_grows_with_the_visitors(cast, visit, django_assert_num_queries):
    for _ in range(9):
        other = services.arrive(store=cast.store.pk)
        services.record_need(visit=other.pk, actor=cast.zhou.pk, occasion="date")
        services.propose(visit=other.pk, actor=cast.zhou.pk, style_ids=[1, 2])
        services.open_fitting(visit=other.pk, actor=cast.zhou.pk)
    viewer = cast.viewer(cast.zhou)
    with django_assert_num_queries(3):
        here = selectors.here(viewer, store=cast.store.pk)
    assert len(here) == 10
    with django_assert_num_queries(6):
        whole = selectors.visit_view(viewer, other.pk)
    assert (whole.steps[2].style_ids, whole.need.occasion) == ((1, 2), "date")


def test_another_stores_visit_bell_fitting_and_task_do_not_exist(cast, saturday):
    store = cast.other_store.pk
    visit = services.arrive(store=store)
    fitting = services.open_fitting(visit=visit.pk, actor=None)
    bell = services.ring_bell(store=store, source="kiosk", place="kiosk:1")
    task = services.raise_task(store=store, day=saturday.now().date(), title="换灯泡")
    zhou, gao = cast.viewer(cast.zhou), cast.viewer(cast.gao)
    asks = [
        (selectors.visit_view, visit.pk),
        (selectors.fitting_view, fitting.pk),
        (selectors.bell_view, bell.pk),
        (selectors.task_view, task.pk),
    ]
    assert [ask(zhou, pk) for ask, pk in asks] == [None] * 4
    assert [ask(gao, pk).id for ask, pk in asks] == [visit.pk, fitting.pk, bell.pk, task.pk]
    assert selectors.here(zhou, store=store) == []
    assert selectors.ringing(zhou, store=store) == []


def test_what_a_person_tried_is_told_from_every_store(cast):
    for store in (cast.store, cast.other_store):
        visit = services.arrive(store=store.pk, customer=LIN)
        fitting = services.open_fitting(visit=visit.pk, actor=cast.zhou.pk)
        services.try_item(fitting=fitting.pk, sku=7, outcome="kept", actor=cast.zhou.pk)
    told = selectors.fittings_of(cast.viewer(cast.zhou), customers=[LIN])
    assert [(f.store_id, [(i.sku_id, i.outcome) for i in f.items]) for f in told] == [
        (cast.other_store.pk, [(7, "kept")]),
        (cast.store.pk, [(7, "kept")]),
    ]


def test_the_next_step_follows_the_farthest_one_taken(cast, saturday, visit):
    services.propose(visit=visit.pk, actor=cast.zhou.pk, style_ids=[1])
    viewer = cast.viewer(cast.zhou)
    assert selectors.visit_view(viewer, visit.pk).next == "fitting"
    services.open_fitting(visit=visit.pk, actor=cast.zhou.pk)
    assert selectors.visit_view(viewer, visit.pk).next == "left"
    saturday.advance(1)
    services.leave(visit=visit.pk, outcome="bought", actor=cast.zhou.pk)
    left = selectors.visit_view(viewer, visit.pk)
    assert (left.next, left.outcome, left.served_by) == ("", "bought", None)
