"""Stylesheets and scripts under names that carry their digest, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Rewrites imports between modules as well, so that a changed module is fetched by those who import it."""

    support_js_module_import_aggregation = True
