"""Signing: renders, numbers, seals, keeps and verifies the papers people receive."""
