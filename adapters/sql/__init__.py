"""Reading tables of an ERP's database, and only reading: SQLAlchemy Core over PostgreSQL, MariaDB and SQLite.

Select through the columns of a table (``table("SC7010", column("C7_NUM")).c``), never through bare columns: SQLite
takes a quoted name that it does not know for a text, unless the name of its table stands before it.
"""
