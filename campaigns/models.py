from campaigns.activities.made.activity import Activity, HeldApart
from campaigns.activities.made.complete import LogComplete, SpokenThere
from campaigns.activities.made.evidence import Evidence
from campaigns.activities.made.focus import Assessed
from campaigns.activities.made.hamlet import Hamlet
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.pulse import PulseCount
from campaigns.alerts.alert import Alert, AlertOpened, AlertWording
from campaigns.alerts.alerts_page import AlertsPage
from campaigns.answering.once import SentNumber
from campaigns.communes.commune import CommuneSpacePage, CommunesPage
from campaigns.communes.notices import NoticePage
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.loudspeakers.package import Package
from campaigns.loudspeakers.slot import Play, Slot
from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.press.press_package import PressPackage
from campaigns.pulse.counting import MonthCount, Room, RoomCount
from campaigns.renderings.pictures import MessagePicture
from campaigns.renderings.plan import PlanStep, StepDone
from campaigns.renderings.sheets import Sheet, SheetVersion, Withdrawal
from campaigns.renderings.texts.passages import MessageKit, OpenPoint, Passage, Settlement
from campaigns.review.task import CommuneReview
from campaigns.schools.approvals import PackApproval
from campaigns.schools.copies.copy import CopyWording, PackCopy
from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.schools.log.lesson_log import ClassCount, LessonLog
from campaigns.schools.quiz.class_run import ClassRun, QuizCode, QuizTally
from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import MessageVoice, Sound, Take
from campaigns.translating.orthography import Orthography
from campaigns.translating.remarks import GlossaryWord, Remark
from campaigns.translating.sentences import NamedApprover, SentenceStep, SentenceTranslation, SourceSentence

__all__ = [
    "Activity",
    "ActivityKind",
    "Alert",
    "AlertOpened",
    "AlertWording",
    "AlertsPage",
    "Assessed",
    "CampaignPage",
    "ClassCount",
    "ClassRun",
    "CommuneMessagePage",
    "CommuneReview",
    "CommuneSpacePage",
    "CommunesPage",
    "CopyWording",
    "Evidence",
    "GlossaryWord",
    "Hamlet",
    "HeldApart",
    "LessonLog",
    "LogComplete",
    "MessageKit",
    "MessagePage",
    "MessagePicture",
    "MessageRecording",
    "MessageVoice",
    "MonthCount",
    "NamedApprover",
    "NoticePage",
    "OpenPoint",
    "Orthography",
    "PackApproval",
    "PackCopy",
    "Package",
    "Passage",
    "PlanStep",
    "Play",
    "PressPackage",
    "PulseCount",
    "QuizCode",
    "QuizTally",
    "Remark",
    "Room",
    "RoomCount",
    "SchoolLessonPage",
    "SchoolsPage",
    "SentNumber",
    "SentenceStep",
    "SentenceTranslation",
    "Settlement",
    "Sheet",
    "SheetVersion",
    "Slot",
    "Sound",
    "SourceSentence",
    "Speaker",
    "SpokenThere",
    "StepDone",
    "Take",
    "Withdrawal",
]
