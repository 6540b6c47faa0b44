"""Addresses under /tieng-noi/: the voice of messages, recorded, heard and approved."""

from django.urls import path

from campaigns.speaking.screens import home, listen, record, speakers

app_name = "speaking"

urlpatterns = [
    path("", home.home, name="home"),
    # apart, since a recording is larger than a form
    path("gui/<slug:language>/<int:pk>/", record.send, name="send"),
    path("<slug:language>/", home.queue, name="queue"),
    path("<slug:language>/thu/<int:pk>/", record.record, name="record"),
    path("<slug:language>/nghe/<int:pk>/", listen.listen, name="listen"),
    path("<slug:language>/nghe/<int:pk>/rut/", listen.withdrawn, name="withdraw"),
    path("<slug:language>/cau/<int:pk>/", listen.sentence, name="sentence"),
    path("<slug:language>/nguoi-doc/", speakers.speakers, name="speakers"),
    path("<slug:language>/nguoi-doc/<int:pk>/thoi/", speakers.end, name="end_speaker"),
]
