"""Measurements, each as a ratio against a reference in the same run; nothing here can fail a build."""
