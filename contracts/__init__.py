"""What is promised: published data contracts, and the laws that every adapter keeps."""
