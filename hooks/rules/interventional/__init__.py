"""Coronary and limb interventions: information, and at most a referral."""
