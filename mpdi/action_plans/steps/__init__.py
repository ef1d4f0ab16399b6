"""The eight steps of a plan as forms: what was typed becomes a changed profile, or words beside each field."""
