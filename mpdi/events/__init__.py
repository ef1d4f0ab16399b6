"""The agenda: trainings and meet-your-buyer events."""
