"""The only floor that speaks SQL: functions that read as sentences, connection first."""
