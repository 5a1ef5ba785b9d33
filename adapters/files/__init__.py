"""Folders that a program of the ERP takes files from and puts files into."""
