import django.db.models.functions.datetime
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('audit', '0001_initial'),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('act', models.CharField(max_length=60)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('subject_kind', models.CharField(max_length=30)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('agency_path', models.TextField(blank=True, db_collation='C', default='')),
                ('payload', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['subject_kind', 'subject_id', 'id'], name='audit_subject'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0450288fcb55201b346da4e2d56d2293ba7aac03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_00dfa', table='audit_auditevent', when='BEFORE')),
                ],
            },
        ),
    ]
