"""Pure: reads offers, does the sums and shows them. It never calls an offer abnormal."""
