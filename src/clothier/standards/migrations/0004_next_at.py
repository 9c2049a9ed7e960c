from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('standards', '0003_open_promises_of_an_owner'),
    ]

    operations = [
        migrations.AddField(
            model_name='promise',
            name='next_at',
            field=models.DateTimeField(null=True),
        ),
    ]
