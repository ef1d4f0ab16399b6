"""Pure: questions of turnover, lots, advance, deposit, compensation and payment; scoring tried on sample offers."""
