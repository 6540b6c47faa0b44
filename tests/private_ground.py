"""Where we stand on ground that other packages do not document, or mark as their own, and why (docs/private-ground.md).

`tests/test_private_ground.py` fails when an upgrade moves it, and when our code takes a step that is not named here.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Ground:
    """`names` are "module:name" with the signature that we rely on; "" where only the name matters.

    `replaced` are those in whose place ours stands, with a digest of their source: what changes there may be wanted
    here too. `hung` are attributes that theirs look for on their objects, with the "module:name" whose source says so.
    """

    why: str
    names: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    hung: dict[str, str] = field(default_factory=dict)


GROUND = [
    Ground(
        "A rich text that arrives damaged is told in a sentence; Wagtail's field reads it before any check, and fails.",
        names={
            "wagtail.admin.rich_text.editors.draftail:DraftailRichTextArea": "",
            "wagtail.admin.rich_text.editors.draftail:DraftailRichTextArea.value_from_datadict": "(self, data, files, name)",
        },
    ),
    Ground(
        "The words of a lesson's block keep the address under which they are translated, beside whom the block concerns.",
        names={
            "wagtail_localize.segments.extract:StreamFieldSegmentExtractor": "(field, include_overridables=False)",
            "wagtail_localize.segments.extract:StreamFieldSegmentExtractor.handle_block": "(self, block_type, block_value, raw_value=None)",
            "wagtail_localize.segments.ingest:StreamFieldSegmentsWriter": "(field, src_locale, tgt_locale)",
            "wagtail_localize.segments.ingest:StreamFieldSegmentsWriter.handle_block": "(self, block_type, block_value, segments)",
        },
    ),
    Ground(
        "The form of a recording cleans it before it is stored; a setting names our form, and theirs is the one to begin from.",
        names={"wagtailmedia.forms:BaseMediaForm": ""},
    ),
    Ground(
        "A file of a page that is scheduled waits like that of a live one; Wagtail keeps references of what is stored, not of a revision.",
        names={"wagtail.models.reference_index:ReferenceIndex._extract_references_from_object": "(object)"},
    ),
    Ground(
        "A picture that was stored before is cleaned anew; what Wagtail keeps of its file beside it follows, as after its own form.",
        names={"wagtail.images.models:AbstractImage._set_image_file_metadata": "(self)"},
    ),
    Ground(
        "A file that was decided about takes the place of another; what Wagtail keeps of a document's file beside it follows, as after its own form.",
        names={"wagtail.documents.models:AbstractDocument._set_document_file_metadata": "(self)"},
    ),
    Ground(
        "The forms of the library's files set a new one aside after they saved the rest.",
        names={"wagtail.admin.forms.collections:BaseCollectionMemberForm.save": "(self, commit=True)"},
    ),
    Ground(
        "Around wagtailmedia's form of a recording, which says only that it was saved, also where the new file waits.",
        names={"wagtailmedia.views.media:edit": "(request, media_id)"},
    ),
    Ground(
        "An alert is taken down in somebody's name, who has no right to its page under /cms/: nobody has.",
        names={
            "wagtail.actions.unpublish_page:UnpublishPageAction": "(page, set_expired=False, commit=True, user=None, log_action=True, include_descendants=False)",
            "wagtail.actions.unpublish_page:UnpublishPageAction.execute": "(self, skip_permission_checks=False)",
        },
    ),
    Ground(
        "A question is withdrawn in somebody's name: its own method then asks for rights that only pages have.",
        names={
            "wagtail.actions.unpublish:UnpublishAction": "(object, set_expired=False, commit=True, user=None, log_action=True)",
            "wagtail.actions.unpublish:UnpublishAction.execute": "(self, skip_permission_checks=False)",
        },
    ),
    Ground(
        "Hooks cannot be taken back: ours take the place of wagtail-localize's, and draw the same buttons from what came with the rows.",
        names={
            "wagtail.hooks:_hooks": "",
            "wagtail_localize.wagtail_hooks:page_listing_more_buttons": "(page, user, view_name=None, next_url=None)",
            "wagtail_localize.wagtail_hooks:register_snippet_listing_buttons": "(snippet, user, next_url=None)",
            "wagtail_localize.models:TranslationSource": "",
            "wagtail.admin.views.pages.listing:IndexView": "",
            "wagtail.admin.views.pages.listing:IndexView.paginate_by": "",
            "wagtail.admin.views.pages.listing:ExplorableIndexView": "",
            "wagtail.admin.views.pages.listing:PageListingMixin": "",
            "wagtail.admin.views.pages.listing:PageListingMixin.annotate_queryset": "(self, pages)",
        },
        replaced={
            "wagtail_localize.wagtail_hooks:page_listing_more_buttons": "2a98d3b297d8",
            "wagtail_localize.wagtail_hooks:register_snippet_listing_buttons": "eabca2725866",
            "wagtail.admin.views.pages.listing:PageListingMixin.annotate_queryset": "c3f769545773",
        },
    ),
    Ground(
        "People in the filters of two reports stand by their codes, which no setting changes.",
        names={
            "wagtail.admin.views.reports.locked_pages:LockedPagesReportFilterSet": "",
            "wagtail.admin.views.reports.workflows:WorkflowReportFilterSet": "",
        },
    ),
    Ground(
        "Submitting for translation copies the shared words; whether anybody translated a sentence of the copy stands in these rows alone.",
        names={"wagtail_localize.models:StringTranslation": "", "wagtail_localize.models:Translation": ""},
    ),
    Ground(
        "Approved sentences are told to wagtail-localize as strings of its own, so that a sync of it makes a draft of the same words.",
        names={"wagtail_localize.models:StringSegment": "", "wagtail_localize.strings:StringValue": ""},
    ),
    Ground(
        "Syncing a translation offers to publish it at once, with Vietnamese sentences in it; no setting takes that back.",
        names={"wagtail_localize.views.update_translations:UpdateTranslationsForm": ""},
    ),
    Ground(
        "Wagtail's exports put editors' words into CSV as they are; every value goes through this one method.",
        names={
            "wagtail.admin.views.mixins:SpreadsheetExportMixin": "",
            "wagtail.admin.views.mixins:SpreadsheetExportMixin.preprocess_field_value": "(self, field, value, export_format)",
        },
        replaced={
            "wagtail.admin.views.mixins:SpreadsheetExportMixin.preprocess_field_value": "9929e55f29ea",
        },
    ),
    Ground(
        "Filters of Wagtail's lists offer the names of everybody who ever edited; each is made here.",
        names={
            "wagtail.admin.filters:WagtailFilterSet": "",
            "wagtail.admin.filters:WagtailFilterSet.__init__": "(self, data=None, queryset=None, *, request=None, prefix=None)",
        },
        replaced={
            "wagtail.admin.filters:WagtailFilterSet.__init__": "8a3321cc4433",
        },
    ),
    Ground(
        "Histories, and the file of that of the site, name everybody who ever edited; here whom one may know.",
        names={
            "wagtail.admin.views.generic.history:HistoryFilterSet": "",
            "wagtail.admin.views.generic.history:HistoryFilterSet.get_users_queryset": "(self)",
            "wagtail.admin.views.generic.history:LogEntryUserColumn": "",
            "wagtail.admin.views.generic.history:LogEntryUserColumn.get_cell_context_data": "(self, instance, parent_context)",
            "wagtail.admin.views.reports.audit_logging:LogEntriesView": "",
            "wagtail.admin.views.reports.audit_logging:LogEntriesView.decorate_paginated_queryset": "(self, queryset)",
        },
        replaced={
            "wagtail.admin.views.generic.history:HistoryFilterSet.get_users_queryset": "5b19abd4b67e",
            "wagtail.admin.views.generic.history:LogEntryUserColumn.get_cell_context_data": "54fe5c76d707",
            "wagtail.admin.views.reports.audit_logging:LogEntriesView.decorate_paginated_queryset": "141561b3443e",
        },
    ),
    Ground(
        "Read once for a whole list or screen and hung where Wagtail looks for it, instead of a query for each row.",
        hung={
            "_current_workflow_states": "wagtail.models:WorkflowMixin.current_workflow_state",
            "_cached_parent_obj": "treebeard.mp_tree:MP_Node.get_parent",
        },
    ),
    Ground(
        "The menu of pages asks six times for each of its rows; ours counts once for all.",
        names={
            "wagtail.admin.api.views:PagesAdminAPIViewSet": "",
            "wagtail.admin.api.views:PagesAdminAPIViewSet.base_serializer_class": "",
            "wagtail.admin.api.views:PagesAdminAPIViewSet.get_base_queryset": "(self)",
            "wagtail.admin.api.serializers:AdminPageSerializer": "",
            "wagtail.admin.api.serializers:PageChildrenField": "",
            "wagtail.admin.api.serializers:PageChildrenField.to_representation": "(self, page)",
            "wagtail.admin.api.serializers:get_model_listing_url": "(context, model)",
            "wagtail.api.v2.serializers:PageParentField": "",
            "wagtail.api.v2.serializers:PageParentField.get_attribute": "(self, instance)",
        },
    ),
    Ground(
        "Screens that tell more than a person may see are narrowed in front of Wagtail's own address (pages.cms.reach).",
        names={
            "wagtail.admin.views.chooser:BrowseView": "",
            "wagtail.admin.views.chooser:ChosenMultipleView": "",
            "wagtail.admin.views.chooser:SearchView": "",
            "wagtail.admin.views.chooser:SearchView.columns": "",
            "wagtail.admin.views.chooser:ParentPageColumn": "",
            "wagtail.admin.views.chooser:ParentPageColumn.get_value": "(self, instance)",
            "wagtail.admin.views.bulk_action.registry:bulk_action_registry": "",
            "wagtail.admin.views.bulk_action.registry:BulkActionRegistry.get_bulk_action_class": "(self, app_label, model_name, action_type)",
            "wagtail.admin.views.bulk_action.base_bulk_action:BulkAction.get_actionable_objects": "(self)",
            "wagtail.admin.views.reports.page_types_usage:PageTypesUsageReportView": "",
            "wagtailmedia.permissions:permission_policy": "",
            "wagtailmedia.views.media:usage": "(request, media_id)",
            "wagtail.admin.auth:permission_denied": "(request)",
            "wagtail.admin.auth:require_admin_access": "(view_func)",
        },
    ),
    Ground(
        "Name, e-mail and password are changed under /tai-khoan/ only; the rest of Wagtail's account page stays.",
        names={
            "wagtail.admin.views.account:AccountView": "",
            "wagtail.admin.views.account:AccountView.get_panels": "(self)",
            "wagtail.users.models:UserProfile": "",
        },
    ),
    Ground(
        "Wagtail's mails about reviews would go past the outbox, and to people whose role ended.",
        names={
            "wagtail.admin.mail:WorkflowStateSubmissionEmailNotifier": "",
            "wagtail.admin.mail:WorkflowStateApprovalEmailNotifier": "",
            "wagtail.admin.mail:WorkflowStateRejectionEmailNotifier": "",
            "wagtail.admin.mail:Notifier.can_handle": "(self, instance, **kwargs)",
        },
    ),
    Ground(
        "The list of questions to choose from is searched by our folding, with Wagtail's filter of languages.",
        names={
            "wagtail.admin.forms.choosers:BaseFilterForm": "",
            "wagtail.admin.forms.choosers:LocaleFilterMixin": "",
            "wagtail.admin.forms.choosers:LocaleFilterMixin.filter": "(self, objects)",
        },
    ),
    Ground(
        "The reviewer's sentence is required in our words.",
        names={
            "wagtail.forms:TaskStateCommentForm": "",
        },
    ),
    Ground(
        "Slugs are neutral ASCII before Wagtail makes one out of the title.",
        names={
            "wagtail.models:Page._set_core_field_defaults": "(self)",
            "wagtail.models:Page._get_autogenerated_slug": "(self, base_slug)",
        },
        replaced={
            "wagtail.models:Page._set_core_field_defaults": "5b430bbdf999",
        },
    ),
    Ground(
        "Our forms check two fields in their own words, so Django leaves those out, or takes one in again for a constraint.",
        names={
            "django.forms.models:BaseModelForm._get_validation_exclusions": "(self)",
        },
    ),
    Ground(
        "A public page is found by one look-up instead of sixteen queries; Wagtail is told what was found.",
        names={
            "wagtail.views:serve": "(request, path)",
            "wagtail.coreutils:get_supported_content_language_variant": "",
        },
        replaced={
            "wagtail.views:serve": "eab2a9d475a3",
        },
        hung={
            "_wagtail_route_for_request": "wagtail.models:Page.route_for_request",
            "_wagtail_site": "wagtail.models:Site.find_for_request",
        },
    ),
    Ground(
        "Rich text that an app draws itself.",
        names={
            "wagtail.templatetags.wagtailcore_tags:richtext": "(value)",
        },
    ),
    Ground(
        "Whether a picture's file is new, so that it is cleaned once, whichever way it came.",
        names={
            "django.db.models.fields.files:FieldFile": "",
        },
        hung={
            "_committed": "django.db.models.fields.files:FieldFile",
        },
    ),
    Ground(
        "Rows that nothing hangs on are removed in one statement, without being read first.",
        names={
            "django.db.models:QuerySet._raw_delete": "(self, using)",
        },
    ),
    Ground(
        "Whoever activates an account is signed in by allauth's own flow, so that the second step and the signals are its.",
        names={
            "allauth.account.internal.flows.login:perform_login": "(request, login)",
            "allauth.account.internal.flows.login:record_authentication": "(request, user, method, **extra_data)",
            "allauth.account.models:Login": "",
        },
    ),
    Ground(
        "A password is not asked for again in the very moment after it was given.",
        names={
            "allauth.account.internal.flows.login:get_authentication_records": "(request, user=None)",
            "allauth.account.app_settings:REAUTHENTICATION_TIMEOUT": "",
        },
    ),
    Ground(
        "A link to a new password ends with every change of who the person is.",
        names={
            "allauth.account.forms:EmailAwarePasswordResetTokenGenerator": "",
            "allauth.account.forms:EmailAwarePasswordResetTokenGenerator._make_hash_value": "(self, user, timestamp)",
            "allauth.account.forms:default_token_generator": "",
            "allauth.account.utils:user_pk_to_url_str": "(user)",
        },
    ),
    Ground(
        "Signing in by code, e-mail or phone; the limits of tries are ours, and a right password gives its try back.",
        names={
            "allauth.account.auth_backends:AuthenticationBackend._check_password": "(self, user, password)",
            "allauth.account.adapter:DefaultAccountAdapter._rollback_login_failed_rl_usage": "(self)",
        },
    ),
    Ground(
        "A form that was posted without a session is carried through the sign-in page.",
        names={
            "allauth.account.views:LoginView": "",
            "allauth.account.views:LoginView.get_context_data": "(self, **kwargs)",
            "allauth.account.mixins:NextRedirectMixin.get_success_url": "(self)",
        },
    ),
    Ground(
        "Addresses of our own, each leading to one view of allauth's; its other addresses do not exist here.",
        names={
            "allauth.account.views:account_inactive": "(self, request, *args, **kwargs)",
            "allauth.account.views:logout": "(self, request, *args, **kwargs)",
            "allauth.account.views:password_change": "(self, request, *args, **kwargs)",
            "allauth.account.views:password_reset": "(self, request, *args, **kwargs)",
            "allauth.account.views:password_reset_done": "(self, request, *args, **kwargs)",
            "allauth.account.views:password_reset_from_key": "(self, request, uidb36, key, **kwargs)",
            "allauth.account.views:password_reset_from_key_done": "(self, request, *args, **kwargs)",
            "allauth.account.views:password_set": "(self, request, *args, **kwargs)",
            "allauth.account.views:reauthenticate": "(self, request, *args, **kwargs)",
            "allauth.mfa.base.views:authenticate": "(self, request, *args, **kwargs)",
            "allauth.mfa.base.views:index": "(self, request, *args, **kwargs)",
            "allauth.mfa.base.views:reauthenticate": "(self, request, *args, **kwargs)",
            "allauth.mfa.recovery_codes.views:download_recovery_codes": "(self, request, *args, **kwargs)",
            "allauth.mfa.recovery_codes.views:generate_recovery_codes": "(self, request, *args, **kwargs)",
            "allauth.mfa.recovery_codes.views:view_recovery_codes": "(self, request, *args, **kwargs)",
            "allauth.mfa.totp.views:activate_totp": "(self, request, *args, **kwargs)",
            "allauth.mfa.totp.views:deactivate_totp": "(self, request, *args, **kwargs)",
            "allauth.mfa.webauthn.views:add_webauthn": "(self, request, *args, **kwargs)",
            "allauth.mfa.webauthn.views:edit_webauthn": "(self, request, *args, **kwargs)",
            "allauth.mfa.webauthn.views:list_webauthn": "(self, request, *args, **kwargs)",
            "allauth.mfa.webauthn.views:reauthenticate_webauthn": "(self, request, *args, **kwargs)",
        },
    ),
    Ground(
        "Second steps are counted and listed; the last one of a staff role is not removed.",
        names={
            "allauth.mfa.models:Authenticator": "",
            "allauth.mfa.webauthn.views:RemoveWebAuthnView": "",
            "allauth.mfa.webauthn.views:RemoveWebAuthnView.form_valid": "(self, form)",
        },
    ),
    Ground(
        "The signature of every ID token is checked, where allauth trusts the line on which it came.",
        names={
            "allauth.socialaccount.providers.openid_connect.views:OpenIDConnectOAuth2Adapter": "",
            "allauth.socialaccount.providers.openid_connect.views:OpenIDConnectOAuth2Adapter._decode_id_token": "(self, app, id_token)",
            "allauth.socialaccount.providers.oauth2.client:OAuth2Error": "",
            "allauth.socialaccount.providers.oauth2.views:OAuth2CallbackView": "",
            "allauth.socialaccount.providers.oauth2.views:OAuth2LoginView": "",
        },
        replaced={
            "allauth.socialaccount.providers.openid_connect.views:OpenIDConnectOAuth2Adapter._decode_id_token": "05c6f28c292e",
        },
    ),
    Ground(
        "One worker runs effects and Wagtail's tasks, and takes back tasks whose worker was killed.",
        names={
            "django_tasks_db.management.commands.db_worker:Worker": "",
            "django_tasks_db.management.commands.db_worker:Worker.__init__": "(self, *, queue_names, interval, batch, backend_name, startup_delay, max_tasks, worker_id, excluded_queue_names)",
            "django_tasks_db.management.commands.db_worker:Worker.run": "(self)",
            "django_tasks_db.models:DBTaskResult": "",
            "django_tasks_db.models:DBTaskResult.worker_ids": "",
            "django_tasks_db.models:DBTaskResult.started_at": "",
            "django_tasks_db.models:DBTaskResult.finished_at": "",
            "django_tasks_db.compat:TaskResultStatus": "",
            "django_tasks_db.compat:task_enqueued": "",
        },
    ),
    Ground(
        "Wagtail's own static files are compressed less hard than ours, which the public waits for.",
        names={
            "whitenoise.compress:Compressor": "",
            "whitenoise.compress:Compressor.compress": "(self, path)",
            "whitenoise.compress:Compressor.compress_brotli": "(data)",
        },
    ),
    Ground(
        "A scratch database is made from a connection to none, as Django's own test runner does.",
        names={"django.db.backends.base.base:BaseDatabaseWrapper._nodb_cursor": "(self)"},
    ),
    Ground(
        "Going by steps, a new model, an index or a constraint does not draw nearly all models anew (`config.schema.quick_steps`).",
        names={
            "django.db.migrations.state:ProjectState.add_model": "(self, model_state)",
            "django.db.migrations.state:StateApps.render_multiple": "(self, model_states)",
            "django.db.models.options:Options._format_names": "(self, objs)",
            "django.db.models.options:Options.total_unique_constraints": "",
            "django.apps.registry:Apps.get_swappable_settings_name": "(self, to_string)",
        },
        replaced={
            "django.db.migrations.state:ProjectState._append_option": "f9de11e7fd6b",
            "django.db.migrations.state:ProjectState._remove_option": "3a5ea11976d3",
            "django.db.migrations.state:ProjectState._alter_option": "eaf81d2bcafc",
        },
    ),
]

# templates of ours in the place of Wagtail's (docs/look.md): digests of theirs
TEMPLATES = {
    "wagtail/admin/templates/wagtailadmin/404.html": "28f5e6d779f8",
    "wagtail/admin/templates/wagtailadmin/admin_base.html": "8d1e91482208",
    "wagtail/admin/templates/wagtailadmin/base.html": "d9022f8527df",
    "wagtail/admin/templates/wagtailadmin/chooser/_link_types.html": "6ba1bd235bd9",
    "wagtail/admin/templates/wagtailadmin/shared/headers/_actions.html": "facea723b6b9",
    "wagtail/admin/templates/wagtailadmin/shared/listing/filter_partials.html": "cad5f2409fe6",
    "wagtail/admin/templates/wagtailadmin/shared/search_other.html": "0575ce1f6349",
    "wagtail/admin/templates/wagtailadmin/workflows/includes/workflow_tasks_cell.html": "df662187c193",
    "wagtail/templates/wagtailcore/shared/block_preview.html": "e35023cfde06",
    "wagtail/locales/templates/wagtaillocales/edit.html": "67a04a2f13cc",
    "wagtail_localize/locales/templates/wagtaillocales/edit.html": "5311fed6e92b",
}
