"""Ground work: hear every member by survey, telephone, interview and at the annual meeting."""
