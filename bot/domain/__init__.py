"""The rules of the archive: standard library only, no I/O, no clock, no chance."""
