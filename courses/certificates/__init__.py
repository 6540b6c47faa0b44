"""Certificates: who issues them (`issuers`), what they say (`certificate`), issuing and revoking (`issuing`), the paper
(`sheets`) and the public check (`public_check`)."""
