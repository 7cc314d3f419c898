"""What the service tells of itself: measures, traces and logs, none of which holds a word that somebody wrote."""
