"""Indexes that another one of the same table begins with find nothing it would not find, and cost every write."""

import django.db.models.deletion
from django.db import migrations, models

SPARE = (
    ("accessrecord", "customer"), ("consent", "customer"), ("consentstate", "person"), ("encounter", "customer"),
    ("fact", "customer"), ("note", "customer"), ("note", "template"), ("tagging", "customer"), ("tagging", "tag"),
)


def drop(apps, schema_editor):
    # Dropped by name: to alter the field, SQLite would copy the whole table.
    for model_name, field in SPARE:
        model = apps.get_model("customers", model_name)
        column = model._meta.get_field(field).column
        kept = {index.name for index in model._meta.indexes}
        for name in schema_editor._constraint_names(model, [column], index=True, unique=False, exclude=kept):
            schema_editor.execute(schema_editor._delete_index_sql(model, name))


def put_back(apps, schema_editor):
    for model_name, field in SPARE:
        model = apps.get_model("customers", model_name)
        schema_editor.execute(schema_editor._create_index_sql(model, fields=[model._meta.get_field(field)]))


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0002_layers_from_the_house_rules'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, put_back)],
            state_operations=[
                migrations.AlterField(
                    model_name='accessrecord',
                    name='customer',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='customers.customer', verbose_name='顾客'),
                ),
                migrations.AlterField(
                    model_name='consent',
                    name='customer',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='customers.customer', verbose_name='顾客'),
                ),
                migrations.AlterField(
                    model_name='consentstate',
                    name='person',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='consent_states', to='customers.customer'),
                ),
                migrations.AlterField(
                    model_name='encounter',
                    name='customer',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='encounters', to='customers.customer', verbose_name='顾客'),
                ),
                migrations.AlterField(
                    model_name='fact',
                    name='customer',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='customers.customer', verbose_name='顾客'),
                ),
                migrations.AlterField(
                    model_name='note',
                    name='customer',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='customers.customer', verbose_name='顾客'),
                ),
                migrations.AlterField(
                    model_name='note',
                    name='template',
                    field=models.SlugField(db_index=False, max_length=40, verbose_name='模板'),
                ),
                migrations.AlterField(
                    model_name='tagging',
                    name='customer',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='customers.customer', verbose_name='顾客'),
                ),
                migrations.AlterField(
                    model_name='tagging',
                    name='tag',
                    field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='taggings', to='customers.tag', verbose_name='标签'),
                ),
            ],
        ),
    ]
