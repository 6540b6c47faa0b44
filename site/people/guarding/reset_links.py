"""The token in a link to a new password. allauth alone imports this, by its setting, while it loads its own forms."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator


class ResetToken(EmailAwarePasswordResetTokenGenerator):
    """Ends with `withdrawal.withdraw` too; links sent before there were rounds stay good."""

    def _make_hash_value(self, user, timestamp) -> str:
        value = super()._make_hash_value(user, timestamp)
        return f"{value}|{user.access_round}" if user.access_round else value
