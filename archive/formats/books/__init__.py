"""EPUBs that are not the Archive of Our Own’s and not FanFicFare’s."""
