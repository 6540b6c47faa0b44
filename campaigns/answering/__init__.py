"""Questions that anybody answers by choices, without a name, an account or a cookie: what each of them shares."""
