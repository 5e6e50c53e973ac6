import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('declarations', '0001_initial'),
        ('declarations', '0002_initial'),
        ('declarations', '0003_correction'),
        ('declarations', '0004_page_declarations'),
        ('declarations', '0005_returns_and_leases'),
        ('declarations', '0006_written_in_a_window'),
        ('declarations', '0007_page_disputes'),
        ('declarations', '0008_stated_by'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('link_text', models.TextField(blank=True, default='')),
                ('kind', models.CharField(default='new', max_length=20)),
                ('state', models.CharField(default='draft', max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('on_behalf', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('submitted_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reasons', models.JSONField(default=dict)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='accounts.account')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='accounts.entry')),
                ('facts', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='accounts.declaredfacts')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='accounts.official')),
                ('submitted_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('window', models.UUIDField(null=True)),
                ('stated_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state__in', ['submitted', 'disputed'])), fields=['state', 'submitted_at', 'id'], name='declaration_queue'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'returned', 'disputed'))), fields=('official', 'account'), name='declaration_one_open'),
                    models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='declaration_submitted_who_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='declaration_decided_who_and_when'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), ('submitted_at__isnull', False), _connector='OR'), name='declaration_past_draft_is_submitted'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('returned', 'approved', 'rejected'))), models.Q(('decided_at__isnull', True), ('state__in', ['draft', 'submitted', 'disputed'])), ('state', 'withdrawn'), _connector='OR'), name='declaration_decided_when_its_state_says_so'),
                    models.CheckConstraint(condition=models.Q(('on_behalf', True), ('decided_by__isnull', True), models.Q(('decided_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='declaration_decided_by_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('kind', 'close'), ('entry__isnull', False), _connector='OR'), name='declaration_approved_has_entry'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reasons', {}), _negated=True), _connector='OR'), name='declaration_returned_with_reasons'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='stated_by', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                NEW.stated_by_id := (SELECT stated_by_id FROM accounts_declaredfacts WHERE id = NEW.facts_id);\n                RETURN NEW;\n                ', hash='5ab9d81c6a53d7320f733ed33cefcf33aa9b098e', operation='INSERT OR UPDATE OF "facts_id"', pgid='pgtrigger_stated_by_488af', table='declarations_declaration', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('declaration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='correction', serialize=False, to='declarations.declaration')),
                ('link_text', models.TextField(blank=True, default='')),
                ('kind', models.CharField(max_length=20)),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.account')),
                ('facts', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='accounts.declaredfacts')),
            ],
        ),
        migrations.CreateModel(
            name='PageDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('link_text', models.TextField(blank=True, default='')),
                ('permanent_text', models.TextField(blank=True, default='')),
                ('kind', models.CharField(default='new', max_length=20)),
                ('state', models.CharField(default='submitted', max_length=20)),
                ('version', models.PositiveIntegerField(default=1)),
                ('submitted_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='page_declarations', to='accounts.account')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='page_declarations', to='accounts.agency')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='page_declarations', to='accounts.entry')),
                ('facts', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='page_declarations', to='accounts.declaredfacts')),
                ('submitted_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state__in', ['submitted', 'disputed'])), fields=['state', 'submitted_at', 'id'], name='pagedeclaration_queue'),
                    models.Index(condition=models.Q(('state', 'disputed')), fields=['account'], name='pagedeclaration_disputed'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'returned', 'disputed'))), fields=('agency', 'account'), name='pagedeclaration_one_open'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='pagedeclaration_decided_who_and_when'),
                    models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='pagedeclaration_decided_by_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('kind', 'close'), ('entry__isnull', False), _connector='OR'), name='pagedeclaration_approved_has_entry'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='pagedeclaration_returned_with_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ('returned', 'approved', 'rejected'))), models.Q(('decided_at__isnull', True), ('state__in', ['submitted', 'disputed'])), ('state', 'withdrawn'), _connector='OR'), name='pagedeclaration_decided_when_its_state_says_so'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('declaration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='lease', serialize=False, to='declarations.declaration')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PageStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True, default='')),
                ('told_at', models.DateTimeField(null=True)),
                ('against', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='declarations.pagedeclaration')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('told_at__isnull', True)), fields=['id'], name='pagestep_untold'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('declaration', 'version'), name='pagestep_once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='rewrites_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."declaration_id" IS DISTINCT FROM (NEW."declaration_id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."against_id" IS DISTINCT FROM (NEW."against_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='499076a6aba2ca1d49ef7e883f69ea2e474454d6', operation='UPDATE', pgid='pgtrigger_rewrites_nothing_53be8', table='declarations_pagestep', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='deletes_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e1002dc4aa38b777d762f35d38dd77380d29adc2', operation='DELETE', pgid='pgtrigger_deletes_nothing_6f066', table='declarations_pagestep', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReportedForThem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('incident', models.UUIDField(unique=True)),
                ('at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('official', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.official')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('told_at__isnull', True)), fields=['id'], name='reported_untold'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('state', models.CharField(max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='declarations.declaration')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('told_at__isnull', True)), fields=['id'], name='step_untold'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('declaration', 'version'), name='step_once'),
                ],
                'triggers': [
                    pgtrigger.compiler.Trigger(name='rewrites_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."declaration_id" IS DISTINCT FROM (NEW."declaration_id") OR OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cd7675d9f5620b04742250898cc99acd7b8252b3', operation='UPDATE', pgid='pgtrigger_rewrites_nothing_c0096', table='declarations_step', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='deletes_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c6af70be1f3fb480d6b2f1db76023747fa81ea3a', operation='DELETE', pgid='pgtrigger_deletes_nothing_2b28b', table='declarations_step', when='BEFORE')),
                ],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='returned', serialize=False, to='declarations.step')),
                ('link_text', models.TextField(blank=True, default='')),
                ('reasons', models.JSONField()),
                ('facts', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='accounts.declaredfacts')),
            ],
            options={
                'triggers': [
                    pgtrigger.compiler.Trigger(name='rewrites_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8dfc71d63bfc7a3b85e3447ac3fb1265a585c378', operation='UPDATE', pgid='pgtrigger_rewrites_nothing_ed2ae', table='declarations_return', when='BEFORE')),
                    pgtrigger.compiler.Trigger(name='deletes_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cfce236d92be1159bf9b07d3cf203f5b49b00d00', operation='DELETE', pgid='pgtrigger_deletes_nothing_bc6ef', table='declarations_return', when='BEFORE')),
                ],
            },
        ),
    ]
