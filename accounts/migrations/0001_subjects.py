"""What the other tables speak of. The tables of logins come next: what is in the book says who wrote it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('accounts', '0001_initial'),
    ]

    dependencies = [
        ('changes', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('platform', models.CharField(max_length=20)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('other_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'agency',
                'verbose_name_plural': 'agencies',
                'triggers': [
                    pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'kept for good: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='3db0fe7d2a8c8f8d09681ea308f947fff10351c6', operation='UPDATE OF "id" OR DELETE', pgid='pgtrigger_never_deleted_9ef2d', table='accounts_agency', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Official',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('staff_code', models.CharField(max_length=60)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('branch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'indexes': [
                    models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('staff_code'), name='text_pattern_ops'), name='official_code_typed'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('branch', 'staff_code'), name='official_staff_code'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN\n                RETURN NEW;\n            END IF;\n            RAISE EXCEPTION 'kept for good: % on % is refused', TG_OP, TG_TABLE_NAME\n                USING ERRCODE = 'restrict_violation';\n            ", hash='56c282822d94a885f229d85b3438869de0340dce', operation='UPDATE OF "id" OR DELETE', pgid='pgtrigger_never_deleted_f0fd6', table='accounts_official', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='branch_exists_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE missing BIGINT;', func="\n                EXECUTE 'SELECT c.branch_id FROM changed_rows c WHERE c.branch_id IS NOT NULL AND NOT EXISTS\n                    (SELECT FROM accounts_agency r WHERE r.id = c.branch_id) LIMIT 1' INTO missing;\n                IF missing IS NOT NULL THEN\n                    RAISE EXCEPTION 'branch_id % of % is not in accounts_agency', missing, TG_TABLE_NAME\n                        USING ERRCODE = 'foreign_key_violation';\n                END IF;\n                RETURN NULL;\n                ", hash='68fda1c134cdeb29bc03154102941c10852abc7f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_branch_exists_insert_a1198', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_official', when='AFTER')),
                    pgtrigger.compiler.Trigger(name='branch_exists_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE missing BIGINT;', func="\n                EXECUTE 'SELECT c.branch_id FROM changed_rows c WHERE c.branch_id IS NOT NULL AND NOT EXISTS\n                    (SELECT FROM accounts_agency r WHERE r.id = c.branch_id) LIMIT 1' INTO missing;\n                IF missing IS NOT NULL THEN\n                    RAISE EXCEPTION 'branch_id % of % is not in accounts_agency', missing, TG_TABLE_NAME\n                        USING ERRCODE = 'foreign_key_violation';\n                END IF;\n                RETURN NULL;\n                ", hash='141df3197c0d35c90ad54957e2235753385e0db1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_branch_exists_update_9a9d1', referencing='REFERENCING NEW TABLE AS changed_rows ', table='accounts_official', when='AFTER')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('source_sha256', models.CharField(max_length=64)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('source_format', models.CharField(max_length=10)),
                ('difference_hash', models.BigIntegerField()),
                ('difference_hash_down', models.BigIntegerField()),
                ('detail_hash', models.BinaryField()),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('hash_version', models.PositiveSmallIntegerField()),
                ('stored_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['bands'], name='photo_bands'),
                    models.Index(fields=['source_sha256'], name='photo_source'),
                ],
            },
        ),
    ]
