"""What the operating system says when the coach goes away: a locked screen, sleep, another user."""
