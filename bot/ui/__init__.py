"""How things look on Discord: draws and speaks, decides nothing."""
