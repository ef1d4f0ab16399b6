"""The labour price check: what each offer implies for an hour of work, and which offers must be questioned."""
