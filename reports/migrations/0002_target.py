import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0002_audit_stays_as_written'),
        ('reports', '0001_export'),
    ]

    operations = [
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('measures', models.PositiveIntegerField(verbose_name='target tindakan administratif')),
                ('set_on', models.DateField(verbose_name='ditetapkan')),
                ('ground', models.CharField(help_text='Misalnya nomor perjanjian kinerja atau surat Kanwil.', max_length=200, verbose_name='dasar')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='agencies.office')),
            ],
            options={
                'verbose_name': 'target tahunan',
                'verbose_name_plural': 'target tahunan',
                'ordering': ['-year', '-set_on'],
                'constraints': [models.UniqueConstraint(fields=('office', 'year', 'set_on'), name='target_once_per_office_year_and_day')],
            },
        ),
    ]
