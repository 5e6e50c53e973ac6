from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("changes", "0003_names_of_an_agency")]

    operations = [
        # Logical replication, where an office uses it, then tells rows apart by all they hold.
        migrations.RunSQL(
            "ALTER TABLE changes_changemark DROP CONSTRAINT changes_changemark_pkey;"
            "ALTER TABLE changes_changemark REPLICA IDENTITY FULL",
            "ALTER TABLE changes_changemark ADD PRIMARY KEY (id);"
            "ALTER TABLE changes_changemark REPLICA IDENTITY DEFAULT",
        ),
    ]
