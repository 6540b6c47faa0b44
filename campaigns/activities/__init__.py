"""What communes, schools, border posts and unions did for their people: the log, its figures, and who was reached."""
