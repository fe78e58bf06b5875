"""What people do here, in their own words: no Discord, no SQL."""
