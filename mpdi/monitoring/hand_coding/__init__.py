"""Notices read by people: a sample is drawn, two read each notice apart, and detection is measured on what they say."""
