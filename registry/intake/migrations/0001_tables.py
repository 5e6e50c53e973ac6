import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('intake', '0001_initial'),
        ('intake', '0002_initial'),
        ('intake', '0003_wizard'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RefusedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('import_id', models.BigIntegerField()),
                ('row', models.IntegerField()),
                ('column', models.TextField(blank=True, default='')),
                ('code', models.CharField(max_length=40)),
                ('value', models.TextField(blank=True, default='')),
                ('message', models.TextField()),
                ('suggestion', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['import_id', 'row', 'id'], name='refused_of_plan'),
                ],
            },
        ),
        migrations.CreateModel(
            name='StaffRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('import_id', models.BigIntegerField()),
                ('row', models.IntegerField()),
                ('action', models.CharField(max_length=10)),
                ('official_id', models.BigIntegerField()),
                ('known', models.BooleanField()),
                ('before_id', models.BigIntegerField(null=True)),
                ('agency_id', models.BigIntegerField()),
                ('staff_code', models.CharField(max_length=60)),
                ('full_name', models.TextField()),
                ('sort_key', models.TextField(db_collation='C')),
                ('search_key', models.TextField(db_collation='C')),
                ('category', models.CharField(max_length=30)),
                ('position', models.TextField()),
                ('work_email', models.TextField()),
                ('employed_since', models.DateField(null=True)),
                ('status', models.CharField(max_length=20)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['import_id', 'action', 'id'], name='staffrow_of_plan'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AccountRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('import_id', models.BigIntegerField()),
                ('row', models.IntegerField()),
                ('action', models.CharField(max_length=10)),
                ('official_id', models.BigIntegerField()),
                ('official_path', models.TextField(db_collation='C', default='')),
                ('before_id', models.BigIntegerField(null=True)),
                ('account_id', models.BigIntegerField()),
                ('known', models.BooleanField()),
                ('first_row', models.IntegerField()),
                ('platform', models.CharField(max_length=20)),
                ('identifiers', models.JSONField(default=list)),
                ('url', models.TextField(blank=True, default='')),
                ('link_text', models.TextField(blank=True, default='')),
                ('name_shown', models.TextField(blank=True, default='')),
                ('agency_shown', models.TextField(blank=True, default='')),
                ('agency_resolved_id', models.BigIntegerField(null=True)),
                ('disclaimer', models.TextField(blank=True, default='')),
                ('photo_id', models.BigIntegerField(null=True)),
                ('photo_name', models.CharField(blank=True, default='', max_length=255)),
                ('photo_problem', models.CharField(blank=True, default='', max_length=40)),
                ('declared_on', models.DateField(null=True)),
                ('disputed', models.BooleanField(default=False)),
                ('owned', models.BooleanField(default=False)),
                ('facts_id', models.BigIntegerField(null=True)),
                ('entry_id', models.BigIntegerField(null=True)),
                ('nil_id', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['import_id', 'action', 'id'], name='accountrow_of_plan'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('state', models.CharField(default='received', max_length=20)),
                ('file_name', models.CharField(max_length=255)),
                ('file', models.CharField(blank=True, default='', max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('photos_name', models.CharField(blank=True, default='', max_length=255)),
                ('photos', models.CharField(blank=True, default='', max_length=120)),
                ('language', models.CharField(blank=True, default='', max_length=5)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('planned_at', models.DateTimeField(null=True)),
                ('applied_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('purged_at', models.DateTimeField(null=True)),
                ('accept_left', models.BooleanField(default=False)),
                ('error_code', models.CharField(blank=True, default='', max_length=40)),
                ('error_message', models.TextField(blank=True, default='')),
                ('counts', models.JSONField(default=dict)),
                ('columns', models.JSONField(default=dict)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('applied_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('queued_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('choice', models.JSONField(default=dict)),
                ('sketch', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['agency', '-id'], name='import_of_agency'),
                    models.Index(condition=models.Q(('state__in', ('arrived', 'received', 'queued', 'undoing'))), fields=['id'], name='import_waiting'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', True), ('applied_by__isnull', True)), ('applied_at__isnull', False), _connector='OR'), name='import_applied_who_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), ('undone_at__isnull', False), _connector='OR'), name='import_undone_who_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', True)), _connector='OR'), name='import_undone_when_its_state_says_so'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('error_code', ''), _negated=True), _connector='OR'), name='import_failed_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', False), ('state__in', ('applied', 'undoing', 'undone'))), models.Q(models.Q(('state__in', ('applied', 'undoing', 'undone')), _negated=True), ('applied_at__isnull', True)), _connector='OR'), name='import_applied_when_its_state_says_so'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Headway',
            fields=[
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='intake.import')),
                ('step', models.CharField(blank=True, default='', max_length=20)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
    ]
