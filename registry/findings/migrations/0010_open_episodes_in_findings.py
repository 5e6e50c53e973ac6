import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

# Each finding takes up the last of its episodes, which is the one going on where it is not resolved.
_TAKE_UP = """
UPDATE findings_finding f
SET episode_at = e.opened_at, episode_in_id = e.opened_in_id, episode_reason = e.opened_reason,
    episode_version = e.rule_version, episode_evidence = nullif(e.evidence, f.evidence)
FROM (
    SELECT DISTINCT ON (finding_id) * FROM findings_pastepisode
    ORDER BY finding_id, closed_at DESC NULLS FIRST, id DESC
) e WHERE e.finding_id = f.id
"""

_VIEW = """
CREATE VIEW findings_episode AS
SELECT id, finding_id, state, cause, article, severity, rule_version, evidence,
       opened_at, opened_in_id, opened_reason, closed_at, closed_in_id, closed_reason
FROM findings_pastepisode
UNION ALL
SELECT -id, id, (CASE cause WHEN '' THEN 'open' ELSE 'unchecked' END)::varchar(10), cause, article, severity,
       episode_version, coalesce(episode_evidence, evidence),
       episode_at, episode_in_id, episode_reason, NULL::timestamptz, NULL::bigint, ''::varchar(12)
FROM findings_finding WHERE state <> 'resolved'
"""


def _run(**more):
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="findings.run",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("findings", "0009_findings_in_place")]

    operations = [
        migrations.RemoveConstraint(model_name="episode", name="episode_one_open"),
        migrations.RemoveConstraint(model_name="episode", name="episode_closed_when"),
        migrations.RenameModel("Episode", "PastEpisode"),
        migrations.AddField("finding", "episode_at", models.DateTimeField(null=True)),
        migrations.AddField("finding", "episode_in", _run(null=True)),
        migrations.AddField("finding", "episode_reason", models.CharField(max_length=12, null=True)),
        migrations.AddField("finding", "episode_version", models.SmallIntegerField(null=True)),
        migrations.AddField("finding", "episode_evidence", models.JSONField(null=True)),
        migrations.RunSQL(_TAKE_UP, migrations.RunSQL.noop),
        migrations.RunSQL("DELETE FROM findings_pastepisode WHERE closed_at IS NULL", migrations.RunSQL.noop),
        # the rows of the two are no longer waited for by any constraint: what follows alters their tables
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("finding", "episode_at", models.DateTimeField()),
        migrations.AlterField("finding", "episode_in", _run()),
        migrations.AlterField("finding", "episode_reason", models.CharField(max_length=12)),
        migrations.AlterField("finding", "episode_version", models.SmallIntegerField()),
        migrations.AlterField("pastepisode", "closed_at", models.DateTimeField()),
        migrations.AlterField("pastepisode", "closed_in", _run()),
        migrations.AlterField("pastepisode", "closed_reason", models.CharField(max_length=12)),
        migrations.AlterField(
            "pastepisode", "finding",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="findings.finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="pastepisode",
            constraint=models.CheckConstraint(
                condition=Q(("closed_at__gte", F("opened_at")), ~Q(("closed_reason", ""))),
                name="episode_closed_when",
            ),
        ),
        migrations.RunSQL(_VIEW, "DROP VIEW findings_episode"),
        migrations.CreateModel(
            name="Episode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=10)),
                ("cause", models.CharField(blank=True, default="", max_length=20)),
                ("article", models.CharField(blank=True, default="", max_length=60)),
                ("severity", models.SmallIntegerField(choices=[(1, "Low"), (2, "Medium"), (3, "High")])),
                ("rule_version", models.SmallIntegerField()),
                ("evidence", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField()),
                ("opened_reason", models.CharField(max_length=12)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_reason", models.CharField(blank=True, default="", max_length=12)),
            ],
            options={"db_table": "findings_episode", "managed": False},
        ),
    ]
