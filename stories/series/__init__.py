"""The series: what customers who agreed to be followed tell us over months, woven from what they said."""
