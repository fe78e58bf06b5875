"""This room proves that letters survive: `python -m tests.faults --seeds 12` lets everything go wrong that can.

One seed is one plan: the bot as a process on a local Discord, people who read and write, requests that fail, and
strokes that fall on the process, on the gateway and on the disk. What happened is a history, and the checker reads it.
"""
