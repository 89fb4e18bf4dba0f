"""Measuring the house: a scratch library, the same questions each time, and a table beside what is aimed at."""
