"""The pages under /hoat-dong/."""
