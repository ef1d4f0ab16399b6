"""What authorities publish: notices, what they declare and what their texts say."""
