"""The end of a workflow. Wagtail imports it while it defines its own models, so it imports none at its head."""


def publish_approved(state, user=None) -> None:
    """Puts the latest version live when the last task of any workflow is approved.

    Wagtail asks then whether the approver may publish by herself. Where a commune's page was reviewed, approving is the
    right, and it was just asked.
    """
    # Wagtail imports this function while it defines its own models
    from campaigns.review.task import CommuneReview

    task = state.current_task_state
    reviewed = task is not None and isinstance(task.task.specific, CommuneReview)
    state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=reviewed)
