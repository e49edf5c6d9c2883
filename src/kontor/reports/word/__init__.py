"""What the Word writer is made of: styles, blocks, and a ruler that knows on which page a section starts."""
