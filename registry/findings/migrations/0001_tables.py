import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('findings', '0001_initial'),
        ('findings', '0002_initial'),
        ('findings', '0003_severity_of_an_episode'),
        ('findings', '0004_waivers_and_contests'),
        ('findings', '0005_agencies_are_judged'),
        ('findings', '0006_told_of_an_answer'),
        ('findings', '0007_set_rules_under_lease'),
        ('findings', '0008_pages_are_judged'),
        ('findings', '0009_findings_in_place'),
        ('findings', '0010_open_episodes_in_findings'),
        ('findings', '0011_sums_of_branches'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('as_of', models.DateField()),
                ('period_key', models.CharField(max_length=60, null=True, unique=True)),
                ('scope_path', models.TextField(blank=True, db_collation='C', default='')),
                ('state', models.CharField(default='running', max_length=12)),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('finished_at', models.DateTimeField(null=True)),
                ('changed_rules', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, size=None)),
                ('broken_rules', models.JSONField(default=dict)),
                ('subjects', models.BigIntegerField(default=0)),
                ('opened', models.BigIntegerField(default=0)),
                ('resolved', models.BigIntegerField(default=0)),
                ('differences', models.BigIntegerField(default=0)),
                ('requested_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
                ('all_cut', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['-started_at'], name='run_latest'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='run_finished_when'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Slice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.SmallIntegerField(choices=[(1, 'Official'), (2, 'Account'), (3, 'Agency'), (6, "Agency's page")])),
                ('rule', models.CharField(blank=True, default='', max_length=10)),
                ('from_id', models.BigIntegerField(default=0)),
                ('to_id', models.BigIntegerField(default=0)),
                ('state', models.CharField(default='waiting', max_length=12)),
                ('token', models.UUIDField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('trouble', models.TextField(blank=True, default='')),
                ('finished_at', models.DateTimeField(null=True)),
                ('subjects', models.BigIntegerField(default=0)),
                ('opened', models.BigIntegerField(default=0)),
                ('resolved', models.BigIntegerField(default=0)),
                ('differences', models.BigIntegerField(default=0)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slices', to='findings.run')),
                ('among', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state__in', ('waiting', 'leased'))), fields=['id'], name='slice_unfinished'),
                    models.Index(condition=models.Q(('state', 'quarantined')), fields=['rule'], name='slice_set_aside'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'leased'), ('token__isnull', False)), models.Q(models.Q(('state', 'leased'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='slice_leased_until'),
                    models.UniqueConstraint(condition=models.Q(('rule', '')), fields=('run', 'subject', 'from_id'), name='slice_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('rule', ''), _negated=True), ('among__isnull', True), _connector='OR'), name='slice_among_by_a_rule'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency_id', models.BigIntegerField()),
                ('rule', models.CharField(max_length=10)),
                ('open', models.IntegerField(default=0)),
                ('unchecked', models.IntegerField(default=0)),
                ('contested', models.IntegerField(default=0)),
                ('waived', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('agency_id', 'rule'), name='counter_once'),
                    models.CheckConstraint(condition=models.Q(('contested__gte', 0), ('open__gte', 0), ('unchecked__gte', 0), ('waived__gte', 0)), name='counter_not_negative'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(db_default=models.Func(template="encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid"))),
                ('rule', models.CharField(max_length=10)),
                ('subject_kind', models.SmallIntegerField(choices=[(1, 'Official'), (2, 'Account'), (3, 'Agency'), (6, "Agency's page")])),
                ('subject_id', models.BigIntegerField()),
                ('official_id', models.BigIntegerField(null=True)),
                ('agency_id', models.BigIntegerField()),
                ('agency_path', models.TextField(db_collation='C')),
                ('state', models.CharField(choices=[('open', 'Open'), ('resolved', 'Resolved'), ('waived', 'Waived'), ('contested', 'Contested'), ('unchecked', 'Could not be checked')], max_length=10)),
                ('cause', models.CharField(blank=True, default='', max_length=20)),
                ('severity', models.SmallIntegerField(choices=[(1, 'Low'), (2, 'Medium'), (3, 'High')])),
                ('article', models.CharField(blank=True, default='', max_length=60)),
                ('rule_version', models.SmallIntegerField()),
                ('evidence', models.JSONField(default=dict)),
                ('opened_at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(null=True)),
                ('episode_at', models.DateTimeField()),
                ('episode_in', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='findings.run')),
                ('episode_reason', models.CharField(max_length=12)),
                ('episode_version', models.SmallIntegerField()),
                ('episode_evidence', models.JSONField(null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'resolved'), _negated=True), fields=['agency_path', 'id'], name='finding_branch'),
                    models.Index(condition=models.Q(('state', 'resolved'), _negated=True), fields=['rule', 'id'], name='finding_rule'),
                    models.Index(fields=['official_id'], name='finding_official'),
                    models.Index(condition=models.Q(('state__in', ('waived', 'contested'))), fields=['agency_path', 'id'], name='finding_answered'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'rule'), name='finding_once'),
                    models.UniqueConstraint(fields=('public_id',), name='finding_public_id'),
                    models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', False), ('state', 'resolved')), models.Q(models.Q(('state', 'resolved'), _negated=True), ('resolved_at__isnull', True)), _connector='OR'), name='finding_resolved_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'unchecked'), _negated=True), models.Q(('cause', ''), _negated=True), _connector='OR'), name='finding_unchecked_says_why'),
                ],
            },
        ),
        # What is only told anew of a finding is written in its place, where a page has room for it.
        migrations.RunSQL(
            'ALTER TABLE findings_finding SET (fillfactor = 90)',
            'ALTER TABLE findings_finding RESET (fillfactor)',
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField()),
                ('contested_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, default='', max_length=10)),
                ('answer_text', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_reason', models.CharField(blank=True, default='', max_length=10)),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contested_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contests', to='findings.finding')),
                ('told_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('answered_at__isnull', False), ('told_at__isnull', True)), fields=['answered_at', 'id'], name='contest_untold'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('finding',), name='contest_one_open'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='contest_says_what'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answer_text', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answer__in', ('upheld', 'facts', 'waived')), models.Q(('answer_text', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), ('answered_at__gte', models.F('contested_at'))), _connector='OR'), name='contest_answered_who_and_when'),
                    models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('contested_by')), _negated=True), _connector='OR'), name='contest_answered_by_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_reason', '')), models.Q(('closed_at__gte', models.F('contested_at')), ('closed_at__isnull', False), models.Q(('closed_reason', 'resolved'), models.Q(('closed_reason', 'answered'), models.Q(('answer', ''), _negated=True)), _connector='OR')), _connector='OR'), name='contest_closed_when'),
                    models.CheckConstraint(condition=models.Q(('told_at__isnull', True), ('answered_at__isnull', False), _connector='OR'), name='contest_told_of_an_answer'),
                ],
            },
        ),
        migrations.CreateModel(
            name='WaiverBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reason', models.TextField()),
                ('expires_on', models.DateField()),
                ('proof', models.CharField(blank=True, default='', max_length=60)),
                ('proof_type', models.CharField(blank=True, default='', max_length=20)),
                ('waived_at', models.DateTimeField()),
                ('waived_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['expires_on'], name='waiver_expires'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='waiver_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('proof', ''), ('proof_type', '')), models.Q(models.Q(('proof', ''), _negated=True), models.Q(('proof_type', ''), _negated=True)), _connector='OR'), name='waiver_proof_of_a_type'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PastEpisode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=10)),
                ('cause', models.CharField(blank=True, default='', max_length=20)),
                ('article', models.CharField(blank=True, default='', max_length=60)),
                ('rule_version', models.SmallIntegerField()),
                ('evidence', models.JSONField(default=dict)),
                ('opened_at', models.DateTimeField()),
                ('opened_reason', models.CharField(max_length=12)),
                ('closed_at', models.DateTimeField()),
                ('closed_reason', models.CharField(max_length=12)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='findings.finding')),
                ('closed_in', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='findings.run')),
                ('opened_in', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='findings.run')),
                ('severity', models.SmallIntegerField(choices=[(1, 'Low'), (2, 'Medium'), (3, 'High')])),
            ],
            options={
                'db_table': 'findings_episode',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('closed_at__gte', models.F('opened_at')), models.Q(('closed_reason', ''), _negated=True)), name='episode_closed_when'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BranchCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.TextField(db_collation='C')),
                ('rule', models.CharField(max_length=10)),
                ('open', models.IntegerField(default=0)),
                ('unchecked', models.IntegerField(default=0)),
                ('waived', models.IntegerField(default=0)),
                ('contested', models.IntegerField(default=0)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['path', 'rule'], name='branchcounter_branch'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DaysCompared',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('branches_then', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('branches_now', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('then', models.DateTimeField()),
                ('now', models.DateTimeField()),
                ('cuts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('split', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.agency')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['key', '-id'], name='dayscompared_latest'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('key',), name='dayscompared_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='JudgedRule',
            fields=[
                ('rule', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('fingerprint', models.CharField(max_length=64)),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='findings.run')),
            ],
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_reason', models.CharField(blank=True, default='', max_length=10)),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waivers', to='findings.finding')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='findings.waiverbatch')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['batch', 'finding'], name='waiver_open'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('finding',), name='waiver_one_open'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('ended_reason', '')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('ended_reason', 'undone')), models.Q(('ended_at__isnull', False), ('ended_by__isnull', True), ('ended_reason__in', ('expired', 'resolved'))), _connector='OR'), name='waiver_ended_who_and_when'),
                ],
            },
        ),
    ]
