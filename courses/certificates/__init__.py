"""Certificates: who issues them (`issuers`), what they say (`records`), how they come and go (`issuing`), how they look
on paper (`sheets`) and who may ask whether they hold (`checking`)."""
