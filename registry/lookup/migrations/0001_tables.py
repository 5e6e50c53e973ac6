import common.clock
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import registry.lookup.models
from django.conf import settings
from django.db import migrations, models

# The planner takes a hundred hashes for a sixth of the table, and a comparison of arrays for one of numbers: it
# would read the whole table, in seconds. Under this setting it takes the index, in a millisecond.
NEAR = """
CREATE FUNCTION lookup_near(hashes integer[], most integer) RETURNS SETOF lookup_spelling
LANGUAGE sql STABLE SET enable_seqscan = off AS
$$ SELECT * FROM lookup_spelling WHERE near && hashes LIMIT most $$
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('lookup', '0001_public_lookup'),
        ('lookup', '0002_told_of_reports'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SpellingState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_from', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ImpostorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.CharField(default=registry.lookup.models.new_ticket, editable=False, max_length=20, unique=True)),
                ('platform', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('key', models.TextField(db_collation='C')),
                ('shown', models.TextField()),
                ('url', models.TextField()),
                ('name_shown', models.CharField(blank=True, default='', max_length=200)),
                ('times', models.PositiveIntegerField(default=1)),
                ('reported_at', models.DateTimeField(db_default=common.clock.ClockTime())),
                ('state', models.CharField(default='open', max_length=20)),
                ('answered_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='impostor_reports', to='accounts.agency')),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('told_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'open')), fields=['agency', 'id'], name='impostor_open'),
                    models.Index(condition=models.Q(('state', 'open'), ('told_at__isnull', True)), fields=['id'], name='impostor_untold'),
                    models.Index(fields=['agency', 'told_at'], name='impostor_told'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('agency', 'platform', 'kind', 'key'), name='impostor_reported_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='impostor_answered_when_by_whom'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Spelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SmallIntegerField()),
                ('text', models.TextField()),
                ('key', models.TextField(db_collation='C')),
                ('near', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='accounts.account')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='accounts.agency')),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['near'], name='spelling_near'),
                ],
            },
        ),
        migrations.RunSQL(NEAR, 'DROP FUNCTION lookup_near'),
    ]
