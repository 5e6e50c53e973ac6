import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('samples', '0001_initial'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('as_of', models.DateTimeField()),
                ('drawn', models.CharField(max_length=10)),
                ('rule', models.CharField(blank=True, default='', max_length=10)),
                ('state', models.CharField(blank=True, default='', max_length=10)),
                ('strata', models.CharField(max_length=10)),
                ('seed', models.CharField(max_length=60)),
                ('size', models.IntegerField()),
                ('method', models.SmallIntegerField()),
                ('population', models.BigIntegerField()),
                ('population_sha256', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('drawn_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('earlier', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='samples.sample')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['-drawn_at', '-id'], name='sample_latest'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='sample_of_some'),
                    models.CheckConstraint(condition=models.Q(('seed', ''), _negated=True), name='sample_has_a_seed'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='540c02a90f28e430cf74e3efc03b90f36fc75375', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7620', table='samples_sample', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('stratum', models.CharField(blank=True, default='', max_length=60)),
                ('digest', models.CharField(max_length=64)),
                ('is_drawn', models.BooleanField()),
                ('is_carried', models.BooleanField()),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.account')),
                ('official', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='samples.sample')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('sample', 'place'), name='item_place'),
                    models.UniqueConstraint(fields=('sample', 'official', 'account'), name='item_once', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(('is_drawn', True), ('is_carried', True), _connector='OR'), name='item_for_a_reason'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d949fba6113a63261317976e5e11ae03dcaf4d9d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_114ac', table='samples_item', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Stratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('population', models.BigIntegerField()),
                ('size', models.IntegerField()),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stratum_set', to='samples.sample')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('sample', 'code'), name='stratum_once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='34a83e88af2058bc60f05422ff3f01af758154d8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a1e7', table='samples_stratum', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(max_length=12)),
                ('note', models.TextField(blank=True, default='')),
                ('given_at', models.DateTimeField()),
                ('given_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='samples.item')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('answer', 'in_line'), models.Q(('note', ''), _negated=True), _connector='OR'), name='verdict_says_why'),
                    models.UniqueConstraint(fields=('item', 'given_at'), name='verdict_in_turn'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f035579cdc510aec314ab4d6f4eff29b49e4e752', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e91d', table='samples_verdict', when='BEFORE')),
                ],
            },
        ),
    ]
