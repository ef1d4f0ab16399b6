"""What the law asks at these figures, and what a weight does: small answers before anything is published."""
