"""The Archive of Our Own: its downloads in HTML and EPUB, and its pages as browsers save them."""
