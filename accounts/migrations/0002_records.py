import accounts.models.official
import common.clock
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('accounts', '0002_initial'),
        ('accounts', '0003_references_by_statement'),
        ('accounts', '0004_incidents_codes_and_agencies_compared'),
        ('accounts', '0005_accounts_compared_further'),
        ('accounts', '0006_incidents_as_records'),
        ('accounts', '0007_slight_crops'),
        ('accounts', '0008_what_is_over'),
        ('accounts', '0009_seal_of_comparisons'),
        ('accounts', '0010_who_worked_where'),
        ('accounts', '0011_reorganisations'),
        ('accounts', '0012_coverage_counted'),
        ('accounts', '0013_pages'),
        ('accounts', '0014_people_found_and_moved'),
        ('accounts', '0015_page_handles'),
        ('accounts', '0016_people_marked_once'),
        ('accounts', '0017_staff_of_an_agency'),
        ('accounts', '0018_page_ends'),
        ('accounts', '0019_facts_of_agencies'),
        ('accounts', '0020_comparisons_in_place'),
        ('accounts', '0021_found_in_order'),
        ('accounts', '0022_sides_of_what_waits'),
        ('accounts', '0023_lists_in_order'),
    ]

    dependencies = [
        ('accounts', '0001_subjects'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('path', models.TextField(db_collation='C')),
                ('name', models.TextField()),
                ('name_en', models.TextField(blank=True, default='')),
                ('short_name', models.TextField(blank=True, default='')),
                ('aliases', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('former_names', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('kind', models.CharField(max_length=40)),
                ('portal_url', models.TextField(blank=True, default='')),
                ('contact_email', models.EmailField(blank=True, default='', max_length=254)),
                ('contact_phone', models.CharField(blank=True, default='', max_length=30)),
                ('profile', models.SmallIntegerField(blank=True, null=True)),
                ('established_on', models.DateField(blank=True, null=True)),
                ('dissolved_on', models.DateField(blank=True, null=True)),
                ('legal_basis', models.TextField(blank=True, default='')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='accounts.agency')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('recorded_until__isnull', True)), fields=['path'], name='agency_path'),
                    models.Index(models.Func(django.db.models.functions.text.Lower('portal_url'), models.Value('^(?:[a-z]+://)?(?:www\\.)*([^/:?#@]+)'), function='substring', output_field=models.TextField()), condition=models.Q(('recorded_until__isnull', True), models.Q(('portal_url', ''), _negated=True)), name='agency_portal_host'),
                    models.Index(condition=models.Q(('recorded_until__isnull', False)), fields=['path'], name='agency_path_past'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('agency',), name='agency_one_current', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='agencyrecord_period'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='00c483c32782241ded8a62b5c6e51fa53d9097b0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc9e9', table='accounts_agencyrecord', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='mark_agency_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 3, agency_id FROM changed_rows WHERE agency_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='61f66610732a6ac0bafb01975b8b0937ab1a0847', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_agency_insert_e3d66', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_agencyrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_agency_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 3, agency_id FROM changed_rows WHERE agency_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='4790c86e9ee6c67f78bfa827ba8304028fbe8111', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_agency_update_a67df', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_agencyrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_names_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 5, n.agency_id FROM changed_rows n\n                    WHERE NOT EXISTS (\n                        SELECT FROM accounts_agencyrecord b\n                        WHERE b.agency_id = n.agency_id AND b.recorded_until = n.recorded_from\n                          AND (b.name, b.name_en, b.short_name, b.aliases, b.former_names, b.kind, b.path,\n                               b.dissolved_on)\n                              IS NOT DISTINCT FROM\n                              (n.name, n.name_en, n.short_name, n.aliases, n.former_names, n.kind, n.path,\n                               n.dissolved_on));\n                    RETURN NULL;\n                    ', hash='7a41fabc2fce7f0754e1fe7abc54cd313d76883a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_names_insert_3c06f', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_agencyrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_coverage_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                INSERT INTO accounts_coveragemark (agency_id) SELECT DISTINCT agency_id FROM changed_rows;\n                RETURN NULL;\n                ', hash='f599df9423e56b72583296c3bcfd29d0c0b99c29', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_coverage_insert_e1e66', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_agencyrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_coverage_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                INSERT INTO accounts_coveragemark (agency_id) SELECT DISTINCT agency_id FROM changed_rows;\n                RETURN NULL;\n                ', hash='ef8ddc991b9ac19855caa0a2c3bcb46209d20f65', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_coverage_update_7f1ab', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_agencyrecord', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='OfficialRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('full_name', models.TextField()),
                ('sort_key', models.TextField(db_collation='C')),
                ('search_key', models.TextField(db_collation='C')),
                ('category', models.CharField(max_length=30)),
                ('position', models.TextField(blank=True, default='')),
                ('work_email', models.TextField(blank=True, default='')),
                ('employed_since', models.DateField(blank=True, null=True)),
                ('status', models.CharField(default='in_post', max_length=20)),
                ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('official', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='accounts.official')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('recorded_until__isnull', False)), fields=['agency'], name='official_was_in_agency'),
                    django.contrib.postgres.indexes.GinIndex(accounts.models.official.NameWords('search_key'), name='official_name_words'),
                    models.Index(condition=models.Q(('recorded_until__isnull', True)), fields=['agency'], name='official_in_agency'),
                    models.Index(condition=models.Q(('recorded_until__isnull', True), ('work_email', '')), fields=['agency'], name='official_unreached'),
                    models.Index(condition=models.Q(('recorded_until__isnull', True)), fields=['sort_key', 'official'], include=('id', 'agency', 'status', 'search_key'), name='official_in_order'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='officialrecord_period'),
                    models.UniqueConstraint(fields=('official', 'recorded_until'), include=('agency',), name='official_one_current', nulls_distinct=False, violation_error_code='stale'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='80640f039805ac04eaa14547adbff67bf21cd868', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bd6ee', table='accounts_officialrecord', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='official_exists_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE missing BIGINT;', func="\n                EXECUTE 'SELECT c.official_id FROM changed_rows c WHERE c.official_id IS NOT NULL AND NOT EXISTS\n                    (SELECT FROM accounts_official r WHERE r.id = c.official_id) LIMIT 1' INTO missing;\n                IF missing IS NOT NULL THEN\n                    RAISE EXCEPTION 'official_id % of % is not in accounts_official', missing, TG_TABLE_NAME\n                        USING ERRCODE = 'foreign_key_violation';\n                END IF;\n                RETURN NULL;\n                ", hash='9cc59e64149a1f32122f0ecba170e5b8bf74cf82', level='STATEMENT', operation='INSERT', pgid='pgtrigger_official_exists_insert_dc8f3', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_officialrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='agency_exists_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE missing BIGINT;', func="\n                EXECUTE 'SELECT c.agency_id FROM changed_rows c WHERE c.agency_id IS NOT NULL AND NOT EXISTS\n                    (SELECT FROM accounts_agency r WHERE r.id = c.agency_id) LIMIT 1' INTO missing;\n                IF missing IS NOT NULL THEN\n                    RAISE EXCEPTION 'agency_id % of % is not in accounts_agency', missing, TG_TABLE_NAME\n                        USING ERRCODE = 'foreign_key_violation';\n                END IF;\n                RETURN NULL;\n                ", hash='a3383b884ecce2ed5af050cd6c386fc5aca0eb93', level='STATEMENT', operation='INSERT', pgid='pgtrigger_agency_exists_insert_baaba', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_officialrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_agency_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 4, agency_id FROM changed_rows WHERE agency_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='eba88ea8a21b2671f6fecf34f55d62bb77d36507', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_agency_insert_122e0', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_officialrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_agency_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 4, agency_id FROM changed_rows WHERE agency_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='78748dc1d0ed87b4f4d320114e79d3293fd1d8af', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_agency_update_b243b', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_officialrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_official_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='5fc615885214143363b8d9fcc6f4065ce184c731', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_official_insert_7f9cd', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_officialrecord', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_official_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='d3b28faa4289f7cf15a884cca920e580ed93c81a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_official_update_df391', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_officialrecord', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Ownership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to='accounts.account')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to='accounts.agency')),
                ('official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ownerships', to='accounts.official')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('agency__isnull', False), ('recorded_until__isnull', True)), fields=['account'], name='ownership_of_agency'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('account',), name='ownership_exclusive', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='ownership_period'),
                    models.CheckConstraint(condition=models.Q(('official__isnull', True), ('agency__isnull', True), _connector='XOR'), name='ownership_one_owner'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='88156ba20be9b8d0f3884093291f80582b644bed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d9615', table='accounts_ownership', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='mark_account_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 2, account_id FROM changed_rows WHERE account_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='0de515fdb3fb6db6e856f359d0d6b1f3996f16f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_account_insert_245d4', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_ownership', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_account_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 2, account_id FROM changed_rows WHERE account_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='a727f4f3b3e6354e680836b850b2d9ab0c18ac52', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_account_update_8572e', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_ownership', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_official_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='f5121adc54a699ad18d9282604d6199b24345ac1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_official_insert_8fda6', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_ownership', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_official_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='e685b1c8964922ff9e4529c94d5689f68e9ce51e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_official_update_1a623', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_ownership', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('number', models.CharField(max_length=120)),
                ('issued_on', models.DateField()),
                ('in_force_from', models.DateField()),
                ('in_force_until', models.DateField(blank=True, null=True)),
                ('obliges_declaration', models.BooleanField(default=False)),
                ('days_to_declare', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('days_between_confirmations', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regulations', to='accounts.agency')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minimum_administrators', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('photo_max_age_days', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('agency', 'number'), name='regulation_one_current', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='regulation_period'),
                    models.CheckConstraint(condition=models.Q(('obliges_declaration', False), ('days_to_declare__isnull', False), _connector='OR'), name='regulation_says_within_how_many_days'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='5389cfc137bb454abc28c9e5838a00eed0c227d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3528', table='accounts_regulation', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='mark_agency_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 3, agency_id FROM changed_rows WHERE agency_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='938ad86cffb3197db0df07763e33dc001c5f01ba', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_agency_insert_7a801', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_regulation', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_agency_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 3, agency_id FROM changed_rows WHERE agency_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='4bb06c1f9070c0fd4c9385ec35444c2220e8c47b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_agency_update_902a8', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_regulation', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('happened_on', models.DateField()),
                ('legal_basis', models.TextField(blank=True, default='')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='accounts.agency')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precursions', to='accounts.agency')),
                ('recorded_at', models.DateTimeField(db_default=common.clock.ClockTime(), editable=False)),
                ('recorded_until', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_of_another'),
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('predecessor', 'successor'), name='succession_once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='mark_predecessor_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 3, predecessor_id FROM changed_rows WHERE predecessor_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='c67cd55ea435572edd82b88f84fefdc97772eb82', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_predecessor_insert_c2db9', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_succession', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_predecessor_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 3, predecessor_id FROM changed_rows WHERE predecessor_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='d5d49de9cf7fe43e8d36d4189320933c4743a956', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_predecessor_update_d1b10', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_succession', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_names_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 5, predecessor_id FROM changed_rows WHERE predecessor_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='a51acee373f40e22718bc699df4c79f7c7c24563', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_names_insert_2dfdb', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_succession', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_names_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 5, predecessor_id FROM changed_rows WHERE predecessor_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='4c9ffcd289ff1ee3536f865a3dae6639507e4109', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_names_update_d4324', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_succession', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('happens_on', models.DateField()),
                ('number', models.CharField(max_length=120)),
                ('decided_on', models.DateField()),
                ('units', models.CharField(max_length=10)),
                ('recorded_at', models.DateTimeField()),
                ('carried_out_at', models.DateTimeField(null=True)),
                ('people', models.IntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
                ('trouble', models.CharField(blank=True, default='', max_length=40)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reorganisations', to='accounts.agency')),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('carried_out_at__isnull', True), ('ended_at__isnull', True)), fields=['happens_on'], name='reorganisation_due'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('carried_out_at__isnull', True), ('ended_at__isnull', True)), fields=('agency',), name='reorganisation_one_planned'),
                    models.CheckConstraint(condition=models.Q(('agency', models.F('successor')), _negated=True), name='reorganisation_into_another'),
                    models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='reorganisation_says_what_decided'),
                    models.CheckConstraint(condition=models.Q(('ended_at__isnull', False), ('ended_by__isnull', True), _connector='OR'), name='reorganisation_ended_who_and_when'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PeopleMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('came_from', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('people', models.IntegerField()),
                ('moved_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('moved_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('people__gt', 0)), name='move_of_somebody'),
                    models.CheckConstraint(condition=models.Q(('undone_at__isnull', False), ('undone_by__isnull', True), _connector='OR'), name='move_undone_who_and_when'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AccountIdentifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('platform', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('key', models.TextField(db_collation='C')),
                ('shown', models.TextField()),
                ('url', models.TextField(blank=True, default='')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='accounts.account')),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('recorded_until__isnull', False)), fields=['platform', 'kind', 'key'], name='identifier_given_up'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('platform', 'kind', 'key'), name='identifier_one_account', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='identifier_period'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='321d1413c7d210a8e0e11a0713fe27807878d2f1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7896f', table='accounts_accountidentifier', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='mark_account_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 2, account_id FROM changed_rows WHERE account_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='43f95f1463e03c7be7a02869b42cf4a7c974066d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_account_update_a21c9', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_accountidentifier', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_holders_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT 2, n.account_id FROM changed_rows n\n                    JOIN accounts_entry e ON e.account_id = n.account_id AND e.recorded_until IS NULL\n                    UNION\n                    SELECT 2, i.account_id FROM changed_rows n\n                    JOIN accounts_accountidentifier i ON i.platform = n.platform AND i.kind = n.kind\n                         AND i.key = n.key AND i.recorded_until IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='b159d3133eaa133d95b63a7bddcbc99776e4b1cf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_holders_insert_82503', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_accountidentifier', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='NilReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_from', models.DateTimeField()),
                ('recorded_until', models.DateTimeField(blank=True, null=True)),
                ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nil_returns', to='accounts.official')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('recorded_until__isnull', True)), fields=('official',), name='nilreturn_one_current', violation_error_code='stale'),
                    models.CheckConstraint(condition=models.Q(('recorded_until__isnull', True), ('recorded_until__gt', models.F('recorded_from')), _connector='OR'), name='nilreturn_period'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL\n               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='7db9846c9e79c4cbd579addce85530a0776672cd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60a93', table='accounts_nilreturn', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='mark_official_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='9c725efba89f086c3b7f98e7969a3d4fde47a9e5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_mark_official_insert_6b486', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_nilreturn', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='mark_official_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    INSERT INTO changes_changemark (kind, subject_id)\n                    SELECT DISTINCT 1, official_id FROM changed_rows WHERE official_id IS NOT NULL;\n                    RETURN NULL;\n                    ', hash='979e6a7752efe0911688b24737504a16f71aa5c5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_mark_official_update_b7f51', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_nilreturn', when='AFTER')),
                ],
            },
        ),
    ]
