from django.apps import AppConfig


class ForeignersConfig(AppConfig):
    name = "foreigners"
