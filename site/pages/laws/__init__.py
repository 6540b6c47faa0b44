"""Articles of law, and what of the site cites them."""
