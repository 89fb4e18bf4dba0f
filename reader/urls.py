"""Addresses. They do not change."""

from django.conf import settings
from django.contrib import admin
from django.urls import path, register_converter

from reader.addresses import Digest, Number, Slug
from reader.views import (
    accounts,
    asking,
    desk,
    feeds,
    filters,
    gates,
    history,
    house,
    members,
    names,
    pairing,
    rules,
    shelves,
    works,
)

register_converter(Number, "number")
register_converter(Slug, "name")
register_converter(Digest, "digest")

urlpatterns = [
    path("", shelves.browse, name="browse"),
    path("asking/", asking.asking, name="asking"),
    path("addresses.txt", shelves.addresses, name="addresses"),
    path("feed/", feeds.feed, name="feed"),
    path("filters/", filters.all_of_them, name="filters"),
    path("filters/<number:number>/", filters.one, name="filter"),
    path("works/<number:number>/", works.work, name="work"),
    path("works/<number:number>/chapters/<number:place>/", works.chapter, name="chapter"),
    path("works/<number:number>/all/", works.whole, name="whole"),
    path("works/<number:number>/history/", history.history, name="history"),
    path("works/<number:number>/versions/<number:older>/", history.version, name="version"),
    path(
        "works/<number:number>/versions/<number:older>/chapters/<number:place>/",
        history.version,
        name="version-chapter",
    ),
    path("works/<number:number>/versions/<number:older>/all/", history.whole, name="version-whole"),
    path("works/<number:number>/versions/<number:older>/changes/", history.changes, name="changes"),
    path("works/<number:number>/originals/<digest:sha256>/", history.original, name="original"),
    path("works/<number:number>/pictures/<digest:sha256>/", works.picture, name="picture"),
    path("works/<number:number>/labels/", rules.labels, name="labels"),
    path("works/<number:number>/agree/", gates.agree, name="agree"),
    path("tags/<slug:kind>/", names.tags, name="tags"),
    path("authors/", names.directory, {"kind": "author"}, name="authors"),
    path("series/", names.directory, {"kind": "series"}, name="all-series"),
    path("languages/", names.directory, {"kind": "language"}, name="languages"),
    path("tags/<slug:kind>/<name:slug>/", shelves.tag, name="tag"),
    path("authors/<name:slug>/", shelves.author, name="author"),
    path("series/<number:number>/", shelves.series, name="series"),
    path("suggest/", names.suggest, name="suggest"),
    path("agreement/", gates.adult_works, name="agreement"),
    path("settings/", desk.settings, name="settings"),
    path("settings/rules/", rules.rules, name="rules"),
    path("settings/rules/avoid/", rules.avoid, name="avoid"),
    path("login/", accounts.sign_in, name="login"),
    path("logout/", accounts.sign_out, name="logout"),
    path("forgotten/", accounts.forgotten, name="forgotten"),
    path("forgotten/<number:number>/<str:token>/", accounts.new_password, name="new-password"),
    path("register/", accounts.register, name="register"),
    path("invitations/<str:token>/", accounts.invitation, name="invitation"),
    path("pair/", pairing.pair, name="pair"),
    path("account/", members.desk, name="account"),
    path("account/password/", members.password, name="password"),
    path("account/devices/", members.all_devices, name="devices"),
    path("account/devices/<number:number>/", members.device, name="device"),
    path("account/pairing/", pairing.show, name="pairing"),
    path("account/tokens/", members.all_tokens, name="tokens"),
    path("account/tokens/<number:number>/", members.token, name="token"),
    path("account/kept/", members.everything, name="kept"),
    path("account/kept.json", members.exported, name="kept-file"),
    path("account/close/", members.close, name="close"),
    path("welcome/<str:token>/", accounts.welcome, name="welcome"),
    path("healthz", house.health, name="healthz"),
    path("robots.txt", house.robots, name="robots"),
    path("favicon.ico", house.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
if settings.OIDC:
    from reader.views import elsewhere  # what it stands on need not be installed

    urlpatterns += [
        path("login/elsewhere/", elsewhere.begin, name="elsewhere"),
        path("login/elsewhere/back/", elsewhere.back, name="elsewhere-back"),
        path("account/elsewhere/", elsewhere.connection, name="connection"),
    ]
