"""The helpdesk's mail: reading, threading, fetching from the mailbox, filing, sending."""
