from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Khóa học"

    def ready(self):
        from courses import personal_data, rights
        from courses.certificates import mine
        from courses.content import bodies
        from courses.questions import publishing
        from courses.standing import standing

        publishing.connect()
        bodies.connect()
        standing.connect()
        rights.announce()
        personal_data.connect()
        mine.offer_in_menu()
