"""Coachdesk: an instructional coach's desk, kept on the coach's own machine."""

VERSION = "0.1.0"
