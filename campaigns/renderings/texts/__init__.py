"""The texts of renderings: passages with their open points and approval, languages, the commune's own words."""
