"""Accounts of before get keys for their names, and those whose names look alike are told apart."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.mark.django_db(transaction=True)
def test_members_whose_names_look_alike_keep_apart_when_names_get_keys() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("reader", "0002_saved_filters")])
    before = executor.loader.project_state([("reader", "0002_saved_filters")]).apps.get_model("reader", "User")
    first, second, other = (before.objects.create(username=name, password="x") for name in ("Ada", "ada", "Tom"))
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    after = executor.loader.project_state(executor.loader.graph.leaf_nodes()).apps.get_model("reader", "User")
    names = {user.pk: (user.username, user.key) for user in after.objects.all()}
    assert names[first.pk] == ("Ada", "ada")
    assert names[second.pk] == (f"ada-{second.pk}", f"ada-{second.pk}")
    assert names[other.pk] == ("Tom", "tom")
