from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Khóa học"

    def ready(self):
        from courses import bodies, personal_data, rights, standing
        from courses.certificates import mine
        from courses.questions import publishing

        publishing.connect()
        bodies.connect()
        standing.connect()
        rights.announce()
        personal_data.connect()
        mine.offer_in_menu()
