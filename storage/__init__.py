"""What is kept: tables, sessions, migrations and the repositories over them."""
