from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Khóa học"

    def ready(self):
        # models can be imported from here on
        from courses.wiring import connect

        connect()
