"""What every driver over HTTP does alike: waiting, repeating reads, trusting certificates."""
