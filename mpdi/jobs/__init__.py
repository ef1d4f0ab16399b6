"""What happened (domain events), the outbox they wait in, and the one job queue that handles them."""
