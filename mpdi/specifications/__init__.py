"""Specifications: from a purchase to one complete Word file."""
