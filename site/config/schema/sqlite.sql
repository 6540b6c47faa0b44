-- An empty database on sqlite, as all migrations and their signals leave it (docs/schema.md).
-- Written by `manage.py write_schema`: do not edit.

CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
CREATE TABLE "campaigns_activity" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "key" char(32) NOT NULL, "on" date NOT NULL, "audience" varchar(12) NOT NULL, "quantity" integer unsigned NOT NULL CHECK ("quantity" >= 0), "minutes" integer unsigned NULL CHECK ("minutes" >= 0), "views" integer unsigned NULL CHECK ("views" >= 0), "people" integer unsigned NULL CHECK ("people" >= 0), "people_mark" varchar(10) NOT NULL, "women" integer unsigned NULL CHECK ("women" >= 0), "women_mark" varchar(10) NOT NULL, "minors" integer unsigned NULL CHECK ("minors" >= 0), "minors_mark" varchar(10) NOT NULL, "officials" integer unsigned NULL CHECK ("officials" >= 0), "officials_mark" varchar(10) NOT NULL, "budget" bigint unsigned NULL CHECK ("budget" >= 0), "other_money" bigint unsigned NULL CHECK ("other_money" >= 0), "accessible" bool NULL, "note" varchar(300) NOT NULL, "source" varchar(8) NOT NULL, "state" varchar(8) NOT NULL, "verified_at" datetime NULL, "answer" varchar(300) NOT NULL, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "kind_id" bigint NOT NULL REFERENCES "campaigns_activitykind" ("id") DEFERRABLE INITIALLY DEFERRED, "hamlet_id" bigint NULL REFERENCES "campaigns_hamlet" ("id") DEFERRABLE INITIALLY DEFERRED, "held_in" varchar(200) NOT NULL, CONSTRAINT "activity_people_never_small" CHECK ((("people_mark" = 'so' AND ("people" = 0 OR "people" >= 5)) OR (NOT ("people_mark" = 'so') AND "people" IS NULL))), CONSTRAINT "activity_women_never_small" CHECK ((("women_mark" = 'so' AND ("women" = 0 OR "women" >= 5)) OR (NOT ("women_mark" = 'so') AND "women" IS NULL))), CONSTRAINT "activity_minors_never_small" CHECK ((("minors_mark" = 'so' AND ("minors" = 0 OR "minors" >= 5)) OR (NOT ("minors_mark" = 'so') AND "minors" IS NULL))), CONSTRAINT "activity_officials_never_small" CHECK ((("officials_mark" = 'so' AND ("officials" = 0 OR "officials" >= 5)) OR (NOT ("officials_mark" = 'so') AND "officials" IS NULL))), CONSTRAINT "activity_women_no_small_rest" CHECK (("women" IS NULL OR "people" = ("women") OR "people" >= ("women" + 5))), CONSTRAINT "activity_minors_no_small_rest" CHECK (("minors" IS NULL OR "people" = ("minors") OR "people" >= ("minors" + 5))), CONSTRAINT "activity_cost_is_money" CHECK ((("budget" IS NULL OR "budget" <= 1000000000000) AND ("other_money" IS NULL OR "other_money" <= 1000000000000))));
CREATE TABLE "campaigns_activity_others" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "activity_id" bigint NOT NULL REFERENCES "campaigns_activity" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_activitykind" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(30) NOT NULL UNIQUE, "name" varchar(80) NOT NULL, "measure" varchar(10) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "retired" bool NOT NULL);
CREATE TABLE "campaigns_alert" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "ends_on" date NULL, "approved_at" datetime NULL, "ended_at" datetime NULL, "ended" varchar(10) NOT NULL, "why" varchar(200) NOT NULL, "ended_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "message_id" integer NULL UNIQUE REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "replaced_by_id" bigint NULL REFERENCES "campaigns_alert" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "alert_ended_somehow" CHECK ((("ended_at" IS NULL AND "ended" = '') OR ("ended_at" IS NOT NULL AND NOT ("ended" = '')))), CONSTRAINT "alert_approved_with_its_end" CHECK (("version" = 0 OR ("ends_on" IS NOT NULL AND "approved_at" IS NOT NULL))), CONSTRAINT "alert_replaced_by_another" CHECK (("replaced_by_id" IS NULL OR NOT ("replaced_by_id" = ("id") AND "replaced_by_id" IS NOT NULL))));
CREATE TABLE "campaigns_alertopened" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "at" datetime NOT NULL, "alert_id" bigint NOT NULL REFERENCES "campaigns_alert" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "alert_opened_once_a_unit" UNIQUE ("alert_id", "unit_id", "version"));
CREATE TABLE "campaigns_alertspage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "intro" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_alertwording" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "title" varchar(70) NOT NULL, "how" text NOT NULL, "signs" text NOT NULL, "act" text NOT NULL, "spoken" text NOT NULL, "ends_on" date NOT NULL, "state" varchar(8) NOT NULL, "written_at" datetime NOT NULL, "submitted_at" datetime NULL, "approved_at" datetime NULL, "word" varchar(300) NOT NULL, "stamp" integer unsigned NOT NULL CHECK ("stamp" >= 0), "alert_id" bigint NOT NULL REFERENCES "campaigns_alert" ("id") DEFERRABLE INITIALLY DEFERRED, "approved_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "alert_version_once" UNIQUE ("alert_id", "version"), CONSTRAINT "alert_approved_by_another" CHECK (("approved_by_id" IS NULL OR "written_by_id" IS NULL OR NOT ("approved_by_id" = ("written_by_id") AND "approved_by_id" IS NOT NULL AND "written_by_id" IS NOT NULL))), CONSTRAINT "alert_approved_at_a_time" CHECK ((("state" = 'approved' AND "approved_at" IS NOT NULL) OR (NOT ("state" = 'approved') AND "approved_at" IS NULL AND "approved_by_id" IS NULL))));
CREATE TABLE "campaigns_assessed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "on" date NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_campaignpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "starts_on" date NOT NULL, "day" date NOT NULL, "ends_on" date NOT NULL, "theme" varchar(200) NOT NULL, "eyebrow" varchar(120) NOT NULL, "heading" varchar(80) NOT NULL, "lead" text NOT NULL, "verbs" text NOT NULL CHECK ((JSON_VALID("verbs") OR "verbs" IS NULL)), "about" text NOT NULL, "sources" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "own_year" smallint unsigned NULL UNIQUE CHECK ("own_year" >= 0), CONSTRAINT "campaign_days_in_order" CHECK (("starts_on" <= ("day") AND "day" <= ("ends_on"))));
CREATE TABLE "campaigns_classcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "school_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_classrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "pack" char(32) NOT NULL, "title" varchar(255) NOT NULL, "quiz" varchar(120) NOT NULL, "asked" text NOT NULL CHECK ((JSON_VALID("asked") OR "asked" IS NULL)), "class_name" varchar(6) NOT NULL, "at" datetime NOT NULL, "activity_key" char(32) NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "school_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_communemessagepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "words" text NOT NULL, "place" varchar(160) NOT NULL, "on" date NULL, "at" time NULL, "message_id" integer NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "seen_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_communereview" ("task_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_communespacepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "intro" text NOT NULL, "office" varchar(250) NOT NULL, "closed_on" date NULL, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "own_unit" bigint unsigned NULL UNIQUE CHECK ("own_unit" >= 0));
CREATE TABLE "campaigns_communespage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "intro" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_copywording" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "state" varchar(9) NOT NULL, "at" datetime NOT NULL, "sent_at" datetime NULL, "decided_at" datetime NULL, "reason" text NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "sent_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "copy_id" bigint NOT NULL REFERENCES "campaigns_packcopy" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "copy_wording_by_another" CHECK (("decided_by_id" IS NULL OR (NOT ("decided_by_id" = ("by_id") AND "decided_by_id" IS NOT NULL) AND ("sent_by_id" IS NULL OR NOT ("decided_by_id" = ("sent_by_id") AND "decided_by_id" IS NOT NULL AND "sent_by_id" IS NOT NULL))))));
CREATE TABLE "campaigns_evidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "activity_key" char(32) NOT NULL, "file" varchar(200) NOT NULL, "without_faces" bool NOT NULL, "sent_at" datetime NOT NULL, "sent_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "evidence_without_faces" CHECK ("without_faces"));
CREATE TABLE "campaigns_glossaryword" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "vietnamese" varchar(80) NOT NULL, "word" varchar(120) NOT NULL, "proposed_at" datetime NOT NULL, "agreed_at" datetime NULL, "agreed_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "orthography_id" bigint NOT NULL REFERENCES "campaigns_orthography" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "glossary_word_once" UNIQUE ("orthography_id", "vietnamese", "word"), CONSTRAINT "glossary_agreed_by_another" CHECK (("agreed_by_id" IS NULL OR "proposed_by_id" IS NULL OR NOT ("agreed_by_id" = ("proposed_by_id") AND "agreed_by_id" IS NOT NULL AND "proposed_by_id" IS NOT NULL))));
CREATE TABLE "campaigns_hamlet" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "ended" bool NOT NULL, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_heldapart" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "one" char(32) NOT NULL, "other" char(32) NOT NULL, "at" datetime NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "activities_held_apart_once" UNIQUE ("one", "other"));
CREATE TABLE "campaigns_lessonlog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "number" char(32) NOT NULL UNIQUE, "digest" varchar(64) NOT NULL, "activity_key" char(32) NOT NULL, "withdrawn" bool NOT NULL, "pack" char(32) NOT NULL, "title" varchar(255) NOT NULL, "approved" bool NOT NULL, "on" date NOT NULL, "grade" smallint unsigned NULL CHECK ("grade" >= 0), "class_name" varchar(6) NOT NULL, "held_in" varchar(200) NOT NULL, "went" varchar(4) NOT NULL, "improve" text NOT NULL, "answered_at" datetime NULL, "corrects_id" bigint NULL UNIQUE REFERENCES "campaigns_lessonlog" ("id") DEFERRABLE INITIALLY DEFERRED, "school_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "taught_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "lesson_log_grade" CHECK (("grade" IS NULL OR ("grade" >= 1 AND "grade" <= 12))));
CREATE TABLE "campaigns_logcomplete" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "until" date NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_messagekit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "scene" varchar(40) NOT NULL, "message_id" integer NOT NULL UNIQUE REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "scene_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_messagepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "kind" varchar(10) NOT NULL, "heading" varchar(80) NOT NULL, "subject" varchar(120) NOT NULL, "said" text NOT NULL, "truth" text NOT NULL, "checks_heading" varchar(120) NOT NULL, "checks" text NOT NULL CHECK ((JSON_VALID("checks") OR "checks" IS NULL)), "act_heading" varchar(120) NOT NULL, "act" text NOT NULL, "remember" text NOT NULL, "parts" text NOT NULL CHECK ((JSON_VALID("parts") OR "parts" IS NULL)), "spoken" text NOT NULL, "sources" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "scene" varchar(40) NOT NULL, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "search_words" varchar(400) NOT NULL);
CREATE TABLE "campaigns_messagepicture" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slot" varchar(20) NOT NULL, "size" varchar(10) NOT NULL, "made_of" varchar(40) NOT NULL, "file" varchar(100) NOT NULL, "alt" varchar(500) NOT NULL, "message_id" integer NOT NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "picture_to_post_once" UNIQUE ("message_id", "slot", "size"));
CREATE TABLE "campaigns_messagerecording" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(10) NOT NULL, "message_id" integer NOT NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "recording_id" bigint NOT NULL REFERENCES "media_recording" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "message_one_recording_a_language" UNIQUE ("message_id", "language"));
CREATE TABLE "campaigns_messagevoice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page_key" char(32) NOT NULL, "language" varchar(10) NOT NULL, "made_at" datetime NULL, "withdrawn_at" datetime NULL, "recording_id" bigint NULL UNIQUE REFERENCES "media_recording" ("id") DEFERRABLE INITIALLY DEFERRED, "stopped_id" bigint NULL REFERENCES "media_recording" ("id") DEFERRABLE INITIALLY DEFERRED, "part" varchar(20) NOT NULL, CONSTRAINT "voice_withdrawn_is_not_heard" CHECK (("recording_id" IS NULL OR "withdrawn_at" IS NULL)), CONSTRAINT "voice_once_a_part" UNIQUE ("page_key", "language", "part"));
CREATE TABLE "campaigns_messagevoice_takes" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "messagevoice_id" bigint NOT NULL REFERENCES "campaigns_messagevoice" ("id") DEFERRABLE INITIALLY DEFERRED, "take_id" bigint NOT NULL REFERENCES "campaigns_take" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_monthcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "message_key" char(32) NOT NULL, "month" date NOT NULL, "question" smallint unsigned NOT NULL CHECK ("question" >= 0), "answers" integer unsigned NOT NULL CHECK ("answers" >= 0), "right" integer unsigned NOT NULL CHECK ("right" >= 0), CONSTRAINT "pulse_once_a_month" UNIQUE ("message_key", "month", "question"), CONSTRAINT "pulse_month_right_is_a_part" CHECK (("question" IN (1, 2, 3) AND "right" <= ("answers"))));
CREATE TABLE "campaigns_namedapprover" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "agreed_at" datetime NOT NULL, "person_id" bigint NOT NULL UNIQUE REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_noticepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "text" text NOT NULL, "place" varchar(160) NOT NULL, "on" date NULL, "at" time NULL, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_openpoint" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sentence" text NOT NULL, "what" varchar(200) NOT NULL, "office" varchar(120) NOT NULL, "passage_id" bigint NOT NULL REFERENCES "campaigns_passage" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_orthography" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(10) NOT NULL, "name" varchar(80) NOT NULL, "letters" text NOT NULL, "letters_source" varchar(200) NOT NULL, "is_live" bool NOT NULL, CONSTRAINT "orthography_named_once" UNIQUE ("language", "name"));
CREATE TABLE "campaigns_package" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "monday" date NOT NULL, "language" varchar(10) NOT NULL, "asked_at" datetime NOT NULL, "made" bool NOT NULL, "use_until" date NOT NULL, "messages" text NOT NULL, "asked_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "voices" smallint unsigned NULL CHECK ("voices" >= 0), "deleted_at" datetime NULL, "deleted_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_package_recordings" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "package_id" bigint NOT NULL REFERENCES "campaigns_package" ("id") DEFERRABLE INITIALLY DEFERRED, "recording_id" bigint NOT NULL REFERENCES "media_recording" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_package_titles" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "package_id" bigint NOT NULL REFERENCES "campaigns_package" ("id") DEFERRABLE INITIALLY DEFERRED, "take_id" bigint NOT NULL REFERENCES "campaigns_take" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_packapproval" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "pack" char(32) NOT NULL, "digest" varchar(64) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_packcopy" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "origin" char(32) NOT NULL, "origin_title" varchar(255) NOT NULL, "taken" text NOT NULL CHECK ((JSON_VALID("taken") OR "taken" IS NULL)), "taken_from" datetime NOT NULL, "at" datetime NOT NULL, "page_id" integer NULL UNIQUE REFERENCES "campaigns_schoollessonpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "school_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_passage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slot" varchar(20) NOT NULL, "title" varchar(60) NOT NULL, "text" text NOT NULL, "written_at" datetime NOT NULL, "approved_at" datetime NULL, "approved_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "message_id" integer NOT NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "passage_once_a_slot" UNIQUE ("message_id", "slot"), CONSTRAINT "passage_approved_by_another" CHECK (("approved_by_id" IS NULL OR "written_by_id" IS NULL OR NOT ("approved_by_id" = ("written_by_id") AND "approved_by_id" IS NOT NULL AND "written_by_id" IS NOT NULL))), CONSTRAINT "passage_approved_at_a_time" CHECK (("approved_by_id" IS NULL OR "approved_at" IS NOT NULL)));
CREATE TABLE "campaigns_planstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" smallint unsigned NOT NULL UNIQUE CHECK ("order" >= 0), "days" smallint NOT NULL, "what" varchar(300) NOT NULL, "who" varchar(120) NOT NULL, "taken_off_at" datetime NULL);
CREATE TABLE "campaigns_play" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "message_key" char(32) NOT NULL, "on" date NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "device" varchar(40) NOT NULL, "logged_at" datetime NOT NULL, "confirmed" bool NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "confirmed_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "slot_id" bigint NULL REFERENCES "campaigns_slot" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "play_of_slot_or_device" CHECK ((("slot_id" IS NULL AND NOT ("device" = '')) OR (NOT ("slot_id" IS NULL) AND "device" = ''))));
CREATE TABLE "campaigns_presspackage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "title" varchar(255) NOT NULL, "made_of" varchar(40) NOT NULL, "made_at" datetime NOT NULL, "use_until" date NOT NULL, "file" varchar(200) NOT NULL, "size" integer unsigned NOT NULL CHECK ("size" >= 0), "pictures" smallint unsigned NOT NULL CHECK ("pictures" >= 0), "written" text NOT NULL CHECK ((JSON_VALID("written") OR "written" IS NULL)), "spoken" text NOT NULL CHECK ((JSON_VALID("spoken") OR "spoken" IS NULL)), "notes" text NOT NULL CHECK ((JSON_VALID("notes") OR "notes" IS NULL)), "withdrawn_at" datetime NULL, "why" varchar(300) NOT NULL, "message_id" integer NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "press_package_version_once" UNIQUE ("number", "version"), CONSTRAINT "press_package_withdrawn_for_a_reason" CHECK (("withdrawn_at" IS NULL OR NOT ("why" = ''))));
CREATE TABLE "campaigns_presspackage_recordings" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "presspackage_id" bigint NOT NULL REFERENCES "campaigns_presspackage" ("id") DEFERRABLE INITIALLY DEFERRED, "recording_id" bigint NOT NULL REFERENCES "media_recording" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_pulsecount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "activity_key" char(32) NOT NULL, "question" smallint unsigned NOT NULL CHECK ("question" >= 0), "moment" varchar(5) NOT NULL, "answers" integer unsigned NOT NULL CHECK ("answers" >= 0), "right" integer unsigned NULL CHECK ("right" >= 0), "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "pulse_never_small" CHECK (("answers" >= 5 AND "question" IN (1, 2, 3))), CONSTRAINT "pulse_right_never_small" CHECK (("right" IS NULL OR (("right" = 0 OR "right" >= 5) AND ("answers" = ("right") OR "answers" >= ("right" + 5))))));
CREATE TABLE "campaigns_quizcode" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "moment" varchar(5) NOT NULL, "code" varchar(6) NOT NULL, "token" varchar(20) NOT NULL UNIQUE, "key" char(32) NOT NULL, "opened_at" datetime NOT NULL, "closed_at" datetime NULL, "sent" integer unsigned NOT NULL CHECK ("sent" >= 0), "counts" text NOT NULL CHECK ((JSON_VALID("counts") OR "counts" IS NULL)), "run_id" bigint NOT NULL REFERENCES "campaigns_classrun" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "quiz_code_closed_is_empty" CHECK (("closed_at" IS NULL OR "sent" = 0)));
CREATE TABLE "campaigns_quiztally" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "moment" varchar(5) NOT NULL, "question" smallint unsigned NOT NULL CHECK ("question" >= 0), "answers" integer unsigned NOT NULL CHECK ("answers" >= 0), "right" integer unsigned NOT NULL CHECK ("right" >= 0), "chosen" text NOT NULL CHECK ((JSON_VALID("chosen") OR "chosen" IS NULL)), "by_hand" bool NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "run_id" bigint NOT NULL REFERENCES "campaigns_classrun" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "quiz_tally_not_small" CHECK (("answers" >= 5 AND "question" >= 1 AND "right" <= ("answers"))));
CREATE TABLE "campaigns_remark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "cannot" bool NOT NULL, "text" text NOT NULL, "proposal" text NOT NULL, "at" datetime NOT NULL, "answer" text NOT NULL, "answered_at" datetime NULL, "answered_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "orthography_id" bigint NOT NULL REFERENCES "campaigns_orthography" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "campaigns_sourcesentence" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_room" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "activity_key" char(32) NOT NULL, "moment" varchar(5) NOT NULL, "token" varchar(20) NOT NULL UNIQUE, "opened_at" datetime NOT NULL, "closed_at" datetime NULL, "message_id" integer NOT NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "opened_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_roomcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question" smallint unsigned NOT NULL CHECK ("question" >= 0), "answers" integer unsigned NOT NULL CHECK ("answers" >= 0), "right" integer unsigned NOT NULL CHECK ("right" >= 0), "room_id" bigint NOT NULL REFERENCES "campaigns_room" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "pulse_once_a_room" UNIQUE ("room_id", "question"), CONSTRAINT "pulse_room_right_is_a_part" CHECK (("question" IN (1, 2, 3) AND "right" <= ("answers"))));
CREATE TABLE "campaigns_schoollessonpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "grades" varchar(40) NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "aims" text NOT NULL, "things" text NOT NULL, "sources" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "scene" varchar(40) NOT NULL, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "adaptations" text NOT NULL CHECK ((JSON_VALID("adaptations") OR "adaptations" IS NULL)), "background" text NOT NULL, "bands" text NOT NULL CHECK ((JSON_VALID("bands") OR "bands" IS NULL)), "month" smallint unsigned NULL CHECK ("month" >= 0), "needs_power" bool NOT NULL, "needs_projector" bool NOT NULL, "topic" varchar(12) NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)));
CREATE TABLE "campaigns_schoolspage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "intro" text NOT NULL, "conventions" text NOT NULL, "rules" text NOT NULL CHECK ((JSON_VALID("rules") OR "rules" IS NULL)), "sources" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "shared" text NOT NULL CHECK ((JSON_VALID("shared") OR "shared" IS NULL)));
CREATE TABLE "campaigns_sentencestep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "did" varchar(9) NOT NULL, "at" datetime NOT NULL, "text" text NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "translation_id" bigint NOT NULL REFERENCES "campaigns_sentencetranslation" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_sentencetranslation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "of_text" text NOT NULL, "state" varchar(9) NOT NULL, "written_at" datetime NULL, "submitted_at" datetime NULL, "word" varchar(300) NOT NULL, "stamp" integer unsigned NOT NULL CHECK ("stamp" >= 0), "live_text" text NOT NULL, "live_of" text NOT NULL, "is_whole" bool NOT NULL, "approved_at" datetime NULL, "withdrawn_at" datetime NULL, "approver_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "live_translator_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "orthography_id" bigint NOT NULL REFERENCES "campaigns_orthography" ("id") DEFERRABLE INITIALLY DEFERRED, "translator_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "campaigns_sourcesentence" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "translation_once_an_orthography" UNIQUE ("source_id", "orthography_id"), CONSTRAINT "translation_approved_by_another" CHECK (("approver_id" IS NULL OR "live_translator_id" IS NULL OR NOT ("approver_id" = ("live_translator_id") AND "approver_id" IS NOT NULL AND "live_translator_id" IS NOT NULL))), CONSTRAINT "translation_approved_on_a_day" CHECK ((NOT ("state" = 'approved') OR NOT ("approved_at" IS NULL))), CONSTRAINT "translation_withdrawn" CHECK ((NOT ("state" = 'withdrawn') OR "live_text" = '')));
CREATE TABLE "campaigns_sentnumber" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "digest" varchar(64) NOT NULL UNIQUE, "at" datetime NOT NULL, "code" char(32) NULL);
CREATE TABLE "campaigns_settlement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "answered_by" varchar(120) NOT NULL, "answered_on" date NOT NULL, "paper" varchar(200) NOT NULL, "recorded_at" datetime NOT NULL, "reopened_at" datetime NULL, "point_id" bigint NOT NULL REFERENCES "campaigns_openpoint" ("id") DEFERRABLE INITIALLY DEFERRED, "recorded_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "reopened_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "point_reopened_at_a_time" CHECK (("reopened_by_id" IS NULL OR "reopened_at" IS NOT NULL)));
CREATE TABLE "campaigns_sheet" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "format" varchar(10) NOT NULL, "audience" varchar(10) NOT NULL, "language" varchar(10) NOT NULL, "message_id" integer NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "sheet_once_a_unit" UNIQUE ("message_id", "unit_id", "format", "audience", "language"));
CREATE TABLE "campaigns_sheetversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "made_of" varchar(40) NOT NULL, "contact_number" varchar(20) NOT NULL, "issued_at" datetime NOT NULL, "taken_down_at" datetime NULL, "contact_id" bigint NULL REFERENCES "pages_contact" ("id") DEFERRABLE INITIALLY DEFERRED, "issued_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "sheet_id" bigint NOT NULL REFERENCES "campaigns_sheet" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_down_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawal_id" bigint NULL REFERENCES "campaigns_withdrawal" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_hours" varchar(80) NULL, "contact_name" varchar(120) NULL, CONSTRAINT "sheet_version_once" UNIQUE ("sheet_id", "number"), CONSTRAINT "sheet_taken_down_when_withdrawn" CHECK (("taken_down_at" IS NULL OR "withdrawal_id" IS NOT NULL)));
CREATE TABLE "campaigns_slot" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "message_key" char(32) NOT NULL, "first_day" date NOT NULL, "last_day" date NOT NULL, "weekdays" varchar(7) NOT NULL, "at" time NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "token" varchar(20) NOT NULL UNIQUE, "planned_at" datetime NOT NULL, "ended_on" date NULL, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "hamlet_id" bigint NULL REFERENCES "campaigns_hamlet" ("id") DEFERRABLE INITIALLY DEFERRED, "planned_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "slot_ends_after_start" CHECK ("last_day" >= ("first_day")));
CREATE TABLE "campaigns_sound" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" char(32) NOT NULL UNIQUE, "page_key" char(32) NOT NULL, "language" varchar(10) NOT NULL, "file" varchar(200) NOT NULL, "digest" varchar(64) NOT NULL, "at" datetime NOT NULL, "speaker_id" bigint NOT NULL REFERENCES "campaigns_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "sound_once_a_message" UNIQUE ("page_key", "language", "digest"));
CREATE TABLE "campaigns_sourcesentence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page_key" char(32) NOT NULL, "path" varchar(255) NOT NULL, "place" integer unsigned NOT NULL CHECK ("place" >= 0), "text" text NOT NULL, "after" varchar(40) NOT NULL, "was" text NOT NULL, "change" varchar(6) NOT NULL, "changed_at" datetime NULL, "gone_at" datetime NULL, "change_said_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_speaker" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(10) NOT NULL, "name" varchar(100) NOT NULL, "how" varchar(5) NOT NULL, "uses" text NOT NULL CHECK ((JSON_VALID("uses") OR "uses" IS NULL)), "until" date NULL, "is_minor" bool NOT NULL, "representative_agreed" bool NOT NULL, "agreed_at" datetime NOT NULL, "ended_at" datetime NULL, "person_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "speaker_minor_is_represented" CHECK ((NOT "is_minor" OR "representative_agreed")));
CREATE TABLE "campaigns_spokenthere" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "language" varchar(20) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "commune_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "campaigns_stepdone" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "at" datetime NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "step_id" bigint NOT NULL REFERENCES "campaigns_planstep" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "step_done_once_a_year" UNIQUE ("step_id", "unit_id", "year"));
CREATE TABLE "campaigns_take" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(10) NOT NULL, "begins_at" real NOT NULL, "ends_at" real NULL, "text" text NOT NULL, "of_text" text NOT NULL, "state" varchar(9) NOT NULL, "heard" varchar(200) NOT NULL, "seconds" real NULL, "word" varchar(300) NOT NULL, "decided_at" datetime NULL, "approver_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "brought_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "sound_id" bigint NOT NULL REFERENCES "campaigns_sound" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NOT NULL REFERENCES "campaigns_sourcesentence" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "take_once_a_sound" UNIQUE ("sound_id", "source_id"), CONSTRAINT "take_approved_by_another" CHECK (("approver_id" IS NULL OR "brought_by_id" IS NULL OR NOT ("approver_id" = ("brought_by_id") AND "approver_id" IS NOT NULL AND "brought_by_id" IS NOT NULL))), CONSTRAINT "take_approved" CHECK ((NOT ("state" = 'approved') OR "decided_at" IS NOT NULL)), CONSTRAINT "take_ends_after_it_begins" CHECK (("ends_at" IS NULL OR "ends_at" > ("begins_at"))));
CREATE TABLE "campaigns_withdrawal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "format" varchar(10) NOT NULL, "why" varchar(200) NOT NULL, "at" datetime NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "message_id" integer NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "replaced_by_id" integer NULL REFERENCES "campaigns_messagepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_adoption" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "since" datetime NOT NULL, "ended_at" datetime NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "exemplar_id" bigint NOT NULL REFERENCES "courses_exemplar" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_agreedlevel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "behaviour" varchar(36) NOT NULL, "level" smallint unsigned NULL CHECK ("level" >= 0), "how" varchar(8) NOT NULL, "reason" varchar(300) NOT NULL, "at" datetime NOT NULL, "performance_id" bigint NOT NULL REFERENCES "courses_performance" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "agreed_level_once" UNIQUE ("performance_id", "behaviour"), CONSTRAINT "agreed_level_of_four_or_none" CHECK (("level" IS NULL OR "level" BETWEEN 1 AND 4)));
CREATE TABLE "courses_annualreport" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "kind" varchar(8) NOT NULL, "series" varchar(12) NOT NULL, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "as_of" date NOT NULL, "taken_at" datetime NOT NULL, "reason" varchar(300) NOT NULL, "data" text NOT NULL, "digest" varchar(64) NOT NULL, "made_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "annual_report_version_once" UNIQUE ("unit_id", "series", "version"), CONSTRAINT "annual_report_anew_says_why" CHECK ((("reason" = '' AND "version" = 1) OR ("version" > 1 AND NOT ("reason" = '')))), CONSTRAINT "annual_report_kind" CHECK ("kind" IN ('annual', 'mid_year', 'ad_hoc')));
CREATE TABLE "courses_answer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sequence" integer unsigned NOT NULL CHECK ("sequence" >= 0), "response" text NOT NULL CHECK ((JSON_VALID("response") OR "response" IS NULL)), "saved_at" datetime NOT NULL, "token" char(32) NULL, "item_id" bigint NOT NULL REFERENCES "courses_attemptitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "answer_sequence" UNIQUE ("item_id", "sequence"));
CREATE TABLE "courses_approval" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "course_key" varchar(80) NOT NULL, "decision" varchar(10) NOT NULL, "on" date NOT NULL, "reason" varchar(500) NOT NULL, "open_items" integer unsigned NOT NULL CHECK ("open_items" >= 0), "texts" text NULL CHECK ((JSON_VALID("texts") OR "texts" IS NULL)), "digest" varchar(32) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "order" text NULL CHECK ((JSON_VALID("order") OR "order" IS NULL)), CONSTRAINT "approval_of_open_items_needs_a_reason" CHECK (("open_items" = 0 OR NOT ("reason" = ''))));
CREATE TABLE "courses_askedsteps" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL UNIQUE, "steps" text NOT NULL CHECK ((JSON_VALID("steps") OR "steps" IS NULL)), "version" integer unsigned NOT NULL CHECK ("version" >= 0), "lessons" text NULL CHECK ((JSON_VALID("lessons") OR "lessons" IS NULL)));
CREATE TABLE "courses_assignment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "course_key" varchar(80) NOT NULL, "start" date NOT NULL, "end" date NULL, "ended_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "given_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "assigned_by_another" CHECK (NOT ("given_by_id" = ("person_id"))), CONSTRAINT "assigned_ends_in_order" CHECK (("end" IS NULL OR "end" >= ("start"))), CONSTRAINT "assigned_ended_by_one" CHECK (("end" IS NULL OR "ended_by_id" IS NOT NULL)));
CREATE TABLE "courses_attempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "quiz_key" char(32) NOT NULL, "course_key" varchar(80) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "started_at" datetime NOT NULL, "submitted_at" datetime NULL, "rules" text NOT NULL CHECK ((JSON_VALID("rules") OR "rules" IS NULL)), "score" bigint unsigned NULL CHECK ("score" >= 0), "max_score" bigint unsigned NULL CHECK ("max_score" >= 0), "passed" bool NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "too_fast" bool NULL, "closes_at" datetime NULL, "scale" integer unsigned NOT NULL CHECK ("scale" >= 0), "ends_at" datetime NULL, CONSTRAINT "attempt_numbered" UNIQUE ("person_id", "quiz_key", "number"), CONSTRAINT "attempt_judged_when_submitted" CHECK ((("passed" IS NULL AND "score" IS NULL AND "submitted_at" IS NULL) OR ("passed" IS NOT NULL AND "score" IS NOT NULL AND "submitted_at" IS NOT NULL))), CONSTRAINT "attempt_score_bounded" CHECK (("score" IS NULL OR "score" <= ("max_score"))), CONSTRAINT "attempt_pace_when_submitted" CHECK (("too_fast" IS NULL OR "submitted_at" IS NOT NULL)), CONSTRAINT "attempt_scale_positive" CHECK ("scale" >= 1));
CREATE TABLE "courses_attemptgrant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "quiz_key" char(32) NOT NULL, "reason" varchar(200) NOT NULL, "given_at" datetime NOT NULL, "given_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_attemptitem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "choice_order" text NOT NULL CHECK ((JSON_VALID("choice_order") OR "choice_order" IS NULL)), "points" integer unsigned NOT NULL CHECK ("points" >= 0), "flagged" bool NOT NULL, "lesson_key" char(32) NULL, "attempt_id" bigint NOT NULL REFERENCES "courses_attempt" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NOT NULL REFERENCES "courses_questionversion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "attempt_item_position" UNIQUE ("attempt_id", "position"));
CREATE TABLE "courses_attendance" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "presence" varchar(8) NOT NULL, "how" varchar(8) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "meeting_id" bigint NOT NULL REFERENCES "courses_meeting" ("id") DEFERRABLE INITIALLY DEFERRED, "paper_id" bigint NULL REFERENCES "courses_paper" ("id") DEFERRABLE INITIALLY DEFERRED, "participant_id" bigint NOT NULL REFERENCES "courses_participant" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "attendance_marked_by_another" CHECK (NOT ("by_id" = ("person_id"))), CONSTRAINT "attendance_on_paper_has_its_sheet" CHECK ((("how" = 'paper' AND "paper_id" IS NOT NULL) OR (NOT ("how" = 'paper') AND "paper_id" IS NULL))));
CREATE TABLE "courses_buddy" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "state" varchar(8) NOT NULL, "start" date NOT NULL, "end" date NULL, "buddy_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "ended_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "named_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "buddy_is_another" CHECK (NOT ("buddy_id" = ("person_id"))), CONSTRAINT "buddy_named_by_another" CHECK (NOT ("named_by_id" = ("person_id"))), CONSTRAINT "buddy_ends_after_start" CHECK (("end" IS NULL OR "end" >= ("start"))), CONSTRAINT "buddy_ended_by_one" CHECK (("end" IS NULL OR "ended_by_id" IS NOT NULL)));
CREATE TABLE "courses_budgetline" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "words" varchar(150) NOT NULL, "amount" bigint unsigned NOT NULL CHECK ("amount" >= 0), "source" varchar(10) NOT NULL, "task_id" bigint NOT NULL REFERENCES "courses_task" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_money_is_some" CHECK (("amount" > 0 AND "amount" <= 10000000000000)));
CREATE TABLE "courses_calendaraddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "secret_hash" varchar(64) NOT NULL UNIQUE, "made_at" datetime NOT NULL, "person_id" bigint NULL UNIQUE REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "role_id" bigint NULL UNIQUE REFERENCES "people_role" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "calendar_of_a_person_or_of_a_role" CHECK ((("person_id" IS NOT NULL AND "role_id" IS NULL) OR ("person_id" IS NULL AND "role_id" IS NOT NULL))));
CREATE TABLE "courses_cataloguepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "intro" text NOT NULL);
CREATE TABLE "courses_certificate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "number" integer unsigned NOT NULL CHECK ("number" >= 0), "code" varchar(16) NOT NULL UNIQUE, "course_key" varchar(80) NOT NULL, "completed_on" date NOT NULL, "issued_on" date NOT NULL, "valid_until" date NULL, "person_name" varchar(150) NOT NULL, "person_unit" varchar(300) NOT NULL, "course_title" varchar(255) NOT NULL, "result" varchar(300) NOT NULL, "superior" varchar(120) NOT NULL, "organisation" varchar(120) NOT NULL, "mark" varchar(12) NOT NULL, "place" varchar(60) NOT NULL, "signer_title" varchar(80) NOT NULL, "signer_name" varchar(80) NOT NULL, "design" varchar(12) NOT NULL, "recorded_at" datetime NOT NULL, "reissued_because" varchar(300) NOT NULL, "completion_id" bigint NOT NULL REFERENCES "courses_completion" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "trial" bool NOT NULL, "replaces_id" bigint NULL UNIQUE REFERENCES "courses_certificate" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "certificate_valid_from_its_completion" CHECK (("valid_until" IS NULL OR "valid_until" >= ("completed_on"))), CONSTRAINT "certificate_number_once" UNIQUE ("unit_id", "trial", "year", "number"));
CREATE TABLE "courses_choice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "made_at" datetime NOT NULL, "people" text NOT NULL CHECK ((JSON_VALID("people") OR "people" IS NULL)), "source" varchar(2000) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_classconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "on" date NOT NULL, "undone_because" varchar(300) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "undone_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "training_class_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "class_confirmation_undone_by_somebody" CHECK ((("superseded_at" IS NULL AND "undone_by_id" IS NULL) OR ("superseded_at" IS NOT NULL AND "undone_by_id" IS NOT NULL AND NOT ("undone_because" = '')))));
CREATE TABLE "courses_cliniccase" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "sector" varchar(20) NOT NULL, "whom" varchar(10) NOT NULL, "age" varchar(10) NOT NULL, "area" varchar(10) NOT NULL, "matter" varchar(10) NOT NULL, "asked" text NOT NULL, "happened" text NOT NULL, "done" text NOT NULL, "state" varchar(9) NOT NULL, "told_at" datetime NOT NULL, "worded_at" datetime NOT NULL, "word" varchar(300) NOT NULL, "summary" text NOT NULL, "changed_at" datetime NOT NULL, "author_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "heard_in_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "moderated_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "case_heard_once_released" CHECK ((NOT ("state" IN ('open', 'closed')) OR ("heard_in_id" IS NOT NULL AND "moderated_by_id" IS NOT NULL))), CONSTRAINT "case_moderated_by_another" CHECK (("moderated_by_id" IS NULL OR "author_id" IS NULL OR NOT ("moderated_by_id" = ("author_id") AND "moderated_by_id" IS NOT NULL AND "author_id" IS NOT NULL))), CONSTRAINT "case_closed_with_a_summary" CHECK ((NOT ("state" = 'closed') OR NOT ("summary" = ''))), CONSTRAINT "case_says_something" CHECK ((NOT ("asked" = '') AND NOT ("happened" = ''))));
CREATE TABLE "courses_columnmapping" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "heading" varchar(64) NOT NULL, "mapping" text NOT NULL CHECK ((JSON_VALID("mapping") OR "mapping" IS NULL)), "at" datetime NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "column_mapping_once" UNIQUE ("unit_id", "kind", "heading"));
CREATE TABLE "courses_completion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "course_key" varchar(80) NOT NULL, "completed_on" date NOT NULL, "source" varchar(10) NOT NULL, "evidence" varchar(300) NOT NULL, "attempt_id" bigint NULL REFERENCES "courses_attempt" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "approved" bool NOT NULL, "text" varchar(32) NOT NULL, "asked_again" bool NOT NULL, "reason" varchar(300) NOT NULL);
CREATE TABLE "courses_confirmedmark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "attendance_id" bigint NOT NULL REFERENCES "courses_attendance" ("id") DEFERRABLE INITIALLY DEFERRED, "confirmation_id" bigint NOT NULL REFERENCES "courses_classconfirmation" ("id") DEFERRABLE INITIALLY DEFERRED, "confirmed_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "mark_confirmed_once" UNIQUE ("confirmation_id", "attendance_id"), CONSTRAINT "mark_confirmed_by_a_second_person" CHECK ((NOT ("confirmed_by_id" = ("person_id")) AND NOT ("confirmed_by_id" = ("taken_by_id")))));
CREATE TABLE "courses_contribution" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "text" text NOT NULL, "state" varchar(8) NOT NULL, "word" varchar(300) NOT NULL, "at" datetime NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "case_id" bigint NOT NULL REFERENCES "courses_cliniccase" ("id") DEFERRABLE INITIALLY DEFERRED, "moderated_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "contribution_shown_once_moderated" CHECK ((("moderated_by_id" IS NULL AND "state" = 'waiting') OR (NOT ("state" = 'waiting') AND "moderated_by_id" IS NOT NULL))), CONSTRAINT "contribution_moderated_by_another" CHECK (("moderated_by_id" IS NULL OR "by_id" IS NULL OR NOT ("moderated_by_id" = ("by_id") AND "moderated_by_id" IS NOT NULL AND "by_id" IS NOT NULL))), CONSTRAINT "contribution_says_something" CHECK (NOT ("text" = '')));
CREATE TABLE "courses_conversationpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "required" bool NOT NULL, "scoring" varchar(10) NOT NULL, "pass_points" smallint NOT NULL, "scene" varchar(40) NOT NULL, "scene_alt" varchar(300) NOT NULL, "call" varchar(60) NOT NULL, "age" smallint unsigned NULL CHECK ("age" >= 0), "appears" text NOT NULL, "hidden" text NOT NULL, "fears" text NOT NULL, "wants" text NOT NULL, "where" varchar(200) NOT NULL, "when" varchar(200) NOT NULL, "role" varchar(200) NOT NULL, "around" varchar(300) NOT NULL, "before" varchar(300) NOT NULL, "must_learn" text NOT NULL CHECK ((JSON_VALID("must_learn") OR "must_learn" IS NULL)), "never_needed" text NOT NULL CHECK ((JSON_VALID("never_needed") OR "never_needed" IS NULL)), "trust_start" smallint NOT NULL, "trust_min" smallint NOT NULL, "trust_max" smallint NOT NULL, "trust_close_at" smallint NOT NULL, "first" varchar(40) NOT NULL, "turns" text NOT NULL CHECK ((JSON_VALID("turns") OR "turns" IS NULL)), "ends" text NOT NULL CHECK ((JSON_VALID("ends") OR "ends" IS NULL)), "keep_words" text NOT NULL CHECK ((JSON_VALID("keep_words") OR "keep_words" IS NULL)), "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)));
CREATE TABLE "courses_conversationrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "conversation_key" char(32) NOT NULL, "course_key" varchar(80) NOT NULL, "started_at" datetime NOT NULL, "moved_at" datetime NOT NULL, "ended_at" datetime NULL, "end" varchar(40) NOT NULL, "end_kind" varchar(10) NOT NULL, "trust" smallint NULL, "counts" text NOT NULL CHECK ((JSON_VALID("counts") OR "counts" IS NULL)), "learnt" text NOT NULL CHECK ((JSON_VALID("learnt") OR "learnt" IS NULL)), "done" bool NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NOT NULL REFERENCES "courses_conversationversion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "conversation_run_known_when_ended" CHECK (((NOT "done" AND "end_kind" = '' AND "ended_at" IS NULL AND "trust" IS NULL) OR ("ended_at" IS NOT NULL AND "trust" IS NOT NULL AND NOT ("end_kind" = '')))));
CREATE TABLE "courses_conversationversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "conversation_key" char(32) NOT NULL, "language" varchar(20) NOT NULL, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), "hash" varchar(64) NOT NULL, "created_at" datetime NOT NULL, CONSTRAINT "conversation_version_once" UNIQUE ("conversation_key", "language", "hash"));
CREATE TABLE "courses_conversationwords" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "before" text NOT NULL, "open_good" text NOT NULL, "open_low" text NOT NULL, "kinds" text NOT NULL CHECK ((JSON_VALID("kinds") OR "kinds" IS NULL)), "trust_words" text NOT NULL CHECK ((JSON_VALID("trust_words") OR "trust_words" IS NULL)), "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_courseattended" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "course_key" varchar(80) NOT NULL, "on" date NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "training_class_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_coursebegun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL, "at" datetime NOT NULL, "read_at" datetime NOT NULL, "reason" varchar(300) NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "course_begun_once" UNIQUE ("person_id", "course_key"));
CREATE TABLE "courses_coursenews" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL, "at" datetime NOT NULL, "read_at" datetime NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "steps" text NOT NULL CHECK ((JSON_VALID("steps") OR "steps" IS NULL)), CONSTRAINT "course_news_once" UNIQUE ("person_id", "course_key"));
CREATE TABLE "courses_coursepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "key" varchar(80) NOT NULL, "summary" text NOT NULL, "objectives" text NOT NULL, "audience" varchar(200) NOT NULL, "note" text NOT NULL, "order_enforced" bool NOT NULL, "scene" varchar(40) NOT NULL, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "own_key" varchar(80) NULL UNIQUE);
CREATE TABLE "courses_coursepage_prerequisites" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "from_coursepage_id" integer NOT NULL REFERENCES "courses_coursepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "to_coursepage_id" integer NOT NULL REFERENCES "courses_coursepage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_cutday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(8) NOT NULL UNIQUE, "month" smallint unsigned NOT NULL CHECK ("month" >= 0), "day" smallint unsigned NOT NULL CHECK ("day" >= 0), CONSTRAINT "cut_day_in_each_year" CHECK (("day" >= 1 AND "kind" IN ('annual', 'mid_year') AND "month" >= 1 AND "month" <= 12 AND ("day" <= 28 OR ("day" <= 30 AND NOT ("month" = 2)) OR ("day" = 31 AND "month" IN (1, 3, 5, 7, 8, 10, 12))))));
CREATE TABLE "courses_dailycount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "required" integer unsigned NOT NULL CHECK ("required" >= 0), "completed" integer unsigned NOT NULL CHECK ("completed" >= 0), "expired" integer unsigned NOT NULL CHECK ("expired" >= 0), "overdue" integer unsigned NOT NULL CHECK ("overdue" >= 0), "in_progress" integer unsigned NOT NULL CHECK ("in_progress" >= 0), "not_started" integer unsigned NOT NULL CHECK ("not_started" >= 0), "excused" integer unsigned NOT NULL CHECK ("excused" >= 0), "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, "unapproved" integer unsigned NOT NULL CHECK ("unapproved" >= 0), "still_knows" integer unsigned NOT NULL CHECK ("still_knows" >= 0), "to_review" integer unsigned NOT NULL CHECK ("to_review" >= 0), CONSTRAINT "daily_count_once" UNIQUE ("requirement_id", "unit_id", "day"));
CREATE TABLE "courses_editionarrival" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "edition" smallint unsigned NOT NULL UNIQUE CHECK ("edition" >= 0), "asked_at" datetime NOT NULL, "finished_at" datetime NULL, "on_new_site" bool NOT NULL, "asked_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_excuse" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "reason" varchar(300) NOT NULL, "start" date NOT NULL, "end" date NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "excuse_ends_after_start" CHECK (("end" IS NULL OR "end" >= ("start"))));
CREATE TABLE "courses_exemplar" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "title" varchar(150) NOT NULL, "sector" varchar(20) NOT NULL, "kind" varchar(10) NOT NULL, "since" smallint unsigned NOT NULL CHECK ("since" >= 0), "what" text NOT NULL, "how" text NOT NULL, "results" text NOT NULL, "cost" bigint unsigned NULL CHECK ("cost" >= 0), "cost_note" varchar(200) NOT NULL, "ask_whom" varchar(200) NOT NULL, "search_words" text NOT NULL, "state" varchar(9) NOT NULL, "written_at" datetime NOT NULL, "word" varchar(300) NOT NULL, "listed_at" datetime NULL, "withdrawn_at" datetime NULL, "changed_at" datetime NOT NULL, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "exemplar_listed_once_decided" CHECK ((NOT ("state" = 'listed') OR ("decided_by_id" IS NOT NULL AND "listed_at" IS NOT NULL))), CONSTRAINT "exemplar_reviewed_by_another" CHECK ((NOT ("state" = 'listed') OR NOT ("decided_by_id" = ("written_by_id") AND "decided_by_id" IS NOT NULL))), CONSTRAINT "exemplar_withdrawn_at_a_moment" CHECK ((("state" = 'withdrawn' AND "withdrawn_at" IS NOT NULL) OR (NOT ("state" = 'withdrawn') AND "withdrawn_at" IS NULL))), CONSTRAINT "exemplar_has_a_title" CHECK (NOT ("title" = '')), CONSTRAINT "exemplar_since_a_year" CHECK (("since" >= 1990 AND "since" <= 2100)));
CREATE TABLE "courses_exemplarresult" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" varchar(80) NOT NULL, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "exemplar_id" bigint NOT NULL REFERENCES "courses_exemplar" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "exemplar_number_of_something" CHECK (NOT ("label" = '')));
CREATE TABLE "courses_feedbackcount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question" varchar(10) NOT NULL, "answer" smallint unsigned NOT NULL CHECK ("answer" >= 0), "number" integer unsigned NOT NULL CHECK ("number" >= 0), "training_class_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "feedback_counted_once" UNIQUE ("training_class_id", "question", "answer"), CONSTRAINT "feedback_is_an_agreement" CHECK ("answer" IN (4, 3, 2, 1)));
CREATE TABLE "courses_feedbackwords" ("id" char(32) NOT NULL PRIMARY KEY, "text" text NOT NULL, "training_class_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_filedpaper" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file" varchar(200) NOT NULL, "sent_at" datetime NOT NULL, "change_id" bigint NOT NULL UNIQUE REFERENCES "people_bulkchange" ("id") DEFERRABLE INITIALLY DEFERRED, "sent_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_followup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "did" varchar(6) NOT NULL, "words" varchar(500) NOT NULL, "at" datetime NOT NULL, "retest_id" bigint NOT NULL UNIQUE REFERENCES "courses_retest" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "follow_up_known" CHECK ("did" IN ('yes', 'partly', 'no')));
CREATE TABLE "courses_guide" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label_1" varchar(60) NOT NULL, "meaning_1" text NOT NULL, "label_2" varchar(60) NOT NULL, "meaning_2" text NOT NULL, "label_3" varchar(60) NOT NULL, "meaning_3" text NOT NULL, "label_4" varchar(60) NOT NULL, "meaning_4" text NOT NULL, "before" text NOT NULL, "learner" text NOT NULL, "actor" text NOT NULL, "observers" text NOT NULL, "observing" text NOT NULL, "agreeing" text NOT NULL, "feedback" text NOT NULL, "outcome" text NOT NULL, "agreement_training" text NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "only" bool NOT NULL UNIQUE, CONSTRAINT "guide_is_one" CHECK ("only"));
CREATE TABLE "courses_inquiry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "course_key" varchar(80) NOT NULL, "lesson_key" char(32) NOT NULL, "for_unit" bool NOT NULL, "named" bool NOT NULL, "state" varchar(9) NOT NULL, "asked_at" datetime NOT NULL, "waits_since" datetime NULL, "replied_at" datetime NULL, "read_at" datetime NULL, "changed_at" datetime NOT NULL, "asked_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "inquiry_waits_since_a_moment" CHECK ((("state" = 'waiting' AND "waits_since" IS NOT NULL) OR (NOT ("state" = 'waiting') AND "waits_since" IS NULL))), CONSTRAINT "inquiry_named_for_the_unit" CHECK ((NOT "named" OR "for_unit")), CONSTRAINT "inquiry_for_a_unit_that_is" CHECK ((NOT "for_unit" OR "unit_id" IS NOT NULL)), CONSTRAINT "inquiry_replied_by_somebody" CHECK (("state" IN ('waiting', 'withdrawn') OR "replied_at" IS NOT NULL)));
CREATE TABLE "courses_issuer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "superior" varchar(120) NOT NULL, "organisation" varchar(120) NOT NULL, "mark" varchar(12) NOT NULL, "place" varchar(60) NOT NULL, "signer_title" varchar(80) NOT NULL, "signer_name" varchar(80) NOT NULL, "design" varchar(12) NOT NULL, "imported_too" bool NOT NULL, "active" bool NOT NULL, "unit_id" bigint NOT NULL UNIQUE REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "issuer_mark_once" UNIQUE ("mark"));
CREATE TABLE "courses_keptanswer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL, "lesson_key" char(32) NOT NULL, "language" varchar(10) NOT NULL, "question" text NOT NULL, "answer" text NOT NULL, "state" varchar(9) NOT NULL, "proposed_at" datetime NOT NULL, "word" varchar(300) NOT NULL, "changed_at" datetime NOT NULL, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "inquiry_id" bigint NULL REFERENCES "courses_inquiry" ("id") DEFERRABLE INITIALLY DEFERRED, "proposed_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "kept_decided_by_another" CHECK (("decided_by_id" IS NULL OR NOT ("decided_by_id" = ("proposed_by_id") AND "decided_by_id" IS NOT NULL) OR "state" = 'withdrawn')), CONSTRAINT "kept_shown_once_decided" CHECK (("state" = 'withdrawn' OR ("decided_by_id" IS NULL AND "state" = 'proposed') OR ("state" IN ('shown', 'refused') AND "decided_by_id" IS NOT NULL))), CONSTRAINT "kept_says_something" CHECK ((NOT ("question" = '') AND NOT ("answer" = ''))));
CREATE TABLE "courses_lessonnote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "lesson_key" char(32) NOT NULL, "text" text NOT NULL, "marked" bool NOT NULL, "at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "note_one_a_lesson" UNIQUE ("person_id", "lesson_key"), CONSTRAINT "note_says_something" CHECK ((NOT ("text" = '') OR "marked")));
CREATE TABLE "courses_lessonpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "required" bool NOT NULL, "sources" text NOT NULL, "objective" varchar(300) NOT NULL, "sectors" text NOT NULL CHECK ((JSON_VALID("sectors") OR "sectors" IS NULL)), "duties" text NOT NULL CHECK ((JSON_VALID("duties") OR "duties" IS NULL)), "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)));
CREATE TABLE "courses_lessonseen" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "lesson_key" char(32) NOT NULL, "course_key" varchar(80) NOT NULL, "seen_at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "done_at" datetime NULL, "done_by_class" bool NOT NULL, "seen_by_class" bool NOT NULL, CONSTRAINT "lesson_seen_once" UNIQUE ("person_id", "lesson_key"));
CREATE TABLE "courses_mark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "points" integer unsigned NOT NULL CHECK ("points" >= 0), "made_at" datetime NOT NULL, "item_id" bigint NOT NULL REFERENCES "courses_attemptitem" ("id") DEFERRABLE INITIALLY DEFERRED, "by_version_id" bigint NOT NULL REFERENCES "courses_questionversion" ("id") DEFERRABLE INITIALLY DEFERRED, "scale" integer unsigned NOT NULL CHECK ("scale" >= 0), CONSTRAINT "mark_scale_positive" CHECK ("scale" >= 1), CONSTRAINT "mark_once_a_key_and_time" UNIQUE ("item_id", "by_version_id", "made_at"));
CREATE TABLE "courses_meeting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "starts_at" datetime NOT NULL, "ends_at" datetime NOT NULL, "room" varchar(120) NOT NULL, "training_class_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "meeting_ends_after_it_starts" CHECK ("ends_at" > ("starts_at")), CONSTRAINT "meeting_once_at_a_time" UNIQUE ("training_class_id", "starts_at"));
CREATE TABLE "courses_modulepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "objectives" text NOT NULL, "cards" text NOT NULL CHECK ((JSON_VALID("cards") OR "cards" IS NULL)));
CREATE TABLE "courses_monthend" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "direct" bool NOT NULL, "name" varchar(200) NOT NULL, "closed" bool NOT NULL, "small" bool NOT NULL, "kept" bool NOT NULL, "figures" text NULL CHECK ((JSON_VALID("figures") OR "figures" IS NULL)), "line" text NULL CHECK ((JSON_VALID("line") OR "line" IS NULL)), "parent_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "public" bool NULL, CONSTRAINT "month_end_once" UNIQUE ("requirement_id", "day", "unit_id", "direct"), CONSTRAINT "month_end_closed_tells_nothing" CHECK ((("closed" AND "figures" IS NULL AND "line" IS NULL) OR (NOT "closed" AND "figures" IS NOT NULL))), CONSTRAINT "month_end_public_is_told" CHECK (("public" IS NULL OR NOT "public" OR NOT "closed")));
CREATE TABLE "courses_observation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "token" char(32) NOT NULL, "sent_at" datetime NOT NULL, "performance_id" bigint NOT NULL REFERENCES "courses_performance" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "observation_once_an_observer" UNIQUE ("performance_id", "place"), CONSTRAINT "observation_by_one_of_two" CHECK ("place" IN (1, 2)));
CREATE TABLE "courses_observedlevel" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "behaviour" varchar(36) NOT NULL, "level" smallint unsigned NULL CHECK ("level" >= 0), "evidence" varchar(300) NOT NULL, "observation_id" bigint NOT NULL REFERENCES "courses_observation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "observed_level_once" UNIQUE ("observation_id", "behaviour"), CONSTRAINT "observed_level_of_four_or_none" CHECK (("level" IS NULL OR "level" BETWEEN 1 AND 4)));
CREATE TABLE "courses_paper" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file" varchar(200) NOT NULL, "sent_at" datetime NOT NULL, "sent_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "training_class_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_participant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "state" varchar(8) NOT NULL, "walk_in" bool NOT NULL, "token" varchar(32) NOT NULL UNIQUE, "invited_at" datetime NOT NULL, "waits_since" datetime NOT NULL, "changed_at" datetime NOT NULL, "invited_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "training_class_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED, "gave_feedback" bool NOT NULL, CONSTRAINT "participant_once_a_class" UNIQUE ("training_class_id", "person_id"), CONSTRAINT "walk_in_waits_for_no_seat" CHECK ((NOT "walk_in" OR NOT ("state" = 'waiting'))));
CREATE TABLE "courses_performance" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "outcome" varchar(8) NOT NULL, "settled_at" datetime NULL, "keep" varchar(300) NOT NULL, "change" varchar(300) NOT NULL, "answer" text NOT NULL, "answered_at" datetime NULL, "first_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "session_id" bigint NOT NULL REFERENCES "courses_practicesession" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "performance_once_a_session" UNIQUE ("session_id", "person_id"), CONSTRAINT "performance_of_three_different_people" CHECK ((NOT ("person_id" = ("first_id")) AND ("second_id" IS NULL OR (NOT ("second_id" = ("first_id") AND "second_id" IS NOT NULL) AND NOT ("second_id" = ("person_id") AND "second_id" IS NOT NULL))))), CONSTRAINT "performance_settled_with_outcome" CHECK ((("outcome" = '' AND "settled_at" IS NULL) OR (NOT ("outcome" = '') AND "settled_at" IS NOT NULL))));
CREATE TABLE "courses_place" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL, "lesson_key" char(32) NOT NULL, "block_id" varchar(36) NOT NULL, "at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "place_one_a_course" UNIQUE ("person_id", "course_key"));
CREATE TABLE "courses_plan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "is_template" bool NOT NULL, "made_at" datetime NOT NULL, "made_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_once_a_year" UNIQUE ("unit_id", "year", "is_template"), CONSTRAINT "plan_in_a_year_of_the_law" CHECK (("year" >= 2012 AND "year" <= 2100)));
CREATE TABLE "courses_planversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" smallint unsigned NOT NULL CHECK ("number" >= 0), "state" varchar(9) NOT NULL, "reason" varchar(300) NOT NULL, "basis" text NOT NULL, "offered_to" text NOT NULL CHECK ((JSON_VALID("offered_to") OR "offered_to" IS NULL)), "answer_by" date NULL, "written_at" datetime NOT NULL, "submitted_at" datetime NULL, "decided_at" datetime NULL, "answer" varchar(300) NOT NULL, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "plan_id" bigint NOT NULL REFERENCES "courses_plan" ("id") DEFERRABLE INITIALLY DEFERRED, "submitted_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "follows_id" bigint NULL REFERENCES "courses_planversion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_version_numbered_once" UNIQUE ("plan_id", "number"), CONSTRAINT "plan_changed_for_a_reason" CHECK (("number" = 1 OR NOT ("reason" = ''))), CONSTRAINT "plan_approved_by_somebody" CHECK ((NOT ("state" = 'approved') OR ("decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL))), CONSTRAINT "plan_submitted_by_somebody" CHECK ((NOT ("state" = 'submitted') OR ("submitted_at" IS NOT NULL AND "submitted_by_id" IS NOT NULL))), CONSTRAINT "plan_decided_by_a_second_person" CHECK (("submitted_by_id" IS NULL OR "decided_by_id" IS NULL OR NOT ("decided_by_id" = ("submitted_by_id") AND "decided_by_id" IS NOT NULL AND "submitted_by_id" IS NOT NULL))));
CREATE TABLE "courses_practicesession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "on" date NOT NULL, "planned_at" datetime NOT NULL, "leader_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "rubric_id" bigint NOT NULL REFERENCES "courses_rubric" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NOT NULL REFERENCES "courses_rubricversion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "session_of_two_different_observers" CHECK (("second_id" IS NULL OR NOT ("second_id" = ("leader_id") AND "second_id" IS NOT NULL))));
CREATE TABLE "courses_proposal" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "behaviour" varchar(36) NOT NULL, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "level" smallint unsigned NULL CHECK ("level" >= 0), "reason" varchar(300) NOT NULL, "made_at" datetime NOT NULL, "performance_id" bigint NOT NULL REFERENCES "courses_performance" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "proposal_once_an_observer" UNIQUE ("performance_id", "behaviour", "place"), CONSTRAINT "proposal_of_one_of_two" CHECK ((("level" IS NULL OR "level" BETWEEN 1 AND 4) AND "place" IN (1, 2))));
CREATE TABLE "courses_publicfigures" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "ended_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "public_figures_ended_by_somebody" CHECK (("superseded_at" IS NOT NULL OR "ended_by_id" IS NULL)));
CREATE TABLE "courses_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "translation_key" char(32) NOT NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "first_published_at" datetime NULL, "last_published_at" datetime NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "locked" bool NOT NULL, "locked_at" datetime NULL, "name" varchar(200) NOT NULL, "category" varchar(120) NOT NULL, "folded" text NOT NULL, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "locked_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "difficulty" smallint unsigned NOT NULL CHECK ("difficulty" >= 0), "lesson_id" integer NULL REFERENCES "courses_lessonpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "objective" varchar(40) NOT NULL, "text" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), CONSTRAINT "question_difficulty_known" CHECK ("difficulty" IN (1, 2, 3)));
CREATE TABLE "courses_questiontag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_object_id" bigint NOT NULL REFERENCES "courses_question" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_questionversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question_key" char(32) NOT NULL, "kind" varchar(30) NOT NULL, "schema" smallint unsigned NOT NULL CHECK ("schema" >= 0), "structure" text NOT NULL CHECK ((JSON_VALID("structure") OR "structure" IS NULL)), "key" text NOT NULL CHECK ((JSON_VALID("key") OR "key" IS NULL)), "texts" text NOT NULL CHECK ((JSON_VALID("texts") OR "texts" IS NULL)), "hash" varchar(64) NOT NULL, "created_at" datetime NOT NULL, "current_since" datetime NOT NULL, CONSTRAINT "question_version_once" UNIQUE ("question_key", "hash"));
CREATE TABLE "courses_quizpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "intro" text NOT NULL, "minutes" smallint unsigned NOT NULL CHECK ("minutes" >= 0), "required" bool NOT NULL, "pass_percent" smallint unsigned NOT NULL CHECK ("pass_percent" >= 0), "attempt_limit" smallint unsigned NOT NULL CHECK ("attempt_limit" >= 0), "wait_minutes" smallint unsigned NOT NULL CHECK ("wait_minutes" >= 0), "shuffle_questions" bool NOT NULL, "shuffle_choices" bool NOT NULL, "draw_each" smallint unsigned NOT NULL CHECK ("draw_each" >= 0), "draw_from" varchar(120) NOT NULL, "draw_total" smallint unsigned NOT NULL CHECK ("draw_total" >= 0), "open_after_lessons" bool NOT NULL, "closes_at" datetime NULL, "opens_at" datetime NULL, "time_limit" smallint unsigned NOT NULL CHECK ("time_limit" >= 0));
CREATE TABLE "courses_quizquestion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "points" integer unsigned NOT NULL CHECK ("points" >= 0), "lesson_id" integer NULL REFERENCES "courses_lessonpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED, "question_id" bigint NOT NULL REFERENCES "courses_question" ("id") DEFERRABLE INITIALLY DEFERRED, "quiz_id" integer NOT NULL REFERENCES "courses_quizpage" ("page_ptr_id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_recognition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "on" date NOT NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "completion_id" bigint NOT NULL REFERENCES "courses_completion" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_relief" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "kind" varchar(9) NOT NULL, "start" date NOT NULL, "end" date NOT NULL, "asked_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "granted_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, "request_id" bigint NOT NULL REFERENCES "courses_reliefrequest" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "relief_granted_by_another" CHECK ((NOT ("asked_by_id" = ("person_id")) AND NOT ("granted_by_id" = ("person_id")) AND NOT ("granted_by_id" = ("asked_by_id")))), CONSTRAINT "relief_for_a_year" CHECK (("end" >= ("start") AND (julianday("end") - julianday("start")) <= 366.0)));
CREATE TABLE "courses_reliefrequest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(9) NOT NULL, "start" date NOT NULL, "end" date NOT NULL, "reason" varchar(300) NOT NULL, "asked_at" datetime NOT NULL, "state" varchar(9) NOT NULL, "answer" varchar(300) NOT NULL, "changed_at" datetime NOT NULL, "asked_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "relief_asked_for_another" CHECK (NOT ("asked_by_id" = ("person_id"))), CONSTRAINT "relief_decided_by_another" CHECK (("decided_by_id" IS NULL OR (NOT ("decided_by_id" = ("asked_by_id") AND "decided_by_id" IS NOT NULL) AND NOT ("decided_by_id" = ("person_id") AND "decided_by_id" IS NOT NULL)))), CONSTRAINT "relief_decided_by_one" CHECK (("state" IN ('asked', 'withdrawn') OR "decided_by_id" IS NOT NULL)), CONSTRAINT "relief_asked_for_a_year" CHECK (("end" >= ("start") AND (julianday("end") - julianday("start")) <= 366.0)));
CREATE TABLE "courses_remarked" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "score_before" bigint unsigned NOT NULL CHECK ("score_before" >= 0), "scale_before" integer unsigned NOT NULL CHECK ("scale_before" >= 0), "passed_before" bool NOT NULL, "score" bigint unsigned NOT NULL CHECK ("score" >= 0), "scale" integer unsigned NOT NULL CHECK ("scale" >= 0), "passed" bool NOT NULL, "max_score" bigint unsigned NOT NULL CHECK ("max_score" >= 0), "at" datetime NOT NULL, "read_at" datetime NULL, "attempt_id" bigint NOT NULL REFERENCES "courses_attempt" ("id") DEFERRABLE INITIALLY DEFERRED, "remarking_id" bigint NOT NULL REFERENCES "courses_remarking" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "remarked_once" UNIQUE ("remarking_id", "attempt_id"));
CREATE TABLE "courses_remarking" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question_key" char(32) NOT NULL, "reason" varchar(300) NOT NULL, "at" datetime NOT NULL, "finished_at" datetime NULL, "attempts" integer unsigned NOT NULL CHECK ("attempts" >= 0), "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "by_version_id" bigint NOT NULL REFERENCES "courses_questionversion" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_reminderstep" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "audience" varchar(8) NOT NULL, "days" smallint NOT NULL, CONSTRAINT "reminder_step_once" UNIQUE ("audience", "days"), CONSTRAINT "reminder_step_within_a_year" CHECK (("days" >= -365 AND "days" <= 365)), CONSTRAINT "reminder_step_rises_late" CHECK (("audience" = 'self' OR "days" > 0)));
CREATE TABLE "courses_reportedperson" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "report_id" bigint NOT NULL REFERENCES "courses_annualreport" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "annual_report_number_once" UNIQUE ("report_id", "number"), CONSTRAINT "annual_report_person_once" UNIQUE ("report_id", "person_id"));
CREATE TABLE "courses_reportfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "content" BLOB NOT NULL, "size" integer unsigned NOT NULL CHECK ("size" >= 0), "digest" varchar(64) NOT NULL, "report_id" bigint NOT NULL REFERENCES "courses_annualreport" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "annual_report_file_once" UNIQUE ("report_id", "name"));
CREATE TABLE "courses_reportpattern" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "superior" varchar(120) NOT NULL, "organisation" varchar(120) NOT NULL, "mark" varchar(30) NOT NULL, "place" varchar(60) NOT NULL, "addressees" text NOT NULL, "recipients" text NOT NULL, "signing" text NOT NULL, "signer" varchar(80) NOT NULL, "subject" varchar(200) NOT NULL, "wording" text NOT NULL, "unit_id" bigint NOT NULL UNIQUE REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_requirement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(80) NOT NULL UNIQUE, "name" varchar(200) NOT NULL);
CREATE TABLE "courses_requirementrule" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "effective_from" date NULL, "course_key" varchar(80) NOT NULL, "deadline" date NOT NULL, "validity_months" smallint unsigned NULL CHECK ("validity_months" >= 0), "grace_days" smallint unsigned NOT NULL CHECK ("grace_days" >= 0), "duty_id" bigint NOT NULL REFERENCES "people_duty" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, "rubric_keys" text NOT NULL CHECK ((JSON_VALID("rubric_keys") OR "rubric_keys" IS NULL)), "each_january" bool NOT NULL, "more_course_keys" text NOT NULL CHECK ((JSON_VALID("more_course_keys") OR "more_course_keys" IS NULL)), "law" varchar(120) NOT NULL, "law_begins" date NULL, "old_until" date NULL, "refresher_key" varchar(80) NOT NULL, CONSTRAINT "requirement_rule_renewed_one_way" CHECK ((NOT "each_january" OR "validity_months" IS NULL)), CONSTRAINT "requirement_rule_of_a_named_law" CHECK ((("law" = '' AND "law_begins" IS NULL AND "old_until" IS NULL AND "refresher_key" = '') OR ("effective_from" IS NOT NULL AND "law_begins" IS NOT NULL AND NOT ("law" = '')))));
CREATE TABLE "courses_result" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "task_key" char(32) NOT NULL, "done_on" date NULL, "number" integer unsigned NULL CHECK ("number" >= 0), "cost" bigint unsigned NULL CHECK ("cost" >= 0), "note" varchar(300) NOT NULL, "paper" varchar(200) NOT NULL, "plan_id" bigint NOT NULL REFERENCES "courses_plan" ("id") DEFERRABLE INITIALLY DEFERRED, "recorded_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "drawn_from" varchar(20) NOT NULL, CONSTRAINT "plan_result_cost_is_money" CHECK (("cost" IS NULL OR "cost" <= 10000000000000)));
CREATE TABLE "courses_retest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "months" smallint unsigned NOT NULL CHECK ("months" >= 0), "objectives" text NOT NULL CHECK ((JSON_VALID("objectives") OR "objectives" IS NULL)), "attempt_id" bigint NOT NULL UNIQUE REFERENCES "courses_attempt" ("id") DEFERRABLE INITIALLY DEFERRED, "completion_id" bigint NOT NULL REFERENCES "courses_completion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "retest_once_a_window" UNIQUE ("completion_id", "months"), CONSTRAINT "retest_months_known" CHECK ("months" IN (1, 3, 6)));
CREATE TABLE "courses_retestanswer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "question_key" char(32) NOT NULL, "objective" varchar(40) NOT NULL, "lesson_key" char(32) NULL, "right" bool NOT NULL, "result_id" bigint NOT NULL REFERENCES "courses_retestresult" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "retest_answer_once" UNIQUE ("result_id", "position"));
CREATE TABLE "courses_retestresult" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "on" date NOT NULL, "right" smallint unsigned NOT NULL CHECK ("right" >= 0), "retest_id" bigint NOT NULL REFERENCES "courses_retest" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "retest_result_bounded" CHECK ("right" <= 5));
CREATE TABLE "courses_reviewitem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "subject" varchar(80) NOT NULL, "subject_title" varchar(200) NOT NULL, "where" varchar(300) NOT NULL, "kind" varchar(12) NOT NULL, "text" text NOT NULL, "url" text NOT NULL, "identity" varchar(32) NOT NULL, "body" varchar(120) NOT NULL, CONSTRAINT "review_item_once" UNIQUE ("subject", "identity"));
CREATE TABLE "courses_revocation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "on" date NOT NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "certificate_id" bigint NOT NULL REFERENCES "courses_certificate" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_rubric" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(80) NOT NULL UNIQUE, "title" varchar(200) NOT NULL, "course_key" varchar(80) NOT NULL, "active" bool NOT NULL, "minutes_prepare" smallint unsigned NOT NULL CHECK ("minutes_prepare" >= 0), "minutes_play" smallint unsigned NOT NULL CHECK ("minutes_play" >= 0), "minutes_talk" smallint unsigned NOT NULL CHECK ("minutes_talk" >= 0), "needs" text NOT NULL, "cards" text NOT NULL CHECK ((JSON_VALID("cards") OR "cards" IS NULL)), "behaviours" text NOT NULL CHECK ((JSON_VALID("behaviours") OR "behaviours" IS NULL)), "least_level" smallint unsigned NOT NULL CHECK ("least_level" >= 0), "least_percent" smallint unsigned NOT NULL CHECK ("least_percent" >= 0), "no_critical_at" smallint unsigned NULL CHECK ("no_critical_at" >= 0), "talk" text NOT NULL, "sources" text NOT NULL CHECK ((JSON_VALID("sources") OR "sources" IS NULL)), "approved_by" varchar(150) NOT NULL, "approved_on" date NULL, "approved_hash" varchar(64) NOT NULL, CONSTRAINT "rubric_approved_by_somebody_on_a_day" CHECK ((("approved_by" = '' AND "approved_on" IS NULL) OR ("approved_on" IS NOT NULL AND NOT ("approved_by" = '')))), CONSTRAINT "rubric_rule_bounded" CHECK (("least_level" >= 1 AND "least_level" <= 4 AND "least_percent" <= 100 AND ("no_critical_at" IS NULL OR "no_critical_at" BETWEEN 1 AND 4))));
CREATE TABLE "courses_rubricversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "hash" varchar(64) NOT NULL, "recorded_at" datetime NOT NULL, "rubric_id" bigint NOT NULL REFERENCES "courses_rubric" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "rubric_version_once" UNIQUE ("rubric_id", "hash"));
CREATE TABLE "courses_runturn" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "turn" varchar(40) NOT NULL, "order" text NOT NULL CHECK ((JSON_VALID("order") OR "order" IS NULL)), "chosen" smallint unsigned NULL CHECK ("chosen" >= 0), "run_id" bigint NOT NULL REFERENCES "courses_conversationrun" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "conversation_turn_position" UNIQUE ("run_id", "position"));
CREATE TABLE "courses_said" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL UNIQUE, "kind" varchar(8) NOT NULL, "text" text NOT NULL, "at" datetime NOT NULL, "edited_at" datetime NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "inquiry_id" bigint NOT NULL REFERENCES "courses_inquiry" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "inquiry_said_something" CHECK (NOT ("text" = '')));
CREATE TABLE "courses_savedreport" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(80) NOT NULL, "address" varchar(500) NOT NULL, "rhythm" varchar(8) NOT NULL, "saved_at" datetime NOT NULL, "told_for" date NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "role_id" bigint NOT NULL REFERENCES "people_role" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "report_saved_once" UNIQUE ("person_id", "address", "rhythm"));
CREATE TABLE "courses_series" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "year" smallint unsigned NOT NULL CHECK ("year" >= 0), "last" integer unsigned NOT NULL CHECK ("last" >= 0), "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "trial" bool NOT NULL, CONSTRAINT "series_once_a_year" UNIQUE ("unit_id", "year", "trial"));
CREATE TABLE "courses_settlement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "by_name" varchar(150) NOT NULL, "on" date NOT NULL, "word" varchar(500) NOT NULL, "entered_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "item_id" bigint NOT NULL REFERENCES "courses_reviewitem" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "settlement_says_who_and_what" CHECK ((NOT ("by_name" = '') AND NOT ("word" = ''))));
CREATE TABLE "courses_stalecount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "since" date NOT NULL, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_standing" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "start" date NOT NULL, "end" date NULL, "state" varchar(12) NOT NULL, "shared" bool NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "requirement_id" bigint NOT NULL REFERENCES "courses_requirement" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "unapproved" bool NOT NULL, "knowledge" varchar(11) NOT NULL, CONSTRAINT "standing_one_state_at_a_time" UNIQUE ("requirement_id", "person_id", "unit_id", "start"));
CREATE TABLE "courses_submission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL, "title" varchar(255) NOT NULL, "state" varchar(10) NOT NULL, "at" datetime NOT NULL, "word" varchar(500) NOT NULL, "decided_at" datetime NULL, "approved_on" date NULL, "reason" varchar(500) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "course_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "submission_approver_is_another" CHECK ((NOT ("state" IN ('publishing', 'approved')) OR NOT ("decided_by_id" = ("by_id") AND "decided_by_id" IS NOT NULL))), CONSTRAINT "submission_decided_by_somebody" CHECK ((("decided_at" IS NULL AND "decided_by_id" IS NULL AND "state" = 'waiting') OR (NOT ("state" = 'waiting') AND "decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL))), CONSTRAINT "submission_sent_back_with_a_reason" CHECK ((NOT ("state" = 'sent_back') OR NOT ("reason" = ''))));
CREATE TABLE "courses_submittedpart" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "kind" varchar(16) NOT NULL, "object_id" bigint unsigned NOT NULL CHECK ("object_id" >= 0), "title" varchar(255) NOT NULL, "publishes" bool NOT NULL, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "submission_id" bigint NOT NULL REFERENCES "courses_submission" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "submitted_part_once" UNIQUE ("submission_id", "kind", "object_id"));
CREATE TABLE "courses_talknews" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(8) NOT NULL, "target" bigint unsigned NOT NULL CHECK ("target" >= 0), "at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "talk_news_once" UNIQUE ("person_id", "kind", "target"));
CREATE TABLE "courses_task" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" char(32) NOT NULL, "is_taken" bool NOT NULL, "carried_from" char(32) NULL, "place" smallint unsigned NOT NULL CHECK ("place" >= 0), "kind" varchar(12) NOT NULL, "title" varchar(250) NOT NULL, "expected" varchar(250) NOT NULL, "number" integer unsigned NULL CHECK ("number" >= 0), "measure" varchar(40) NOT NULL, "first_day" date NOT NULL, "last_day" date NOT NULL, "who" varchar(150) NOT NULL, "unit_kinds" text NOT NULL CHECK ((JSON_VALID("unit_kinds") OR "unit_kinds" IS NULL)), "left_out" bool NOT NULL, "left_out_why" varchar(300) NOT NULL, "duty_id" bigint NULL REFERENCES "people_duty" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NOT NULL REFERENCES "courses_planversion" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "plan_task_once" UNIQUE ("version_id", "key"), CONSTRAINT "plan_task_ends_after_start" CHECK ("last_day" >= ("first_day")), CONSTRAINT "plan_task_left_out_why" CHECK ((NOT "left_out" OR NOT ("left_out_why" = ''))), CONSTRAINT "plan_task_counts_something" CHECK (("number" IS NULL OR NOT ("measure" = ''))));
CREATE TABLE "courses_tick" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "lesson_key" char(32) NOT NULL, "item_id" varchar(36) NOT NULL, "at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "tick_once" UNIQUE ("person_id", "lesson_key", "item_id"));
CREATE TABLE "courses_trainingclass" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL, "title" varchar(150) NOT NULL, "seats" smallint unsigned NOT NULL CHECK ("seats" >= 0), "share" smallint unsigned NOT NULL CHECK ("share" >= 0), "cost" bigint unsigned NULL CHECK ("cost" >= 0), "planned_at" datetime NOT NULL, "cancelled_at" datetime NULL, "planned_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "class_has_seats" CHECK (("seats" >= 1 AND "seats" <= 500)), CONSTRAINT "class_asks_a_share" CHECK (("share" >= 1 AND "share" <= 100)));
CREATE TABLE "courses_trainingclass_trainers" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "trainingclass_id" bigint NOT NULL REFERENCES "courses_trainingclass" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_trainingelsewhere" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "course_key" varchar(80) NOT NULL, "completed_on" date NOT NULL, "held_by" varchar(150) NOT NULL, "note" varchar(300) NOT NULL, "paper" varchar(200) NOT NULL, "entered_at" datetime NOT NULL, "state" varchar(8) NOT NULL, "answer" varchar(300) NOT NULL, "changed_at" datetime NOT NULL, "completion_id" bigint NULL UNIQUE REFERENCES "courses_completion" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "entered_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "elsewhere_entered_for_another" CHECK (NOT ("entered_by_id" = ("person_id"))), CONSTRAINT "elsewhere_decided_by_a_second_person" CHECK (("decided_by_id" IS NULL OR (NOT ("decided_by_id" = ("entered_by_id") AND "decided_by_id" IS NOT NULL) AND NOT ("decided_by_id" = ("person_id") AND "decided_by_id" IS NOT NULL)))), CONSTRAINT "elsewhere_decided_by_one" CHECK ((("decided_by_id" IS NULL AND "state" = 'waiting') OR (NOT ("state" = 'waiting') AND "decided_by_id" IS NOT NULL))), CONSTRAINT "elsewhere_counts_once_agreed" CHECK ((("completion_id" IS NOT NULL AND "state" = 'agreed') OR ("completion_id" IS NULL AND NOT ("state" = 'agreed')))), CONSTRAINT "elsewhere_since_the_first_law" CHECK ("completed_on" >= '2012-01-01'));
CREATE TABLE "courses_try" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "lesson_key" char(32) NOT NULL, "block_id" varchar(36) NOT NULL, "first_option_id" varchar(36) NOT NULL, "first_at" datetime NOT NULL, "option_id" varchar(36) NOT NULL, "at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "try_one_a_block" UNIQUE ("person_id", "lesson_key", "block_id"));
CREATE TABLE "courses_void" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "on" date NOT NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "completion_id" bigint NOT NULL REFERENCES "courses_completion" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "courses_walkinanswer" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "came" bool NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "participant_id" bigint NOT NULL REFERENCES "courses_participant" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "walk_in_answered_by_a_second_person" CHECK ((NOT ("by_id" = ("person_id")) AND NOT ("by_id" = ("written_by_id")))));
CREATE TABLE "courses_walkinundone" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "because" varchar(300) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "participant_id" bigint NOT NULL REFERENCES "courses_participant" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "walk_in_undone_with_a_reason" CHECK (NOT ("because" = '')));
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE TABLE "django_tasks_database_dbtaskresult" ("id" char(32) NOT NULL PRIMARY KEY, "args_kwargs" text NOT NULL CHECK ((JSON_VALID("args_kwargs") OR "args_kwargs" IS NULL)), "priority" integer NOT NULL, "task_path" text NOT NULL, "queue_name" varchar(32) NOT NULL, "backend_name" varchar(32) NOT NULL, "run_after" datetime NOT NULL, "enqueued_at" datetime NOT NULL, "finished_at" datetime NULL, "started_at" datetime NULL, "return_value" text NULL CHECK ((JSON_VALID("return_value") OR "return_value" IS NULL)), "exception_class_path" text NOT NULL, "traceback" text NOT NULL, "worker_ids" text NOT NULL CHECK ((JSON_VALID("worker_ids") OR "worker_ids" IS NULL)), "status" varchar(10) NOT NULL, CONSTRAINT "priority_range" CHECK ("priority" BETWEEN -100 AND 100));
CREATE TABLE "media_documentfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "created_at" datetime NOT NULL, "file_size" bigint unsigned NULL CHECK ("file_size" >= 0), "file_hash" varchar(40) NOT NULL, "credit" varchar(200) NOT NULL, "language" varchar(10) NOT NULL, "consent" text NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "doubt" text NOT NULL, "is_looked_at" bool NOT NULL, "scan" varchar(8) NOT NULL, "replaced_at" datetime NULL, "consent_ended" bool NOT NULL, "consent_for" text NOT NULL CHECK ((JSON_VALID("consent_for") OR "consent_for" IS NULL)), "consent_until" date NULL, "licence" varchar(12) NOT NULL, "may_be_named" bool NOT NULL, "representative_agreed" bool NOT NULL, "shows_minor" bool NOT NULL);
CREATE TABLE "media_endedconsent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by_its_date" bool NOT NULL, "names" text NOT NULL CHECK ((JSON_VALID("names") OR "names" IS NULL)), "taken_back_at" datetime NULL, "forgotten_at" datetime NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "document_id" bigint NULL REFERENCES "media_documentfile" ("id") DEFERRABLE INITIALLY DEFERRED, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "recording_id" bigint NULL REFERENCES "media_recording" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_back_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "ended_consent_of_one" CHECK ((("document_id" IS NULL AND "picture_id" IS NOT NULL AND "recording_id" IS NULL) OR ("document_id" IS NOT NULL AND "picture_id" IS NULL AND "recording_id" IS NULL) OR ("document_id" IS NULL AND "picture_id" IS NULL AND "recording_id" IS NOT NULL))));
CREATE TABLE "media_picture" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "credit" varchar(200) NOT NULL, "language" varchar(10) NOT NULL, "consent" text NOT NULL, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "description" varchar(255) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "created_at" datetime NOT NULL, "focal_point_x" integer unsigned NULL CHECK ("focal_point_x" >= 0), "focal_point_y" integer unsigned NULL CHECK ("focal_point_y" >= 0), "focal_point_width" integer unsigned NULL CHECK ("focal_point_width" >= 0), "focal_point_height" integer unsigned NULL CHECK ("focal_point_height" >= 0), "file_size" integer unsigned NULL CHECK ("file_size" >= 0), "file_hash" varchar(40) NOT NULL, "is_decoration" bool NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_clean" bool NOT NULL, "why_refused" text NOT NULL, "replaced_at" datetime NULL, "consent_ended" bool NOT NULL, "consent_for" text NOT NULL CHECK ((JSON_VALID("consent_for") OR "consent_for" IS NULL)), "consent_until" date NULL, "licence" varchar(12) NOT NULL, "may_be_named" bool NOT NULL, "representative_agreed" bool NOT NULL, "shows_minor" bool NOT NULL);
CREATE TABLE "media_recording" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "credit" varchar(200) NOT NULL, "language" varchar(10) NOT NULL, "consent" text NOT NULL, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "type" varchar(255) NOT NULL, "duration" real NOT NULL, "width" integer unsigned NULL CHECK ("width" >= 0), "height" integer unsigned NULL CHECK ("height" >= 0), "thumbnail" varchar(100) NOT NULL, "created_at" datetime NOT NULL, "transcript" text NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_clean" bool NOT NULL, "replaced_at" datetime NULL, "consent_ended" bool NOT NULL, "consent_for" text NOT NULL CHECK ((JSON_VALID("consent_for") OR "consent_for" IS NULL)), "consent_until" date NULL, "licence" varchar(12) NOT NULL, "may_be_named" bool NOT NULL, "representative_agreed" bool NOT NULL, "shows_minor" bool NOT NULL, "loudness" real NULL, "mastered_of" varchar(255) NOT NULL, "small_aac" varchar(100) NOT NULL, "small_opus" varchar(100) NOT NULL, "sound_fault" text NOT NULL, "captions" text NOT NULL, "file_hash" varchar(40) NOT NULL);
CREATE TABLE "media_rendition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "filter_spec" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "focal_point_key" varchar(16) NOT NULL, "image_id" bigint NOT NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "rendition_once" UNIQUE ("image_id", "filter_spec", "focal_point_key"));
CREATE TABLE "media_replacement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "field" varchar(10) NOT NULL, "file" varchar(100) NOT NULL, "is_clean" bool NOT NULL, "why_refused" text NOT NULL, "scan" varchar(8) NOT NULL, "at" datetime NOT NULL, "state" varchar(10) NOT NULL, "decided_at" datetime NULL, "reason" varchar(500) NOT NULL, "taken_back_at" datetime NULL, "old" varchar(255) NOT NULL, "forgotten_at" datetime NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "document_id" bigint NULL REFERENCES "media_documentfile" ("id") DEFERRABLE INITIALLY DEFERRED, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "recording_id" bigint NULL REFERENCES "media_recording" ("id") DEFERRABLE INITIALLY DEFERRED, "taken_back_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "old_words" text NOT NULL CHECK ((JSON_VALID("old_words") OR "old_words" IS NULL)), "words" text NOT NULL CHECK ((JSON_VALID("words") OR "words" IS NULL)), CONSTRAINT "replacement_of_one" CHECK ((("document_id" IS NULL AND "picture_id" IS NOT NULL AND "recording_id" IS NULL) OR ("document_id" IS NOT NULL AND "picture_id" IS NULL AND "recording_id" IS NULL) OR ("document_id" IS NULL AND "picture_id" IS NULL AND "recording_id" IS NOT NULL))), CONSTRAINT "replacement_by_another" CHECK (("by_id" IS NULL OR "decided_by_id" IS NULL OR NOT ("by_id" = ("decided_by_id") AND "by_id" IS NOT NULL AND "decided_by_id" IS NOT NULL))), CONSTRAINT "replacement_decided_when" CHECK ((("decided_at" IS NULL AND "state" = 'waiting') OR (NOT ("state" = 'waiting') AND "decided_at" IS NOT NULL))), CONSTRAINT "replacement_refused_why" CHECK ((NOT ("state" = 'refused') OR NOT ("reason" = ''))), CONSTRAINT "replacement_file_or_words" CHECK ((("field" = 'words' AND "file" = '') OR (NOT ("field" = 'words') AND NOT ("file" = '')))));
CREATE TABLE "media_scheduledfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(10) NOT NULL, "key" bigint NOT NULL, "revision_id" integer NOT NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "scheduled_file_once" UNIQUE ("kind", "key", "revision_id"));
CREATE TABLE "media_unitcollection" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "collection_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL UNIQUE REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);
CREATE TABLE "outbox_clockrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "job" varchar(120) NOT NULL UNIQUE, "started_at" datetime NOT NULL, "finished_at" datetime NULL);
CREATE TABLE "outbox_effect" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(40) NOT NULL, "key" varchar(120) NOT NULL UNIQUE, "payload" text NOT NULL CHECK ((JSON_VALID("payload") OR "payload" IS NULL)), "state" varchar(8) NOT NULL, "attempts" smallint unsigned NOT NULL CHECK ("attempts" >= 0), "created_at" datetime NOT NULL, "available_at" datetime NOT NULL, "worker" varchar(64) NOT NULL, "lease_until" datetime NULL, "finished_at" datetime NULL, "done" integer unsigned NOT NULL CHECK ("done" >= 0), "total" integer unsigned NOT NULL CHECK ("total" >= 0), "result" text NOT NULL CHECK ((JSON_VALID("result") OR "result" IS NULL)), "error" varchar(400) NOT NULL, "requested_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "failures" smallint unsigned NOT NULL CHECK ("failures" >= 0), CONSTRAINT "effect_running_has_lease" CHECK ((NOT ("state" = 'running') OR "lease_until" IS NOT NULL)));
CREATE TABLE "outbox_lease" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL UNIQUE, "holder" varchar(64) NOT NULL, "until" datetime NOT NULL);
CREATE TABLE "pages_contact" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(20) NOT NULL, "name" varchar(120) NOT NULL, "when" varchar(200) NOT NULL, "hours" varchar(80) NOT NULL, "cost" varchar(80) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "confirmed_on" date NULL, "source" varchar(250) NOT NULL, "note" text NOT NULL, "confirmed_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "abroad" bool NOT NULL, "country" varchar(60) NOT NULL, "public_since" datetime NULL, "languages" varchar(60) NOT NULL, "valid_from" date NULL, "valid_to" date NULL, CONSTRAINT "contact_once_a_unit" UNIQUE ("number", "unit_id"), CONSTRAINT "contact_confirmed_on_a_day" CHECK (("confirmed_by_id" IS NULL OR "confirmed_on" IS NOT NULL)), CONSTRAINT "contact_abroad_in_international_form" CHECK (((NOT "abroad" AND "country" = '') OR (SUBSTR("number", 1, 1) = '+' AND "abroad"))), CONSTRAINT "contact_called_while_public" CHECK (("confirmed_on" IS NULL OR "public_since" IS NOT NULL)), CONSTRAINT "contact_from_before_to" CHECK (("valid_from" IS NULL OR "valid_to" IS NULL OR "valid_from" <= ("valid_to"))));
CREATE TABLE "pages_contactcall" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(20) NOT NULL, "called_on" date NOT NULL, "answered" bool NOT NULL, "recorded_at" datetime NOT NULL, "called_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_id" bigint NOT NULL REFERENCES "pages_contact" ("id") DEFERRABLE INITIALLY DEFERRED, "version_id" bigint NULL REFERENCES "pages_contactversion" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_contactspage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "heading" varchar(80) NOT NULL, "lead" text NOT NULL, "what_to_say" text NOT NULL, "other_help" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_contacttakenoff" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "why" varchar(250) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "contact_id" bigint NOT NULL REFERENCES "pages_contact" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_contactversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(20) NOT NULL, "name" varchar(120) NOT NULL, "when" varchar(200) NOT NULL, "hours" varchar(80) NOT NULL, "cost" varchar(80) NOT NULL, "abroad" bool NOT NULL, "country" varchar(60) NOT NULL, "order" smallint unsigned NOT NULL CHECK ("order" >= 0), "written_at" datetime NOT NULL, "state" varchar(10) NOT NULL, "decided_at" datetime NULL, "why" varchar(300) NOT NULL, "contact_id" bigint NOT NULL REFERENCES "pages_contact" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "written_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "languages" varchar(60) NOT NULL, "valid_from" date NULL, "valid_to" date NULL, CONSTRAINT "contact_version_confirmed_by_another" CHECK ((NOT ("state" = 'confirmed') OR "decided_by_id" IS NULL OR "written_by_id" IS NULL OR NOT ("decided_by_id" = ("written_by_id") AND "decided_by_id" IS NOT NULL AND "written_by_id" IS NOT NULL))), CONSTRAINT "contact_version_decided_at_a_time" CHECK ((("decided_at" IS NULL AND "state" = 'waiting') OR (NOT ("state" = 'waiting') AND "decided_at" IS NOT NULL))), CONSTRAINT "contactversion_from_before_to" CHECK (("valid_from" IS NULL OR "valid_to" IS NULL OR "valid_from" <= ("valid_to"))));
CREATE TABLE "pages_homepage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "eyebrow" varchar(120) NOT NULL, "heading" varchar(80) NOT NULL, "lead" text NOT NULL, "verbs" text NOT NULL CHECK ((JSON_VALID("verbs") OR "verbs" IS NULL)), "other_help" varchar(250) NOT NULL, "officials_lead" text NOT NULL, "review_note" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED, "scene" varchar(40) NOT NULL);
CREATE TABLE "pages_lawcitation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "target" varchar(64) NOT NULL, "place" varchar(64) NOT NULL, "is_draft" bool NOT NULL, "document" varchar(60) NOT NULL, "slug" varchar(60) NOT NULL, "article" varchar(8) NOT NULL, "clause" varchar(8) NOT NULL, "point" varchar(8) NOT NULL, CONSTRAINT "law_cited_once_in_a_place" UNIQUE ("kind", "target", "place", "is_draft", "document", "article", "clause", "point"));
CREATE TABLE "pages_rolegroup" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "group_id" integer NOT NULL UNIQUE REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "role_group_once" UNIQUE ("kind", "unit_id"));
CREATE TABLE "pages_searchentry" ("page_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "title" text NOT NULL, "words" text NOT NULL, "marks" text NOT NULL, "teaser" varchar(200) NOT NULL, "audiences" varchar(200) NOT NULL);
CREATE TABLE "pages_sharepicture" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "made_of" varchar(40) NOT NULL, "file" varchar(100) NOT NULL, "page_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "pages_textpage" ("page_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "summary" varchar(200) NOT NULL, "audiences" text NOT NULL CHECK ((JSON_VALID("audiences") OR "audiences" IS NULL)), "review_note" varchar(200) NOT NULL, "intro" text NOT NULL, "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "sources" text NOT NULL, "share_picture_id" bigint NULL REFERENCES "media_picture" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_accountnotice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "what" varchar(16) NOT NULL, "at" datetime NOT NULL, "old" text NOT NULL CHECK ((JSON_VALID("old") OR "old" IS NULL)), "to_call" bool NOT NULL, "called_at" datetime NULL, "seen_at" datetime NULL, "undone_at" datetime NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_activationslip" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code_hash" varchar(64) NOT NULL, "batch" char(32) NOT NULL, "made_at" datetime NOT NULL, "expires_at" datetime NOT NULL, "reason" varchar(200) NOT NULL, "drops_second_step" bool NOT NULL, "used_at" datetime NULL, "withdrawn_at" datetime NULL, "made_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "slip_once_a_batch" UNIQUE ("batch", "person_id"));
CREATE TABLE "people_actreason" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reason" varchar(300) NOT NULL, "change_id" bigint NOT NULL UNIQUE REFERENCES "people_bulkchange" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_bulkchange" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "key" varchar(120) NULL UNIQUE, "name" varchar(120) NOT NULL, "begun_at" datetime NOT NULL, "last_at" datetime NULL, "ended_at" datetime NULL, "written" integer unsigned NOT NULL CHECK ("written" >= 0), "stopped_at" datetime NULL, "is_old" bool NOT NULL, "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "mended" text NOT NULL CHECK ((JSON_VALID("mended") OR "mended" IS NULL)), "undoes_id" bigint NULL REFERENCES "people_bulkchange" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_changedrow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "what" varchar(8) NOT NULL, "line" varchar(16) NOT NULL, "new" bigint NULL, "old" bigint NULL, "before" text NULL CHECK ((JSON_VALID("before") OR "before" IS NULL)), "after" text NULL CHECK ((JSON_VALID("after") OR "after" IS NULL)), "stays" varchar(200) NOT NULL, "change_id" bigint NOT NULL REFERENCES "people_bulkchange" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "undoes_id" bigint NULL REFERENCES "people_changedrow" ("id") DEFERRABLE INITIALLY DEFERRED, "undone_by_id" bigint NULL REFERENCES "people_bulkchange" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_confirmedlist" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "body" text NOT NULL, "sha256" varchar(64) NOT NULL, "confirmation_id" bigint NOT NULL UNIQUE REFERENCES "people_rosterconfirmation" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_daymessage" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL, "state" varchar(8) NOT NULL, "about" text NOT NULL CHECK ((JSON_VALID("about") OR "about" IS NULL)), "made_at" datetime NOT NULL, "channel" varchar(4) NOT NULL, "why" varchar(11) NOT NULL, "ended_at" datetime NULL, "called_at" datetime NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "called_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "day_message_once" UNIQUE ("person_id", "day"), CONSTRAINT "day_message_ended" CHECK ((("ended_at" IS NULL AND "state" = 'waiting') OR (NOT ("state" = 'waiting') AND "ended_at" IS NOT NULL))), CONSTRAINT "day_message_called_at" CHECK ((("called_at" IS NULL OR "state" = 'called') AND 1 = (CASE WHEN "called_at" IS NULL THEN 1 ELSE 0 END + CASE WHEN "state" = 'called' THEN 1 ELSE 0 END))));
CREATE TABLE "people_dayoff" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL UNIQUE, "name" varchar(80) NOT NULL);
CREATE TABLE "people_dayrun" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL UNIQUE, "begun_at" datetime NOT NULL, "planned_at" datetime NULL);
CREATE TABLE "people_declined" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "topic" varchar(20) NOT NULL, "at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "declined_once" UNIQUE ("person_id", "topic"));
CREATE TABLE "people_devicesession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "session_key" varchar(40) NOT NULL UNIQUE, "device" varchar(60) NOT NULL, "began_at" datetime NOT NULL, "seen_at" datetime NOT NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_duty" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(60) NOT NULL UNIQUE, "name" varchar(120) NOT NULL);
CREATE TABLE "people_entry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "act" varchar(16) NOT NULL, "on" date NULL, "count" integer unsigned NULL CHECK ("count" >= 0), "detail" varchar(80) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_erasurerequest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked_at" datetime NOT NULL, "state" varchar(10) NOT NULL, "decided_at" datetime NULL, "answer" varchar(300) NOT NULL, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "erasure_decided_with_its_day" CHECK ((("decided_at" IS NULL AND "state" = 'asked') OR (NOT ("state" = 'asked') AND "decided_at" IS NOT NULL))));
CREATE TABLE "people_insistence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "form" varchar(20) NOT NULL, "signs" varchar(80) NOT NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_languagework" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language" varchar(10) NOT NULL, "does" varchar(10) NOT NULL, "role_id" bigint NOT NULL REFERENCES "people_role" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "language_work_once" UNIQUE ("role_id", "language", "does"));
CREATE TABLE "people_merge" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "reason" varchar(300) NOT NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "change_id" bigint NULL REFERENCES "people_bulkchange" ("id") DEFERRABLE INITIALLY DEFERRED, "gone_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "stays_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "merge_of_two" CHECK (NOT ("gone_id" = ("stays_id"))));
CREATE TABLE "people_messageplan" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "is_on" bool NOT NULL, "opens_at" time NOT NULL, CONSTRAINT "message_plan_one" CHECK ("id" = 1), CONSTRAINT "message_plan_by_day" CHECK (("opens_at" >= '06:00:00' AND "opens_at" <= '16:00:00')));
CREATE TABLE "people_notsame" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "one_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "other_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "not_same_in_order" CHECK ("one_id" < ("other_id")));
CREATE TABLE "people_personnumber" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" varchar(18) NOT NULL UNIQUE, "person_id" bigint NOT NULL UNIQUE REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_posting" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "position" varchar(150) NOT NULL, "start" date NOT NULL, "end" date NULL, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "posting_ends_after_start" CHECK (("end" IS NULL OR "end" >= ("start"))));
CREATE TABLE "people_posting_duties" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "posting_id" bigint NOT NULL REFERENCES "people_posting" ("id") DEFERRABLE INITIALLY DEFERRED, "duty_id" bigint NOT NULL REFERENCES "people_duty" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_reach" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "depth" smallint unsigned NOT NULL CHECK ("depth" >= 0), "start" date NOT NULL, "end" date NULL, "undivided" bool NOT NULL, "ancestor_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reach_one_ancestor_a_level" UNIQUE ("unit_id", "depth", "start"));
CREATE TABLE "people_reform" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "decree" varchar(200) NOT NULL, "on" date NOT NULL, "made_at" datetime NOT NULL, "acts" text NOT NULL CHECK ((JSON_VALID("acts") OR "acts" IS NULL)), "heirs" text NOT NULL CHECK ((JSON_VALID("heirs") OR "heirs" IS NULL)), "posted" text NOT NULL CHECK ((JSON_VALID("posted") OR "posted" IS NULL)), "applied_at" datetime NULL, "carried_at" datetime NULL, "reversing_at" datetime NULL, "reversed_at" datetime NULL, "by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "change_id" bigint NULL UNIQUE REFERENCES "people_bulkchange" ("id") DEFERRABLE INITIALLY DEFERRED, "reversed_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reform_carried_after_applied" CHECK (("carried_at" IS NULL OR "applied_at" IS NOT NULL)), CONSTRAINT "reform_reversed_after_applied" CHECK (("reversed_at" IS NULL OR ("applied_at" IS NOT NULL AND "reversing_at" IS NOT NULL))));
CREATE TABLE "people_role" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "given_at" datetime NOT NULL, "ended_at" datetime NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_rolerequest" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "asked_at" datetime NOT NULL, "why" varchar(300) NOT NULL, "state" varchar(10) NOT NULL, "answer" varchar(300) NOT NULL, "changed_at" datetime NOT NULL, "asked_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "works" varchar(400) NOT NULL);
CREATE TABLE "people_rosterconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "on" date NOT NULL, "confirmed_by_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_schoollevels" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "levels" varchar(40) NOT NULL, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_signin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "succeeded" bool NOT NULL, "how" varchar(16) NOT NULL, "device" varchar(60) NOT NULL, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "person_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_succession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "heir" bool NOT NULL, "decree" varchar(200) NOT NULL, "on" date NOT NULL, "new_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "old_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "succession_not_itself" CHECK (NOT ("old_id" = ("new_id"))));
CREATE TABLE "people_trycount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(100) NOT NULL UNIQUE, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "until" datetime NOT NULL);
CREATE TABLE "people_unit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" varchar(20) NOT NULL, "name" varchar(200) NOT NULL, "kind" varchar(20) NOT NULL, "sector" varchar(20) NOT NULL, "valid_from" date NOT NULL, "valid_to" date NULL, "code_spelling" text NOT NULL, "search_words" text NOT NULL, "name_order" text NOT NULL, "believed" bool NOT NULL, "parent_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unit_code_from" UNIQUE ("code", "valid_from"), CONSTRAINT "unit_ends_after_start" CHECK (("valid_to" IS NULL OR "valid_to" >= ("valid_from"))));
CREATE TABLE "people_unitflag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "kind" varchar(20) NOT NULL, "start" date NOT NULL, "end" date NULL, "reason" text NOT NULL, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unit_flag_ends_after_start" CHECK (("end" IS NULL OR "end" >= ("start"))));
CREATE TABLE "people_unitversion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "recorded_at" datetime NOT NULL, "superseded_at" datetime NULL, "name" varchar(200) NOT NULL, "kind" varchar(20) NOT NULL, "sector" varchar(20) NOT NULL, "valid_to" date NULL, "parent_id" bigint NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "people_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "staff_code" varchar(40) NOT NULL UNIQUE, "full_name" varchar(150) NOT NULL, "email" varchar(254) NULL, "phone" varchar(20) NULL UNIQUE, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "reads_in" varchar(10) NOT NULL, "named_as_trainer" bool NOT NULL, "welcomed_at" datetime NULL, "code_spelling" text NOT NULL, "shares_code" bool NOT NULL, "search_words" text NOT NULL, "name_order" text NOT NULL, "access_round" integer unsigned NOT NULL CHECK ("access_round" >= 0));
CREATE TABLE "people_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "people_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "socialaccount_socialaccount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(200) NOT NULL, "uid" varchar(191) NOT NULL, "last_login" datetime NOT NULL, "date_joined" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "extra_data" text NOT NULL CHECK ((JSON_VALID("extra_data") OR "extra_data" IS NULL)));
CREATE TABLE "socialaccount_socialapp" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(30) NOT NULL, "name" varchar(40) NOT NULL, "client_id" varchar(191) NOT NULL, "secret" varchar(191) NOT NULL, "key" varchar(191) NOT NULL, "provider_id" varchar(200) NOT NULL, "settings" text NOT NULL CHECK ((JSON_VALID("settings") OR "settings" IS NULL)));
CREATE TABLE "socialaccount_socialtoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" text NOT NULL, "token_secret" text NOT NULL, "expires_at" datetime NULL, "account_id" integer NOT NULL REFERENCES "socialaccount_socialaccount" ("id") DEFERRABLE INITIALLY DEFERRED, "app_id" integer NULL REFERENCES "socialaccount_socialapp" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "taggit_tag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "slug" varchar(100) NOT NULL UNIQUE);
CREATE TABLE "taggit_taggeditem" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" integer NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" integer NOT NULL REFERENCES "taggit_tag" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uniq" UNIQUE ("content_type_id", "object_id", "tag_id"));
CREATE TABLE "wagtail_localize_localesynchronization" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "locale_id" integer NOT NULL UNIQUE REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "sync_from_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_overridablesegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "data_json" text NOT NULL, "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_relatedobjectsegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_segmentoverride" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "data_json" text NOT NULL, "has_error" bool NOT NULL, "field_error" text NOT NULL, "context_id" integer NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "last_translated_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_string" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data_hash" char(32) NOT NULL, "data" text NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_stringsegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "attrs" text NOT NULL, "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "string_id" integer NOT NULL REFERENCES "wagtail_localize_string" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_stringtranslation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "context_id" integer NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "translation_of_id" integer NOT NULL REFERENCES "wagtail_localize_string" ("id") DEFERRABLE INITIALLY DEFERRED, "tool_name" varchar(255) NOT NULL, "translation_type" varchar(20) NOT NULL, "last_translated_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "field_error" text NOT NULL, "has_error" bool NOT NULL);
CREATE TABLE "wagtail_localize_template" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uuid" char(32) NOT NULL UNIQUE, "template" text NOT NULL, "template_format" varchar(100) NOT NULL, "string_count" integer unsigned NOT NULL CHECK ("string_count" >= 0));
CREATE TABLE "wagtail_localize_templatesegment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "order" integer unsigned NOT NULL CHECK ("order" >= 0), "context_id" integer NOT NULL REFERENCES "wagtail_localize_translationcontext" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "template_id" integer NOT NULL REFERENCES "wagtail_localize_template" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_translatableobject" ("translation_key" char(32) NOT NULL PRIMARY KEY, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_translation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "uuid" char(32) NOT NULL UNIQUE, "created_at" datetime NOT NULL, "translations_last_updated_at" datetime NULL, "destination_last_updated_at" datetime NULL, "enabled" bool NOT NULL, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "target_locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_translationcontext" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path_id" char(32) NOT NULL, "path" text NOT NULL, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "field_path" text NOT NULL);
CREATE TABLE "wagtail_localize_translationlog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" integer NOT NULL REFERENCES "wagtail_localize_translationsource" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtail_localize_translationsource" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_repr" text NOT NULL, "content_json" text NOT NULL, "created_at" datetime NOT NULL, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" char(32) NOT NULL REFERENCES "wagtail_localize_translatableobject" ("translation_key") DEFERRABLE INITIALLY DEFERRED, "specific_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "last_updated_at" datetime NOT NULL, "schema_version" varchar(255) NOT NULL);
CREATE TABLE "wagtailadmin_admin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT);
CREATE TABLE "wagtailadmin_editingsession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(255) NOT NULL, "last_seen_at" datetime NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "is_editing" bool NOT NULL);
CREATE TABLE "wagtailadmin_formstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "data" text NOT NULL, "object_id" varchar(255) NOT NULL, "parent_object_id" varchar(255) NOT NULL, "last_updated_at" datetime NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_collection" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(255) NOT NULL UNIQUE, "depth" integer unsigned NOT NULL CHECK ("depth" >= 0), "numchild" integer unsigned NOT NULL CHECK ("numchild" >= 0), "name" varchar(255) NOT NULL);
CREATE TABLE "wagtailcore_collectionviewrestriction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "restriction_type" varchar(20) NOT NULL, "password" varchar(255) NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_collectionviewrestriction_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "collectionviewrestriction_id" integer NOT NULL REFERENCES "wagtailcore_collectionviewrestriction" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_comment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "contentpath" text NOT NULL, "position" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "resolved_at" datetime NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "resolved_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_created_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_commentreply" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "comment_id" integer NOT NULL REFERENCES "wagtailcore_comment" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_groupapprovaltask" ("task_ptr_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_groupapprovaltask_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "groupapprovaltask_id" integer NOT NULL REFERENCES "wagtailcore_groupapprovaltask" ("task_ptr_id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_groupcollectionpermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_grouppagepermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unique_permission" UNIQUE ("group_id", "page_id", "permission_id"));
CREATE TABLE "wagtailcore_groupsitepermission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED, "site_id" integer NOT NULL REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_locale" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "language_code" varchar(100) NOT NULL UNIQUE);
CREATE TABLE "wagtailcore_modellogentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" text NOT NULL, "action" varchar(255) NOT NULL, "timestamp" datetime NOT NULL, "content_changed" bool NOT NULL, "deleted" bool NOT NULL, "object_id" varchar(255) NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NULL, "uuid" char(32) NULL, "revision_id" integer NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)));
CREATE TABLE "wagtailcore_page" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "path" varchar(255) NOT NULL UNIQUE, "depth" integer unsigned NOT NULL CHECK ("depth" >= 0), "numchild" integer unsigned NOT NULL CHECK ("numchild" >= 0), "title" varchar(255) NOT NULL, "slug" varchar(255) NOT NULL, "live" bool NOT NULL, "has_unpublished_changes" bool NOT NULL, "url_path" text NOT NULL, "seo_title" varchar(255) NOT NULL, "show_in_menus" bool NOT NULL, "search_description" text NOT NULL, "go_live_at" datetime NULL, "expire_at" datetime NULL, "expired" bool NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locked" bool NOT NULL, "latest_revision_created_at" datetime NULL, "first_published_at" datetime NULL, "live_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "last_published_at" datetime NULL, "draft_title" varchar(255) NOT NULL, "locked_at" datetime NULL, "locked_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "locale_id" integer NOT NULL REFERENCES "wagtailcore_locale" ("id") DEFERRABLE INITIALLY DEFERRED, "translation_key" char(32) NOT NULL, "alias_of_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "latest_revision_id" integer NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_pagelogentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "label" text NOT NULL, "action" varchar(255) NOT NULL, "timestamp" datetime NOT NULL, "content_changed" bool NOT NULL, "deleted" bool NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" integer NOT NULL, "revision_id" integer NULL, "user_id" bigint NULL, "uuid" char(32) NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)));
CREATE TABLE "wagtailcore_pagesubscription" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "comment_notifications" bool NOT NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_pageviewrestriction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(255) NOT NULL, "page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "restriction_type" varchar(20) NOT NULL);
CREATE TABLE "wagtailcore_pageviewrestriction_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "pageviewrestriction_id" integer NOT NULL REFERENCES "wagtailcore_pageviewrestriction" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_referenceindex" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(255) NOT NULL, "to_object_id" varchar(255) NOT NULL, "model_path" text NOT NULL, "content_path" text NOT NULL, "content_path_hash" char(32) NOT NULL, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "to_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_revision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "approved_go_live_at" datetime NULL, "user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "content" text NOT NULL CHECK ((JSON_VALID("content") OR "content" IS NULL)), "object_id" varchar(255) NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "object_str" text NOT NULL);
CREATE TABLE "wagtailcore_site" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "hostname" varchar(255) NOT NULL, "port" integer NOT NULL, "is_default_site" bool NOT NULL, "root_page_id" integer NOT NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "site_name" varchar(255) NOT NULL);
CREATE TABLE "wagtailcore_task" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "active" bool NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_taskstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(50) NOT NULL, "started_at" datetime NOT NULL, "finished_at" datetime NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "task_id" integer NOT NULL REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_state_id" integer NOT NULL REFERENCES "wagtailcore_workflowstate" ("id") DEFERRABLE INITIALLY DEFERRED, "finished_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "comment" text NOT NULL, "revision_id" integer NOT NULL REFERENCES "wagtailcore_revision" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_uploadedfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "file" varchar(200) NOT NULL, "for_content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflow" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "active" bool NOT NULL);
CREATE TABLE "wagtailcore_workflowcontenttype" ("content_type_id" integer NOT NULL PRIMARY KEY REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflowpage" ("page_id" integer NOT NULL PRIMARY KEY REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflowstate" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "status" varchar(50) NOT NULL, "created_at" datetime NOT NULL, "current_task_state_id" integer NULL UNIQUE REFERENCES "wagtailcore_taskstate" ("id") DEFERRABLE INITIALLY DEFERRED, "requested_by_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED, "object_id" varchar(255) NOT NULL, "base_content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtailcore_workflowtask" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sort_order" integer NULL, "task_id" integer NOT NULL REFERENCES "wagtailcore_task" ("id") DEFERRABLE INITIALLY DEFERRED, "workflow_id" integer NOT NULL REFERENCES "wagtailcore_workflow" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "wagtaildocs_document" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "created_at" datetime NOT NULL, "uploaded_by_user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "file_hash" varchar(40) NOT NULL, "file_size" bigint unsigned NULL CHECK ("file_size" >= 0));
CREATE TABLE "wagtailembeds_embed" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" text NOT NULL, "max_width" smallint NULL, "type" varchar(10) NOT NULL, "html" text NOT NULL, "title" text NOT NULL, "author_name" text NOT NULL, "provider_name" text NOT NULL, "width" integer NULL, "height" integer NULL, "last_updated" datetime NOT NULL, "hash" varchar(32) NOT NULL UNIQUE, "thumbnail_url" text NOT NULL, "cache_until" datetime NULL);
CREATE TABLE "wagtailimages_image" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "width" integer NOT NULL, "height" integer NOT NULL, "created_at" datetime NOT NULL, "focal_point_x" integer unsigned NULL CHECK ("focal_point_x" >= 0), "focal_point_y" integer unsigned NULL CHECK ("focal_point_y" >= 0), "focal_point_width" integer unsigned NULL CHECK ("focal_point_width" >= 0), "focal_point_height" integer unsigned NULL CHECK ("focal_point_height" >= 0), "uploaded_by_user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "file_size" integer unsigned NULL CHECK ("file_size" >= 0), "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "file_hash" varchar(40) NOT NULL, "description" varchar(255) NOT NULL);
CREATE TABLE "wagtailimages_rendition" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "width" integer NOT NULL, "height" integer NOT NULL, "focal_point_key" varchar(16) NOT NULL, "filter_spec" varchar(255) NOT NULL, "image_id" integer NOT NULL REFERENCES "wagtailimages_image" ("id") DEFERRABLE INITIALLY DEFERRED, "file" varchar(100) NOT NULL);
CREATE TABLE "wagtailmedia_media" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "type" varchar(255) NOT NULL, "width" integer unsigned NULL CHECK ("width" >= 0), "height" integer unsigned NULL CHECK ("height" >= 0), "thumbnail" varchar(100) NOT NULL, "created_at" datetime NOT NULL, "collection_id" integer NOT NULL REFERENCES "wagtailcore_collection" ("id") DEFERRABLE INITIALLY DEFERRED, "uploaded_by_user_id" bigint NULL REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "duration" real NOT NULL);
CREATE TABLE "wagtailredirects_redirect" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "old_path" varchar(255) NOT NULL, "is_permanent" bool NOT NULL, "redirect_link" varchar(255) NOT NULL, "redirect_page_id" integer NULL REFERENCES "wagtailcore_page" ("id") DEFERRABLE INITIALLY DEFERRED, "site_id" integer NULL REFERENCES "wagtailcore_site" ("id") DEFERRABLE INITIALLY DEFERRED, "automatically_created" bool NOT NULL, "created_at" datetime NULL, "redirect_page_route_path" varchar(255) NOT NULL);
CREATE TABLE "wagtailsearch_indexentry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" varchar(50) NOT NULL, "title_norm" real NOT NULL, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "autocomplete" text NULL, "body" text NULL, "title" text NOT NULL);
CREATE TABLE "wagtailusers_userprofile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "submitted_notifications" bool NOT NULL, "approved_notifications" bool NOT NULL, "rejected_notifications" bool NOT NULL, "user_id" bigint NOT NULL UNIQUE REFERENCES "people_user" ("id") DEFERRABLE INITIALLY DEFERRED, "preferred_language" varchar(10) NOT NULL, "current_time_zone" varchar(40) NOT NULL, "avatar" varchar(100) NOT NULL, "updated_comments_notifications" bool NOT NULL, "dismissibles" text NOT NULL CHECK ((JSON_VALID("dismissibles") OR "dismissibles" IS NULL)), "theme" varchar(40) NOT NULL, "density" varchar(40) NOT NULL, "contrast" varchar(40) NOT NULL, "keyboard_shortcuts" bool NOT NULL);
CREATE VIRTUAL TABLE pages_searchentry_fts USING fts5(title, words, marks, content='pages_searchentry', content_rowid='page_id', tokenize='unicode61 remove_diacritics 0', prefix='1 2');
CREATE VIRTUAL TABLE wagtailsearch_indexentry_fts USING fts5(autocomplete, body, title);

INSERT INTO "auth_group" ("id", "name") VALUES
(1,'Moderators'),
(2,'Editors');
INSERT INTO "auth_group_permissions" ("id", "group_id", "permission_id") VALUES
(1,2,105),
(2,1,105),
(3,2,106),
(4,1,106),
(5,2,107),
(6,2,108),
(7,2,109),
(8,1,107),
(9,1,108),
(10,1,109),
(11,2,110),
(12,1,110),
(13,2,112),
(14,2,113),
(15,2,111),
(16,1,112),
(17,1,113),
(18,1,111),
(19,2,114),
(20,1,114),
(21,2,115),
(22,2,116),
(23,2,117),
(24,1,115),
(25,1,116),
(26,1,117);
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES
(1,3,'add_locale','Can add locale'),
(2,3,'change_locale','Can change locale'),
(3,3,'delete_locale','Can delete locale'),
(4,3,'view_locale','Can view locale'),
(5,4,'add_site','Can add site'),
(6,4,'change_site','Can change site'),
(7,4,'delete_site','Can delete site'),
(8,4,'view_site','Can view site'),
(9,5,'add_groupsitepermission','Can add group site permission'),
(10,5,'change_groupsitepermission','Can change group site permission'),
(11,5,'delete_groupsitepermission','Can delete group site permission'),
(12,5,'view_groupsitepermission','Can view group site permission'),
(13,6,'add_modellogentry','Can add model log entry'),
(14,6,'change_modellogentry','Can change model log entry'),
(15,6,'delete_modellogentry','Can delete model log entry'),
(16,6,'view_modellogentry','Can view model log entry'),
(17,7,'add_revision','Can add revision'),
(18,7,'change_revision','Can change revision'),
(19,7,'delete_revision','Can delete revision'),
(20,7,'view_revision','Can view revision'),
(21,8,'add_collectionviewrestriction','Can add collection view restriction'),
(22,8,'change_collectionviewrestriction','Can change collection view restriction'),
(23,8,'delete_collectionviewrestriction','Can delete collection view restriction'),
(24,8,'view_collectionviewrestriction','Can view collection view restriction'),
(25,9,'add_collection','Can add collection'),
(26,9,'change_collection','Can change collection'),
(27,9,'delete_collection','Can delete collection'),
(28,9,'view_collection','Can view collection'),
(29,10,'add_groupcollectionpermission','Can add group collection permission'),
(30,10,'change_groupcollectionpermission','Can change group collection permission'),
(31,10,'delete_groupcollectionpermission','Can delete group collection permission'),
(32,10,'view_groupcollectionpermission','Can view group collection permission'),
(33,11,'add_uploadedfile','Can add uploaded file'),
(34,11,'change_uploadedfile','Can change uploaded file'),
(35,11,'delete_uploadedfile','Can delete uploaded file'),
(36,11,'view_uploadedfile','Can view uploaded file'),
(37,12,'add_workflowcontenttype','Can add workflow content type'),
(38,12,'change_workflowcontenttype','Can change workflow content type'),
(39,12,'delete_workflowcontenttype','Can delete workflow content type'),
(40,12,'view_workflowcontenttype','Can view workflow content type'),
(41,13,'add_workflowstate','Can add Workflow state'),
(42,13,'change_workflowstate','Can change Workflow state'),
(43,13,'delete_workflowstate','Can delete Workflow state'),
(44,13,'view_workflowstate','Can view Workflow state'),
(45,14,'add_workflow','Can add workflow'),
(46,14,'change_workflow','Can change workflow'),
(47,14,'delete_workflow','Can delete workflow'),
(48,14,'view_workflow','Can view workflow'),
(49,15,'add_workflowtask','Can add workflow task order'),
(50,15,'change_workflowtask','Can change workflow task order'),
(51,15,'delete_workflowtask','Can delete workflow task order'),
(52,15,'view_workflowtask','Can view workflow task order'),
(53,16,'add_task','Can add task'),
(54,16,'change_task','Can change task'),
(55,16,'delete_task','Can delete task'),
(56,16,'view_task','Can view task'),
(57,2,'add_groupapprovaltask','Can add Group approval task'),
(58,2,'change_groupapprovaltask','Can change Group approval task'),
(59,2,'delete_groupapprovaltask','Can delete Group approval task'),
(60,2,'view_groupapprovaltask','Can view Group approval task'),
(61,17,'add_taskstate','Can add Task state'),
(62,17,'change_taskstate','Can change Task state'),
(63,17,'delete_taskstate','Can delete Task state'),
(64,17,'view_taskstate','Can view Task state'),
(65,1,'add_page','Can add page'),
(66,1,'change_page','Can change page'),
(67,1,'delete_page','Can delete page'),
(68,1,'view_page','Can view page'),
(69,1,'bulk_delete_page','Delete pages with children'),
(70,1,'lock_page','Lock/unlock pages you''ve locked'),
(71,1,'publish_page','Publish any page'),
(72,1,'unlock_page','Unlock any page'),
(73,18,'add_grouppagepermission','Can add group page permission'),
(74,18,'change_grouppagepermission','Can change group page permission'),
(75,18,'delete_grouppagepermission','Can delete group page permission'),
(76,18,'view_grouppagepermission','Can view group page permission'),
(77,19,'add_pageviewrestriction','Can add page view restriction'),
(78,19,'change_pageviewrestriction','Can change page view restriction'),
(79,19,'delete_pageviewrestriction','Can delete page view restriction'),
(80,19,'view_pageviewrestriction','Can view page view restriction'),
(81,20,'add_workflowpage','Can add workflow page'),
(82,20,'change_workflowpage','Can change workflow page'),
(83,20,'delete_workflowpage','Can delete workflow page'),
(84,20,'view_workflowpage','Can view workflow page'),
(85,21,'add_pagelogentry','Can add page log entry'),
(86,21,'change_pagelogentry','Can change page log entry'),
(87,21,'delete_pagelogentry','Can delete page log entry'),
(88,21,'view_pagelogentry','Can view page log entry'),
(89,22,'add_comment','Can add comment'),
(90,22,'change_comment','Can change comment'),
(91,22,'delete_comment','Can delete comment'),
(92,22,'view_comment','Can view comment'),
(93,23,'add_commentreply','Can add comment reply'),
(94,23,'change_commentreply','Can change comment reply'),
(95,23,'delete_commentreply','Can delete comment reply'),
(96,23,'view_commentreply','Can view comment reply'),
(97,24,'add_pagesubscription','Can add page subscription'),
(98,24,'change_pagesubscription','Can change page subscription'),
(99,24,'delete_pagesubscription','Can delete page subscription'),
(100,24,'view_pagesubscription','Can view page subscription'),
(101,25,'add_referenceindex','Can add reference index'),
(102,25,'change_referenceindex','Can change reference index'),
(103,25,'delete_referenceindex','Can delete reference index'),
(104,25,'view_referenceindex','Can view reference index'),
(105,26,'submit_translation','Can submit translations'),
(106,27,'access_admin','Can access Wagtail admin'),
(107,28,'add_document','Can add document'),
(108,28,'change_document','Can change document'),
(109,28,'delete_document','Can delete document'),
(110,28,'choose_document','Can choose document'),
(111,29,'add_image','Can add image'),
(112,29,'change_image','Can change image'),
(113,29,'delete_image','Can delete image'),
(114,29,'choose_image','Can choose image'),
(115,30,'add_media','Can add media'),
(116,30,'change_media','Can change media'),
(117,30,'delete_media','Can delete media'),
(118,31,'add_duty','Can add nhiệm vụ'),
(119,31,'change_duty','Can change nhiệm vụ'),
(120,31,'delete_duty','Can delete nhiệm vụ'),
(121,31,'view_duty','Can view nhiệm vụ'),
(122,32,'add_user','Can add người'),
(123,32,'change_user','Can change người'),
(124,32,'delete_user','Can delete người'),
(125,32,'view_user','Can view người'),
(126,33,'add_unit','Can add đơn vị'),
(127,33,'change_unit','Can change đơn vị'),
(128,33,'delete_unit','Can delete đơn vị'),
(129,33,'view_unit','Can view đơn vị'),
(130,34,'add_succession','Can add succession'),
(131,34,'change_succession','Can change succession'),
(132,34,'delete_succession','Can delete succession'),
(133,34,'view_succession','Can view succession'),
(134,35,'add_rosterconfirmation','Can add roster confirmation'),
(135,35,'change_rosterconfirmation','Can change roster confirmation'),
(136,35,'delete_rosterconfirmation','Can delete roster confirmation'),
(137,35,'view_rosterconfirmation','Can view roster confirmation'),
(138,36,'add_role','Can add vai trò'),
(139,36,'change_role','Can change vai trò'),
(140,36,'delete_role','Can delete vai trò'),
(141,36,'view_role','Can view vai trò'),
(142,37,'add_reach','Can add reach'),
(143,37,'change_reach','Can change reach'),
(144,37,'delete_reach','Can delete reach'),
(145,37,'view_reach','Can view reach'),
(146,38,'add_posting','Can add vị trí công tác'),
(147,38,'change_posting','Can change vị trí công tác'),
(148,38,'delete_posting','Can delete vị trí công tác'),
(149,38,'view_posting','Can view vị trí công tác'),
(150,39,'add_unitflag','Can add unit flag'),
(151,39,'change_unitflag','Can change unit flag'),
(152,39,'delete_unitflag','Can delete unit flag'),
(153,39,'view_unitflag','Can view unit flag'),
(154,40,'add_unitversion','Can add unit version'),
(155,40,'change_unitversion','Can change unit version'),
(156,40,'delete_unitversion','Can delete unit version'),
(157,40,'view_unitversion','Can view unit version'),
(158,41,'add_devicesession','Can add phiên đăng nhập'),
(159,41,'change_devicesession','Can change phiên đăng nhập'),
(160,41,'delete_devicesession','Can delete phiên đăng nhập'),
(161,41,'view_devicesession','Can view phiên đăng nhập'),
(162,42,'add_activationslip','Can add phiếu kích hoạt'),
(163,42,'change_activationslip','Can change phiếu kích hoạt'),
(164,42,'delete_activationslip','Can delete phiếu kích hoạt'),
(165,42,'view_activationslip','Can view phiếu kích hoạt'),
(166,43,'add_entry','Can add dòng nhật ký'),
(167,43,'change_entry','Can change dòng nhật ký'),
(168,43,'delete_entry','Can delete dòng nhật ký'),
(169,43,'view_entry','Can view dòng nhật ký'),
(170,44,'add_erasurerequest','Can add đề nghị xóa thông tin'),
(171,44,'change_erasurerequest','Can change đề nghị xóa thông tin'),
(172,44,'delete_erasurerequest','Can delete đề nghị xóa thông tin'),
(173,44,'view_erasurerequest','Can view đề nghị xóa thông tin'),
(174,45,'add_rolerequest','Can add đề nghị giao vai trò'),
(175,45,'change_rolerequest','Can change đề nghị giao vai trò'),
(176,45,'delete_rolerequest','Can delete đề nghị giao vai trò'),
(177,45,'view_rolerequest','Can view đề nghị giao vai trò'),
(178,46,'add_bulkchange','Can add lần thay đổi'),
(179,46,'change_bulkchange','Can change lần thay đổi'),
(180,46,'delete_bulkchange','Can delete lần thay đổi'),
(181,46,'view_bulkchange','Can view lần thay đổi'),
(182,47,'add_changedrow','Can add dòng thay đổi'),
(183,47,'change_changedrow','Can change dòng thay đổi'),
(184,47,'delete_changedrow','Can delete dòng thay đổi'),
(185,47,'view_changedrow','Can view dòng thay đổi'),
(186,48,'add_trycount','Can add lần thử'),
(187,48,'change_trycount','Can change lần thử'),
(188,48,'delete_trycount','Can delete lần thử'),
(189,48,'view_trycount','Can view lần thử'),
(190,49,'add_accountnotice','Can add tin báo về tài khoản'),
(191,49,'change_accountnotice','Can change tin báo về tài khoản'),
(192,49,'delete_accountnotice','Can delete tin báo về tài khoản'),
(193,49,'view_accountnotice','Can view tin báo về tài khoản'),
(194,50,'add_signin','Can add lần đăng nhập'),
(195,50,'change_signin','Can change lần đăng nhập'),
(196,50,'delete_signin','Can delete lần đăng nhập'),
(197,50,'view_signin','Can view lần đăng nhập'),
(198,51,'add_insistence','Can add lần vẫn giữ chữ'),
(199,51,'change_insistence','Can change lần vẫn giữ chữ'),
(200,51,'delete_insistence','Can delete lần vẫn giữ chữ'),
(201,51,'view_insistence','Can view lần vẫn giữ chữ'),
(202,52,'add_dayoff','Can add ngày nghỉ'),
(203,52,'change_dayoff','Can change ngày nghỉ'),
(204,52,'delete_dayoff','Can delete ngày nghỉ'),
(205,52,'view_dayoff','Can view ngày nghỉ'),
(206,53,'add_dayrun','Can add day run'),
(207,53,'change_dayrun','Can change day run'),
(208,53,'delete_dayrun','Can delete day run'),
(209,53,'view_dayrun','Can view day run'),
(210,54,'add_messageplan','Can add message plan'),
(211,54,'change_messageplan','Can change message plan'),
(212,54,'delete_messageplan','Can delete message plan'),
(213,54,'view_messageplan','Can view message plan'),
(214,55,'add_daymessage','Can add tin nhắc trong ngày'),
(215,55,'change_daymessage','Can change tin nhắc trong ngày'),
(216,55,'delete_daymessage','Can delete tin nhắc trong ngày'),
(217,55,'view_daymessage','Can view tin nhắc trong ngày'),
(218,56,'add_declined','Can add declined'),
(219,56,'change_declined','Can change declined'),
(220,56,'delete_declined','Can delete declined'),
(221,56,'view_declined','Can view declined'),
(222,57,'add_actreason','Can add lý do sửa danh sách'),
(223,57,'change_actreason','Can change lý do sửa danh sách'),
(224,57,'delete_actreason','Can delete lý do sửa danh sách'),
(225,57,'view_actreason','Can view lý do sửa danh sách'),
(226,58,'add_merge','Can add lần gộp hồ sơ'),
(227,58,'change_merge','Can change lần gộp hồ sơ'),
(228,58,'delete_merge','Can delete lần gộp hồ sơ'),
(229,58,'view_merge','Can view lần gộp hồ sơ'),
(230,59,'add_notsame','Can add cặp không phải một người'),
(231,59,'change_notsame','Can change cặp không phải một người'),
(232,59,'delete_notsame','Can delete cặp không phải một người'),
(233,59,'view_notsame','Can view cặp không phải một người'),
(234,60,'add_confirmedlist','Can add danh sách đã xác nhận'),
(235,60,'change_confirmedlist','Can change danh sách đã xác nhận'),
(236,60,'delete_confirmedlist','Can delete danh sách đã xác nhận'),
(237,60,'view_confirmedlist','Can view danh sách đã xác nhận'),
(238,61,'add_personnumber','Can add số của một người'),
(239,61,'change_personnumber','Can change số của một người'),
(240,61,'delete_personnumber','Can delete số của một người'),
(241,61,'view_personnumber','Can view số của một người'),
(242,62,'add_reform','Can add đợt sắp xếp đơn vị'),
(243,62,'change_reform','Can change đợt sắp xếp đơn vị'),
(244,62,'delete_reform','Can delete đợt sắp xếp đơn vị'),
(245,62,'view_reform','Can view đợt sắp xếp đơn vị'),
(246,63,'add_languagework','Can add việc về một tiếng'),
(247,63,'change_languagework','Can change việc về một tiếng'),
(248,63,'delete_languagework','Can delete việc về một tiếng'),
(249,63,'view_languagework','Can view việc về một tiếng'),
(250,64,'add_schoollevels','Can add school levels'),
(251,64,'change_schoollevels','Can change school levels'),
(252,64,'delete_schoollevels','Can delete school levels'),
(253,64,'view_schoollevels','Can view school levels'),
(254,65,'add_picture','Can add hình ảnh'),
(255,65,'change_picture','Can change hình ảnh'),
(256,65,'delete_picture','Can delete hình ảnh'),
(257,65,'view_picture','Can view hình ảnh'),
(258,66,'add_recording','Can add bản ghi'),
(259,66,'change_recording','Can change bản ghi'),
(260,66,'delete_recording','Can delete bản ghi'),
(261,66,'view_recording','Can view bản ghi'),
(262,67,'add_rendition','Can add rendition'),
(263,67,'change_rendition','Can change rendition'),
(264,67,'delete_rendition','Can delete rendition'),
(265,67,'view_rendition','Can view rendition'),
(266,68,'add_documentfile','Can add tài liệu'),
(267,68,'change_documentfile','Can change tài liệu'),
(268,68,'delete_documentfile','Can delete tài liệu'),
(269,68,'view_documentfile','Can view tài liệu'),
(270,69,'add_unitcollection','Can add unit collection'),
(271,69,'change_unitcollection','Can change unit collection'),
(272,69,'delete_unitcollection','Can delete unit collection'),
(273,69,'view_unitcollection','Can view unit collection'),
(274,70,'add_replacement','Can add replacement'),
(275,70,'change_replacement','Can change replacement'),
(276,70,'delete_replacement','Can delete replacement'),
(277,70,'view_replacement','Can view replacement'),
(278,71,'add_scheduledfile','Can add scheduled file'),
(279,71,'change_scheduledfile','Can change scheduled file'),
(280,71,'delete_scheduledfile','Can delete scheduled file'),
(281,71,'view_scheduledfile','Can view scheduled file'),
(282,72,'add_endedconsent','Can add sự đồng ý đã hết'),
(283,72,'change_endedconsent','Can change sự đồng ý đã hết'),
(284,72,'delete_endedconsent','Can delete sự đồng ý đã hết'),
(285,72,'view_endedconsent','Can view sự đồng ý đã hết'),
(286,73,'add_clockrun','Can add clock run'),
(287,73,'change_clockrun','Can change clock run'),
(288,73,'delete_clockrun','Can delete clock run'),
(289,73,'view_clockrun','Can view clock run'),
(290,74,'add_effect','Can add việc nền'),
(291,74,'change_effect','Can change việc nền'),
(292,74,'delete_effect','Can delete việc nền'),
(293,74,'view_effect','Can view việc nền'),
(294,75,'add_lease','Can add lease'),
(295,75,'change_lease','Can change lease'),
(296,75,'delete_lease','Can delete lease'),
(297,75,'view_lease','Can view lease'),
(298,76,'add_homepage','Can add trang đầu'),
(299,76,'change_homepage','Can change trang đầu'),
(300,76,'delete_homepage','Can delete trang đầu'),
(301,76,'view_homepage','Can view trang đầu'),
(302,77,'add_rolegroup','Can add role group'),
(303,77,'change_rolegroup','Can change role group'),
(304,77,'delete_rolegroup','Can delete role group'),
(305,77,'view_rolegroup','Can view role group'),
(306,78,'add_contact','Can add số liên hệ'),
(307,78,'change_contact','Can change số liên hệ'),
(308,78,'delete_contact','Can delete số liên hệ'),
(309,78,'view_contact','Can view số liên hệ'),
(310,79,'add_contactcall','Can add contact call'),
(311,79,'change_contactcall','Can change contact call'),
(312,79,'delete_contactcall','Can delete contact call'),
(313,79,'view_contactcall','Can view contact call'),
(314,80,'add_contactspage','Can add trang gọi cho ai'),
(315,80,'change_contactspage','Can change trang gọi cho ai'),
(316,80,'delete_contactspage','Can delete trang gọi cho ai'),
(317,80,'view_contactspage','Can view trang gọi cho ai'),
(318,81,'add_sharepicture','Can add hình chia sẻ'),
(319,81,'change_sharepicture','Can change hình chia sẻ'),
(320,81,'delete_sharepicture','Can delete hình chia sẻ'),
(321,81,'view_sharepicture','Can view hình chia sẻ'),
(322,82,'add_searchentry','Can add search entry'),
(323,82,'change_searchentry','Can change search entry'),
(324,82,'delete_searchentry','Can delete search entry'),
(325,82,'view_searchentry','Can view search entry'),
(326,83,'add_textpage','Can add trang chữ'),
(327,83,'change_textpage','Can change trang chữ'),
(328,83,'delete_textpage','Can delete trang chữ'),
(329,83,'view_textpage','Can view trang chữ'),
(330,84,'add_contacttakenoff','Can add contact taken off'),
(331,84,'change_contacttakenoff','Can change contact taken off'),
(332,84,'delete_contacttakenoff','Can delete contact taken off'),
(333,84,'view_contacttakenoff','Can view contact taken off'),
(334,85,'add_contactversion','Can add contact version'),
(335,85,'change_contactversion','Can change contact version'),
(336,85,'delete_contactversion','Can delete contact version'),
(337,85,'view_contactversion','Can view contact version'),
(338,86,'add_lawcitation','Can add law citation'),
(339,86,'change_lawcitation','Can change law citation'),
(340,86,'delete_lawcitation','Can delete law citation'),
(341,86,'view_lawcitation','Can view law citation'),
(342,87,'add_answer','Can add answer'),
(343,87,'change_answer','Can change answer'),
(344,87,'delete_answer','Can delete answer'),
(345,87,'view_answer','Can view answer'),
(346,88,'add_attempt','Can add attempt'),
(347,88,'change_attempt','Can change attempt'),
(348,88,'delete_attempt','Can delete attempt'),
(349,88,'view_attempt','Can view attempt'),
(350,89,'add_attemptgrant','Can add attempt grant'),
(351,89,'change_attemptgrant','Can change attempt grant'),
(352,89,'delete_attemptgrant','Can delete attempt grant'),
(353,89,'view_attemptgrant','Can view attempt grant'),
(354,90,'add_attemptitem','Can add attempt item'),
(355,90,'change_attemptitem','Can change attempt item'),
(356,90,'delete_attemptitem','Can delete attempt item'),
(357,90,'view_attemptitem','Can view attempt item'),
(358,91,'add_cataloguepage','Can add danh mục khóa học'),
(359,91,'change_cataloguepage','Can change danh mục khóa học'),
(360,91,'delete_cataloguepage','Can delete danh mục khóa học'),
(361,91,'view_cataloguepage','Can view danh mục khóa học'),
(362,92,'add_completion','Can add completion'),
(363,92,'change_completion','Can change completion'),
(364,92,'delete_completion','Can delete completion'),
(365,92,'view_completion','Can view completion'),
(366,93,'add_coursepage','Can add khóa học'),
(367,93,'change_coursepage','Can change khóa học'),
(368,93,'delete_coursepage','Can delete khóa học'),
(369,93,'view_coursepage','Can view khóa học'),
(370,94,'add_dailycount','Can add daily count'),
(371,94,'change_dailycount','Can change daily count'),
(372,94,'delete_dailycount','Can delete daily count'),
(373,94,'view_dailycount','Can view daily count'),
(374,95,'add_excuse','Can add excuse'),
(375,95,'change_excuse','Can change excuse'),
(376,95,'delete_excuse','Can delete excuse'),
(377,95,'view_excuse','Can view excuse'),
(378,96,'add_lessonpage','Can add mục học'),
(379,96,'change_lessonpage','Can change mục học'),
(380,96,'delete_lessonpage','Can delete mục học'),
(381,96,'view_lessonpage','Can view mục học'),
(382,97,'add_lessonseen','Can add lesson seen'),
(383,97,'change_lessonseen','Can change lesson seen'),
(384,97,'delete_lessonseen','Can delete lesson seen'),
(385,97,'view_lessonseen','Can view lesson seen'),
(386,98,'add_mark','Can add mark'),
(387,98,'change_mark','Can change mark'),
(388,98,'delete_mark','Can delete mark'),
(389,98,'view_mark','Can view mark'),
(390,99,'add_modulepage','Can add mô-đun'),
(391,99,'change_modulepage','Can change mô-đun'),
(392,99,'delete_modulepage','Can delete mô-đun'),
(393,99,'view_modulepage','Can view mô-đun'),
(394,100,'add_place','Can add place'),
(395,100,'change_place','Can change place'),
(396,100,'delete_place','Can delete place'),
(397,100,'view_place','Can view place'),
(398,101,'add_question','Can add câu hỏi'),
(399,101,'change_question','Can change câu hỏi'),
(400,101,'delete_question','Can delete câu hỏi'),
(401,101,'view_question','Can view câu hỏi'),
(402,102,'add_questiontag','Can add question tag'),
(403,102,'change_questiontag','Can change question tag'),
(404,102,'delete_questiontag','Can delete question tag'),
(405,102,'view_questiontag','Can view question tag'),
(406,103,'add_questionversion','Can add question version'),
(407,103,'change_questionversion','Can change question version'),
(408,103,'delete_questionversion','Can delete question version'),
(409,103,'view_questionversion','Can view question version'),
(410,104,'add_quizpage','Can add bài kiểm tra'),
(411,104,'change_quizpage','Can change bài kiểm tra'),
(412,104,'delete_quizpage','Can delete bài kiểm tra'),
(413,104,'view_quizpage','Can view bài kiểm tra'),
(414,105,'add_quizquestion','Can add quiz question'),
(415,105,'change_quizquestion','Can change quiz question'),
(416,105,'delete_quizquestion','Can delete quiz question'),
(417,105,'view_quizquestion','Can view quiz question'),
(418,106,'add_requirement','Can add yêu cầu tập huấn'),
(419,106,'change_requirement','Can change yêu cầu tập huấn'),
(420,106,'delete_requirement','Can delete yêu cầu tập huấn'),
(421,106,'view_requirement','Can view yêu cầu tập huấn'),
(422,107,'add_requirementrule','Can add requirement rule'),
(423,107,'change_requirementrule','Can change requirement rule'),
(424,107,'delete_requirementrule','Can delete requirement rule'),
(425,107,'view_requirementrule','Can view requirement rule'),
(426,108,'add_stalecount','Can add stale count'),
(427,108,'change_stalecount','Can change stale count'),
(428,108,'delete_stalecount','Can delete stale count'),
(429,108,'view_stalecount','Can view stale count'),
(430,109,'add_standing','Can add standing'),
(431,109,'change_standing','Can change standing'),
(432,109,'delete_standing','Can delete standing'),
(433,109,'view_standing','Can view standing'),
(434,110,'add_tick','Can add tick'),
(435,110,'change_tick','Can change tick'),
(436,110,'delete_tick','Can delete tick'),
(437,110,'view_tick','Can view tick'),
(438,111,'add_void','Can add void'),
(439,111,'change_void','Can change void'),
(440,111,'delete_void','Can delete void'),
(441,111,'view_void','Can view void'),
(442,112,'add_certificate','Can add chứng nhận'),
(443,112,'change_certificate','Can change chứng nhận'),
(444,112,'delete_certificate','Can delete chứng nhận'),
(445,112,'view_certificate','Can view chứng nhận'),
(446,113,'add_issuer','Can add cơ quan cấp chứng nhận'),
(447,113,'change_issuer','Can change cơ quan cấp chứng nhận'),
(448,113,'delete_issuer','Can delete cơ quan cấp chứng nhận'),
(449,113,'view_issuer','Can view cơ quan cấp chứng nhận'),
(450,114,'add_revocation','Can add revocation'),
(451,114,'change_revocation','Can change revocation'),
(452,114,'delete_revocation','Can delete revocation'),
(453,114,'view_revocation','Can view revocation'),
(454,115,'add_series','Can add series'),
(455,115,'change_series','Can change series'),
(456,115,'delete_series','Can delete series'),
(457,115,'view_series','Can view series'),
(458,116,'add_try','Can add try'),
(459,116,'change_try','Can change try'),
(460,116,'delete_try','Can delete try'),
(461,116,'view_try','Can view try'),
(462,117,'add_conversationpage','Can add cuộc hỏi chuyện'),
(463,117,'change_conversationpage','Can change cuộc hỏi chuyện'),
(464,117,'delete_conversationpage','Can delete cuộc hỏi chuyện'),
(465,117,'view_conversationpage','Can view cuộc hỏi chuyện'),
(466,118,'add_conversationversion','Can add conversation version'),
(467,118,'change_conversationversion','Can change conversation version'),
(468,118,'delete_conversationversion','Can delete conversation version'),
(469,118,'view_conversationversion','Can view conversation version'),
(470,119,'add_conversationrun','Can add conversation run'),
(471,119,'change_conversationrun','Can change conversation run'),
(472,119,'delete_conversationrun','Can delete conversation run'),
(473,119,'view_conversationrun','Can view conversation run'),
(474,120,'add_conversationwords','Can add lời chung của phòng tập'),
(475,120,'change_conversationwords','Can change lời chung của phòng tập'),
(476,120,'delete_conversationwords','Can delete lời chung của phòng tập'),
(477,120,'view_conversationwords','Can view lời chung của phòng tập'),
(478,121,'add_runturn','Can add run turn'),
(479,121,'change_runturn','Can change run turn'),
(480,121,'delete_runturn','Can delete run turn'),
(481,121,'view_runturn','Can view run turn'),
(482,122,'add_approval','Can add quyết định duyệt khóa học'),
(483,122,'change_approval','Can change quyết định duyệt khóa học'),
(484,122,'delete_approval','Can delete quyết định duyệt khóa học'),
(485,122,'view_approval','Can view quyết định duyệt khóa học'),
(486,123,'add_recognition','Can add recognition'),
(487,123,'change_recognition','Can change recognition'),
(488,123,'delete_recognition','Can delete recognition'),
(489,123,'view_recognition','Can view recognition'),
(490,124,'add_reviewitem','Can add điều cần kiểm'),
(491,124,'change_reviewitem','Can change điều cần kiểm'),
(492,124,'delete_reviewitem','Can delete điều cần kiểm'),
(493,124,'view_reviewitem','Can view điều cần kiểm'),
(494,125,'add_settlement','Can add settlement'),
(495,125,'change_settlement','Can change settlement'),
(496,125,'delete_settlement','Can delete settlement'),
(497,125,'view_settlement','Can view settlement'),
(498,126,'add_guide','Can add hướng dẫn thực hành có quan sát'),
(499,126,'change_guide','Can change hướng dẫn thực hành có quan sát'),
(500,126,'delete_guide','Can delete hướng dẫn thực hành có quan sát'),
(501,126,'view_guide','Can view hướng dẫn thực hành có quan sát'),
(502,127,'add_performance','Can add performance'),
(503,127,'change_performance','Can change performance'),
(504,127,'delete_performance','Can delete performance'),
(505,127,'view_performance','Can view performance'),
(506,128,'add_observation','Can add observation'),
(507,128,'change_observation','Can change observation'),
(508,128,'delete_observation','Can delete observation'),
(509,128,'view_observation','Can view observation'),
(510,129,'add_agreedlevel','Can add agreed level'),
(511,129,'change_agreedlevel','Can change agreed level'),
(512,129,'delete_agreedlevel','Can delete agreed level'),
(513,129,'view_agreedlevel','Can view agreed level'),
(514,130,'add_practicesession','Can add practice session'),
(515,130,'change_practicesession','Can change practice session'),
(516,130,'delete_practicesession','Can delete practice session'),
(517,130,'view_practicesession','Can view practice session'),
(518,131,'add_proposal','Can add proposal'),
(519,131,'change_proposal','Can change proposal'),
(520,131,'delete_proposal','Can delete proposal'),
(521,131,'view_proposal','Can view proposal'),
(522,132,'add_rubric','Can add bộ tiêu chí quan sát'),
(523,132,'change_rubric','Can change bộ tiêu chí quan sát'),
(524,132,'delete_rubric','Can delete bộ tiêu chí quan sát'),
(525,132,'view_rubric','Can view bộ tiêu chí quan sát'),
(526,133,'add_rubricversion','Can add rubric version'),
(527,133,'change_rubricversion','Can change rubric version'),
(528,133,'delete_rubricversion','Can delete rubric version'),
(529,133,'view_rubricversion','Can view rubric version'),
(530,134,'add_observedlevel','Can add observed level'),
(531,134,'change_observedlevel','Can change observed level'),
(532,134,'delete_observedlevel','Can delete observed level'),
(533,134,'view_observedlevel','Can view observed level'),
(534,135,'add_editionarrival','Can add edition arrival'),
(535,135,'change_editionarrival','Can change edition arrival'),
(536,135,'delete_editionarrival','Can delete edition arrival'),
(537,135,'view_editionarrival','Can view edition arrival'),
(538,136,'add_coursenews','Can add course news'),
(539,136,'change_coursenews','Can change course news'),
(540,136,'delete_coursenews','Can delete course news'),
(541,136,'view_coursenews','Can view course news'),
(542,137,'add_lessonnote','Can add lesson note'),
(543,137,'change_lessonnote','Can change lesson note'),
(544,137,'delete_lessonnote','Can delete lesson note'),
(545,137,'view_lessonnote','Can view lesson note'),
(546,138,'add_followup','Can add follow up'),
(547,138,'change_followup','Can change follow up'),
(548,138,'delete_followup','Can delete follow up'),
(549,138,'view_followup','Can view follow up'),
(550,139,'add_retest','Can add retest'),
(551,139,'change_retest','Can change retest'),
(552,139,'delete_retest','Can delete retest'),
(553,139,'view_retest','Can view retest'),
(554,140,'add_retestanswer','Can add retest answer'),
(555,140,'change_retestanswer','Can change retest answer'),
(556,140,'delete_retestanswer','Can delete retest answer'),
(557,140,'view_retestanswer','Can view retest answer'),
(558,141,'add_retestresult','Can add retest result'),
(559,141,'change_retestresult','Can change retest result'),
(560,141,'delete_retestresult','Can delete retest result'),
(561,141,'view_retestresult','Can view retest result'),
(562,142,'add_askedsteps','Can add asked steps'),
(563,142,'change_askedsteps','Can change asked steps'),
(564,142,'delete_askedsteps','Can delete asked steps'),
(565,142,'view_askedsteps','Can view asked steps'),
(566,143,'add_submission','Can add bài gửi duyệt'),
(567,143,'change_submission','Can change bài gửi duyệt'),
(568,143,'delete_submission','Can delete bài gửi duyệt'),
(569,143,'view_submission','Can view bài gửi duyệt'),
(570,144,'add_submittedpart','Can add submitted part'),
(571,144,'change_submittedpart','Can change submitted part'),
(572,144,'delete_submittedpart','Can delete submitted part'),
(573,144,'view_submittedpart','Can view submitted part'),
(574,145,'add_coursebegun','Can add course begun'),
(575,145,'change_coursebegun','Can change course begun'),
(576,145,'delete_coursebegun','Can delete course begun'),
(577,145,'view_coursebegun','Can view course begun'),
(578,146,'add_monthend','Can add month end'),
(579,146,'change_monthend','Can change month end'),
(580,146,'delete_monthend','Can delete month end'),
(581,146,'view_monthend','Can view month end'),
(582,147,'add_reliefrequest','Can add relief request'),
(583,147,'change_reliefrequest','Can change relief request'),
(584,147,'delete_reliefrequest','Can delete relief request'),
(585,147,'view_reliefrequest','Can view relief request'),
(586,148,'add_relief','Can add relief'),
(587,148,'change_relief','Can change relief'),
(588,148,'delete_relief','Can delete relief'),
(589,148,'view_relief','Can view relief'),
(590,149,'add_reminderstep','Can add reminder step'),
(591,149,'change_reminderstep','Can change reminder step'),
(592,149,'delete_reminderstep','Can delete reminder step'),
(593,149,'view_reminderstep','Can view reminder step'),
(594,150,'add_annualreport','Can add báo cáo năm'),
(595,150,'change_annualreport','Can change báo cáo năm'),
(596,150,'delete_annualreport','Can delete báo cáo năm'),
(597,150,'view_annualreport','Can view báo cáo năm'),
(598,151,'add_cutday','Can add cut day'),
(599,151,'change_cutday','Can change cut day'),
(600,151,'delete_cutday','Can delete cut day'),
(601,151,'view_cutday','Can view cut day'),
(602,152,'add_reportedperson','Can add reported person'),
(603,152,'change_reportedperson','Can change reported person'),
(604,152,'delete_reportedperson','Can delete reported person'),
(605,152,'view_reportedperson','Can view reported person'),
(606,153,'add_reportfile','Can add tệp của báo cáo'),
(607,153,'change_reportfile','Can change tệp của báo cáo'),
(608,153,'delete_reportfile','Can delete tệp của báo cáo'),
(609,153,'view_reportfile','Can view tệp của báo cáo'),
(610,154,'add_reportpattern','Can add mẫu báo cáo'),
(611,154,'change_reportpattern','Can change mẫu báo cáo'),
(612,154,'delete_reportpattern','Can delete mẫu báo cáo'),
(613,154,'view_reportpattern','Can view mẫu báo cáo'),
(614,155,'add_meeting','Can add meeting'),
(615,155,'change_meeting','Can change meeting'),
(616,155,'delete_meeting','Can delete meeting'),
(617,155,'view_meeting','Can view meeting'),
(618,156,'add_paper','Can add paper'),
(619,156,'change_paper','Can change paper'),
(620,156,'delete_paper','Can delete paper'),
(621,156,'view_paper','Can view paper'),
(622,157,'add_participant','Can add participant'),
(623,157,'change_participant','Can change participant'),
(624,157,'delete_participant','Can delete participant'),
(625,157,'view_participant','Can view participant'),
(626,158,'add_attendance','Can add attendance'),
(627,158,'change_attendance','Can change attendance'),
(628,158,'delete_attendance','Can delete attendance'),
(629,158,'view_attendance','Can view attendance'),
(630,159,'add_trainingclass','Can add training class'),
(631,159,'change_trainingclass','Can change training class'),
(632,159,'delete_trainingclass','Can delete training class'),
(633,159,'view_trainingclass','Can view training class'),
(634,160,'add_courseattended','Can add course attended'),
(635,160,'change_courseattended','Can change course attended'),
(636,160,'delete_courseattended','Can delete course attended'),
(637,160,'view_courseattended','Can view course attended'),
(638,161,'add_classconfirmation','Can add class confirmation'),
(639,161,'change_classconfirmation','Can change class confirmation'),
(640,161,'delete_classconfirmation','Can delete class confirmation'),
(641,161,'view_classconfirmation','Can view class confirmation'),
(642,162,'add_confirmedmark','Can add confirmed mark'),
(643,162,'change_confirmedmark','Can change confirmed mark'),
(644,162,'delete_confirmedmark','Can delete confirmed mark'),
(645,162,'view_confirmedmark','Can view confirmed mark'),
(646,163,'add_choice','Can add choice'),
(647,163,'change_choice','Can change choice'),
(648,163,'delete_choice','Can delete choice'),
(649,163,'view_choice','Can view choice'),
(650,164,'add_walkinanswer','Can add walk in answer'),
(651,164,'change_walkinanswer','Can change walk in answer'),
(652,164,'delete_walkinanswer','Can delete walk in answer'),
(653,164,'view_walkinanswer','Can view walk in answer'),
(654,165,'add_calendaraddress','Can add calendar address'),
(655,165,'change_calendaraddress','Can change calendar address'),
(656,165,'delete_calendaraddress','Can delete calendar address'),
(657,165,'view_calendaraddress','Can view calendar address'),
(658,166,'add_trainingelsewhere','Can add training elsewhere'),
(659,166,'change_trainingelsewhere','Can change training elsewhere'),
(660,166,'delete_trainingelsewhere','Can delete training elsewhere'),
(661,166,'view_trainingelsewhere','Can view training elsewhere'),
(662,167,'add_assignment','Can add khóa học giao thêm'),
(663,167,'change_assignment','Can change khóa học giao thêm'),
(664,167,'delete_assignment','Can delete khóa học giao thêm'),
(665,167,'view_assignment','Can view khóa học giao thêm'),
(666,168,'add_buddy','Can add người kèm'),
(667,168,'change_buddy','Can change người kèm'),
(668,168,'delete_buddy','Can delete người kèm'),
(669,168,'view_buddy','Can view người kèm'),
(670,169,'add_inquiry','Can add inquiry'),
(671,169,'change_inquiry','Can change inquiry'),
(672,169,'delete_inquiry','Can delete inquiry'),
(673,169,'view_inquiry','Can view inquiry'),
(674,170,'add_said','Can add said'),
(675,170,'change_said','Can change said'),
(676,170,'delete_said','Can delete said'),
(677,170,'view_said','Can view said'),
(678,171,'add_keptanswer','Can add kept answer'),
(679,171,'change_keptanswer','Can change kept answer'),
(680,171,'delete_keptanswer','Can delete kept answer'),
(681,171,'view_keptanswer','Can view kept answer'),
(682,172,'add_plan','Can add plan'),
(683,172,'change_plan','Can change plan'),
(684,172,'delete_plan','Can delete plan'),
(685,172,'view_plan','Can view plan'),
(686,173,'add_planversion','Can add plan version'),
(687,173,'change_planversion','Can change plan version'),
(688,173,'delete_planversion','Can delete plan version'),
(689,173,'view_planversion','Can view plan version'),
(690,174,'add_result','Can add result'),
(691,174,'change_result','Can change result'),
(692,174,'delete_result','Can delete result'),
(693,174,'view_result','Can view result'),
(694,175,'add_task','Can add task'),
(695,175,'change_task','Can change task'),
(696,175,'delete_task','Can delete task'),
(697,175,'view_task','Can view task'),
(698,176,'add_budgetline','Can add budget line'),
(699,176,'change_budgetline','Can change budget line'),
(700,176,'delete_budgetline','Can delete budget line'),
(701,176,'view_budgetline','Can view budget line'),
(702,177,'add_publicfigures','Can add public figures'),
(703,177,'change_publicfigures','Can change public figures'),
(704,177,'delete_publicfigures','Can delete public figures'),
(705,177,'view_publicfigures','Can view public figures'),
(706,178,'add_cliniccase','Can add clinic case'),
(707,178,'change_cliniccase','Can change clinic case'),
(708,178,'delete_cliniccase','Can delete clinic case'),
(709,178,'view_cliniccase','Can view clinic case'),
(710,179,'add_contribution','Can add contribution'),
(711,179,'change_contribution','Can change contribution'),
(712,179,'delete_contribution','Can delete contribution'),
(713,179,'view_contribution','Can view contribution'),
(714,180,'add_filedpaper','Can add filed paper'),
(715,180,'change_filedpaper','Can change filed paper'),
(716,180,'delete_filedpaper','Can delete filed paper'),
(717,180,'view_filedpaper','Can view filed paper'),
(718,181,'add_columnmapping','Can add column mapping'),
(719,181,'change_columnmapping','Can change column mapping'),
(720,181,'delete_columnmapping','Can delete column mapping'),
(721,181,'view_columnmapping','Can view column mapping'),
(722,182,'add_exemplar','Can add exemplar'),
(723,182,'change_exemplar','Can change exemplar'),
(724,182,'delete_exemplar','Can delete exemplar'),
(725,182,'view_exemplar','Can view exemplar'),
(726,183,'add_adoption','Can add adoption'),
(727,183,'change_adoption','Can change adoption'),
(728,183,'delete_adoption','Can delete adoption'),
(729,183,'view_adoption','Can view adoption'),
(730,184,'add_exemplarresult','Can add exemplar result'),
(731,184,'change_exemplarresult','Can change exemplar result'),
(732,184,'delete_exemplarresult','Can delete exemplar result'),
(733,184,'view_exemplarresult','Can view exemplar result'),
(734,185,'add_feedbackwords','Can add feedback words'),
(735,185,'change_feedbackwords','Can change feedback words'),
(736,185,'delete_feedbackwords','Can delete feedback words'),
(737,185,'view_feedbackwords','Can view feedback words'),
(738,186,'add_feedbackcount','Can add feedback count'),
(739,186,'change_feedbackcount','Can change feedback count'),
(740,186,'delete_feedbackcount','Can delete feedback count'),
(741,186,'view_feedbackcount','Can view feedback count'),
(742,187,'add_walkinundone','Can add walk in undone'),
(743,187,'change_walkinundone','Can change walk in undone'),
(744,187,'delete_walkinundone','Can delete walk in undone'),
(745,187,'view_walkinundone','Can view walk in undone'),
(746,188,'add_savedreport','Can add saved report'),
(747,188,'change_savedreport','Can change saved report'),
(748,188,'delete_savedreport','Can delete saved report'),
(749,188,'view_savedreport','Can view saved report'),
(750,189,'add_talknews','Can add talk news'),
(751,189,'change_talknews','Can change talk news'),
(752,189,'delete_talknews','Can delete talk news'),
(753,189,'view_talknews','Can view talk news'),
(754,190,'add_remarked','Can add remarked'),
(755,190,'change_remarked','Can change remarked'),
(756,190,'delete_remarked','Can delete remarked'),
(757,190,'view_remarked','Can view remarked'),
(758,191,'add_remarking','Can add remarking'),
(759,191,'change_remarking','Can change remarking'),
(760,191,'delete_remarking','Can delete remarking'),
(761,191,'view_remarking','Can view remarking'),
(762,192,'add_messagepage','Can add thông điệp'),
(763,192,'change_messagepage','Can change thông điệp'),
(764,192,'delete_messagepage','Can delete thông điệp'),
(765,192,'view_messagepage','Can view thông điệp'),
(766,193,'add_campaignpage','Can add chiến dịch 30/7'),
(767,193,'change_campaignpage','Can change chiến dịch 30/7'),
(768,193,'delete_campaignpage','Can delete chiến dịch 30/7'),
(769,193,'view_campaignpage','Can view chiến dịch 30/7'),
(770,194,'add_messagerecording','Can add message recording'),
(771,194,'change_messagerecording','Can change message recording'),
(772,194,'delete_messagerecording','Can delete message recording'),
(773,194,'view_messagerecording','Can view message recording'),
(774,195,'add_communereview','Can add duyệt trang của xã'),
(775,195,'change_communereview','Can change duyệt trang của xã'),
(776,195,'delete_communereview','Can delete duyệt trang của xã'),
(777,195,'view_communereview','Can view duyệt trang của xã'),
(778,196,'add_communemessagepage','Can add thông điệp đã lấy về'),
(779,196,'change_communemessagepage','Can change thông điệp đã lấy về'),
(780,196,'delete_communemessagepage','Can delete thông điệp đã lấy về'),
(781,196,'view_communemessagepage','Can view thông điệp đã lấy về'),
(782,197,'add_communespacepage','Can add trang của xã'),
(783,197,'change_communespacepage','Can change trang của xã'),
(784,197,'delete_communespacepage','Can delete trang của xã'),
(785,197,'view_communespacepage','Can view trang của xã'),
(786,198,'add_communespage','Can add trang các xã, phường'),
(787,198,'change_communespage','Can change trang các xã, phường'),
(788,198,'delete_communespage','Can delete trang các xã, phường'),
(789,198,'view_communespage','Can view trang các xã, phường'),
(790,199,'add_noticepage','Can add thông báo'),
(791,199,'change_noticepage','Can change thông báo'),
(792,199,'delete_noticepage','Can delete thông báo'),
(793,199,'view_noticepage','Can view thông báo'),
(794,200,'add_schoollessonpage','Can add bài học ở trường'),
(795,200,'change_schoollessonpage','Can change bài học ở trường'),
(796,200,'delete_schoollessonpage','Can delete bài học ở trường'),
(797,200,'view_schoollessonpage','Can view bài học ở trường'),
(798,201,'add_schoolspage','Can add trang bài học ở trường'),
(799,201,'change_schoolspage','Can change trang bài học ở trường'),
(800,201,'delete_schoolspage','Can delete trang bài học ở trường'),
(801,201,'view_schoolspage','Can view trang bài học ở trường'),
(802,202,'add_activitykind','Can add activity kind'),
(803,202,'change_activitykind','Can change activity kind'),
(804,202,'delete_activitykind','Can delete activity kind'),
(805,202,'view_activitykind','Can view activity kind'),
(806,203,'add_hamlet','Can add hamlet'),
(807,203,'change_hamlet','Can change hamlet'),
(808,203,'delete_hamlet','Can delete hamlet'),
(809,203,'view_hamlet','Can view hamlet'),
(810,204,'add_activity','Can add activity'),
(811,204,'change_activity','Can change activity'),
(812,204,'delete_activity','Can delete activity'),
(813,204,'view_activity','Can view activity'),
(814,205,'add_heldapart','Can add held apart'),
(815,205,'change_heldapart','Can change held apart'),
(816,205,'delete_heldapart','Can delete held apart'),
(817,205,'view_heldapart','Can view held apart'),
(818,206,'add_logcomplete','Can add log complete'),
(819,206,'change_logcomplete','Can change log complete'),
(820,206,'delete_logcomplete','Can delete log complete'),
(821,206,'view_logcomplete','Can view log complete'),
(822,207,'add_spokenthere','Can add spoken there'),
(823,207,'change_spokenthere','Can change spoken there'),
(824,207,'delete_spokenthere','Can delete spoken there'),
(825,207,'view_spokenthere','Can view spoken there'),
(826,208,'add_evidence','Can add evidence'),
(827,208,'change_evidence','Can change evidence'),
(828,208,'delete_evidence','Can delete evidence'),
(829,208,'view_evidence','Can view evidence'),
(830,209,'add_namedapprover','Can add người duyệt đồng ý nêu tên'),
(831,209,'change_namedapprover','Can change người duyệt đồng ý nêu tên'),
(832,209,'delete_namedapprover','Can delete người duyệt đồng ý nêu tên'),
(833,209,'view_namedapprover','Can view người duyệt đồng ý nêu tên'),
(834,210,'add_orthography','Can add bộ chữ'),
(835,210,'change_orthography','Can change bộ chữ'),
(836,210,'delete_orthography','Can delete bộ chữ'),
(837,210,'view_orthography','Can view bộ chữ'),
(838,211,'add_sentencetranslation','Can add câu dịch'),
(839,211,'change_sentencetranslation','Can change câu dịch'),
(840,211,'delete_sentencetranslation','Can delete câu dịch'),
(841,211,'view_sentencetranslation','Can view câu dịch'),
(842,212,'add_sentencestep','Can add bước của câu dịch'),
(843,212,'change_sentencestep','Can change bước của câu dịch'),
(844,212,'delete_sentencestep','Can delete bước của câu dịch'),
(845,212,'view_sentencestep','Can view bước của câu dịch'),
(846,213,'add_sourcesentence','Can add câu gốc'),
(847,213,'change_sourcesentence','Can change câu gốc'),
(848,213,'delete_sourcesentence','Can delete câu gốc'),
(849,213,'view_sourcesentence','Can view câu gốc'),
(850,214,'add_remark','Can add lời bàn về câu'),
(851,214,'change_remark','Can change lời bàn về câu'),
(852,214,'delete_remark','Can delete lời bàn về câu'),
(853,214,'view_remark','Can view lời bàn về câu'),
(854,215,'add_glossaryword','Can add từ đã thống nhất'),
(855,215,'change_glossaryword','Can change từ đã thống nhất'),
(856,215,'delete_glossaryword','Can delete từ đã thống nhất'),
(857,215,'view_glossaryword','Can view từ đã thống nhất'),
(858,216,'add_assessed','Can add assessed'),
(859,216,'change_assessed','Can change assessed'),
(860,216,'delete_assessed','Can delete assessed'),
(861,216,'view_assessed','Can view assessed'),
(862,217,'add_planstep','Can add plan step'),
(863,217,'change_planstep','Can change plan step'),
(864,217,'delete_planstep','Can delete plan step'),
(865,217,'view_planstep','Can view plan step'),
(866,218,'add_messagekit','Can add message kit'),
(867,218,'change_messagekit','Can change message kit'),
(868,218,'delete_messagekit','Can delete message kit'),
(869,218,'view_messagekit','Can view message kit'),
(870,219,'add_passage','Can add passage'),
(871,219,'change_passage','Can change passage'),
(872,219,'delete_passage','Can delete passage'),
(873,219,'view_passage','Can view passage'),
(874,220,'add_openpoint','Can add open point'),
(875,220,'change_openpoint','Can change open point'),
(876,220,'delete_openpoint','Can delete open point'),
(877,220,'view_openpoint','Can view open point'),
(878,221,'add_settlement','Can add settlement'),
(879,221,'change_settlement','Can change settlement'),
(880,221,'delete_settlement','Can delete settlement'),
(881,221,'view_settlement','Can view settlement'),
(882,222,'add_sheet','Can add sheet'),
(883,222,'change_sheet','Can change sheet'),
(884,222,'delete_sheet','Can delete sheet'),
(885,222,'view_sheet','Can view sheet'),
(886,223,'add_stepdone','Can add step done'),
(887,223,'change_stepdone','Can change step done'),
(888,223,'delete_stepdone','Can delete step done'),
(889,223,'view_stepdone','Can view step done'),
(890,224,'add_withdrawal','Can add withdrawal'),
(891,224,'change_withdrawal','Can change withdrawal'),
(892,224,'delete_withdrawal','Can delete withdrawal'),
(893,224,'view_withdrawal','Can view withdrawal'),
(894,225,'add_sheetversion','Can add sheet version'),
(895,225,'change_sheetversion','Can change sheet version'),
(896,225,'delete_sheetversion','Can delete sheet version'),
(897,225,'view_sheetversion','Can view sheet version'),
(898,226,'add_messagepicture','Can add message picture'),
(899,226,'change_messagepicture','Can change message picture'),
(900,226,'delete_messagepicture','Can delete message picture'),
(901,226,'view_messagepicture','Can view message picture'),
(902,227,'add_slot','Can add slot'),
(903,227,'change_slot','Can change slot'),
(904,227,'delete_slot','Can delete slot'),
(905,227,'view_slot','Can view slot'),
(906,228,'add_play','Can add play'),
(907,228,'change_play','Can change play'),
(908,228,'delete_play','Can delete play'),
(909,228,'view_play','Can view play'),
(910,229,'add_pulsecount','Can add pulse count'),
(911,229,'change_pulsecount','Can change pulse count'),
(912,229,'delete_pulsecount','Can delete pulse count'),
(913,229,'view_pulsecount','Can view pulse count'),
(914,230,'add_packapproval','Can add pack approval'),
(915,230,'change_packapproval','Can change pack approval'),
(916,230,'delete_packapproval','Can delete pack approval'),
(917,230,'view_packapproval','Can view pack approval'),
(918,231,'add_package','Can add package'),
(919,231,'change_package','Can change package'),
(920,231,'delete_package','Can delete package'),
(921,231,'view_package','Can view package'),
(922,232,'add_alert','Can add cảnh báo'),
(923,232,'change_alert','Can change cảnh báo'),
(924,232,'delete_alert','Can delete cảnh báo'),
(925,232,'view_alert','Can view cảnh báo'),
(926,233,'add_alertopened','Can add xã đã mở cảnh báo'),
(927,233,'change_alertopened','Can change xã đã mở cảnh báo'),
(928,233,'delete_alertopened','Can delete xã đã mở cảnh báo'),
(929,233,'view_alertopened','Can view xã đã mở cảnh báo'),
(930,234,'add_alertspage','Can add trang cảnh báo'),
(931,234,'change_alertspage','Can change trang cảnh báo'),
(932,234,'delete_alertspage','Can delete trang cảnh báo'),
(933,234,'view_alertspage','Can view trang cảnh báo'),
(934,235,'add_alertwording','Can add lời cảnh báo'),
(935,235,'change_alertwording','Can change lời cảnh báo'),
(936,235,'delete_alertwording','Can delete lời cảnh báo'),
(937,235,'view_alertwording','Can view lời cảnh báo'),
(938,236,'add_monthcount','Can add month count'),
(939,236,'change_monthcount','Can change month count'),
(940,236,'delete_monthcount','Can delete month count'),
(941,236,'view_monthcount','Can view month count'),
(942,237,'add_room','Can add room'),
(943,237,'change_room','Can change room'),
(944,237,'delete_room','Can delete room'),
(945,237,'view_room','Can view room'),
(946,238,'add_roomcount','Can add room count'),
(947,238,'change_roomcount','Can change room count'),
(948,238,'delete_roomcount','Can delete room count'),
(949,238,'view_roomcount','Can view room count'),
(950,239,'add_speaker','Can add người đọc'),
(951,239,'change_speaker','Can change người đọc'),
(952,239,'delete_speaker','Can delete người đọc'),
(953,239,'view_speaker','Can view người đọc'),
(954,240,'add_sound','Can add bản thu'),
(955,240,'change_sound','Can change bản thu'),
(956,240,'delete_sound','Can delete bản thu'),
(957,240,'view_sound','Can view bản thu'),
(958,241,'add_take','Can add câu đã thu'),
(959,241,'change_take','Can change câu đã thu'),
(960,241,'delete_take','Can delete câu đã thu'),
(961,241,'view_take','Can view câu đã thu'),
(962,242,'add_messagevoice','Can add tiếng nói của thông điệp'),
(963,242,'change_messagevoice','Can change tiếng nói của thông điệp'),
(964,242,'delete_messagevoice','Can delete tiếng nói của thông điệp'),
(965,242,'view_messagevoice','Can view tiếng nói của thông điệp'),
(966,243,'add_classcount','Can add class count'),
(967,243,'change_classcount','Can change class count'),
(968,243,'delete_classcount','Can delete class count'),
(969,243,'view_classcount','Can view class count'),
(970,244,'add_lessonlog','Can add lesson log'),
(971,244,'change_lessonlog','Can change lesson log'),
(972,244,'delete_lessonlog','Can delete lesson log'),
(973,244,'view_lessonlog','Can view lesson log'),
(974,245,'add_presspackage','Can add press package'),
(975,245,'change_presspackage','Can change press package'),
(976,245,'delete_presspackage','Can delete press package'),
(977,245,'view_presspackage','Can view press package'),
(978,246,'add_sentnumber','Can add sent number'),
(979,246,'change_sentnumber','Can change sent number'),
(980,246,'delete_sentnumber','Can delete sent number'),
(981,246,'view_sentnumber','Can view sent number'),
(982,247,'add_classrun','Can add class run'),
(983,247,'change_classrun','Can change class run'),
(984,247,'delete_classrun','Can delete class run'),
(985,247,'view_classrun','Can view class run'),
(986,248,'add_quizcode','Can add quiz code'),
(987,248,'change_quizcode','Can change quiz code'),
(988,248,'delete_quizcode','Can delete quiz code'),
(989,248,'view_quizcode','Can view quiz code'),
(990,249,'add_quiztally','Can add quiz tally'),
(991,249,'change_quiztally','Can change quiz tally'),
(992,249,'delete_quiztally','Can delete quiz tally'),
(993,249,'view_quiztally','Can view quiz tally'),
(994,250,'add_packcopy','Can add pack copy'),
(995,250,'change_packcopy','Can change pack copy'),
(996,250,'delete_packcopy','Can delete pack copy'),
(997,250,'view_packcopy','Can view pack copy'),
(998,251,'add_copywording','Can add copy wording'),
(999,251,'change_copywording','Can change copy wording'),
(1000,251,'delete_copywording','Can delete copy wording'),
(1001,251,'view_copywording','Can view copy wording'),
(1002,252,'add_string','Can add string'),
(1003,252,'change_string','Can change string'),
(1004,252,'delete_string','Can delete string'),
(1005,252,'view_string','Can view string'),
(1006,253,'add_template','Can add template'),
(1007,253,'change_template','Can change template'),
(1008,253,'delete_template','Can delete template'),
(1009,253,'view_template','Can view template'),
(1010,254,'add_translatableobject','Can add translatable object'),
(1011,254,'change_translatableobject','Can change translatable object'),
(1012,254,'delete_translatableobject','Can delete translatable object'),
(1013,254,'view_translatableobject','Can view translatable object'),
(1014,255,'add_translationsource','Can add translation source'),
(1015,255,'change_translationsource','Can change translation source'),
(1016,255,'delete_translationsource','Can delete translation source'),
(1017,255,'view_translationsource','Can view translation source'),
(1018,256,'add_translationlog','Can add translation log'),
(1019,256,'change_translationlog','Can change translation log'),
(1020,256,'delete_translationlog','Can delete translation log'),
(1021,256,'view_translationlog','Can view translation log'),
(1022,257,'add_translationcontext','Can add translation context'),
(1023,257,'change_translationcontext','Can change translation context'),
(1024,257,'delete_translationcontext','Can delete translation context'),
(1025,257,'view_translationcontext','Can view translation context'),
(1026,258,'add_templatesegment','Can add template segment'),
(1027,258,'change_templatesegment','Can change template segment'),
(1028,258,'delete_templatesegment','Can delete template segment'),
(1029,258,'view_templatesegment','Can view template segment'),
(1030,259,'add_stringsegment','Can add string segment'),
(1031,259,'change_stringsegment','Can change string segment'),
(1032,259,'delete_stringsegment','Can delete string segment'),
(1033,259,'view_stringsegment','Can view string segment'),
(1034,260,'add_relatedobjectsegment','Can add related object segment'),
(1035,260,'change_relatedobjectsegment','Can change related object segment'),
(1036,260,'delete_relatedobjectsegment','Can delete related object segment'),
(1037,260,'view_relatedobjectsegment','Can view related object segment'),
(1038,261,'add_stringtranslation','Can add string translation'),
(1039,261,'change_stringtranslation','Can change string translation'),
(1040,261,'delete_stringtranslation','Can delete string translation'),
(1041,261,'view_stringtranslation','Can view string translation'),
(1042,26,'add_translation','Can add translation'),
(1043,26,'change_translation','Can change translation'),
(1044,26,'delete_translation','Can delete translation'),
(1045,26,'view_translation','Can view translation'),
(1046,262,'add_overridablesegment','Can add overridable segment'),
(1047,262,'change_overridablesegment','Can change overridable segment'),
(1048,262,'delete_overridablesegment','Can delete overridable segment'),
(1049,262,'view_overridablesegment','Can view overridable segment'),
(1050,263,'add_segmentoverride','Can add segment override'),
(1051,263,'change_segmentoverride','Can change segment override'),
(1052,263,'delete_segmentoverride','Can delete segment override'),
(1053,263,'view_segmentoverride','Can view segment override'),
(1054,264,'add_localesynchronization','Can add locale synchronization'),
(1055,264,'change_localesynchronization','Can change locale synchronization'),
(1056,264,'delete_localesynchronization','Can delete locale synchronization'),
(1057,264,'view_localesynchronization','Can view locale synchronization'),
(1058,30,'view_media','Can view media'),
(1059,265,'add_redirect','Can add redirect'),
(1060,265,'change_redirect','Can change redirect'),
(1061,265,'delete_redirect','Can delete redirect'),
(1062,265,'view_redirect','Can view redirect'),
(1063,266,'add_embed','Can add embed'),
(1064,266,'change_embed','Can change embed'),
(1065,266,'delete_embed','Can delete embed'),
(1066,266,'view_embed','Can view embed'),
(1067,267,'add_userprofile','Can add user profile'),
(1068,267,'change_userprofile','Can change user profile'),
(1069,267,'delete_userprofile','Can delete user profile'),
(1070,267,'view_userprofile','Can view user profile'),
(1071,101,'publish_question','Can publish câu hỏi'),
(1072,101,'lock_question','Can lock câu hỏi'),
(1073,101,'unlock_question','Can unlock câu hỏi'),
(1074,28,'view_document','Can view document'),
(1075,29,'view_image','Can view image'),
(1076,268,'add_rendition','Can add rendition'),
(1077,268,'change_rendition','Can change rendition'),
(1078,268,'delete_rendition','Can delete rendition'),
(1079,268,'view_rendition','Can view rendition'),
(1080,269,'add_indexentry','Can add index entry'),
(1081,269,'change_indexentry','Can change index entry'),
(1082,269,'delete_indexentry','Can delete index entry'),
(1083,269,'view_indexentry','Can view index entry'),
(1084,270,'add_sqliteftsindexentry','Can add sqliteftsindexentry'),
(1085,270,'change_sqliteftsindexentry','Can change sqliteftsindexentry'),
(1086,270,'delete_sqliteftsindexentry','Can delete sqliteftsindexentry'),
(1087,270,'view_sqliteftsindexentry','Can view sqliteftsindexentry'),
(1088,271,'add_editingsession','Can add editing session'),
(1089,271,'change_editingsession','Can change editing session'),
(1090,271,'delete_editingsession','Can delete editing session'),
(1091,271,'view_editingsession','Can view editing session'),
(1092,272,'add_formstate','Can add form state'),
(1093,272,'change_formstate','Can change form state'),
(1094,272,'delete_formstate','Can delete form state'),
(1095,272,'view_formstate','Can view form state'),
(1096,273,'add_tag','Can add tag'),
(1097,273,'change_tag','Can change tag'),
(1098,273,'delete_tag','Can delete tag'),
(1099,273,'view_tag','Can view tag'),
(1100,274,'add_taggeditem','Can add tagged item'),
(1101,274,'change_taggeditem','Can change tagged item'),
(1102,274,'delete_taggeditem','Can delete tagged item'),
(1103,274,'view_taggeditem','Can view tagged item'),
(1104,275,'add_emailaddress','Can add email address'),
(1105,275,'change_emailaddress','Can change email address'),
(1106,275,'delete_emailaddress','Can delete email address'),
(1107,275,'view_emailaddress','Can view email address'),
(1108,276,'add_emailconfirmation','Can add email confirmation'),
(1109,276,'change_emailconfirmation','Can change email confirmation'),
(1110,276,'delete_emailconfirmation','Can delete email confirmation'),
(1111,276,'view_emailconfirmation','Can view email confirmation'),
(1112,277,'add_authenticator','Can add authenticator'),
(1113,277,'change_authenticator','Can change authenticator'),
(1114,277,'delete_authenticator','Can delete authenticator'),
(1115,277,'view_authenticator','Can view authenticator'),
(1116,278,'add_socialaccount','Can add social account'),
(1117,278,'change_socialaccount','Can change social account'),
(1118,278,'delete_socialaccount','Can delete social account'),
(1119,278,'view_socialaccount','Can view social account'),
(1120,279,'add_socialapp','Can add social application'),
(1121,279,'change_socialapp','Can change social application'),
(1122,279,'delete_socialapp','Can delete social application'),
(1123,279,'view_socialapp','Can view social application'),
(1124,280,'add_socialtoken','Can add social application token'),
(1125,280,'change_socialtoken','Can change social application token'),
(1126,280,'delete_socialtoken','Can delete social application token'),
(1127,280,'view_socialtoken','Can view social application token'),
(1128,281,'add_dbtaskresult','Can add Task Result'),
(1129,281,'change_dbtaskresult','Can change Task Result'),
(1130,281,'delete_dbtaskresult','Can delete Task Result'),
(1131,281,'view_dbtaskresult','Can view Task Result'),
(1132,282,'add_permission','Can add permission'),
(1133,282,'change_permission','Can change permission'),
(1134,282,'delete_permission','Can delete permission'),
(1135,282,'view_permission','Can view permission'),
(1136,283,'add_group','Can add group'),
(1137,283,'change_group','Can change group'),
(1138,283,'delete_group','Can delete group'),
(1139,283,'view_group','Can view group'),
(1140,284,'add_contenttype','Can add content type'),
(1141,284,'change_contenttype','Can change content type'),
(1142,284,'delete_contenttype','Can delete content type'),
(1143,284,'view_contenttype','Can view content type'),
(1144,285,'add_session','Can add session'),
(1145,285,'change_session','Can change session'),
(1146,285,'delete_session','Can delete session'),
(1147,285,'view_session','Can view session');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES
(1,'wagtailcore','page'),
(2,'wagtailcore','groupapprovaltask'),
(3,'wagtailcore','locale'),
(4,'wagtailcore','site'),
(5,'wagtailcore','groupsitepermission'),
(6,'wagtailcore','modellogentry'),
(7,'wagtailcore','revision'),
(8,'wagtailcore','collectionviewrestriction'),
(9,'wagtailcore','collection'),
(10,'wagtailcore','groupcollectionpermission'),
(11,'wagtailcore','uploadedfile'),
(12,'wagtailcore','workflowcontenttype'),
(13,'wagtailcore','workflowstate'),
(14,'wagtailcore','workflow'),
(15,'wagtailcore','workflowtask'),
(16,'wagtailcore','task'),
(17,'wagtailcore','taskstate'),
(18,'wagtailcore','grouppagepermission'),
(19,'wagtailcore','pageviewrestriction'),
(20,'wagtailcore','workflowpage'),
(21,'wagtailcore','pagelogentry'),
(22,'wagtailcore','comment'),
(23,'wagtailcore','commentreply'),
(24,'wagtailcore','pagesubscription'),
(25,'wagtailcore','referenceindex'),
(26,'wagtail_localize','translation'),
(27,'wagtailadmin','admin'),
(28,'wagtaildocs','document'),
(29,'wagtailimages','image'),
(30,'wagtailmedia','media'),
(31,'people','duty'),
(32,'people','user'),
(33,'people','unit'),
(34,'people','succession'),
(35,'people','rosterconfirmation'),
(36,'people','role'),
(37,'people','reach'),
(38,'people','posting'),
(39,'people','unitflag'),
(40,'people','unitversion'),
(41,'people','devicesession'),
(42,'people','activationslip'),
(43,'people','entry'),
(44,'people','erasurerequest'),
(45,'people','rolerequest'),
(46,'people','bulkchange'),
(47,'people','changedrow'),
(48,'people','trycount'),
(49,'people','accountnotice'),
(50,'people','signin'),
(51,'people','insistence'),
(52,'people','dayoff'),
(53,'people','dayrun'),
(54,'people','messageplan'),
(55,'people','daymessage'),
(56,'people','declined'),
(57,'people','actreason'),
(58,'people','merge'),
(59,'people','notsame'),
(60,'people','confirmedlist'),
(61,'people','personnumber'),
(62,'people','reform'),
(63,'people','languagework'),
(64,'people','schoollevels'),
(65,'media','picture'),
(66,'media','recording'),
(67,'media','rendition'),
(68,'media','documentfile'),
(69,'media','unitcollection'),
(70,'media','replacement'),
(71,'media','scheduledfile'),
(72,'media','endedconsent'),
(73,'outbox','clockrun'),
(74,'outbox','effect'),
(75,'outbox','lease'),
(76,'pages','homepage'),
(77,'pages','rolegroup'),
(78,'pages','contact'),
(79,'pages','contactcall'),
(80,'pages','contactspage'),
(81,'pages','sharepicture'),
(82,'pages','searchentry'),
(83,'pages','textpage'),
(84,'pages','contacttakenoff'),
(85,'pages','contactversion'),
(86,'pages','lawcitation'),
(87,'courses','answer'),
(88,'courses','attempt'),
(89,'courses','attemptgrant'),
(90,'courses','attemptitem'),
(91,'courses','cataloguepage'),
(92,'courses','completion'),
(93,'courses','coursepage'),
(94,'courses','dailycount'),
(95,'courses','excuse'),
(96,'courses','lessonpage'),
(97,'courses','lessonseen'),
(98,'courses','mark'),
(99,'courses','modulepage'),
(100,'courses','place'),
(101,'courses','question'),
(102,'courses','questiontag'),
(103,'courses','questionversion'),
(104,'courses','quizpage'),
(105,'courses','quizquestion'),
(106,'courses','requirement'),
(107,'courses','requirementrule'),
(108,'courses','stalecount'),
(109,'courses','standing'),
(110,'courses','tick'),
(111,'courses','void'),
(112,'courses','certificate'),
(113,'courses','issuer'),
(114,'courses','revocation'),
(115,'courses','series'),
(116,'courses','try'),
(117,'courses','conversationpage'),
(118,'courses','conversationversion'),
(119,'courses','conversationrun'),
(120,'courses','conversationwords'),
(121,'courses','runturn'),
(122,'courses','approval'),
(123,'courses','recognition'),
(124,'courses','reviewitem'),
(125,'courses','settlement'),
(126,'courses','guide'),
(127,'courses','performance'),
(128,'courses','observation'),
(129,'courses','agreedlevel'),
(130,'courses','practicesession'),
(131,'courses','proposal'),
(132,'courses','rubric'),
(133,'courses','rubricversion'),
(134,'courses','observedlevel'),
(135,'courses','editionarrival'),
(136,'courses','coursenews'),
(137,'courses','lessonnote'),
(138,'courses','followup'),
(139,'courses','retest'),
(140,'courses','retestanswer'),
(141,'courses','retestresult'),
(142,'courses','askedsteps'),
(143,'courses','submission'),
(144,'courses','submittedpart'),
(145,'courses','coursebegun'),
(146,'courses','monthend'),
(147,'courses','reliefrequest'),
(148,'courses','relief'),
(149,'courses','reminderstep'),
(150,'courses','annualreport'),
(151,'courses','cutday'),
(152,'courses','reportedperson'),
(153,'courses','reportfile'),
(154,'courses','reportpattern'),
(155,'courses','meeting'),
(156,'courses','paper'),
(157,'courses','participant'),
(158,'courses','attendance'),
(159,'courses','trainingclass'),
(160,'courses','courseattended'),
(161,'courses','classconfirmation'),
(162,'courses','confirmedmark'),
(163,'courses','choice'),
(164,'courses','walkinanswer'),
(165,'courses','calendaraddress'),
(166,'courses','trainingelsewhere'),
(167,'courses','assignment'),
(168,'courses','buddy'),
(169,'courses','inquiry'),
(170,'courses','said'),
(171,'courses','keptanswer'),
(172,'courses','plan'),
(173,'courses','planversion'),
(174,'courses','result'),
(175,'courses','task'),
(176,'courses','budgetline'),
(177,'courses','publicfigures'),
(178,'courses','cliniccase'),
(179,'courses','contribution'),
(180,'courses','filedpaper'),
(181,'courses','columnmapping'),
(182,'courses','exemplar'),
(183,'courses','adoption'),
(184,'courses','exemplarresult'),
(185,'courses','feedbackwords'),
(186,'courses','feedbackcount'),
(187,'courses','walkinundone'),
(188,'courses','savedreport'),
(189,'courses','talknews'),
(190,'courses','remarked'),
(191,'courses','remarking'),
(192,'campaigns','messagepage'),
(193,'campaigns','campaignpage'),
(194,'campaigns','messagerecording'),
(195,'campaigns','communereview'),
(196,'campaigns','communemessagepage'),
(197,'campaigns','communespacepage'),
(198,'campaigns','communespage'),
(199,'campaigns','noticepage'),
(200,'campaigns','schoollessonpage'),
(201,'campaigns','schoolspage'),
(202,'campaigns','activitykind'),
(203,'campaigns','hamlet'),
(204,'campaigns','activity'),
(205,'campaigns','heldapart'),
(206,'campaigns','logcomplete'),
(207,'campaigns','spokenthere'),
(208,'campaigns','evidence'),
(209,'campaigns','namedapprover'),
(210,'campaigns','orthography'),
(211,'campaigns','sentencetranslation'),
(212,'campaigns','sentencestep'),
(213,'campaigns','sourcesentence'),
(214,'campaigns','remark'),
(215,'campaigns','glossaryword'),
(216,'campaigns','assessed'),
(217,'campaigns','planstep'),
(218,'campaigns','messagekit'),
(219,'campaigns','passage'),
(220,'campaigns','openpoint'),
(221,'campaigns','settlement'),
(222,'campaigns','sheet'),
(223,'campaigns','stepdone'),
(224,'campaigns','withdrawal'),
(225,'campaigns','sheetversion'),
(226,'campaigns','messagepicture'),
(227,'campaigns','slot'),
(228,'campaigns','play'),
(229,'campaigns','pulsecount'),
(230,'campaigns','packapproval'),
(231,'campaigns','package'),
(232,'campaigns','alert'),
(233,'campaigns','alertopened'),
(234,'campaigns','alertspage'),
(235,'campaigns','alertwording'),
(236,'campaigns','monthcount'),
(237,'campaigns','room'),
(238,'campaigns','roomcount'),
(239,'campaigns','speaker'),
(240,'campaigns','sound'),
(241,'campaigns','take'),
(242,'campaigns','messagevoice'),
(243,'campaigns','classcount'),
(244,'campaigns','lessonlog'),
(245,'campaigns','presspackage'),
(246,'campaigns','sentnumber'),
(247,'campaigns','classrun'),
(248,'campaigns','quizcode'),
(249,'campaigns','quiztally'),
(250,'campaigns','packcopy'),
(251,'campaigns','copywording'),
(252,'wagtail_localize','string'),
(253,'wagtail_localize','template'),
(254,'wagtail_localize','translatableobject'),
(255,'wagtail_localize','translationsource'),
(256,'wagtail_localize','translationlog'),
(257,'wagtail_localize','translationcontext'),
(258,'wagtail_localize','templatesegment'),
(259,'wagtail_localize','stringsegment'),
(260,'wagtail_localize','relatedobjectsegment'),
(261,'wagtail_localize','stringtranslation'),
(262,'wagtail_localize','overridablesegment'),
(263,'wagtail_localize','segmentoverride'),
(264,'wagtail_localize','localesynchronization'),
(265,'wagtailredirects','redirect'),
(266,'wagtailembeds','embed'),
(267,'wagtailusers','userprofile'),
(268,'wagtailimages','rendition'),
(269,'wagtailsearch','indexentry'),
(270,'wagtailsearch','sqliteftsindexentry'),
(271,'wagtailadmin','editingsession'),
(272,'wagtailadmin','formstate'),
(273,'taggit','tag'),
(274,'taggit','taggeditem'),
(275,'account','emailaddress'),
(276,'account','emailconfirmation'),
(277,'mfa','authenticator'),
(278,'socialaccount','socialaccount'),
(279,'socialaccount','socialapp'),
(280,'socialaccount','socialtoken'),
(281,'django_tasks_database','dbtaskresult'),
(282,'auth','permission'),
(283,'auth','group'),
(284,'contenttypes','contenttype'),
(285,'sessions','session');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES
(1,'contenttypes','0001_initial','{now}'),
(2,'contenttypes','0002_remove_content_type_name','{now}'),
(3,'auth','0001_initial','{now}'),
(4,'auth','0002_alter_permission_name_max_length','{now}'),
(5,'auth','0003_alter_user_email_max_length','{now}'),
(6,'auth','0004_alter_user_username_opts','{now}'),
(7,'auth','0005_alter_user_last_login_null','{now}'),
(8,'auth','0006_require_contenttypes_0002','{now}'),
(9,'auth','0007_alter_validators_add_error_messages','{now}'),
(10,'auth','0008_alter_user_username_max_length','{now}'),
(11,'auth','0009_alter_user_last_name_max_length','{now}'),
(12,'auth','0010_alter_group_name_max_length','{now}'),
(13,'auth','0011_update_proxy_permissions','{now}'),
(14,'auth','0012_alter_user_first_name_max_length','{now}'),
(15,'people','0001_initial','{now}'),
(16,'account','0001_initial','{now}'),
(17,'account','0002_email_max_length','{now}'),
(18,'account','0003_alter_emailaddress_create_unique_verified_email','{now}'),
(19,'account','0004_alter_emailaddress_drop_unique_email','{now}'),
(20,'account','0005_emailaddress_idx_upper_email','{now}'),
(21,'account','0006_emailaddress_lower','{now}'),
(22,'account','0007_emailaddress_idx_email','{now}'),
(23,'account','0008_emailaddress_unique_primary_email_fixup','{now}'),
(24,'account','0009_emailaddress_unique_primary_email','{now}'),
(25,'people','0002_signing_in','{now}'),
(26,'people','0003_audit_and_erasure','{now}'),
(27,'people','0004_approval','{now}'),
(28,'people','0005_foldings','{now}'),
(29,'people','0006_fill_foldings','{now}'),
(30,'people','0007_code_spelled_once','{now}'),
(31,'people','0008_telephones_as_dialled','{now}'),
(32,'people','0009_role_requests','{now}'),
(33,'people','0010_access_round','{now}'),
(34,'people','0011_kept_changes','{now}'),
(35,'people','0012_notices_sign_ins_and_tries','{now}'),
(36,'people','0013_units_believed','{now}'),
(37,'people','0014_older_imports','{now}'),
(38,'people','0015_course_submissions','{now}'),
(39,'people','0016_insistences','{now}'),
(40,'people','0017_people_in_order','{now}'),
(41,'people','0018_relief_acts','{now}'),
(42,'people','0019_day_messages','{now}'),
(43,'people','0020_people_listed','{now}'),
(44,'people','0021_reminder_acts','{now}'),
(45,'people','0022_acts_on_the_roster','{now}'),
(46,'people','0023_merges','{now}'),
(47,'people','0024_confirmed_lists','{now}'),
(48,'people','0025_calendar_acts','{now}'),
(49,'people','0026_elsewhere_acts','{now}'),
(50,'people','0027_extra_courses_and_buddies','{now}'),
(51,'people','0028_talk_acts','{now}'),
(52,'people','0029_plan_acts','{now}'),
(53,'people','0030_reforms','{now}'),
(54,'people','0031_import_screens','{now}'),
(55,'people','0032_language_works','{now}'),
(56,'people','0033_activity_acts','{now}'),
(57,'people','0034_few_of_many','{now}'),
(58,'people','0035_posting_by_position','{now}'),
(59,'people','0036_pack_acts','{now}'),
(60,'people','0037_sheet_acts','{now}'),
(61,'people','0038_school_levels','{now}'),
(62,'people','0039_alert_acts','{now}'),
(63,'people','0040_names_found_as_one','{now}'),
(64,'wagtailcore','0001_initial','{now}'),
(65,'wagtailcore','0002_initial_data','{now}'),
(66,'wagtailcore','0003_add_uniqueness_constraint_on_group_page_permission','{now}'),
(67,'wagtailcore','0004_page_locked','{now}'),
(68,'wagtailcore','0005_add_page_lock_permission_to_moderators','{now}'),
(69,'wagtailcore','0006_add_lock_page_permission','{now}'),
(70,'wagtailcore','0007_page_latest_revision_created_at','{now}'),
(71,'wagtailcore','0008_populate_latest_revision_created_at','{now}'),
(72,'wagtailcore','0009_remove_auto_now_add_from_pagerevision_created_at','{now}'),
(73,'wagtailcore','0010_change_page_owner_to_null_on_delete','{now}'),
(74,'wagtailcore','0011_page_first_published_at','{now}'),
(75,'wagtailcore','0012_extend_page_slug_field','{now}'),
(76,'wagtailcore','0013_update_golive_expire_help_text','{now}'),
(77,'wagtailcore','0014_add_verbose_name','{now}'),
(78,'wagtailcore','0015_add_more_verbose_names','{now}'),
(79,'wagtailcore','0016_change_page_url_path_to_text_field','{now}'),
(80,'wagtailcore','0017_change_edit_page_permission_description','{now}'),
(81,'wagtailcore','0018_pagerevision_submitted_for_moderation_index','{now}'),
(82,'wagtailcore','0019_verbose_names_cleanup','{now}'),
(83,'wagtailcore','0020_add_index_on_page_first_published_at','{now}'),
(84,'wagtailcore','0021_capitalizeverbose','{now}'),
(85,'wagtailcore','0022_add_site_name','{now}'),
(86,'wagtailcore','0023_alter_page_revision_on_delete_behaviour','{now}'),
(87,'wagtailcore','0024_collection','{now}'),
(88,'wagtailcore','0025_collection_initial_data','{now}'),
(89,'wagtailcore','0026_group_collection_permission','{now}'),
(90,'wagtailcore','0027_fix_collection_path_collation','{now}'),
(91,'wagtailcore','0024_alter_page_content_type_on_delete_behaviour','{now}'),
(92,'wagtailcore','0028_merge','{now}'),
(93,'wagtailcore','0029_unicode_slugfield_dj19','{now}'),
(94,'wagtailcore','0030_index_on_pagerevision_created_at','{now}'),
(95,'wagtailcore','0031_add_page_view_restriction_types','{now}'),
(96,'wagtailcore','0032_add_bulk_delete_page_permission','{now}'),
(97,'wagtailcore','0033_remove_golive_expiry_help_text','{now}'),
(98,'wagtailcore','0034_page_live_revision','{now}'),
(99,'wagtailcore','0035_page_last_published_at','{now}'),
(100,'wagtailcore','0036_populate_page_last_published_at','{now}'),
(101,'wagtailcore','0037_set_page_owner_editable','{now}'),
(102,'wagtailcore','0038_make_first_published_at_editable','{now}'),
(103,'wagtailcore','0039_collectionviewrestriction','{now}'),
(104,'wagtailcore','0040_page_draft_title','{now}'),
(105,'wagtailcore','0041_group_collection_permissions_verbose_name_plural','{now}'),
(106,'wagtailcore','0042_index_on_pagerevision_approved_go_live_at','{now}'),
(107,'wagtailcore','0043_lock_fields','{now}'),
(108,'wagtailcore','0044_add_unlock_grouppagepermission','{now}'),
(109,'wagtailcore','0045_assign_unlock_grouppagepermission','{now}'),
(110,'wagtailcore','0046_site_name_remove_null','{now}'),
(111,'wagtailcore','0047_add_workflow_models','{now}'),
(112,'wagtailcore','0048_add_default_workflows','{now}'),
(113,'wagtailcore','0049_taskstate_finished_by','{now}'),
(114,'wagtailcore','0050_workflow_rejected_to_needs_changes','{now}'),
(115,'wagtailcore','0051_taskstate_comment','{now}'),
(116,'wagtailcore','0052_pagelogentry','{now}'),
(117,'wagtailcore','0053_locale_model','{now}'),
(118,'wagtailcore','0054_initial_locale','{now}'),
(119,'wagtailcore','0055_page_locale_fields','{now}'),
(120,'wagtailcore','0056_page_locale_fields_populate','{now}'),
(121,'wagtailcore','0057_page_locale_fields_notnull','{now}'),
(122,'wagtailcore','0058_page_alias_of','{now}'),
(123,'wagtailcore','0059_apply_collection_ordering','{now}'),
(124,'wagtailcore','0060_fix_workflow_unique_constraint','{now}'),
(125,'wagtailcore','0061_change_promote_tab_helpt_text_and_verbose_names','{now}'),
(126,'wagtailcore','0062_comment_models_and_pagesubscription','{now}'),
(127,'wagtailcore','0063_modellogentry','{now}'),
(128,'wagtailcore','0064_log_timestamp_indexes','{now}'),
(129,'wagtailcore','0065_log_entry_uuid','{now}'),
(130,'wagtailcore','0066_collection_management_permissions','{now}'),
(131,'wagtailcore','0067_alter_pagerevision_content_json','{now}'),
(132,'wagtailcore','0068_log_entry_empty_object','{now}'),
(133,'wagtailcore','0069_log_entry_jsonfield','{now}'),
(134,'wagtail_localize','0001_initial','{now}'),
(135,'wagtailcore','0070_rename_pagerevision_revision','{now}'),
(136,'wagtailcore','0071_populate_revision_content_type','{now}'),
(137,'wagtailcore','0072_alter_revision_content_type_notnull','{now}'),
(138,'wagtailcore','0073_page_latest_revision','{now}'),
(139,'wagtailcore','0074_revision_object_str','{now}'),
(140,'wagtailcore','0075_populate_latest_revision_and_revision_object_str','{now}'),
(141,'wagtailcore','0076_modellogentry_revision','{now}'),
(142,'wagtailcore','0077_alter_revision_user','{now}'),
(143,'wagtailcore','0078_referenceindex','{now}'),
(144,'wagtailcore','0079_rename_taskstate_page_revision','{now}'),
(145,'wagtailcore','0080_generic_workflowstate','{now}'),
(146,'wagtailcore','0081_populate_workflowstate_content_type','{now}'),
(147,'wagtailcore','0082_alter_workflowstate_content_type_notnull','{now}'),
(148,'wagtailcore','0083_workflowcontenttype','{now}'),
(149,'wagtailcore','0084_add_default_page_permissions','{now}'),
(150,'wagtailcore','0085_add_grouppagepermission_permission','{now}'),
(151,'wagtailcore','0086_populate_grouppagepermission_permission','{now}'),
(152,'wagtailcore','0087_alter_grouppagepermission_unique_together_and_more','{now}'),
(153,'wagtailcore','0088_fix_log_entry_json_timestamps','{now}'),
(154,'wagtailcore','0089_log_entry_data_json_null_to_object','{now}'),
(155,'wagtailcore','0090_remove_grouppagepermission_permission_type','{now}'),
(156,'wagtailcore','0091_remove_revision_submitted_for_moderation','{now}'),
(157,'wagtailcore','0092_alter_collectionviewrestriction_password_and_more','{now}'),
(158,'wagtailcore','0093_uploadedfile','{now}'),
(159,'wagtailcore','0094_alter_page_locale','{now}'),
(160,'wagtailcore','0095_groupsitepermission','{now}'),
(161,'wagtailcore','0096_referenceindex_referenceindex_source_object_and_more','{now}'),
(162,'wagtailcore','0097_baselogentry_uuid_action_timestamp_indexes','{now}'),
(163,'taggit','0001_initial','{now}'),
(164,'taggit','0002_auto_20150616_2121','{now}'),
(165,'taggit','0003_taggeditem_add_unique_index','{now}'),
(166,'taggit','0004_alter_taggeditem_content_type_alter_taggeditem_tag','{now}'),
(167,'taggit','0005_auto_20220424_2025','{now}'),
(168,'taggit','0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx','{now}'),
(169,'media','0001_initial','{now}'),
(170,'media','0002_initial','{now}'),
(171,'media','0003_unitcollection','{now}'),
(172,'media','0004_files_cleaned_at_the_store','{now}'),
(173,'media','0005_pictures_that_broke_a_limit','{now}'),
(174,'media','0006_documents_looked_at_and_scanned','{now}'),
(175,'media','0007_replaced_files_wait','{now}'),
(176,'media','0008_words_of_files_wait','{now}'),
(177,'media','0009_consents','{now}'),
(178,'media','0010_sounds_of_pages','{now}'),
(179,'media','0011_captions_and_doubles','{now}'),
(180,'pages','0001_initial','{now}'),
(181,'pages','0002_initial','{now}'),
(182,'pages','0003_vietnamese_names','{now}'),
(183,'pages','0004_public_pages','{now}'),
(184,'pages','0005_contacts','{now}'),
(185,'pages','0006_home_parts','{now}'),
(186,'pages','0007_search_entries','{now}'),
(187,'pages','0008_text_page','{now}'),
(188,'pages','0009_home_picture','{now}'),
(189,'pages','0010_contacts_from_abroad','{now}'),
(190,'courses','0001_initial','{now}'),
(191,'courses','0002_initial','{now}'),
(192,'courses','0003_certificates','{now}'),
(193,'courses','0004_lesson_tries','{now}'),
(194,'courses','0005_draws','{now}'),
(195,'courses','0006_interviews','{now}'),
(196,'courses','0007_approval','{now}'),
(197,'courses','0008_observed_practice','{now}'),
(198,'courses','0009_second_edition','{now}'),
(199,'courses','0010_to_keep','{now}'),
(200,'courses','0011_retests','{now}'),
(201,'courses','0012_concerns_and_pictures','{now}'),
(202,'courses','0013_exact_marks','{now}'),
(203,'courses','0014_course_keys_once','{now}'),
(204,'courses','0015_question_names_once','{now}'),
(205,'courses','0016_completions_follow','{now}'),
(206,'courses','0017_contacts_chosen','{now}'),
(207,'pages','0011_contact_versions','{now}'),
(208,'pages','0012_contacts_to_call_again','{now}'),
(209,'pages','0013_law_citations','{now}'),
(210,'campaigns','0001_campaign_and_messages','{now}'),
(211,'campaigns','0002_communes','{now}'),
(212,'campaigns','0003_school_lessons','{now}'),
(213,'campaigns','0004_scenes','{now}'),
(214,'campaigns','0005_library_pictures','{now}'),
(215,'campaigns','0006_search_words','{now}'),
(216,'campaigns','0007_one_campaign_a_year','{now}'),
(217,'campaigns','0008_card_shapes','{now}'),
(218,'campaigns','0009_one_space_a_unit','{now}'),
(219,'campaigns','0010_activities','{now}'),
(220,'campaigns','0011_sentences','{now}'),
(221,'campaigns','0012_languages_held_and_assessed','{now}'),
(222,'campaigns','0013_renderings','{now}'),
(223,'campaigns','0014_loudspeakers','{now}'),
(224,'campaigns','0015_pulse_counts','{now}'),
(225,'campaigns','0016_packs','{now}'),
(226,'campaigns','0017_packs_known','{now}'),
(227,'campaigns','0018_sheets_in_languages_and_packages','{now}'),
(228,'campaigns','0019_alerts','{now}'),
(229,'campaigns','0020_activity_sources_and_pulse_rooms','{now}'),
(230,'campaigns','0021_voices','{now}'),
(231,'campaigns','0022_lesson_logs','{now}'),
(232,'campaigns','0023_titles_in_packages','{now}'),
(233,'campaigns','0024_press_packages','{now}'),
(234,'campaigns','0025_parts_of_voices','{now}'),
(235,'campaigns','0026_class_quiz','{now}'),
(236,'campaigns','0027_school_copies','{now}'),
(237,'campaigns','0028_who_chose_the_scene','{now}'),
(238,'courses','0018_approvals_of_chosen_contacts','{now}'),
(239,'courses','0019_older_imports','{now}'),
(240,'courses','0020_standing_of_a_unit','{now}'),
(241,'courses','0021_submissions','{now}'),
(242,'courses','0022_submitted_whole','{now}'),
(243,'courses','0023_courses_begun','{now}'),
(244,'courses','0024_order_of_approvals','{now}'),
(245,'courses','0025_month_ends','{now}'),
(246,'courses','0026_reliefs','{now}'),
(247,'courses','0027_reminder_steps','{now}'),
(248,'courses','0028_annual_reports','{now}'),
(249,'courses','0029_counts_in_full','{now}'),
(250,'courses','0030_rules_of_programmes','{now}'),
(251,'courses','0031_classes','{now}'),
(252,'courses','0032_choices','{now}'),
(253,'courses','0033_new_law','{now}'),
(254,'courses','0034_walk_ins','{now}'),
(255,'courses','0035_calendars','{now}'),
(256,'courses','0036_trainings_elsewhere','{now}'),
(257,'courses','0037_extra_courses_and_buddies','{now}'),
(258,'courses','0038_inquiries','{now}'),
(259,'courses','0039_kept_answers','{now}'),
(260,'courses','0040_yearly_plans','{now}'),
(261,'courses','0041_typed_questions','{now}'),
(262,'courses','0042_public_figures','{now}'),
(263,'courses','0043_clinic','{now}'),
(264,'courses','0044_import_screens','{now}'),
(265,'courses','0045_exemplars','{now}'),
(266,'courses','0046_standing_due','{now}'),
(267,'courses','0047_class_feedback','{now}'),
(268,'courses','0048_walk_in_undone','{now}'),
(269,'courses','0049_saved_reports','{now}'),
(270,'courses','0050_talk_news','{now}'),
(271,'courses','0051_plans_filled','{now}'),
(272,'courses','0052_due_by_day','{now}'),
(273,'courses','0053_remarking','{now}'),
(274,'courses','0054_time_limits','{now}'),
(275,'django_tasks_database','0001_initial','{now}'),
(276,'django_tasks_database','0002_alter_dbtaskresult_options','{now}'),
(277,'django_tasks_database','0003_dbtaskresult_enqueued_at_dbtaskresult_finished_at','{now}'),
(278,'django_tasks_database','0004_dbtaskresult_started_at','{now}'),
(279,'django_tasks_database','0005_alter_dbtaskresult_priority_and_more','{now}'),
(280,'django_tasks_database','0006_alter_dbtaskresult_args_kwargs_and_more','{now}'),
(281,'django_tasks_database','0007_add_separate_results_fields','{now}'),
(282,'django_tasks_database','0008_separate_results_field','{now}'),
(283,'django_tasks_database','0009_remove_results_field','{now}'),
(284,'django_tasks_database','0010_alter_dbtaskresult_status','{now}'),
(285,'django_tasks_database','0011_rename_complete_status','{now}'),
(286,'django_tasks_database','0012_add_separate_exception_fields','{now}'),
(287,'django_tasks_database','0013_separate_exception_fields','{now}'),
(288,'django_tasks_database','0014_remove_dbtaskresult_exception_data','{now}'),
(289,'django_tasks_database','0015_correctly_order_run_after','{now}'),
(290,'django_tasks_database','0016_remove_dbtaskresult_django_task_new_ordering_idx_and_more','{now}'),
(291,'django_tasks_database','0017_dbtaskresult_metadata','{now}'),
(292,'django_tasks_database','0018_rename_succeeded_status','{now}'),
(293,'django_tasks_database','0019_rename_django_task_new_ordering_idx_tasks_db_new_ordering_idx_and_more','{now}'),
(294,'django_tasks_database','0020_update_db_task_result_ordering','{now}'),
(295,'django_tasks_database','0021_conditional_partial_index_ordering','{now}'),
(296,'mfa','0001_initial','{now}'),
(297,'mfa','0002_authenticator_timestamps','{now}'),
(298,'mfa','0003_authenticator_type_uniq','{now}'),
(299,'outbox','0001_initial','{now}'),
(300,'outbox','0002_initial','{now}'),
(301,'outbox','0003_failures','{now}'),
(302,'pages','0014_contacts_valid_and_languages','{now}'),
(303,'sessions','0001_initial','{now}'),
(304,'socialaccount','0001_initial','{now}'),
(305,'socialaccount','0002_token_max_lengths','{now}'),
(306,'socialaccount','0003_extra_data_default_dict','{now}'),
(307,'socialaccount','0004_app_provider_id_settings','{now}'),
(308,'socialaccount','0005_socialtoken_nullable_app','{now}'),
(309,'socialaccount','0006_alter_socialaccount_extra_data','{now}'),
(310,'wagtail_localize','0002_translation','{now}'),
(311,'wagtail_localize','0003_delete_translation_sources','{now}'),
(312,'wagtail_localize','0004_one_source_per_objectlocale','{now}'),
(313,'wagtail_localize','0005_remove_translationsource_object','{now}'),
(314,'wagtail_localize','0006_create_submit_translation_permission','{now}'),
(315,'wagtail_localize','0007_stringtranslation_type_and_tool_name','{now}'),
(316,'wagtail_localize','0008_stringtranslation_last_translated_by','{now}'),
(317,'wagtail_localize','0009_stringtranslation_errors','{now}'),
(318,'wagtail_localize','0010_overridablesegment','{now}'),
(319,'wagtail_localize','0011_segmentoverride','{now}'),
(320,'wagtail_localize','0012_localesynchronization','{now}'),
(321,'wagtail_localize','0013_translationsource_schema_version','{now}'),
(322,'wagtail_localize','0014_remove_translation_source_last_updated_at','{now}'),
(323,'wagtail_localize','0015_translationcontext_field_path','{now}'),
(324,'wagtail_localize','0016_rename_page_revision_translationlog_revision','{now}'),
(325,'wagtailadmin','0001_create_admin_access_permissions','{now}'),
(326,'wagtailadmin','0002_admin','{now}'),
(327,'wagtailadmin','0003_admin_managed','{now}'),
(328,'wagtailadmin','0004_editingsession','{now}'),
(329,'wagtailadmin','0005_editingsession_is_editing','{now}'),
(330,'wagtailadmin','0006_formstate','{now}'),
(331,'wagtaildocs','0001_initial','{now}'),
(332,'wagtaildocs','0002_initial_data','{now}'),
(333,'wagtaildocs','0003_add_verbose_names','{now}'),
(334,'wagtaildocs','0004_capitalizeverbose','{now}'),
(335,'wagtaildocs','0005_document_collection','{now}'),
(336,'wagtaildocs','0006_copy_document_permissions_to_collections','{now}'),
(337,'wagtaildocs','0005_alter_uploaded_by_user_on_delete_action','{now}'),
(338,'wagtaildocs','0007_merge','{now}'),
(339,'wagtaildocs','0008_document_file_size','{now}'),
(340,'wagtaildocs','0009_document_verbose_name_plural','{now}'),
(341,'wagtaildocs','0010_document_file_hash','{now}'),
(342,'wagtaildocs','0011_add_choose_permissions','{now}'),
(343,'wagtaildocs','0012_uploadeddocument','{now}'),
(344,'wagtaildocs','0013_delete_uploadeddocument','{now}'),
(345,'wagtaildocs','0014_alter_document_file_size','{now}'),
(346,'wagtailembeds','0001_initial','{now}'),
(347,'wagtailembeds','0002_add_verbose_names','{now}'),
(348,'wagtailembeds','0003_capitalizeverbose','{now}'),
(349,'wagtailembeds','0004_embed_verbose_name_plural','{now}'),
(350,'wagtailembeds','0005_specify_thumbnail_url_max_length','{now}'),
(351,'wagtailembeds','0006_add_embed_hash','{now}'),
(352,'wagtailembeds','0007_populate_hash','{now}'),
(353,'wagtailembeds','0008_allow_long_urls','{now}'),
(354,'wagtailembeds','0009_embed_cache_until','{now}'),
(355,'wagtailimages','0001_initial','{now}'),
(356,'wagtailimages','0002_initial_data','{now}'),
(357,'wagtailimages','0003_fix_focal_point_fields','{now}'),
(358,'wagtailimages','0004_make_focal_point_key_not_nullable','{now}'),
(359,'wagtailimages','0005_make_filter_spec_unique','{now}'),
(360,'wagtailimages','0006_add_verbose_names','{now}'),
(361,'wagtailimages','0007_image_file_size','{now}'),
(362,'wagtailimages','0008_image_created_at_index','{now}'),
(363,'wagtailimages','0009_capitalizeverbose','{now}'),
(364,'wagtailimages','0010_change_on_delete_behaviour','{now}'),
(365,'wagtailimages','0011_image_collection','{now}'),
(366,'wagtailimages','0012_copy_image_permissions_to_collections','{now}'),
(367,'wagtailimages','0013_make_rendition_upload_callable','{now}'),
(368,'wagtailimages','0014_add_filter_spec_field','{now}'),
(369,'wagtailimages','0015_fill_filter_spec_field','{now}'),
(370,'wagtailimages','0016_deprecate_rendition_filter_relation','{now}'),
(371,'wagtailimages','0017_reduce_focal_point_key_max_length','{now}'),
(372,'wagtailimages','0018_remove_rendition_filter','{now}'),
(373,'wagtailimages','0019_delete_filter','{now}'),
(374,'wagtailimages','0020_add-verbose-name','{now}'),
(375,'wagtailimages','0021_image_file_hash','{now}'),
(376,'wagtailimages','0022_uploadedimage','{now}'),
(377,'wagtailimages','0023_add_choose_permissions','{now}'),
(378,'wagtailimages','0024_index_image_file_hash','{now}'),
(379,'wagtailimages','0025_alter_image_file_alter_rendition_file','{now}'),
(380,'wagtailimages','0026_delete_uploadedimage','{now}'),
(381,'wagtailimages','0027_image_description','{now}'),
(382,'wagtailmedia','0001_initial','{now}'),
(383,'wagtailmedia','0002_initial_data','{now}'),
(384,'wagtailmedia','0003_copy_media_permissions_to_collections','{now}'),
(385,'wagtailmedia','0004_duration_optional_floatfield','{now}'),
(386,'wagtailmedia','0005_alter_media_options','{now}'),
(387,'wagtailredirects','0001_initial','{now}'),
(388,'wagtailredirects','0002_add_verbose_names','{now}'),
(389,'wagtailredirects','0003_make_site_field_editable','{now}'),
(390,'wagtailredirects','0004_set_unique_on_path_and_site','{now}'),
(391,'wagtailredirects','0005_capitalizeverbose','{now}'),
(392,'wagtailredirects','0006_redirect_increase_max_length','{now}'),
(393,'wagtailredirects','0007_add_autocreate_fields','{now}'),
(394,'wagtailredirects','0008_add_verbose_name_plural','{now}'),
(395,'wagtailsearch','0001_initial','{now}'),
(396,'wagtailsearch','0002_add_verbose_names','{now}'),
(397,'wagtailsearch','0003_remove_editors_pick','{now}'),
(398,'wagtailsearch','0004_querydailyhits_verbose_name_plural','{now}'),
(399,'wagtailsearch','0005_create_indexentry','{now}'),
(400,'wagtailsearch','0006_customise_indexentry','{now}'),
(401,'wagtailsearch','0007_delete_editorspick','{now}'),
(402,'wagtailsearch','0008_remove_query_and_querydailyhits_models','{now}'),
(403,'wagtailsearch','0009_remove_ngram_autocomplete','{now}'),
(404,'wagtailsearch','0010_add_text_fields','{now}'),
(405,'wagtailusers','0001_initial','{now}'),
(406,'wagtailusers','0002_add_verbose_name_on_userprofile','{now}'),
(407,'wagtailusers','0003_add_verbose_names','{now}'),
(408,'wagtailusers','0004_capitalizeverbose','{now}'),
(409,'wagtailusers','0005_make_related_name_wagtail_specific','{now}'),
(410,'wagtailusers','0006_userprofile_prefered_language','{now}'),
(411,'wagtailusers','0007_userprofile_current_time_zone','{now}'),
(412,'wagtailusers','0008_userprofile_avatar','{now}'),
(413,'wagtailusers','0009_userprofile_verbose_name_plural','{now}'),
(414,'wagtailusers','0010_userprofile_updated_comments_notifications','{now}'),
(415,'wagtailusers','0011_userprofile_dismissibles','{now}'),
(416,'wagtailusers','0012_userprofile_theme','{now}'),
(417,'wagtailusers','0013_userprofile_density','{now}'),
(418,'wagtailusers','0014_userprofile_contrast','{now}'),
(419,'wagtailusers','0015_userprofile_keyboard_shortcuts','{now}'),
(420,'wagtailimages','0001_squashed_0021','{now}'),
(421,'wagtailcore','0001_squashed_0016_change_page_url_path_to_text_field','{now}');
INSERT INTO "people_duty" ("id", "key", "name") VALUES
(1,'ho_tro_nan_nhan','Hỗ trợ nạn nhân'),
(2,'xac_minh','Xác minh, xác định nạn nhân'),
(3,'tuyen_truyen','Tuyên truyền'),
(4,'giang_day','Giảng dạy');
INSERT INTO "wagtailcore_collection" ("id", "path", "depth", "numchild", "name") VALUES
(1,'0001',1,0,'Chung');
INSERT INTO "wagtailcore_groupapprovaltask" ("task_ptr_id") VALUES
(1);
INSERT INTO "wagtailcore_groupapprovaltask_groups" ("id", "groupapprovaltask_id", "group_id") VALUES
(1,1,1);
INSERT INTO "wagtailcore_groupcollectionpermission" ("id", "collection_id", "group_id", "permission_id") VALUES
(1,1,2,107),
(2,1,1,107),
(3,1,2,108),
(4,1,1,108),
(5,1,2,110),
(6,1,1,110),
(7,1,2,111),
(8,1,1,111),
(9,1,2,112),
(10,1,1,112),
(11,1,2,114),
(12,1,1,114),
(13,1,2,115),
(14,1,1,115),
(15,1,2,116),
(16,1,1,116);
INSERT INTO "wagtailcore_grouppagepermission" ("id", "group_id", "page_id", "permission_id") VALUES
(1,1,1,65),
(2,1,1,66),
(3,1,1,71),
(4,2,1,65),
(5,2,1,66),
(6,1,1,70),
(7,1,1,72);
INSERT INTO "wagtailcore_locale" ("id", "language_code") VALUES
(1,'vi');
INSERT INTO "wagtailcore_page" ("id", "path", "depth", "numchild", "title", "slug", "live", "has_unpublished_changes", "url_path", "seo_title", "show_in_menus", "search_description", "go_live_at", "expire_at", "expired", "content_type_id", "owner_id", "locked", "latest_revision_created_at", "first_published_at", "live_revision_id", "last_published_at", "draft_title", "locked_at", "locked_by_id", "locale_id", "translation_key", "alias_of_id", "latest_revision_id") VALUES
(1,'0001',1,1,'Mọi trang','root',1,0,'/','',0,'',NULL,NULL,0,1,NULL,0,NULL,NULL,NULL,NULL,'Mọi trang',NULL,NULL,1,'{hex 1}',NULL,NULL),
(2,'00010001',2,0,'Welcome to your new Wagtail site!','home',1,0,'/home/','',0,'',NULL,NULL,0,1,NULL,0,NULL,NULL,NULL,NULL,'Welcome to your new Wagtail site!',NULL,NULL,1,'{hex 2}',NULL,NULL);
INSERT INTO "wagtailcore_site" ("id", "hostname", "port", "is_default_site", "root_page_id", "site_name") VALUES
(1,'localhost',80,1,2,'');
INSERT INTO "wagtailcore_task" ("id", "name", "active", "content_type_id") VALUES
(1,'Duyệt trước khi đăng',1,2);
INSERT INTO "wagtailcore_workflow" ("id", "name", "active") VALUES
(1,'Duyệt trước khi đăng',1);
INSERT INTO "wagtailcore_workflowpage" ("page_id", "workflow_id") VALUES
(1,1);
INSERT INTO "wagtailcore_workflowtask" ("id", "sort_order", "task_id", "workflow_id") VALUES
(1,0,1,1);

DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) VALUES
('account_emailaddress',0),
('auth_group',2),
('auth_group_permissions',26),
('auth_permission',1147),
('campaigns_activity',0),
('campaigns_alert',0),
('campaigns_alertopened',0),
('campaigns_alertwording',0),
('campaigns_heldapart',0),
('campaigns_messagevoice',0),
('campaigns_passage',0),
('campaigns_play',0),
('campaigns_quizcode',0),
('campaigns_quiztally',0),
('campaigns_roomcount',0),
('campaigns_sentencetranslation',0),
('campaigns_settlement',0),
('campaigns_sheet',0),
('campaigns_sheetversion',0),
('campaigns_slot',0),
('campaigns_sound',0),
('campaigns_speaker',0),
('campaigns_stepdone',0),
('campaigns_take',0),
('courses_agreedlevel',0),
('courses_annualreport',0),
('courses_answer',0),
('courses_approval',0),
('courses_attempt',0),
('courses_attemptgrant',0),
('courses_attemptitem',0),
('courses_attendance',0),
('courses_budgetline',0),
('courses_certificate',0),
('courses_classconfirmation',0),
('courses_cliniccase',0),
('courses_completion',0),
('courses_contribution',0),
('courses_conversationrun',0),
('courses_coursenews',0),
('courses_dailycount',0),
('courses_excuse',0),
('courses_exemplar',0),
('courses_exemplarresult',0),
('courses_followup',0),
('courses_inquiry',0),
('courses_issuer',0),
('courses_lessonseen',0),
('courses_mark',0),
('courses_meeting',0),
('courses_monthend',0),
('courses_observation',0),
('courses_paper',0),
('courses_participant',0),
('courses_performance',0),
('courses_place',0),
('courses_plan',0),
('courses_planversion',0),
('courses_practicesession',0),
('courses_proposal',0),
('courses_publicfigures',0),
('courses_question',0),
('courses_questiontag',0),
('courses_questionversion',0),
('courses_quizquestion',0),
('courses_recognition',0),
('courses_relief',0),
('courses_reliefrequest',0),
('courses_remarked',0),
('courses_remarking',0),
('courses_reportedperson',0),
('courses_reportfile',0),
('courses_requirementrule',0),
('courses_result',0),
('courses_retest',0),
('courses_retestanswer',0),
('courses_retestresult',0),
('courses_reviewitem',0),
('courses_rubricversion',0),
('courses_runturn',0),
('courses_said',0),
('courses_series',0),
('courses_settlement',0),
('courses_stalecount',0),
('courses_standing',0),
('courses_submission',0),
('courses_submittedpart',0),
('courses_task',0),
('courses_tick',0),
('courses_trainingclass',0),
('courses_void',0),
('django_content_type',285),
('django_migrations',421),
('media_documentfile',0),
('media_picture',0),
('media_recording',0),
('media_rendition',0),
('media_replacement',0),
('media_scheduledfile',0),
('mfa_authenticator',0),
('outbox_effect',0),
('pages_contact',0),
('pages_contacttakenoff',0),
('pages_contactversion',0),
('pages_rolegroup',0),
('people_bulkchange',0),
('people_duty',4),
('people_posting',0),
('people_reach',0),
('people_rolerequest',0),
('people_succession',0),
('people_unit',0),
('people_unitflag',0),
('people_user',0),
('socialaccount_socialaccount',0),
('socialaccount_socialapp',0),
('socialaccount_socialtoken',0),
('taggit_tag',0),
('taggit_taggeditem',0),
('wagtail_localize_stringtranslation',0),
('wagtail_localize_translation',0),
('wagtail_localize_translationcontext',0),
('wagtail_localize_translationlog',0),
('wagtail_localize_translationsource',0),
('wagtailadmin_editingsession',0),
('wagtailcore_collection',1),
('wagtailcore_comment',0),
('wagtailcore_groupapprovaltask_groups',1),
('wagtailcore_groupcollectionpermission',16),
('wagtailcore_grouppagepermission',7),
('wagtailcore_locale',1),
('wagtailcore_modellogentry',0),
('wagtailcore_page',2),
('wagtailcore_pagelogentry',0),
('wagtailcore_pageviewrestriction',0),
('wagtailcore_revision',0),
('wagtailcore_site',1),
('wagtailcore_task',1),
('wagtailcore_taskstate',0),
('wagtailcore_workflow',1),
('wagtailcore_workflowstate',0),
('wagtailcore_workflowtask',1),
('wagtaildocs_document',0),
('wagtailembeds_embed',0),
('wagtailimages_image',0),
('wagtailimages_rendition',0),
('wagtailmedia_media',0),
('wagtailredirects_redirect',0),
('wagtailsearch_indexentry',0),
('wagtailusers_userprofile',0);
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");
CREATE INDEX "activity_by_commune" ON "campaigns_activity" ("commune_id", "on");
CREATE INDEX "activity_by_day" ON "campaigns_activity" ("on", "commune_id");
CREATE INDEX "activity_by_key" ON "campaigns_activity" ("key");
CREATE INDEX "activity_by_unit" ON "campaigns_activity" ("unit_id", "on");
CREATE INDEX "activity_counted" ON "campaigns_activity" ("commune_id", "on", "held_in") WHERE ("superseded_at" IS NULL AND NOT ("verified_at" IS NULL));
CREATE UNIQUE INDEX "activity_kind_named_once" ON "campaigns_activitykind" ((LOWER("name")));
CREATE UNIQUE INDEX "activity_one_open" ON "campaigns_activity" ("key") WHERE ("superseded_at" IS NULL AND "verified_at" IS NULL);
CREATE UNIQUE INDEX "activity_one_standing" ON "campaigns_activity" ("key") WHERE ("superseded_at" IS NULL AND NOT ("verified_at" IS NULL));
CREATE UNIQUE INDEX "adopted_once" ON "courses_adoption" ("exemplar_id", "unit_id") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "alert_one_open_wording" ON "campaigns_alertwording" ("alert_id") WHERE "state" IN ('draft', 'awaiting');
CREATE INDEX "alert_standing" ON "campaigns_alert" ("ends_on") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "answer_token_once" ON "courses_answer" ("item_id", "token") WHERE NOT ("token" IS NULL);
CREATE UNIQUE INDEX "approval_decided_once_a_day" ON "courses_approval" ("course_key", "on") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "assessed_once" ON "campaigns_assessed" ("commune_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "assigned_once" ON "courses_assignment" ("person_id", "course_key") WHERE ("end" IS NULL AND "superseded_at" IS NULL);
CREATE UNIQUE INDEX "attempt_one_open" ON "courses_attempt" ("person_id", "quiz_key") WHERE "submitted_at" IS NULL;
CREATE INDEX "attempt_to_hand_in" ON "courses_attempt" ("ends_at") WHERE ("ends_at" IS NOT NULL AND "submitted_at" IS NULL);
CREATE UNIQUE INDEX "attendance_once_a_meeting" ON "courses_attendance" ("meeting_id", "participant_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "attended_by_course" ON "courses_courseattended" ("course_key", "person_id", "on");
CREATE UNIQUE INDEX "attended_once_a_class" ON "courses_courseattended" ("person_id", "training_class_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "audit_of_person" ON "people_entry" ("person_id", "at");
CREATE INDEX "audit_of_unit" ON "people_entry" ("unit_id", "at");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "base_content_object_idx" ON "wagtailcore_revision" ("base_content_type_id", "object_id");
CREATE INDEX "buddy_of_whom" ON "courses_buddy" ("buddy_id", "state");
CREATE INDEX "campaigns_activity_commune_id_9bb924e9" ON "campaigns_activity" ("commune_id");
CREATE INDEX "campaigns_activity_decided_by_id_517ae238" ON "campaigns_activity" ("decided_by_id");
CREATE INDEX "campaigns_activity_hamlet_id_c0994eb4" ON "campaigns_activity" ("hamlet_id");
CREATE INDEX "campaigns_activity_kind_id_610da49e" ON "campaigns_activity" ("kind_id");
CREATE INDEX "campaigns_activity_others_activity_id_1a77cd69" ON "campaigns_activity_others" ("activity_id");
CREATE UNIQUE INDEX "campaigns_activity_others_activity_id_unit_id_90c242f0_uniq" ON "campaigns_activity_others" ("activity_id", "unit_id");
CREATE INDEX "campaigns_activity_others_unit_id_3ece9928" ON "campaigns_activity_others" ("unit_id");
CREATE INDEX "campaigns_activity_unit_id_afb82561" ON "campaigns_activity" ("unit_id");
CREATE INDEX "campaigns_activity_written_by_id_f655bb6c" ON "campaigns_activity" ("written_by_id");
CREATE INDEX "campaigns_alert_ended_by_id_0b46250e" ON "campaigns_alert" ("ended_by_id");
CREATE INDEX "campaigns_alert_replaced_by_id_22836216" ON "campaigns_alert" ("replaced_by_id");
CREATE INDEX "campaigns_alertopened_alert_id_30032e50" ON "campaigns_alertopened" ("alert_id");
CREATE INDEX "campaigns_alertopened_unit_id_c3a327b6" ON "campaigns_alertopened" ("unit_id");
CREATE INDEX "campaigns_alertspage_share_picture_id_98bfe2fa" ON "campaigns_alertspage" ("share_picture_id");
CREATE INDEX "campaigns_alertwording_alert_id_6aa49fee" ON "campaigns_alertwording" ("alert_id");
CREATE INDEX "campaigns_alertwording_approved_by_id_95b3dda7" ON "campaigns_alertwording" ("approved_by_id");
CREATE INDEX "campaigns_alertwording_written_by_id_34ba1778" ON "campaigns_alertwording" ("written_by_id");
CREATE INDEX "campaigns_assessed_by_id_386cd91a" ON "campaigns_assessed" ("by_id");
CREATE INDEX "campaigns_assessed_commune_id_14e06058" ON "campaigns_assessed" ("commune_id");
CREATE INDEX "campaigns_campaignpage_share_picture_id_5794f16b" ON "campaigns_campaignpage" ("share_picture_id");
CREATE INDEX "campaigns_classcount_by_id_4d595ada" ON "campaigns_classcount" ("by_id");
CREATE INDEX "campaigns_classcount_school_id_b53d7fa1" ON "campaigns_classcount" ("school_id");
CREATE INDEX "campaigns_classrun_activity_key_48d4e6f0" ON "campaigns_classrun" ("activity_key");
CREATE INDEX "campaigns_classrun_by_id_8e623a78" ON "campaigns_classrun" ("by_id");
CREATE INDEX "campaigns_classrun_school_id_3ffe2aeb" ON "campaigns_classrun" ("school_id");
CREATE INDEX "campaigns_communemessagepage_message_id_440e6f41" ON "campaigns_communemessagepage" ("message_id");
CREATE INDEX "campaigns_communemessagepage_picture_id_c0927d4c" ON "campaigns_communemessagepage" ("picture_id");
CREATE INDEX "campaigns_communemessagepage_seen_id_0e358279" ON "campaigns_communemessagepage" ("seen_id");
CREATE INDEX "campaigns_communemessagepage_share_picture_id_8afedfa5" ON "campaigns_communemessagepage" ("share_picture_id");
CREATE INDEX "campaigns_communespacepage_picture_id_3bc20a49" ON "campaigns_communespacepage" ("picture_id");
CREATE INDEX "campaigns_communespacepage_share_picture_id_696936cd" ON "campaigns_communespacepage" ("share_picture_id");
CREATE INDEX "campaigns_communespacepage_unit_id_6dc5e647" ON "campaigns_communespacepage" ("unit_id");
CREATE INDEX "campaigns_communespage_share_picture_id_8aeb0d94" ON "campaigns_communespage" ("share_picture_id");
CREATE INDEX "campaigns_copywording_by_id_43a257a8" ON "campaigns_copywording" ("by_id");
CREATE INDEX "campaigns_copywording_copy_id_e5880d60" ON "campaigns_copywording" ("copy_id");
CREATE INDEX "campaigns_copywording_decided_by_id_21e82afd" ON "campaigns_copywording" ("decided_by_id");
CREATE INDEX "campaigns_copywording_sent_by_id_af9e387c" ON "campaigns_copywording" ("sent_by_id");
CREATE INDEX "campaigns_evidence_activity_key_f691b4fb" ON "campaigns_evidence" ("activity_key");
CREATE INDEX "campaigns_evidence_sent_by_id_a3453f4c" ON "campaigns_evidence" ("sent_by_id");
CREATE INDEX "campaigns_evidence_unit_id_d413b037" ON "campaigns_evidence" ("unit_id");
CREATE INDEX "campaigns_glossaryword_agreed_by_id_331bd0b5" ON "campaigns_glossaryword" ("agreed_by_id");
CREATE INDEX "campaigns_glossaryword_orthography_id_dd73e216" ON "campaigns_glossaryword" ("orthography_id");
CREATE INDEX "campaigns_glossaryword_proposed_by_id_9f76a52b" ON "campaigns_glossaryword" ("proposed_by_id");
CREATE INDEX "campaigns_hamlet_commune_id_0245cf68" ON "campaigns_hamlet" ("commune_id");
CREATE INDEX "campaigns_heldapart_by_id_1ae92023" ON "campaigns_heldapart" ("by_id");
CREATE INDEX "campaigns_lessonlog_school_id_3b5c7bb4" ON "campaigns_lessonlog" ("school_id");
CREATE INDEX "campaigns_lessonlog_taught_by_id_5183443f" ON "campaigns_lessonlog" ("taught_by_id");
CREATE INDEX "campaigns_lessonlog_written_by_id_0117252c" ON "campaigns_lessonlog" ("written_by_id");
CREATE INDEX "campaigns_logcomplete_by_id_e020b68b" ON "campaigns_logcomplete" ("by_id");
CREATE INDEX "campaigns_logcomplete_commune_id_5cba53e7" ON "campaigns_logcomplete" ("commune_id");
CREATE INDEX "campaigns_messagekit_scene_by_id_1398b215" ON "campaigns_messagekit" ("scene_by_id");
CREATE INDEX "campaigns_messagepage_picture_id_af1a97b5" ON "campaigns_messagepage" ("picture_id");
CREATE INDEX "campaigns_messagepage_share_picture_id_f0489e99" ON "campaigns_messagepage" ("share_picture_id");
CREATE INDEX "campaigns_messagepicture_message_id_bf9d8546" ON "campaigns_messagepicture" ("message_id");
CREATE INDEX "campaigns_messagerecording_message_id_cba2f4cd" ON "campaigns_messagerecording" ("message_id");
CREATE INDEX "campaigns_messagerecording_recording_id_4c2223a2" ON "campaigns_messagerecording" ("recording_id");
CREATE INDEX "campaigns_messagevoice_stopped_id_ec8d2afc" ON "campaigns_messagevoice" ("stopped_id");
CREATE INDEX "campaigns_messagevoice_takes_messagevoice_id_0488391d" ON "campaigns_messagevoice_takes" ("messagevoice_id");
CREATE UNIQUE INDEX "campaigns_messagevoice_takes_messagevoice_id_take_id_9246066e_uniq" ON "campaigns_messagevoice_takes" ("messagevoice_id", "take_id");
CREATE INDEX "campaigns_messagevoice_takes_take_id_5de65f7f" ON "campaigns_messagevoice_takes" ("take_id");
CREATE INDEX "campaigns_noticepage_picture_id_ff3ad3e7" ON "campaigns_noticepage" ("picture_id");
CREATE INDEX "campaigns_noticepage_share_picture_id_979b2d83" ON "campaigns_noticepage" ("share_picture_id");
CREATE INDEX "campaigns_openpoint_passage_id_dd65642e" ON "campaigns_openpoint" ("passage_id");
CREATE INDEX "campaigns_package_asked_by_id_a1912f55" ON "campaigns_package" ("asked_by_id");
CREATE INDEX "campaigns_package_commune_id_efb780fb" ON "campaigns_package" ("commune_id");
CREATE INDEX "campaigns_package_deleted_by_id_fe3a1cc2" ON "campaigns_package" ("deleted_by_id");
CREATE INDEX "campaigns_package_recordings_package_id_73693cea" ON "campaigns_package_recordings" ("package_id");
CREATE UNIQUE INDEX "campaigns_package_recordings_package_id_recording_id_5e677cda_uniq" ON "campaigns_package_recordings" ("package_id", "recording_id");
CREATE INDEX "campaigns_package_recordings_recording_id_944ad144" ON "campaigns_package_recordings" ("recording_id");
CREATE INDEX "campaigns_package_titles_package_id_232aa8a5" ON "campaigns_package_titles" ("package_id");
CREATE UNIQUE INDEX "campaigns_package_titles_package_id_take_id_53a4fd81_uniq" ON "campaigns_package_titles" ("package_id", "take_id");
CREATE INDEX "campaigns_package_titles_take_id_3a71f0c3" ON "campaigns_package_titles" ("take_id");
CREATE INDEX "campaigns_packapproval_by_id_a893196d" ON "campaigns_packapproval" ("by_id");
CREATE INDEX "campaigns_packcopy_origin_d381ff26" ON "campaigns_packcopy" ("origin");
CREATE INDEX "campaigns_packcopy_school_id_6910efda" ON "campaigns_packcopy" ("school_id");
CREATE INDEX "campaigns_passage_approved_by_id_969d4c39" ON "campaigns_passage" ("approved_by_id");
CREATE INDEX "campaigns_passage_message_id_8b214be7" ON "campaigns_passage" ("message_id");
CREATE INDEX "campaigns_passage_written_by_id_87dfe4f6" ON "campaigns_passage" ("written_by_id");
CREATE INDEX "campaigns_play_by_id_3263c598" ON "campaigns_play" ("by_id");
CREATE INDEX "campaigns_play_commune_id_863d45d5" ON "campaigns_play" ("commune_id");
CREATE INDEX "campaigns_play_confirmed_by_id_4c7b2274" ON "campaigns_play" ("confirmed_by_id");
CREATE INDEX "campaigns_play_slot_id_f2a5c068" ON "campaigns_play" ("slot_id");
CREATE INDEX "campaigns_presspackage_message_id_1865f1c7" ON "campaigns_presspackage" ("message_id");
CREATE INDEX "campaigns_presspackage_recordings_presspackage_id_30318fa8" ON "campaigns_presspackage_recordings" ("presspackage_id");
CREATE UNIQUE INDEX "campaigns_presspackage_recordings_presspackage_id_recording_id_5ba422d7_uniq" ON "campaigns_presspackage_recordings" ("presspackage_id", "recording_id");
CREATE INDEX "campaigns_presspackage_recordings_recording_id_613cb6d7" ON "campaigns_presspackage_recordings" ("recording_id");
CREATE INDEX "campaigns_pulsecount_activity_key_2bf641d2" ON "campaigns_pulsecount" ("activity_key");
CREATE INDEX "campaigns_pulsecount_by_id_91122456" ON "campaigns_pulsecount" ("by_id");
CREATE INDEX "campaigns_quizcode_run_id_41b65148" ON "campaigns_quizcode" ("run_id");
CREATE INDEX "campaigns_quiztally_by_id_51fe3566" ON "campaigns_quiztally" ("by_id");
CREATE INDEX "campaigns_quiztally_run_id_26da50c1" ON "campaigns_quiztally" ("run_id");
CREATE INDEX "campaigns_remark_answered_by_id_54058f29" ON "campaigns_remark" ("answered_by_id");
CREATE INDEX "campaigns_remark_by_id_8674b7e2" ON "campaigns_remark" ("by_id");
CREATE INDEX "campaigns_remark_orthography_id_e7df0846" ON "campaigns_remark" ("orthography_id");
CREATE INDEX "campaigns_remark_source_id_8a4e8945" ON "campaigns_remark" ("source_id");
CREATE INDEX "campaigns_room_message_id_8286267e" ON "campaigns_room" ("message_id");
CREATE INDEX "campaigns_room_opened_by_id_6cff5d39" ON "campaigns_room" ("opened_by_id");
CREATE INDEX "campaigns_roomcount_room_id_7f4eabf8" ON "campaigns_roomcount" ("room_id");
CREATE INDEX "campaigns_schoollessonpage_picture_id_669a70a2" ON "campaigns_schoollessonpage" ("picture_id");
CREATE INDEX "campaigns_schoollessonpage_share_picture_id_ab04f86d" ON "campaigns_schoollessonpage" ("share_picture_id");
CREATE INDEX "campaigns_schoolspage_share_picture_id_ba0adbaf" ON "campaigns_schoolspage" ("share_picture_id");
CREATE INDEX "campaigns_sentencestep_by_id_56c243dd" ON "campaigns_sentencestep" ("by_id");
CREATE INDEX "campaigns_sentencestep_translation_id_51a49044" ON "campaigns_sentencestep" ("translation_id");
CREATE INDEX "campaigns_sentencetranslation_approver_id_b989969b" ON "campaigns_sentencetranslation" ("approver_id");
CREATE INDEX "campaigns_sentencetranslation_live_translator_id_3d564f40" ON "campaigns_sentencetranslation" ("live_translator_id");
CREATE INDEX "campaigns_sentencetranslation_orthography_id_f5c6fc6b" ON "campaigns_sentencetranslation" ("orthography_id");
CREATE INDEX "campaigns_sentencetranslation_source_id_801b2605" ON "campaigns_sentencetranslation" ("source_id");
CREATE INDEX "campaigns_sentencetranslation_translator_id_df2ac638" ON "campaigns_sentencetranslation" ("translator_id");
CREATE INDEX "campaigns_sentnumber_at_7cde0a5c" ON "campaigns_sentnumber" ("at");
CREATE INDEX "campaigns_sentnumber_code_7278d9b7" ON "campaigns_sentnumber" ("code");
CREATE INDEX "campaigns_settlement_point_id_488c4610" ON "campaigns_settlement" ("point_id");
CREATE INDEX "campaigns_settlement_recorded_by_id_e648eec4" ON "campaigns_settlement" ("recorded_by_id");
CREATE INDEX "campaigns_settlement_reopened_by_id_befbb9f1" ON "campaigns_settlement" ("reopened_by_id");
CREATE INDEX "campaigns_sheet_message_id_658dee3e" ON "campaigns_sheet" ("message_id");
CREATE INDEX "campaigns_sheet_unit_id_f69f83f7" ON "campaigns_sheet" ("unit_id");
CREATE INDEX "campaigns_sheetversion_contact_id_cc2dbd6b" ON "campaigns_sheetversion" ("contact_id");
CREATE INDEX "campaigns_sheetversion_issued_by_id_160691f0" ON "campaigns_sheetversion" ("issued_by_id");
CREATE INDEX "campaigns_sheetversion_sheet_id_c652a11a" ON "campaigns_sheetversion" ("sheet_id");
CREATE INDEX "campaigns_sheetversion_taken_down_by_id_a6e84174" ON "campaigns_sheetversion" ("taken_down_by_id");
CREATE INDEX "campaigns_sheetversion_withdrawal_id_e29eb74a" ON "campaigns_sheetversion" ("withdrawal_id");
CREATE INDEX "campaigns_slot_commune_id_6d2bcce1" ON "campaigns_slot" ("commune_id");
CREATE INDEX "campaigns_slot_hamlet_id_7a64dda7" ON "campaigns_slot" ("hamlet_id");
CREATE INDEX "campaigns_slot_planned_by_id_6e818c61" ON "campaigns_slot" ("planned_by_id");
CREATE INDEX "campaigns_sound_page_key_6bf48c65" ON "campaigns_sound" ("page_key");
CREATE INDEX "campaigns_sound_speaker_id_8af5ddd0" ON "campaigns_sound" ("speaker_id");
CREATE INDEX "campaigns_sourcesentence_change_said_by_id_6e6d295a" ON "campaigns_sourcesentence" ("change_said_by_id");
CREATE INDEX "campaigns_sourcesentence_page_key_cf428874" ON "campaigns_sourcesentence" ("page_key");
CREATE INDEX "campaigns_speaker_person_id_c40d0895" ON "campaigns_speaker" ("person_id");
CREATE INDEX "campaigns_speaker_written_by_id_8e9e825c" ON "campaigns_speaker" ("written_by_id");
CREATE INDEX "campaigns_spokenthere_by_id_93367101" ON "campaigns_spokenthere" ("by_id");
CREATE INDEX "campaigns_spokenthere_commune_id_1fa87edd" ON "campaigns_spokenthere" ("commune_id");
CREATE INDEX "campaigns_stepdone_by_id_33238a3f" ON "campaigns_stepdone" ("by_id");
CREATE INDEX "campaigns_stepdone_step_id_740abb57" ON "campaigns_stepdone" ("step_id");
CREATE INDEX "campaigns_stepdone_unit_id_3e1f7861" ON "campaigns_stepdone" ("unit_id");
CREATE INDEX "campaigns_take_approver_id_8ab00f10" ON "campaigns_take" ("approver_id");
CREATE INDEX "campaigns_take_brought_by_id_762e530f" ON "campaigns_take" ("brought_by_id");
CREATE INDEX "campaigns_take_sound_id_b00af318" ON "campaigns_take" ("sound_id");
CREATE INDEX "campaigns_take_source_id_4dab3747" ON "campaigns_take" ("source_id");
CREATE INDEX "campaigns_withdrawal_by_id_b02f32a2" ON "campaigns_withdrawal" ("by_id");
CREATE INDEX "campaigns_withdrawal_message_id_54d9e093" ON "campaigns_withdrawal" ("message_id");
CREATE INDEX "campaigns_withdrawal_replaced_by_id_f133d72d" ON "campaigns_withdrawal" ("replaced_by_id");
CREATE INDEX "case_by_state" ON "courses_cliniccase" ("state", "changed_at");
CREATE INDEX "certificate_by_day" ON "courses_certificate" ("issued_on", "course_key");
CREATE UNIQUE INDEX "certificate_once_a_completion" ON "courses_certificate" ("person_id", "course_key", "completed_on") WHERE "replaces_id" IS NULL;
CREATE UNIQUE INDEX "class_confirmed_once" ON "courses_classconfirmation" ("training_class_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "class_count_once_a_year" ON "campaigns_classcount" ("school_id", "year") WHERE "superseded_at" IS NULL;
CREATE INDEX "class_run_by_teacher" ON "campaigns_classrun" ("by_id", "at");
CREATE INDEX "completion_by_course" ON "courses_completion" ("course_key", "person_id", "completed_on");
CREATE UNIQUE INDEX "completion_once_a_day" ON "courses_completion" ("person_id", "course_key", "completed_on") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "completion_once_an_attempt" ON "courses_completion" ("attempt_id") WHERE ("superseded_at" IS NULL AND NOT ("attempt_id" IS NULL));
CREATE UNIQUE INDEX "contact_once_a_province" ON "pages_contact" ("number") WHERE "unit_id" IS NULL;
CREATE UNIQUE INDEX "contact_version_waits_once" ON "pages_contactversion" ("contact_id") WHERE "state" = 'waiting';
CREATE INDEX "content_object_idx" ON "wagtailcore_revision" ("content_type_id", "object_id");
CREATE INDEX "conversation_run_by_person" ON "courses_conversationrun" ("person_id", "conversation_key", "started_at");
CREATE UNIQUE INDEX "conversation_run_one_open" ON "courses_conversationrun" ("person_id", "conversation_key") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "copy_wording_live_once" ON "campaigns_copywording" ("copy_id") WHERE "state" = 'dang_dung';
CREATE UNIQUE INDEX "copy_wording_waits_once" ON "campaigns_copywording" ("copy_id") WHERE "state" = 'cho';
CREATE INDEX "course_begun_by_course" ON "courses_coursebegun" ("course_key", "person_id", "at");
CREATE INDEX "courses_adoption_by_id_fad372d3" ON "courses_adoption" ("by_id");
CREATE INDEX "courses_adoption_exemplar_id_5f79c777" ON "courses_adoption" ("exemplar_id");
CREATE INDEX "courses_adoption_unit_id_39a29e32" ON "courses_adoption" ("unit_id");
CREATE INDEX "courses_agreedlevel_performance_id_d067a70f" ON "courses_agreedlevel" ("performance_id");
CREATE INDEX "courses_annualreport_made_by_id_45ac0927" ON "courses_annualreport" ("made_by_id");
CREATE INDEX "courses_annualreport_unit_id_db7286b9" ON "courses_annualreport" ("unit_id");
CREATE INDEX "courses_answer_item_id_7e1e1b8d" ON "courses_answer" ("item_id");
CREATE INDEX "courses_approval_by_id_15616737" ON "courses_approval" ("by_id");
CREATE INDEX "courses_approval_course_key_a14a3c48" ON "courses_approval" ("course_key");
CREATE INDEX "courses_assignment_course_key_a7f7970b" ON "courses_assignment" ("course_key");
CREATE INDEX "courses_assignment_ended_by_id_3dbd680c" ON "courses_assignment" ("ended_by_id");
CREATE INDEX "courses_assignment_given_by_id_a3cb1ac5" ON "courses_assignment" ("given_by_id");
CREATE INDEX "courses_assignment_person_id_66432bbc" ON "courses_assignment" ("person_id");
CREATE INDEX "courses_attempt_course_key_69ccaf7f" ON "courses_attempt" ("course_key");
CREATE INDEX "courses_attempt_person_id_2b604616" ON "courses_attempt" ("person_id");
CREATE INDEX "courses_attemptgrant_given_by_id_520ac93e" ON "courses_attemptgrant" ("given_by_id");
CREATE INDEX "courses_attemptgrant_person_id_f24c3adf" ON "courses_attemptgrant" ("person_id");
CREATE INDEX "courses_attemptitem_attempt_id_9c55cb94" ON "courses_attemptitem" ("attempt_id");
CREATE INDEX "courses_attemptitem_version_id_b80600cc" ON "courses_attemptitem" ("version_id");
CREATE INDEX "courses_attendance_by_id_9be4cb20" ON "courses_attendance" ("by_id");
CREATE INDEX "courses_attendance_meeting_id_7e90a1ad" ON "courses_attendance" ("meeting_id");
CREATE INDEX "courses_attendance_paper_id_8e748f68" ON "courses_attendance" ("paper_id");
CREATE INDEX "courses_attendance_participant_id_d5e83254" ON "courses_attendance" ("participant_id");
CREATE INDEX "courses_attendance_person_id_8008136f" ON "courses_attendance" ("person_id");
CREATE INDEX "courses_buddy_buddy_id_664aaf48" ON "courses_buddy" ("buddy_id");
CREATE INDEX "courses_buddy_ended_by_id_1cd186a8" ON "courses_buddy" ("ended_by_id");
CREATE INDEX "courses_buddy_named_by_id_ec18271c" ON "courses_buddy" ("named_by_id");
CREATE INDEX "courses_buddy_person_id_ef4c3203" ON "courses_buddy" ("person_id");
CREATE INDEX "courses_budgetline_task_id_8627b306" ON "courses_budgetline" ("task_id");
CREATE INDEX "courses_certificate_completion_id_0f84ea76" ON "courses_certificate" ("completion_id");
CREATE INDEX "courses_certificate_course_key_6792c2a3" ON "courses_certificate" ("course_key");
CREATE INDEX "courses_certificate_person_id_282abb58" ON "courses_certificate" ("person_id");
CREATE INDEX "courses_certificate_unit_id_cdeec62f" ON "courses_certificate" ("unit_id");
CREATE INDEX "courses_choice_by_id_001fcffc" ON "courses_choice" ("by_id");
CREATE INDEX "courses_choice_made_at_0ac29865" ON "courses_choice" ("made_at");
CREATE INDEX "courses_classconfirmation_by_id_877ab933" ON "courses_classconfirmation" ("by_id");
CREATE INDEX "courses_classconfirmation_training_class_id_ece18edd" ON "courses_classconfirmation" ("training_class_id");
CREATE INDEX "courses_classconfirmation_undone_by_id_605fddb6" ON "courses_classconfirmation" ("undone_by_id");
CREATE INDEX "courses_cliniccase_author_id_d7c838b7" ON "courses_cliniccase" ("author_id");
CREATE INDEX "courses_cliniccase_changed_at_2a55ed72" ON "courses_cliniccase" ("changed_at");
CREATE INDEX "courses_cliniccase_heard_in_id_ca263fce" ON "courses_cliniccase" ("heard_in_id");
CREATE INDEX "courses_cliniccase_moderated_by_id_0dde459e" ON "courses_cliniccase" ("moderated_by_id");
CREATE INDEX "courses_cliniccase_unit_id_016e5aa8" ON "courses_cliniccase" ("unit_id");
CREATE INDEX "courses_columnmapping_by_id_7756045c" ON "courses_columnmapping" ("by_id");
CREATE INDEX "courses_columnmapping_unit_id_6dc68c1f" ON "courses_columnmapping" ("unit_id");
CREATE INDEX "courses_completion_attempt_id_7576f4ec" ON "courses_completion" ("attempt_id");
CREATE INDEX "courses_completion_course_key_f64be943" ON "courses_completion" ("course_key");
CREATE INDEX "courses_completion_person_id_c6c36ca7" ON "courses_completion" ("person_id");
CREATE INDEX "courses_confirmedmark_attendance_id_c8054bb2" ON "courses_confirmedmark" ("attendance_id");
CREATE INDEX "courses_confirmedmark_confirmation_id_69c0431a" ON "courses_confirmedmark" ("confirmation_id");
CREATE INDEX "courses_confirmedmark_confirmed_by_id_ec722e0e" ON "courses_confirmedmark" ("confirmed_by_id");
CREATE INDEX "courses_confirmedmark_person_id_d7752f91" ON "courses_confirmedmark" ("person_id");
CREATE INDEX "courses_confirmedmark_taken_by_id_fcaa9b59" ON "courses_confirmedmark" ("taken_by_id");
CREATE INDEX "courses_contribution_by_id_ddb348e6" ON "courses_contribution" ("by_id");
CREATE INDEX "courses_contribution_case_id_2bff638e" ON "courses_contribution" ("case_id");
CREATE INDEX "courses_contribution_moderated_by_id_0fa4697f" ON "courses_contribution" ("moderated_by_id");
CREATE INDEX "courses_conversationpage_first_deca3b02" ON "courses_conversationpage" ("first");
CREATE INDEX "courses_conversationrun_course_key_47403258" ON "courses_conversationrun" ("course_key");
CREATE INDEX "courses_conversationrun_person_id_bc9fdf01" ON "courses_conversationrun" ("person_id");
CREATE INDEX "courses_conversationrun_version_id_b1827f91" ON "courses_conversationrun" ("version_id");
CREATE INDEX "courses_conversationwords_locale_id_ecacfce3" ON "courses_conversationwords" ("locale_id");
CREATE UNIQUE INDEX "courses_conversationwords_translation_key_locale_id_533a4ff2_uniq" ON "courses_conversationwords" ("translation_key", "locale_id");
CREATE INDEX "courses_courseattended_course_key_67a7da58" ON "courses_courseattended" ("course_key");
CREATE INDEX "courses_courseattended_person_id_48808be3" ON "courses_courseattended" ("person_id");
CREATE INDEX "courses_courseattended_training_class_id_d32eab96" ON "courses_courseattended" ("training_class_id");
CREATE INDEX "courses_coursebegun_course_key_f4b32ff9" ON "courses_coursebegun" ("course_key");
CREATE INDEX "courses_coursebegun_person_id_64d106c8" ON "courses_coursebegun" ("person_id");
CREATE INDEX "courses_coursenews_course_key_e8926d2e" ON "courses_coursenews" ("course_key");
CREATE INDEX "courses_coursenews_person_id_bfc0b727" ON "courses_coursenews" ("person_id");
CREATE INDEX "courses_coursepage_key_80a2b0c6" ON "courses_coursepage" ("key");
CREATE INDEX "courses_coursepage_picture_id_f4905750" ON "courses_coursepage" ("picture_id");
CREATE INDEX "courses_coursepage_prerequisites_from_coursepage_id_e27fac0d" ON "courses_coursepage_prerequisites" ("from_coursepage_id");
CREATE UNIQUE INDEX "courses_coursepage_prerequisites_from_coursepage_id_to_coursepage_id_e867c598_uniq" ON "courses_coursepage_prerequisites" ("from_coursepage_id", "to_coursepage_id");
CREATE INDEX "courses_coursepage_prerequisites_to_coursepage_id_7bacd50a" ON "courses_coursepage_prerequisites" ("to_coursepage_id");
CREATE INDEX "courses_dailycount_requirement_id_d05c9905" ON "courses_dailycount" ("requirement_id");
CREATE INDEX "courses_dailycount_unit_id_e910319c" ON "courses_dailycount" ("unit_id");
CREATE INDEX "courses_editionarrival_asked_by_id_68087954" ON "courses_editionarrival" ("asked_by_id");
CREATE INDEX "courses_excuse_person_id_08ac3a39" ON "courses_excuse" ("person_id");
CREATE INDEX "courses_excuse_requirement_id_5ec68337" ON "courses_excuse" ("requirement_id");
CREATE INDEX "courses_exemplar_decided_by_id_24189646" ON "courses_exemplar" ("decided_by_id");
CREATE INDEX "courses_exemplar_unit_id_bbb81bb2" ON "courses_exemplar" ("unit_id");
CREATE INDEX "courses_exemplar_written_by_id_e7429d0c" ON "courses_exemplar" ("written_by_id");
CREATE INDEX "courses_exemplarresult_exemplar_id_6ca263da" ON "courses_exemplarresult" ("exemplar_id");
CREATE INDEX "courses_feedbackcount_training_class_id_7bafdf27" ON "courses_feedbackcount" ("training_class_id");
CREATE INDEX "courses_feedbackwords_training_class_id_0c132fe2" ON "courses_feedbackwords" ("training_class_id");
CREATE INDEX "courses_filedpaper_sent_by_id_11cd6d6d" ON "courses_filedpaper" ("sent_by_id");
CREATE INDEX "courses_inquiry_asked_by_id_38916cd6" ON "courses_inquiry" ("asked_by_id");
CREATE INDEX "courses_inquiry_changed_at_f5f24d2f" ON "courses_inquiry" ("changed_at");
CREATE INDEX "courses_inquiry_course_key_a70557f5" ON "courses_inquiry" ("course_key");
CREATE INDEX "courses_inquiry_unit_id_ef0d46c2" ON "courses_inquiry" ("unit_id");
CREATE INDEX "courses_keptanswer_course_key_b6336754" ON "courses_keptanswer" ("course_key");
CREATE INDEX "courses_keptanswer_decided_by_id_61c2755b" ON "courses_keptanswer" ("decided_by_id");
CREATE INDEX "courses_keptanswer_inquiry_id_f201dbd1" ON "courses_keptanswer" ("inquiry_id");
CREATE INDEX "courses_keptanswer_lesson_key_ddf55a2f" ON "courses_keptanswer" ("lesson_key");
CREATE INDEX "courses_keptanswer_proposed_by_id_27d2924f" ON "courses_keptanswer" ("proposed_by_id");
CREATE INDEX "courses_lessonnote_person_id_639920ce" ON "courses_lessonnote" ("person_id");
CREATE INDEX "courses_lessonseen_course_key_5a2628dc" ON "courses_lessonseen" ("course_key");
CREATE INDEX "courses_lessonseen_person_id_230b9129" ON "courses_lessonseen" ("person_id");
CREATE INDEX "courses_mark_by_version_id_7b163cad" ON "courses_mark" ("by_version_id");
CREATE INDEX "courses_mark_item_id_a61f3d6c" ON "courses_mark" ("item_id");
CREATE INDEX "courses_meeting_training_class_id_b05e71ba" ON "courses_meeting" ("training_class_id");
CREATE INDEX "courses_observation_performance_id_758627cc" ON "courses_observation" ("performance_id");
CREATE INDEX "courses_observedlevel_observation_id_d7f989d2" ON "courses_observedlevel" ("observation_id");
CREATE INDEX "courses_paper_sent_by_id_970f3c13" ON "courses_paper" ("sent_by_id");
CREATE INDEX "courses_paper_training_class_id_c8e136bf" ON "courses_paper" ("training_class_id");
CREATE INDEX "courses_participant_invited_by_id_c33050f2" ON "courses_participant" ("invited_by_id");
CREATE INDEX "courses_participant_person_id_b500b0b2" ON "courses_participant" ("person_id");
CREATE INDEX "courses_participant_training_class_id_f0d6f232" ON "courses_participant" ("training_class_id");
CREATE INDEX "courses_performance_first_id_f95b8021" ON "courses_performance" ("first_id");
CREATE INDEX "courses_performance_person_id_9332db41" ON "courses_performance" ("person_id");
CREATE INDEX "courses_performance_second_id_da0362bf" ON "courses_performance" ("second_id");
CREATE INDEX "courses_performance_session_id_218416a8" ON "courses_performance" ("session_id");
CREATE INDEX "courses_place_course_key_a7782a48" ON "courses_place" ("course_key");
CREATE INDEX "courses_place_person_id_37768b3e" ON "courses_place" ("person_id");
CREATE INDEX "courses_plan_made_by_id_a80a057c" ON "courses_plan" ("made_by_id");
CREATE INDEX "courses_plan_unit_id_28aed4d6" ON "courses_plan" ("unit_id");
CREATE INDEX "courses_planversion_decided_by_id_25be62a5" ON "courses_planversion" ("decided_by_id");
CREATE INDEX "courses_planversion_follows_id_19c99512" ON "courses_planversion" ("follows_id");
CREATE INDEX "courses_planversion_plan_id_0b2c78f2" ON "courses_planversion" ("plan_id");
CREATE INDEX "courses_planversion_submitted_by_id_814b0249" ON "courses_planversion" ("submitted_by_id");
CREATE INDEX "courses_planversion_written_by_id_6aecaf28" ON "courses_planversion" ("written_by_id");
CREATE INDEX "courses_practicesession_leader_id_150b56dc" ON "courses_practicesession" ("leader_id");
CREATE INDEX "courses_practicesession_rubric_id_4398daf9" ON "courses_practicesession" ("rubric_id");
CREATE INDEX "courses_practicesession_second_id_0a33a501" ON "courses_practicesession" ("second_id");
CREATE INDEX "courses_practicesession_unit_id_eea986e6" ON "courses_practicesession" ("unit_id");
CREATE INDEX "courses_practicesession_version_id_6c2a5737" ON "courses_practicesession" ("version_id");
CREATE INDEX "courses_proposal_performance_id_7bce7d45" ON "courses_proposal" ("performance_id");
CREATE INDEX "courses_publicfigures_by_id_9c0d32bd" ON "courses_publicfigures" ("by_id");
CREATE INDEX "courses_publicfigures_ended_by_id_58950e9d" ON "courses_publicfigures" ("ended_by_id");
CREATE INDEX "courses_publicfigures_requirement_id_b9172367" ON "courses_publicfigures" ("requirement_id");
CREATE INDEX "courses_question_first_published_at_35d09848" ON "courses_question" ("first_published_at");
CREATE INDEX "courses_question_latest_revision_id_9d65c3bf" ON "courses_question" ("latest_revision_id");
CREATE INDEX "courses_question_lesson_id_f91dc203" ON "courses_question" ("lesson_id");
CREATE INDEX "courses_question_live_revision_id_58b4a4b3" ON "courses_question" ("live_revision_id");
CREATE INDEX "courses_question_locale_id_3d3545dc" ON "courses_question" ("locale_id");
CREATE INDEX "courses_question_locked_by_id_9a3e8a08" ON "courses_question" ("locked_by_id");
CREATE INDEX "courses_question_objective_092a20c2" ON "courses_question" ("objective");
CREATE UNIQUE INDEX "courses_question_translation_key_locale_id_9a24de59_uniq" ON "courses_question" ("translation_key", "locale_id");
CREATE INDEX "courses_questiontag_content_object_id_1125caa9" ON "courses_questiontag" ("content_object_id");
CREATE INDEX "courses_questiontag_tag_id_db1176f0" ON "courses_questiontag" ("tag_id");
CREATE INDEX "courses_questionversion_question_key_43ae5d4d" ON "courses_questionversion" ("question_key");
CREATE INDEX "courses_quizquestion_lesson_id_892e26cb" ON "courses_quizquestion" ("lesson_id");
CREATE INDEX "courses_quizquestion_question_id_c588e766" ON "courses_quizquestion" ("question_id");
CREATE INDEX "courses_quizquestion_quiz_id_d8a2f3a5" ON "courses_quizquestion" ("quiz_id");
CREATE INDEX "courses_recognition_by_id_5af67682" ON "courses_recognition" ("by_id");
CREATE INDEX "courses_recognition_completion_id_d06ed7f7" ON "courses_recognition" ("completion_id");
CREATE INDEX "courses_relief_asked_by_id_fc01540f" ON "courses_relief" ("asked_by_id");
CREATE INDEX "courses_relief_granted_by_id_5f82a152" ON "courses_relief" ("granted_by_id");
CREATE INDEX "courses_relief_person_id_91fe022f" ON "courses_relief" ("person_id");
CREATE INDEX "courses_relief_request_id_674f0e9c" ON "courses_relief" ("request_id");
CREATE INDEX "courses_relief_requirement_id_9d6fba7f" ON "courses_relief" ("requirement_id");
CREATE INDEX "courses_reliefrequest_asked_by_id_115bb0cc" ON "courses_reliefrequest" ("asked_by_id");
CREATE INDEX "courses_reliefrequest_decided_by_id_b845f236" ON "courses_reliefrequest" ("decided_by_id");
CREATE INDEX "courses_reliefrequest_person_id_8fcbbd9c" ON "courses_reliefrequest" ("person_id");
CREATE INDEX "courses_reliefrequest_requirement_id_8b883798" ON "courses_reliefrequest" ("requirement_id");
CREATE INDEX "courses_reliefrequest_unit_id_415a7bcd" ON "courses_reliefrequest" ("unit_id");
CREATE INDEX "courses_remarked_attempt_id_7960d424" ON "courses_remarked" ("attempt_id");
CREATE INDEX "courses_remarked_remarking_id_ea909655" ON "courses_remarked" ("remarking_id");
CREATE INDEX "courses_remarking_by_id_917ea5ed" ON "courses_remarking" ("by_id");
CREATE INDEX "courses_remarking_by_version_id_18c4c523" ON "courses_remarking" ("by_version_id");
CREATE INDEX "courses_remarking_question_key_bb794d89" ON "courses_remarking" ("question_key");
CREATE INDEX "courses_reportedperson_person_id_2160b3ac" ON "courses_reportedperson" ("person_id");
CREATE INDEX "courses_reportedperson_report_id_cf37c117" ON "courses_reportedperson" ("report_id");
CREATE INDEX "courses_reportfile_report_id_3c7c1fb3" ON "courses_reportfile" ("report_id");
CREATE INDEX "courses_requirementrule_course_key_c3ed18d2" ON "courses_requirementrule" ("course_key");
CREATE INDEX "courses_requirementrule_duty_id_89573f1e" ON "courses_requirementrule" ("duty_id");
CREATE INDEX "courses_requirementrule_refresher_key_fd019729" ON "courses_requirementrule" ("refresher_key");
CREATE INDEX "courses_requirementrule_requirement_id_bb9bf907" ON "courses_requirementrule" ("requirement_id");
CREATE INDEX "courses_result_plan_id_e2fbf54d" ON "courses_result" ("plan_id");
CREATE INDEX "courses_result_recorded_by_id_ece0f6a2" ON "courses_result" ("recorded_by_id");
CREATE INDEX "courses_retest_completion_id_451dd6cb" ON "courses_retest" ("completion_id");
CREATE INDEX "courses_retestanswer_result_id_b7b46589" ON "courses_retestanswer" ("result_id");
CREATE INDEX "courses_retestresult_retest_id_12f36e9f" ON "courses_retestresult" ("retest_id");
CREATE INDEX "courses_reviewitem_subject_38861558" ON "courses_reviewitem" ("subject");
CREATE INDEX "courses_revocation_by_id_83cfa8f1" ON "courses_revocation" ("by_id");
CREATE INDEX "courses_revocation_certificate_id_1c2084a6" ON "courses_revocation" ("certificate_id");
CREATE INDEX "courses_rubric_course_key_2b6e4758" ON "courses_rubric" ("course_key");
CREATE INDEX "courses_rubricversion_rubric_id_fa19a510" ON "courses_rubricversion" ("rubric_id");
CREATE INDEX "courses_runturn_run_id_83038f6e" ON "courses_runturn" ("run_id");
CREATE INDEX "courses_said_by_id_2bca7870" ON "courses_said" ("by_id");
CREATE INDEX "courses_said_inquiry_id_95a0594f" ON "courses_said" ("inquiry_id");
CREATE INDEX "courses_savedreport_person_id_6d375f0f" ON "courses_savedreport" ("person_id");
CREATE INDEX "courses_savedreport_role_id_af02e79d" ON "courses_savedreport" ("role_id");
CREATE INDEX "courses_series_unit_id_2488ea99" ON "courses_series" ("unit_id");
CREATE INDEX "courses_settlement_entered_by_id_e7028906" ON "courses_settlement" ("entered_by_id");
CREATE INDEX "courses_settlement_item_id_73bb0a21" ON "courses_settlement" ("item_id");
CREATE INDEX "courses_stalecount_requirement_id_8428e798" ON "courses_stalecount" ("requirement_id");
CREATE INDEX "courses_standing_person_id_419ee5e0" ON "courses_standing" ("person_id");
CREATE INDEX "courses_submission_by_id_63cace4c" ON "courses_submission" ("by_id");
CREATE INDEX "courses_submission_course_id_e0939793" ON "courses_submission" ("course_id");
CREATE INDEX "courses_submission_course_key_6e786cab" ON "courses_submission" ("course_key");
CREATE INDEX "courses_submission_decided_by_id_4c44182c" ON "courses_submission" ("decided_by_id");
CREATE INDEX "courses_submittedpart_revision_id_07aaf55a" ON "courses_submittedpart" ("revision_id");
CREATE INDEX "courses_submittedpart_submission_id_f6932fb9" ON "courses_submittedpart" ("submission_id");
CREATE INDEX "courses_talknews_at_d0c16f41" ON "courses_talknews" ("at");
CREATE INDEX "courses_talknews_person_id_e531379c" ON "courses_talknews" ("person_id");
CREATE INDEX "courses_task_duty_id_fbf4413a" ON "courses_task" ("duty_id");
CREATE INDEX "courses_task_version_id_ff29455c" ON "courses_task" ("version_id");
CREATE INDEX "courses_tick_person_id_a44e36d6" ON "courses_tick" ("person_id");
CREATE INDEX "courses_trainingclass_course_key_f0126b13" ON "courses_trainingclass" ("course_key");
CREATE INDEX "courses_trainingclass_planned_by_id_f50e3848" ON "courses_trainingclass" ("planned_by_id");
CREATE INDEX "courses_trainingclass_trainers_trainingclass_id_1387fa8d" ON "courses_trainingclass_trainers" ("trainingclass_id");
CREATE UNIQUE INDEX "courses_trainingclass_trainers_trainingclass_id_user_id_4f17e4ca_uniq" ON "courses_trainingclass_trainers" ("trainingclass_id", "user_id");
CREATE INDEX "courses_trainingclass_trainers_user_id_73e4087a" ON "courses_trainingclass_trainers" ("user_id");
CREATE INDEX "courses_trainingclass_unit_id_8de77a94" ON "courses_trainingclass" ("unit_id");
CREATE INDEX "courses_trainingelsewhere_course_key_f972d112" ON "courses_trainingelsewhere" ("course_key");
CREATE INDEX "courses_trainingelsewhere_decided_by_id_023e8401" ON "courses_trainingelsewhere" ("decided_by_id");
CREATE INDEX "courses_trainingelsewhere_entered_by_id_0d6bd80c" ON "courses_trainingelsewhere" ("entered_by_id");
CREATE INDEX "courses_trainingelsewhere_person_id_d71cc9b9" ON "courses_trainingelsewhere" ("person_id");
CREATE INDEX "courses_try_person_id_c7a06b01" ON "courses_try" ("person_id");
CREATE INDEX "courses_void_by_id_44b52dbb" ON "courses_void" ("by_id");
CREATE INDEX "courses_void_completion_id_739aef48" ON "courses_void" ("completion_id");
CREATE INDEX "courses_walkinanswer_by_id_ed7ff83d" ON "courses_walkinanswer" ("by_id");
CREATE INDEX "courses_walkinanswer_participant_id_9ac1f8f5" ON "courses_walkinanswer" ("participant_id");
CREATE INDEX "courses_walkinanswer_person_id_35c7342a" ON "courses_walkinanswer" ("person_id");
CREATE INDEX "courses_walkinanswer_written_by_id_2758835e" ON "courses_walkinanswer" ("written_by_id");
CREATE INDEX "courses_walkinundone_by_id_afb2ae86" ON "courses_walkinundone" ("by_id");
CREATE INDEX "courses_walkinundone_participant_id_ff16f950" ON "courses_walkinundone" ("participant_id");
CREATE INDEX "day_message_of_day" ON "people_daymessage" ("day", "state");
CREATE INDEX "day_message_to_call" ON "people_daymessage" ("state") WHERE "state" = 'to_call';
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE INDEX "django_task_backend_071754_idx" ON "django_tasks_database_dbtaskresult" ("backend_name");
CREATE INDEX "django_task_queue_n_99c321_idx" ON "django_tasks_database_dbtaskresult" ("queue_name");
CREATE INDEX "effect_of_person" ON "outbox_effect" ("requested_by_id", "kind");
CREATE INDEX "effect_ready" ON "outbox_effect" ("state", "available_at");
CREATE INDEX "elsewhere_by_state" ON "courses_trainingelsewhere" ("state", "changed_at");
CREATE UNIQUE INDEX "elsewhere_waits_once" ON "courses_trainingelsewhere" ("person_id", "course_key", "completed_on") WHERE "state" = 'waiting';
CREATE UNIQUE INDEX "ended_consent_of_document_once" ON "media_endedconsent" ("document_id") WHERE "taken_back_at" IS NULL;
CREATE UNIQUE INDEX "ended_consent_of_picture_once" ON "media_endedconsent" ("picture_id") WHERE "taken_back_at" IS NULL;
CREATE UNIQUE INDEX "ended_consent_of_recording_once" ON "media_endedconsent" ("recording_id") WHERE "taken_back_at" IS NULL;
CREATE UNIQUE INDEX "erasure_asked_once" ON "people_erasurerequest" ("person_id") WHERE "state" = 'asked';
CREATE UNIQUE INDEX "excuse_once" ON "courses_excuse" ("person_id", "requirement_id", "start") WHERE "superseded_at" IS NULL;
CREATE INDEX "exemplar_found" ON "courses_exemplar" ("state", "sector", "kind");
CREATE INDEX "formstate_user_object" ON "wagtailadmin_formstate" ("user_id", "content_type_id", "object_id", "parent_object_id");
CREATE UNIQUE INDEX "hamlet_named_once" ON "campaigns_hamlet" ("commune_id", (LOWER("name")));
CREATE INDEX "inquiry_by_reply" ON "courses_inquiry" ("replied_at");
CREATE INDEX "inquiry_by_state" ON "courses_inquiry" ("state", "waits_since");
CREATE INDEX "inquiry_of_person" ON "courses_inquiry" ("asked_by_id", "lesson_key");
CREATE UNIQUE INDEX "kept_once" ON "courses_keptanswer" ("inquiry_id") WHERE (NOT ("state" = 'withdrawn') AND "inquiry_id" IS NOT NULL);
CREATE INDEX "law_citation_by_article" ON "pages_lawcitation" ("slug", "article");
CREATE INDEX "lesson_log_by_school" ON "campaigns_lessonlog" ("school_id", "on");
CREATE INDEX "lesson_log_by_writer" ON "campaigns_lessonlog" ("written_by_id", "on");
CREATE UNIQUE INDEX "lesson_log_one_current" ON "campaigns_lessonlog" ("activity_key") WHERE "superseded_at" IS NULL;
CREATE INDEX "lesson_seen_by_course" ON "courses_lessonseen" ("course_key", "person_id", "seen_at");
CREATE UNIQUE INDEX "log_complete_once" ON "campaigns_logcomplete" ("commune_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "media_documentfile_collection_id_e60ffdf3" ON "media_documentfile" ("collection_id");
CREATE INDEX "media_documentfile_consent_ended_efbff718" ON "media_documentfile" ("consent_ended");
CREATE INDEX "media_documentfile_is_looked_at_f1cb15f6" ON "media_documentfile" ("is_looked_at");
CREATE INDEX "media_documentfile_scan_ea143343" ON "media_documentfile" ("scan");
CREATE INDEX "media_documentfile_uploaded_by_user_id_c603343c" ON "media_documentfile" ("uploaded_by_user_id");
CREATE INDEX "media_endedconsent_by_id_eb8fd0dc" ON "media_endedconsent" ("by_id");
CREATE INDEX "media_endedconsent_document_id_b2a490d2" ON "media_endedconsent" ("document_id");
CREATE INDEX "media_endedconsent_picture_id_508c0ebf" ON "media_endedconsent" ("picture_id");
CREATE INDEX "media_endedconsent_recording_id_9421373d" ON "media_endedconsent" ("recording_id");
CREATE INDEX "media_endedconsent_taken_back_by_id_1333bf9a" ON "media_endedconsent" ("taken_back_by_id");
CREATE INDEX "media_picture_collection_id_aed0092e" ON "media_picture" ("collection_id");
CREATE INDEX "media_picture_consent_ended_25abdc18" ON "media_picture" ("consent_ended");
CREATE INDEX "media_picture_created_at_e30487ab" ON "media_picture" ("created_at");
CREATE INDEX "media_picture_file_hash_254e18e2" ON "media_picture" ("file_hash");
CREATE INDEX "media_picture_is_clean_b9ad1ae9" ON "media_picture" ("is_clean");
CREATE INDEX "media_picture_uploaded_by_user_id_11dc6f31" ON "media_picture" ("uploaded_by_user_id");
CREATE INDEX "media_recording_collection_id_c95f94e2" ON "media_recording" ("collection_id");
CREATE INDEX "media_recording_consent_ended_fe6b0364" ON "media_recording" ("consent_ended");
CREATE INDEX "media_recording_file_hash_be9753de" ON "media_recording" ("file_hash");
CREATE INDEX "media_recording_is_clean_a67873e2" ON "media_recording" ("is_clean");
CREATE INDEX "media_recording_uploaded_by_user_id_0cda72f1" ON "media_recording" ("uploaded_by_user_id");
CREATE INDEX "media_rendition_filter_spec_e610555e" ON "media_rendition" ("filter_spec");
CREATE INDEX "media_rendition_image_id_b46cff94" ON "media_rendition" ("image_id");
CREATE INDEX "media_replacement_by_id_99174ead" ON "media_replacement" ("by_id");
CREATE INDEX "media_replacement_decided_by_id_adf37a04" ON "media_replacement" ("decided_by_id");
CREATE INDEX "media_replacement_document_id_8b64a460" ON "media_replacement" ("document_id");
CREATE INDEX "media_replacement_picture_id_bdbbb417" ON "media_replacement" ("picture_id");
CREATE INDEX "media_replacement_recording_id_c12a6342" ON "media_replacement" ("recording_id");
CREATE INDEX "media_replacement_taken_back_by_id_6bb2f23a" ON "media_replacement" ("taken_back_by_id");
CREATE INDEX "media_scheduledfile_revision_id_7a65c2a4" ON "media_scheduledfile" ("revision_id");
CREATE UNIQUE INDEX "merge_goes_once" ON "people_merge" ("gone_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");
CREATE INDEX "month_end_of_a_unit" ON "courses_monthend" ("requirement_id", "unit_id", "day");
CREATE INDEX "month_end_of_children" ON "courses_monthend" ("requirement_id", "day", "parent_id");
CREATE UNIQUE INDEX "not_same_once" ON "people_notsame" ("one_id", "other_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "one_buddy_at_a_time" ON "courses_buddy" ("person_id") WHERE ("end" IS NULL AND "state" IN ('asked', 'agreed') AND "superseded_at" IS NULL);
CREATE UNIQUE INDEX "orthography_one_live_a_language" ON "campaigns_orthography" ("language") WHERE "is_live";
CREATE INDEX "outbox_effect_requested_by_id_eeaf82a4" ON "outbox_effect" ("requested_by_id");
CREATE UNIQUE INDEX "pack_approved_once" ON "campaigns_packapproval" ("pack") WHERE "superseded_at" IS NULL;
CREATE INDEX "pages_contact_confirmed_by_id_ec4943db" ON "pages_contact" ("confirmed_by_id");
CREATE INDEX "pages_contact_unit_id_a5874add" ON "pages_contact" ("unit_id");
CREATE INDEX "pages_contactcall_called_by_id_4e609cbc" ON "pages_contactcall" ("called_by_id");
CREATE INDEX "pages_contactcall_contact_id_83586f72" ON "pages_contactcall" ("contact_id");
CREATE INDEX "pages_contactcall_version_id_1c47322d" ON "pages_contactcall" ("version_id");
CREATE INDEX "pages_contactspage_share_picture_id_0f47d372" ON "pages_contactspage" ("share_picture_id");
CREATE INDEX "pages_contacttakenoff_by_id_d8d15765" ON "pages_contacttakenoff" ("by_id");
CREATE INDEX "pages_contacttakenoff_contact_id_f3f8d6ff" ON "pages_contacttakenoff" ("contact_id");
CREATE INDEX "pages_contactversion_contact_id_471721cd" ON "pages_contactversion" ("contact_id");
CREATE INDEX "pages_contactversion_decided_by_id_cbeee44e" ON "pages_contactversion" ("decided_by_id");
CREATE INDEX "pages_contactversion_written_by_id_c8342f1e" ON "pages_contactversion" ("written_by_id");
CREATE INDEX "pages_homepage_picture_id_a8483440" ON "pages_homepage" ("picture_id");
CREATE INDEX "pages_homepage_share_picture_id_9901ce98" ON "pages_homepage" ("share_picture_id");
CREATE INDEX "pages_rolegroup_unit_id_0eb0ddc1" ON "pages_rolegroup" ("unit_id");
CREATE INDEX "pages_textpage_share_picture_id_61ceb8e1" ON "pages_textpage" ("share_picture_id");
CREATE INDEX "participant_of_person" ON "courses_participant" ("person_id", "state");
CREATE INDEX "people_accountnotice_by_id_b74c0e2f" ON "people_accountnotice" ("by_id");
CREATE INDEX "people_accountnotice_person_id_19a30284" ON "people_accountnotice" ("person_id");
CREATE INDEX "people_activationslip_made_by_id_2c89a12d" ON "people_activationslip" ("made_by_id");
CREATE INDEX "people_activationslip_person_id_a64d9592" ON "people_activationslip" ("person_id");
CREATE INDEX "people_bulkchange_begun_at_c682e454" ON "people_bulkchange" ("begun_at");
CREATE INDEX "people_bulkchange_by_id_78b92ae8" ON "people_bulkchange" ("by_id");
CREATE INDEX "people_bulkchange_undoes_id_f7f9e875" ON "people_bulkchange" ("undoes_id");
CREATE INDEX "people_changedrow_change_id_74bf21c1" ON "people_changedrow" ("change_id");
CREATE INDEX "people_changedrow_person_id_d97419e6" ON "people_changedrow" ("person_id");
CREATE INDEX "people_daymessage_by_id_63f9175e" ON "people_daymessage" ("by_id");
CREATE INDEX "people_daymessage_called_by_id_d356228b" ON "people_daymessage" ("called_by_id");
CREATE INDEX "people_daymessage_person_id_89d56041" ON "people_daymessage" ("person_id");
CREATE INDEX "people_declined_person_id_a794b114" ON "people_declined" ("person_id");
CREATE INDEX "people_devicesession_person_id_e3bf0d9f" ON "people_devicesession" ("person_id");
CREATE INDEX "people_entry_at_18d5a553" ON "people_entry" ("at");
CREATE INDEX "people_entry_by_id_c9c72dc6" ON "people_entry" ("by_id");
CREATE INDEX "people_entry_person_id_bc4c812f" ON "people_entry" ("person_id");
CREATE INDEX "people_entry_unit_id_65fd7969" ON "people_entry" ("unit_id");
CREATE INDEX "people_erasurerequest_decided_by_id_074cd80b" ON "people_erasurerequest" ("decided_by_id");
CREATE INDEX "people_erasurerequest_person_id_aebf8850" ON "people_erasurerequest" ("person_id");
CREATE INDEX "people_insistence_at_97720dfb" ON "people_insistence" ("at");
CREATE INDEX "people_insistence_by_id_1cf456d3" ON "people_insistence" ("by_id");
CREATE INDEX "people_insistence_unit_id_9855852b" ON "people_insistence" ("unit_id");
CREATE INDEX "people_languagework_role_id_72a0f383" ON "people_languagework" ("role_id");
CREATE INDEX "people_merge_by_id_dc211320" ON "people_merge" ("by_id");
CREATE INDEX "people_merge_change_id_4cc9849b" ON "people_merge" ("change_id");
CREATE INDEX "people_merge_gone_id_6b6bd31a" ON "people_merge" ("gone_id");
CREATE INDEX "people_merge_stays_id_c67bcf43" ON "people_merge" ("stays_id");
CREATE INDEX "people_notsame_by_id_9556b285" ON "people_notsame" ("by_id");
CREATE INDEX "people_notsame_one_id_9ad41860" ON "people_notsame" ("one_id");
CREATE INDEX "people_notsame_other_id_3144be9e" ON "people_notsame" ("other_id");
CREATE INDEX "people_posting_duties_duty_id_966726ac" ON "people_posting_duties" ("duty_id");
CREATE INDEX "people_posting_duties_posting_id_533e2efe" ON "people_posting_duties" ("posting_id");
CREATE UNIQUE INDEX "people_posting_duties_posting_id_duty_id_3312b0af_uniq" ON "people_posting_duties" ("posting_id", "duty_id");
CREATE INDEX "people_posting_person_id_f544cef3" ON "people_posting" ("person_id");
CREATE INDEX "people_posting_unit_id_4e74980f" ON "people_posting" ("unit_id");
CREATE INDEX "people_reach_ancestor_id_241da844" ON "people_reach" ("ancestor_id");
CREATE INDEX "people_reach_unit_id_63bff632" ON "people_reach" ("unit_id");
CREATE INDEX "people_reform_by_id_ac731456" ON "people_reform" ("by_id");
CREATE INDEX "people_reform_reversed_by_id_a06f4dee" ON "people_reform" ("reversed_by_id");
CREATE INDEX "people_role_unit_id_24034f2f" ON "people_role" ("unit_id");
CREATE INDEX "people_role_user_id_432e6469" ON "people_role" ("user_id");
CREATE INDEX "people_rolerequest_asked_by_id_931ffc79" ON "people_rolerequest" ("asked_by_id");
CREATE INDEX "people_rolerequest_decided_by_id_bceef860" ON "people_rolerequest" ("decided_by_id");
CREATE INDEX "people_rolerequest_person_id_7ec42778" ON "people_rolerequest" ("person_id");
CREATE INDEX "people_rolerequest_unit_id_b11cedaf" ON "people_rolerequest" ("unit_id");
CREATE INDEX "people_rosterconfirmation_confirmed_by_id_39cd5f50" ON "people_rosterconfirmation" ("confirmed_by_id");
CREATE INDEX "people_rosterconfirmation_unit_id_da4205a4" ON "people_rosterconfirmation" ("unit_id");
CREATE INDEX "people_schoollevels_unit_id_f53bdf17" ON "people_schoollevels" ("unit_id");
CREATE INDEX "people_signin_at_e6ca2b04" ON "people_signin" ("at");
CREATE INDEX "people_signin_person_id_85c4001d" ON "people_signin" ("person_id");
CREATE INDEX "people_succession_new_id_824cd0f6" ON "people_succession" ("new_id");
CREATE INDEX "people_succession_old_id_68e8002a" ON "people_succession" ("old_id");
CREATE INDEX "people_trycount_until_d7693fe8" ON "people_trycount" ("until");
CREATE INDEX "people_unit_code_spelling_36c4db31" ON "people_unit" ("code_spelling");
CREATE INDEX "people_unit_parent_id_4456c6e4" ON "people_unit" ("parent_id");
CREATE INDEX "people_unitflag_unit_id_5957fda2" ON "people_unitflag" ("unit_id");
CREATE INDEX "people_unitversion_parent_id_e20521bf" ON "people_unitversion" ("parent_id");
CREATE INDEX "people_unitversion_unit_id_8906a99d" ON "people_unitversion" ("unit_id");
CREATE INDEX "people_user_code_spelling_b41d4e37" ON "people_user" ("code_spelling");
CREATE INDEX "people_user_groups_group_id_1f0237d0" ON "people_user_groups" ("group_id");
CREATE INDEX "people_user_groups_user_id_290df956" ON "people_user_groups" ("user_id");
CREATE UNIQUE INDEX "people_user_groups_user_id_group_id_60378d34_uniq" ON "people_user_groups" ("user_id", "group_id");
CREATE INDEX "people_user_user_permissions_permission_id_55f01ef0" ON "people_user_user_permissions" ("permission_id");
CREATE INDEX "people_user_user_permissions_user_id_7d19557b" ON "people_user_user_permissions" ("user_id");
CREATE UNIQUE INDEX "people_user_user_permissions_user_id_permission_id_a7ac6748_uniq" ON "people_user_user_permissions" ("user_id", "permission_id");
CREATE UNIQUE INDEX "plan_one_open_version" ON "courses_planversion" ("plan_id") WHERE "state" IN ('draft', 'submitted');
CREATE UNIQUE INDEX "plan_result_one_current" ON "courses_result" ("plan_id", "task_key") WHERE "superseded_at" IS NULL;
CREATE INDEX "plan_task_by_key" ON "courses_task" ("key");
CREATE INDEX "plan_version_by_state" ON "courses_planversion" ("state", "decided_at");
CREATE UNIQUE INDEX "play_once_a_device_number" ON "campaigns_play" ("commune_id", "device") WHERE NOT ("device" = '');
CREATE UNIQUE INDEX "play_once_a_slot_and_day" ON "campaigns_play" ("slot_id", "on") WHERE NOT ("slot_id" IS NULL);
CREATE UNIQUE INDEX "point_settled_once" ON "campaigns_settlement" ("point_id") WHERE "reopened_at" IS NULL;
CREATE INDEX "posting_by_position" ON "people_posting" ("position", "person_id", "start", "end", "unit_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "posting_by_unit" ON "people_posting" ("unit_id", "start", "end");
CREATE INDEX "posting_of_person" ON "people_posting" ("person_id", "start", "end", "unit_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "posting_once" ON "people_posting" ("person_id", "unit_id", "position", "start") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "public_figures_once" ON "courses_publicfigures" ("requirement_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "pulse_counted_once" ON "campaigns_pulsecount" ("activity_key", "question", "moment") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "pulse_room_open_once" ON "campaigns_room" ("activity_key", "moment") WHERE "closed_at" IS NULL;
CREATE INDEX "question_current_version" ON "courses_questionversion" ("question_key", "current_since" DESC);
CREATE UNIQUE INDEX "question_name_once" ON "courses_question" ("category", "name", "locale_id") WHERE NOT ("name" = '');
CREATE UNIQUE INDEX "quiz_code_moment" ON "campaigns_quizcode" ("run_id", "moment") WHERE "closed_at" IS NULL;
CREATE UNIQUE INDEX "quiz_code_open_once" ON "campaigns_quizcode" ("code") WHERE "closed_at" IS NULL;
CREATE UNIQUE INDEX "quiz_tally_once" ON "campaigns_quiztally" ("run_id", "moment", "question") WHERE "superseded_at" IS NULL;
CREATE INDEX "reach_by_ancestor" ON "people_reach" ("ancestor_id", "start", "end");
CREATE UNIQUE INDEX "recognition_once" ON "courses_recognition" ("completion_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "referenceindex_source_object" ON "wagtailcore_referenceindex" ("base_content_type_id", "object_id");
CREATE INDEX "referenceindex_target_object" ON "wagtailcore_referenceindex" ("to_content_type_id", "to_object_id");
CREATE UNIQUE INDEX "refused_once_an_hour" ON "people_signin" ("person_id", "at", "how") WHERE NOT "succeeded";
CREATE UNIQUE INDEX "relief_asked_once" ON "courses_reliefrequest" ("person_id", "requirement_id", "kind", "start", "end") WHERE "state" = 'asked';
CREATE UNIQUE INDEX "relief_once" ON "courses_relief" ("request_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "relief_request_of_unit" ON "courses_reliefrequest" ("unit_id", "state");
CREATE UNIQUE INDEX "remarking_one_at_a_time" ON "courses_remarking" ("question_key") WHERE "finished_at" IS NULL;
CREATE UNIQUE INDEX "replacement_document_waits" ON "media_replacement" ("document_id", "field") WHERE "state" = 'waiting';
CREATE UNIQUE INDEX "replacement_picture_waits" ON "media_replacement" ("picture_id", "field") WHERE "state" = 'waiting';
CREATE UNIQUE INDEX "replacement_recording_waits" ON "media_replacement" ("recording_id", "field") WHERE "state" = 'waiting';
CREATE INDEX "replacement_state" ON "media_replacement" ("state", "at");
CREATE UNIQUE INDEX "requirement_rule_once_a_day" ON "courses_requirementrule" ("requirement_id", "effective_from") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "requirement_rule_one_since_ever" ON "courses_requirementrule" ("requirement_id") WHERE ("effective_from" IS NULL AND "superseded_at" IS NULL);
CREATE UNIQUE INDEX "retest_result_once" ON "courses_retestresult" ("retest_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "revocation_once" ON "courses_revocation" ("certificate_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "role_asked_once" ON "people_rolerequest" ("person_id", "kind", "unit_id") WHERE "state" IN ('asked', 'granted');
CREATE UNIQUE INDEX "role_held_once" ON "people_role" ("user_id", "kind", "unit_id") WHERE "ended_at" IS NULL;
CREATE UNIQUE INDEX "roster_confirmed_once_a_day" ON "people_rosterconfirmation" ("unit_id", "on") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "school_levels_once" ON "people_schoollevels" ("unit_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "settlement_once" ON "courses_settlement" ("item_id") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "sheet_once_a_province" ON "campaigns_sheet" ("message_id", "format", "audience", "language") WHERE "unit_id" IS NULL;
CREATE UNIQUE INDEX "slip_one_open" ON "people_activationslip" ("person_id") WHERE ("used_at" IS NULL AND "withdrawn_at" IS NULL);
CREATE UNIQUE INDEX "socialaccount_socialaccount_provider_uid_fc810c6e_uniq" ON "socialaccount_socialaccount" ("provider", "uid");
CREATE INDEX "socialaccount_socialaccount_user_id_8146e70c" ON "socialaccount_socialaccount" ("user_id");
CREATE INDEX "socialaccount_socialtoken_account_id_951f210e" ON "socialaccount_socialtoken" ("account_id");
CREATE INDEX "socialaccount_socialtoken_app_id_636a42d7" ON "socialaccount_socialtoken" ("app_id");
CREATE UNIQUE INDEX "socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq" ON "socialaccount_socialtoken" ("app_id", "account_id");
CREATE INDEX "source_by_change" ON "campaigns_sourcesentence" ("change") WHERE "change" = 'unsaid';
CREATE UNIQUE INDEX "spoken_there_once" ON "campaigns_spokenthere" ("commune_id", "language") WHERE "superseded_at" IS NULL;
CREATE INDEX "standing_due_by_day" ON "courses_standing" ("start", "end", "person_id", "requirement_id", "state") WHERE "state" IN ('overdue', 'expired');
CREATE INDEX "standing_due_in_unit" ON "courses_standing" ("unit_id", "start", "end", "person_id", "requirement_id", "state") WHERE "state" IN ('overdue', 'expired');
CREATE INDEX "standing_due_of_person" ON "courses_standing" ("person_id", "requirement_id", "start", "end", "state") WHERE "state" IN ('overdue', 'expired');
CREATE INDEX "standing_ending" ON "courses_standing" ("requirement_id", "end");
CREATE INDEX "standing_of_a_unit" ON "courses_standing" ("requirement_id", "unit_id", "start", "end", "state", "unapproved", "knowledge", "shared");
CREATE INDEX "standing_on_a_day" ON "courses_standing" ("requirement_id", "start", "end", "unit_id", "state", "unapproved", "knowledge");
CREATE INDEX "standing_shared_on_a_day" ON "courses_standing" ("requirement_id", "start", "end") WHERE "shared";
CREATE UNIQUE INDEX "submission_one_open_a_course" ON "courses_submission" ("course_key") WHERE "state" IN ('waiting', 'publishing');
CREATE UNIQUE INDEX "succession_once" ON "people_succession" ("old_id", "new_id", "on") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "succession_one_heir" ON "people_succession" ("old_id", "on") WHERE ("heir" AND "superseded_at" IS NULL);
CREATE INDEX "taggit_tagg_content_8fc721_idx" ON "taggit_taggeditem" ("content_type_id", "object_id");
CREATE INDEX "taggit_taggeditem_content_type_id_9957a03c" ON "taggit_taggeditem" ("content_type_id");
CREATE INDEX "taggit_taggeditem_object_id_e2d7d1df" ON "taggit_taggeditem" ("object_id");
CREATE INDEX "taggit_taggeditem_tag_id_f4f5b767" ON "taggit_taggeditem" ("tag_id");
CREATE UNIQUE INDEX "take_one_stands_a_sentence" ON "campaigns_take" ("source_id", "language") WHERE "state" = 'approved';
CREATE UNIQUE INDEX "take_one_waits_a_sentence" ON "campaigns_take" ("source_id", "language") WHERE "state" = 'awaiting';
CREATE INDEX "tasks_db_new_ordering_idx" ON "django_tasks_database_dbtaskresult" ("status", "priority" DESC, "run_after" ASC, "enqueued_at" ASC) WHERE "status" = 'READY';
CREATE INDEX "try_by_first_option" ON "courses_try" ("lesson_key", "block_id", "first_option_id");
CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');
CREATE UNIQUE INDEX "unique_in_progress_workflow" ON "wagtailcore_workflowstate" ("base_content_type_id", "object_id") WHERE "status" IN ('in_progress', 'needs_changes');
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";
CREATE UNIQUE INDEX "unit_flag_once" ON "people_unitflag" ("unit_id", "kind", "start") WHERE "superseded_at" IS NULL;
CREATE UNIQUE INDEX "unit_one_current_version" ON "people_unitversion" ("unit_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "user_code_kept_alike" ON "people_user" ("code_spelling") WHERE "shares_code";
CREATE UNIQUE INDEX "user_code_spelled_once" ON "people_user" ("code_spelling") WHERE NOT "shares_code";
CREATE UNIQUE INDEX "user_email_once" ON "people_user" ((LOWER("email")));
CREATE INDEX "user_in_order" ON "people_user" ("name_order", "id");
CREATE INDEX "user_never_signed_in" ON "people_user" ("id") WHERE "last_login" IS NULL;
CREATE INDEX "user_not_reached" ON "people_user" ("id") WHERE ("email" IS NULL AND "phone" IS NULL);
CREATE UNIQUE INDEX "void_once" ON "courses_void" ("completion_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "wagtail_localize_localesynchronization_sync_from_id_1bc4c2eb" ON "wagtail_localize_localesynchronization" ("sync_from_id");
CREATE INDEX "wagtail_localize_overridablesegment_context_id_eed8c388" ON "wagtail_localize_overridablesegment" ("context_id");
CREATE INDEX "wagtail_localize_overridablesegment_source_id_5720ac20" ON "wagtail_localize_overridablesegment" ("source_id");
CREATE INDEX "wagtail_localize_relatedobjectsegment_context_id_c0a725be" ON "wagtail_localize_relatedobjectsegment" ("context_id");
CREATE INDEX "wagtail_localize_relatedobjectsegment_object_id_6c7b58df" ON "wagtail_localize_relatedobjectsegment" ("object_id");
CREATE INDEX "wagtail_localize_relatedobjectsegment_source_id_9a3b1373" ON "wagtail_localize_relatedobjectsegment" ("source_id");
CREATE INDEX "wagtail_localize_segmentoverride_context_id_f827efe0" ON "wagtail_localize_segmentoverride" ("context_id");
CREATE INDEX "wagtail_localize_segmentoverride_last_translated_by_id_a86448fc" ON "wagtail_localize_segmentoverride" ("last_translated_by_id");
CREATE INDEX "wagtail_localize_segmentoverride_locale_id_b1673d41" ON "wagtail_localize_segmentoverride" ("locale_id");
CREATE INDEX "wagtail_localize_string_locale_id_2cded126" ON "wagtail_localize_string" ("locale_id");
CREATE UNIQUE INDEX "wagtail_localize_string_locale_id_data_hash_bae71852_uniq" ON "wagtail_localize_string" ("locale_id", "data_hash");
CREATE INDEX "wagtail_localize_stringsegment_context_id_63235539" ON "wagtail_localize_stringsegment" ("context_id");
CREATE INDEX "wagtail_localize_stringsegment_source_id_5804129f" ON "wagtail_localize_stringsegment" ("source_id");
CREATE INDEX "wagtail_localize_stringsegment_string_id_6356d5ec" ON "wagtail_localize_stringsegment" ("string_id");
CREATE INDEX "wagtail_localize_stringtranslation_context_id_3cc13049" ON "wagtail_localize_stringtranslation" ("context_id");
CREATE INDEX "wagtail_localize_stringtranslation_last_translated_by_id_764c7a3f" ON "wagtail_localize_stringtranslation" ("last_translated_by_id");
CREATE INDEX "wagtail_localize_stringtranslation_locale_id_b9e3730d" ON "wagtail_localize_stringtranslation" ("locale_id");
CREATE UNIQUE INDEX "wagtail_localize_stringtranslation_locale_id_translation_of_id_context_id_d2d59359_uniq" ON "wagtail_localize_stringtranslation" ("locale_id", "translation_of_id", "context_id");
CREATE INDEX "wagtail_localize_stringtranslation_translation_of_id_8eef01d0" ON "wagtail_localize_stringtranslation" ("translation_of_id");
CREATE INDEX "wagtail_localize_templatesegment_context_id_81456b25" ON "wagtail_localize_templatesegment" ("context_id");
CREATE INDEX "wagtail_localize_templatesegment_source_id_26b89dc6" ON "wagtail_localize_templatesegment" ("source_id");
CREATE INDEX "wagtail_localize_templatesegment_template_id_c370b3c8" ON "wagtail_localize_templatesegment" ("template_id");
CREATE INDEX "wagtail_localize_translatableobject_content_type_id_0d6c5139" ON "wagtail_localize_translatableobject" ("content_type_id");
CREATE UNIQUE INDEX "wagtail_localize_translatableobject_content_type_id_translation_key_de875339_uniq" ON "wagtail_localize_translatableobject" ("content_type_id", "translation_key");
CREATE INDEX "wagtail_localize_translation_source_id_e326e1e3" ON "wagtail_localize_translation" ("source_id");
CREATE UNIQUE INDEX "wagtail_localize_translation_source_id_target_locale_id_7e943cf8_uniq" ON "wagtail_localize_translation" ("source_id", "target_locale_id");
CREATE INDEX "wagtail_localize_translation_target_locale_id_8c524f73" ON "wagtail_localize_translation" ("target_locale_id");
CREATE INDEX "wagtail_localize_translationcontext_object_id_86263ce7" ON "wagtail_localize_translationcontext" ("object_id");
CREATE UNIQUE INDEX "wagtail_localize_translationcontext_object_id_path_id_c7f5d707_uniq" ON "wagtail_localize_translationcontext" ("object_id", "path_id");
CREATE INDEX "wagtail_localize_translationlog_locale_id_37619cb4" ON "wagtail_localize_translationlog" ("locale_id");
CREATE INDEX "wagtail_localize_translationlog_revision_id_e3b62278" ON "wagtail_localize_translationlog" ("revision_id");
CREATE INDEX "wagtail_localize_translationlog_source_id_7228923e" ON "wagtail_localize_translationlog" ("source_id");
CREATE INDEX "wagtail_localize_translationsource_locale_id_0ac264c0" ON "wagtail_localize_translationsource" ("locale_id");
CREATE INDEX "wagtail_localize_translationsource_object_id_6a078fd2" ON "wagtail_localize_translationsource" ("object_id");
CREATE UNIQUE INDEX "wagtail_localize_translationsource_object_id_locale_id_fb6a8d8e_uniq" ON "wagtail_localize_translationsource" ("object_id", "locale_id");
CREATE INDEX "wagtail_localize_translationsource_specific_content_type_id_3095eb76" ON "wagtail_localize_translationsource" ("specific_content_type_id");
CREATE INDEX "wagtailadmi_content_717955_idx" ON "wagtailadmin_editingsession" ("content_type_id", "object_id");
CREATE INDEX "wagtailadmin_editingsession_content_type_id_4df7730e" ON "wagtailadmin_editingsession" ("content_type_id");
CREATE INDEX "wagtailadmin_editingsession_user_id_6e1a9b70" ON "wagtailadmin_editingsession" ("user_id");
CREATE INDEX "wagtailadmin_formstate_content_type_id_e32438b3" ON "wagtailadmin_formstate" ("content_type_id");
CREATE INDEX "wagtailadmin_formstate_user_id_b910adc2" ON "wagtailadmin_formstate" ("user_id");
CREATE INDEX "wagtailcore_collectionviewrestriction_collection_id_761908ec" ON "wagtailcore_collectionviewrestriction" ("collection_id");
CREATE INDEX "wagtailcore_collectionviewrestriction_groups_collectionviewrestriction_id_47320efd" ON "wagtailcore_collectionviewrestriction_groups" ("collectionviewrestriction_id");
CREATE UNIQUE INDEX "wagtailcore_collectionviewrestriction_groups_collectionviewrestriction_id_group_id_988995ae_uniq" ON "wagtailcore_collectionviewrestriction_groups" ("collectionviewrestriction_id", "group_id");
CREATE INDEX "wagtailcore_collectionviewrestriction_groups_group_id_1823f2a3" ON "wagtailcore_collectionviewrestriction_groups" ("group_id");
CREATE INDEX "wagtailcore_comment_page_id_108444b5" ON "wagtailcore_comment" ("page_id");
CREATE INDEX "wagtailcore_comment_resolved_by_id_a282aa0e" ON "wagtailcore_comment" ("resolved_by_id");
CREATE INDEX "wagtailcore_comment_revision_created_id_1d058279" ON "wagtailcore_comment" ("revision_created_id");
CREATE INDEX "wagtailcore_comment_user_id_0c577ca6" ON "wagtailcore_comment" ("user_id");
CREATE INDEX "wagtailcore_commentreply_comment_id_afc7e027" ON "wagtailcore_commentreply" ("comment_id");
CREATE INDEX "wagtailcore_commentreply_user_id_d0b3b9c3" ON "wagtailcore_commentreply" ("user_id");
CREATE INDEX "wagtailcore_groupapprovaltask_groups_group_id_2e64b61f" ON "wagtailcore_groupapprovaltask_groups" ("group_id");
CREATE INDEX "wagtailcore_groupapprovaltask_groups_groupapprovaltask_id_9a9255ea" ON "wagtailcore_groupapprovaltask_groups" ("groupapprovaltask_id");
CREATE UNIQUE INDEX "wagtailcore_groupapprovaltask_groups_groupapprovaltask_id_group_id_bb5ee7eb_uniq" ON "wagtailcore_groupapprovaltask_groups" ("groupapprovaltask_id", "group_id");
CREATE INDEX "wagtailcore_groupcollectionpermission_collection_id_5423575a" ON "wagtailcore_groupcollectionpermission" ("collection_id");
CREATE INDEX "wagtailcore_groupcollectionpermission_group_id_05d61460" ON "wagtailcore_groupcollectionpermission" ("group_id");
CREATE UNIQUE INDEX "wagtailcore_groupcollectionpermission_group_id_collection_id_permission_id_a21cefe9_uniq" ON "wagtailcore_groupcollectionpermission" ("group_id", "collection_id", "permission_id");
CREATE INDEX "wagtailcore_groupcollectionpermission_permission_id_1b626275" ON "wagtailcore_groupcollectionpermission" ("permission_id");
CREATE INDEX "wagtailcore_grouppagepermission_group_id_fc07e671" ON "wagtailcore_grouppagepermission" ("group_id");
CREATE INDEX "wagtailcore_grouppagepermission_page_id_710b114a" ON "wagtailcore_grouppagepermission" ("page_id");
CREATE INDEX "wagtailcore_grouppagepermission_permission_id_05acb22e" ON "wagtailcore_grouppagepermission" ("permission_id");
CREATE INDEX "wagtailcore_groupsitepermission_group_id_e5cdbee4" ON "wagtailcore_groupsitepermission" ("group_id");
CREATE UNIQUE INDEX "wagtailcore_groupsitepermission_group_id_site_id_permission_id_a58ee30d_uniq" ON "wagtailcore_groupsitepermission" ("group_id", "site_id", "permission_id");
CREATE INDEX "wagtailcore_groupsitepermission_permission_id_459b1f38" ON "wagtailcore_groupsitepermission" ("permission_id");
CREATE INDEX "wagtailcore_groupsitepermission_site_id_245de488" ON "wagtailcore_groupsitepermission" ("site_id");
CREATE INDEX "wagtailcore_modellogentry_action_d2d856ee" ON "wagtailcore_modellogentry" ("action");
CREATE INDEX "wagtailcore_modellogentry_content_changed_8bc39742" ON "wagtailcore_modellogentry" ("content_changed");
CREATE INDEX "wagtailcore_modellogentry_content_type_id_68849e77" ON "wagtailcore_modellogentry" ("content_type_id");
CREATE INDEX "wagtailcore_modellogentry_object_id_e0e7d4ef" ON "wagtailcore_modellogentry" ("object_id");
CREATE INDEX "wagtailcore_modellogentry_revision_id_df6ca33a" ON "wagtailcore_modellogentry" ("revision_id");
CREATE INDEX "wagtailcore_modellogentry_timestamp_9694521b" ON "wagtailcore_modellogentry" ("timestamp");
CREATE INDEX "wagtailcore_modellogentry_user_id_0278d1bf" ON "wagtailcore_modellogentry" ("user_id");
CREATE INDEX "wagtailcore_page_alias_of_id_12945502" ON "wagtailcore_page" ("alias_of_id");
CREATE INDEX "wagtailcore_page_content_type_id_c28424df" ON "wagtailcore_page" ("content_type_id");
CREATE INDEX "wagtailcore_page_first_published_at_2b5dd637" ON "wagtailcore_page" ("first_published_at");
CREATE INDEX "wagtailcore_page_latest_revision_id_e60fef51" ON "wagtailcore_page" ("latest_revision_id");
CREATE INDEX "wagtailcore_page_live_revision_id_930bd822" ON "wagtailcore_page" ("live_revision_id");
CREATE INDEX "wagtailcore_page_locale_id_3c7e30a6" ON "wagtailcore_page" ("locale_id");
CREATE INDEX "wagtailcore_page_locked_by_id_bcb86245" ON "wagtailcore_page" ("locked_by_id");
CREATE INDEX "wagtailcore_page_owner_id_fbf7c332" ON "wagtailcore_page" ("owner_id");
CREATE INDEX "wagtailcore_page_slug_e7c11b8f" ON "wagtailcore_page" ("slug");
CREATE UNIQUE INDEX "wagtailcore_page_translation_key_locale_id_9b041bad_uniq" ON "wagtailcore_page" ("translation_key", "locale_id");
CREATE INDEX "wagtailcore_pagelogentry_action_c2408198" ON "wagtailcore_pagelogentry" ("action");
CREATE INDEX "wagtailcore_pagelogentry_content_changed_99f27ade" ON "wagtailcore_pagelogentry" ("content_changed");
CREATE INDEX "wagtailcore_pagelogentry_content_type_id_74e7708a" ON "wagtailcore_pagelogentry" ("content_type_id");
CREATE INDEX "wagtailcore_pagelogentry_page_id_8464e327" ON "wagtailcore_pagelogentry" ("page_id");
CREATE INDEX "wagtailcore_pagelogentry_revision_id_8043d103" ON "wagtailcore_pagelogentry" ("revision_id");
CREATE INDEX "wagtailcore_pagelogentry_timestamp_deb774c4" ON "wagtailcore_pagelogentry" ("timestamp");
CREATE INDEX "wagtailcore_pagelogentry_user_id_604ccfd8" ON "wagtailcore_pagelogentry" ("user_id");
CREATE INDEX "wagtailcore_pagesubscription_page_id_a085e7a6" ON "wagtailcore_pagesubscription" ("page_id");
CREATE UNIQUE INDEX "wagtailcore_pagesubscription_page_id_user_id_0cef73ed_uniq" ON "wagtailcore_pagesubscription" ("page_id", "user_id");
CREATE INDEX "wagtailcore_pagesubscription_user_id_89d7def9" ON "wagtailcore_pagesubscription" ("user_id");
CREATE INDEX "wagtailcore_pageviewrestriction_groups_group_id_6460f223" ON "wagtailcore_pageviewrestriction_groups" ("group_id");
CREATE INDEX "wagtailcore_pageviewrestriction_groups_pageviewrestriction_id_f147a99a" ON "wagtailcore_pageviewrestriction_groups" ("pageviewrestriction_id");
CREATE UNIQUE INDEX "wagtailcore_pageviewrestriction_groups_pageviewrestriction_id_group_id_d23f80bb_uniq" ON "wagtailcore_pageviewrestriction_groups" ("pageviewrestriction_id", "group_id");
CREATE INDEX "wagtailcore_pageviewrestriction_page_id_15a8bea6" ON "wagtailcore_pageviewrestriction" ("page_id");
CREATE INDEX "wagtailcore_referenceindex_base_content_type_id_313cf40f" ON "wagtailcore_referenceindex" ("base_content_type_id");
CREATE UNIQUE INDEX "wagtailcore_referenceindex_base_content_type_id_object_id_to_content_type_id_to_object_id_content_path_hash_9e6ccd6a_uniq" ON "wagtailcore_referenceindex" ("base_content_type_id", "object_id", "to_content_type_id", "to_object_id", "content_path_hash");
CREATE INDEX "wagtailcore_referenceindex_content_type_id_766e0336" ON "wagtailcore_referenceindex" ("content_type_id");
CREATE INDEX "wagtailcore_referenceindex_to_content_type_id_93690bbd" ON "wagtailcore_referenceindex" ("to_content_type_id");
CREATE INDEX "wagtailcore_revision_approved_go_live_at_88d3dee5" ON "wagtailcore_revision" ("approved_go_live_at");
CREATE INDEX "wagtailcore_revision_base_content_type_id_5b4ef7bd" ON "wagtailcore_revision" ("base_content_type_id");
CREATE INDEX "wagtailcore_revision_content_type_id_c8cb69c0" ON "wagtailcore_revision" ("content_type_id");
CREATE INDEX "wagtailcore_revision_created_at_81450aa6" ON "wagtailcore_revision" ("created_at");
CREATE INDEX "wagtailcore_revision_user_id_03df83b0" ON "wagtailcore_revision" ("user_id");
CREATE INDEX "wagtailcore_site_hostname_96b20b46" ON "wagtailcore_site" ("hostname");
CREATE UNIQUE INDEX "wagtailcore_site_hostname_port_2c626d70_uniq" ON "wagtailcore_site" ("hostname", "port");
CREATE INDEX "wagtailcore_site_root_page_id_e02fb95c" ON "wagtailcore_site" ("root_page_id");
CREATE INDEX "wagtailcore_task_content_type_id_249ab8ba" ON "wagtailcore_task" ("content_type_id");
CREATE INDEX "wagtailcore_taskstate_content_type_id_0a758fdc" ON "wagtailcore_taskstate" ("content_type_id");
CREATE INDEX "wagtailcore_taskstate_finished_by_id_13f98229" ON "wagtailcore_taskstate" ("finished_by_id");
CREATE INDEX "wagtailcore_taskstate_revision_id_df25a499" ON "wagtailcore_taskstate" ("revision_id");
CREATE INDEX "wagtailcore_taskstate_task_id_c3677c34" ON "wagtailcore_taskstate" ("task_id");
CREATE INDEX "wagtailcore_taskstate_workflow_state_id_9239a775" ON "wagtailcore_taskstate" ("workflow_state_id");
CREATE INDEX "wagtailcore_uploadedfile_for_content_type_id_b0fc87b2" ON "wagtailcore_uploadedfile" ("for_content_type_id");
CREATE INDEX "wagtailcore_uploadedfile_uploaded_by_user_id_c7580fe8" ON "wagtailcore_uploadedfile" ("uploaded_by_user_id");
CREATE INDEX "wagtailcore_uuid_06a44d_idx" ON "wagtailcore_pagelogentry" ("uuid", "action", "timestamp" DESC);
CREATE INDEX "wagtailcore_uuid_d6363b_idx" ON "wagtailcore_modellogentry" ("uuid", "action", "timestamp" DESC);
CREATE INDEX "wagtailcore_workflowcontenttype_workflow_id_9aad7cd2" ON "wagtailcore_workflowcontenttype" ("workflow_id");
CREATE INDEX "wagtailcore_workflowpage_workflow_id_56f56ff6" ON "wagtailcore_workflowpage" ("workflow_id");
CREATE INDEX "wagtailcore_workflowstate_base_content_type_id_a30dc576" ON "wagtailcore_workflowstate" ("base_content_type_id");
CREATE INDEX "wagtailcore_workflowstate_content_type_id_2bb78ce1" ON "wagtailcore_workflowstate" ("content_type_id");
CREATE INDEX "wagtailcore_workflowstate_requested_by_id_4090bca3" ON "wagtailcore_workflowstate" ("requested_by_id");
CREATE INDEX "wagtailcore_workflowstate_workflow_id_1f18378f" ON "wagtailcore_workflowstate" ("workflow_id");
CREATE INDEX "wagtailcore_workflowtask_task_id_ce7716fe" ON "wagtailcore_workflowtask" ("task_id");
CREATE INDEX "wagtailcore_workflowtask_workflow_id_b9717175" ON "wagtailcore_workflowtask" ("workflow_id");
CREATE UNIQUE INDEX "wagtailcore_workflowtask_workflow_id_task_id_4ec7a62b_uniq" ON "wagtailcore_workflowtask" ("workflow_id", "task_id");
CREATE INDEX "wagtaildocs_document_collection_id_23881625" ON "wagtaildocs_document" ("collection_id");
CREATE INDEX "wagtaildocs_document_uploaded_by_user_id_17258b41" ON "wagtaildocs_document" ("uploaded_by_user_id");
CREATE INDEX "wagtailembeds_embed_cache_until_26c94bb0" ON "wagtailembeds_embed" ("cache_until");
CREATE INDEX "wagtailimages_image_collection_id_c2f8af7e" ON "wagtailimages_image" ("collection_id");
CREATE INDEX "wagtailimages_image_created_at_86fa6cd4" ON "wagtailimages_image" ("created_at");
CREATE INDEX "wagtailimages_image_file_hash_fb5bbb23" ON "wagtailimages_image" ("file_hash");
CREATE INDEX "wagtailimages_image_uploaded_by_user_id_5d73dc75" ON "wagtailimages_image" ("uploaded_by_user_id");
CREATE INDEX "wagtailimages_rendition_filter_spec_1cba3201" ON "wagtailimages_rendition" ("filter_spec");
CREATE INDEX "wagtailimages_rendition_image_id_3e1fd774" ON "wagtailimages_rendition" ("image_id");
CREATE UNIQUE INDEX "wagtailimages_rendition_image_id_filter_spec_focal_point_key_323c8fe0_uniq" ON "wagtailimages_rendition" ("image_id", "filter_spec", "focal_point_key");
CREATE INDEX "wagtailmedia_media_collection_id_96a2317d" ON "wagtailmedia_media" ("collection_id");
CREATE INDEX "wagtailmedia_media_uploaded_by_user_id_96e8e61b" ON "wagtailmedia_media" ("uploaded_by_user_id");
CREATE INDEX "wagtailredirects_redirect_old_path_bb35247b" ON "wagtailredirects_redirect" ("old_path");
CREATE UNIQUE INDEX "wagtailredirects_redirect_old_path_site_id_783622d7_uniq" ON "wagtailredirects_redirect" ("old_path", "site_id");
CREATE INDEX "wagtailredirects_redirect_redirect_page_id_b5728a8f" ON "wagtailredirects_redirect" ("redirect_page_id");
CREATE INDEX "wagtailredirects_redirect_site_id_780a0e1e" ON "wagtailredirects_redirect" ("site_id");
CREATE INDEX "wagtailsearch_indexentry_content_type_id_62ed694f" ON "wagtailsearch_indexentry" ("content_type_id");
CREATE UNIQUE INDEX "wagtailsearch_indexentry_content_type_id_object_id_bcd7ba73_uniq" ON "wagtailsearch_indexentry" ("content_type_id", "object_id");
CREATE UNIQUE INDEX "walk_in_answered_once" ON "courses_walkinanswer" ("participant_id") WHERE "superseded_at" IS NULL;
CREATE INDEX "workflowstate_base_ct_id_idx" ON "wagtailcore_workflowstate" ("base_content_type_id", "object_id");
CREATE INDEX "workflowstate_ct_id_idx" ON "wagtailcore_workflowstate" ("content_type_id", "object_id");
CREATE TRIGGER delete_pages_searchentry_fts AFTER DELETE ON pages_searchentry BEGIN INSERT INTO pages_searchentry_fts(pages_searchentry_fts, rowid, title, words, marks) VALUES ('delete', OLD.page_id, OLD.title, OLD.words, OLD.marks); END;
CREATE TRIGGER delete_wagtailsearch_indexentry_fts AFTER DELETE ON wagtailsearch_indexentry BEGIN DELETE FROM wagtailsearch_indexentry_fts WHERE rowid=OLD.id; END;
CREATE TRIGGER insert_pages_searchentry_fts AFTER INSERT ON pages_searchentry BEGIN INSERT INTO pages_searchentry_fts(rowid, title, words, marks) VALUES (NEW.page_id, NEW.title, NEW.words, NEW.marks); END;
CREATE TRIGGER insert_wagtailsearch_indexentry_fts AFTER INSERT ON wagtailsearch_indexentry BEGIN INSERT INTO wagtailsearch_indexentry_fts(title, body, autocomplete, rowid) VALUES (NEW.title, NEW.body, NEW.autocomplete, NEW.id); END;
CREATE TRIGGER update_pages_searchentry_fts AFTER UPDATE ON pages_searchentry BEGIN INSERT INTO pages_searchentry_fts(pages_searchentry_fts, rowid, title, words, marks) VALUES ('delete', OLD.page_id, OLD.title, OLD.words, OLD.marks); INSERT INTO pages_searchentry_fts(rowid, title, words, marks) VALUES (NEW.page_id, NEW.title, NEW.words, NEW.marks); END;
CREATE TRIGGER update_wagtailsearch_indexentry_fts AFTER UPDATE ON wagtailsearch_indexentry BEGIN UPDATE wagtailsearch_indexentry_fts SET title=NEW.title, body=NEW.body, autocomplete=NEW.autocomplete WHERE rowid=NEW.id; END;
