from django.db import migrations, models

# Every episode: those that ended, and of each finding that stands the one going on.
VIEW = """
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


class Migration(migrations.Migration):
    replaces = [
        ('findings', '0012_days_compared'),
    ]

    dependencies = [
        ('findings', '0001_tables'),
    ]

    operations = [
        # The table was once called as the view is now: its sequence, key and indexes keep that name everywhere.
        migrations.AlterModelTable(name='PastEpisode', table=None),
        migrations.RunSQL(VIEW, 'DROP VIEW findings_episode'),
        migrations.CreateModel(
            name='Episode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=10)),
                ('cause', models.CharField(blank=True, default='', max_length=20)),
                ('article', models.CharField(blank=True, default='', max_length=60)),
                ('severity', models.SmallIntegerField(choices=[(1, 'Low'), (2, 'Medium'), (3, 'High')])),
                ('rule_version', models.SmallIntegerField()),
                ('evidence', models.JSONField(default=dict)),
                ('opened_at', models.DateTimeField()),
                ('opened_reason', models.CharField(max_length=12)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_reason', models.CharField(blank=True, default='', max_length=12)),
            ],
            options={
                'db_table': 'findings_episode',
                'managed': False,
            },
        ),
    ]
