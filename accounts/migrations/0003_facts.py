import common.clock
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('accounts', '0024_branches_added_up'),
    ]

    dependencies = [
        ('accounts', '0002_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeAcceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='code_acceptances', to='accounts.official')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('official', 'version'), name='codeacceptance_one_current', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='codeacceptance_period'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='b42892ce8761aeaa0dff646269e30afb778ac759', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_825aa', table='accounts_codeacceptance', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='mark_official_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='e762d6cf179f2b49520261f5813061ee7f07bd32', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_official_insert_ed88e', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_codeacceptance', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_official_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='4a79ec5efab20c0a6e37ebf74a5be11f9254fda8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_official_update_28501', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_codeacceptance', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(max_length=20)),
                ('impostor_link', models.TextField(blank=True, default='')),
                ('noticed_on', models.DateField()),
                ('reported_at', models.DateTimeField()),
                ('provider_told_on', models.DateField(blank=True, null=True)),
                ('superior_told_on', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, default='', max_length=20)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='accounts.account')),
                ('closed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='accounts.official')),
                ('provider_told_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superior_told_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('closed_at__isnull', True), ('recorded_until__isnull', True)), fields=['official', 'noticed_on'], name='incident_open'),
                    models.Index(condition=models.Q(('closed_at__isnull', True), ('recorded_until__isnull', True)), fields=['noticed_on', 'id'], name='incident_waiting'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('provider_told_by__isnull', True), ('provider_told_on__isnull', True)), models.Q(('provider_told_by__isnull', False), ('provider_told_on__isnull', False)), _connector='OR'), name='incident_provider_told_who_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('superior_told_by__isnull', True), ('superior_told_on__isnull', True)), models.Q(('superior_told_by__isnull', False), ('superior_told_on__isnull', False)), _connector='OR'), name='incident_superior_told_who_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='incident_closed_who_when_how'),
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('public_id',), name='incident_one_current', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='incident_period'),
                    models.UniqueConstraint(condition=models.Q(('account__isnull', False), ('closed_at__isnull', True), ('recorded_until__isnull', True)), fields=('official', 'account', 'kind'), name='incident_open_once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='mark_official_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='d01c9520fc4873e5837ee0daf1de5fcec6518a6e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_official_insert_ff26e', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_incident', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_official_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='e5241e4f0cc48f323dcc3180c3862ea92451d694', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_official_update_6c26c', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_incident', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='16e1a1b37710d5ca715fb3d4ee1649bd7213f738', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ea072', table='accounts_incident', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReportedFake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('name_shown', models.TextField(blank=True, default='')),
                ('confirmed_on', models.DateField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_fakes', to='accounts.account')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reported_fakes', to='accounts.agency')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('account', 'agency'), name='fake_one_current', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='fake_period'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='255488fc952efa8ed3124e7e2b9ef61b6c10287a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eeac7', table='accounts_reportedfake', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='DeclaredFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_shown', models.TextField(blank=True, default='')),
                ('photo_problem', models.CharField(blank=True, default='', max_length=40)),
                ('agency_shown', models.TextField(blank=True, default='')),
                ('disclaimer', models.TextField(blank=True, default='')),
                ('commitments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('commitments_version', models.CharField(blank=True, default='', max_length=20)),
                ('opened_on', models.DateField(blank=True, null=True)),
                ('declared_on', models.DateField(blank=True, null=True)),
                ('stated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='accounts.account')),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('agency_resolved', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('stated_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='accounts.official')),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='accounts.photo')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('agency__isnull', False)), fields=['agency'], name='facts_of_agency'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('official__isnull', True), ('agency__isnull', True), _connector='XOR'), name='facts_one_declarant'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='092854de17cd5730b5e76f7b4755fb7df8022da7', operation='UPDATE', pgid='pgtrigger_immutable_da1e2', table='accounts_declaredfacts', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('standing', models.CharField(choices=[('unconfirmed', "Registered on the person's behalf, not yet confirmed"), ('confirmed', 'Confirmed')], max_length=20)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='accounts.account')),
                ('facts', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='accounts.declaredfacts')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('account',), name='entry_one_current', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='entry_period'),
                    models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', False), ('standing', 'confirmed')), models.Q(('confirmed_at__isnull', True), ('standing', 'unconfirmed')), _connector='OR'), name='entry_confirmed_when'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='cdceed4497a2de108e0c1633974304e1356aa12f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a0ddb', table='accounts_entry', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='mark_account_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 2, account_id FROM changed_rows WHERE account_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='e7eb35d9808c5f4427b5d4fcfa5e30b7b94fc297', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_account_insert_55a85', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_entry', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_account_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 2, account_id FROM changed_rows WHERE account_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='8e550aaa4b88737b6e70933109188440a2c663bb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_account_update_c061e', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_entry', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('other', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.photo')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='likenesses', to='accounts.photo')),
                ('cropped', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('photo', 'other'), name='likeness_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('facts', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='accounts.declaredfacts')),
                ('opened_at', models.DateTimeField(db_default=common.clock.ClockTime())),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='accounts.account')),
            ],
            options={
                'triggers': [
                    pgtrigger.compiler.Trigger(name='mark_account_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 2, account_id FROM changed_rows WHERE account_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='2316771c752f8669d44c5d0069758024f80fbd40', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_account_insert_d67d5', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_proposal', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_account_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 2, account_id FROM changed_rows WHERE account_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='434d0a68562a11240bca56d77cf2f5613db85845', level='STATEMENT', operation='DELETE', pgid='pgtrigger_mark_account_delete_f013a', referencing='REFERENCING OLD TABLE AS changed_rows ', table='accounts_proposal', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='keep_past', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO accounts_pastproposal (facts_id, account_id, opened_at, closed_at)\n                    SELECT facts_id, account_id, opened_at, greatest(clock_timestamp(), opened_at)\n                    FROM ended_rows;\n                    RETURN NULL;\n                    ', hash='e87ef9d183fdbc110897ecd782d0da89aa0decf7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_keep_past_0982c', referencing='REFERENCING OLD TABLE AS ended_rows ', table='accounts_proposal', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='PastProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='past_proposals', to='accounts.account')),
                ('facts', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='past_proposals', to='accounts.declaredfacts')),
            ],
        ),
        migrations.CreateModel(
            name='PageFacts',
            fields=[
                ('facts', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='page', serialize=False, to='accounts.declaredfacts')),
                ('decision_number', models.CharField(blank=True, default='', max_length=120)),
                ('decision_on', models.DateField(blank=True, null=True)),
                ('responsible_role', models.CharField(blank=True, default='', max_length=20)),
                ('authorised_number', models.CharField(blank=True, default='', max_length=120)),
                ('authorised_on', models.DateField(blank=True, null=True)),
                ('contact_phone', models.CharField(blank=True, default='', max_length=30)),
                ('contact_email', models.CharField(blank=True, default='', max_length=254)),
                ('badge', models.CharField(blank=True, default='', max_length=20)),
                ('badge_from', models.CharField(blank=True, default='', max_length=20)),
                ('badge_evidence', models.TextField(blank=True, default='')),
                ('badge_seen_on', models.DateField(blank=True, null=True)),
                ('portal_url', models.TextField(blank=True, default='')),
                ('data_notice', models.TextField(blank=True, default='')),
                ('feedback', models.TextField(blank=True, default='')),
                ('responsible', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pages_answered', to='accounts.official')),
                ('badge_photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.photo')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('responsible__isnull', True), ('responsible_role', '')), models.Q(('responsible__isnull', False), models.Q(('responsible_role', ''), _negated=True)), _connector='OR'), name='page_responsible_as_what'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4018fa39956f77de36fb060f97e0d1238806e7b0', operation='UPDATE', pgid='pgtrigger_immutable_9c9ac', table='accounts_pagefacts', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='PageAdministrator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages_run', to='accounts.official')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='administrators', to='accounts.pagefacts')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('page', 'official'), name='page_administrator_once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4ba3ae6aaa9cb2aa049d16772be7b7ab3b764630', operation='UPDATE', pgid='pgtrigger_immutable_93a09', table='accounts_pageadministrator', when='BEFORE')),
                ],
            },
        ),
    ]
