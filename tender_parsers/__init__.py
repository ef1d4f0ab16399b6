"""Readers of e-procurement notices (standard library and lxml only). No reader has been written yet."""
