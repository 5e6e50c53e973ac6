import common.clock
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('evidence', '0001_initial'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
    ]

    operations = [
        migrations.CreateModel(
            name='Site',
            fields=[
                ('origin', models.CharField(max_length=300, primary_key=True, serialize=False)),
                ('free_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('robots', models.TextField(blank=True, db_default='')),
                ('robots_state', models.CharField(blank=True, db_default='', max_length=20)),
                ('robots_until', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('direction', models.CharField(max_length=20)),
                ('seen_at', models.DateTimeField(db_default=common.clock.ClockTime())),
                ('result', models.CharField(max_length=20)),
                ('cause', models.CharField(blank=True, default='', max_length=20)),
                ('how', models.CharField(blank=True, default='', max_length=20)),
                ('found', models.TextField(blank=True, default='')),
                ('asked_url', models.TextField(blank=True, default='')),
                ('final_url', models.TextField(blank=True, default='')),
                ('final_address', models.GenericIPAddressField(null=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='accounts.account')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['account', 'direction', '-id'], name='sighting_of_page'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('result', 'could_not_check'), models.Q(('cause', ''), _negated=True)), models.Q(models.Q(('result', 'could_not_check'), _negated=True), ('cause', '')), _connector='OR'), name='sighting_could_not_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('result', 'linked'), models.Q(('how', ''), _negated=True), models.Q(('found', ''), _negated=True)), models.Q(models.Q(('result', 'linked'), _negated=True), ('found', ''), ('how', '')), _connector='OR'), name='sighting_linked_how'),
                    models.CheckConstraint(condition=models.Q(('result', 'could_not_check'), models.Q(('final_url', ''), _negated=True), _connector='OR'), name='sighting_seen_where'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='of_an_agency', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT EXISTS (SELECT FROM accounts_ownership o WHERE o.account_id = NEW.account_id\n                           AND o.agency_id IS NOT NULL AND o.official_id IS NULL\n                           AND o.recorded_until IS NULL) THEN\n                RAISE EXCEPTION 'only pages that agencies own are looked at'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='b9d461d9c10ec754c9c2bd5fab14e72d266787b2', operation='INSERT', pgid='pgtrigger_of_an_agency_70ec0', table='evidence_sighting', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7762590f6985cd3d6014094fd143a4b0aba19809', operation='UPDATE OR DELETE', pgid='pgtrigger_immutable_a5f50', table='evidence_sighting', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='watch', serialize=False, to='accounts.account')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('asked_at', models.DateTimeField(null=True)),
                ('token', models.UUIDField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(db_default=0)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['due_at'], name='watch_due'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', True), ('token__isnull', True)), models.Q(('lease_until__isnull', False), ('token__isnull', False)), _connector='OR'), name='watch_leased_by_whom'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='of_an_agency', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT EXISTS (SELECT FROM accounts_ownership o WHERE o.account_id = NEW.account_id\n                           AND o.agency_id IS NOT NULL AND o.official_id IS NULL\n                           AND o.recorded_until IS NULL) THEN\n                RAISE EXCEPTION 'only pages that agencies own are looked at'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n            ", hash='20e1fb8773c36ac829d49b820f114b00cd098351', operation='INSERT', pgid='pgtrigger_of_an_agency_187e8', table='evidence_watch', when='BEFORE')),
                ],
            },
        ),
    ]
