"""This room holds the tests of bot/formats."""
