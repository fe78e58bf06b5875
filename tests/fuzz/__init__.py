"""This room attacks the readers: laws that hold for any bytes, and a guided search for bytes that break one."""
