from django.urls import path

from clothier.desks.membership.rewards import boxes, coupons, fairness, shop, single

urlpatterns = [
    path("coupons/", coupons.listing, name="coupons"),
    path("coupons/new/", coupons.new, name="coupon-new"),
    path("coupons/fairness/", fairness.page, name="fairness"),
    path("coupons/fairness.csv", fairness.table, name="fairness-table"),
    path("coupons/search/", single.search, name="coupon-search"),
    path("coupons/one/<int:coupon>/", single.page, name="coupon-one"),
    path("coupons/one/<int:coupon>/withdrawal/", single.withdrawal, name="coupon-withdrawal"),
    path("coupons/batches/<int:batch>/stop/", coupons.stopping, name="coupon-batch-stop"),
    path("coupons/<int:template>/", coupons.page, name="coupon"),
    path("coupons/<int:template>/edit/", coupons.edit, name="coupon-edit"),
    path("coupons/<int:template>/opening/", coupons.opening, name="coupon-opening"),
    path("coupons/<int:template>/closing/", coupons.closing, name="coupon-closing"),
    path("coupons/<int:template>/batches/", coupons.sending, name="coupon-sending"),
    path("coupons/<int:template>/issue/", single.issuing, name="coupon-issuing"),
    path("rewards/", shop.listing, name="rewards"),
    path("rewards/exchanges/", shop.exchange, name="reward-exchange"),
    path("rewards/collection/", shop.collection, name="reward-collection"),
    path("rewards/exchanges/<int:exchange>/cancellation/", shop.cancellation, name="reward-cancellation"),
    path("rewards/items/", shop.shelf, name="reward-shelf"),
    path("rewards/items/new/", shop.new, name="reward-new"),
    path("rewards/items/<int:item>/sale/", shop.sale, name="reward-sale"),
    path("rewards/items/<int:item>/stock/", shop.stock, name="reward-stock"),
    path("blindbox/", boxes.listing, name="boxes"),
    path("blindbox/new/", boxes.new, name="box-new"),
    path("blindbox/drafts/<int:box>/", boxes.draft, name="box-draft"),
    path("blindbox/drafts/<int:box>/publication/", boxes.publication, name="box-publication"),
    path("blindbox/<slug:code>/", boxes.published, name="box"),
    path("blindbox/<slug:code>/draws.csv", boxes.draws_table, name="box-draws"),
]
