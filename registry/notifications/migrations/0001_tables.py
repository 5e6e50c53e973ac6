import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('notifications', '0001_initial'),
        ('notifications', '0002_initial'),
        ('notifications', '0003_reminders'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('people', models.IntegerField()),
                ('letters', models.IntegerField()),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('to', models.EmailField(max_length=254)),
                ('template', models.CharField(max_length=30)),
                ('language', models.CharField(max_length=5)),
                ('context', models.JSONField(default=dict)),
                ('state', models.CharField(default='waiting', max_length=20)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, default='', max_length=60)),
                ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='message', to='users.invitation')),
                ('reminder', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='notifications.reminder')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['next_at', 'id'], name='message_due'),
                    models.Index(condition=models.Q(('reminder__isnull', False)), fields=['reminder', 'state'], name='message_of_reminder'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_when'),
                    models.CheckConstraint(condition=models.Q(models.Q(('invitation__isnull', False), ('template', 'invitation')), models.Q(models.Q(('template', 'invitation'), _negated=True), ('invitation__isnull', True)), _connector='OR'), name='message_invites_by_invitation'),
                    models.CheckConstraint(condition=models.Q(models.Q(('reminder__isnull', False), ('template', 'reminder')), models.Q(models.Q(('template', 'reminder'), _negated=True), ('reminder__isnull', True)), _connector='OR'), name='message_reminds_by_reminder'),
                ],
            },
        ),
    ]
