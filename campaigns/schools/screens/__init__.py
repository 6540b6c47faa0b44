"""Pages of teachers, schools and the education side under /truong-hoc/nhat-ky/ and /truong-hoc/bao-phu/."""
