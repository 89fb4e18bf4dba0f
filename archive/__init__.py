"""The library: works and every rule about them. It never imports `reader`."""
