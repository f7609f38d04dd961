"""What may be published: pure rules, with their proof."""
