"""The database itself refuses to change or delete an audit line.

SQLite drops a table's triggers when a later migration rebuilds the table: such a
migration ends with ``guard`` of this one again.
"""

from django.db import migrations

REFUSAL = "Jejak audit tidak dapat diubah atau dihapus."

SQLITE = [
    f"""
    CREATE TRIGGER audit_entry_is_not_{name}
    BEFORE {act} ON agencies_auditentry
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for name, act in (("changed", "UPDATE"), ("deleted", "DELETE"))
]
SQLITE_UNDO = [
    "DROP TRIGGER audit_entry_is_not_changed",
    "DROP TRIGGER audit_entry_is_not_deleted",
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION refuse_to_touch_audit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_stays_as_written
    BEFORE UPDATE OR DELETE ON agencies_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_to_touch_audit()
    """,
]
POSTGRESQL_UNDO = [
    "DROP TRIGGER audit_entry_stays_as_written ON agencies_auditentry",
    "DROP FUNCTION refuse_to_touch_audit()",
]


def guard(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_UNDO if sqlite else POSTGRESQL_UNDO:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
