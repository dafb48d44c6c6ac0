"""What is visible, as arrays: items, texts, ports, wires, numbers. Nothing here paints."""
