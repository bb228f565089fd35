"""What the browser tests drive: the program, a PMS to read, and somebody at the console."""
