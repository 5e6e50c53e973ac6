import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ('changes', '0001_initial'),
        ('changes', '0002_an_agency_alone'),
        ('changes', '0003_names_of_an_agency'),
        ('changes', '0004_marks_without_a_key'),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='ChangeMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SmallIntegerField(choices=[(1, 'Official'), (2, 'Account'), (3, 'Agency'), (4, 'Agency Alone'), (5, 'Agency Names')])),
                ('subject_id', models.BigIntegerField()),
                ('marked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [
                    models.Index(fields=['kind', 'subject_id'], name='mark_subject'),
                ],
            },
        ),
        # Logical replication, where an office uses it, then tells rows apart by all they hold.
        migrations.RunSQL(
            'ALTER TABLE changes_changemark DROP CONSTRAINT changes_changemark_pkey;'
            'ALTER TABLE changes_changemark REPLICA IDENTITY FULL',
            'ALTER TABLE changes_changemark ADD PRIMARY KEY (id);'
            'ALTER TABLE changes_changemark REPLICA IDENTITY DEFAULT',
        ),
    ]
