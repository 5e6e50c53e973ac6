"""An episode remembers how it weighed; those that stand take the weight of their finding."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("findings", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="episode",
            name="severity",
            field=models.SmallIntegerField(
                null=True, choices=[(1, "Low"), (2, "Medium"), (3, "High")]
            ),
        ),
        migrations.RunSQL(
            "UPDATE findings_episode e SET severity = f.severity"
            " FROM findings_finding f WHERE f.id = e.finding_id",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="episode",
            name="severity",
            field=models.SmallIntegerField(choices=[(1, "Low"), (2, "Medium"), (3, "High")]),
        ),
    ]
