"""Questions and pages that stand above the window; they ask and show, and change nothing."""
