"""The helpdesk: questions routed to the body that answers, answered, published, linked to clauses."""
