"""What the figures in the issues are measured with: each script compares within one run."""
