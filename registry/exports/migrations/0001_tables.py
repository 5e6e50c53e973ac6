import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('exports', '0001_initial'),
        ('exports', '0002_initial'),
        ('exports', '0003_orders'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency_path', models.TextField(db_collation='C')),
                ('as_of', models.DateTimeField()),
                ('format', models.CharField(max_length=10)),
                ('filter', models.JSONField(default=dict)),
                ('rows', models.BigIntegerField()),
                ('size', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('file_name', models.TextField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['-created_at', '-id'], name='export_latest'),
                    models.Index(fields=['sha256'], name='export_sha256'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6324c07e555bf11b4291adedcbc1a60a91afea7f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ea621', table='exports_export', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('agency_path', models.TextField(db_collation='C')),
                ('day', models.DateField(null=True)),
                ('format', models.CharField(max_length=10)),
                ('filter', models.JSONField(default=dict)),
                ('language', models.CharField(max_length=5)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('error_message', models.TextField(blank=True, default='')),
                ('file', models.CharField(blank=True, default='', max_length=40)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('export', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exports.export')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['by', '-id'], name='order_of_person'),
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['id'], name='order_waiting'),
                ],
            },
        ),
    ]
