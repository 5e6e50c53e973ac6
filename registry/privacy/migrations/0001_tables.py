import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('privacy', '0001_initial'),
        ('privacy', '0002_extension'),
    ]

    dependencies = [
        ('accounts', '0004_comparisons'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=10)),
                ('text', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('acknowledge_by', models.DateField()),
                ('answer_by', models.DateField()),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, default='', max_length=10)),
                ('answer_text', models.TextField(blank=True, default='')),
                ('basis', models.CharField(blank=True, default='', max_length=60)),
                ('answered_at', models.DateTimeField(null=True)),
                ('acknowledged_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='accounts.official')),
                ('extended_at', models.DateTimeField(null=True)),
                ('extended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('extended_to', models.DateField(null=True)),
                ('extension_text', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['answer_by', 'id'], name='datarequest_open'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='datarequest_acknowledged_who_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='datarequest_answered_who_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('acknowledged_at__isnull', False), ('answered_at__isnull', False)), _connector='OR'), name='datarequest_answered_says_how'),
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), models.Q(('basis', ''), _negated=True), models.Q(('answer_text', ''), _negated=True)), models.Q(models.Q(('outcome', 'refused'), _negated=True), ('basis', '')), _connector='OR'), name='datarequest_refused_says_why'),
                    models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='datarequest_answered_by_another'),
                    models.CheckConstraint(condition=models.Q(models.Q(('extended_at__isnull', True), ('extended_by__isnull', True)), models.Q(('extended_at__isnull', False), ('extended_by__isnull', False)), _connector='OR'), name='datarequest_extended_who_and_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('extended_at__isnull', True), ('extended_to__isnull', True), ('extension_text', '')), models.Q(('acknowledged_at__isnull', False), ('extended_at__isnull', False), ('extended_to__gt', models.F('answer_by')), models.Q(('extension_text', ''), _negated=True)), _connector='OR'), name='datarequest_extended_says_why'),
                ],
            },
        ),
    ]
