"""When Discord speaks to us: parse, one service call, one card, one answer. Cogs do not know each other."""
