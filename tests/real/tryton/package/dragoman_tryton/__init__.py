"""Reads tryton through the ports of Dragoman."""
