import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('accounts', '0025_agencies_of_the_past'),
    ]

    dependencies = [
        ('accounts', '0003_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficialComparison',
            fields=[
                ('agency_id', models.BigIntegerField()),
                ('agency_path', models.TextField(db_collation='C')),
                ('profile', models.SmallIntegerField()),
                ('code_version', models.SmallIntegerField()),
                ('fired', models.BigIntegerField(db_default=0, default=0)),
                ('unchecked', models.BigIntegerField(db_default=0, default=0)),
                ('official', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='comparison', serialize=False, to='accounts.official')),
                ('official_record_id', models.BigIntegerField()),
                ('status', models.SmallIntegerField()),
                ('accounts', models.SmallIntegerField()),
                ('unconfirmed', models.SmallIntegerField()),
                ('proposed', models.SmallIntegerField()),
                ('nil', models.BooleanField()),
                ('since', models.DateField()),
                ('declare_due_on', models.DateField(null=True)),
                ('declare_until', models.DateField(null=True)),
                ('accepted_code', models.SmallIntegerField(db_default=0, default=0)),
                ('gaps', models.SmallIntegerField(db_default=0, default=0)),
                ('gone_on', models.DateField(null=True)),
                ('loss_untold_since', models.DateField(null=True)),
                ('posing_untold_since', models.DateField(null=True)),
                ('provider_untold_since', models.DateField(null=True)),
                ('seal', models.BigIntegerField(db_default=0, default=0)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['agency_path', 'official'], name='officialcomparison_branch'),
                ],
            },
        ),
        # A comparison whose facts changed is written in its place, where a page has room for it.
        migrations.RunSQL(
            'ALTER TABLE accounts_officialcomparison SET (fillfactor = 90)',
            'ALTER TABLE accounts_officialcomparison RESET (fillfactor)',
        ),
        migrations.CreateModel(
            name='AgencyComparison',
            fields=[
                ('agency_path', models.TextField(db_collation='C')),
                ('profile', models.SmallIntegerField()),
                ('code_version', models.SmallIntegerField()),
                ('fired', models.BigIntegerField(db_default=0, default=0)),
                ('unchecked', models.BigIntegerField(db_default=0, default=0)),
                ('agency_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('dissolved_on', models.DateField(null=True)),
                ('regulation_from', models.DateField(null=True)),
                ('regulation_until', models.DateField(null=True)),
                ('regulation_own', models.BooleanField()),
                ('contact', models.SmallIntegerField()),
                ('seal', models.BigIntegerField(db_default=0, default=0)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['agency_path', 'agency_id'], name='agencycomparison_branch'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AgencyCoverage',
            fields=[
                ('agency_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('known', models.IntegerField(db_default=0, default=0)),
                ('staff', models.IntegerField(db_default=0, default=0)),
                ('declared', models.IntegerField(db_default=0, default=0)),
                ('nil', models.IntegerField(db_default=0, default=0)),
                ('proposed', models.IntegerField(db_default=0, default=0)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('declared__gte', 0), ('known__gte', models.F('staff')), ('nil__gte', 0), ('proposed__gte', 0), ('staff__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('declared'), '+', models.F('nil')), '+', models.F('proposed')))), name='coverage_adds_up'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='mark_coverage_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                INSERT INTO accounts_coveragemark (agency_id) SELECT DISTINCT agency_id FROM changed_rows;\n                RETURN NULL;\n                ', hash='bdecf8e29becff5bd8a2f759bbca6de892dfda70', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_coverage_insert_fca65', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_agencycoverage', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_coverage_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                INSERT INTO accounts_coveragemark (agency_id) SELECT DISTINCT agency_id FROM changed_rows;\n                RETURN NULL;\n                ', hash='7f7809237bbe210196e8ed6a7fde6b616681798d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_coverage_update_87809', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_agencycoverage', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='BranchCoverage',
            fields=[
                ('path', models.TextField(db_collation='C', primary_key=True, serialize=False)),
                ('above', models.TextField(db_collation='C')),
                ('units', models.IntegerField()),
                ('agencies', models.IntegerField()),
                ('without_list', models.IntegerField()),
                ('unlisted', models.IntegerField()),
                ('staff', models.IntegerField()),
                ('declared', models.IntegerField()),
                ('nil', models.IntegerField()),
                ('proposed', models.IntegerField()),
                ('holds_until', models.DateField(null=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['above'], name='branchcoverage_above'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CoverageMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField()),
                ('agency_path', models.TextField(db_collation='C')),
                ('profile', models.SmallIntegerField()),
                ('code_version', models.SmallIntegerField()),
                ('fired', models.BigIntegerField(db_default=0, default=0)),
                ('unchecked', models.BigIntegerField(db_default=0, default=0)),
                ('official_id', models.BigIntegerField(null=True)),
                ('official_record_id', models.BigIntegerField(null=True)),
                ('standing', models.SmallIntegerField()),
                ('owner_status', models.SmallIntegerField()),
                ('name_verdict', models.SmallIntegerField()),
                ('name_step', models.SmallIntegerField()),
                ('name_flags', models.SmallIntegerField()),
                ('agency_verdict', models.SmallIntegerField()),
                ('agency_shown_id', models.BigIntegerField(null=True)),
                ('disclaimer_verdict', models.SmallIntegerField()),
                ('photo_verdict', models.SmallIntegerField()),
                ('photo', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.photo')),
                ('rival_claims', models.SmallIntegerField()),
                ('registered_on', models.DateField()),
                ('confirmed_on', models.DateField(null=True)),
                ('confirm_due_on', models.DateField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.account')),
                ('facts', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.declaredfacts')),
                ('agency_shown_until', models.DateField(null=True)),
                ('changed_on', models.DateField(null=True)),
                ('commitments', models.SmallIntegerField()),
                ('confirm_due_until', models.DateField(null=True)),
                ('employer_named', models.SmallIntegerField()),
                ('handle_verdict', models.SmallIntegerField()),
                ('link_verdict', models.SmallIntegerField()),
                ('photo_due_on', models.DateField(null=True)),
                ('photo_due_until', models.DateField(null=True)),
                ('photo_on', models.DateField(null=True)),
                ('agency_key', models.BigIntegerField(null=True)),
                ('name_key', models.BigIntegerField(null=True)),
                ('seal', models.BigIntegerField(db_default=0, default=0)),
                ('draft', models.GeneratedField(db_persist=True, expression=models.Case(models.When(standing=0, then=models.F('facts'))), output_field=models.BigIntegerField(null=True))),
            ],
            options={
                'indexes': [
                    models.Index(fields=['agency_path', 'id'], name='comparison_branch'),
                    models.Index(fields=['official_id'], name='comparison_official'),
                    models.Index(condition=models.Q(('agency_shown_id__isnull', False)), fields=['agency_shown_id'], name='comparison_shown'),
                    models.Index(condition=models.Q(('agency_key__isnull', False)), fields=['agency_key'], name='comparison_agency_key'),
                    models.Index(condition=models.Q(('name_key__isnull', False)), fields=['name_key'], name='comparison_name_key'),
                    models.Index(condition=models.Q(('photo__isnull', False)), fields=['photo'], name='comparison_photo'),
                    models.Index(condition=models.Q(('draft__isnull', False)), fields=['draft'], include=('agency_path',), name='comparison_draft'),
                    models.Index(condition=models.Q(('draft__isnull', True), ('rival_claims__gt', 0)), fields=['account'], include=('agency_path', 'official_id'), name='comparison_rivals'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'draft'), name='comparison_once', nulls_distinct=False),
                ],
            },
        ),
        migrations.RunSQL(
            'ALTER TABLE accounts_comparison SET (fillfactor = 90)',
            'ALTER TABLE accounts_comparison RESET (fillfactor)',
        ),
        migrations.CreateModel(
            name='PageComparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField()),
                ('agency_path', models.TextField(db_collation='C')),
                ('profile', models.SmallIntegerField()),
                ('code_version', models.SmallIntegerField()),
                ('seal', models.BigIntegerField(db_default=0, default=0)),
                ('fired', models.BigIntegerField(db_default=0, default=0)),
                ('unchecked', models.BigIntegerField(db_default=0, default=0)),
                ('standing', models.SmallIntegerField()),
                ('dissolved_on', models.DateField(null=True)),
                ('name_verdict', models.SmallIntegerField()),
                ('decision', models.BooleanField()),
                ('responsible', models.SmallIntegerField()),
                ('authorised', models.BooleanField()),
                ('administrators', models.SmallIntegerField()),
                ('administrators_gone', models.SmallIntegerField()),
                ('minimum', models.SmallIntegerField(null=True)),
                ('enough', models.BooleanField(null=True)),
                ('minimum_from', models.DateField(null=True)),
                ('minimum_until', models.DateField(null=True)),
                ('contact', models.SmallIntegerField()),
                ('badge', models.SmallIntegerField()),
                ('badge_seen_on', models.DateField(null=True)),
                ('portal', models.SmallIntegerField()),
                ('data_notice', models.BooleanField()),
                ('feedback', models.BooleanField()),
                ('registered_on', models.DateField()),
                ('confirmed_on', models.DateField(null=True)),
                ('confirm_due_on', models.DateField(null=True)),
                ('confirm_due_until', models.DateField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.account')),
                ('facts', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.declaredfacts')),
                ('handle_looks', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('handle_readings', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('draft', models.GeneratedField(db_persist=True, expression=models.Case(models.When(standing=0, then=models.F('facts'))), output_field=models.BigIntegerField(null=True))),
            ],
            options={
                'indexes': [
                    models.Index(fields=['agency_path', 'id'], name='pagecomparison_branch'),
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['handle_looks'], name='page_handle_looks'),
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['handle_readings'], name='page_handle_readings'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'draft'), name='pagecomparison_once', nulls_distinct=False),
                ],
            },
        ),
        migrations.RunSQL(
            'ALTER TABLE accounts_pagecomparison SET (fillfactor = 90)',
            'ALTER TABLE accounts_pagecomparison RESET (fillfactor)',
        ),
    ]
