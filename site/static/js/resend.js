// Sends on what was kept while signing in; without this script its button does.
document.querySelector("[data-resend]").submit();
