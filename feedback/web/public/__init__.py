"""Pages for everybody: language, welcome, the survey, help, privacy, receipt, leaving."""
