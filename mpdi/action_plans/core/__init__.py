"""Pure: the canevas as data, the profile of an authority, and the plan that follows from both. No Flask, no database."""
