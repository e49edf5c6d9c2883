"""An index over the audit trail: the newest entries of one cluster among many."""

from django.db import migrations

# As kontor.accounts.services.audit.ClusterOfEntry writes it: an index only helps if the words are the same.
CLUSTER = {
    "postgresql": "((additional_data ->> 'cluster')::bigint)",
    "sqlite": "(JSON_EXTRACT(additional_data, '$.cluster'))",
}


def add_index(apps, schema_editor):
    expression = CLUSTER[schema_editor.connection.vendor]
    schema_editor.execute(
        f"CREATE INDEX audit_by_cluster_and_time ON auditlog_logentry ({expression}, timestamp DESC, id DESC)"
    )


def remove_index(apps, schema_editor):
    schema_editor.execute("DROP INDEX audit_by_cluster_and_time")


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
        ("auditlog", "0017_add_actor_email"),
    ]

    operations = [migrations.RunPython(add_index, remove_index)]
