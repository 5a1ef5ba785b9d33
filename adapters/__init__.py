"""Drivers, systems and doors: everything that touches the outside."""
